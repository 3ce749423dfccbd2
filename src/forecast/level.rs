//! Level, weekday effects and damped trend of the calendar-cleaned log day total.
//!
//! Source: reference/forecasting.md section 5.3. Exponential smoothing with Huber-clipped updates; many parameter sets are
//! scored one and four weeks ahead on the past half year and the best few are averaged.

use super::effects::CalendarEffect;
use super::grid::Grid;
use super::numeric::{median, robust_scale};
use super::rolling::WEEKS_AHEAD;

const LEVEL_GAINS: [f64; 6] = [0.01, 0.025, 0.05, 0.1, 0.18, 0.3];
const WEEKDAY_GAINS: [f64; 4] = [0.05, 0.12, 0.25, 0.4];
/// Trend gain and damping a day.
const TRENDS: [(f64, f64); 2] = [(0.0, 0.0), (0.02, 0.97)];
const SETS: usize = LEVEL_GAINS.len() * WEEKDAY_GAINS.len() * TRENDS.len();
/// Sets averaged.
const AVERAGED: usize = 8;
/// Weeks of the past on which sets are scored.
const SCORED_WEEKS: usize = 26;
/// Days that run through the filter before the first scored week.
const WARM_UP: usize = 26 * 7;
/// Updates are clipped at this many robust standard deviations.
const CLIP: f64 = 2.5;

#[derive(Clone, Copy)]
struct State {
    level: f64,
    trend: f64,
    weekday: [f64; 7],
}

/// The level to come, and how far such levels were from what came.
#[derive(Clone, Debug, Default)]
pub(crate) struct Level {
    /// Log day totals, calendar effect *not* added, of days `origin..end`.
    pub log: Vec<f64>,
    /// Errors of past weeks as a whole, by weeks ahead, 1 to 4; oldest first.
    pub week_errors: [Vec<WeekError>; WEEKS_AHEAD],
}

/// Error of the level over one past week.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct WeekError {
    /// Mean of log came less log expected over the week's ordinary days.
    pub log: f64,
    /// How many days that were, and the contacts they had.
    pub days: f64,
    pub contacts: f64,
}

/// Forecasts the log day totals of days `origin..end`.
pub(crate) fn forecast_level(
    grid: &Grid,
    effect: &CalendarEffect,
    origin: usize,
    end: usize,
) -> Level {
    let start = origin.saturating_sub(WARM_UP + 7 * SCORED_WEEKS);
    // Days not to learn from are NaN; events are, by what they are known to do.
    let clean: Vec<f64> = (start..origin)
        .map(|d| {
            if grid.trust[d] == 0.0 {
                f64::NAN
            } else {
                (grid.total[d] + 0.5).ln() - effect.log[d]
            }
        })
        .collect();
    let known = clean.iter().filter(|v| v.is_finite()).count();
    if known == 0 {
        return Level {
            log: vec![(0.5f64).ln(); end - origin],
            ..Level::default()
        };
    }
    let weekdays = &grid.weekday[start..end];
    let (first, clip) = initial(&clean, weekdays);
    let n = clean.len();
    let scored_from = n.saturating_sub(7 * SCORED_WEEKS).max(n.min(28));
    let mut scores = [[0.0f64; 2]; SETS];
    let mut finals = Vec::with_capacity(SETS);
    // Signed errors of whole weeks, by set and lead, week by week.
    let mut weeks = vec![[const { Vec::new() }; WEEKS_AHEAD]; SETS];
    for (set, score) in scores.iter_mut().enumerate() {
        let (gain, weekday_gain, (trend_gain, damping)) = parameters(set);
        let mut state = first;
        for d in 0..n {
            if d >= scored_from && (n - d).is_multiple_of(7) {
                for (lead, weeks) in weeks[set].iter_mut().enumerate() {
                    let from = d + 7 * lead;
                    let (absolute, signed) = loss(&state, damping, &clean, weekdays, from, d);
                    weeks.push(signed);
                    match lead {
                        0 => score[0] += absolute,
                        3 => score[1] += absolute,
                        _ => {}
                    }
                }
            }
            if trend_gain > 0.0 {
                state.level += state.trend;
                state.trend *= damping;
            }
            if clean[d].is_finite() {
                let w = weekdays[d];
                let e = (clean[d] - state.level - state.weekday[w]).clamp(-clip, clip);
                let e = e * effect.trust[start + d];
                state.level += gain * e;
                state.trend += trend_gain * gain * e;
                state.weekday[w] += weekday_gain * (1.0 - gain) * e;
            }
        }
        finals.push((state, damping));
    }
    let near = best(&scores, |s| s[0]);
    let far = best(&scores, |s| s[1]);
    let week_errors = std::array::from_fn(|lead| {
        let sets = if lead == 0 { &near } else { &far };
        let scored = (scored_from..n).filter(|&d| (n - d).is_multiple_of(7));
        scored
            .enumerate()
            .map(|(k, d)| {
                let from = d + 7 * lead;
                let days = (from..from + 7)
                    .filter(|&e| e < n && clean[e].is_finite())
                    .count() as f64;
                let contacts = (from..from + 7)
                    .filter(|&e| e < n && clean[e].is_finite())
                    .map(|e| grid.came(start + e))
                    .sum();
                let sum: f64 = sets.iter().map(|&set| weeks[set][lead][k]).sum();
                WeekError {
                    log: sum / sets.len() as f64 / days.max(1.0),
                    days,
                    contacts,
                }
            })
            .filter(|e| e.days > 0.0)
            .collect()
    });
    let log = (origin..end)
        .map(|d| {
            let ahead = d - origin;
            let value = |sets: &[usize]| {
                sets.iter()
                    .map(|&i| ahead_of(&finals[i].0, finals[i].1, ahead, grid.weekday[d]))
                    .sum::<f64>()
                    / sets.len() as f64
            };
            // Week 1 by its own best sets, week 4 and later by theirs, between them both.
            let late = (ahead as f64 / 7.0).floor().min(3.0) / 3.0;
            (1.0 - late) * value(&near) + late * value(&far)
        })
        .collect();
    Level { log, week_errors }
}

