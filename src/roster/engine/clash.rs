//! Why somebody has no week: the fewest rules that cannot all be kept.

use std::ops::Range;

use crate::roster::problem::Problem;
use crate::roster::rules::{Candidate, RULES, Rule, rest, said};

use super::menu::{Menu, candidates, menu};
use super::plan::REWARD;
use super::presence::slots_of;
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

/// Rules, in words, that together leave this person no week though any one of them less would; empty if there is a week.
///
/// Each rule in turn is left out for good if there is no week without it either, so what remains is a set from which nothing can be taken.
pub fn clash(problem: &Problem, person: usize) -> Vec<String> {
    let possible = |kept: &[&Rule]| {
        let mut menu = menu(problem, vec![person], Vec::new(), kept);
        if !kept.iter().any(|rule| rule.name == rest::RULE.name) {
            leave_out_rest(&mut menu);
        }
        has_week(problem, &menu)
    };
    let all: Vec<&Rule> = RULES.iter().collect();
    if possible(&all) {
        return Vec::new();
    }
    smallest(all, possible)
        .iter()
        .map(|rule| said(rule, problem, person))
        .collect()
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

/// Lets any end of the shift before leave enough rest.
pub fn leave_out_rest(menu: &mut Menu) {
    let latest = menu.ends as u32 - 1;
    menu.duties
        .iter_mut()
        .flatten()
        .for_each(|duty| duty.rested = latest);
    menu.rested_from = 0;
}

/// The fewest rules that together keep a person from work in most of these slots, whatever else they work; empty where the contract has no such
/// shift, and where nothing keeps them.
pub fn barring(problem: &Problem, person: usize, slots: &Range<usize>) -> Vec<&'static Rule> {
    let minutes = problem.slot_minutes;
    let touches = |candidate: &Candidate| {
        slots_of(candidate.span, minutes).start.max(slots.start)
            < slots_of(candidate.span, minutes).end.min(slots.end)
    };
    let then: Vec<Candidate> = (0..problem.site(person).days.len())
        .flat_map(|day| candidates(problem, person, day))
        .filter(touches)
        .collect();
    let alone = RULES.iter().find(|rule| {
        rule.allows
            .is_some_and(|allows| !then.iter().any(|shift| allows(problem, person, shift)))
    });
    if then.is_empty() {
        return Vec::new();
    }
    if let Some(rule) = alone {
        return vec![rule];
    }
    let possible = |kept: &[&Rule]| {
        let mut menu = menu(problem, vec![person], Vec::new(), kept);
        if !kept.iter().any(|rule| rule.name == rest::RULE.name) {
            leave_out_rest(&mut menu);
        }
        menu.pay.fill(0.0);
        menu.off_cost.fill(0.0);
        menu.duties
            .iter_mut()
            .flatten()
            .for_each(|duty| duty.cost = 0.0);
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
