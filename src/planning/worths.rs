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
        let hourly: Vec<f64> = scenario
            .agents
            .iter()
            .map(|agent| {
                agent
                    .cost_per_hour
                    .unwrap_or(scenario.contracts[agent.contract.0].cost_per_hour)
            })
            .collect();
        let mean = (hourly.iter().sum::<f64>() / hourly.len().max(1) as f64).max(1.0);
        let missed_contact = objective.service.unwrap_or(HOURS_PER_MISSED_CONTACT * mean);
        let cover_hour = objective
            .cover
            .unwrap_or(CONTACTS_PER_COVER_HOUR * missed_contact);
        let wish = objective.requests.unwrap_or(HOURS_PER_WISH * mean);
        let if_named = |goal: Goal, weight: Option<f64>, hours: f64| {
            let ordered = objective.order.contains(&goal).then_some(hours * mean);
            weight
                .or(ordered)
                .map(|weight| against_money(objective, goal, weight))
        };
        let overtime = if_named(Goal::Overtime, objective.overtime, HOURS_PER_OVERTIME_HOUR);
        let change = if_named(Goal::Changes, objective.changes, HOURS_PER_CHANGE);
        Worths {
            missed_contact: against_money(objective, Goal::Service, missed_contact),
            cover_hour: against_money(objective, Goal::Cover, cover_hour),
            wish: against_money(objective, Goal::Requests, wish),
            soft: SoftPrices {
                overtime_hour: overtime.unwrap_or(0.0),
                changed_shift: change.unwrap_or(0.0),
                missed_activity: if_named(
                    Goal::Activities,
                    objective.activities,
                    HOURS_PER_ACTIVITY,
                ),
            },
        }
    }
}
