//! Single values: durations, shares, counts, dates, names of things.

use std::ops::RangeInclusive;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use super::examples::example;
use super::times::{other_date, parse_date, parse_local, parse_minute};
use super::{Check, parse_instant};
use crate::calendar::{Grid, LocalTime, Zone, parse_duration};
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{Agent, Site};
use crate::scenario::source::{Placed, Span};

/// The weeks of the plan, as far as messages need them.
pub struct PlanDates {
    pub first: NaiveDate,
    pub last: NaiveDate,
    pub grid: Grid,
}

impl PlanDates {
    pub fn holds(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// `2026-10-19 to 2026-10-25`.
    pub fn words(&self) -> String {
        format!("{} to {}", self.first, self.last)
    }
}

/// The zone of each agent, where it is known.
pub struct Zones {
    zones: Vec<Option<Zone>>,
}

impl Zones {
    pub fn new(agents: &[Option<Agent>], sites: &[Option<Site>]) -> Zones {
        let zone = |agent: &Option<Agent>| {
            let site = agent.as_ref()?.site.0;
            sites.get(site)?.as_ref().map(|site| site.zone.clone())
        };
        Zones {
            zones: agents.iter().map(zone).collect(),
        }
    }

    pub fn of(&self, agent: usize) -> Option<&Zone> {
        self.zones.get(agent)?.as_ref()
    }
}

/// Which instant a wall-clock time that comes twice means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Twice {
    First,
    Second,
    /// It must be said.
    Ask,
}

