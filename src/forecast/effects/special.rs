//! Holidays, the days between the years and events: learned by name.

use super::belief::Belief;
use super::beside::LONG_WEEKEND;
use super::residuals::Residuals;
use super::{CalendarEffect, ComesAgain};
use crate::forecast::grid::{Grid, Kind};
use crate::forecast::shape::Effect;
use chrono::Datelike;

/// Observations that pull the effect of all holidays together towards nothing.
const COMMON_SHRINK: f64 = 1.5;
/// Observations that pull a named day to the effect of its kind.
const NAMED_SHRINK: f64 = 0.3;
/// Observations that pull the days between the years to half a holiday (they are few and alike within a year).
const SEASON_SHRINK: f64 = 3.0;
/// Christmas Day, where it is a holiday and has not been seen yet, against the mean holiday.
const CHRISTMAS: f64 = 1.75;
/// Variance of the log effect between holidays (some are ordinary days, some half of one, some next to nothing), and of one holiday
/// between years.
pub(super) const BETWEEN_NAMES: Belief = Belief {
    variance: 0.15,
    worth: 2.0,
};
const WITHIN_NAME: Belief = Belief {
    variance: 0.01,
    worth: 2.0,
};
/// Variance of the log of an event's effect.
const EVENT_VARIANCE: f64 = 0.02;
/// Variance of a special day's log effect between queues.
const QUEUE_VARIANCE: f64 = 0.01;
/// Least factor that is told from nothing at all.
const LEAST_FACTOR: f64 = 1e-3;
/// Shrinkage of a user's event to the factor that the user wrote.
const EVENT_SHRINK: f64 = 1.0;

/// Holidays (all together, then by name) and events (by name, from what the user expects). Without residuals, where the history is
/// too short to tell a day's effect from its weekday's, they do what they did to other queues and what the user expects.
pub(super) fn days(
    grid: &Grid,
    residuals: Option<&Residuals>,
    origin: usize,
    end: usize,
    effect: &mut CalendarEffect,
) {
    let start = residuals.map_or(0, |r| r.start);
    let seen: Vec<(usize, f64)> = residuals.map_or_else(Vec::new, |residuals| {
        (start..origin)
            .filter(|&d| grid.is_special(d) && residuals.at(d).is_finite())
            .map(|d| (d, residuals.at(d) - base(grid, effect, d)))
            .collect()
    });
    let holidays: Vec<f64> = seen
        .iter()
        .filter(|s| grid.is_holiday(s.0))
        .map(|s| s.1)
        .collect();
    let n = holidays.len() as f64;
    let common = holidays.iter().sum::<f64>() / (n + COMMON_SHRINK);
    let squares: f64 = holidays.iter().map(|r| (r - common).powi(2)).sum();
    // The next holiday differs from the mean of all, which is itself a guess.
    let between = BETWEEN_NAMES.of_next(squares, n) * (1.0 + 1.0 / (n + COMMON_SHRINK));
    let within = within_names(grid, start, &seen);
    let season: Vec<f64> = seen
        .iter()
        .filter(|s| {
            grid.specials[s.0]
                .iter()
                .any(|t| t.kind == Kind::BetweenTheYears)
        })
        .map(|s| s.1)
        .collect();
    let days = season.len() as f64;
    let half = (season.iter().sum::<f64>() + SEASON_SHRINK * 0.5 * common) / (days + SEASON_SHRINK);
    let season_unseen = Belief {
        variance: 0.5 * between + LONG_WEEKEND.variance,
        worth: SEASON_SHRINK,
    };
    let squares = season.iter().map(|r| (r - half).powi(2)).sum();
    let season_unseen = season_unseen.learned(squares, days);
    for d in start..end {
        let (mut log, mut variance) = (0.0, 0.0);
        for special in &grid.specials[d] {
            let same: Vec<(usize, f64)> = seen
                .iter()
                .filter(|s| s.0 != d && grid.specials[s.0].iter().any(|t| t.name == special.name))
                .copied()
                .collect();
            let m = same.len() as f64;
            let (prior, shrink, unseen) = match special.kind {
                Kind::Holiday if (grid.date(d).month(), grid.date(d).day()) == (12, 25) => (
                    CHRISTMAS * common,
                    NAMED_SHRINK,
                    CHRISTMAS.powi(2) * between,
                ),
                Kind::Holiday => (common, NAMED_SHRINK, between),
                Kind::BetweenTheYears => (half, NAMED_SHRINK, season_unseen),
                Kind::Event => (
                    special.factor.max(LEAST_FACTOR).ln(),
                    EVENT_SHRINK,
                    EVENT_VARIANCE,
                ),
            };
            // What the day did to other queues, as far as it was seen there.
            let (lent, witnesses) = (grid.lent.effect(origin, special.name)).unwrap_or((0.0, 0.0));
            let prior = (prior + witnesses * lent) / (1.0 + witnesses);
            // A small day's own effect is mostly chance.
            let chance = same
                .iter()
                .map(|s| 1.0 / (grid.total[s.0] + 1.0))
                .sum::<f64>()
                / m.max(1.0);
            let shrink = shrink + chance / QUEUE_VARIANCE;
            let learned = (same.iter().map(|s| s.1).sum::<f64>() + shrink * prior) / (m + shrink);
            if d >= origin && special.kind == Kind::Event && !same.is_empty() {
                effect.come_again.push(ComesAgain {
                    day: d,
                    name: special.name,
                    told: special.factor,
                    learned: learned.exp(),
                    days: same.len(),
                });
            }
            log += learned;
            // What is not known of the name's effect, and what it differs by from one year to the next.
            let yearly = within.min(unseen);
            variance += 1.0 / (1.0 / unseen + (m + witnesses) / yearly)
                + if m > 0.0 { yearly } else { 0.0 };
        }
        if grid.is_special(d) {
            effect.log[d] = log + base(grid, effect, d);
            effect.variance[d] = variance;
        }
    }
}

