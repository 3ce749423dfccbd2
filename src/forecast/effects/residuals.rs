//! What is left of the log day totals when level and weekday are taken out.

use crate::forecast::grid::Grid;
use crate::forecast::numeric::median;

/// Days to either side of the centred level.
const HALF_WINDOW: usize = 24;
/// Days of history used (named days need several years).
const HISTORY_DAYS: usize = 5 * 366;
/// A day is not learned from where most of the last or the next ordinary ones are out by so many times what such days are out by elsewhere, and
/// by so much (log): a line that was down for weeks would say that a holiday in them is a closed day.
const BESIDE: usize = 7;
const TURMOIL: f64 = 4.0;
const LEAST_TURMOIL: f64 = 0.34;
/// Fewer ordinary days say nothing of the time.
const FEWEST_BESIDE: usize = 4;

pub(super) struct Residuals {
    /// First day used.
    pub start: usize,
    /// Log total less level and weekday; NaN where not known, or not to be learned from.
    pub values: Vec<f64>,
}

impl Residuals {
    pub fn of(grid: &Grid, origin: usize) -> Option<Residuals> {
        let start = origin.saturating_sub(HISTORY_DAYS);
        let log: Vec<f64> = (start..origin)
            .map(|d| (grid.total[d] + 0.5).ln())
            .collect();
        let normal: Vec<usize> = (start..origin)
            .filter(|&d| grid.is_normal(d))
            .map(|d| d - start)
            .collect();
        if normal.len() < 20 {
            return None;
        }
        let mut weekday = [0.0; 7];
        let mut level = vec![f64::NAN; log.len()];
        // The first pass is for the weekday effects alone: every third day will do.
        for stride in [3, 1] {
            let (mut low, mut high) = (0, 0);
            let mut window = Vec::with_capacity(2 * HALF_WINDOW + 1);
            let mut value = f64::NAN;
            for (d, level) in level.iter_mut().enumerate() {
                if d % stride == 0 {
                    while low < normal.len() && normal[low] + HALF_WINDOW < d {
                        low += 1;
                    }
                    while high < normal.len() && normal[high] <= d + HALF_WINDOW {
                        high += 1;
                    }
                    window.clear();
                    window.extend(
                        normal[low..high]
                            .iter()
                            .map(|&e| log[e] - weekday[grid.weekday[start + e]]),
                    );
                    value = if window.len() >= 5 {
                        median(&mut window)
                    } else {
                        f64::NAN
                    };
                }
                *level = value;
            }
            for (w, value) in weekday.iter_mut().enumerate() {
                let mut own: Vec<f64> = normal
                    .iter()
                    .filter(|&&d| grid.weekday[start + d] == w && level[d].is_finite())
                    .map(|&d| log[d] - level[d])
                    .collect();
                *value = if own.is_empty() {
                    0.0
                } else {
                    median(&mut own)
                };
            }
        }
        let values = (0..log.len())
            .map(|d| log[d] - level[d] - weekday[grid.weekday[start + d]])
            .collect();
        let mut residuals = Residuals { start, values };
        residuals.forget_turmoil(&normal);
        Some(residuals)
    }

    /// Takes away the days next to which most ordinary days were far out.
    fn forget_turmoil(&mut self, normal: &[usize]) {
        let known: Vec<usize> = (normal.iter().copied())
            .filter(|&d| self.values[d].is_finite())
            .collect();
        let sizes: Vec<f64> = known.iter().map(|&d| self.values[d].abs()).collect();
        let limit = (TURMOIL * median(&mut sizes.clone())).max(LEAST_TURMOIL);
        // How many of the first days were far out.
        let mut far = Vec::with_capacity(known.len() + 1);
        far.push(0);
        for size in &sizes {
            far.push(far[far.len() - 1] + usize::from(*size > limit));
        }
        let wild = |from: usize, to: usize| {
            to - from >= FEWEST_BESIDE && 2 * (far[to] - far[from]) > to - from
        };
        let (mut before, mut after) = (0, 0);
        for d in 0..self.values.len() {
            while known.get(before).is_some_and(|&e| e < d) {
                before += 1;
            }
            while known.get(after).is_some_and(|&e| e <= d) {
                after += 1;
            }
            let last = wild(before.saturating_sub(BESIDE), before);
            let next = wild(after, (after + BESIDE).min(known.len()));
            if last || next {
                self.values[d] = f64::NAN;
            }
        }
    }

    pub fn at(&self, d: usize) -> f64 {
        self.values[d - self.start]
    }
}
