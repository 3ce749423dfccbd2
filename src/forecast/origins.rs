//! Every model's forecast from one origin, kept so that backtests, choice and quantiles share the work.

use super::effects::{CalendarEffect, ComesAgain, Rhythm};
use super::grid::Grid;
use super::level::WeekError;
use super::mix::Mix;
use super::models::{ALL, CALENDAR_MEDIAN, Known, MEDIAN_OF_SIX};
use super::rolling::WEEKS_AHEAD;

/// All models' forecasts of days `origin..end`.
#[derive(Clone, Debug)]
pub(crate) struct Origin {
    pub origin: usize,
    pub end: usize,
    /// One matrix a model, in the order of [`ALL`].
    pub forecasts: Vec<Vec<f64>>,
    /// Extra variance of the log of each day's total (special days), `origin..end`.
    pub variance: Vec<f64>,
    /// Days that are special or beside one, `origin..end`.
    pub unusual: Vec<bool>,
    /// Intervals at a time of the week of which nothing was known, `origin..end`: the first weeks of new opening hours, which
    /// say nothing about the models. Empty where there are none.
    pub unseen: Vec<bool>,
    /// A rhythm of whole weeks that was found.
    pub rhythm: Option<Rhythm>,
    /// Events to come that were there before.
    pub come_again: Vec<ComesAgain>,
    /// Errors of the level over whole weeks before `origin`, by weeks ahead.
    pub week_errors: [Vec<WeekError>; WEEKS_AHEAD],
}

impl Origin {
    /// Fits every model to the days before `origin` and forecasts to day `end` (or the grid's last).
    pub fn fit(grid: &Grid, origin: usize, end: usize) -> Origin {
        let end = end.min(grid.days);
        let effect = CalendarEffect::fit(grid, origin, end);
        let known = Known::new(grid, &effect, origin, end);
        let forecasts = ALL.iter().map(|m| m.forecast(&known)).collect();
        Origin {
            origin,
            end,
            forecasts,
            rhythm: effect.rhythm,
            come_again: effect.come_again.clone(),
            unseen: unseen(grid, origin, end),
            week_errors: known.week_errors(),
            variance: effect.variance[origin..end].to_vec(),
            unusual: (origin..end)
                .map(|d| effect.trust[d] < 1.0 || grid.is_special(d))
                .collect(),
        }
    }

    /// Whether something was known of that time of the week.
    pub fn has_seen(&self, slots: usize, d: usize, s: usize) -> bool {
        let at = (d - self.origin) * slots + s;
        self.unseen.get(at).is_none_or(|unseen| !unseen)
    }

    /// The mix's forecast for slot `s` of day `d`.
    pub fn blend(&self, mix: &Mix, slots: usize, d: usize, s: usize) -> f64 {
        let at = (d - self.origin) * slots + s;
        let stand_in = mix.knows_calendar && self.unusual[d - self.origin];
        let mut sum = 0.0;
        for (m, &w) in mix.weights.iter().enumerate().filter(|(_, w)| **w != 0.0) {
            let m = if stand_in && m == MEDIAN_OF_SIX {
                CALENDAR_MEDIAN
            } else {
                m
            };
            sum += w * self.forecasts[m][at];
        }
        sum.max(0.0)
    }
}

fn unseen(grid: &Grid, origin: usize, end: usize) -> Vec<bool> {
    let n = grid.slots;
    let mut seen = vec![false; 7 * n];
    for d in 0..origin {
        let own = &mut seen[grid.weekday[d] * n..][..n];
        for (seen, y) in own.iter_mut().zip(grid.row(d)) {
            *seen |= y.is_finite();
        }
    }
    let unseen: Vec<bool> = (origin..end)
        .flat_map(|d| {
            let seen = &seen[grid.weekday[d] * n..][..n];
            (0..n).map(move |s| grid.is_open(d, s) && !seen[s])
        })
        .collect();
    if unseen.contains(&true) {
        unseen
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::{LocalSeries, SpecialDay, SpecialKind};
    use chrono::{Days, NaiveDate};

    #[test]
    fn the_median_of_six_knows_holidays_where_it_is_used_and_not_as_a_yardstick() {
        let first_day = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap_or_default();
        // Wednesdays of weeks 6, 12 and 21 are holidays with a third of the contacts.
        let holidays = [6, 12, 21].map(|week| 7 * week + 2);
        let grid = Grid::new(&LocalSeries {
            first_day,
            slots_per_day: 1,
            counts: (0..7 * 20)
                .map(|d| {
                    Some(if holidays.contains(&d) {
                        300.0
                    } else {
                        900.0 + (d % 5) as f64
                    })
                })
                .collect::<Vec<_>>()
                .into_iter()
                .chain([None; 14])
                .collect(),
            open: vec![true; 7 * 22],
            handle_time_s: vec![],
            special_days: holidays
                .map(|d| SpecialDay {
                    date: first_day + Days::new(d as u64),
                    name: "Feast".into(),
                    kind: SpecialKind::PublicHoliday,
                })
                .to_vec(),
        });
        let origin = Origin::fit(&grid, 7 * 20, 7 * 22);
        let on = |mix: &Mix, d| origin.blend(mix, 1, d, 0);
        let (used, yardstick) = (Mix::of(Mix::median_of_six()), Mix::yardstick());
        let (feast, ordinary) = (holidays[2], holidays[2] - 7);
        assert!(on(&used, feast) < 450.0, "{}", on(&used, feast));
        assert!(on(&yardstick, feast) > 850.0);
        assert_eq!(on(&used, ordinary), on(&yardstick, ordinary));
    }
}
