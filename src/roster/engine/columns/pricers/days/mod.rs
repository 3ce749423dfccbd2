//! Tours of whole days: at most one shift a day, taken from a short list of shift types.

mod beam;
mod counted;
mod multipliers;
mod network;
mod price;
mod pricer;
mod question;
mod reach;
mod sizes;
mod table;
mod trace;
mod within;

pub use pricer::DayPricer;

/// A kind of shift.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShiftType {
    pub minutes: u32,
    /// Types that may not be worked on the day after.
    pub not_next: Vec<usize>,
}

/// The rules of one person over a horizon of days. The days before and after the horizon count as days off.
#[derive(Debug, Clone, PartialEq)]
pub struct DayRules {
    pub types: Vec<ShiftType>,
    /// Most shifts of each type.
    pub most: Vec<u32>,
    /// Least and most minutes in all.
    pub minutes: (u32, u32),
    /// Most days worked in a row.
    pub max_run: usize,
    /// Least days worked in a row, unless the run touches the start or the end of the horizon.
    pub min_run: usize,
    /// Least days off in a row, with the same exception.
    pub min_off: usize,
    pub max_weekends: u32,
    /// A weekend counts once if any of its days is worked; its days follow each other.
    pub weekend: Vec<Option<u32>>,
    /// Days on which no shift may start.
    pub off: Vec<bool>,
    /// Cost of a day off, per day.
    pub off_cost: Vec<f64>,
    /// Cost of each type on each day, `day * types + type`.
    pub work_cost: Vec<f64>,
    /// Cell that each type on each day covers, `day * types + type`.
    pub cells: Vec<u32>,
    /// Period (see [`super::super::Cell`]) of each day.
    pub period: Vec<u32>,
}

impl DayRules {
    pub fn days(&self) -> usize {
        self.off.len()
    }
}
