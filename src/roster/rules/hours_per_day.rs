//! No more paid hours in a day than the contract (or the law that stands behind it) allows.

use super::{Broken, Candidate, Rule, each_person, paid_of_length};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "hours-per-day",
    allows: Some(allows),
    sequence: None,
    check,
};

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    let rules = problem.rules(person);
    rules
        .terms
        .max_paid_minutes_per_day
        .is_none_or(|most| paid_of_length(rules, candidate.span.minutes()) <= most)
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let rules = problem.rules(person);
        let Some(most) = rules.terms.max_paid_minutes_per_day else {
            continue;
        };
        for shift in &tour.shifts {
            let paid = shift.paid_minutes(rules);
            if paid > most {
                let zone = &problem.site(person).zone;
                let date = zone.date(problem.instant(shift.span.start));
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!(
                        "{} paid on {date}, {} are allowed",
                        format_minutes(paid.into()),
                        format_minutes(most.into())
                    ),
                });
            }
        }
    }
}
