//! Names, times and lists as people say them.

use chrono::TimeDelta;

use crate::calendar::{Instant, Zone};
use crate::roster::problem::{Shift, Span};

use super::Explainer;

/// Names in a list before the rest is counted.
const NAMED: usize = 4;

impl Explainer<'_> {
    pub(super) fn name(&self, person: usize) -> String {
        let agent = &self.scenario.agents[person];
        format!("{} ({})", agent.name, agent.id)
    }

    /// The first few people by name, the rest by number.
    pub(super) fn names(&self, people: &[usize]) -> String {
        let named: Vec<String> = people
            .iter()
            .take(NAMED)
            .map(|&person| self.name(person))
            .collect();
        match people.len().saturating_sub(NAMED) {
            0 => listed(&named),
            more => format!("{} and {more} more", named.join(", ")),
        }
    }

    pub(super) fn zone_of(&self, person: usize) -> &Zone {
        &self.problem().site(person).zone
    }

    /// "Sun 25 Oct 08:00-16:30" on the person's clock.
    pub(super) fn shift_words(&self, person: usize, shift: &Shift) -> String {
        self.span_words(self.zone_of(person), shift.span)
    }

    pub(super) fn span_words(&self, zone: &Zone, span: Span) -> String {
        let problem = self.problem();
        format!(
            "{}-{}",
            moment(zone, problem.instant(span.start)),
            zone.to_local(problem.instant(span.end)).format("%H:%M")
        )
    }

    pub(super) fn clock_words(&self, zone: &Zone, span: Span) -> String {
        let local = |minute: i32| {
            zone.to_local(self.problem().instant(minute))
                .format("%H:%M")
        };
        format!("{}-{}", local(span.start), local(span.end))
    }

    pub(super) fn date(&self, person: usize, day: usize) -> chrono::NaiveDate {
        self.problem().site(person).days[day].date
    }

    /// "12.50 EUR", without a sign.
    pub(super) fn money(&self, amount: f64) -> String {
        format!("{:.2} {}", amount.abs(), self.scenario.currency)
    }
}

pub(super) fn moment(zone: &Zone, at: Instant) -> String {
    zone.to_local(at).format("%a %-d %b %H:%M").to_string()
}

/// "Sun 25 Oct 03:30 to 04:00"; with offsets where the clock is changed so near that the times alone could be misread.
pub(super) fn stretch(zone: &Zone, from: Instant, to: Instant) -> String {
    let near = TimeDelta::hours(2);
    let offset = |at: Instant| zone.offset_seconds(at.timestamp());
    if offset(from - near) == offset(to + near) {
        return format!(
            "{} to {}",
            moment(zone, from),
            zone.to_local(to).format("%H:%M")
        );
    }
    let with_offset = |at: Instant| zone.format(at)[11..].to_owned();
    let day = zone.to_local(from).format("%a %-d %b");
    format!("{day} {} to {}", with_offset(from), with_offset(to))
}

pub(super) fn day_words(date: chrono::NaiveDate) -> String {
    date.format("%a %-d %b").to_string()
}

/// "a, b and c".
pub(super) fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

pub(super) fn plural(count: usize, one: &str, many: &str) -> String {
    if count == 1 {
        format!("1 {one}")
    } else {
        format!("{count} {many}")
    }
}

/// What a rule does to people whom it keeps from work, after "of": "is outside their window".
pub(super) fn keeps(rule: &str) -> String {
    match rule {
        "absence" => "away".to_owned(),
        "window" => "outside their window".to_owned(),
        "locked-shift" => "a locked shift stands against it".to_owned(),
        "already-begun" => "too late to be asked".to_owned(),
        "site-hours" => "their site is closed".to_owned(),
        "rest" => "too little rest to what is fixed before or after".to_owned(),
        "seats" => "no seat is free at their site".to_owned(),
        "cover" => "a hard cover needs them elsewhere".to_owned(),
        other => format!("kept by {}", other.replace('-', " ")),
    }
}

/// Why a shift more needs another to go.
pub(super) fn full(rule: &str) -> String {
    match rule {
        "days-per-week" => "their days of the week are used".to_owned(),
        "hours-per-week" => "their paid hours of the week are used".to_owned(),
        "rest" => "too little rest to their other shifts".to_owned(),
        "consecutive-days" => "too many days in a row".to_owned(),
        "weekends-off" => "their weekend is due off".to_owned(),
        "same-start" => "their starts lie too far apart".to_owned(),
        "locked-shift" => "a locked shift".to_owned(),
        "already-begun" => "it begins too soon".to_owned(),
        "one-shift-a-day" => "they work at another time that day".to_owned(),
        other => other.replace('-', " "),
    }
}
