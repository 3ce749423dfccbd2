//! Why somebody has no week: the fewest rules that cannot all be kept.

use crate::roster::problem::Problem;
use crate::roster::rules::{RULES, Rule, rest, said};

use super::menu::{Menu, menu};
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
            // Any end of the shift before leaves enough.
            let latest = menu.ends as u32 - 1;
            menu.duties
                .iter_mut()
                .flatten()
                .for_each(|duty| duty.rested = latest);
            menu.rested_from = 0;
        }
        has_week(problem, &menu)
    };
    let mut kept: Vec<&Rule> = RULES.iter().collect();
    if possible(&kept) {
        return Vec::new();
    }
    for rule in RULES {
        let without: Vec<&Rule> = kept
            .iter()
            .copied()
            .filter(|other| other.name != rule.name)
            .collect();
        if !possible(&without) {
            kept = without;
        }
    }
    kept.iter()
        .map(|rule| said(rule, problem, person))
        .collect()
}
