//! The starts of a week lie close together on the wall clock.

use chrono::Timelike;

use super::{Broken, DayFacts, Rule, Sequence, Worked, each_person};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "same-start",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// Whether wall-clock starts (minutes after midnight) lie within `band` minutes of each other, midnight passed or not.
fn starts_together(starts: &[i32], band: i32) -> bool {
    starts.is_empty()
        || starts.iter().any(|first| {
            starts
                .iter()
                .all(|start| (start - first).rem_euclid(1440) <= band)
        })
}

/// State: 0 = nothing worked this week, else 1 + earliest start * 1440 + width of the starts so far.
struct Band(i32);

impl Sequence for Band {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let next = match (worked, state.checked_sub(1)) {
            (None, _) => state,
            (Some(shift), None) => 1 + shift.wall_start as u32 * 1440,
            (Some(shift), Some(packed)) => {
                let (first, width) = ((packed / 1440) as i32, (packed % 1440) as i32);
                let later = (shift.wall_start - first).rem_euclid(1440);
                let earlier = (first - shift.wall_start).rem_euclid(1440);
                if later <= self.0 {
                    1 + first as u32 * 1440 + width.max(later) as u32
                } else if earlier + width <= self.0 {
                    1 + shift.wall_start as u32 * 1440 + (earlier + width) as u32
                } else {
                    return None;
                }
            }
        };
        Some((if day.last_of_week { 0 } else { next }, 0.0))
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let band = problem.rules(person).same_start_within?;
    Some(Box::new(Band(band)))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(band) = problem.rules(person).same_start_within else {
            continue;
        };
        let site = problem.site(person);
        for week in 0..problem.weeks {
            let starts: Vec<i32> = tour
                .shifts
                .iter()
                .filter(|shift| site.days.get(shift.day).is_some_and(|day| day.week == week))
                .map(|shift| {
                    let local = site.zone.to_local(problem.instant(shift.span.start));
                    (local.hour() * 60 + local.minute()) as i32
                })
                .collect();
            if !starts_together(&starts, band) {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: site
                        .days
                        .iter()
                        .find(|day| day.week == week)
                        .map(|day| day.date),
                    text: format!(
                        "the starts of week {} lie more than {} apart",
                        week + 1,
                        format_minutes(band.into())
                    ),
                });
            }
        }
    }
}
