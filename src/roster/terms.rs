//! Rules of work that not every contract has: rest after nights and once a week, limits over any period, averages, rotation, patterns.
//!
//! What is `None`, `false` or empty binds nobody and costs the search nothing.

use chrono::NaiveDate;

/// The rarer rules of a contract. Minutes unless the name says otherwise.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Terms {
    /// Most paid minutes of one day (of the shift that starts on it).
    pub max_paid_minutes_per_day: Option<i32>,
    /// Every week of the plan holds one uninterrupted rest of this length.
    pub weekly_rest: Option<i32>,
    pub long_rest: Option<LongRest>,
    pub work_without_break: Option<WorkWithoutBreak>,
    /// What the paid minutes of a day beyond so many cost, ascending; empty: as any other.
    pub daily_overtime: Vec<OvertimeStep>,
    pub rest_after_nights: Option<RestAfterNights>,
    /// No minute between 22:00 and 06:00 on the agent's clock.
    pub no_nights: bool,
    /// No shift starts on a Sunday.
    pub no_sundays: bool,
    /// No shift starts on a public holiday of the site.
    pub no_holidays: bool,
    pub limits: Vec<Limit>,
    pub average: Option<Average>,
    pub rotation: Option<Strength>,
    pub pattern: Option<Pattern>,
    /// The starts of the plan and of the week before it lie this close together.
    pub same_start_over_weeks: Option<i32>,
}

/// Whether a rule must be kept, or what breaking it costs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Strength {
    Hard,
    /// Money for each unit by which it is broken.
    Soft(f64),
}

impl Strength {
    /// Money for a unit, `None` where the rule must be kept.
    pub fn price(self) -> Option<f64> {
        match self {
            Strength::Hard => None,
            Strength::Soft(price) => Some(price),
        }
    }
}

/// After so many nights in a row (or more), the next shift that is not the next night's comes at least `rest` later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RestAfterNights {
    /// At least 1.
    pub in_a_row: u32,
    pub rest: i32,
}

/// In any `days` local days in a row, a rest of `rest` minutes or more is complete on one at least. It counts on the day on which it has lasted so
/// long, and on every day until it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LongRest {
    pub rest: i32,
    /// At least 2.
    pub days: u32,
}

/// Longest time from clock-in, or from the end of a break, to the next break or clock-out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkWithoutBreak {
    pub at_most: i32,
    /// Breaks shorter than this do not count.
    pub break_of: i32,
}

/// Paid minutes of one day beyond `after` cost `factor` times the rate, up to the next step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OvertimeStep {
    pub after: i32,
    /// At least 1.
    pub factor: f64,
}

impl Terms {
    /// Paid minutes of a day of so many that are overtime by the day.
    pub fn overtime_of_day(&self, paid: i32) -> i32 {
        let first = self.daily_overtime.first();
        first.map_or(0, |step| (paid - step.after).max(0))
    }

    /// What the overtime of such a day costs beyond its normal wage, in minutes of that wage.
    pub fn overtime_worth(&self, paid: i32) -> f64 {
        let steps = self.daily_overtime.iter();
        let untils = self.daily_overtime.iter().skip(1).map(|next| next.after);
        steps
            .zip(untils.chain([i32::MAX]))
            .map(|(step, until)| {
                f64::from((paid.min(until) - step.after).max(0)) * (step.factor - 1.0)
            })
            .sum()
    }
}

/// Money for what is soft beside wages, service, covers and wishes; 0 where it weighs nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SoftPrices {
    /// An hour of overtime, beyond what it costs.
    pub overtime_hour: f64,
    /// A day on which somebody's shift is another than they know.
    pub changed_shift: f64,
    /// A shift that they know with its breaks and that has them at other times now.
    pub moved_breaks: f64,
    /// Somebody's training or meeting that finds no place; `None`: it is placed whatever that loses.
    pub missed_activity: Option<f64>,
}

/// What a limit counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// Paid minutes.
    Hours,
    /// Shifts, at most one a day.
    Days,
    Nights,
    Sundays,
    /// Shifts that start on a public holiday.
    Holidays,
    Early,
    Late,
}

/// So many at most or at least, in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Limit {
    pub counted: Counted,
    /// In minutes for [`Counted::Hours`], else a number of shifts.
    pub at_most: Option<u32>,
    /// Held against a period only if all of it is planned; not for rolling periods.
    pub at_least: Option<u32>,
    pub period: Period,
    /// A soft one's money is for an hour or a shift.
    pub strength: Strength,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// Any so many days in a row, last weeks' included.
    AnyDays(u32),
    /// Each week of the plan.
    Week,
    /// Each calendar month; what was worked in it before the plan counts.
    Month,
    Plan,
}

/// No more than so many paid minutes a week on average over the last `weeks` weeks, at the end of every planned week.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Average {
    pub minutes_per_week: i32,
    pub weeks: u32,
}

/// A cycle of weeks that says for every date what is worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    /// Seven marks a week, not empty.
    pub weeks: Vec<[Mark; 7]>,
    /// First day of the cycle's first week.
    pub from: NaiveDate,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    Off,
    /// Any shift.
    Work,
    /// A shift or a day off.
    Open,
    Shift(ShiftClass),
}

impl Pattern {
    /// The mark of a date for somebody who is `ahead` weeks ahead in the cycle.
    pub fn mark(&self, date: NaiveDate, ahead: u32) -> Mark {
        let days = (date - self.from).num_days();
        let week = (days.div_euclid(7) + i64::from(ahead)).rem_euclid(self.weeks.len() as i64);
        self.weeks[week as usize][days.rem_euclid(7) as usize]
    }
}

/// Kinds of shifts in the order in which rotation goes forward.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ShiftClass {
    /// A start before 10:00.
    Early,
    /// A start from 10:00 and before 14:00.
    Day,
    /// A start at 14:00 or later.
    Late,
    /// A night shift, whenever it starts.
    Night,
}

/// What is known of a person's weeks before, and of their place among others.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Record {
    /// Paid minutes of the weeks before the plan, the latest first; `None` where nothing is known of a week.
    pub past_minutes: Vec<Option<i32>>,
    /// Weeks ahead in the contract's pattern.
    pub pattern_ahead: u32,
    /// Where shares are to be equal.
    pub shares: Option<Shares>,
}

/// Unpopular shifts that somebody had more of than the one of their like who had least, and what unequal shares cost.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shares {
    /// Money for a week's first night, weekend day or unpopular start; each further one costs more.
    pub price: f64,
    pub nights: f64,
    pub weekend_days: f64,
    pub unpopular_starts: f64,
}
