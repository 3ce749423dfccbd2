//! Paid minutes split by the agent's own clock and calendar.

use chrono::{DateTime, Datelike, NaiveDate, Weekday};

use super::Minutes;
use crate::calendar::{Instant, Zone};
use crate::results::Segment;

const DAY: i64 = 1440;
/// Night is 22:00 to 06:00 (minutes after midnight).
const NIGHT_ENDS: i64 = 360;
const NIGHT_BEGINS: i64 = 1320;
/// No zone changes its clock twice within this many minutes.
const STEADY: i64 = 720;

/// A stretch of a shift, for those who price shifts by the thousand and have no names for its parts. Whole minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    pub start: Instant,
    pub end: Instant,
    pub paid: bool,
}

impl From<&Segment> for Piece {
    fn from(segment: &Segment) -> Piece {
        Piece {
            start: segment.start,
            end: segment.end,
            paid: segment.paid,
        }
    }
}

/// Splits the paid minutes of a shift on the clock of `zone`. Unpaid pieces count nothing; a minute bears the premiums of the local day in which
/// it lies, not those of the day on which the shift began. A minute can be night, Sunday and holiday at once.
pub fn split<P: Into<Piece>>(
    pieces: impl IntoIterator<Item = P>,
    zone: &Zone,
    holidays: &dyn Fn(NaiveDate) -> bool,
) -> Minutes {
    let mut total = Minutes::default();
    for piece in pieces.into_iter().map(Into::into).filter(|p| p.paid) {
        let (from, until) = (minute(piece.start), minute(piece.end));
        if from < until {
            steady_parts(zone, from, until, &mut |from, until, offset| {
                count(from + offset, until + offset, holidays, &mut total);
            });
        }
    }
    total
}

/// Cuts `from..until` (minutes since the epoch) where the zone's offset changes and calls `part(from, until, offset in minutes)`.
fn steady_parts(zone: &Zone, from: i64, until: i64, part: &mut impl FnMut(i64, i64, i64)) {
    let offset = i64::from(zone.offset_seconds(from * 60)).div_euclid(60);
    let last = i64::from(zone.offset_seconds(until * 60 - 60)).div_euclid(60);
    if until - from == 1 || (offset == last && until - from <= STEADY) {
        part(from, until, offset);
    } else {
        let middle = from + (until - from) / 2;
        steady_parts(zone, from, middle, part);
        steady_parts(zone, middle, until, part);
    }
}

/// Counts `from..until` in minutes of local wall-clock time.
fn count(from: i64, until: i64, holidays: &dyn Fn(NaiveDate) -> bool, total: &mut Minutes) {
    let mut at = from;
    while at < until {
        let midnight = at.div_euclid(DAY) * DAY;
        let end = until.min(midnight + DAY);
        let length = end - at;
        total.paid += length;
        total.night += overlap(at, end, midnight, midnight + NIGHT_ENDS)
            + overlap(at, end, midnight + NIGHT_BEGINS, midnight + DAY);
        let date = date(midnight);
        match date.weekday() {
            Weekday::Sat => total.saturday += length,
            Weekday::Sun => total.sunday += length,
            _ => {}
        }
        if holidays(date) {
            total.holiday += length;
        }
        at = end;
    }
}

fn overlap(from: i64, until: i64, other_from: i64, other_until: i64) -> i64 {
    (until.min(other_until) - from.max(other_from)).max(0)
}

fn minute(at: Instant) -> i64 {
    at.timestamp().div_euclid(60)
}

fn date(local_minute: i64) -> NaiveDate {
    DateTime::from_timestamp(local_minute * 60, 0).map_or(NaiveDate::MAX, |at| at.date_naive())
}
