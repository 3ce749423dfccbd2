//! What goes in: one queue's history on its own clock.

use chrono::{Days, NaiveDate};

/// Counts of one queue on a local days x slots grid. The grid may run past the last known day: those days are the
/// horizon, with `None` for their counts and their opening hours and special days known.
#[derive(Clone, Debug)]
pub struct LocalSeries {
    pub first_day: NaiveDate,
    /// Slots of equal length a local day, 1 (daily totals) to 1440.
    pub slots_per_day: usize,
    /// Contacts, `days * slots_per_day`, day by day; `None` = not known (closed, missing, or still to come).
    pub counts: Vec<Option<f64>>,
    /// Same shape: whether the queue is open.
    pub open: Vec<bool>,
    /// Mean handle time in seconds, same shape, where it is known. Empty = never known.
    pub handle_time_s: Vec<Option<f64>>,
    /// Holidays and events of the whole grid, in any order.
    pub special_days: Vec<SpecialDay>,
}

impl LocalSeries {
    /// The first day of which something is known, if that is not the first day of all: the queue opened then.
    pub fn opened(&self) -> Option<NaiveDate> {
        let day = self.counts.iter().position(Option::is_some)? / self.slots_per_day;
        (day > 0).then(|| self.first_day + Days::new(day as u64))
    }
}

/// A day that is not like others.
#[derive(Clone, Debug, PartialEq)]
pub struct SpecialDay {
    pub date: NaiveDate,
    /// The same name in two years is the same day: its effect is learned by name.
    pub name: String,
    pub kind: SpecialKind,
}

/// Why a day is special.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SpecialKind {
    PublicHoliday,
    /// A campaign, a recall, an outage: `contacts` is the factor that the user expects (1 = not said). In the past it
    /// starts the learning, in the future it is what is used as far as the past says nothing.
    Event {
        contacts: f64,
    },
}
