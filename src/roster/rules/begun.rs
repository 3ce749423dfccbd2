//! What has begun, or begins too soon, is not changed any more: shifts that people have been told stay with their breaks, and nobody else starts then.

use super::{Broken, Candidate, Rule, each_person};
use crate::roster::problem::{Problem, Shift, Told, Tour};

pub const RULE: Rule = Rule {
    name: "already-begun",
    allows: Some(allows),
    // That who was told to start then does so is seen to by `locked`.
    sequence: None,
    check,
};

fn told(problem: &Problem, person: usize, day: usize) -> Option<&Told> {
    problem.people[person].known.get(day)?.as_ref()
}

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    !problem.has_begun(candidate.span)
        || told(problem, person, candidate.day).is_some_and(|told| told.span == candidate.span)
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let begun = |shift: &&Shift| problem.has_begun(shift.span);
        for shift in tour.shifts.iter().filter(begun) {
            let rules = problem.rules(person);
            let as_told = told(problem, person, shift.day);
            let text = match as_told.map(|told| told.is_kept_whole(shift, rules)) {
                Some(true) => continue,
                Some(false) => {
                    "has begun, and it is not the one that was told, or its breaks are not"
                }
                None => "would have begun, and nobody was told of it",
            };
            let zone = &problem.site(person).zone;
            let local = zone.to_local(problem.instant(shift.span.start));
            broken.push(Broken {
                rule: RULE.name,
                person: Some(person),
                date: Some(local.date()),
                text: format!("the shift of {} {text}", local.format("%Y-%m-%d %H:%M")),
            });
        }
    }
}
