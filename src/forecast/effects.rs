//! The calendar effect on the log of the day total: day of month, first and last working days, days around closures and
//! holidays, holidays and events by name.
//!
//! Source: reference/forecasting.md section 5.2. Every effect is shrunk: the penalty of the ordinary columns is chosen by
//! leaving months out, and goes to "no effect at all" where the calendar says nothing.

use super::features::{CLOSURE_COLUMNS, COLUMNS, Neighbourhood, features};
use super::grid::{Grid, Kind};
use super::numeric::{median, robust_scale, solve_spd};
use chrono::Datelike;

/// Days to either side of the centred level.
const HALF_WINDOW: usize = 24;
/// Ridge penalties tried, in units of observations.
const PENALTIES: [f64; 5] = [2.0, 6.0, 20.0, 60.0, 200.0];
/// Of that on the columns around closures, which have few days to learn from and large effects.
const CLOSURE_PENALTY: f64 = 0.15;
/// Months are dealt to this many folds.
const FOLDS: usize = 12;
/// Days of history used (named days need several years).
const HISTORY_DAYS: usize = 5 * 366;
/// An effect is kept only if it cuts the error on left-out months by this factor.
const WORTHWHILE: f64 = 0.99;
/// Observations that pull the effect of all holidays together towards nothing.
const COMMON_SHRINK: f64 = 1.5;
/// Observations that pull a named day to the effect of its kind.
const NAMED_SHRINK: f64 = 0.3;
/// Observations that pull the days next to a named holiday to the ordinary columns.
const BESIDE_SHRINK: f64 = 2.0;
/// Observations that pull the days between the years to half a holiday (they are few and alike within a year).
const SEASON_SHRINK: f64 = 3.0;
/// Christmas Day, where it is a holiday and has not been seen yet, against the mean holiday.
const CHRISTMAS: f64 = 1.75;
/// Variance of the effect of a long weekend before any has been seen, and of a holiday.
const WEEKEND_VARIANCE: f64 = 0.015;
const HOLIDAY_VARIANCE: f64 = 0.06;
/// Variance of a special day's log effect between queues.
const QUEUE_VARIANCE: f64 = 0.01;
/// Standard error of the effect of a day beside a holiday, as a share of the effect.
const UNSURE: f64 = 0.5;
/// Shrinkage of a user's event to the factor that the user wrote.
const EVENT_SHRINK: f64 = 1.0;

/// The fitted effect.
#[derive(Clone, Debug)]
pub(crate) struct CalendarEffect {
    /// Log effect on each day of the grid up to the end asked for.
    pub log: Vec<f64>,
    /// Extra variance of the log of the day: how unsure the effect of a special day is.
    pub variance: Vec<f64>,
    /// How far each day, cleaned of its effect, speaks for ordinary ones, 0..1: less where the effect is large and a guess.
    pub trust: Vec<f64>,
}

struct Residuals {
    /// First day used.
    start: usize,
    /// Log total less level and weekday; NaN where not known.
    values: Vec<f64>,
}

impl CalendarEffect {
    /// No effect on any day up to `end`.
    pub fn none(grid: &Grid, end: usize) -> CalendarEffect {
        CalendarEffect {
            log: vec![0.0; end],
            variance: vec![0.0; end],
            trust: grid.trust[..end].to_vec(),
        }
    }

    /// Learns from the days before `origin` and says the effect on all days before `end`.
    pub fn fit(grid: &Grid, origin: usize, end: usize) -> CalendarEffect {
        let mut effect = CalendarEffect::none(grid, end);
        let Some(residuals) = Residuals::of(grid, origin) else {
            return effect;
        };
        let neighbourhood = Neighbourhood::of(grid, residuals.start, end);
        let rows: Vec<Vec<(usize, f64)>> = (residuals.start..end)
            .map(|d| features(grid, &neighbourhood, d))
            .collect();
        let beta = ordinary(grid, &residuals, &rows, origin);
        for (d, row) in (residuals.start..end).zip(&rows) {
            if grid.is_ordinary(d) {
                effect.log[d] = row.iter().map(|&(c, v)| beta[c] * v).sum();
            }
        }
        long_weekends(grid, &residuals, origin, end, &mut effect);
        beside_holidays(grid, &residuals, origin, end, &mut effect);
        special_days(grid, &residuals, origin, end, &mut effect);
        let known: Vec<f64> = residuals
            .values
            .iter()
            .copied()
            .filter(|r| r.is_finite())
            .collect();
        let scale = robust_scale(&known).max(0.01);
        for (trust, log) in effect
            .trust
            .iter_mut()
            .zip(&effect.log)
            .filter(|(t, _)| **t < 1.0)
        {
            *trust /= 1.0 + (UNSURE * log / scale).powi(2);
        }
        effect
    }
}

