//! Rhythms of whole weeks that no calendar names: pay every fourth week, a campaign every second, holidays that came last year too.
//!
//! For each length of the cycle, what a day differs by from the level of its time is told from the same days of the other
//! cycles. A rhythm is believed only where it tells left-out weeks clearly better than "no rhythm" does.

use super::CalendarEffect;
use crate::forecast::grid::Grid;
use crate::forecast::numeric::{median, robust_scale};

/// Days that are looked at: three years.
const HISTORY_DAYS: usize = 3 * 364;
/// Longest cycle that is looked for beside the year: a quarter, in weeks.
const LONGEST: usize = 13;
const YEAR: usize = 52;
/// Cycles that the history must span; a year must have come again in part.
const CYCLES: usize = 3;
/// Weeks of the past year that must have come again for the year to be asked.
const WEEKS_AGAIN: usize = 10;
/// Least weeks over which the level is taken: whole cycles, so that a rhythm is no part of it.
const LEVEL_WEEKS: usize = 8;
/// Cycles that pull a week of the cycle to no effect, and a day to its week.
const PULLS: [(f64, f64); 3] = [(0.5, 1.0), (0.5, 8.0), (3.0, 8.0)];
/// A rhythm must cut the error on left-out weeks by this share, and by so many standard errors from week to week: the short
/// cycles by more, as the best of a dozen is bound to look good.
const WORTHWHILE: f64 = 0.05;
const CLEARLY: f64 = 3.0;
const CLEARLY_YEARLY: f64 = 1.5;

/// Least correlation of days with those a cycle before, and the robust standard deviations at which days are cut off for it.
const ALIKE: f64 = 0.1;
const MOST_SCALES: f64 = 6.0;
/// Cycles are dealt to this many folds.
const FOLDS: usize = 12;

/// A rhythm that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Found {
    /// Length of the cycle in weeks.
    pub weeks: usize,
    /// Log effects on the day that it takes most from and on the one that it adds most to.
    pub range: (f64, f64),
}

/// Adds the rhythm that the days before `origin` show, if any, to the ordinary days' effect.
pub(super) fn add(grid: &Grid, origin: usize, end: usize, effect: &mut CalendarEffect) {
    let weeks = origin.min(HISTORY_DAYS) / 7;
    let start = origin - 7 * weeks;
    let clean: Vec<f64> = (start..origin)
        .map(|d| {
            if grid.is_normal(d) && grid.trust[d] >= 1.0 {
                (grid.total[d] + 0.5).ln() - effect.log[d]
            } else {
                f64::NAN
            }
        })
        .collect();
    let mut best: Option<(f64, Rhythm)> = None;
    let cycles = (2..=LONGEST).filter(|k| k * CYCLES <= weeks);
    for cycle in cycles.chain((weeks >= YEAR + WEEKS_AGAIN).then_some(YEAR)) {
        let differs = differences(&clean, cycle);
        if !comes_again(&differs, cycle) {
            continue;
        }
        for pull in PULLS {
            if let Some(share) = gain(&differs, cycle, pull)
                && best.as_ref().is_none_or(|b| share > b.0)
            {
                best = Some((share, Rhythm::of(&differs, cycle, pull, None)));
            }
        }
    }
    if let Some((_, rhythm)) = best {
        effect.rhythm = Some(rhythm.found());
        for d in (start..end).filter(|&d| grid.is_ordinary(d)) {
            effect.log[d] += rhythm.at(d - start);
        }
    }
}

/// What each day differs by from the level and weekday of its time; NaN where not known.
fn differences(clean: &[f64], cycle: usize) -> Vec<f64> {
    let mut weekday = [0.0; 7];
    let mut out = clean.to_vec();
    for _ in 0..2 {
        for (d, (out, level)) in out
            .iter_mut()
            .zip(levels(clean, &weekday, cycle))
            .enumerate()
        {
            *out = clean[d] - level;
        }
        for (w, weekday) in weekday.iter_mut().enumerate() {
            let own = out.iter().skip(w).step_by(7).copied();
            *weekday = centre(own, cycle);
        }
    }
    for (d, out) in out.iter_mut().enumerate() {
        *out -= weekday[d % 7];
    }
    out
}

