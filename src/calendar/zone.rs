//! Time zones by the newest rules that we can ship.
//!
//! chrono-tz 0.10.4 carries the tz database of March 2025, which is an hour off for Casablanca and Vancouver in autumn 2026. jiff's bundled
//! database is newer, so offsets come from there, and only from there; `tests/calendar_zones.rs` guards both facts.

use std::fmt;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use jiff::tz::{TimeZone, TimeZoneDatabase};

use super::Instant;

/// A named time zone of the tz database.
#[derive(Clone)]
pub struct Zone {
    name: Arc<str>,
    rules: TimeZone,
}

/// No zone has this name; `nearest` is the known one spelt most like it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no time zone \"{name}\"")]
pub struct UnknownZone {
    pub name: String,
    pub nearest: Option<String>,
}

/// What a wall-clock time means in a zone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LocalTime {
    Once(Instant),
    /// The clock was set back: the same wall-clock time came twice.
    Twice(Instant, Instant),
    /// The clock was set forward over this time; `resumes` is the instant at which it jumped.
    Skipped {
        resumes: Instant,
    },
}

impl Zone {
    /// The zone with exactly this name (`Europe/Vilnius`, `UTC`).
    pub fn named(name: &str) -> Result<Zone, UnknownZone> {
        let database = TimeZoneDatabase::bundled();
        match database.get(name) {
            Ok(rules) if rules.iana_name() == Some(name) || name == "UTC" => Ok(Zone {
                name: name.into(),
                rules,
            }),
            _ => Err(UnknownZone {
                name: name.to_owned(),
                nearest: nearest_name(&database, name),
            }),
        }
    }

    pub fn utc() -> Zone {
        Zone {
            name: "UTC".into(),
            rules: TimeZone::UTC,
        }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    /// Seconds by which local time is ahead of UTC at an instant (Unix seconds).
    pub fn offset_seconds(&self, unix_seconds: i64) -> i32 {
        let at = jiff::Timestamp::from_second(unix_seconds).unwrap_or(jiff::Timestamp::MAX);
        self.rules.to_offset(at).seconds()
    }

    pub fn to_local(&self, at: Instant) -> NaiveDateTime {
        at.naive_utc() + TimeDelta::seconds(self.offset_seconds(at.timestamp()).into())
    }

    /// The local date of an instant.
    pub fn date(&self, at: Instant) -> NaiveDate {
        self.to_local(at).date()
    }

    /// What `local` on this zone's clock means in UTC.
    pub fn resolve(&self, local: NaiveDateTime) -> LocalTime {
        let as_utc = local.and_utc().timestamp();
        // Every offset in force within a day of the time is a candidate; the true ones map back to the same wall clock.
        let mut offsets = [
            self.offset_seconds(as_utc - 86_400),
            self.offset_seconds(as_utc + 86_400),
        ];
        offsets.sort_unstable_by(|a, b| b.cmp(a));
        let mut found = offsets
            .iter()
            .filter(|&&offset| self.offset_seconds(as_utc - i64::from(offset)) == offset)
            .map(|&offset| instant(as_utc - i64::from(offset)));
        match (found.next(), found.next()) {
            (Some(once), None) => LocalTime::Once(once),
            (Some(first), Some(second)) if first == second => LocalTime::Once(first),
            (Some(first), Some(second)) => LocalTime::Twice(first, second),
            (None, _) => LocalTime::Skipped {
                resumes: self.jump_between(
                    as_utc - i64::from(offsets[0]),
                    as_utc - i64::from(offsets[1]),
                ),
            },
        }
    }

    /// The first instant at which this zone's clock shows `local` or, where the clock skips it, the instant of the jump.
    pub fn earliest(&self, local: NaiveDateTime) -> Instant {
        match self.resolve(local) {
            LocalTime::Once(at) | LocalTime::Twice(at, _) => at,
            LocalTime::Skipped { resumes } => resumes,
        }
    }

    /// The first instant of a local date (usually, but not always, midnight).
    pub fn start_of_day(&self, date: NaiveDate) -> Instant {
        self.earliest(date.into())
    }

    /// Local time with its offset, as `2026-10-25T03:30+02:00`.
    pub fn format(&self, at: Instant) -> String {
        let offset = FixedOffset::east_opt(self.offset_seconds(at.timestamp()))
            .unwrap_or(FixedOffset::east_opt(0).expect("zero is a valid offset"));
        at.with_timezone(&offset)
            .format("%Y-%m-%dT%H:%M%:z")
            .to_string()
    }

    fn jump_between(&self, low: i64, high: i64) -> Instant {
        let (mut low, mut high) = (low.min(high) - 1, low.max(high) + 1);
        let before = self.offset_seconds(low);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if self.offset_seconds(middle) == before {
                low = middle;
            } else {
                high = middle;
            }
        }
        instant(high)
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)
    }
}

impl PartialEq for Zone {
    fn eq(&self, other: &Zone) -> bool {
        self.name == other.name
    }
}

impl Eq for Zone {}

fn instant(unix_seconds: i64) -> Instant {
    DateTime::<Utc>::from_timestamp(unix_seconds, 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn nearest_name(database: &TimeZoneDatabase, name: &str) -> Option<String> {
    database
        .available()
        .map(|known| known.as_str().to_owned())
        .max_by(|a, b| closeness(a, name).total_cmp(&closeness(b, name)))
        .filter(|best| closeness(best, name) > 0.7)
}

fn closeness(known: &str, name: &str) -> f64 {
    strsim::jaro_winkler(&known.to_lowercase(), &name.to_lowercase())
}
