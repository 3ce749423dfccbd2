//! How a day's contacts are spread over its slots, by weekday.
//!
//! Source: reference/forecasting.md section 5.4. Exponentially weighted shares, winsorised with a Poisson-aware bound,
//! pulled to weekdays of like shape, lightly smoothed; the half-life, pull and smoothing that did best on the last weeks
//! are averaged.

use super::grid::Grid;
use super::numeric::sum_pairs;

/// Half-lives in weeks.
const HALF_LIVES: [f64; 5] = [2.0, 4.0, 8.0, 16.0, 40.0];
/// Pull to like weekdays, in days' worth of contacts.
const PULLS: [f64; 3] = [0.03, 0.5, 4.0];
/// Passes of a 1-2-1 filter.
const SMOOTHINGS: [usize; 3] = [0, 1, 4];
/// Combinations averaged.
const AVERAGED: usize = 3;
const SCORED_WEEKS: usize = 8;
const HISTORY_DAYS: usize = 60 * 7;
/// Mean contacts a slot below which errors are squared.
const FEW: f64 = 3.0;
/// Contacts that pull each weekday to the shape lent by other queues.
const LENT_CONTACTS: f64 = 100.0;
/// Distance of shape (sum of absolute differences of shares) at which a weekday counts a third.
const LIKENESS: f64 = 0.06;
/// Days' worth of contacts that pull a holiday's shape to the weekday's.
const HOLIDAY_SHRINK: f64 = 1.0;

/// Shares of the day total by weekday, and what holidays do to them.
#[derive(Clone, Debug)]
pub(crate) struct Profile {
    slots: usize,
    /// `7 * slots`; each weekday sums to 1.
    shares: Vec<f64>,
    /// Factor of a holiday on each slot's share.
    holiday: Vec<f64>,
}

/// Exponentially weighted contacts and totals by weekday.
#[derive(Clone)]
struct Weighted {
    decay: f64,
    contacts: Vec<f64>,
    totals: [f64; 7],
    days: [f64; 7],
    /// Times of the week that have been open.
    seen: Vec<bool>,
}

impl Profile {
    /// Learns from the days before `origin`.
    pub fn fit(grid: &Grid, origin: usize) -> Profile {
        let slots = grid.slots;
        let start = origin.saturating_sub(HISTORY_DAYS);
        let mut running: Vec<Weighted> = HALF_LIVES
            .iter()
            .map(|&h| Weighted::new(h, slots))
            .collect();
        let combinations = HALF_LIVES.len() * PULLS.len() * SMOOTHINGS.len();
        let mut losses = vec![0.0; combinations];
        let few = is_sparse(grid, start, origin);
        let mut row = vec![0.0; slots];
        for d in start..origin {
            let left = origin - d;
            if left.is_multiple_of(7) && left <= 7 * (SCORED_WEEKS + 3) && d >= start + 21 {
                score(grid, &running, d, origin, few, &mut losses);
            }
            if grid.is_normal(d) {
                winsorise(grid, &running[2], d, &mut row);
                running
                    .iter_mut()
                    .for_each(|r| r.add(grid.weekday[d], &row, grid.row(d)));
            }
        }
        let mut order: Vec<usize> = (0..combinations).collect();
        // Without a score all are equal: the middle ones.
        if losses.iter().all(|&l| l == 0.0) {
            order = vec![(3 * PULLS.len() + 1) * SMOOTHINGS.len()];
        }
        order.sort_by(|&a, &b| losses[a].total_cmp(&losses[b]).then(a.cmp(&b)));
        order.truncate(AVERAGED);
        let mut shares = vec![0.0; 7 * slots];
        let likeness = likeness(&running[3], slots);
        for &c in &order {
            let (h, pull, smoothing) = parts(c);
            let (mut own, mut pooled) =
                running[h].own_and_pooled(&likeness, grid.lent.shape(origin));
            smooth_days(&mut own, smoothing);
            smooth_days(&mut pooled, smoothing);
            let one = mix(&own, &pooled, pull);
            shares
                .iter_mut()
                .zip(&one)
                .for_each(|(a, b)| *a += b / order.len() as f64);
        }
        let mut profile = Profile {
            slots,
            shares,
            holiday: vec![1.0; slots],
        };
        profile.learn_holidays(grid, origin);
        profile
    }

    /// Share of slot `s` in the total of day `d`.
    pub fn share(&self, grid: &Grid, d: usize, s: usize) -> f64 {
        let share = self.shares[grid.weekday[d] * self.slots + s];
        share * self.holiday_factor(grid, d, s)
    }

    /// What a holiday, or half a one, does to the share of slot `s`; 1 on other days.
    pub fn holiday_factor(&self, grid: &Grid, d: usize, s: usize) -> f64 {
        if grid.is_holiday(d) {
            self.holiday[s]
        } else if !grid.is_ordinary(d) {
            self.holiday[s].sqrt()
        } else {
            1.0
        }
    }