/// Variance of a special day's log effect between the years in which it was seen.
fn within_names(grid: &Grid, start: usize, seen: &[(usize, f64)]) -> f64 {
    let end = seen.last().map_or(start, |s| s.0 + 1);
    let (mut squares, mut freedom) = (0.0, 0.0);
    for days in grid.days_by_name(start, end, Kind::Holiday) {
        let own: Vec<f64> = seen
            .iter()
            .filter(|s| days.contains(&s.0))
            .map(|s| s.1)
            .collect();
        if own.len() > 1 {
            let mean = own.iter().sum::<f64>() / own.len() as f64;
            squares += own.iter().map(|r| (r - mean).powi(2)).sum::<f64>();
            freedom += own.len() as f64 - 1.0;
        }
    }
    WITHIN_NAME.of_next(squares, freedom)
}

/// What is known of a special day before its own effect: nothing of a holiday, else the ordinary columns or the long weekend.
fn base(grid: &Grid, effect: &CalendarEffect, d: usize) -> f64 {
    if grid.is_holiday(d) {
        0.0
    } else {
        effect.log[d]
    }
}

/// What special days did to a queue, for lending; `first` is the grid's first day since 1970-01-01.
pub(crate) fn special_effects(grid: &Grid, origin: usize, first: i64) -> Vec<Effect> {
    let Some(residuals) = Residuals::of(grid, origin) else {
        return Vec::new();
    };
    (residuals.start..origin)
        .filter(|&d| residuals.at(d).is_finite())
        .flat_map(|d| grid.specials[d].iter().map(move |s| (d, s.name)))
        .map(|(d, name)| Effect {
            day: first + d as i64,
            name: grid.names[name].clone(),
            log: residuals.at(d),
            contacts: grid.total[d],
        })
        .collect()
}
