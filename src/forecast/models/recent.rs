//! The yardsticks: median of the last six same weekday intervals, and last week again.

use super::{Known, Model};
use crate::forecast::numeric::median;

/// Median of the last six same weekday intervals, holidays left out.
pub(crate) struct MedianOfSix;

impl Model for MedianOfSix {
    fn name(&self) -> &'static str {
        "median-of-six"
    }

    fn forecast(&self, known: &Known) -> Vec<f64> {
        let grid = known.grid;
        let mut out = Vec::with_capacity((known.end - known.origin) * grid.slots);
        let mut values = Vec::with_capacity(6);
        for d in known.origin..known.end {
            let days = grid.same_weekdays(d, known.origin, 6);
            for s in 0..grid.slots {
                values.clear();
                values.extend(
                    days.iter()
                        .map(|&e| grid.row(e)[s])
                        .filter(|v| v.is_finite()),
                );
                let m = median(&mut values);
                out.push(if m.is_finite() { m } else { 0.0 });
            }
        }
        out
    }
}

/// The last same weekday again.
pub(crate) struct SeasonalNaive;

impl Model for SeasonalNaive {
    fn name(&self) -> &'static str {
        "last-week"
    }

    fn forecast(&self, known: &Known) -> Vec<f64> {
        known.fill(|d, s| {
            let mut e = d - 7 * ((d - known.origin) / 7 + 1);
            loop {
                let v = known.grid.row(e)[s];
                if v.is_finite() {
                    return v;
                }
                if e < 7 {
                    return 0.0;
                }
                e -= 7;
            }
        })
    }

    fn yardstick(&self) -> bool {
        true
    }
}