    fn learn_holidays(&mut self, grid: &Grid, origin: usize) {
        let mut seen = vec![0.0; self.slots];
        let mut expected = vec![0.0; self.slots];
        let (mut total, mut days) = (0.0, 0.0);
        for d in origin.saturating_sub(3 * 366)..origin {
            if grid.is_holiday(d) && grid.total[d].is_finite() {
                total += grid.total[d];
                days += 1.0;
                for s in 0..self.slots {
                    let share = self.shares[grid.weekday[d] * self.slots + s];
                    if grid.row(d)[s].is_finite() {
                        seen[s] += grid.row(d)[s];
                        expected[s] += grid.total[d] * share;
                    }
                }
            }
        }
        if total <= 0.0 {
            return;
        }
        smooth(&mut seen, 3);
        smooth(&mut expected, 3);
        let pull = HOLIDAY_SHRINK * total / days / self.slots as f64;
        for s in 0..self.slots {
            self.holiday[s] = (seen[s] + pull) / (expected[s] + pull);
        }
        let norm: f64 = (0..self.slots)
            .map(|s| self.holiday[s] * expected[s])
            .sum::<f64>()
            / expected.iter().sum::<f64>().max(1e-9);
        if norm > 0.0 {
            self.holiday.iter_mut().for_each(|h| *h /= norm);
        }
    }
}

impl Weighted {
    fn new(half_life: f64, slots: usize) -> Weighted {
        Weighted {
            decay: 0.5f64.powf(1.0 / half_life),
            contacts: vec![0.0; 7 * slots],
            totals: [0.0; 7],
            days: [0.0; 7],
            seen: vec![false; 7 * slots],
        }
    }

    fn add(&mut self, weekday: usize, row: &[f64], counts: &[f64]) {
        let n = row.len();
        let seen = &mut self.seen[weekday * n..(weekday + 1) * n];
        seen.iter_mut()
            .zip(counts)
            .for_each(|(seen, y)| *seen |= y.is_finite());
        let own = &mut self.contacts[weekday * n..(weekday + 1) * n];
        own.iter_mut()
            .zip(row)
            .for_each(|(c, y)| *c = *c * self.decay + y);
        self.totals[weekday] = self.totals[weekday] * self.decay + row.iter().sum::<f64>();
        self.days[weekday] = self.days[weekday] * self.decay + 1.0;
    }

    /// Own contacts and those of like weekdays (scaled to one day's worth), both `7 * slots`, not smoothed.
    fn own_and_pooled(&self, likeness: &[f64; 49], lent: Option<&[f64]>) -> (Vec<f64>, Vec<f64>) {
        let n = self.contacts.len() / 7;
        let day =
            (self.totals.iter().sum::<f64>() / self.days.iter().sum::<f64>().max(1e-9)).max(1e-9);
        let mut own = self.contacts.clone();
        if let Some(lent) = lent {
            own.iter_mut()
                .zip(lent)
                .for_each(|(o, l)| *o += LENT_CONTACTS * l);
        }
        let mut pooled = vec![0.0; 7 * n];
        for w in 0..7 {
            let weights = &likeness[7 * w..7 * w + 7];
            let sum: f64 = (0..7)
                .map(|v| weights[v] * self.totals[v])
                .sum::<f64>()
                .max(1e-9);
            let row = &mut pooled[w * n..(w + 1) * n];
            for (v, weight) in weights.iter().enumerate().filter(|(_, w)| **w > 1e-4) {
                let factor = day * weight / sum;
                row.iter_mut()
                    .zip(&self.contacts[v * n..(v + 1) * n])
                    .for_each(|(o, c)| *o += factor * c);
            }
        }
        (own, pooled)
    }
}

/// Shares by weekday from own contacts and `pull` times the pooled ones.
fn mix(own: &[f64], pooled: &[f64], pull: f64) -> Vec<f64> {
    let n = own.len() / 7;
    let mut out: Vec<f64> = own.iter().zip(pooled).map(|(o, p)| o + pull * p).collect();
    for day in out.chunks_mut(n) {
        let sum = sum_pairs(day, day, |o, _| o);
        if sum > 0.0 {
            let factor = 1.0 / sum;
            day.iter_mut().for_each(|o| *o *= factor);
        } else {
            day.fill(1.0 / n as f64);
        }
    }
    out
}

fn smooth_days(values: &mut [f64], passes: usize) {
    let n = values.len() / 7;
    values.chunks_mut(n).for_each(|day| smooth(day, passes));
}