impl Residuals {
    fn of(grid: &Grid, origin: usize) -> Option<Residuals> {
        let start = origin.saturating_sub(HISTORY_DAYS);
        let log: Vec<f64> = (start..origin)
            .map(|d| (grid.total[d] + 0.5).ln())
            .collect();
        let normal: Vec<usize> = (start..origin)
            .filter(|&d| grid.is_normal(d))
            .map(|d| d - start)
            .collect();
        if normal.len() < 20 {
            return None;
        }
        let mut weekday = [0.0; 7];
        let mut level = vec![f64::NAN; log.len()];
        // The first pass is for the weekday effects alone: every third day will do.
        for stride in [3, 1] {
            let (mut low, mut high) = (0, 0);
            let mut window = Vec::with_capacity(2 * HALF_WINDOW + 1);
            let mut value = f64::NAN;
            for (d, level) in level.iter_mut().enumerate() {
                if d % stride == 0 {
                    while low < normal.len() && normal[low] + HALF_WINDOW < d {
                        low += 1;
                    }
                    while high < normal.len() && normal[high] <= d + HALF_WINDOW {
                        high += 1;
                    }
                    window.clear();
                    window.extend(
                        normal[low..high]
                            .iter()
                            .map(|&e| log[e] - weekday[grid.weekday[start + e]]),
                    );
                    value = if window.len() >= 5 {
                        median(&mut window)
                    } else {
                        f64::NAN
                    };
                }
                *level = value;
            }
            for (w, value) in weekday.iter_mut().enumerate() {
                let mut own: Vec<f64> = normal
                    .iter()
                    .filter(|&&d| grid.weekday[start + d] == w && level[d].is_finite())
                    .map(|&d| log[d] - level[d])
                    .collect();
                *value = if own.is_empty() {
                    0.0
                } else {
                    median(&mut own)
                };
            }
        }
        let values = (0..log.len())
            .map(|d| log[d] - level[d] - weekday[grid.weekday[start + d]])
            .collect();
        Some(Residuals { start, values })
    }

    fn at(&self, d: usize) -> f64 {
        self.values[d - self.start]
    }
}

/// Ridge regression of the ordinary columns, penalty by leaving months out, Huber weights.
fn ordinary(
    grid: &Grid,
    residuals: &Residuals,
    rows: &[Vec<(usize, f64)>],
    origin: usize,
) -> Vec<f64> {
    let start = residuals.start;
    let days: Vec<usize> = (start..origin)
        .filter(|&d| grid.is_normal(d) && residuals.at(d).is_finite())
        .collect();
    let values: Vec<f64> = days.iter().map(|&d| residuals.at(d)).collect();
    let none = vec![0.0; COLUMNS];
    let fold_of = |d: usize| {
        let date = grid.date(d);
        (date.year() as usize * 12 + date.month0() as usize) % FOLDS
    };
    let mut weights = huber(&values);
    let mut beta = none.clone();
    for pass in 0..2 {
        let mut parts = vec![(vec![0.0; COLUMNS * COLUMNS], vec![0.0; COLUMNS]); FOLDS];
        for ((&d, &r), &w) in days.iter().zip(&values).zip(&weights) {
            let (gram, moment) = &mut parts[fold_of(d)];
            for &(i, u) in &rows[d - start] {
                moment[i] += w * u * r;
                for &(j, v) in &rows[d - start] {
                    gram[i * COLUMNS + j] += w * u * v;
                }
            }
        }
        let mut all = (vec![0.0; COLUMNS * COLUMNS], vec![0.0; COLUMNS]);
        for (gram, moment) in &parts {
            all.0.iter_mut().zip(gram).for_each(|(a, g)| *a += g);
            all.1.iter_mut().zip(moment).for_each(|(a, m)| *a += m);
        }
        let loss_of_none: f64 = values.iter().zip(&weights).map(|(r, w)| w * r * r).sum();
        let mut best = (loss_of_none * WORTHWHILE, None);
        for penalty in PENALTIES {
            let fitted: Vec<Vec<f64>> = parts
                .iter()
                .map(|(gram, moment)| {
                    let mut a: Vec<f64> = all.0.iter().zip(gram).map(|(a, g)| a - g).collect();
                    let mut b: Vec<f64> = all.1.iter().zip(moment).map(|(a, m)| a - m).collect();
                    ridge(&mut a, &mut b, penalty);
                    b
                })
                .collect();
            let loss: f64 = days
                .iter()
                .zip(&values)
                .zip(&weights)
                .map(|((&d, &r), &w)| {
                    let beta = &fitted[fold_of(d)];
                    let e = r - rows[d - start]
                        .iter()
                        .map(|&(c, v)| beta[c] * v)
                        .sum::<f64>();
                    w * e * e
                })
                .sum();
            if loss < best.0 {
                best = (loss, Some(penalty));
            }
        }
        let Some(penalty) = best.1 else {
            return none;
        };
        beta = all.1;
        ridge(&mut all.0, &mut beta, penalty);
        if pass == 0 {
            let left: Vec<f64> = days
                .iter()
                .zip(&values)
                .map(|(&d, r)| {
                    r - rows[d - start]
                        .iter()
                        .map(|&(c, v)| beta[c] * v)
                        .sum::<f64>()
                })
                .collect();
            weights = huber(&left);
        }
    }
    beta
}

