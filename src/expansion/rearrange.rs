//! Near misses mended by the people who are there: a queue a point or two below its target needs another roster, not another person.

use crate::planning::{Demand, PlanError, Planned, impossible_words, place_activities};
use crate::roster::problem::{QueueDemand, ServiceDemand};
use crate::roster::{Limits, solve};
use crate::scenario::Scenario;

use super::measure::{Played, play_tours};
use super::reach::{Unwatched, WEEKS};

/// Points below target that another roster may make up.
const NEAR: f64 = 0.04;
/// Factor on the worth of a contact in a queue below target from one try to the next.
const RAISE: f64 = 1.6;
const TRIES: usize = 4;
/// Steps of one search and of its dual ascent.
const STEPS: u64 = 6;
const ASCENT: usize = 30;

/// Money a week that another roster of the same people costs more if it keeps every target; nothing where none was found.
///
/// # Errors
/// What the simulation refuses.
pub fn rearrange(
    scenario: &Scenario,
    demand: &Demand,
    planned: &Planned,
    played: &Played,
    seed: u64,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Option<f64>, PlanError> {
    let below = |played: &Played, queue: usize| {
        scenario.queues[queue].target.answered - played.service(queue)
    };
    let mut short = played.short(scenario);
    if short.iter().any(|&queue| below(played, queue) > NEAR) {
        return Ok(None);
    }
    let mut raise = vec![1.0; scenario.queues.len()];
    let mut warm = planned.solution.warm.clone();
    for attempt in 0..TRIES {
        if stop() {
            break;
        }
        for queue in short {
            raise[queue] *= RAISE;
        }
        let mut problem = planned.problem.clone();
        weigh(&mut problem.service, &raise);
        let limits = Limits {
            gap: 0.0005,
            effort: Some(STEPS),
            seed: seed.wrapping_add(attempt as u64),
            ascent_steps: Some(ASCENT),
        };
        let mut solution = solve(&problem, &limits, Some(&warm), &Unwatched(stop))
            .map_err(|why| PlanError::Impossible(impossible_words(scenario, &problem, &why)))?;
        place_activities(&problem, &mut solution);
        let tours = &solution.tours;
        let played = play_tours(scenario, demand, &problem, tours, WEEKS, seed)?;
        short = played.short(scenario);
        if short.is_empty() {
            let more = solution.wages_and_wishes - planned.solution.wages_and_wishes;
            return Ok(Some(more / f64::from(scenario.weeks.max(1))));
        }
        warm = solution.warm;
    }
    Ok(None)
}

/// Factor up to which contacts become dearer. Who is missing for less than this many times their worth is missing because the formula takes the service
/// for good enough.
const DEAREST: f64 = 8.0;
/// From there on an agent is taken to be worth the less the greater the factor is: its so-manieth root, up to so many for one.
const ROOT: f64 = 0.25;
const MOST_FOR_ONE: f64 = 4.0;

/// Contacts of each queue worth so many times as much; beyond [`DEAREST`] more agents are asked for the same service, as people whom other queues
/// call away bring less than the formula says.
pub fn weigh(service: &mut ServiceDemand, factors: &[f64]) {
    for (demand, &factor) in service.queues.iter_mut().zip(factors) {
        match demand {
            _ if factor == 1.0 => {}
            QueueDemand::Live { worth } => {
                let for_one = (factor / DEAREST).powf(ROOT).clamp(1.0, MOST_FOR_ONE);
                for slot in worth {
                    let dearer = slot.iter().map(|gain| gain * factor.min(DEAREST));
                    *slot = stretched(&dearer.collect::<Vec<_>>(), for_one).into();
                }
            }
            QueueDemand::Deferred { units } => {
                for unit in units {
                    unit.worth *= factor;
                }
            }
        }
    }
}

/// What each agent gains where so many do what one of `gains` does; the sum stays.
fn stretched(gains: &[f64], for_one: f64) -> Vec<f64> {
    if for_one == 1.0 {
        return gains.to_vec();
    }
    let sum = |agents: f64| {
        let whole = (agents as usize).min(gains.len());
        let part = gains
            .get(whole)
            .map_or(0.0, |gain| gain * (agents - whole as f64));
        gains[..whole].iter().sum::<f64>() + part
    };
    let agents = (gains.len() as f64 * for_one).ceil() as usize;
    (0..agents)
        .map(|n| sum((n + 1) as f64 / for_one) - sum(n as f64 / for_one))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::problem::WorkUnit;

    #[test]
    fn more_agents_for_the_same_service_gain_less_each_and_as_much_together() {
        let gains = [6.0, 3.0, 1.0];
        assert_eq!(stretched(&gains, 1.0), gains);
        let more = stretched(&gains, 1.5);
        assert_eq!(more.len(), 5);
        assert!((more.iter().sum::<f64>() - 10.0).abs() < 1e-9);
        assert!((more[0] - 4.0).abs() < 1e-9 && more.is_sorted_by(|a, b| a >= b));
    }

    #[test]
    fn contacts_weigh_more_in_the_queue_that_is_below_its_target_and_in_no_other() {
        let live = || QueueDemand::Live {
            worth: vec![[2.0, 1.0].into()],
        };
        let unit = WorkUnit {
            release: 0,
            due: 4,
            worth: 3.0,
        };
        let deferred = QueueDemand::Deferred { units: vec![unit] };
        let mut service = ServiceDemand {
            queues: vec![live(), live(), deferred],
        };
        weigh(&mut service, &[1.0, 2.0, 0.5]);
        let worths: Vec<Vec<f64>> = service
            .queues
            .iter()
            .map(|queue| match queue {
                QueueDemand::Live { worth } => worth[0].to_vec(),
                QueueDemand::Deferred { units } => vec![units[0].worth],
            })
            .collect();
        assert_eq!(worths, [vec![2.0, 1.0], vec![4.0, 2.0], vec![1.5]]);
    }
}
