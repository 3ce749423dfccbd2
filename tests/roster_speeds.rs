//! People of less than full speed: their deferred work counts as done, and the search does not shuffle it about for nothing.

mod roster_support;

use std::sync::Arc;

use followsun::roster::problem::{Pool, Problem, QueueDemand, WorkRules, WorkUnit};
use followsun::roster::{Limits, NoClock, check, solve};

use roster_support::{free_contract, idle};

/// Twelve people of one site with a phone queue and e-mail, all of the same speed.
fn team(speed: f64) -> Problem {
    let mut problem = idle(12, 1, 30);
    let slots = problem.slots;
    let open = |slot: usize| slot < 7 * 48 && (16..40).contains(&(slot % 48));
    let calls: Arc<[f64]> = Arc::from([90.0, 70.0, 30.0, 8.0]);
    let none: Arc<[f64]> = Arc::from([]);
    let live = (0..slots).map(|s| if open(s) { calls.clone() } else { none.clone() });
    // Pieces of what one of these people does in a slot, as planning cuts them.
    let open_slots: Vec<usize> = (0..slots).filter(|&s| open(s)).collect();
    let pieces = (open_slots.len() as f64 / speed) as usize;
    let units = (0..pieces).map(|piece| {
        let slot = open_slots[(piece as f64 * speed) as usize];
        WorkUnit {
            release: slot as u32,
            due: slot as u32 + 12,
            worth: 40.0 * speed,
        }
    });
    problem.contracts = vec![WorkRules {
        paid_minutes_per_week: (1800, 2400),
        days_per_week: (4, 5),
        rest: 660,
        ..free_contract()
    }];
    for person in &mut problem.people {
        person.cost_per_hour = 15.0;
    }
    problem.pools = vec![Pool {
        skills: vec![(0, speed), (1, 1.0)],
    }];
    problem.service.queues = vec![
        QueueDemand::Live {
            worth: live.collect(),
        },
        QueueDemand::Deferred {
            units: units.collect(),
        },
    ];
    problem
}

#[test]
fn slightly_slower_people_cost_slightly_more() {
    let limits = Limits {
        gap: 0.0,
        effort: Some(6),
        seed: 1,
        ascent_steps: Some(300),
    };
    let plan = |speed: f64| {
        let problem = team(speed);
        let solution = solve(&problem, &limits, None, &NoClock).expect("there is a roster");
        assert!(check(&problem, &solution.tours).is_empty());
        assert!(solution.bound <= solution.objective + 1e-6);
        solution.objective
    };
    let (full, slower) = (plan(1.0), plan(0.97));
    assert!(slower >= full * 0.995, "{slower} against {full}");
    assert!(slower <= full * 1.06, "{slower} against {full}");
}
