//! A shift starts on the contract's grid of wall-clock times, between its earliest and latest start.

use chrono::Timelike;

use super::{Broken, Rule, each_person};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "shift-start",
    // Candidates are made from the contract's starts.
    allows: None,
    sequence: None,
    check,
};

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let rules = problem.rules(person);
        for shift in &tour.shifts {
            let local = problem
                .site(person)
                .zone
                .to_local(problem.instant(shift.span.start));
            let minute = (local.hour() * 60 + local.minute()) as i32;
            let on_grid = minute % rules.start_every == 0;
            let early = rules
                .earliest_start
                .is_some_and(|earliest| minute < earliest);
            let late = rules.latest_start.is_some_and(|latest| minute > latest);
            if !on_grid || early || late {
                let what = if !on_grid {
                    "off the contract's grid"
                } else {
                    "outside the contract's starting times"
                };
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(local.date()),
                    text: format!(
                        "the shift of {} starts at {}, {what}",
                        local.date(),
                        local.format("%H:%M")
                    ),
                });
            }
        }
    }
}
