//! The starts of the whole plan, and of the week before it, lie close together on the wall clock.

use super::same_start::{Together, bands, starts_together, wall_start};
use super::{Broken, Rule, Sequence, each_person};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "same-start-over-weeks",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// Starts of the week before the plan; none where they themselves lie too far apart.
fn starts_before(problem: &Problem, person: usize, band: i32) -> Vec<i32> {
    let Some(first) = problem.site(person).days.first() else {
        return Vec::new();
    };
    let starts: Vec<i32> = problem.people[person]
        .before
        .iter()
        .filter(|span| span.start >= first.span.start - 7 * 1440)
        .map(|span| wall_start(problem, person, *span))
        .collect();
    if starts_together(&starts, band) {
        starts
    } else {
        Vec::new()
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let band = problem.rules(person).terms.same_start_over_weeks?;
    Some(Box::new(Together {
        anew_each_week: false,
        bands: bands(
            problem.rules(person),
            band,
            &starts_before(problem, person, band),
        ),
    }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(band) = problem.rules(person).terms.same_start_over_weeks else {
            continue;
        };
        let mut starts = starts_before(problem, person, band);
        for shift in &tour.shifts {
            starts.push(wall_start(problem, person, shift.span));
            if !starts_together(&starts, band) {
                let date = problem.site(person).days.get(shift.day).map(|day| day.date);
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date,
                    text: format!(
                        "the starts up to here lie more than {} apart, last week's included",
                        format_minutes(band.into())
                    ),
                });
                break;
            }
        }
    }
}