/// Level of the time around each day, the same for the days of a week.
fn levels(clean: &[f64], weekday: &[f64; 7], cycle: usize) -> Vec<f64> {
    let span = if cycle == YEAR {
        7 * LONGEST
    } else {
        7 * cycle * LEVEL_WEEKS.div_ceil(cycle)
    };
    let n = clean.len();
    let mut out = Vec::with_capacity(n);
    for week in 0..n / 7 {
        // At the ends the window stays as long as it is: part of a cycle is no level.
        let from = (7 * week + 3).saturating_sub(span / 2);
        let from = from.min(n.saturating_sub(span));
        let window = (from..(from + span).min(n)).map(|e| clean[e] - weekday[e % 7]);
        out.extend([centre(window, cycle); 7]);
    }
    out
}

/// Centre of the finite values, 0 if there are none: their mean, in which all weeks of a cycle count; the median for the year,
/// of which a window is only a part.
fn centre(values: impl Iterator<Item = f64>, cycle: usize) -> f64 {
    if cycle == YEAR {
        let mut values: Vec<f64> = values.filter(|v| v.is_finite()).collect();
        if values.is_empty() {
            0.0
        } else {
            median(&mut values)
        }
    } else {
        mean(values).unwrap_or(0.0)
    }
}

/// Whether days are like those a cycle before them at all: cheap, and spares most queues the rest.
fn comes_again(differs: &[f64], cycle: usize) -> bool {
    let known: Vec<f64> = differs.iter().copied().filter(|v| v.is_finite()).collect();
    let limit = MOST_SCALES * robust_scale(&known);
    let (mut product, mut square, mut n) = (0.0, 0.0, 0.0);
    for (before, now) in differs.iter().zip(differs.iter().skip(7 * cycle)) {
        if before.is_finite() && now.is_finite() {
            let (before, now) = (before.clamp(-limit, limit), now.clamp(-limit, limit));
            product += before * now;
            square += 0.5 * (before * before + now * now);
            n += 1.0;
        }
    }
    product > ALIKE * square && product * f64::sqrt(n) > 2.0 * square
}

/// Log effects of one cycle's days.
struct Rhythm {
    days: Vec<f64>,
}

impl Rhythm {
    /// Learns from all weeks but those of the cycles of one fold.
    fn of(differs: &[f64], cycle: usize, pull: (f64, f64), without: Option<usize>) -> Rhythm {
        let length = 7 * cycle;
        let mut days = vec![0.0; length];
        for week in 0..cycle {
            let again: Vec<&[f64]> = differs
                .chunks(7)
                .enumerate()
                .filter(|(w, _)| w % cycle == week && Some(w / cycle % FOLDS) != without)
                .map(|(_, days)| days)
                .collect();
            let mut levels: Vec<f64> = again
                .iter()
                .filter_map(|days| mean(days.iter().copied()))
                .collect();
            let n = levels.len() as f64;
            if n == 0.0 {
                continue;
            }
            let level = median(&mut levels) * n / (n + pull.0);
            for day in 0..7 {
                let mut own: Vec<f64> = again
                    .iter()
                    .map(|days| days[day] - level)
                    .filter(|v| v.is_finite())
                    .collect();
                let n = own.len() as f64;
                days[7 * week + day] = level
                    + if n > 0.0 {
                        median(&mut own) * n / (n + pull.1)
                    } else {
                        0.0
                    };
            }
        }
        Rhythm { days }
    }

    fn found(&self) -> Found {
        let least = self.days.iter().copied().fold(0.0, f64::min);
        let most = self.days.iter().copied().fold(0.0, f64::max);
        Found {
            weeks: self.days.len() / 7,
            range: (least, most),
        }
    }

    fn at(&self, d: usize) -> f64 {
        self.days[d % self.days.len()]
    }
}

