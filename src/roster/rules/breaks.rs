//! A shift has the contract's breaks, each wholly within its span after clock-in, and no other.

use super::{Broken, Rule, each_person};
use crate::roster::problem::{Problem, Shift, Tour, WorkRules};

pub const RULE: Rule = Rule {
    name: "breaks",
    // The builder places exactly the contract's breaks within their spans.
    allows: None,
    sequence: None,
    check,
};

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let rules = problem.rules(person);
        for shift in &tour.shifts {
            let date = problem
                .site(person)
                .zone
                .date(problem.instant(shift.span.start));
            for text in faults(rules, shift) {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!("in the shift of {date} {text}"),
                });
            }
        }
    }
}

fn faults(rules: &WorkRules, shift: &Shift) -> Vec<String> {
    let mut faults = Vec::new();
    let due = rules.breaks_of(shift.span.minutes());
    let taken: Vec<usize> = shift
        .breaks
        .iter()
        .map(|(which, _)| *which)
        .filter(|which| *which < rules.breaks.len())
        .collect();
    if due != taken {
        faults.push(format!(
            "{} breaks are due and {} are taken, or in another order",
            due.len(),
            taken.len()
        ));
    }
    for (which, span) in &shift.breaks {
        // Activities have a rule of their own.
        let Some(rule) = rules.breaks.get(*which) else {
            continue;
        };
        if span.minutes() != rule.minutes {
            faults.push(format!(
                "\"{}\" lasts {} minutes instead of {}",
                rule.name,
                span.minutes(),
                rule.minutes
            ));
        }
        let (from, until) = (span.start - shift.span.start, span.end - shift.span.start);
        if from < rule.after || until > rule.before {
            faults.push(format!(
                "\"{}\" lies {from} to {until} minutes after clock-in instead of within {} to {}",
                rule.name, rule.after, rule.before
            ));
        }
    }
    for pair in shift.breaks.windows(2) {
        if pair[1].1.start < pair[0].1.end {
            faults.push("two breaks overlap".to_owned());
        }
    }
    faults
}
