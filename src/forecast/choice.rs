//! Which models a queue uses, and with what weights, by its own rolling backtest at one lead.

use super::evidence::{Evidence, block_size, each_ordinary};
use super::grid::Grid;
use super::mix::Mix;
use super::models::{ALL, CALENDAR_MEDIAN, MEDIAN_OF_SIX};
use super::numeric::solve_spd;
use super::origins::Origin;

/// Origins on which the choice is made.
pub(crate) const ORIGINS: usize = 11;
/// Pulls of the weights to equal ones that are tried, the strongest first.
const PULLS: [f64; 5] = [1e6, 30.0, 6.0, 1.5, 0.4];
/// Shares of the mix tried against the median of six, which has the rest, and by how many standard errors from week to week each
/// must beat it: the mix alone is used where that is clear, joined with the median of six where it is undecided.
const SHARES: [(f64, f64); 3] = [(1.0, 1.0), (0.65, 0.0), (0.35, 0.0)];
/// Mean contacts an interval at which half of the bias is corrected.
const SMALL: f64 = 10.0;
/// Largest bias (log) that is corrected.
const LARGEST_BIAS: f64 = 0.1;
/// A weaker pull must cut the error on left-out origins by this factor.
const CLEARLY: f64 = 0.995;

/// Past origins whose week number `lead` (1 = the first) is wholly before `now`, newest first.
pub(crate) fn observed(origins: &[Origin], now: usize, lead: usize, n: usize) -> Vec<&Origin> {
    let mut past: Vec<&Origin> = origins
        .iter()
        .filter(|o| o.origin + 7 * lead <= now && o.end >= o.origin + 7 * lead)
        .collect();
    past.sort_by_key(|o| std::cmp::Reverse(o.origin));
    past.truncate(n);
    past
}

/// Calls `each(day, slot, count)` for every interval of week `lead` of an origin that was recorded.
pub(crate) fn each_known(
    grid: &Grid,
    origin: &Origin,
    lead: usize,
    mut each: impl FnMut(usize, usize, f64),
) {
    let from = origin.origin + 7 * (lead - 1);
    for d in from..(from + 7).min(origin.end).min(grid.days) {
        for (s, &y) in grid.recorded(d).iter().enumerate() {
            if y.is_finite() {
                each(d, s, y);
            }
        }
    }
}

/// The same, but only times of the week of which the origin knew something.
pub(crate) fn each_seen(
    grid: &Grid,
    origin: &Origin,
    lead: usize,
    mut each: impl FnMut(usize, usize, f64),
) {
    each_known(grid, origin, lead, |d, s, y| {
        if origin.has_seen(grid.slots, d, s) {
            each(d, s, y);
        }
    });
}

/// Weights of the models, summing to 1 but for a small correction of their bias, in the order of [`ALL`], from weeks 1 and `lead` of the origins before `now`.
/// A model that loses to the median of six gets none; if all do, the median of six gets all.
pub(crate) fn mix(grid: &Grid, origins: &[Origin], now: usize, lead: usize) -> Mix {
    let k = ALL.len();
    let mut evidence = Vec::new();
    let weeks = if lead == 1 { vec![1] } else { vec![1, lead] };
    let block = block_size(grid, &observed(origins, now, 1, ORIGINS));
    let mut at_lead = 0;
    for &week in &weeks {
        at_lead = evidence.len();
        evidence.extend(
            observed(origins, now, week, ORIGINS)
                .into_iter()
                .map(|o| Evidence::of(grid, o, week, block)),
        );
    }
    // The median of six may join the mix, but the mix does not lean to it.
    // Evidence of the lead itself is the last that was added.
    let losers = losers(&evidence[at_lead..], block);
    let members: Vec<usize> = (0..k)
        .filter(|&m| !ALL[m].yardstick() && !losers[m])
        .collect();
    if members.len() < 2 {
        return Mix::of(Mix::median_of_six());
    }
    // Where contacts are few a median is below what is to be expected, half of the time nothing.
    let leaned: Vec<bool> = members
        .iter()
        .map(|&m| m != MEDIAN_OF_SIX && (block == 1 || m != CALENDAR_MEDIAN))
        .collect();
    let to = leaned.iter().filter(|l| **l).count().max(1) as f64;
    let lean: Vec<f64> = leaned
        .iter()
        .map(|&l| f64::from(u8::from(l)) / to)
        .collect();
    let mut best = (f64::INFINITY, lean.clone());
    let all = Evidence::sum(&evidence, None);
    for pull in PULLS {
        let loss: f64 = (0..evidence.len())
            .map(|out| {
                let w = joined(&Evidence::sum(&evidence, Some(out)), &members, &lean, pull);
                squared(&evidence[out].cross, &members, &w)
            })
            .sum();
        if loss < best.0 * CLEARLY {
            best = (loss, joined(&all, &members, &lean, pull));
        }
    }
    let mut out = vec![0.0; k];
    members.iter().zip(&best.1).for_each(|(&m, &w)| out[m] = w);
    for (share, clearly) in SHARES {
        let mut tried = Mix::of(out.iter().map(|w| w * share).collect());
        tried.weights[MEDIAN_OF_SIX] += 1.0 - share;
        if beats(grid, origins, now, &weeks, &tried, clearly, block) {
            let factor = unbiased(grid, origins, now, &tried);
            tried.weights.iter_mut().for_each(|w| *w *= factor);
            return tried;
        }
    }
    Mix::of(Mix::median_of_six())
}

