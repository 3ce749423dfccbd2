//! What soft things cost in the scenario's money: its weights, and what they are where it says nothing.

use crate::roster::problem::SoftPrices;
use crate::scenario::domain::{Goal, Objective, Scenario};

use super::weights::against_money;

/// Hours of average pay that a contact not answered in time is taken to cost where the scenario does not say.
const HOURS_PER_MISSED_CONTACT: f64 = 5.0;
/// Money for an hour of a role missing, in missed contacts: more than an agent answers in an hour.
const CONTACTS_PER_COVER_HOUR: f64 = 12.0;
/// A wish of weight 1 is worth this many hours of average pay.
const HOURS_PER_WISH: f64 = 0.5;
/// Hours of average pay that an hour of overtime, a changed shift and a missed activity are worth where `order` names them and nobody gives them a weight;
/// where neither does, they weigh nothing.
const HOURS_PER_OVERTIME_HOUR: f64 = 0.5;
const HOURS_PER_CHANGE: f64 = 1.0;
const HOURS_PER_ACTIVITY: f64 = 2.0;

/// What soft things cost, in the scenario's money.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worths {
    pub missed_contact: f64,
    pub cover_hour: f64,
    pub wish: f64,
    pub soft: SoftPrices,
}

impl Worths {
    /// The scenario's weights; what it leaves open follows from what an hour of work costs on average.
    pub fn of(scenario: &Scenario) -> Worths {
        Worths::under(scenario, &scenario.objective)
    }

    /// The same with another objective than the scenario's.
    pub(super) fn under(scenario: &Scenario, objective: &Objective) -> Worths {
        let objective = written_out(scenario, objective);
        let weight = |goal: Goal, weight: Option<f64>| {
            weight.map(|weight| against_money(&objective, goal, weight))
        };
        let or_nothing = |goal, of| weight(goal, of).unwrap_or(0.0);
        Worths {
            missed_contact: or_nothing(Goal::Service, objective.service),
            cover_hour: or_nothing(Goal::Cover, objective.cover),
            wish: or_nothing(Goal::Requests, objective.requests),
            soft: SoftPrices {
                overtime_hour: or_nothing(Goal::Overtime, objective.overtime),
                changed_shift: or_nothing(Goal::Changes, objective.changes),
                moved_breaks: 0.0,
                missed_activity: weight(Goal::Activities, objective.activities),
            },
        }
    }
}

/// The scenario's objective with every weight that it leaves open: what these people earn, not those who may join them, says what a contact is worth.
pub fn weighed_by_these(scenario: &Scenario) -> Objective {
    written_out(scenario, &scenario.objective)
}

fn written_out(scenario: &Scenario, objective: &Objective) -> Objective {
    let mean = mean_hourly_pay(scenario);
    let service = objective.service.unwrap_or(HOURS_PER_MISSED_CONTACT * mean);
    let if_named = |goal: Goal, weight: Option<f64>, hours: f64| {
        weight.or(objective.order.contains(&goal).then_some(hours * mean))
    };
    Objective {
        service: Some(service),
        cover: Some(objective.cover.unwrap_or(CONTACTS_PER_COVER_HOUR * service)),
        requests: Some(objective.requests.unwrap_or(HOURS_PER_WISH * mean)),
        overtime: if_named(Goal::Overtime, objective.overtime, HOURS_PER_OVERTIME_HOUR),
        changes: if_named(Goal::Changes, objective.changes, HOURS_PER_CHANGE),
        activities: if_named(Goal::Activities, objective.activities, HOURS_PER_ACTIVITY),
        ..objective.clone()
    }
}

/// Money for an hour of somebody, at least 1.
pub(super) fn mean_hourly_pay(scenario: &Scenario) -> f64 {
    let hourly = scenario.agents.iter().map(|agent| {
        let usual = scenario.contracts[agent.contract.0].cost_per_hour;
        agent.cost_per_hour.unwrap_or(usual)
    });
    (hourly.sum::<f64>() / scenario.agents.len().max(1) as f64).max(1.0)
}
