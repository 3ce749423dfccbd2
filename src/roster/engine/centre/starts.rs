//! Rosters that a search begins with.

use crate::roster::check::check;
use crate::roster::problem::Tour;

use super::plan::{Desk, Plan, Setting};
use crate::roster::engine::dice::Dice;

/// A given roster as a plan.
pub fn plan_of(setting: &Setting, tours: &[Tour]) -> Plan {
    let mut plan = Plan::empty(setting, |_, _, unit| {
        unit.release + (unit.due - unit.release) / 2
    });
    for (person, tour) in tours.iter().enumerate() {
        plan.assign(setting, person, tour.clone());
    }
    let everywhere: Vec<usize> = (0..setting.problem.slots).collect();
    plan.rebalance(setting, &everywhere);
    plan.commit();
    plan
}

/// A roster to go on from: people whose week breaks a rule now (it came from another week, or somebody is ill) get their best one anew. `None` where
/// that does not make it valid.
pub fn resumed(setting: &Setting, tours: &[Tour], desk: &mut Desk) -> Option<Plan> {
    let broken = check(setting.problem, tours);
    let mut tours = tours.to_vec();
    let mut again: Vec<usize> = broken.iter().filter_map(|broken| broken.person).collect();
    again.sort();
    again.dedup();
    for &person in &again {
        *tours.get_mut(person)? = Tour::default();
    }
    if tours.len() != setting.problem.people.len() {
        return None;
    }
    let mut plan = plan_of(setting, &tours);
    for person in again {
        let tour = plan.best_response(setting, person, desk, None)?;
        plan.assign(setting, person, tour);
    }
    plan.commit();
    check(setting.problem, &plan.tours)
        .is_empty()
        .then_some(plan)
}

/// People choose one after the other, each the best week given those before: a valid roster within moments.
pub fn first_plan(setting: &Setting, desk: &mut Desk, dice: &mut Dice) -> Plan {
    let mut plan = Plan::empty(setting, |_, _, unit| {
        unit.release + (unit.due - unit.release) / 2
    });
    let mut order: Vec<usize> = (0..setting.problem.people.len()).collect();
    dice.shuffle(&mut order);
    for person in order {
        if let Some(tour) = plan.best_response(setting, person, desk, None) {
            plan.assign(setting, person, tour);
        }
    }
    plan.commit();
    plan
}
