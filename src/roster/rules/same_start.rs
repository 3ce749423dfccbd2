//! The starts of a week lie close together on the wall clock.

use chrono::Timelike;

use super::{Broken, DayFacts, Rule, Sequence, Worked, each_person};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, Span, Tour};

pub const RULE: Rule = Rule {
    name: "same-start",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// Whether wall-clock starts (minutes after midnight) lie within `band` minutes of each other, midnight passed or not.
pub(super) fn starts_together(starts: &[i32], band: i32) -> bool {
    starts.is_empty()
        || starts.iter().any(|first| {
            starts
                .iter()
                .all(|start| (start - first).rem_euclid(1440) <= band)
        })
}

/// State: 0 = nothing worked yet, else 1 + earliest start * 1440 + width of the starts so far.
pub(super) struct Band {
    pub minutes: i32,
    pub anew_each_week: bool,
    /// State before the first day.
    pub before: u32,
}

impl Band {
    /// The state with one more start; `None` where the starts then lie too far apart.
    fn with(&self, state: u32, wall_start: i32) -> Option<u32> {
        let Some(packed) = state.checked_sub(1) else {
            return Some(1 + wall_start as u32 * 1440);
        };
        let (first, width) = ((packed / 1440) as i32, (packed % 1440) as i32);
        let later = (wall_start - first).rem_euclid(1440);
        let earlier = (first - wall_start).rem_euclid(1440);
        if later <= self.minutes {
            Some(1 + first as u32 * 1440 + width.max(later) as u32)
        } else if earlier + width <= self.minutes {
            Some(1 + wall_start as u32 * 1440 + (earlier + width) as u32)
        } else {
            None
        }
    }
}

/// The state of starts that lie together.
pub(super) fn packed(starts: &[i32], band: i32) -> u32 {
    let band = Band {
        minutes: band,
        anew_each_week: false,
        before: 0,
    };
    starts
        .iter()
        .fold(0, |state, start| band.with(state, *start).unwrap_or(state))
}

/// Wall-clock start of a shift, minutes after local midnight.
pub(super) fn wall_start(problem: &Problem, person: usize, span: Span) -> i32 {
    let local = problem
        .site(person)
        .zone
        .to_local(problem.instant(span.start));
    (local.hour() * 60 + local.minute()) as i32
}

impl Sequence for Band {
    fn initial(&self) -> u32 {
        self.before
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let next = match worked {
            None => state,
            Some(shift) => self.with(state, shift.wall_start)?,
        };
        let anew = self.anew_each_week && day.last_of_week;
        Some((if anew { 0 } else { next }, 0.0))
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let band = problem.rules(person).same_start_within?;
    Some(Box::new(Band {
        minutes: band,
        anew_each_week: true,
        before: 0,
    }))
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
                .map(|shift| wall_start(problem, person, shift.span))
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
