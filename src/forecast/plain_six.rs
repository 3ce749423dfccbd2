//! The median of six with its own intervals: quantiles of its standardised residuals on the eight weekly origins before, with
//! variance `mu + a mu^2` (reference/forecasting.md section 2).
//!
//! They know neither calendar nor level and are the wider for it. Where the models are hardly better than the median of six, quantiles
//! a part of the way to these lose less in bad weeks than they cost in good ones: the pinball loss of a mean of quantiles is at most the mean of
//! theirs.

use super::choice::each_known;
use super::grid::Grid;
use super::models::MEDIAN_OF_SIX;
use super::noise::LEVELS;
use super::numeric::quantiles;
use super::origins::Origin;

/// Earlier origins from which the intervals are learned.
const EARLIER: usize = 8;
/// Over-dispersion is not believed beyond this: a median that is nearly always 0 has next to no square to divide by.
const MOST_EXCESS: f64 = 4.0;
/// Least variance of an interval.
const LEAST_VARIANCE: f64 = 0.25;

/// Intervals about the median of six at one lead.
#[derive(Clone, Debug)]
pub(crate) struct PlainSix {
    /// Over-dispersion `a`.
    excess: f64,
    /// Quantiles of the standardised residual at [`LEVELS`].
    z: [f64; 5],
}

impl PlainSix {
    /// Learns from the origins whose week `lead` was over on day `now`; `None` if there are none.
    pub fn learn(grid: &Grid, origins: &[Origin], now: usize, lead: usize) -> Option<PlainSix> {
        let mut past = Vec::with_capacity(EARLIER * 7 * grid.slots);
        for then in (lead..lead + EARLIER).map_while(|weeks| now.checked_sub(7 * weeks)) {
            if let Some(origin) = origins.iter().find(|o| o.origin == then) {
                let six = &origin.forecasts[MEDIAN_OF_SIX];
                each_known(grid, origin, lead, |d, s, y| {
                    past.push((six[(d - then) * grid.slots + s], y));
                });
            }
        }
        let (mut excess, mut squares) = (0.0, 0.0);
        for (mu, y) in &past {
            excess += (y - mu).powi(2) - mu;
            squares += mu * mu;
        }
        let mut found = PlainSix {
            excess: if squares > 0.0 {
                (excess / squares).clamp(0.0, MOST_EXCESS)
            } else {
                0.0
            },
            z: [0.0; 5],
        };
        let mut z: Vec<f64> = past
            .iter()
            .map(|(mu, y)| (y - mu) / found.scale(*mu))
            .collect();
        found.z = quantiles(&mut z, LEVELS)?;
        Some(found)
    }

    /// Quantiles at [`LEVELS`] of an interval whose median of six is `mu`.
    pub fn quantiles(&self, mu: f64) -> [f64; 5] {
        let scale = self.scale(mu);
        self.z.map(|z| (mu + z * scale).max(0.0))
    }

    fn scale(&self, mu: f64) -> f64 {
        (mu + self.excess * mu * mu).max(LEAST_VARIANCE).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::LocalSeries;
    use chrono::NaiveDate;

    /// Day totals of 20 weeks, each weekday 90 and 110 by turns.
    fn by_turns() -> Grid {
        let counts: Vec<Option<f64>> = (0..20 * 7)
            .map(|d| Some(if d / 7 % 2 == 0 { 90.0 } else { 110.0 }))
            .collect();
        Grid::new(&LocalSeries {
            first_day: NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default(),
            slots_per_day: 1,
            open: vec![true; counts.len()],
            counts,
            handle_time_s: vec![],
            special_days: vec![],
        })
    }

    #[test]
    fn intervals_by_hand() {
        let grid = by_turns();
        let origins: Vec<Origin> = (2..19)
            .map(|w| Origin::fit(&grid, 7 * w, 7 * w + 7))
            .collect();
        let six = PlainSix::learn(&grid, &origins, 19 * 7, 1).expect("origins");
        // The median is 100 each time: (100 - 100) / 10,000 and residuals of 10 either way, as many of each.
        assert_eq!(six.excess, 0.0);
        for (q, by_hand) in six
            .quantiles(100.0)
            .iter()
            .zip([90.0, 90.0, 100.0, 110.0, 110.0])
        {
            assert!((q - by_hand).abs() < 1e-9, "{q} {by_hand}");
        }
        assert_eq!(six.quantiles(0.0), [0.0, 0.0, 0.0, 0.5, 0.5]);
        assert!(PlainSix::learn(&grid, &origins, 2 * 7, 1).is_none());
    }
}