/// Which models have a larger error than the median of six over all the evidence, by the measure of [`beats`].
fn losers(evidence: &[Evidence], block: usize) -> Vec<bool> {
    let by = usize::from(block > 1);
    let error = |m: usize| evidence.iter().map(|e| e.errors[m][by]).sum::<f64>();
    let median = error(MEDIAN_OF_SIX);
    (0..ALL.len()).map(|m| error(m) > median).collect()
}

/// Factor that takes out what bias the mix has had on ordinary days one week ahead, as far as the origins agree on it
/// (James-Stein): models built on medians and logarithms sit below the mean that staffing needs where counts are small.
fn unbiased(grid: &Grid, origins: &[Origin], now: usize, mix: &Mix) -> f64 {
    let (mut contacts, mut intervals) = (0.0, 0.0);
    let logs: Vec<f64> = observed(origins, now, 1, ORIGINS)
        .into_iter()
        .filter_map(|origin| {
            let (mut came, mut expected) = (0.0, 0.0);
            each_ordinary(grid, origin, 1, |d, s, y| {
                came += y;
                expected += origin.blend(mix, grid.slots, d, s);
                intervals += 1.0;
            });
            contacts += came;
            (expected > 0.0 && came > 0.0).then(|| f64::ln(came / expected))
        })
        .collect();
    let n = logs.len() as f64;
    if n < 4.0 {
        return 1.0;
    }
    let mean = logs.iter().sum::<f64>() / n;
    let chance = logs.iter().map(|l| (l - mean).powi(2)).sum::<f64>() / (n - 1.0) / n;
    let sure = (1.0 - chance / (mean * mean).max(1e-12)).max(0.0);
    let small = 1.0 / (1.0 + contacts / f64::max(intervals, 1.0) / SMALL);
    (small * sure * mean)
        .clamp(-LARGEST_BIAS, LARGEST_BIAS)
        .exp()
}

/// Whether the mix has an error smaller than the median of six over the given weeks of the past origins, by so many standard
/// errors (0 = no larger one): absolute, but squared where contacts are so few that "always zero" has the least absolute error.
fn beats(
    grid: &Grid,
    origins: &[Origin],
    now: usize,
    weeks: &[usize],
    mix: &Mix,
    clearly: f64,
    block: usize,
) -> bool {
    let mut gains = Vec::new();
    for &week in weeks {
        for origin in observed(origins, now, week, ORIGINS) {
            let mut gain = 0.0;
            each_ordinary(grid, origin, week, |d, s, y| {
                let own = y - origin.blend(mix, grid.slots, d, s);
                let six = y - origin.forecasts[MEDIAN_OF_SIX][(d - origin.origin) * grid.slots + s];
                gain += if block > 1 {
                    six * six - own * own
                } else {
                    six.abs() - own.abs()
                };
            });
            gains.push(gain);
        }
    }
    let n = gains.len() as f64;
    let mean = gains.iter().sum::<f64>() / n;
    let squares: f64 = gains.iter().map(|g| (g - mean).powi(2)).sum();
    // No evidence is no loss.
    gains.is_empty() || mean >= clearly * (squares / (n - 1.0).max(1.0) / n).sqrt()
}

