//! Median of the last six same weekday intervals, cleaned of the calendar effect, with the target day's effect put back.

use super::{Known, Model};
use crate::forecast::numeric::median;

pub(crate) struct CalendarMedian;

impl Model for CalendarMedian {
    fn name(&self) -> &'static str {
        "calendar-median"
    }

    fn forecast(&self, known: &Known) -> Vec<f64> {
        let grid = known.grid;
        let log = &known.effect.log;
        let mut out = Vec::with_capacity((known.end - known.origin) * grid.slots);
        let mut values = Vec::with_capacity(6);
        for d in known.origin..known.end {
            let mut days = grid.same_weekdays(d, known.origin, 8);
            if days.len() > 6 {
                days.retain(|&e| grid.trust[e] > 0.0);
                days.truncate(6);
            }
            for s in 0..grid.slots {
                values.clear();
                let cleaned = days
                    .iter()
                    .map(|&e| grid.row(e)[s] * (log[d] - log[e]).exp());
                values.extend(cleaned.filter(|v| v.is_finite()));
                let m = median(&mut values) * known.profile().holiday_factor(grid, d, s);
                out.push(if m.is_finite() { m } else { 0.0 });
            }
        }
        out
    }
}
