//! Deferred work is done where it costs least, also where a piece can only move once another has made room for it.

mod roster_support;

use std::sync::Arc;

use followsun::roster::problem::{Pool, Problem, QueueDemand, Span, WorkUnit};
use followsun::roster::{Limits, NoClock, solve};
use proptest::prelude::*;

use roster_support::idle;

/// First hour in which anybody may work, and the hours after it in which somebody does.
const FIRST: usize = 6;
const HOURS: usize = 10;
const CALLS: [f64; 3] = [50.0, 30.0, 10.0];

/// A morning of calls and e-mail, and people whose shifts of eight hours are given.
#[derive(Debug, Clone)]
struct Morning {
    /// Hours after [`FIRST`] at which people begin, one each.
    starts: Vec<usize>,
    /// Callers there are by hour: so many of [`CALLS`] are worth something.
    calls: Vec<usize>,
    /// First hour of each piece of e-mail and the hours that it may wait, worth the same.
    mails: Vec<(usize, usize)>,
    worth: f64,
}

impl Morning {
    fn problem(&self) -> Problem {
        let mut problem = idle(self.starts.len(), 1, 60);
        let calls = |slot: usize| -> Arc<[f64]> {
            let hour = slot.checked_sub(FIRST);
            let many = hour.and_then(|hour| self.calls.get(hour)).unwrap_or(&0);
            Arc::from(&CALLS[..*many])
        };
        let unit = |&(hour, wait): &(usize, usize)| WorkUnit {
            release: (FIRST + hour) as u32,
            due: (FIRST + hour + wait) as u32,
            worth: self.worth,
        };
        problem.pools = vec![Pool {
            skills: vec![(0, 1.0), (1, 1.0)],
        }];
        problem.service.queues = vec![
            QueueDemand::Live {
                worth: (0..problem.slots).map(calls).collect(),
            },
            QueueDemand::Deferred {
                units: self.mails.iter().map(unit).collect(),
            },
        ];
        for (person, start) in problem.people.iter_mut().zip(&self.starts) {
            let start = ((FIRST + start) * 60) as i32;
            person.locked = vec![Span {
                start,
                end: start + 480,
            }];
            // Nobody works more than what is locked.
            person.cost_per_hour = 1000.0;
        }
        problem
    }

    /// Worth of the best that people can do in an hour with so much e-mail there.
    fn served(&self, hour: usize, mails: usize) -> f64 {
        let people = self
            .starts
            .iter()
            .filter(|start| (**start..**start + 8).contains(&hour));
        let mut worths = CALLS[..self.calls[hour]].to_vec();
        worths.extend(vec![self.worth; mails]);
        worths.sort_by(|a, b| b.total_cmp(a));
        worths.iter().take(people.count()).sum()
    }

    /// The most that can be served, over all ways of placing the e-mail from the one numbered `next` on.
    fn best(&self, next: usize, there: &mut Vec<usize>) -> f64 {
        let Some(&(first, wait)) = self.mails.get(next) else {
            return (0..HOURS).map(|hour| self.served(hour, there[hour])).sum();
        };
        let mut best = 0f64;
        for hour in first..first + wait {
            there[hour] += 1;
            best = best.max(self.best(next + 1, there));
            there[hour] -= 1;
        }
        best
    }
}

fn mornings() -> impl Strategy<Value = Morning> {
    let mail = (0..HOURS, 1..4usize).prop_map(|(hour, wait)| (hour, wait.min(HOURS - hour)));
    (
        proptest::collection::vec(0..3usize, 1..4),
        proptest::collection::vec(0..4usize, HOURS),
        proptest::collection::vec(mail, 1..7),
        prop_oneof![Just(40.0), Just(20.0), Just(5.0)],
    )
        .prop_map(|(starts, calls, mails, worth)| Morning {
            starts,
            calls,
            mails,
            worth,
        })
}

fn lost(morning: &Morning) -> f64 {
    let problem = morning.problem();
    let limits = Limits {
        gap: 0.0,
        effort: Some(0),
        seed: 1,
        ascent_steps: Some(1),
    };
    let found = solve(&problem, &limits, None, &NoClock).expect("the locked shifts are a roster");
    found.objective - found.wages_and_wishes
}

fn least_lost(morning: &Morning) -> f64 {
    let calls: f64 = (morning.calls.iter())
        .map(|&many| CALLS[..many].iter().sum::<f64>())
        .sum();
    let everything = calls + morning.mails.len() as f64 * morning.worth;
    everything - morning.best(0, &mut vec![0; HOURS])
}

#[test]
fn a_piece_makes_room_for_another() {
    // One person; a call at the first hour. The first mail may wait an hour, in which the second one lies that may wait, too.
    let morning = Morning {
        starts: vec![0],
        calls: vec![1, 0, 0, 1, 1, 1, 1, 1, 0, 0],
        mails: vec![(0, 2), (1, 2)],
        worth: 40.0,
    };
    assert!((lost(&morning) - 0.0).abs() < 1e-6, "{}", lost(&morning));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn deferred_work_is_done_where_it_costs_least(morning in mornings()) {
        let (found, least) = (lost(&morning), least_lost(&morning));
        prop_assert!((found - least).abs() < 1e-6, "{} against {}", found, least);
    }
}
