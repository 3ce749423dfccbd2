//! Days beside holidays: long weekends, and the days before and after a holiday of a name.

use super::CalendarEffect;
use super::belief::Belief;
use super::residuals::Residuals;
use super::special::BETWEEN_NAMES;
use crate::forecast::features::Neighbourhood;
use crate::forecast::grid::{Grid, Kind};
use crate::forecast::numeric::robust_scale;

/// Observations that pull the days next to a named holiday to the ordinary columns.
const BESIDE_SHRINK: f64 = 2.0;
/// Variance of the log of a day beside a holiday.
const BESIDE: Belief = Belief {
    variance: 0.01,
    worth: 3.0,
};
/// Beside the kinds of [`Neighbourhood::beside`].
const ONLY_NEAR: usize = 3;
/// Variance of the effect of a long weekend: half a holiday's effect.
pub(super) const LONG_WEEKEND: Belief = Belief {
    variance: 0.25 * BETWEEN_NAMES.variance,
    worth: BETWEEN_NAMES.worth,
};

/// The days between a holiday and the weekend, and that weekend: one effect for long weekends of four days (holiday on
/// a Thursday or Tuesday), one for those of three.
pub(super) fn long_weekends(
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
        let unsure = LONG_WEEKEND.of_next(weekends * spread, weekends);
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
pub(super) fn holidays(
    grid: &Grid,
    residuals: &Residuals,
    origin: usize,
    end: usize,
    effect: &mut CalendarEffect,
) {
    let start = residuals.start;
    let holidays = grid.days_by_name(start, end, Kind::Holiday);
    for offset in [-2, -1, 1, 2] {
        for days in &holidays {
            let beside: Vec<usize> = days
                .iter()
                .filter_map(|d| d.checked_add_signed(offset))
                .filter(|&d| d >= start && d < end && !grid.is_special(d))
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

/// How unsure the days around closures and holidays are: what such days were out by beyond what days are out anyway, less the
/// more of them have been seen.
pub(super) fn unsure(
    grid: &Grid,
    residuals: &Residuals,
    near: &Neighbourhood,
    origin: usize,
    end: usize,
    effect: &mut CalendarEffect,
) {
    let start = residuals.start;
    let kinds: Vec<(usize, Vec<usize>)> = (start..end)
        .filter(|&d| !grid.is_special(d))
        .map(|d| {
            let kinds = near.beside(d);
            // A day that is distrusted as near something special, but in no column.
            let only_near = kinds.is_empty() && grid.trust[d] < 1.0;
            (d, if only_near { vec![ONLY_NEAR] } else { kinds })
        })
        .filter(|(_, kinds)| !kinds.is_empty())
        .collect();
    let left: Vec<(f64, &Vec<usize>)> = kinds
        .iter()
        .filter(|(d, _)| *d < origin && residuals.at(*d).is_finite())
        .map(|(d, kinds)| (residuals.at(*d) - effect.log[*d], kinds))
        .collect();
    let usual: Vec<f64> = residuals
        .values
        .iter()
        .copied()
        .filter(|r| r.is_finite())
        .collect();
    let usual = robust_scale(&usual).powi(2);
    let squares: f64 = left.iter().map(|(r, _)| r * r - usual).sum();
    let spread = BESIDE.of_next(squares, left.len() as f64);
    for (d, kinds) in &kinds {
        let seen = left
            .iter()
            .filter(|(_, k)| k.iter().any(|k| kinds.contains(k)))
            .count() as f64;
        let own = spread * (1.0 + BESIDE_SHRINK / (seen + BESIDE_SHRINK));
        effect.variance[*d] = effect.variance[*d].max(own);
    }
}
