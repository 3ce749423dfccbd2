//! No shift touches an absence.

use super::{Broken, Candidate, Rule, each_person};
use crate::roster::problem::{Problem, Span, Tour};

pub const RULE: Rule = Rule {
    name: "absence",
    allows: Some(allows),
    sequence: None,
    check,
};

fn touches(problem: &Problem, person: usize, span: Span) -> bool {
    problem.people[person]
        .absences
        .iter()
        .any(|absence| absence.overlaps(span))
}

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    !touches(problem, person, candidate.span)
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        for shift in tour
            .shifts
            .iter()
            .filter(|shift| touches(problem, person, shift.span))
        {
            let date = problem
                .site(person)
                .zone
                .date(problem.instant(shift.span.start));
            broken.push(Broken {
                rule: RULE.name,
                person: Some(person),
                date: Some(date),
                text: format!("the shift of {date} touches an absence"),
            });
        }
    }
}
