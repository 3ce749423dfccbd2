//! The weeks after the turn of the year in a history that has no January yet.

use super::CalendarEffect;
use crate::forecast::grid::{Grid, Kind, Special};
use chrono::Datelike;

/// Variance of the log by which a month differs from the one before (7 %), where the year's shape is not known: people come
/// back from holidays, bills and tariffs change. A general guess, not learned.
const MONTH_VARIANCE: f64 = 0.005;
/// Known days of January that say where its level is.
const ENOUGH: usize = 5;

/// Makes the days of a January of which nothing is known unsure, in queues that keep Christmas.
pub(super) fn unsure(grid: &Grid, origin: usize, end: usize, effect: &mut CalendarEffect) {
    let january = |d: &usize| grid.date(*d).month() == 1;
    let seen = (0..origin).filter(january).filter(|&d| grid.is_normal(d));
    if seen.take(ENOUGH).count() == ENOUGH {
        return;
    }
    let ordinary = (origin..end)
        .filter(january)
        .filter(|&d| grid.is_ordinary(d));
    for d in ordinary.filter(|&d| follows_a_season(grid, d)) {
        effect.variance[d] += MONTH_VARIANCE;
    }
}

fn follows_a_season(grid: &Grid, d: usize) -> bool {
    let season = |s: &Special| s.kind == Kind::BetweenTheYears;
    grid.specials[d.saturating_sub(31)..d]
        .iter()
        .flatten()
        .any(season)
}
