//! Plain sums for small queues, where logarithms of a day's handful of contacts say little: exponentially weighted mean
//! day total x weekday factor (shrunk) x share profile.

use super::{Known, Model};

/// Half-lives of the level in days; the two that did best on the last weeks are averaged.
const HALF_LIVES: [f64; 4] = [8.0, 20.0, 50.0, 140.0];
const AVERAGED: usize = 2;
const SCORED_WEEKS: usize = 12;
/// Contacts that pull a weekday to the mean of all.
const SHRINK: f64 = 5.0;

pub(crate) struct PooledMean;

impl Model for PooledMean {
    fn name(&self) -> &'static str {
        "pooled-mean"
    }

    fn forecast(&self, known: &Known) -> Vec<f64> {
        let grid = known.grid;
        let mut scored: Vec<(f64, [f64; 7])> = HALF_LIVES
            .iter()
            .map(|&half_life| {
                let mut sums = Sums::default();
                let mut loss = 0.0;
                for d in known.origin.saturating_sub(60 * 7)..known.origin {
                    let left = known.origin - d;
                    if left.is_multiple_of(7) && left <= 7 * SCORED_WEEKS {
                        loss += sums.loss(known, d) + sums.loss(known, (d + 21).min(known.origin));
                    }
                    sums.add(known, d, half_life);
                }
                (loss, sums.expected())
            })
            .collect();
        scored.sort_by(|a, b| a.0.total_cmp(&b.0));
        let best = &scored[..AVERAGED];
        let expected: Vec<f64> = (0..7)
            .map(|w| best.iter().map(|b| b.1[w]).sum::<f64>() / best.len() as f64)
            .collect();
        let profile = known.profile();
        known.fill(|d, s| {
            expected[grid.weekday[d]] * known.effect.log[d].exp() * profile.share(grid, d, s)
        })
    }
}

/// Weighted contacts and days: of all days with the short memory, by weekday relative to it with a long one.
#[derive(Default)]
struct Sums {
    recent: (f64, f64),
    weekday: [(f64, f64); 7],
}

/// Half-life of the weekday factors, in weeks.
const WEEKDAY_HALF_LIFE: f64 = 12.0;

impl Sums {
    fn add(&mut self, known: &Known, d: usize, half_life: f64) {
        let decay = 0.5f64.powf(1.0 / half_life);
        self.recent = (self.recent.0 * decay, self.recent.1 * decay);
        let total = known.grid.total[d] * (-known.effect.log[d]).exp();
        let trust = known.effect.trust[d];
        if total.is_finite() && trust > 0.0 {
            let w = known.grid.weekday[d];
            let factor = self.factors()[w];
            let own = &mut self.weekday[w];
            let slow = 0.5f64.powf(1.0 / WEEKDAY_HALF_LIFE);
            *own = (own.0 * slow + trust * total, own.1 * slow + trust);
            self.recent = (
                self.recent.0 + trust * total,
                self.recent.1 + trust * factor,
            );
        }
    }

    /// Weekday factors about 1, shrunk.
    fn factors(&self) -> [f64; 7] {
        let all = self
            .weekday
            .iter()
            .filter(|w| w.1 > 0.0)
            .fold((0.0, 0.0), |a, w| (a.0 + w.0 / w.1, a.1 + 1.0));
        let mean = if all.1 > 0.0 { all.0 / all.1 } else { 0.0 };
        self.weekday.map(|(contacts, days)| {
            let prior = SHRINK / mean.max(0.05);
            if mean > 0.0 {
                (contacts + prior * mean) / (days + prior) / mean
            } else {
                1.0
            }
        })
    }

    fn expected(&self) -> [f64; 7] {
        let level = if self.recent.1 > 0.0 {
            self.recent.0 / self.recent.1
        } else {
            0.0
        };
        self.factors().map(|f| level * f)
    }

    /// Absolute error on the known ordinary days of the week from `d`.
    fn loss(&self, known: &Known, d: usize) -> f64 {
        let expected = self.expected();
        (d..(d + 7).min(known.origin))
            .filter(|&e| known.grid.is_normal(e))
            .map(|e| {
                (known.grid.total[e] * (-known.effect.log[e]).exp()
                    - expected[known.grid.weekday[e]])
                    .abs()
            })
            .sum()
    }
}