/// Share by which the rhythm cuts the absolute error on left-out cycles, if it does so clearly.
fn gain(differs: &[f64], cycle: usize, pull: (f64, f64)) -> Option<f64> {
    let cycles = (differs.len() / 7).div_ceil(cycle);
    let mut gains = Vec::new();
    let mut plain = 0.0;
    for out in 0..cycles.min(FOLDS) {
        let rhythm = Rhythm::of(differs, cycle, pull, Some(out));
        for (w, week) in differs.chunks(7).enumerate() {
            let told = &rhythm.days[7 * (w % cycle)..][..7];
            // Of a week that never came again nothing is told.
            if w / cycle % FOLDS != out || told.iter().all(|t| *t == 0.0) {
                continue;
            }
            let known = week.iter().zip(told).filter(|(v, _)| v.is_finite());
            let (with, without) = known.fold((0.0, 0.0), |sum, (v, told)| {
                (sum.0 + (v - told).abs(), sum.1 + v.abs())
            });
            gains.push(without - with);
            plain += without;
        }
    }
    let n = gains.len() as f64;
    let mean = gains.iter().sum::<f64>() / n.max(1.0);
    let squares: f64 = gains.iter().map(|g| (g - mean).powi(2)).sum();
    let error = (squares / (n - 1.0).max(1.0) / n.max(1.0)).sqrt();
    let clearly = if cycle == YEAR {
        CLEARLY_YEARLY
    } else {
        CLEARLY
    };
    (n > 4.0 && mean > clearly * error && n * mean > WORTHWHILE * plain)
        .then(|| n * mean / plain.max(1e-9))
}

/// Mean of the finite values.
fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, n) = values
        .filter(|v| v.is_finite())
        .fold((0.0, 0.0), |t, v| (t.0 + v, t.1 + 1.0));
    (n > 0.0).then(|| sum / n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::LocalSeries;
    use chrono::NaiveDate;

    /// What `rhythm` adds in the log to days that differ by chance, and what is found of it on day `day` after them.
    fn learned(days: usize, rhythm: impl Fn(usize) -> f64, day: usize) -> (Option<usize>, f64) {
        let mut state = 0x9E37_79B9_7F4A_7C15u64;
        let mut uniform = move || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        let mut count = |d: usize| {
            let chance = 0.12 * (uniform() + uniform() + uniform() - 1.5);
            (1000.0 * (rhythm(d) + chance - 0.3 * f64::from(d % 7 > 4)).exp()).round()
        };
        let mut counts: Vec<Option<f64>> = (0..days).map(|d| Some(count(d))).collect();
        counts.extend([None; 28]);
        let grid = Grid::new(&LocalSeries {
            first_day: NaiveDate::from_ymd_opt(2024, 1, 1).unwrap_or_default(),
            slots_per_day: 1,
            open: vec![true; counts.len()],
            counts,
            handle_time_s: vec![],
            special_days: vec![],
        });
        let mut effect = CalendarEffect::none(&grid, days + 28);
        add(&grid, days, days + 28, &mut effect);
        (effect.rhythm.map(|r| r.weeks), effect.log[days + day])
    }

    #[test]
    fn pay_every_fourth_week_comes_again() {
        let pay = |d: usize| 0.3 * f64::from(d % 28 < 4);
        // Twenty-two weeks end two weeks after a pay.
        let (weeks, on) = learned(22 * 7, pay, 15);
        assert_eq!(weeks, Some(4));
        let off = learned(22 * 7, pay, 8).1;
        assert!((0.2..0.4).contains(&(on - off)), "{on} {off}");
    }

    #[test]
    fn every_second_week_is_no_part_of_the_level() {
        let (weeks, low) = learned(20 * 7, |d| 0.2 * (d / 7 % 2) as f64, 3);
        let high = learned(20 * 7, |d| 0.2 * (d / 7 % 2) as f64, 10).1;
        assert!(weeks.is_some_and(|w| w % 2 == 0), "{weeks:?}");
        assert!((0.14..0.26).contains(&(high - low)), "{low} {high}");
    }

    #[test]
    fn holidays_that_nobody_told_of_come_again_a_year_later() {
        let off =
            |d: usize| -0.35 * f64::from([10, 11, 25, 26, 27, 28, 40].contains(&(d / 7 % 52)));
        let (weeks, log) = learned(77 * 7, off, 3);
        assert_eq!((weeks, off(77 * 7 + 3)), (Some(52), -0.35));
        assert!(log < -0.15, "{log}");
    }

    #[test]
    fn chance_growth_and_a_step_are_no_rhythm() {
        for days in [4 * 7, 12 * 7, 30 * 7, 110 * 7] {
            let growing = learned(days, |d| 0.002 * d as f64, 0);
            let stepped = learned(days, |d| 0.4 * f64::from(2 * d > days), 0);
            let walked = learned(days, |d| 0.2 * (d as f64 / 90.0).sin(), 0);
            assert_eq!([growing, stepped, walked], [(None, 0.0); 3], "{days} days");
        }
    }
}
