//! What one more person of a kind would be worth, and which rule costs how much.

use crate::roster::problem::{Problem, Tour};
use crate::roster::{Appraiser, Ask, Market};

use super::looser::{Change, steps};

/// One more person like somebody who is there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OneMore {
    /// The person whom they are like.
    pub like: usize,
    /// Money that they save if everybody else keeps their week; below 0 they cost more than they bring.
    pub at_once: f64,
    /// Money by which they lower the bound at the prices.
    pub by_prices: f64,
}

/// A rule of a contract made looser.
#[derive(Debug, Clone, PartialEq)]
pub struct Looser {
    pub contract: usize,
    /// The scenario's key.
    pub key: &'static str,
    pub change: Change,
    /// Money by which the bound falls.
    pub by_prices: f64,
}

/// The problem with one more person like each of `like`, who has worked nothing, is never absent and wishes for nothing; they come after all others.
fn with_more(problem: &Problem, like: &[usize]) -> Problem {
    let mut more = problem.clone();
    for &person in like {
        let index = more.people.len();
        let mut new = more.people[person].clone();
        new.absences.clear();
        new.absent_days.fill(false);
        new.locked.clear();
        new.before.clear();
        new.carried.clear();
        new.wishes.clear();
        more.people.push(new);
        for cover in &mut more.covers {
            for people in [&mut cover.members, &mut cover.counted] {
                if people.contains(&person) {
                    people.push(index);
                }
            }
        }
    }
    more
}

/// What one more person like each of `like` would be worth over the plan, each alone.
pub fn one_more(appraiser: &Appraiser, market: &Market, like: &[usize]) -> Vec<OneMore> {
    let problem = appraiser.problem();
    let more = with_more(problem, like);
    let mut tours: Vec<Tour> = appraiser.tours().to_vec();
    let first = tours.len();
    tours.resize(first + like.len(), Tour::default());
    let values = market.values(&more);
    let mut weighed = Appraiser::new(&more, &tours);
    like.iter()
        .enumerate()
        .map(|(number, &like)| {
            let person = first + number;
            let week = weighed
                .best_week(person, &Ask::Any, 0.0)
                .unwrap_or_default();
            OneMore {
                like,
                at_once: -weighed.effect(&[(person, week)]).total(),
                by_prices: values[person],
            }
        })
        .collect()
}

/// What each rule of the contracts would be worth if it were a step looser, dearest first; those worth nothing are left out.
pub fn looser_rules(problem: &Problem, market: &Market) -> Vec<Looser> {
    let now = market.values(problem);
    let mut found = Vec::new();
    for contract in 0..problem.contracts.len() {
        if !problem.people.iter().any(|p| p.contract == contract) {
            continue;
        }
        for (key, change, apply) in steps(&problem.contracts[contract]) {
            let mut other = problem.clone();
            apply(&mut other.contracts[contract]);
            push(&mut found, &now, market, &other, contract, key, change);
        }
        let windows =
            |p: &crate::roster::problem::Person| p.contract == contract && p.window.is_some();
        if problem.people.iter().any(windows) {
            let mut other = problem.clone();
            for person in other.people.iter_mut().filter(|p| p.contract == contract) {
                person.window = None;
            }
            push(
                &mut found,
                &now,
                market,
                &other,
                contract,
                "window",
                Change::Without,
            );
        }
    }
    found.sort_by(|a, b| b.by_prices.total_cmp(&a.by_prices));
    found
}

fn push(
    found: &mut Vec<Looser>,
    now: &[f64],
    market: &Market,
    other: &Problem,
    contract: usize,
    key: &'static str,
    change: Change,
) {
    let more: f64 = market
        .values(other)
        .iter()
        .zip(now)
        .filter(|(_, now)| now.is_finite())
        .map(|(then, now)| then - now)
        .sum();
    if more > 0.005 {
        found.push(Looser {
            contract,
            key,
            change,
            by_prices: more,
        });
    }
}
