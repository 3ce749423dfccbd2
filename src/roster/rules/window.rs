//! Start and end of a shift lie inside the agent's window, on the agent's own clock.

use chrono::Timelike;

use super::{Broken, Candidate, Rule, each_person};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "window",
    allows: Some(allows),
    sequence: None,
    check,
};

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    problem.people[person]
        .window
        .is_none_or(|window| window.allows(candidate.wall_start as u32, candidate.wall_end as u32))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(window) = problem.people[person].window else {
            continue;
        };
        let zone = &problem.site(person).zone;
        for shift in &tour.shifts {
            let start = zone.to_local(problem.instant(shift.span.start));
            let end = zone.to_local(problem.instant(shift.span.end));
            let after_midnight = |at: chrono::NaiveDateTime| {
                ((at.date() - start.date()).num_days() * 1440) as u32 + at.hour() * 60 + at.minute()
            };
            if !window.allows(after_midnight(start), after_midnight(end)) {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(start.date()),
                    text: format!(
                        "the shift of {} from {} to {} lies outside the agent's window",
                        start.date(),
                        start.format("%H:%M"),
                        end.format("%H:%M")
                    ),
                });
            }
        }
    }
}
