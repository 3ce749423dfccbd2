//! What a row's start means in UTC, and what to say where it means nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime};

use super::finding::{At, FindingKind, Findings};
use super::stamp::{Stamp, parse_stamp};
use crate::calendar::{Instant, LocalTime, UnknownZone, Zone};

/// Where a start stands, and which clocks it may be told on.
pub(super) struct Place<'a> {
    pub at: At,
    pub queue: usize,
    /// The queue's own clock: a bare date is a day on it.
    pub own: Option<&'a Zone>,
    /// The column `time_zone`: a local time is one of its clock.
    pub told: Option<&'a [u8]>,
}

/// Reads starts; remembers what local times need remembered.
#[derive(Debug, Default)]
pub(super) struct Starts {
    zones: BTreeMap<Vec<u8>, Result<Zone, UnknownZone>>,
    /// Queue and local second of times that a clock set back shows twice and that came once.
    came: BTreeSet<(usize, i64)>,
}

impl Starts {
    /// Minutes since 1970. Of two rows with a local time that a clock set back shows twice, the first in the file is the earlier one.
    pub fn minutes(&mut self, findings: &mut Findings, field: &[u8], place: &Place) -> Option<i64> {
        let text = || String::from_utf8_lossy(field).trim().to_owned();
        let seconds = match parse_stamp(field) {
            Stamp::At(seconds) => seconds,
            Stamp::Day(seconds) => {
                let zone = match (self.told(findings, place)?, place.own) {
                    (Some(zone), _) => zone,
                    (None, Some(own)) => own.clone(),
                    (None, None) => return no_zone(findings, text, place.at),
                };
                zone.start_of_day(local(seconds).date()).timestamp()
            }
            Stamp::Local(seconds) => match self.told(findings, place)? {
                Some(zone) => self
                    .resolve(findings, &zone, seconds, text, place)?
                    .timestamp(),
                None => return no_zone(findings, text, place.at),
            },
            Stamp::Bad => {
                findings.add(FindingKind::BadTime, place.at, "start", "", || {
                    (
                        format!("\"{}\" is not a time", text()),
                        "write it like this: 2026-10-25T00:30Z".into(),
                    )
                });
                return None;
            }
        };
        if seconds % 60 == 0 {
            return Some(seconds / 60);
        }
        findings.add(FindingKind::OffGrid, place.at, "start", "seconds", || {
            (
                format!(
                    "\"{}\" is not a whole minute; such rows are left out",
                    text()
                ),
                "an interval starts on a whole minute: 2026-10-25T00:30Z".into(),
            )
        });
        None
    }

    /// The zone of the row's column `time_zone`: `Some(None)` where nothing stands there, `None` where nothing is called so.
    fn told(&mut self, findings: &mut Findings, place: &Place) -> Option<Option<Zone>> {
        let Some(name) = place.told.map(<[u8]>::trim_ascii).filter(|n| !n.is_empty()) else {
            return Some(None);
        };
        if !self.zones.contains_key(name) {
            let found = Zone::named(&String::from_utf8_lossy(name));
            self.zones.insert(name.to_vec(), found);
        }
        match &self.zones[name] {
            Ok(zone) => Some(Some(zone.clone())),
            Err(unknown) => {
                findings.add(
                    FindingKind::NoZone,
                    place.at,
                    "time_zone",
                    &unknown.name,
                    || {
                        let hint = match &unknown.nearest {
                            Some(near) => format!("did you mean \"{near}\"?"),
                            None => "write it like this: Europe/Vilnius".into(),
                        };
                        (unknown.to_string(), hint)
                    },
                );
                None
            }
        }
    }

    fn resolve(
        &mut self,
        findings: &mut Findings,
        zone: &Zone,
        seconds: i64,
        text: impl Fn() -> String,
        place: &Place,
    ) -> Option<Instant> {
        match zone.resolve(local(seconds)) {
            LocalTime::Once(at) => Some(at),
            LocalTime::Twice(first, second) => {
                let again = !self.came.insert((place.queue, seconds));
                Some(if again { second } else { first })
            }
            LocalTime::Skipped { .. } => {
                findings.add(FindingKind::OffGrid, place.at, "start", "skipped", || {
                    (
                        format!(
                            "\"{}\" never was in {}: the clock was set forward; such rows are left out",
                            text(),
                            zone.name()
                        ),
                        "write starts in UTC (2026-10-25T00:30Z) if your system can".into(),
                    )
                });
                None
            }
        }
    }
}

fn no_zone(findings: &mut Findings, text: impl Fn() -> String, at: At) -> Option<i64> {
    findings.add(FindingKind::NoZone, at, "start", "", || {
        (
            format!("\"{}\" does not say in which zone", text()),
            "add Z if it is UTC (2026-10-25T00:30Z), or the offset (2026-10-25T03:30+02:00), or a column time_zone (Europe/Vilnius)".into(),
        )
    });
    None
}

fn local(seconds: i64) -> NaiveDateTime {
    DateTime::from_timestamp(seconds, 0).map_or(NaiveDateTime::MAX, |at| at.naive_utc())
}