impl Check<'_> {
    /// The value of a key that must be there; `owner` is what it belongs to, such as `[[queue]] "en-phone"`.
    pub fn need<T>(
        &mut self,
        table: Span,
        owner: &str,
        key: &str,
        value: Option<Placed<T>>,
    ) -> Option<Placed<T>> {
        if value.is_none() && !self.problems.is_spoilt(table, key) {
            let example = example(key).map(|example| format!("add: {example}"));
            self.problems
                .error(Code::MissingKey, table, format!("{owner} has no `{key}`"))
                .hint_if(example);
        }
        value
    }

    pub fn bad(&mut self, code: Code, span: Span, message: String, key: &str) {
        let hint = example(key).map_or_else(
            || format!("mend `{key}`, or leave it out for what is usual"),
            |example| format!("write it like this: {example}"),
        );
        self.problems.error(code, span, message).hint(hint);
    }

    pub fn seconds(&mut self, key: &str, text: &Placed<String>) -> Option<u64> {
        match parse_duration(&text.value) {
            // A hundred years: beyond that it is a slip, and sums could run over.
            Ok(seconds) if seconds <= 100 * 366 * 86_400 => Some(seconds),
            _ => {
                let given = text.value.trim();
                let hint = match given.parse::<f64>() {
                    Ok(_) => format!("give it a unit: \"{given}s\", \"{given}m\" or \"{given}h\""),
                    Err(_) => "a duration is a whole number with a unit, large units first: \"20s\", \"2m30s\", \"8h\", \"1w\"".to_owned(),
                };
                self.problems
                    .error(
                        Code::BadDuration,
                        text.span,
                        format!("`{key}`: \"{given}\" is not a duration"),
                    )
                    .hint(hint);
                None
            }
        }
    }

    pub fn positive_seconds(&mut self, key: &str, text: &Placed<String>) -> Option<u64> {
        let seconds = self.seconds(key, text)?;
        if seconds == 0 {
            self.problems
                .error(
                    Code::BadDuration,
                    text.span,
                    format!("`{key}` must be longer than nothing"),
                )
                .hint(format!("write it like this: {key} = \"5m\""));
            return None;
        }
        Some(seconds)
    }

    /// A duration of whole minutes, at most a week.
    pub fn minutes(&mut self, key: &str, text: &Placed<String>) -> Option<u32> {
        let seconds = self.seconds(key, text)?;
        if seconds % 60 != 0 || seconds > 604_800 {
            let message = if seconds % 60 != 0 {
                format!("`{key}` must be whole minutes, not \"{}\"", text.value)
            } else {
                format!("`{key}` is longer than a week: \"{}\"", text.value)
            };
            self.bad(Code::BadDuration, text.span, message, key);
            return None;
        }
        Some((seconds / 60) as u32)
    }

    /// A share: at least 0 (above it where `positive`), at most 1.
    pub fn share(&mut self, key: &str, number: &Placed<f64>, positive: bool) -> Option<f64> {
        let value = number.value;
        if value > 1.0 && value <= 100.0 {
            self.problems
                .error(
                    Code::BadValue,
                    number.span,
                    format!("`{key}` is a share from 0 to 1, not {value}"),
                )
                .hint(format!("write {value} % as {:.2}", value / 100.0));
            return None;
        }
        if !(0.0..=1.0).contains(&value) || (positive && value == 0.0) {
            let least = if positive { "above 0" } else { "at least 0" };
            self.bad(
                Code::BadValue,
                number.span,
                format!("`{key}` is a share, {least} and at most 1, not {value}"),
                key,
            );
            return None;
        }
        Some(value)
    }

    /// A number of at least `least` (above it where `above`), and finite.
    pub fn at_least(
        &mut self,
        key: &str,
        number: &Placed<f64>,
        least: f64,
        above: bool,
    ) -> Option<f64> {
        let value = number.value;
        let fits = value.is_finite()
            && value.abs() < 1e12
            && if above { value > least } else { value >= least };
        if !fits {
            let word = if above { "above" } else { "at least" };
            self.bad(
                Code::BadValue,
                number.span,
                format!("`{key}` must be {word} {least}, not {value}"),
                key,
            );
            return None;
        }
        Some(value)
    }

    pub fn whole(
        &mut self,
        key: &str,
        number: &Placed<i64>,
        range: RangeInclusive<i64>,
    ) -> Option<u32> {
        if !range.contains(&number.value) {
            let (least, most) = (range.start(), range.end());
            let message = if *most >= 1_000_000 {
                format!("`{key}` must be at least {least}, not {}", number.value)
            } else {
                format!(
                    "`{key}` must be from {least} to {most}, not {}",
                    number.value
                )
            };
            self.bad(Code::BadValue, number.span, message, key);
            return None;
        }
        u32::try_from(number.value).ok()
    }

    pub fn date(&mut self, key: &str, text: &Placed<String>) -> Option<NaiveDate> {
        let date = parse_date(&text.value);
        if date.is_none() {
            self.problems
                .error(
                    Code::BadTime,
                    text.span,
                    format!("`{key}`: \"{}\" is not a date", text.value),
                )
                .hint("write year-month-day: 2026-10-19")
                .hint_if(
                    other_date(&text.value).map(|date| format!("write year-month-day: {date}")),
                )
                .alike(key);
        }
        date
    }

    /// A wall-clock time; a date alone is its first moment, or with `end` the moment after its last.
    pub fn local(&mut self, key: &str, text: &Placed<String>, end: bool) -> Option<NaiveDateTime> {
        if let Some(date) = parse_date(&text.value) {
            return Some((date + TimeDelta::days(end.into())).into());
        }
        let local = parse_local(&text.value);
        if local.is_none() {
            let hint = if parse_instant(&text.value).is_some() {
                "write the local time, without offset or Z: 2026-10-21T08:00".to_owned()
            } else if let Some(date) = other_date(&text.value) {
                format!("write year-month-day and time: {date}T08:00")
            } else {
                "write date and time: 2026-10-21T08:00".to_owned()
            };
            self.problems
                .error(
                    Code::BadTime,
                    text.span,
                    format!("`{key}`: \"{}\" is not a local time", text.value),
                )
                .hint(hint)
                .alike(key);
        }
        local
    }

    /// The instant of a wall-clock time in a zone. One that the clock skips is an error where `twice` is `Ask`, and else the moment of the jump.
    pub fn resolve(
        &mut self,
        key: &str,
        span: Span,
        local: NaiveDateTime,
        zone: &Zone,
        twice: Twice,
    ) -> Option<crate::calendar::Instant> {
        match (zone.resolve(local), twice) {
            (LocalTime::Once(at), _) => Some(at),
            (LocalTime::Twice(first, _), Twice::First) => Some(first),
            (LocalTime::Twice(_, second), Twice::Second) => Some(second),
            (LocalTime::Skipped { resumes }, Twice::First | Twice::Second) => Some(resumes),
            (LocalTime::Twice(first, second), Twice::Ask) => {
                self.problems
                    .error(
                        Code::ClockChange,
                        span,
                        format!(
                            "`{key}`: {} comes twice in {zone}, where the clock is set back",
                            local.format("%Y-%m-%d %H:%M")
                        ),
                    )
                    .hint(format!(
                        "say which one: {} or {}",
                        zone.format(first),
                        zone.format(second)
                    ));
                None
            }
            (LocalTime::Skipped { resumes }, Twice::Ask) => {
                self.problems
                    .error(
                        Code::ClockChange,
                        span,
                        format!(
                            "`{key}`: {} does not exist in {zone}, where the clock is set forward",
                            local.format("%Y-%m-%d %H:%M")
                        ),
                    )
                    .hint(format!("the clock goes on at {}", zone.format(resumes)));
                None
            }
        }
    }

    pub fn minute_of_day(&mut self, key: &str, text: &Placed<String>) -> Option<u32> {
        let minute = parse_minute(&text.value);
        if minute.is_none() {
            self.bad(
                Code::BadTime,
                text.span,
                format!("`{key}`: \"{}\" is not a time of day", text.value),
                key,
            );
        }
        minute
    }
}

/// A table by what people call it: `[[queue]] "en-phone"`.
pub fn owner(kind: &str, id: &Option<Placed<String>>) -> String {
    match id {
        Some(id) => format!("[[{kind}]] \"{}\"", id.value),
        None => format!("this [[{kind}]]"),
    }
}
