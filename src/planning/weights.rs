//! What the scenario's `[objective]` makes of a goal's weight.

use crate::scenario::domain::{Goal, Objective};

/// What stands one place earlier in the scenario's `order` weighs so many times as much.
const STEP_OF_ORDER: f64 = 10.0;
/// `cost` below this counts as this: money that weighs nothing would let every other weight grow beyond measure.
const LEAST_WEIGHT_OF_MONEY: f64 = 0.01;

/// A goal's weight against one unit of the scenario's money, by `cost` and by how far before `cost` the scenario's `order` names it; a `cost` that the order
/// leaves out stands at its end, a goal that it leaves out weighs what it weighs without an order.
pub fn against_money(objective: &Objective, goal: Goal, weight: f64) -> f64 {
    let place = |goal| objective.order.iter().position(|named| *named == goal);
    let steps = place(goal).map_or(0, |at| {
        place(Goal::Cost).unwrap_or(objective.order.len()) as i32 - at as i32
    });
    weight * STEP_OF_ORDER.powi(steps) / objective.cost.unwrap_or(1.0).max(LEAST_WEIGHT_OF_MONEY)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_cost_weighs_more_and_what_stands_after_it_less() {
        let ordered = Objective {
            order: vec![Goal::Requests, Goal::Service, Goal::Cost, Goal::Cover],
            ..Objective::default()
        };
        let weights = [Goal::Requests, Goal::Service, Goal::Cover, Goal::Fairness]
            .map(|goal| against_money(&ordered, goal, 2.0));
        assert_eq!(weights, [200.0, 20.0, 0.2, 2.0]);
    }

    #[test]
    fn dear_money_makes_everything_else_light() {
        let dear = Objective {
            cost: Some(4.0),
            ..Objective::default()
        };
        assert_eq!(against_money(&dear, Goal::Service, 2.0), 0.5);
    }
}