fn ridge(gram: &mut [f64], moment: &mut [f64], penalty: f64) {
    for i in 0..moment.len() {
        gram[i * moment.len() + i] += if i < CLOSURE_COLUMNS {
            penalty
        } else {
            CLOSURE_PENALTY * penalty
        };
    }
    solve_spd(gram, moment);
}

fn huber(residuals: &[f64]) -> Vec<f64> {
    let limit = 1.5 * robust_scale(residuals).max(1e-6);
    residuals
        .iter()
        .map(|r| (limit / r.abs()).min(1.0))
        .collect()
}

/// The days between a holiday and the weekend, and that weekend: one effect for long weekends of four days (holiday on
/// a Thursday or Tuesday), one for those of three.
fn long_weekends(
    grid: &Grid,
    residuals: &Residuals,
    origin: usize,
    end: usize,
    effect: &mut CalendarEffect,
) {
    let start = residuals.start;
    let mut kinds = [Vec::new(), Vec::new()];
    for h in (start..end).filter(|&h| grid.is_holiday(h)) {
        let (kind, from, to) = match grid.weekday[h] {
            0 => (0, h.saturating_sub(2), h),
            1 => (1, h.saturating_sub(3), h),
            3 => (1, h + 1, h + 4),
            4 => (0, h + 1, h + 3),
            _ => continue,
        };
        let between = |d: &usize| {
            grid.specials[*d]
                .iter()
                .all(|s| s.kind == Kind::BetweenTheYears)
        };
        kinds[kind].extend((from.max(start)..to.min(end)).filter(between));
    }
    for days in &mut kinds {
        days.sort_unstable();
        days.dedup();
        let left: Vec<f64> = days
            .iter()
            .filter(|&&d| d < origin && residuals.at(d).is_finite() && !grid.is_special(d))
            .map(|&d| residuals.at(d) - effect.log[d])
            .collect();
        // The days of one long weekend are one witness.
        let weekends = left.len() as f64 / 2.5;
        let mean = left.iter().sum::<f64>() / left.len().max(1) as f64;
        let shared = mean * weekends / (weekends + BESIDE_SHRINK);
        let spread =
            left.iter().map(|r| (r - mean).powi(2)).sum::<f64>() / left.len().max(1) as f64;
        let unsure = (WEEKEND_VARIANCE + weekends * spread) / (weekends + 1.0);
        for &d in days.iter() {
            effect.variance[d] = unsure;
        }
        days.iter().for_each(|&d| {
            effect.log[d] = shared
                + if grid.is_special(d) {
                    0.0
                } else {
                    effect.log[d]
                }
        });
    }
}

/// Days before and after a *named* holiday differ from those around any closure: learned by name, shrunk.
fn beside_holidays(
    grid: &Grid,
    residuals: &Residuals,
    origin: usize,
    end: usize,
    effect: &mut CalendarEffect,
) {
    let start = residuals.start;
    let holidays: Vec<(usize, usize)> = (start..end)
        .flat_map(|d| {
            grid.specials[d]
                .iter()
                .filter(|s| s.kind == Kind::Holiday)
                .map(move |s| (d, s.name))
        })
        .collect();
    for offset in [-2i64, -1, 1, 2] {
        for name in 0..grid.names.len() {
            let beside: Vec<usize> = holidays
                .iter()
                .filter(|h| h.1 == name)
                .map(|h| h.0 as i64 + offset)
                .filter(|&d| {
                    d >= start as i64 && (d as usize) < end && !grid.is_special(d as usize)
                })
                .map(|d| d as usize)
                .collect();
            let (mut sum, mut n) = (0.0, 0.0);
            for &d in beside
                .iter()
                .filter(|&&d| d < origin && residuals.at(d).is_finite())
            {
                sum += residuals.at(d) - effect.log[d];
                n += 1.0;
            }
            if n > 0.0 {
                beside
                    .iter()
                    .for_each(|&d| effect.log[d] += sum / (n + BESIDE_SHRINK));
            }
        }
    }
}

