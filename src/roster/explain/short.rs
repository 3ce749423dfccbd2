//! Why a queue has no more people in some slots: what everybody who could serve it does instead, and what it would take to have them.

use std::ops::Range;

use crate::roster::problem::{Problem, Tour};
use crate::roster::rules::{Broken, RULES, said};
use crate::roster::{Appraiser, Ask, Effect, barring};

use super::offer::{Offer, newly_broken};
use super::stay;

/// Everybody with the skill, by what keeps them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Short {
    /// At work then, on this queue or another of theirs.
    pub at_work: Vec<usize>,
    /// Where those at work are: (queue, agents), mean over the slots, this queue included.
    pub serving: Vec<(usize, f64)>,
    /// On shift, but not at work in every slot.
    pub on_break: Vec<usize>,
    /// No week of theirs has work then.
    pub kept: Vec<Kept>,
    /// They could.
    pub could: Vec<Able>,
}

/// Somebody whom hard rules keep from work then.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub person: usize,
    /// Names of the rules; empty where their contract has no such shift.
    pub rules: Vec<&'static str>,
    /// The same with what they are set to.
    pub words: Vec<String>,
}

/// Somebody who could work then.
#[derive(Debug, Clone, PartialEq)]
pub struct Able {
    pub person: usize,
    /// Names of the rules that their week as it is would break with a shift more, so that another has to go; empty where it is cost alone.
    pub rules: Vec<&'static str>,
    pub offer: Offer,
}

/// People who have a skill that serves the queue.
pub fn able(problem: &Problem, queue: usize) -> impl Iterator<Item = usize> + '_ {
    (0..problem.people.len()).filter(move |&person| {
        problem.people[person].pool.is_some_and(|pool| {
            problem.pools[pool]
                .skills
                .iter()
                .any(|(own, _)| *own == queue)
        })
    })
}

/// Why a queue has no more people in these slots. `known` is what the roster breaks already.
pub fn short(
    appraiser: &mut Appraiser,
    known: &[Broken],
    queue: usize,
    slots: &Range<usize>,
) -> Short {
    let problem = appraiser.problem();
    let mut found = Short {
        serving: serving(appraiser, queue, slots),
        ..Short::default()
    };
    for person in able(problem, queue).collect::<Vec<_>>() {
        let at_work = appraiser.at_work(person, slots);
        if at_work {
            found.at_work.push(person);
            continue;
        }
        let on_shift = appraiser.on_shift(person, slots);
        if on_shift {
            found.on_break.push(person);
        }
        let week = appraiser.best_week(person, &Ask::Work(slots.clone()), stay(problem, person));
        let offer = week
            .clone()
            .and_then(|week| Offer::checked(appraiser, known, vec![(person, week)]));
        match (week, offer) {
            (_, Some(offer)) => {
                let rules = in_the_way(appraiser, known, &offer, slots);
                found.could.push(Able {
                    person,
                    rules,
                    offer,
                });
            }
            // Their own rules allow it, those that join people (seats, cover) do not.
            (Some(week), None) if !on_shift => {
                let broken = newly_broken(problem, appraiser.tours(), known, &[(person, week)]);
                let mut rules: Vec<&'static str> =
                    broken.iter().map(|broken| broken.rule).collect();
                rules.dedup();
                found.kept.push(Kept {
                    person,
                    words: rules.iter().map(|rule| (*rule).to_owned()).collect(),
                    rules,
                });
            }
            (None, None) if !on_shift => {
                let rules = barring(problem, person, slots);
                found.kept.push(Kept {
                    person,
                    rules: rules.iter().map(|rule| rule.name).collect(),
                    words: rules
                        .iter()
                        .map(|rule| said(rule, problem, person))
                        .collect(),
                });
            }
            _ => {}
        }
    }
    found.could.sort_by(|a, b| {
        let cost = |able: &Able| able.offer.effect.total();
        cost(a).total_cmp(&cost(b)).then(a.person.cmp(&b.person))
    });
    found
}

fn serving(appraiser: &Appraiser, queue: usize, slots: &Range<usize>) -> Vec<(usize, f64)> {
    let problem = appraiser.problem();
    let mut sums = vec![0.0; problem.service.queues.len()];
    for (pool, info) in problem.pools.iter().enumerate() {
        if !info.skills.iter().any(|(own, _)| *own == queue) {
            continue;
        }
        for slot in slots.clone() {
            for (at, people) in appraiser.serving(pool, slot) {
                sums[at] += people / slots.len() as f64;
            }
        }
    }
    let mut serving: Vec<(usize, f64)> = sums
        .into_iter()
        .enumerate()
        .filter(|(_, people)| *people > 1e-9)
        .collect();
    serving.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    serving
}

/// Rules that the week as it is would break if the offered shift were simply added to it.
fn in_the_way(
    appraiser: &Appraiser,
    known: &[Broken],
    offer: &Offer,
    slots: &Range<usize>,
) -> Vec<&'static str> {
    let problem = appraiser.problem();
    let minutes = problem.slot_minutes;
    let (person, week) = &offer.changes[0];
    let then = week.shifts.iter().find(|shift| {
        shift.span.start < slots.end as i32 * minutes
            && slots.start as i32 * minutes < shift.span.end
    });
    let Some(then) = then else {
        return Vec::new();
    };
    let mut tour: Tour = appraiser.tours()[*person].clone();
    if tour.shifts.iter().any(|shift| shift.day == then.day) {
        return vec!["one-shift-a-day"];
    }
    tour.shifts.push(then.clone());
    tour.shifts.sort_by_key(|shift| shift.span.start);
    let broken = newly_broken(problem, appraiser.tours(), known, &[(*person, tour)]);
    let mut rules: Vec<&'static str> = broken
        .iter()
        .filter(|broken| broken.person == Some(*person))
        .map(|broken| broken.rule)
        .collect();
    rules.dedup();
    rules
}

/// What it would bring and cost to have somebody there if the rules that keep them gave way: no offer, because the rules do not.
pub fn if_rules_gave_way(
    appraiser: &mut Appraiser,
    kept: &Kept,
    slots: &Range<usize>,
) -> Option<(Tour, Effect)> {
    let known: Vec<&'static str> = RULES.iter().map(|rule| rule.name).collect();
    let rules: Vec<&'static str> = kept
        .rules
        .iter()
        .copied()
        .filter(|rule| known.contains(rule))
        .collect();
    let week = appraiser.best_week_without(
        kept.person,
        &Ask::Work(slots.clone()),
        stay(appraiser.problem(), kept.person),
        &rules,
    )?;
    let effect = appraiser.effect(&[(kept.person, week.clone())]);
    Some((week, effect))
}
