//! A search that ends by the gap it was asked for gives the same roster however fast the clock goes; one that the clock led says so.

mod roster_support;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use followsun::roster::problem::{Break, Pool, Problem, QueueDemand, WorkRules};
use followsun::roster::{Control, Ended, Limits, Progress, Solution, solve};

use roster_support::{free_contract, idle};

/// A clock that goes on by a tick whenever somebody looks at it.
struct Ticks {
    looked: AtomicU64,
    allowed: u64,
    gap_by_steps: bool,
}

impl Control for Ticks {
    fn stop(&self) -> bool {
        self.time_used() >= 1.0
    }
    fn time_used(&self) -> f64 {
        let looked = self.looked.fetch_add(1, Ordering::Relaxed);
        (looked as f64 / self.allowed as f64).min(1.0)
    }
    fn gap_by_steps(&self) -> bool {
        self.gap_by_steps
    }
    fn report(&self, _: Progress) {}
}

/// Fifteen people with meals and two queues that ask for odd numbers of them at odd hours, all week: no roster is the best at once.
fn team() -> Problem {
    let mut problem = idle(15, 1, 30);
    let of_slot = |queue: usize, slot: usize| -> Arc<[f64]> {
        let (day, hour) = (slot / 48, slot % 48 / 2);
        let busy = 1 + (7 * day + (5 - 2 * queue) * hour) % 3;
        match hour {
            7..22 => (0..5)
                .map(|n| {
                    if n < busy {
                        60.0
                    } else {
                        20.0 / (1 + n) as f64
                    }
                })
                .map(|worth| worth + (slot * 37 % 101) as f64 / 10.0)
                .collect(),
            _ => Arc::from([]),
        }
    };
    problem.contracts = vec![WorkRules {
        paid_minutes_per_week: (1800, 2400),
        days_per_week: (4, 5),
        rest: 660,
        shift_minutes: vec![390, 510],
        breaks: vec![Break {
            name: "meal".to_owned(),
            minutes: 30,
            paid: false,
            after: 150,
            before: 330,
            if_shift_over: 360,
        }],
        ..free_contract()
    }];
    for (index, person) in problem.people.iter_mut().enumerate() {
        person.cost_per_hour = 15.0;
        person.pool = Some(index % 3);
    }
    let pool = |queues: &[usize]| Pool {
        skills: queues.iter().map(|&queue| (queue, 1.0)).collect(),
    };
    problem.pools = vec![pool(&[0]), pool(&[1]), pool(&[0, 1])];
    problem.service.queues = [0, 1]
        .map(|queue| QueueDemand::Live {
            worth: (0..problem.slots)
                .map(|slot| of_slot(queue, slot))
                .collect(),
        })
        .into();
    problem
}

fn searched(gap: f64, ticks: u64, gap_by_steps: bool) -> Solution {
    let limits = Limits {
        gap,
        effort: None,
        seed: 1,
        ascent_steps: Some(200),
    };
    let clock = Ticks {
        looked: AtomicU64::new(0),
        allowed: ticks,
        gap_by_steps,
    };
    solve(&team(), &limits, None, &clock).expect("there is a roster")
}

/// Looks at the clock that one search may have, and more than twice and 25 times as many.
const TICKS: [u64; 3] = [8_000, 20_000, 200_000];

#[test]
fn the_gap_that_was_asked_for_is_reached_in_the_same_place() {
    let gap = 0.0058;
    let found = TICKS.map(|ticks| searched(gap, ticks, true));
    for solution in &found {
        assert_eq!(solution.ended, Ended::Gap);
        assert!(solution.objective - solution.bound <= gap * solution.objective);
        assert_eq!(solution.tours, found[0].tours);
    }
}

#[test]
fn what_the_clock_led_did_not_end_by_the_gap() {
    // Too little time for the ascent: the bound is the clock's.
    let solution = searched(0.5, 60, true);
    assert_eq!(solution.ended, Ended::Stopped);
    // Where nobody asked for the same bytes it may.
    assert_eq!(searched(0.5, 2_000, false).ended, Ended::Gap);
}