/// Holidays (all together, then by name) and events (by name, from what the user expects).
fn special_days(
    grid: &Grid,
    residuals: &Residuals,
    origin: usize,
    end: usize,
    effect: &mut CalendarEffect,
) {
    let start = residuals.start;
    let seen: Vec<(usize, f64)> = (start..origin)
        .filter(|&d| grid.is_special(d) && residuals.at(d).is_finite())
        .map(|d| (d, residuals.at(d) - base(grid, effect, d)))
        .collect();
    let holidays: Vec<f64> = seen
        .iter()
        .filter(|s| grid.is_holiday(s.0))
        .map(|s| s.1)
        .collect();
    let n = holidays.len() as f64;
    let common = holidays.iter().sum::<f64>() / (n + COMMON_SHRINK);
    let spread =
        (holidays.iter().map(|r| (r - common).powi(2)).sum::<f64>() + HOLIDAY_VARIANCE) / (n + 1.0);
    let season: Vec<f64> = seen
        .iter()
        .filter(|s| {
            grid.specials[s.0]
                .iter()
                .any(|t| t.kind == Kind::BetweenTheYears)
        })
        .map(|s| s.1)
        .collect();
    let season = (season.iter().sum::<f64>() + SEASON_SHRINK * 0.5 * common)
        / (season.len() as f64 + SEASON_SHRINK);
    for d in start..end {
        let (mut log, mut variance) = (0.0, 0.0);
        for special in &grid.specials[d] {
            let same: Vec<(usize, f64)> = seen
                .iter()
                .filter(|s| s.0 != d && grid.specials[s.0].iter().any(|t| t.name == special.name))
                .copied()
                .collect();
            let m = same.len() as f64;
            let (prior, shrink, unsure) = match special.kind {
                Kind::Holiday if (grid.date(d).month(), grid.date(d).day()) == (12, 25) => {
                    (CHRISTMAS * common, NAMED_SHRINK, spread)
                }
                Kind::Holiday => (common, NAMED_SHRINK, spread),
                Kind::BetweenTheYears => (season, NAMED_SHRINK, 0.5 * spread + WEEKEND_VARIANCE),
                Kind::Event => (special.factor.max(1e-3).ln(), EVENT_SHRINK, 0.02),
            };
            // What the day did to other queues, as far as it was seen there.
            let (lent, witnesses) = grid
                .lent_effects
                .get(special.name)
                .copied()
                .flatten()
                .unwrap_or((0.0, 0.0));
            let prior = (prior + witnesses * lent) / (1.0 + witnesses);
            // A small day's own effect is mostly chance.
            let chance = same
                .iter()
                .map(|s| 1.0 / (grid.total[s.0] + 1.0))
                .sum::<f64>()
                / m.max(1.0);
            let shrink = shrink + chance / QUEUE_VARIANCE;
            log += (same.iter().map(|s| s.1).sum::<f64>() + shrink * prior) / (m + shrink);
            variance += unsure / (m + 1.0);
        }
        if grid.is_special(d) {
            effect.log[d] = log + base(grid, effect, d);
            effect.variance[d] = variance;
        }
    }
}

/// What is known of a special day before its own effect: nothing of a holiday, else the ordinary columns or the long weekend.
fn base(grid: &Grid, effect: &CalendarEffect, d: usize) -> f64 {
    if grid.is_holiday(d) {
        0.0
    } else {
        effect.log[d]
    }
}

/// What special days did to a queue, for lending: name, log effect, contacts that say so.
pub(crate) fn special_effects(grid: &Grid, origin: usize) -> Vec<(String, f64, f64)> {
    let Some(residuals) = Residuals::of(grid, origin) else {
        return Vec::new();
    };
    (residuals.start..origin)
        .filter(|&d| residuals.at(d).is_finite())
        .flat_map(|d| grid.specials[d].iter().map(move |s| (d, s.name)))
        .map(|(d, name)| (grid.names[name].clone(), residuals.at(d), grid.total[d]))
        .collect()
}
