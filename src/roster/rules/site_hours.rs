//! Nobody works while their site is closed.

use super::{Broken, Candidate, Rule, each_person};
use crate::roster::problem::{Problem, Span, Tour};

pub const RULE: Rule = Rule {
    name: "site-hours",
    allows: Some(allows),
    sequence: None,
    check,
};

fn closed_within(problem: &Problem, person: usize, span: Span) -> bool {
    let closed = &problem.site(person).closed;
    let slot = |minute: i32| (minute / problem.slot_minutes) as usize;
    (slot(span.start)..slot(span.end)).any(|at| closed.get(at).copied().unwrap_or(false))
}

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    !closed_within(problem, person, candidate.span)
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        for shift in tour
            .shifts
            .iter()
            .filter(|shift| closed_within(problem, person, shift.span))
        {
            let date = problem
                .site(person)
                .zone
                .date(problem.instant(shift.span.start));
            broken.push(Broken {
                rule: RULE.name,
                person: Some(person),
                date: Some(date),
                text: format!("the shift of {date} runs into hours in which the site is closed"),
            });
        }
    }
}
