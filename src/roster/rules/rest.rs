//! Enough elapsed time from one shift's end to the next one's start, last week's shifts included.

use super::{Broken, Rule, each_person};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, Span, Tour};

pub const RULE: Rule = Rule {
    name: "rest",
    // Rest is built into the path search: a shift follows only one that ended early enough.
    allows: None,
    sequence: None,
    check,
};

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let rest = problem.rules(person).rest;
        let before = problem.people[person].before.iter().copied();
        let mut spans: Vec<Span> = before
            .chain(tour.shifts.iter().map(|shift| shift.span))
            .collect();
        let planned_from = tour
            .shifts
            .iter()
            .map(|shift| shift.span.start)
            .min()
            .unwrap_or(i32::MAX);
        spans.sort_by_key(|span| span.start);
        for pair in spans
            .windows(2)
            .filter(|pair| pair[1].start >= planned_from)
        {
            let gap = pair[1].start - pair[0].end;
            if gap < rest {
                let date = problem
                    .site(person)
                    .zone
                    .date(problem.instant(pair[1].start));
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!(
                        "only {} of rest before the shift of {date}, {} are due",
                        format_minutes(gap.into()),
                        format_minutes(rest.into())
                    ),
                });
            }
        }
    }
}