fn parameters(set: usize) -> (f64, f64, (f64, f64)) {
    let (trend, rest) = (set % TRENDS.len(), set / TRENDS.len());
    (
        LEVEL_GAINS[rest / WEEKDAY_GAINS.len()],
        WEEKDAY_GAINS[rest % WEEKDAY_GAINS.len()],
        TRENDS[trend],
    )
}

fn best(scores: &[[f64; 2]; SETS], of: impl Fn(&[f64; 2]) -> f64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..SETS).collect();
    order.sort_by(|&a, &b| of(&scores[a]).total_cmp(&of(&scores[b])).then(a.cmp(&b)));
    order.truncate(AVERAGED);
    order
}

/// Weekday medians of the first eight weeks, level of the first two, and the clip.
fn initial(clean: &[f64], weekdays: &[usize]) -> (State, f64) {
    let mut head: Vec<f64> = clean
        .iter()
        .copied()
        .filter(|v| v.is_finite())
        .take(14)
        .collect();
    let level = median(&mut head);
    let mut weekday = [0.0; 7];
    for (w, value) in weekday.iter_mut().enumerate() {
        let mut own: Vec<f64> = clean
            .iter()
            .zip(weekdays)
            .filter(|(v, d)| v.is_finite() && **d == w)
            .map(|(v, _)| v - level)
            .take(8)
            .collect();
        *value = if own.is_empty() {
            0.0
        } else {
            median(&mut own)
        };
    }
    let steps: Vec<f64> = (7..clean.len())
        .map(|d| clean[d] - clean[d - 7])
        .filter(|v| v.is_finite())
        .collect();
    let scale = if steps.len() >= 5 {
        robust_scale(&steps) / std::f64::consts::SQRT_2
    } else {
        0.2
    };
    (
        State {
            level,
            trend: 0.0,
            weekday,
        },
        CLIP * scale.max(1e-3),
    )
}

fn ahead_of(state: &State, damping: f64, ahead: usize, weekday: usize) -> f64 {
    let steps = ahead as i32 + 1;
    let run = if damping > 0.0 {
        (1.0 - damping.powi(steps)) / (1.0 - damping)
    } else {
        0.0
    };
    state.level + state.trend * run + state.weekday[weekday]
}

/// Absolute and signed error over the week that begins on day `from`, seen from day `now`.
fn loss(
    state: &State,
    damping: f64,
    clean: &[f64],
    weekdays: &[usize],
    from: usize,
    now: usize,
) -> (f64, f64) {
    (from..(from + 7).min(clean.len()))
        .filter(|&e| clean[e].is_finite())
        .map(|e| clean[e] - ahead_of(state, damping, e - now, weekdays[e]))
        .fold((0.0, 0.0), |t, e| (t.0 + e.abs(), t.1 + e))
}
