//! How far from the forecast the contacts come, by lead: a factor of the whole day and the noise of the interval, apart.
//!
//! Variance of an interval = mu + (a + v) mu^2: Poisson, interval over-dispersion `a`, day factor `v`. The quantiles are
//! those of the queue's own standardised residuals at the same lead (reference/forecasting.md sections 2 and 5.6).

use super::choice::each_known;
use super::grid::Grid;
use super::numeric::{median, quantile_sorted};
use super::origins::Origin;

/// Probabilities of the quantiles given: 2.5, 10, 50, 90 and 97.5 %.
pub const LEVELS: [f64; 5] = [0.025, 0.1, 0.5, 0.9, 0.975];
/// Standard normal quantiles at [`LEVELS`].
const NORMAL: [f64; 5] = [-1.96, -1.2816, 0.0, 1.2816, 1.96];
/// Days that pull the residuals' quantiles to the normal ones.
const NORMAL_PULL: f64 = 20.0;

/// Backtested days that are enough to speak for themselves; with fewer, part of these guesses is taken: variance of the
/// day per week ahead (15 % at week 1) and of the interval.
const ENOUGH_DAYS: f64 = 20.0;
const FIRST_DAY: f64 = 0.0225;
const FIRST_INTERVAL: f64 = 0.01;

/// Errors at one lead.
#[derive(Clone, Debug)]
pub(crate) struct Noise {
    /// Over-dispersion of an interval within its day.
    pub interval: f64,
    /// Variance of the log of the day's factor.
    pub day: f64,
    /// Quantiles of the standardised residual at [`LEVELS`].
    pub quantiles: [f64; 5],
}

impl Noise {
    /// Learns from past origins' week `lead` under the given weights.
    pub fn learn(grid: &Grid, past: &[&Origin], lead: usize, weights: &[f64]) -> Noise {
        // (mu, y, day number, extra variance), day by day.
        let mut pairs: Vec<(f64, f64, usize, f64)> = Vec::new();
        for (i, origin) in past.iter().enumerate() {
            each_known(grid, origin, lead, |d, s, y| {
                let mu = origin.blend(weights, grid.slots, d, s);
                pairs.push((mu, y, i * 100_000 + d, origin.variance[d - origin.origin]));
            });
        }
        let days: Vec<&[(f64, f64, usize, f64)]> = pairs.chunk_by(|a, b| a.2 == b.2).collect();
        let (mut excess, mut square) = (0.0, 0.0);
        let mut day_terms = Vec::with_capacity(days.len());
        for day in &days {
            let (m, y) = day.iter().fold((0.0, 0.0), |t, p| (t.0 + p.0, t.1 + p.1));
            if m <= 0.0 {
                continue;
            }
            let ratio = y / m;
            let mut squares = 0.0;
            for p in day.iter() {
                let mu = ratio * p.0;
                excess += (p.1 - mu).powi(2) - mu * (1.0 - p.0 / m);
                square += mu * mu;
                squares += p.0 * p.0;
            }
            let log = ((y + 0.5) / (m + 0.5)).ln();
            day_terms.push((log * log, 1.0 / (m + 1.0), squares / (m * m), day[0].3));
        }
        let interval = if square > 0.0 {
            (excess / square).max(0.0)
        } else {
            0.0
        };
        let n = day_terms.len() as f64;
        let own = day_terms
            .iter()
            .map(|t| t.0 - t.1 - interval * t.2 - t.3)
            .sum::<f64>()
            / n.max(1.0);
        // Few days say little about how far days may be out.
        let unknown = (1.0 - n / ENOUGH_DAYS).max(0.0);
        let day = ((1.0 - unknown) * own.max(0.0) + unknown * FIRST_DAY * lead as f64).max(1e-4);
        let interval = (1.0 - unknown) * interval + unknown * FIRST_INTERVAL;
        let mut noise = Noise {
            interval,
            day,
            quantiles: NORMAL,
        };
        let mut z: Vec<f64> = pairs
            .iter()
            .filter(|p| p.0 > 0.0)
            .map(|p| (p.1 - p.0) / noise.scale(p.0, p.3))
            .collect();
        z.sort_by(f64::total_cmp);
        if !z.is_empty() {
            let centre = quantile_sorted(&z, 0.5);
            let steady = steadiness(&pairs, &noise, lead);
            let own = n / (n + NORMAL_PULL);
            for (q, (&level, normal)) in noise.quantiles.iter_mut().zip(LEVELS.iter().zip(NORMAL)) {
                *q = own * (quantile_sorted(&z, level) - centre)
                    + (1.0 - own) * normal
                    + steady * centre;
            }
        }
        noise
    }

    /// Standard deviation of an interval with mean `mu` on a day with extra log variance `extra`.
    pub fn scale(&self, mu: f64, extra: f64) -> f64 {
        (mu + (self.interval + self.day + extra) * mu * mu)
            .sqrt()
            .max(1e-6)
    }

    /// Quantiles at [`LEVELS`].
    pub fn quantiles(&self, mu: f64, extra: f64) -> [f64; 5] {
        let scale = self.scale(mu, extra);
        self.quantiles.map(|z| (mu + z * scale).max(0.0))
    }
}

/// Share of the residuals' median that is bias and not chance, by how much the origins agree on it (James-Stein).
/// Weeks that overlap at this lead are no independent witnesses.
fn steadiness(pairs: &[(f64, f64, usize, f64)], noise: &Noise, lead: usize) -> f64 {
    let centres: Vec<f64> = pairs
        .chunk_by(|a, b| a.2 / 100_000 == b.2 / 100_000)
        .map(|origin| {
            let mut z: Vec<f64> = origin
                .iter()
                .filter(|p| p.0 > 0.0)
                .map(|p| (p.1 - p.0) / noise.scale(p.0, p.3))
                .collect();
            median(&mut z)
        })
        .filter(|c| c.is_finite())
        .collect();
    let n = centres.len() as f64;
    if n < 3.0 {
        return 0.0;
    }
    let mean = centres.iter().sum::<f64>() / n;
    let variance = centres.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let witnesses = (n / lead as f64).max(1.0);
    (1.0 - variance / witnesses / (mean * mean).max(1e-12)).clamp(0.0, 1.0)
}
