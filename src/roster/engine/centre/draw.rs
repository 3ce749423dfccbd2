//! Who works on the roster side by side, and the moves they try: a few people who can stand in for each other give up a day or two together.

use std::ops::Range;
use std::sync::Arc;

use crate::roster::engine::dice::Dice;
use crate::roster::engine::live::Move;

use super::plan::{Bias, Setting};

/// Fewest people for whom a team of their own is worth the copy of the plan.
const PEOPLE_PER_TEAM: usize = 25;
/// Most people of a group.
const MOST_PEOPLE: usize = 4;
/// Days given up together: mostly few, because a change that pays is small and few days are soon tried ...
const MOST_DAYS: usize = 2;
/// ... and in this share of the attempts a whole week, for what days off and hours must change together.
const WHOLE_WEEKS: f64 = 0.1;

/// Widest spread of the noise on what slots are worth: half of it up or down. On aurora gaps after 20 s are 0.3 points less than with 0.25.
const WIDEST_NOISE: f64 = 0.7;

/// People who serve the same queues come into the same team as far as can be: teams then seldom want the same slots.
pub fn teams(setting: &Setting, dice: &mut Dice) -> Vec<Arc<[usize]>> {
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
        .map(Arc::from)
        .collect()
}

/// A group of the team and the days that they give up.
pub fn draw<'a>(
    setting: &Setting,
    prices: &'a [f64],
    team: &[usize],
    dice: &mut Dice,
) -> Move<Range<usize>, Bias<'a>> {
    let mut people = group(setting, team, dice);
    let free = stretch(setting.menu(people[0]).duties.len(), dice);
    dice.shuffle(&mut people);
    // One who is alone is led away too: work that can wait follows them.
    let shake = bias(setting, &people, &free, prices, dice);
    Move {
        people,
        free,
        shake: Some(shake),
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
