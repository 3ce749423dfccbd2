//! Nobody who is kept from night work works between 22:00 and 06:00 on their clock.

use super::{Broken, Candidate, Rule, each_person, night_minutes};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "no-nights",
    allows: Some(allows),
    sequence: None,
    check,
};

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    !problem.rules(person).terms.no_nights || night_minutes(problem, person, candidate.span) == 0
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        if !problem.rules(person).terms.no_nights {
            continue;
        }
        for shift in &tour.shifts {
            let minutes = night_minutes(problem, person, shift.span);
            if minutes > 0 {
                let zone = &problem.site(person).zone;
                let date = zone.date(problem.instant(shift.span.start));
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!(
                        "{minutes} minutes of the shift of {date} lie between 22:00 and 06:00"
                    ),
                });
            }
        }
    }
}
