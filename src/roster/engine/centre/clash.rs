//! Why somebody has no week: the fewest rules that cannot all be kept.

use std::ops::Range;

use crate::roster::problem::Problem;
use crate::roster::rules::{Candidate, RULES, Rule, rest};

use super::menu::{Menu, candidates, menu};
use super::plan::REWARD;
use super::pricing::{Prices, Scratch, best_tour};

/// Whether any week at all keeps the rules that the menu was made under.
pub fn has_week(problem: &Problem, menu: &Menu) -> bool {
    let nothing = vec![0.0; problem.slots];
    let free = Prices {
        work: &nothing,
        presence: &nothing,
    };
    best_tour(problem, menu, free, &mut Scratch::default()).is_some()
}

/// Whether a person has any week that keeps every rule of theirs.
pub fn has_any_week(problem: &Problem, person: usize) -> bool {
    let all: Vec<&Rule> = RULES.iter().collect();
    has_week(problem, &menu_under(problem, person, &all))
}

/// Names of rules that together leave this person no week though any one of them less would; empty if there is a week.
///
/// Each rule in turn is left out for good if there is no week without it either, so what remains is a set from which nothing can be taken.
pub fn clash(problem: &Problem, person: usize) -> Vec<&'static str> {
    let possible = |kept: &[&Rule]| has_week(problem, &menu_under(problem, person, kept));
    let all: Vec<&'static Rule> = RULES.iter().collect();
    if possible(&all) {
        return Vec::new();
    }
    let smallest = smallest(all, possible);
    smallest.iter().map(|rule| rule.name).collect()
}

/// Of rules under which something is impossible, some under which it still is and none of which can be left out: each in turn is left out for
/// good if nothing becomes possible by it.
fn smallest(
    mut kept: Vec<&'static Rule>,
    possible: impl Fn(&[&Rule]) -> bool,
) -> Vec<&'static Rule> {
    for rule in kept.clone() {
        let without: Vec<&Rule> = kept
            .iter()
            .copied()
            .filter(|other| other.name != rule.name)
            .collect();
        if !possible(&without) {
            kept = without;
        }
    }
    kept
}

/// What one person can work under some of the rules, in no cover.
pub fn menu_under(problem: &Problem, person: usize, kept: &[&Rule]) -> Menu {
    let mut menu = menu(problem, vec![person], Vec::new(), kept);
    if !kept.iter().any(|rule| rule.name == rest::RULE.name) {
        leave_out_rest(&mut menu);
    }
    menu
}

/// Lets any end of the shift before leave enough rest.
fn leave_out_rest(menu: &mut Menu) {
    let latest = menu.ends as u32 - 1;
    menu.duties
        .iter_mut()
        .flatten()
        .for_each(|duty| duty.rested = latest);
    menu.rested_from = 0;
}

/// A rule that alone forbids a person every shift of their contract that touches these slots: `Some(None)` where the contract has none, `None` where
/// no single rule does.
fn alone(problem: &Problem, person: usize, slots: &Range<usize>) -> Option<Option<&'static Rule>> {
    let minutes = problem.slot_minutes;
    let (from, until) = (slots.start as i32 * minutes, slots.end as i32 * minutes);
    let rules = problem.rules(person);
    let longest = rules.shift_minutes.iter().max().copied().unwrap_or(0);
    let days = problem.site(person).days.iter().enumerate();
    let then: Vec<Candidate> = days
        .filter(|(_, day)| day.span.start < until && from < day.span.end + longest)
        .flat_map(|(day, _)| candidates(problem, person, day))
        .filter(|candidate| candidate.span.start < until && from < candidate.span.end)
        .collect();
    if then.is_empty() {
        return Some(None);
    }
    let forbids = |rule: &&Rule| {
        rule.allows
            .is_some_and(|allows| !then.iter().any(|shift| allows(problem, person, shift)))
    };
    RULES.iter().find(forbids).map(Some)
}

/// Name of a rule that alone keeps a person from work in these slots, whatever else they work: `Some(None)` where their contract has no such shift,
/// `None` where no single rule does.
pub fn barred_by(
    problem: &Problem,
    person: usize,
    slots: &Range<usize>,
) -> Option<Option<&'static str>> {
    alone(problem, person, slots).map(|rule| rule.map(|rule| rule.name))
}

/// The fewest rules that together keep a person from work in most of these slots, whatever else they work; empty where the contract has no such
/// shift, and where nothing keeps them.
pub fn barring(problem: &Problem, person: usize, slots: &Range<usize>) -> Vec<&'static Rule> {
    match alone(problem, person, slots) {
        Some(Some(rule)) => return vec![rule],
        Some(None) => return Vec::new(),
        None => {}
    }
    let possible = |kept: &[&Rule]| {
        let mut menu = menu_under(problem, person, kept);
        menu.leave_out_money();
        let nothing = vec![0.0; problem.slots];
        let mut work = nothing.clone();
        work[slots.clone()].fill(REWARD);
        let prices = Prices {
            work: &work,
            presence: &nothing,
        };
        let most = best_tour(problem, &menu, prices, &mut Scratch::default());
        most.is_some_and(|week| week.value >= 0.49 * REWARD * slots.len() as f64)
    };
    // What a person was promised says more than what a contract allows: it is left out last.
    let all: Vec<&Rule> = RULES.iter().rev().collect();
    if possible(&all) {
        return Vec::new();
    }
    smallest(all, possible)
}
