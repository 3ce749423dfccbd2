//! Somebody else's requirement as the roster room's question: agents short are avoided first, whatever they cost; then money counts.

use std::sync::Arc;

use crate::roster::problem::{
    Counted as CountedShifts, Limit, Period, Person, Problem, QueueDemand, ServiceDemand,
    SoftPrices,
};
use crate::scenario::Scenario;
use crate::scenario::domain::{Goal, Objective, Strictness};

use super::axis::Axis;
use super::pools::Counted;
use super::problem::{people_and_rules, people_problem};
use super::weights::against_money;
use super::worths::Worths;

/// Agents wanted at work, per queue (in the scenario's order) and interval of the plan; fractions count.
#[derive(Debug, Clone, PartialEq)]
pub struct Required {
    pub agents: Vec<Vec<f64>>,
}

/// An agent missing through a slot costs as much as so many of the dearest shifts, each of which breaks everything soft that a shift can: mending it takes
/// hardly ever more than one shift more.
const SHIFTS_PER_SHORT_SLOT: f64 = 2.0;

/// People and rules of the scenario against a requirement; no forecast, no service curves.
pub fn required_problem(scenario: &Scenario, required: &Required) -> Problem {
    let axis = Axis::of(scenario);
    let plain = Worths::of(scenario);
    let short_slot = short_slot(scenario);
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

/// Money for an agent missing through a slot: above what mending it can cost, then moved by the places of service and cost in the scenario's `order`.
fn short_slot(scenario: &Scenario) -> f64 {
    let unordered = Objective {
        order: Vec::new(),
        ..scenario.objective.clone()
    };
    let plain = Worths::under(scenario, &unordered);
    let wishes = scenario.requests.iter().map(|request| request.weight);
    let dearest_wish = plain.wish * wishes.fold(0.0, f64::max);
    let share = |goal: Goal| {
        against_money(&scenario.objective, goal, 1.0) / against_money(&unordered, goal, 1.0)
    };
    let soft = dearest_soft(scenario, &plain.soft, share(Goal::Fairness));
    SHIFTS_PER_SHORT_SLOT * (dearest_shift(scenario) + dearest_wish + soft) * share(Goal::Service)
}

/// Money for all soft rules of work that one shift can break at most, over everybody; `fairness` is by how much `order` has raised their shares' price.
fn dearest_soft(scenario: &Scenario, prices: &SoftPrices, fairness: f64) -> f64 {
    let problem = people_and_rules(scenario);
    let of_person = |person: &Person| {
        let rules = &problem.contracts[person.contract];
        let longest = rules.shift_minutes.iter().max().copied().unwrap_or(480);
        let hours = f64::from(longest) / 60.0;
        let limit = |limit: &Limit| {
            let added = match limit.counted {
                CountedShifts::Hours => hours,
                _ => 1.0,
            };
            // A shift lies in so many windows of days.
            let windows = match limit.period {
                Period::AnyDays(days) => f64::from(days),
                Period::Week | Period::Month | Period::Plan => 1.0,
            };
            limit.strength.price().unwrap_or(0.0) * added * windows
        };
        let limits: f64 = rules.terms.limits.iter().map(limit).sum();
        // From the shift before and to the next.
        let rotation = match rules.terms.rotation {
            Some(strength) => 2.0 * strength.price().unwrap_or(0.0),
            None => 0.0,
        };
        let shares = person.record.shares.map_or(0.0, |shares| {
            let had = shares.nights + shares.weekend_days + shares.unpopular_starts;
            shares.price / fairness * (2.0 * had + MOST_SHARES_OF_A_SHIFT)
        });
        let overtime = hours * prices.overtime_hour;
        limits + rotation + shares + overtime + prices.changed_shift
    };
    let pairs = (scenario.pairs.iter()).filter_map(|pair| match pair.strictness {
        Strictness::Hard => None,
        Strictness::Soft(an_hour) => Some(an_hour * 24.0),
    });
    let meetings: f64 = (problem.activities.iter())
        .map(|activity| f64::from(activity.times_per_week))
        .sum();
    problem.people.iter().map(of_person).fold(0.0, f64::max)
        + pairs.fold(0.0, f64::max)
        + prices.missed_activity.unwrap_or(0.0) * meetings
}

/// Prices of equal shares that the seventh shift of a week costs which is a night and at the weekend: (13 + 15).
const MOST_SHARES_OF_A_SHIFT: f64 = 28.0;

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
