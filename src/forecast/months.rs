//! Months ahead, for capacity: totals of weeks up to 18 months, with an interval that widens.
//!
//! Source: reference/forecasting.md section 3.3. With two years: the mean of "a year ago times damped growth" and of a
//! season (harmonics of the year, ridge) on a damped trend; with one: the first alone; with less: flat at the last weeks.
//! The interval comes from the same method's errors at earlier origins, never narrowing with the lead.

use super::grid::Grid;
use super::local::LocalSeries;
use super::notes::closed_since;
use super::numeric::solve_spd;
use super::weeks_past::{Past, shuts_again, take_out_closures};
use chrono::{Days, NaiveDate};
use thiserror::Error;

/// Longest lead, weeks.
pub const LONGEST: usize = 78;
pub(super) const YEAR: usize = 52;
/// Weeks compared with those a year before for the growth, and how much of its log is carried a year on.
const GROWTH_WEEKS: usize = 13;
const GROWTH_KEPT: f64 = 0.7;
/// Weeks of the flat level.
const FLAT_WEEKS: usize = 8;
const HARMONICS: usize = 4;
const SEASON_RIDGE: f64 = 8.0;
/// Damping of the trend a week.
const DAMPING: f64 = 0.97;
/// Leads at which past errors are measured.
const LEADS: [usize; 5] = [1, 4, 13, 26, 52];
/// Standard deviation of the log that is believed before any error is seen: at once, and its growth per square root of a week.
const FIRST_SD: f64 = 0.03;
const GROWING_SD: f64 = 0.01;
/// Its growth where no season is known.
const BLIND_SD: f64 = 0.025;
/// Past errors that outweigh that belief.
const BELIEF: f64 = 4.0;
/// Contacts a week of which no season can be seen.
const FEW: f64 = 10.0;
/// Most that the mean may lie above the middle of the logarithm; of a queue with hardly a contact a week it is about this.
const MOST_ABOVE: f64 = 2.0;
const NORMAL: [f64; 5] = [-1.96, -1.2816, 0.0, 1.2816, 1.96];

/// One week ahead.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekTotal {
    /// First day, a Monday.
    pub monday: NaiveDate,
    pub contacts: f64,
    /// At [`super::LEVELS`].
    pub quantiles: [f64; 5],
}

/// Why no months can be forecast.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum MonthsError {
    #[error(
        "too few whole weeks of history ({weeks}) to look months ahead; two are the least, a year is better, two years show the season"
    )]
    TooShort { weeks: usize },
}

/// Forecasts the totals of the `weeks` weeks (at most [`LONGEST`]) after the last whole week of the series.
///
/// # Errors
/// With fewer than two whole weeks of history.
pub fn months_ahead(series: &LocalSeries, weeks: usize) -> Result<Vec<WeekTotal>, MonthsError> {
    let grid = Grid::new(series);
    let Past {
        first,
        mut totals,
        holiday,
    } = Past::of(&grid);
    if totals.len() < 2 {
        return Err(MonthsError::TooShort {
            weeks: totals.len(),
        });
    }
    let horizon = weeks.min(LONGEST);
    let shut = take_out_closures(&mut totals);
    let closed = closed_since(&grid, grid.days).is_some();
    let log: Vec<f64> = totals.iter().map(|t| (t + 0.5).ln()).collect();
    let ahead = project(&log, horizon);
    // Of the log of a Poisson number plus a half, near enough.
    let level = mean(newest(&totals, FLAT_WEEKS));
    let spread = spread(&log, horizon, level / (level + 0.5).powi(2));
    let above = mean_above_middle(&totals);
    Ok(ahead
        .iter()
        .zip(&spread)
        .enumerate()
        .map(|(h, (value, sd))| {
            let mut week = WeekTotal {
                monday: first + Days::new(7 * (totals.len() + h) as u64),
                contacts: above * (value.exp() - 0.5).max(0.0),
                quantiles: NORMAL.map(|z| ((value + z * sd).exp() - 0.5).max(0.0)),
            };
            if closed || shuts_again(&shut, &holiday, totals.len() + h) {
                week.scale(0.0);
            }
            week
        })
        .collect())
}

