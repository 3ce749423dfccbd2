//! Looking back at the origins on which a queue's choice was made: its scores, its day errors, its days.

use super::choice::{ORIGINS, each_known, observed};
use super::grid::Grid;
use super::intraday::PastDay;
use super::mix::Mix;
use super::noise::Noise;
use super::origins::Origin;
use super::rolling::{Lead, WEEKS_AHEAD, WeekScores, each_naive};
use super::scores::Tally;

/// Scores of the final choice on the origins that it was made on.
pub(crate) fn backtest_at(
    grid: &Grid,
    fits: &[Origin],
    now: usize,
    leads: &[Lead],
    first_week: usize,
) -> Vec<WeekScores> {
    let only = Mix::yardstick();
    (first_week..=WEEKS_AHEAD)
        .zip(leads)
        .map(|(week, lead)| {
            let past = observed(fits, now, week, ORIGINS);
            let yardstick = Noise::learn(grid, fits, now, week, &only);
            let (mut own, mut median) = (Tally::default(), Tally::default());
            for origin in &past {
                each_known(grid, origin, week, |d, s, y| {
                    let extra = lead.noise.extra(origin.variance[d - origin.origin]);
                    let mean = origin.blend(&lead.mix, grid.slots, d, s);
                    own.add(y, mean, &lead.noise.quantiles(mean, extra));
                    let mean = origin.blend(&only, grid.slots, d, s);
                    median.add(
                        y,
                        mean,
                        &yardstick
                            .quantiles(mean, yardstick.extra(origin.variance[d - origin.origin])),
                    );
                });
            }
            each_naive(grid, now, |error| {
                own.add_naive(error);
                median.add_naive(error);
            });
            WeekScores {
                week,
                scores: own.scores(),
                median_of_six: median.scores(),
            }
        })
        .collect()
}

pub(crate) fn day_errors(
    grid: &Grid,
    fits: &[Origin],
    now: usize,
    lead: &Lead,
    first: i64,
) -> Vec<(i64, f64)> {
    let mut out = Vec::new();
    for origin in observed(fits, now, 1, ORIGINS) {
        for d in origin.origin..(origin.origin + 7).min(now) {
            if grid.total[d].is_finite() {
                let recorded = grid.recorded(d);
                let known = recorded.iter().enumerate().filter(|(_, y)| y.is_finite());
                let (came, mean) = known.fold((0.0, 0.0), |sum, (s, y)| {
                    let mean = origin.blend(&lead.mix, grid.slots, d, s);
                    (sum.0 + y, sum.1 + mean)
                });
                out.push((first + d as i64, ((came + 0.5) / (mean + 0.5)).ln()));
            }
        }
    }
    out.sort_by_key(|e| e.0);
    out
}

pub(crate) fn past_days(grid: &Grid, fits: &[Origin], now: usize, lead: &Lead) -> Vec<PastDay> {
    let mut out = Vec::new();
    for origin in observed(fits, now, 1, ORIGINS) {
        for d in (origin.origin..origin.origin + 7).filter(|&d| grid.is_normal(d)) {
            let mean = |s| {
                if grid.is_open(d, s) {
                    origin.blend(&lead.mix, grid.slots, d, s)
                } else {
                    0.0
                }
            };
            out.push(PastDay {
                forecast: (0..grid.slots).map(mean).collect(),
                actual: grid.recorded(d).to_vec(),
            });
        }
    }
    out
}
