//! Intervals held against what they covered: at each past origin the noise is learned from what was known there, and the factors
//! that would have made its intervals cover as much as they say are applied to the next ones, as far as there are weeks that say so.
//!
//! They are also held against the median of six with its own intervals: where they are hardly better, those join them. That costs
//! little where both are much alike, and is good for weeks that are like nothing before.
//!
//! Source: adaptive conformal inference (Gibbs and Candes 2021), here as a shrunk, fading quantile of the past instead of a step.

use super::noise::Noise;
use super::past::{Past, PastWeek};
use super::scores::pinball;

/// Weeks after which a past origin counts half.
const HALF_LIFE: f64 = 6.0;
/// Independent weeks that pull the factors to 1.
const PULL: f64 = 1.5;
/// Earlier origins from which an origin's noise must be learned for it to count.
const FEWEST: usize = 3;
/// No factor beyond this, or below one over it.
const LIMIT: f64 = 2.0;

/// Share that the median of six has in the quantiles, at most, and the ratios of past pinball losses between which it grows to that. With more than this
/// a long history is hardly surer of what it has seen than a short one that has not.
const MOST_JOINED: f64 = 0.1;
const BETTER: f64 = 0.85;
const EQUAL: f64 = 0.95;

/// What past intervals say when held against what came.
pub(crate) struct Held {
    /// Factors on the distance from the median of the 80 % and of the 95 % interval.
    pub widen: [f64; 2],
    /// Share of the quantiles that the median of six's own are to have.
    pub joined: f64,
}

/// A past week, with the noise as it was known at its origin, and how much it counts.
struct Judged<'a> {
    week: &'a PastWeek,
    noise: Noise,
    weight: f64,
}

/// Holds past intervals against what came; `learn` gives the noise as it was known on a day.
pub(crate) fn hold(past: &Past, now: usize, learn: impl Fn(usize) -> Noise) -> Held {
    let mut judged: Vec<Judged> = past
        .over(now)
        .filter(|week| {
            let earlier = past.over(week.origin).count();
            earlier >= FEWEST && week.intervals.iter().any(|r| r.ordinary)
        })
        .map(|week| Judged {
            week,
            noise: learn(week.origin),
            weight: 0.5f64.powf(((now - week.origin) / 7 - past.lead) as f64 / HALF_LIFE),
        })
        .collect();
    let joined = joined(&judged);
    judged.iter_mut().for_each(|j| j.noise.joined = joined);
    Held {
        widen: factors(&judged, past.lead),
        joined,
    }
}

/// Share of the median of six's own quantiles, by what the own ones had for pinball losses against theirs.
fn joined(judged: &[Judged]) -> f64 {
    let (mut own, mut six, mut weeks) = (0.0, 0.0, 0);
    for Judged {
        week,
        noise,
        weight,
    } in judged
    {
        let Some(plain) = &noise.plain_six else {
            continue;
        };
        weeks += 1;
        for r in week.intervals.iter().filter(|r| r.ordinary) {
            let own_quantiles = noise.quantiles(r.mu, noise.extra(r.extra), None);
            own += weight * pinball(r.y, &own_quantiles);
            six += weight * pinball(r.y, &plain.quantiles(r.six));
        }
    }
    if weeks < FEWEST || six <= 0.0 {
        return 0.0;
    }
    MOST_JOINED * ((own / six - BETTER) / (EQUAL - BETTER)).clamp(0.0, 1.0)
}

/// Factors that would have made the intervals cover what they say.
fn factors(judged: &[Judged], lead: usize) -> [f64; 2] {
    let mut found = [Vec::new(), Vec::new()];
    let (mut sum, mut squares) = (0.0, 0.0);
    for Judged {
        week,
        noise,
        weight,
    } in judged
    {
        for r in week.intervals.iter().filter(|r| r.ordinary) {
            let q = noise.quantiles(r.mu, noise.extra(r.extra), Some(r.six));
            for (i, (low, high)) in [(1, 3), (0, 4)].into_iter().enumerate() {
                let (far, width) = if r.y >= q[2] {
                    (r.y - q[2], q[high] - q[2])
                } else {
                    (q[2] - r.y, q[2] - q[low])
                };
                if width > 0.0 {
                    found[i].push((far / width, *weight));
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

#[cfg(test)]
mod tests {
    use crate::forecast::LocalSeries;
    use crate::forecast::grid::Grid;
    use crate::forecast::origins::Origin;
    use crate::forecast::rolling::Lead;
    use chrono::NaiveDate;

    /// Share of the median of six after 24 weeks of day totals, given their log by day.
    fn joined(log: impl Fn(usize) -> f64) -> f64 {
        let counts: Vec<Option<f64>> = (0..25 * 7)
            .map(|d| Some((500.0 * log(d).exp()).round()))
            .collect();
        let grid = Grid::new(&LocalSeries {
            first_day: NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default(),
            slots_per_day: 1,
            open: vec![true; counts.len()],
            counts,
            handle_time_s: vec![],
            special_days: vec![],
        });
        let origins: Vec<Origin> = (2..=24)
            .map(|w| Origin::fit(&grid, 7 * w, 7 * w + 7))
            .collect();
        Lead::choose(&grid, &origins, 24 * 7, 1).noise.joined
    }

    #[test]
    fn the_median_of_six_joins_where_it_is_hardly_worse() {
        // A week that hardly differs, with days that go up and down as nobody can foresee.
        let mut state = 3u64;
        let days: Vec<f64> = (0..25 * 7)
            .map(|_| {
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1);
                0.3 * ((state >> 40) as f64 / (1u64 << 24) as f64 - 0.5)
            })
            .collect();
        let steady = joined(|d| days[d]);
        // A level that wanders off, which the median of six weeks follows late.
        let wandering = joined(|d| days[..d].iter().sum::<f64>());
        assert!(steady > super::MOST_JOINED / 3.0, "{steady}");
        assert_eq!(wandering, 0.0);
    }
}
