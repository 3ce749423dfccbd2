//! Rosters that a search begins with.

use crate::roster::check::check;
use crate::roster::problem::{Problem, Tour};

use super::dual::Ascent;
use super::plan::{Desk, Plan, Setting};
use crate::roster::engine::dice::Dice;

/// Times that a roster's deferred work and the split of its slots are looked at before it is judged.
pub const SWEEPS: usize = 8;

/// A given roster as a plan, its deferred work where it was known to be done (`places`, per queue and unit) and where else it is worth more.
pub fn plan_of(setting: &Setting, tours: &[Tour], places: &[Vec<u32>]) -> Plan {
    let mut plan = Plan::empty(setting, |queue, index, unit| {
        let known = places.get(queue).and_then(|slots| slots.get(index));
        match known {
            Some(&slot) if (unit.release..unit.due).contains(&slot) => slot,
            _ => unit.release + (unit.due - unit.release) / 2,
        }
    });
    for (person, tour) in tours.iter().enumerate() {
        plan.assign(setting, person, tour.clone());
    }
    plan.relocate(setting, SWEEPS);
    plan.commit();
    plan
}

/// A roster to go on from: people whose week breaks a rule now (it came from another week, or somebody is ill) get their best one anew. `None` where
/// that does not make it valid.
pub fn resumed(
    setting: &Setting,
    tours: &[Tour],
    places: &[Vec<u32>],
    desk: &mut Desk,
) -> Option<Plan> {
    if tours.len() != setting.problem.people.len() {
        return None;
    }
    let mut tours = without_activities(setting.problem, tours);
    let broken = check(setting.problem, &tours);
    let mut again: Vec<usize> = broken.iter().filter_map(|broken| broken.person).collect();
    again.sort();
    again.dedup();
    for &person in &again {
        tours[person] = Tour::default();
    }
    let mut plan = plan_of(setting, &tours, places);
    for person in again {
        let tour = plan.best_response(setting, person, desk)?;
        plan.assign(setting, person, tour);
    }
    plan.commit();
    check(setting.problem, &plan.tours)
        .is_empty()
        .then_some(plan)
}

/// As the search sees weeks. With the training that a finished roster has, a week of it would look worse than the same week found anew.
fn without_activities(problem: &Problem, tours: &[Tour]) -> Vec<Tour> {
    let mut tours = tours.to_vec();
    for (person, tour) in tours.iter_mut().enumerate() {
        for shift in &mut tour.shifts {
            shift.drop_activities(problem.rules(person));
        }
    }
    tours
}

/// People choose one after the other, each the best week given those before: a valid roster within moments.
pub fn first_plan(setting: &Setting, desk: &mut Desk, dice: &mut Dice) -> Plan {
    let mut plan = Plan::empty(setting, |_, _, unit| {
        unit.release + (unit.due - unit.release) / 2
    });
    let mut order: Vec<usize> = (0..setting.problem.people.len()).collect();
    dice.shuffle(&mut order);
    for person in order {
        if let Some(tour) = plan.best_response(setting, person, desk) {
            plan.assign(setting, person, tour);
        }
    }
    plan.commit();
    plan
}

/// A roster in which each person works a week that answered late prices, or the fallback's where the ascent ended too early to have any.
pub fn from_answers(setting: &Setting, ascent: &Ascent, fallback: &Plan, dice: &mut Dice) -> Plan {
    let slots = setting.problem.slots;
    let mut booked = vec![0u32; setting.problem.service.queues.len() * slots];
    let prices = &ascent.best_prices().service;
    // Deferred work goes where it is cheap, less so the more already lies there.
    let mut plan = Plan::empty(setting, |_, _, unit| unit.release);
    for &queue in setting.service.deferred_queues() {
        for (index, unit) in setting.service.units(queue).iter().enumerate() {
            let cost = |slot: u32| {
                prices[queue * slots + slot as usize]
                    + 0.5 * f64::from(booked[queue * slots + slot as usize])
            };
            let to = (unit.release..unit.due.min(slots as u32).max(unit.release + 1))
                .min_by(|a, b| cost(*a).total_cmp(&cost(*b)))
                .unwrap_or(unit.release);
            booked[queue * slots + to as usize] += 1;
            if to != plan.service.place(queue, index) {
                plan.service
                    .move_unit(&setting.service, queue, index as u32, to);
            }
        }
    }
    for (menu, answers) in setting.menus.iter().zip(&ascent.answers) {
        for &person in &menu.people {
            let tour = match answers.len() {
                0 => fallback.tours[person].clone(),
                kept => answers[dice.below(kept)].clone(),
            };
            plan.assign(setting, person, tour);
        }
    }
    plan.commit();
    plan
}
