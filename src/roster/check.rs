//! Re-reads a finished roster against every rule. It uses neither the optimiser nor its model: only the problem, the tours and the rules.

use super::problem::{Problem, Tour};
use super::rules::{Broken, RULES, Rule};

/// Every breach of a hard rule, in the order of the rules; empty for a roster that may be published.
pub fn check(problem: &Problem, tours: &[Tour]) -> Vec<Broken> {
    let every_rule: Vec<&Rule> = RULES.iter().collect();
    check_under(problem, tours, &every_rule)
}

/// [`check`] against some of the rules alone.
pub fn check_under(problem: &Problem, tours: &[Tour], kept: &[&Rule]) -> Vec<Broken> {
    let mut broken = Vec::new();
    if tours.len() != problem.people.len() {
        broken.push(Broken {
            rule: "people",
            person: None,
            date: None,
            text: format!(
                "the roster has {} people, the problem {}",
                tours.len(),
                problem.people.len()
            ),
        });
        return broken;
    }
    for rule in kept {
        (rule.check)(problem, tours, &mut broken);
    }
    broken
}
