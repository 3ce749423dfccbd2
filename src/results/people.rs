//! People, their shifts and what they are paid.

use chrono::NaiveDate;

use crate::calendar::{Instant, Zone};

/// One agent with everything that the plan says of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Person {
    pub id: String,
    pub name: String,
    /// Id of the site.
    pub site: String,
    /// The agent's own clock (their site's).
    pub zone: Zone,
    /// Id of the contract.
    pub contract: String,
    pub role: String,
    /// Language codes (`de`), without speeds.
    pub languages: Vec<String>,
    pub channels: Vec<String>,
    /// In order of time.
    pub shifts: Vec<Shift>,
    /// In order of time.
    pub absences: Vec<AbsenceSpan>,
    /// What the agent asked for, by date.
    pub wishes: Vec<Wish>,
}

/// One shift: pieces that follow each other without a gap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Numbers the agent's shifts from 1.
    pub number: u32,
    /// At least one, in order of time, each beginning where the one before ends.
    pub segments: Vec<Segment>,
    /// Why the shift lies there, in words.
    pub why: Option<String>,
}

impl Shift {
    /// Clock-in; the Unix epoch for a shift without segments.
    pub fn start(&self) -> Instant {
        self.segments
            .first()
            .map_or(Instant::UNIX_EPOCH, |s| s.start)
    }

    /// Clock-out; the Unix epoch for a shift without segments.
    pub fn end(&self) -> Instant {
        self.segments.last().map_or(Instant::UNIX_EPOCH, |s| s.end)
    }

    /// The local date that the shift belongs to: the one on which it starts on the agent's clock.
    pub fn date(&self, zone: &Zone) -> NaiveDate {
        zone.date(self.start())
    }

    /// Minutes paid.
    pub fn paid_minutes(&self) -> i64 {
        self.segments
            .iter()
            .filter(|s| s.paid)
            .map(Segment::minutes)
            .sum()
    }
}

/// A piece of a shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// `work`, the name of a break (`rest`, `meal`), or of an activity.
    pub activity: String,
    pub start: Instant,
    pub end: Instant,
    pub paid: bool,
}

impl Segment {
    pub fn minutes(&self) -> i64 {
        (self.end - self.start).num_minutes()
    }
}

/// Time away that was known before planning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbsenceSpan {
    pub reason: String,
    pub start: Instant,
    pub end: Instant,
    pub paid: bool,
}

/// Something that the agent asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    pub date: NaiveDate,
    /// `off`, `early`, `late`, `on` or a start time.
    pub wants: String,
    pub granted: bool,
    /// Why it was refused; `None` if it was granted.
    pub why: Option<String>,
}

/// Pay of one agent and local date, in minutes and money. A shift belongs to the date of its start.
#[derive(Debug, Clone, PartialEq)]
pub struct PayrollRow {
    /// The agent's id.
    pub agent: String,
    pub name: String,
    pub site: String,
    pub contract: String,
    pub date: NaiveDate,
    pub paid_minutes: i64,
    pub night_minutes: i64,
    pub saturday_minutes: i64,
    pub sunday_minutes: i64,
    pub holiday_minutes: i64,
    pub overtime_minutes: i64,
    pub absence_minutes: i64,
    pub cost: f64,
}

/// What a person's week held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BalanceRow {
    pub agent: String,
    /// Its first local date.
    pub week: NaiveDate,
    pub paid_minutes: u32,
    pub nights: u32,
    pub weekend_days: u32,
    /// Starts before 07:00 or from 14:00, nights apart.
    pub unpopular_starts: u32,
}

/// A place on a duty on call.
#[derive(Debug, Clone, PartialEq)]
pub struct OnCallRow {
    /// What asks for it.
    pub duty: String,
    /// Id of who stands by; none where nobody can.
    pub agent: Option<String>,
    pub start: Instant,
    pub end: Instant,
    /// Pay, also in the payroll.
    pub cost: f64,
}