fn parts(combination: usize) -> (usize, f64, usize) {
    let (smoothing, rest) = (
        combination % SMOOTHINGS.len(),
        combination / SMOOTHINGS.len(),
    );
    (
        rest / PULLS.len(),
        PULLS[rest % PULLS.len()],
        SMOOTHINGS[smoothing],
    )
}

/// A 1-2-1 filter, `passes` times; ends are kept.
fn smooth(values: &mut [f64], passes: usize) {
    for _ in 0..passes {
        let mut before = values.first().copied().unwrap_or(0.0);
        for i in 1..values.len().saturating_sub(1) {
            let own = values[i];
            values[i] = 0.25 * before + 0.5 * own + 0.25 * values[i + 1];
            before = own;
        }
    }
}

/// The row of day `d` with counts far from the running share brought back: a burst is not a habit.
fn winsorise(grid: &Grid, running: &Weighted, d: usize, row: &mut [f64]) {
    let n = grid.slots;
    let w = grid.weekday[d];
    let known = running.days[w] > 1.5;
    for (s, out) in row.iter_mut().enumerate() {
        let y = grid.row(d)[s];
        let y = if y.is_finite() { y } else { 0.0 };
        *out = y;
        // Hours that are new are no burst.
        if known && running.seen[w * n + s] {
            let usual = grid.total[d] * running.contacts[w * n + s] / running.totals[w].max(1e-9);
            let slack = 4.0 * (usual + 1.0).sqrt() + 0.35 * usual;
            *out = y.clamp(usual - slack, usual + slack);
        }
    }
}

/// How alike the shapes of two weekdays are, 0..1, by the distance of their shares.
fn likeness(running: &Weighted, slots: usize) -> [f64; 49] {
    let mut out = [0.0; 49];
    for v in 0..7 {
        for w in 0..7 {
            if running.totals[v] <= 0.0 {
                continue;
            }
            out[7 * w + v] = if v == w || running.totals[w] <= 0.0 {
                1.0
            } else {
                let distance: f64 = (0..slots)
                    .map(|s| {
                        (running.contacts[v * slots + s] / running.totals[v]
                            - running.contacts[w * slots + s] / running.totals[w])
                            .abs()
                    })
                    .sum();
                // What two samples of the same shape would differ by anyway.
                let noise = (slots as f64 * (1.0 / running.totals[v] + 1.0 / running.totals[w]))
                    .sqrt()
                    * 0.8;
                (-((distance - noise).max(0.0) / LIKENESS)).exp()
            };
        }
    }
    out
}

/// Whether ordinary days have few contacts a slot: the least absolute error then has who expects them where some came by chance.
fn is_sparse(grid: &Grid, start: usize, origin: usize) -> bool {
    let days = (start..origin).filter(|&d| grid.is_normal(d));
    let (contacts, slots) = days.fold((0.0, 0), |sum, d| {
        let known = grid.row(d).iter().filter(|y| y.is_finite()).count();
        (sum.0 + grid.total[d], sum.1 + known)
    });
    contacts < FEW * slots as f64
}

/// Adds each combination's error on the shares of the weeks one and four ahead of day `d`: absolute, or squared where contacts are few.
fn score(
    grid: &Grid,
    running: &[Weighted],
    d: usize,
    origin: usize,
    few: bool,
    losses: &mut [f64],
) {
    let slots = grid.slots;
    let likeness = likeness(&running[3], slots);
    let days: Vec<(usize, &[f64])> = (d..d + 7)
        .chain(d + 21..d + 28)
        .filter(|&e| e < origin && grid.is_normal(e))
        .map(|e| (e, grid.recorded(e)))
        .collect();
    // Each smoothing goes on from the one before it.
    for (h, running) in running.iter().enumerate() {
        let (mut own, mut pooled) = running.own_and_pooled(&likeness, grid.lent.shape(origin));
        let mut passes = 0;
        for (k, &smoothing) in SMOOTHINGS.iter().enumerate() {
            smooth_days(&mut own, smoothing - passes);
            smooth_days(&mut pooled, smoothing - passes);
            passes = smoothing;
            for (p, &pull) in PULLS.iter().enumerate() {
                let shares = mix(&own, &pooled, pull);
                let loss = &mut losses[(h * PULLS.len() + p) * SMOOTHINGS.len() + k];
                for (e, row) in &days {
                    let e = *e;
                    let own = &shares[grid.weekday[e] * slots..(grid.weekday[e] + 1) * slots];
                    let total = grid.total[e];
                    // Unknown slots (closed, or filled in) are NaN, which `max` turns into nothing.
                    *loss += if few {
                        sum_pairs(row, own, |y, p| (y - total * p).powi(2).max(0.0))
                    } else {
                        sum_pairs(row, own, |y, p| (y - total * p).abs().max(0.0))
                    };
                }
            }
        }
    }
}