/// Weights that minimise the squared error plus a pull to `lean`, none negative. The pull is in units of what the
/// models differ by, so that noise common to all of them plays no part.
fn joined(cross: &[f64], members: &[usize], lean: &[f64], pull: f64) -> Vec<f64> {
    let (n, k) = (members.len(), ALL.len());
    let mut a: Vec<f64> = members
        .iter()
        .flat_map(|&p| members.iter().map(move |&q| cross[p.max(q) * k + p.min(q)]))
        .collect();
    let diagonal = (0..n).map(|i| a[i * n + i]).sum::<f64>() / n as f64;
    let differ = (diagonal - a.iter().sum::<f64>() / (n * n) as f64).max(1e-9);
    (0..n).for_each(|i| a[i * n + i] += pull * differ);
    // Minimum under "sums to one": A^-1 (pull lean + nu 1).
    let mut to_lean: Vec<f64> = lean.iter().map(|l| pull * differ * l).collect();
    let mut to_one = vec![1.0; n];
    solve_spd(&mut a.clone(), &mut to_lean);
    solve_spd(&mut a, &mut to_one);
    let nu = (1.0 - to_lean.iter().sum::<f64>()) / to_one.iter().sum::<f64>();
    let raw: Vec<f64> = to_lean
        .iter()
        .zip(&to_one)
        .map(|(l, o)| (l + nu * o).max(0.0))
        .collect();
    let sum: f64 = raw.iter().sum();
    if sum > 0.0 && sum.is_finite() {
        raw.iter().map(|w| w / sum).collect()
    } else {
        lean.to_vec()
    }
}

fn squared(cross: &[f64], members: &[usize], w: &[f64]) -> f64 {
    let k = ALL.len();
    let mut sum = 0.0;
    for (&p, wp) in members.iter().zip(w) {
        for (&q, wq) in members.iter().zip(w) {
            sum += wp * wq * cross[p.max(q) * k + p.min(q)];
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::LocalSeries;
    use chrono::NaiveDate;

    /// Hourly counts of 20 weeks whose days are steady but for a few bursts, which the median does not see and means do.
    fn bursts(seed: u64) -> Grid {
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
        let mut uniform = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        let counts: Vec<Option<f64>> = (0..20 * 7)
            .flat_map(|_| {
                let burst = if uniform() < 0.04 { 2.0 } else { 1.0 };
                (0..24)
                    .map(|_| Some((30.0 * burst + 12.0 * uniform()).round()))
                    .collect::<Vec<_>>()
            })
            .collect();
        Grid::new(&LocalSeries {
            first_day: NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default(),
            slots_per_day: 24,
            open: vec![true; counts.len()],
            counts,
            handle_time_s: vec![],
            special_days: vec![],
        })
    }

    #[test]
    fn no_model_is_used_that_loses_to_the_median_of_six() {
        let mut lost = 0;
        for seed in 1..9 {
            let grid = bursts(seed);
            let now = 19 * 7;
            let origins: Vec<Origin> = (2..19)
                .map(|w| Origin::fit(&grid, 7 * w, 7 * w + 28))
                .collect();
            for lead in [1, 4] {
                let weights = mix(&grid, &origins, now, lead).weights;
                let mut errors = vec![0.0; ALL.len()];
                for origin in observed(&origins, now, lead, ORIGINS) {
                    each_known(&grid, origin, lead, |d, s, y| {
                        let at = (d - origin.origin) * grid.slots + s;
                        for (m, e) in errors.iter_mut().enumerate() {
                            *e += (y - origin.forecasts[m][at]).abs();
                        }
                    });
                }
                for (m, e) in errors.iter().enumerate() {
                    let loses = *e > errors[MEDIAN_OF_SIX];
                    lost += usize::from(loses && !ALL[m].yardstick());
                    assert!(
                        !loses || weights[m] == 0.0,
                        "seed {seed}, week {lead}: {} has weight {}",
                        ALL[m].name(),
                        weights[m]
                    );
                }
            }
        }
        assert!(lost > 5, "only {lost} losers: the test tests nothing");
    }
}