impl WeekTotal {
    /// Multiplies contacts and quantiles.
    pub(super) fn scale(&mut self, factor: f64) {
        self.contacts *= factor;
        self.quantiles.iter_mut().for_each(|q| *q *= factor);
    }
}

/// Mean contacts against the middle of the logarithm: the smaller the queue, the more a good week outweighs a poor one.
fn mean_above_middle(totals: &[f64]) -> f64 {
    let (mut came, mut middle) = (0.0, 0.0);
    for weeks in newest(totals, YEAR).chunks(FLAT_WEEKS) {
        let log: Vec<f64> = weeks.iter().map(|t| (t + 0.5).ln()).collect();
        came += weeks.iter().sum::<f64>();
        middle += weeks.len() as f64 * (mean(&log).exp() - 0.5);
    }
    if middle <= 0.0 {
        return 1.0;
    }
    (came / middle).clamp(1.0, MOST_ABOVE)
}

fn newest(totals: &[f64], weeks: usize) -> &[f64] {
    &totals[totals.len().saturating_sub(weeks)..]
}

/// Log totals of the next `horizon` weeks.
fn project(log: &[f64], horizon: usize) -> Vec<f64> {
    let n = log.len();
    if n < YEAR + 4 || mean(newest(log, YEAR)) < FEW.ln() {
        return vec![mean(&log[n.saturating_sub(FLAT_WEEKS)..]); horizon];
    }
    let recent = GROWTH_WEEKS.min(n - YEAR);
    let growth = GROWTH_KEPT * (mean(&log[n - recent..]) - mean(&log[n - YEAR - recent..n - YEAR]));
    let year_ago: Vec<f64> = (0..horizon)
        .map(|h| {
            let years = h / YEAR + 1;
            let at = n + h - years * YEAR;
            // The mean of three weeks: holidays shift, and one odd week is no season.
            let near = mean(&log[at.saturating_sub(1)..(at + 2).min(n)]);
            let carried: f64 = (0..years as i32).map(|k| GROWTH_KEPT.powi(k)).sum();
            0.5 * (log[at] + near) + growth * carried
        })
        .collect();
    if n < 2 * YEAR {
        return year_ago;
    }
    seasonal(log, horizon)
        .iter()
        .zip(&year_ago)
        .map(|(s, y)| 0.5 * (s + y))
        .collect()
}

/// Harmonics of the year by ridge regression beside a straight line, then a damped trend from the last level.
fn seasonal(log: &[f64], horizon: usize) -> Vec<f64> {
    let n = log.len();
    let columns = 2 + 2 * HARMONICS;
    let row = |t: usize| -> Vec<f64> {
        let phase = 2.0 * std::f64::consts::PI * t as f64 / (365.25 / 7.0);
        let mut row = vec![1.0, (t as f64 - n as f64) / YEAR as f64];
        row.extend(
            (1..=HARMONICS).flat_map(|k| [(k as f64 * phase).sin(), (k as f64 * phase).cos()]),
        );
        row
    };
    let mut a = vec![0.0; columns * columns];
    let mut b = vec![0.0; columns];
    for (t, y) in log.iter().enumerate() {
        let x = row(t);
        for i in 0..columns {
            b[i] += x[i] * y;
            for j in 0..columns {
                a[i * columns + j] += x[i] * x[j];
            }
        }
    }
    for i in 2..columns {
        a[i * columns + i] += SEASON_RIDGE;
    }
    solve_spd(&mut a, &mut b);
    let season = |t: usize| {
        row(t)[2..]
            .iter()
            .zip(&b[2..])
            .map(|(x, c)| x * c)
            .sum::<f64>()
    };
    let clean: Vec<f64> = log.iter().enumerate().map(|(t, y)| y - season(t)).collect();
    let level = mean(&clean[n - FLAT_WEEKS..]);
    let trend = GROWTH_KEPT
        * (mean(&clean[n - GROWTH_WEEKS..]) - mean(&clean[n - YEAR - GROWTH_WEEKS..n - YEAR]))
        / YEAR as f64;
    (0..horizon)
        .map(|h| {
            let run = (1.0 - DAMPING.powi(h as i32 + 1)) / (1.0 - DAMPING);
            level + trend * run + season(n + h)
        })
        .collect()
}

