//! A shift has one of the contract's lengths, from clock-in to clock-out in elapsed time.

use super::{Broken, Rule, each_person};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "shift-length",
    // Candidates are made from the contract's lengths.
    allows: None,
    sequence: None,
    check,
};

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let allowed = &problem.rules(person).shift_minutes;
        for shift in tour
            .shifts
            .iter()
            .filter(|shift| !allowed.contains(&shift.span.minutes()))
        {
            let date = problem
                .site(person)
                .zone
                .date(problem.instant(shift.span.start));
            broken.push(Broken {
                rule: RULE.name,
                person: Some(person),
                date: Some(date),
                text: format!(
                    "the shift of {date} lasts {}, the contract has {}",
                    format_minutes(shift.span.minutes().into()),
                    allowed
                        .iter()
                        .map(|&m| format_minutes(m.into()))
                        .collect::<Vec<_>>()
                        .join(" or ")
                ),
            });
        }
    }
}
