//! Low-rank model in square-root space: a few day shapes (singular vectors), whose scores are smoothed by weekday.
//!
//! Source: reference/forecasting.md section 5.5 (after Taylor 2010, Shen and Huang 2008). The square root makes the noise
//! of counts even; its variance is added back.

use super::{Known, Model};
use crate::forecast::numeric::sum_pairs;

/// Shapes kept.
const RANK: usize = 4;
/// Days of history: long enough to see each weekday often; longer for coarse grids, which have less noise to average.
const FINE_DAYS: usize = 26 * 7;
const COARSE_DAYS: usize = 40 * 7;
const ITERATIONS: usize = 12;
/// Gains of the level of the scores, tried per shape.
const GAINS: [f64; 4] = [0.02, 0.06, 0.12, 0.25];
const WEEKDAY_GAINS: [f64; 2] = [0.08, 0.2];

pub(crate) struct LowRank;

impl Model for LowRank {
    fn name(&self) -> &'static str {
        "low-rank"
    }

    fn forecast(&self, known: &Known) -> Vec<f64> {
        let (grid, log) = (known.grid, &known.effect.log);
        let n = grid.slots;
        let span = if n > 24 { FINE_DAYS } else { COARSE_DAYS };
        let days: Vec<usize> = (known.origin.saturating_sub(span)..known.origin)
            .filter(|&d| grid.total[d].is_finite() && grid.trust[d] > 0.0)
            .collect();
        if days.len() < 10 {
            return super::recent::MedianOfSix.forecast(known);
        }
        let rows: Vec<f64> = days
            .iter()
            .flat_map(|&d| {
                let factor = (-log[d]).exp();
                grid.row(d).iter().map(move |y| {
                    if y.is_finite() {
                        (y * factor + 0.25).sqrt()
                    } else {
                        0.5
                    }
                })
            })
            .collect();
        let shapes = leading_shapes(&rows, n);
        let scores: Vec<f64> = rows
            .chunks(n)
            .flat_map(|row| shapes.iter().map(|v| dot(row, v)).collect::<Vec<_>>())
            .collect();
        let k = shapes.len();
        // What the shapes leave unsaid, per slot: added back when squaring.
        // Nothing is left of what was filled in, so that is not asked; days on which a slot is closed are.
        let mut variance = vec![0.0; n];
        let mut filled = vec![0; n];
        for ((row, score), &d) in rows.chunks(n).zip(scores.chunks(k)).zip(&days) {
            let recorded = grid.recorded(d);
            for s in 0..n {
                if recorded[s].is_nan() && grid.row(d)[s].is_finite() {
                    filled[s] += 1;
                    continue;
                }
                let fit: f64 = (0..k).map(|i| score[i] * shapes[i][s]).sum();
                variance[s] += (row[s] - fit).powi(2);
            }
        }
        for (variance, filled) in variance.iter_mut().zip(filled) {
            *variance /= days.len().saturating_sub(k + filled).max(1) as f64;
        }
        let weekdays: Vec<(usize, f64)> = days
            .iter()
            .map(|&d| (grid.weekday[d], known.effect.trust[d]))
            .collect();
        let ahead: Vec<[f64; 7]> = (0..k)
            .map(|i| {
                smooth_scores(
                    &scores
                        .iter()
                        .skip(i)
                        .step_by(k)
                        .copied()
                        .collect::<Vec<_>>(),
                    &weekdays,
                )
            })
            .collect();
        let week: Vec<f64> = (0..7)
            .flat_map(|w| {
                let (ahead, shapes, variance) = (&ahead, &shapes, &variance);
                (0..n).map(move |s| {
                    let root: f64 = (0..k).map(|i| ahead[i][w] * shapes[i][s]).sum();
                    (root.max(0.0).powi(2) + variance[s] - 0.25).max(0.0)
                })
            })
            .collect();
        // Half of what the smoothed level knows of the day's total: its own is slow to see a trend.
        let totals: Vec<f64> = week
            .chunks(n)
            .map(|day| day.iter().sum::<f64>().max(1e-9))
            .collect();
        let factor: Vec<f64> = (known.origin..known.end)
            .map(|d| {
                log[d].exp()
                    * (known.level()[d - known.origin].exp() / totals[grid.weekday[d]]).sqrt()
            })
            .collect();
        let profile = known.profile();
        known.fill(|d, s| {
            week[grid.weekday[d] * n + s]
                * factor[d - known.origin]
                * profile.holiday_factor(grid, d, s)
        })
    }
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    sum_pairs(a, b, |x, y| x * y)
}

/// Leading right singular vectors of the rows by orthogonal iteration from fixed starts.
fn leading_shapes(rows: &[f64], n: usize) -> Vec<Vec<f64>> {
    let rank = RANK.min(n);
    let mut shapes: Vec<Vec<f64>> = (0..rank)
        .map(|i| {
            (0..n)
                .map(|s| 1.0 + ((s * (i + 1)) as f64 * std::f64::consts::PI / n as f64).cos())
                .collect()
        })
        .collect();
    for _ in 0..ITERATIONS {
        let mut next = vec![vec![0.0; n]; rank];
        for row in rows.chunks(n) {
            for (shape, sum) in shapes.iter().zip(&mut next) {
                let score = dot(row, shape);
                sum.iter_mut().zip(row).for_each(|(a, y)| *a += score * y);
            }
        }
        for i in 0..rank {
            for j in 0..i {
                let (done, rest) = next.split_at_mut(i);
                let overlap = dot(&done[j], &rest[0]);
                rest[0]
                    .iter_mut()
                    .zip(&done[j])
                    .for_each(|(a, b)| *a -= overlap * b);
            }
            let norm = dot(&next[i], &next[i]).sqrt();
            if norm > 1e-9 {
                next[i].iter_mut().for_each(|a| *a /= norm);
            } else {
                next[i].fill(0.0);
            }
        }
        shapes = next;
    }
    shapes
}

/// Level plus weekday effect of one shape's scores at the end of the history, with the gains that predicted best a week ahead.
fn smooth_scores(scores: &[f64], weekdays: &[(usize, f64)]) -> [f64; 7] {
    let mut first = [(0.0, 0.0); 7];
    for (v, &(w, _)) in scores.iter().zip(weekdays).take(42) {
        first[w] = (first[w].0 + v, first[w].1 + 1.0);
    }
    let mean = scores.iter().take(42).sum::<f64>() / scores.len().clamp(1, 42) as f64;
    let mut best = (f64::INFINITY, [mean; 7]);
    for gain in GAINS {
        for weekday_gain in WEEKDAY_GAINS {
            let mut level = mean;
            let mut weekday = first.map(|(sum, n)| if n > 0.0 { sum / n - mean } else { 0.0 });
            let mut loss = 0.0;
            let mut lagged = std::collections::VecDeque::with_capacity(8);
            for (i, (&v, &(w, trust))) in scores.iter().zip(weekdays).enumerate() {
                lagged.push_back(level);
                if lagged.len() > 6 {
                    lagged.pop_front();
                }
                if i >= 42 || 2 * i >= scores.len() {
                    loss += (v - lagged[0] - weekday[w]).abs();
                }
                let e = trust * (v - level - weekday[w]);
                level += gain * e;
                weekday[w] += weekday_gain * (1.0 - gain) * e;
            }
            if loss < best.0 {
                best = (loss, weekday.map(|w| level + w));
            }
        }
    }
    best.1
}
