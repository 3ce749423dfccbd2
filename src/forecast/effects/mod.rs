//! The calendar effect on the log of the day total: day of month, first and last working days, days around closures and
//! holidays, holidays and events by name, rhythms of whole weeks.
//!
//! Source: reference/forecasting.md section 5.2. Every effect is shrunk: the penalty of the ordinary columns is chosen by
//! leaving months out, and goes to "no effect at all" where the calendar says nothing.

mod belief;
mod beside;
mod first_january;
mod ordinary;
mod residuals;
mod rhythm;
mod special;

pub(crate) use rhythm::Found as Rhythm;
pub(crate) use special::special_effects;

use super::features::{Neighbourhood, features};
use super::grid::Grid;
use super::numeric::robust_scale;
use residuals::Residuals;

/// Standard error of the effect of a day beside a holiday, as a share of the effect.
const UNSURE: f64 = 0.5;

/// The fitted effect.
#[derive(Clone, Debug)]
pub(crate) struct CalendarEffect {
    /// Log effect on each day of the grid up to the end asked for.
    pub log: Vec<f64>,
    /// Extra variance of the log of the day: how unsure the effect of a special day is.
    pub variance: Vec<f64>,
    /// How far each day, cleaned of its effect, speaks for ordinary ones, 0..1: less where the effect is large and a guess.
    pub trust: Vec<f64>,
    /// The rhythm of whole weeks in it, if there is one.
    pub rhythm: Option<Rhythm>,
    /// Events to come whose name the history has seen, a day each.
    pub come_again: Vec<ComesAgain>,
}

/// A day to come of an event that was there before.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ComesAgain {
    pub day: usize,
    /// In [`Grid::names`].
    pub name: usize,
    /// Factor on contacts that the user expects.
    pub told: f64,
    /// Factor after what such days did in the past.
    pub learned: f64,
    /// How many such days there were.
    pub days: usize,
}

impl CalendarEffect {
    /// No effect on any day up to `end`.
    pub fn none(grid: &Grid, end: usize) -> CalendarEffect {
        CalendarEffect {
            log: vec![0.0; end],
            variance: vec![0.0; end],
            trust: grid.trust[..end].to_vec(),
            rhythm: None,
            come_again: Vec::new(),
        }
    }

    /// Learns from the days before `origin` and says the effect on all days before `end`.
    pub fn fit(grid: &Grid, origin: usize, end: usize) -> CalendarEffect {
        let mut effect = CalendarEffect::none(grid, end);
        let Some(residuals) = Residuals::of(grid, origin) else {
            special::days(grid, None, origin, end, &mut effect);
            return effect;
        };
        let neighbourhood = Neighbourhood::of(grid, residuals.start, end);
        let rows: Vec<Vec<(usize, f64)>> = (residuals.start..end)
            .map(|d| features(grid, &neighbourhood, d))
            .collect();
        let beta = ordinary::fit(grid, &residuals, &rows, origin);
        for (d, row) in (residuals.start..end).zip(&rows) {
            if grid.is_ordinary(d) {
                effect.log[d] = row.iter().map(|&(c, v)| beta[c] * v).sum();
            }
        }
        rhythm::add(grid, origin, end, &mut effect);
        beside::long_weekends(grid, &residuals, origin, end, &mut effect);
        beside::holidays(grid, &residuals, origin, end, &mut effect);
        beside::unsure(grid, &residuals, &neighbourhood, origin, end, &mut effect);
        special::days(grid, Some(&residuals), origin, end, &mut effect);
        first_january::unsure(grid, origin, end, &mut effect);
        let known: Vec<f64> = residuals
            .values
            .iter()
            .copied()
            .filter(|r| r.is_finite())
            .collect();
        let scale = robust_scale(&known).max(0.01);
        for (trust, log) in effect
            .trust
            .iter_mut()
            .zip(&effect.log)
            .filter(|(t, _)| **t < 1.0)
        {
            *trust /= 1.0 + (UNSURE * log / scale).powi(2);
        }
        effect
    }
}
