//! Money from minutes.

use std::ops::{Add, AddAssign};

/// Paid minutes and those among them that bear a premium. The kinds overlap: a minute may be night and Sunday.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Minutes {
    pub paid: i64,
    /// 22:00-06:00 on the agent's clock.
    pub night: i64,
    pub saturday: i64,
    pub sunday: i64,
    /// On public holidays of the agent's site.
    pub holiday: i64,
}

impl Add for Minutes {
    type Output = Minutes;

    fn add(self, other: Minutes) -> Minutes {
        Minutes {
            paid: self.paid + other.paid,
            night: self.night + other.night,
            saturday: self.saturday + other.saturday,
            sunday: self.sunday + other.sunday,
            holiday: self.holiday + other.holiday,
        }
    }
}

impl AddAssign for Minutes {
    fn add_assign(&mut self, other: Minutes) {
        *self = *self + other;
    }
}

/// What is added to the hourly rate, as shares of it (0.3 = 30 %).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Premium {
    pub night: f64,
    pub saturday: f64,
    pub sunday: f64,
    pub holiday: f64,
}

/// Paid minutes of a day beyond `after` cost `rate * factor` an hour, up to the next step.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct OvertimeStep {
    pub after: i64,
    /// At least 1.
    pub factor: f64,
}

/// How one agent is paid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PayTerms<'a> {
    /// Money per paid hour.
    pub rate: f64,
    pub premium: Premium,
    /// An overtime hour costs `rate * overtime_factor`; 1 where overtime is paid as any other.
    pub overtime_factor: f64,
    /// Overtime by the day, ascending; its minutes are not overtime of the week as well.
    pub daily_overtime: &'a [OvertimeStep],
}

/// Cost of a shift in money, overtime aside: `rate * (paid + sum of premium minutes * premium) / 60`. Linear in the minutes, so costs of pieces,
/// shifts and people add up.
pub fn shift_cost(minutes: &Minutes, terms: &PayTerms) -> f64 {
    let premium = &terms.premium;
    let weighted = minutes.paid as f64
        + minutes.night as f64 * premium.night
        + minutes.saturday as f64 * premium.saturday
        + minutes.sunday as f64 * premium.sunday
        + minutes.holiday as f64 * premium.holiday;
    terms.rate * weighted / 60.0
}

/// What `minutes` of overtime cost beyond what [`shift_cost`] has counted for them: `rate * (factor - 1) * minutes / 60`.
pub fn overtime_cost(minutes: i64, terms: &PayTerms) -> f64 {
    terms.rate * (terms.overtime_factor - 1.0) * minutes as f64 / 60.0
}

/// Minutes of a day of `paid` minutes that are overtime by the day, and what they cost beyond what [`shift_cost`] has counted for them.
pub fn daily_overtime(paid: i64, terms: &PayTerms) -> (i64, f64) {
    let steps = terms.daily_overtime;
    let minutes = steps.first().map_or(0, |first| (paid - first.after).max(0));
    let mut cost = 0.0;
    for (number, step) in steps.iter().enumerate() {
        let until = steps
            .get(number + 1)
            .map_or(paid, |next| paid.min(next.after));
        cost += (until - step.after).max(0) as f64 * (step.factor - 1.0) * terms.rate / 60.0;
    }
    (minutes, cost)
}
