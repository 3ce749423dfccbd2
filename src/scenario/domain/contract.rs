//! What a contract allows and costs.

use super::{Place, Terms};

/// A contract. Lengths are minutes; what is `None` was not written and binds nobody.
#[derive(Debug, Clone, PartialEq)]
pub struct Contract {
    pub id: String,
    pub paid_minutes_per_week: PaidMinutesRange,
    pub days_per_week: DaysRange,
    /// Minutes from clock-in to clock-out, ascending, each once, not empty.
    pub shift_lengths: Vec<u32>,
    pub shift_starts: ShiftStarts,
    /// Minutes from one shift's end to the next one's start.
    pub rest_between_shifts: Option<u32>,
    pub max_consecutive_days: Option<u32>,
    pub min_consecutive_days_off: Option<u32>,
    pub max_nights_per_week: Option<u32>,
    pub max_consecutive_nights: Option<u32>,
    pub weekends_off: Option<WeekendsOff>,
    /// A week's starts lie within this many minutes of each other.
    pub same_start_within: Option<u32>,
    pub breaks: Vec<Break>,
    /// In the scenario's currency; 0 where nothing is written.
    pub cost_per_hour: f64,
    pub overtime: Option<Overtime>,
    pub premium: Premium,
    /// The rarer rules.
    pub terms: Terms,
    /// Money a week beyond wages for people who may be taken on or not (a plan chooses); `None`, as every file says, for people who are there.
    pub hire: Option<f64>,
    pub place: Place,
}

/// Paid minutes of a week, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaidMinutesRange {
    pub min: u32,
    pub max: u32,
}

/// Worked days of a week, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DaysRange {
    pub min: u32,
    pub max: u32,
}

/// When shifts may start on the agent's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShiftStarts {
    /// Minutes between starts, counted from midnight; the scenario's interval where nothing is written.
    pub every: u32,
    /// First minute of the day, 0 where nothing is written.
    pub earliest: u32,
    /// Last minute of the day, included; 1439 where nothing is written.
    pub latest: u32,
}

impl ShiftStarts {
    /// Whether a shift may start at this minute of the day (0..1440).
    pub fn allows(&self, minute: u32) -> bool {
        minute.is_multiple_of(self.every) && (self.earliest..=self.latest).contains(&minute)
    }
}

/// Of any `of` weekends in a row (Saturday and Sunday), at least `at_least` are free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekendsOff {
    pub at_least: u32,
    pub of: u32,
}

/// One break, taken where the shift is longer than `if_shift_over`; it lies wholly between `after` and `before`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    pub name: String,
    pub length: u32,
    pub paid: bool,
    /// Minutes from clock-in before which it does not begin.
    pub after: u32,
    /// Minutes from clock-in by which it has ended; none: the end of the shift.
    pub before: Option<u32>,
    pub if_shift_over: u32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overtime {
    /// Most minutes a week beyond the paid minutes.
    pub max_minutes: u32,
    /// On the cost of an hour; at least 1.
    pub factor: f64,
}

/// Additions to the cost of an hour, as a share of it (0.30 = 30 % more).
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Premium {
    /// 22:00 to 06:00 on the agent's clock.
    pub night: f64,
    pub saturday: f64,
    pub sunday: f64,
    pub holiday: f64,
}

impl Contract {
    /// The breaks of a shift of `length` minutes, in the order in which they are written.
    pub fn breaks_of(&self, length: u32) -> impl Iterator<Item = &Break> {
        self.breaks
            .iter()
            .filter(move |part| length > part.if_shift_over)
    }

    /// Shift length less its unpaid breaks, in minutes.
    pub fn paid_minutes(&self, length: u32) -> u32 {
        let unpaid: u32 = self
            .breaks_of(length)
            .filter(|part| !part.paid)
            .map(|part| part.length)
            .sum();
        length.saturating_sub(unpaid)
    }
}
