//! Somebody else's requirement as the roster room's question: agents short are avoided first, whatever they cost; then money counts.

use std::sync::Arc;

use crate::roster::problem::{Problem, QueueDemand, ServiceDemand};
use crate::scenario::Scenario;

use super::axis::Axis;
use super::pools::Counted;
use super::problem::{Worths, people_problem};

/// Agents wanted at work, per queue (in the scenario's order) and interval of the plan; fractions count.
#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    pub agents: Vec<Vec<f64>>,
}

/// An agent missing through a slot costs as much as so many of the dearest shifts: mending it takes hardly ever more than one shift more.
const SHIFTS_PER_SHORT_SLOT: f64 = 2.0;

/// People and rules of the scenario against a requirement; no forecast, no service curves.
pub fn required_problem(scenario: &Scenario, required: &Required) -> Problem {
    let axis = Axis::of(scenario);
    let plain = Worths::of(scenario);
    let wishes = scenario.requests.iter().map(|request| request.weight);
    let dearest_wish = plain.wish * wishes.fold(0.0, f64::max);
    let short_slot = SHIFTS_PER_SHORT_SLOT * (dearest_shift(scenario) + dearest_wish);
    let worths = Worths {
        // A role that is missing weighs more than agents who are (formats.md, `[[cover]]`).
        cover_hour: scenario
            .objective
            .cover
            .unwrap_or(2.0 * short_slot * 60.0 / f64::from(axis.slot_minutes)),
        ..plain
    };
    let none: Arc<[f64]> = Arc::from([]);
    let queue = |agents: &Vec<f64>| {
        let of_interval: Vec<Arc<[f64]>> = agents
            .iter()
            .map(|&agents| {
                (0..agents.ceil().max(0.0) as usize)
                    .map(|n| short_slot * (agents - n as f64).min(1.0))
                    .collect()
            })
            .collect();
        QueueDemand::Live {
            worth: (0..axis.slots)
                .map(|slot| {
                    axis.interval(slot)
                        .map_or(none.clone(), |interval| of_interval[interval].clone())
                })
                .collect(),
        }
    };
    let queues = required.agents.iter().map(queue).collect();
    people_problem(scenario, Counted::Agents, &worths, ServiceDemand { queues })
}

/// Money for the longest shift of the dearest person as overtime at all premiums at once.
fn dearest_shift(scenario: &Scenario) -> f64 {
    scenario
        .agents
        .iter()
        .map(|agent| {
            let contract = &scenario.contracts[agent.contract.0];
            let longest = contract.shift_lengths.iter().max().copied().unwrap_or(480);
            let premium = &contract.premium;
            let overtime = contract
                .overtime
                .map_or(1.0, |overtime| overtime.factor.max(1.0));
            let most =
                overtime + premium.night + premium.saturday + premium.sunday + premium.holiday;
            let rate = agent.cost_per_hour.unwrap_or(contract.cost_per_hour);
            f64::from(longest) / 60.0 * rate * most
        })
        .fold(1.0, f64::max)
}
