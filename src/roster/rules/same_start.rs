//! The starts of a week lie close together on the wall clock.

use chrono::Timelike;

use super::{Broken, DayFacts, Rule, Sequence, StartBand, Way, Worked, each_person};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, Span, Tour, WorkRules};

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

/// The band of the starts is chosen with the first of them: state 0 = none yet, else 1 + which band. Naming the band at once leaves few states; one
/// that turns out wrong has no way on.
pub(super) struct Together {
    /// Whether every week has a band of its own.
    pub anew_each_week: bool,
    pub bands: Vec<StartBand>,
}

/// Bands that begin at any start of the contract, or at one that was worked before, and hold all that were.
pub(super) fn bands(rules: &WorkRules, minutes: i32, before: &[i32]) -> Vec<StartBand> {
    let from = rules.earliest_start.unwrap_or(0);
    let until = rules.latest_start.unwrap_or(1439);
    let mut starts: Vec<i32> = (from..=until)
        .filter(|minute| minute % rules.start_every == 0)
        .chain(before.iter().copied())
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let bands = starts.into_iter().map(|from| StartBand { from, minutes });
    bands
        .filter(|band| before.iter().all(|&start| band.holds(start)))
        .collect()
}

/// Wall-clock start of a shift, minutes after local midnight.
pub(super) fn wall_start(problem: &Problem, person: usize, span: Span) -> i32 {
    let local = problem
        .site(person)
        .zone
        .to_local(problem.instant(span.start));
    (local.hour() * 60 + local.minute()) as i32
}

impl Sequence for Together {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let way = self.ways(state, day, worked).into_iter().next()?;
        Some((way.state, way.cost))
    }

    fn has_ways(&self) -> bool {
        true
    }

    fn bands(&self) -> Option<Vec<StartBand>> {
        (!self.anew_each_week).then(|| self.bands.clone())
    }

    fn ways(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Vec<Way> {
        let anew = self.anew_each_week && day.last_of_week;
        let to = |state: u32| Way::to(if anew { 0 } else { state });
        let Some(shift) = worked else {
            return vec![to(state)];
        };
        let mut ways: Vec<Way> = match state.checked_sub(1) {
            None => (0..self.bands.len())
                .filter(|&band| self.bands[band].holds(shift.wall_start))
                .map(|band| to(1 + band as u32))
                .collect(),
            Some(band) if self.bands[band as usize].holds(shift.wall_start) => vec![to(state)],
            Some(_) => Vec::new(),
        };
        ways.dedup();
        ways
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let band = problem.rules(person).same_start_within?;
    Some(Box::new(Together {
        anew_each_week: problem.weeks > 1,
        bands: bands(problem.rules(person), band, &[]),
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