/// Standard deviation of the log error at each lead, never falling; `chance` is the variance that the number of contacts alone makes.
fn spread(log: &[f64], horizon: usize, chance: f64) -> Vec<f64> {
    let growing = if log.len() < YEAR + 4 {
        BLIND_SD
    } else {
        GROWING_SD
    };
    let belief = |h: usize| ((FIRST_SD + growing * (h as f64).sqrt()).powi(2) + chance).sqrt();
    let mut measured: Vec<(f64, f64)> = vec![(0.0, belief(0))];
    for lead in LEADS {
        let (mut squares, mut n) = (0.0, 0.0);
        let mut origin = log.len().saturating_sub(lead);
        while origin >= 2 * FLAT_WEEKS && n < 26.0 {
            let e = log[origin + lead - 1] - project(&log[..origin], lead)[lead - 1];
            squares += e * e;
            n += 1.0;
            origin -= 2;
        }
        // Overlapping leads are few witnesses.
        let witnesses = n * 2.0 / (lead as f64 + 1.0);
        let witnesses = witnesses.min(n);
        let square = if n > 0.0 { squares / n } else { 0.0 };
        let variance = (witnesses * square + BELIEF * belief(lead).powi(2)) / (witnesses + BELIEF);
        let sd = variance.sqrt().max(measured[measured.len() - 1].1);
        measured.push((lead as f64, sd));
    }
    let (last, sd) = measured[measured.len() - 1];
    (1..=horizon)
        .map(|h| {
            let h = h as f64;
            if h >= last {
                return sd * (h / last).sqrt();
            }
            let i = measured.iter().rposition(|m| m.0 <= h).unwrap_or(0);
            let (a, b) = (measured[i], measured[i + 1]);
            a.1 + (b.1 - a.1) * (h - a.0) / (b.0 - a.0)
        })
        .collect()
}

pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(days: usize, of: impl Fn(usize) -> f64) -> LocalSeries {
        let first_day = NaiveDate::from_ymd_opt(2023, 1, 2).unwrap();
        LocalSeries {
            first_day,
            slots_per_day: 1,
            counts: (0..days).map(|d| Some(of(d))).collect(),
            open: vec![true; days],
            handle_time_s: vec![],
            special_days: vec![],
        }
    }

    fn wave(d: usize) -> f64 {
        (0.25 * (2.0 * std::f64::consts::PI * d as f64 / 365.25).sin()).exp()
    }

    #[test]
    fn follows_the_season_and_the_growth_of_two_years() {
        let grown = |d: usize| 1000.0 * wave(d) * (0.10 * d as f64 / 365.25).exp();
        let ahead = months_ahead(&series(1099, grown), 40).unwrap();
        assert_eq!(
            ahead[0].monday,
            NaiveDate::from_ymd_opt(2026, 1, 5).unwrap()
        );
        for (h, week) in ahead.iter().enumerate() {
            let truth: f64 = (1099 + 7 * h..1106 + 7 * h).map(grown).sum();
            assert!(
                (week.contacts / truth - 1.0).abs() < 0.06,
                "week {h}: {} {truth}",
                week.contacts
            );
            assert!(week.quantiles[0] < truth && truth < week.quantiles[4]);
        }
    }

    #[test]
    fn widens_and_is_flat_with_little_history() {
        let ahead = months_ahead(&series(98, |d| 100.0 + (d % 3) as f64), 100).unwrap();
        assert_eq!(ahead.len(), LONGEST);
        assert!(ahead.iter().all(|w| (w.contacts - 707.0).abs() < 10.0));
        let width = |w: &WeekTotal| w.quantiles[3] - w.quantiles[1];
        assert!(ahead.windows(2).all(|w| width(&w[1]) >= width(&w[0])));
        assert!(width(&ahead[51]) > 2.0 * width(&ahead[0]));
    }

    #[test]
    fn says_how_much_is_missing() {
        assert_eq!(
            months_ahead(&series(13, |_| 1.0), 4),
            Err(MonthsError::TooShort { weeks: 1 })
        );
    }
}
