//! How far days and intervals of a young queue may be out, before a backtest has seen enough days: by how far its weeks differ.

use super::grid::Grid;

/// Variance of the log of a day (15 %) and over-dispersion of an interval that are believed of a queue of which nothing is known,
/// and how many days that is worth.
const DAY: f64 = 0.0225;
const INTERVAL: f64 = 0.01;
const WORTH: f64 = 4.0;
/// Days before `now` that are compared with the same weekday before.
const DAYS: usize = 42;
/// What a forecast from few weeks adds to a day's own variance, as a share of it.
const OF_THE_FORECAST: f64 = 0.5;

/// Over-dispersion of an interval within its day and variance of the log of the day, from the days before `now`.
pub(crate) fn first_guess(grid: &Grid, now: usize) -> (f64, f64) {
    let (mut excess, mut square, mut logs, mut days) = (0.0, 0.0, 0.0, 0.0);
    for d in now.saturating_sub(DAYS).max(7)..now.min(grid.days) {
        if !grid.is_normal(d) || !grid.is_normal(d - 7) {
            continue;
        }
        let (own, earlier) = (grid.recorded(d), grid.recorded(d - 7));
        let both = || {
            own.iter()
                .zip(earlier.iter())
                .filter(|(y, e)| y.is_finite() && e.is_finite())
        };
        let (came, before) = both().fold((0.0, 0.0), |sum, (y, e)| (sum.0 + y, sum.1 + e));
        if came + before <= 0.0 {
            continue;
        }
        // Both differ from what was to be expected.
        let log = ((came + 0.5) / (before + 0.5)).ln();
        logs += 0.5 * (log * log - 1.0 / (came + 1.0) - 1.0 / (before + 1.0));
        days += 1.0;
        let ratio = (came + 0.5) / (before + 0.5);
        for (y, earlier) in both() {
            let mu = ratio * earlier;
            excess += 0.5 * ((y - mu).powi(2) - (1.0 + ratio) * 0.5 * (y + mu));
            square += (0.5 * (y + mu)).powi(2);
        }
    }
    let known = days / (days + WORTH);
    let day = if days > 0.0 {
        (logs / days).max(0.0)
    } else {
        0.0
    };
    let interval = if square > 0.0 {
        (excess / square).max(0.0)
    } else {
        0.0
    };
    (
        known * (1.0 + OF_THE_FORECAST) * interval + (1.0 - known) * INTERVAL,
        known * (1.0 + OF_THE_FORECAST) * day + (1.0 - known) * DAY,
    )
}
