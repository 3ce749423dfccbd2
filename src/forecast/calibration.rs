//! Intervals held against what they covered: at each past origin the noise is learned from what was known there, and the factors
//! that would have made its intervals cover as much as they say are applied to the next ones, as far as there are weeks that say so.
//!
//! Source: adaptive conformal inference (Gibbs and Candes 2021), here as a shrunk, fading quantile of the past instead of a step.

use super::noise::Noise;
use super::past::Past;

/// Weeks after which a past origin counts half.
const HALF_LIFE: f64 = 6.0;
/// Independent weeks that pull the factors to 1.
const PULL: f64 = 1.5;
/// Earlier origins from which an origin's noise must be learned for it to count.
const FEWEST: usize = 3;
/// No factor beyond this, or below one over it.
const LIMIT: f64 = 2.0;

/// Factors on the distance from the median of the 80 % and of the 95 % interval; `learn` gives the noise as it was known on a day.
pub(crate) fn factors(past: &Past, now: usize, learn: impl Fn(usize) -> Noise) -> [f64; 2] {
    let lead = past.lead;
    let mut found = [Vec::new(), Vec::new()];
    let (mut sum, mut squares) = (0.0, 0.0);
    for week in past.over(now) {
        let then = week.origin;
        if past.over(then).count() < FEWEST || !week.intervals.iter().any(|r| r.ordinary) {
            continue;
        }
        let noise = learn(then);
        let age = ((now - then) / 7 - lead) as f64;
        let weight = 0.5f64.powf(age / HALF_LIFE);
        for r in week.intervals.iter().filter(|r| r.ordinary) {
            let q = noise.quantiles(r.mu, noise.extra(r.extra));
            for (i, (low, high)) in [(1, 3), (0, 4)].into_iter().enumerate() {
                let (far, width) = if r.y >= q[2] {
                    (r.y - q[2], q[high] - q[2])
                } else {
                    (q[2] - r.y, q[2] - q[low])
                };
                if width > 0.0 {
                    found[i].push((far / width, weight));
                }
            }
        }
        sum += weight;
        squares += weight * weight;
    }
    if sum == 0.0 {
        return [1.0; 2];
    }
    let weeks = sum * sum / squares / lead as f64;
    let sure = weeks / (weeks + PULL);
    let mut out = [1.0; 2];
    for (i, share) in [0.8, 0.95].into_iter().enumerate() {
        let ratio = weighted_quantile(&mut found[i], share);
        out[i] = ratio.clamp(1.0 / LIMIT, LIMIT).powf(sure);
    }
    out
}

/// The value below which `share` of the weight lies; 1 if there is none.
fn weighted_quantile(values: &mut [(f64, f64)], share: f64) -> f64 {
    values.sort_by(|a, b| a.0.total_cmp(&b.0));
    let all: f64 = values.iter().map(|v| v.1).sum();
    let mut sum = 0.0;
    for v in values.iter() {
        sum += v.1;
        if sum >= share * all {
            return v.0;
        }
    }
    1.0
}
