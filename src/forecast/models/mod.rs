//! The models behind one trait. A new model is one file here and one line in [`all`].

mod calendar_median;
mod low_rank;
mod multiplicative;
mod pooled_mean;
mod recent;

use super::effects::CalendarEffect;
use super::grid::Grid;
use super::level::{Level, WeekError, forecast_level};
use super::profile::Profile;
use super::rolling::WEEKS_AHEAD;
use std::cell::OnceCell;

/// All that a model may look at: counts of days before `origin`, the calendar of all days before `end`.
pub(crate) struct Known<'a> {
    pub grid: &'a Grid,
    pub effect: &'a CalendarEffect,
    pub origin: usize,
    pub end: usize,
    profile: OnceCell<Profile>,
    level: OnceCell<Level>,
}

/// One way to forecast contacts.
pub(crate) trait Model: Sync {
    /// Name in reports.
    fn name(&self) -> &'static str;
    /// Contacts of days `origin..end`, day by day and slot by slot; closed slots may hold anything.
    fn forecast(&self, known: &Known) -> Vec<f64>;
    /// Only there to be compared with, never shipped.
    fn yardstick(&self) -> bool {
        false
    }
}

/// Median of the last six same weekday intervals: what every other model must beat.
pub(crate) const MEDIAN_OF_SIX: usize = 0;

/// The same, cleaned of the calendar effect: stands in for it on special days.
pub(crate) const CALENDAR_MEDIAN: usize = 2;

/// Every model; the first is [`MEDIAN_OF_SIX`].
pub(crate) const ALL: &[&dyn Model] = &[
    &recent::MedianOfSix,
    &recent::SeasonalNaive,
    &calendar_median::CalendarMedian,
    &multiplicative::Multiplicative,
    &low_rank::LowRank,
    &pooled_mean::PooledMean,
];

/// How many there are.
pub(crate) const MODELS: usize = ALL.len();

impl<'a> Known<'a> {
    pub fn new(grid: &'a Grid, effect: &'a CalendarEffect, origin: usize, end: usize) -> Known<'a> {
        Known {
            grid,
            effect,
            origin,
            end,
            profile: OnceCell::new(),
            level: OnceCell::new(),
        }
    }

    /// The share profile, fitted once for all models that use it.
    fn profile(&self) -> &Profile {
        self.profile
            .get_or_init(|| Profile::fit(self.grid, self.origin))
    }

    /// Smoothed log day totals without calendar effect, days `origin..end`, for all models that use them.
    fn level(&self) -> &[f64] {
        &self.whole_level().log
    }

    /// Errors that such levels had over whole past weeks, by weeks ahead.
    pub fn week_errors(&self) -> [Vec<WeekError>; WEEKS_AHEAD] {
        self.whole_level().week_errors.clone()
    }

    fn whole_level(&self) -> &Level {
        self.level
            .get_or_init(|| forecast_level(self.grid, self.effect, self.origin, self.end))
    }

    /// A forecast matrix from a function of day and slot.
    fn fill(&self, mut value: impl FnMut(usize, usize) -> f64) -> Vec<f64> {
        let mut out = Vec::with_capacity((self.end - self.origin) * self.grid.slots);
        for d in self.origin..self.end {
            for s in 0..self.grid.slots {
                out.push(value(d, s));
            }
        }
        out
    }
}
