//! One attempt of the search: a few people who can stand in for each other give up a day or two together and come back one by one.

use std::ops::Range;

use crate::roster::engine::dice::Dice;

use super::plan::{Bias, Desk, Plan, Setting};
use super::search::Lead;

/// Most people of a group.
const MOST_PEOPLE: usize = 4;
/// Days given up together: mostly few, because a change that pays is small and few days are soon tried ...
const MOST_DAYS: usize = 2;
/// ... and in this share of the attempts a whole week, for what days off and hours must change together.
const WHOLE_WEEKS: f64 = 0.1;

/// Widest spread of the noise on what slots are worth: half of it up or down. On aurora gaps after 20 s are 0.3 points less than with 0.25.
const WIDEST_NOISE: f64 = 0.7;

/// Tries to do better with some people of a team; what costs more than the lead tolerates is taken back.
pub fn regroup(
    setting: &Setting,
    plan: &mut Plan,
    team: &[usize],
    lead: Lead,
    desk: &mut Desk,
    dice: &mut Dice,
) {
    let mut group = group(setting, team, dice);
    let days = stretch(setting.menu(group[0]).duties.len(), dice);
    let before = plan.objective();
    plan.begin(setting);
    for &person in &group {
        plan.leave(setting, person, &days);
    }
    dice.shuffle(&mut group);
    let bias = bias(setting, &group, &days, lead.prices, dice);
    for &person in &group {
        let Some(tour) = plan.best_on(setting, person, desk, &days, Some(&bias)) else {
            plan.rollback(setting);
            return;
        };
        plan.assign(setting, person, tour);
    }
    let touched = plan.changed(setting);
    plan.rebalance(setting, &touched);
    let mut again = Vec::new();
    for &person in &group {
        again.extend(plan.answer_on(setting, desk, person, &days));
    }
    plan.rebalance(setting, &again);
    if plan.objective() < before + lead.tolerance {
        plan.commit();
    } else {
        plan.rollback(setting);
    }
}

/// People of the team who share a queue with the first, now and then somebody else.
fn group(setting: &Setting, team: &[usize], dice: &mut Dice) -> Vec<usize> {
    let first = team[dice.below(team.len())];
    let size = 1 + dice.below(MOST_PEOPLE);
    let mut group = vec![first];
    for _ in 0..size * 6 {
        if group.len() >= size.min(team.len()) {
            break;
        }
        let other = team[dice.below(team.len())];
        if !group.contains(&other) && (related(setting, first, other) || dice.unit() < 0.1) {
            group.push(other);
        }
    }
    group
}

fn related(setting: &Setting, a: usize, b: usize) -> bool {
    let queues = |person: usize| {
        setting
            .menu(person)
            .pool
            .map_or(&[][..], |pool| setting.service.skills(pool))
    };
    queues(a)
        .iter()
        .any(|(queue, _)| queues(b).iter().any(|(other, _)| other == queue))
}

/// Days in a row out of so many.
fn stretch(days: usize, dice: &mut Dice) -> Range<usize> {
    if dice.unit() < WHOLE_WEEKS {
        let from = dice.below(days.saturating_sub(7) + 1);
        return from..days.min(from + 7);
    }
    let from = dice.below(days);
    from..days.min(from + 1 + dice.below(MOST_DAYS))
}

/// A lead away from the nearest optimum, in the slots where the group may come to work.
fn bias<'a>(
    setting: &Setting,
    group: &[usize],
    days: &Range<usize>,
    prices: &'a [f64],
    dice: &mut Dice,
) -> Bias<'a> {
    let reaches = group
        .iter()
        .map(|&person| setting.menu(person).reach(days.clone()))
        .filter(|reach| !reach.is_empty());
    let hull = reaches.reduce(|a, b| a.start.min(b.start)..a.end.max(b.end));
    let hull = hull.unwrap_or_default();
    let spread = WIDEST_NOISE * dice.unit();
    Bias {
        prices,
        share: dice.unit() * dice.unit(),
        first: hull.start,
        noise: hull.map(|_| 1.0 + spread * (dice.unit() - 0.5)).collect(),
    }
}
