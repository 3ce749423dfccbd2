//! Every model's forecast from one origin, kept so that backtests, choice and quantiles share the work.

use super::effects::CalendarEffect;
use super::grid::Grid;
use super::level::WeekError;
use super::mix::Mix;
use super::models::{ALL, CALENDAR_MEDIAN, Known, MEDIAN_OF_SIX};
use super::rolling::WEEKS_AHEAD;

/// All models' forecasts of days `origin..end`.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub origin: usize,
    pub end: usize,
    /// One matrix a model, in the order of [`ALL`].
    pub forecasts: Vec<Vec<f64>>,
    /// Extra variance of the log of each day's total (special days), `origin..end`.
    pub variance: Vec<f64>,
    /// Days that are special or beside one, `origin..end`.
    pub unusual: Vec<bool>,
    /// Errors of the level over whole weeks before `origin`, by weeks ahead.
    pub week_errors: [Vec<WeekError>; WEEKS_AHEAD],
}

impl Origin {
    /// Fits every model to the days before `origin` and forecasts to day `end` (or the grid's last).
    pub fn fit(grid: &Grid, origin: usize, end: usize) -> Origin {
        let end = end.min(grid.days);
        let effect = CalendarEffect::fit(grid, origin, end);
        let known = Known::new(grid, &effect, origin, end);
        let forecasts = ALL.iter().map(|m| m.forecast(&known)).collect();
        Origin {
            origin,
            end,
            forecasts,
            week_errors: known.week_errors(),
            variance: effect.variance[origin..end].to_vec(),
            unusual: (origin..end)
                .map(|d| effect.trust[d] < 1.0 || grid.is_special(d))
                .collect(),
        }
    }

    /// The mix's forecast for slot `s` of day `d`.
    pub fn blend(&self, mix: &Mix, slots: usize, d: usize, s: usize) -> f64 {
        let at = (d - self.origin) * slots + s;
        let stand_in = mix.knows_calendar && self.unusual[d - self.origin];
        let mut sum = 0.0;
        for (m, &w) in mix.weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            let m = if stand_in && m == MEDIAN_OF_SIX {
                CALENDAR_MEDIAN
            } else {
                m
            };
            sum += w * self.forecasts[m][at];
        }
        sum.max(0.0)
    }
}
