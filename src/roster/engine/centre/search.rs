//! From prices to a roster, and from a roster to better ones: everybody in turn takes their best week, then small groups are taken out and put
//! back in another order, and what is better stays.

use rayon::prelude::*;

use crate::roster::engine::dice::Dice;
use crate::roster::problem::Tour;

use super::dual::Ascent;
use super::plan::{Desk, Plan, Setting};
use super::regroup::regroup;

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

/// Everybody in turn takes their best week given the others'; returns how many found a better one.
pub fn improve_each(
    setting: &Setting,
    plan: &mut Plan,
    desk: &mut Desk,
    dice: &mut Dice,
    stop: &dyn Fn() -> bool,
) -> usize {
    let mut order: Vec<usize> = (0..setting.problem.people.len()).collect();
    dice.shuffle(&mut order);
    let mut improved = 0;
    for (turn, &person) in order.iter().enumerate() {
        if turn % 16 == 0 {
            if stop() {
                break;
            }
            plan.refresh_takeover(setting);
        }
        let before = plan.objective();
        plan.begin(setting);
        plan.answer(setting, desk, person);
        if plan.objective() < before - 1e-6 {
            improved += 1;
            plan.commit();
        } else {
            plan.rollback(setting);
        }
    }
    improved
}

/// What a round of regrouping is led by.
#[derive(Debug, Clone, Copy)]
pub struct Lead<'a> {
    /// Prices per queue and slot.
    pub prices: &'a [f64],
    /// An attempt is kept if the cost grows by less than this.
    pub tolerance: f64,
    /// Attempts per team.
    pub attempts: usize,
    pub seed: u64,
}

/// People are split into teams that search side by side on copies of the plan; what they find is merged in the order of the teams, and only what
/// still pays beside the others' finds is kept. The number of teams depends on the people alone, so results do not depend on threads.
pub fn regroup_in_teams(
    setting: &Setting,
    plan: &mut Plan,
    dice: &mut Dice,
    lead: Lead,
    stop: &(dyn Fn() -> bool + Sync),
) {
    let teams = teams(setting, dice);
    let base: &Plan = plan;
    let finds: Vec<Vec<(usize, Tour)>> = teams
        .par_iter()
        .enumerate()
        .map(|(number, team)| {
            let mut own = base.clone();
            let mut desk = Desk::default();
            let mut dice = Dice::new(lead.seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ number as u64);
            let mut best = own.objective();
            let mut finds = Vec::new();
            for _ in 0..lead.attempts {
                regroup(setting, &mut own, team, lead, &mut desk, &mut dice);
                if own.objective() < best - 1e-6 {
                    best = own.objective();
                    finds = changed(base, &own, team);
                }
                if stop() {
                    break;
                }
            }
            // Without a better plan the last one is offered: a step sideways opens new ways.
            if finds.is_empty() {
                changed(base, &own, team)
            } else {
                finds
            }
        })
        .collect();
    for find in finds {
        merge(setting, plan, find, lead.tolerance);
    }
}

fn changed(base: &Plan, own: &Plan, team: &[usize]) -> Vec<(usize, Tour)> {
    let differs = |person: &&usize| own.tours[**person] != base.tours[**person];
    team.iter()
        .filter(differs)
        .map(|&person| (person, own.tours[person].clone()))
        .collect()
}

fn merge(setting: &Setting, plan: &mut Plan, find: Vec<(usize, Tour)>, tolerance: f64) {
    let before = plan.objective();
    plan.begin(setting);
    for (person, tour) in &find {
        plan.assign(setting, *person, tour.clone());
    }
    let touched = plan.changed(setting);
    plan.rebalance(setting, &touched);
    if plan.objective() < before + tolerance {
        plan.commit();
        return;
    }
    plan.rollback(setting);
    for (person, tour) in find {
        let before = plan.objective();
        plan.begin(setting);
        plan.assign(setting, person, tour);
        let touched = plan.changed(setting);
        plan.rebalance(setting, &touched);
        if plan.objective() < before - 1e-6 {
            plan.commit();
        } else {
            plan.rollback(setting);
        }
    }
}

/// People who serve the same queues come into the same team as far as can be: teams then seldom want the same slots.
fn teams(setting: &Setting, dice: &mut Dice) -> Vec<Vec<usize>> {
    let mut rank: Vec<usize> = (0..setting.problem.service.queues.len()).collect();
    dice.shuffle(&mut rank);
    let mut people: Vec<usize> = (0..setting.problem.people.len()).collect();
    dice.shuffle(&mut people);
    people.sort_by_key(|&person| {
        let pool = setting.menu(person).pool;
        pool.and_then(|pool| {
            setting
                .service
                .skills(pool)
                .iter()
                .map(|&(queue, _)| rank[queue])
                .min()
        })
    });
    let count = (people.len() / PEOPLE_PER_TEAM).clamp(1, 16);
    people
        .chunks(people.len().div_ceil(count).max(1))
        .map(<[usize]>::to_vec)
        .collect()
}

/// Fewest people for whom a team of their own is worth the copy of the plan.
const PEOPLE_PER_TEAM: usize = 25;
