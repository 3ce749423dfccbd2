//! The rarer rules of a contract, and who is protected by more than a contract.

use chrono::NaiveDate;

use super::AgentIndex;

/// Rules that not every contract has. Lengths are minutes; what is `None` or empty was not written.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Terms {
    pub max_paid_minutes_per_day: Option<u32>,
    /// Each week of the plan holds one rest of this length.
    pub weekly_rest: Option<u32>,
    pub long_rest: Option<LongRest>,
    pub work_without_break: Option<WorkWithoutBreak>,
    /// Ascending, each from more hours on.
    pub daily_overtime: Vec<OvertimeStep>,
    pub rest_after_nights: Option<RestAfterNights>,
    /// `false`: not between 22:00 and 06:00.
    pub night_work: Option<bool>,
    pub sunday_work: Option<bool>,
    pub holiday_work: Option<bool>,
    pub limits: Vec<Limit>,
    pub average_hours: Option<AverageHours>,
    pub forward_rotation: Option<Strictness>,
    pub pattern: Option<Pattern>,
    pub same_start_over_weeks: Option<u32>,
}

/// Never broken, or for so much money each time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Strictness {
    Hard,
    /// Money for each unit, above 0.
    Soft(f64),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestAfterNights {
    /// At least 1.
    pub in_a_row: u32,
    pub rest: u32,
}

/// In any `days` days in a row, a rest of so many minutes is complete on one at least.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongRest {
    pub rest: u32,
    /// 2 to 92.
    pub days: u32,
}

/// Longest work from clock-in or a break's end to the next break or clock-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkWithoutBreak {
    pub at_most: u32,
    /// Breaks shorter than this do not count; 0 where nothing is written.
    pub break_of: u32,
}

/// What paid time of a day beyond so many minutes costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OvertimeStep {
    pub after: u32,
    /// On the cost of an hour; at least 1.
    pub factor: f64,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Hours,
    Days,
    Nights,
    Sundays,
    Holidays,
    Early,
    Late,
}

impl Counted {
    pub const ALL: [(&'static str, Counted); 7] = [
        ("hours", Counted::Hours),
        ("days", Counted::Days),
        ("nights", Counted::Nights),
        ("sundays", Counted::Sundays),
        ("holidays", Counted::Holidays),
        ("early", Counted::Early),
        ("late", Counted::Late),
    ];

    pub fn name(self) -> &'static str {
        Counted::ALL
            .iter()
            .find(|(_, counted)| *counted == self)
            .map_or("", |(name, _)| name)
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    pub counted: Counted,
    /// Minutes for hours, else a number of shifts.
    pub at_most: Option<u32>,
    pub at_least: Option<u32>,
    pub period: Period,
    pub strictness: Strictness,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Any so many days in a row.
    AnyDays(u32),
    Week,
    Month,
    Plan,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AverageHours {
    pub minutes_per_week: u32,
    pub weeks: u32,
}

/// A cycle of weeks, seven marks each, from a first day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    pub weeks: Vec<[Mark; 7]>,
    pub from: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Off,
    Work,
    Open,
    Early,
    Day,
    Late,
    Night,
}

/// Who is protected by more than a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Protection {
    Minor,
    Pregnant,
    NoNights,
    NoSundays,
    NoHolidays,
    NoOvertime,
}

impl Protection {
    pub const ALL: [(&'static str, Protection); 6] = [
        ("minor", Protection::Minor),
        ("pregnant", Protection::Pregnant),
        ("no-nights", Protection::NoNights),
        ("no-sundays", Protection::NoSundays),
        ("no-holidays", Protection::NoHolidays),
        ("no-overtime", Protection::NoOvertime),
    ];
}

/// People who must or must not be on shift together.
#[derive(Debug, Clone, PartialEq)]
pub struct Pair {
    pub agents: Vec<AgentIndex>,
    pub need: PairNeed,
    pub strictness: Strictness,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PairNeed {
    /// At most one of them on shift at once.
    Apart,
    /// Each of them only while at least one of these is.
    With(Vec<AgentIndex>),
}

/// What a person's week before the plan held.
#[derive(Debug, Clone, PartialEq)]
pub struct BalanceWeek {
    pub agent: AgentIndex,
    /// Its first day.
    pub week: NaiveDate,
    pub paid_minutes: u32,
    pub nights: u32,
    pub weekend_days: u32,
    pub unpopular_starts: u32,
}
