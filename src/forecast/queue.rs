//! One queue: prepared history, backtested choice, forecast on the local grid.

use super::clock::{Local, local_time};
use super::grid::Grid;
use super::handle_time::HandleTime;
use super::input::QueueInput;
use super::intraday::PastDay;
use super::new_queue::Borrowed;
use super::notes::{self, Note};
use super::origins::Origin;
use super::repair::repair;
use super::review::{backtest_at, day_errors, past_days};
use super::rolling::{Lead, WEEKS_AHEAD, WeekScores, origins_before};

const DAY_S: i64 = 86_400;
/// Least growth of the day's variance per week beyond week 4.
const DRIFT: f64 = 0.0005;
/// Fewer weeks than this are remarked upon.
const SHORT_WEEKS: usize = 12;

/// A queue ready to be forecast.
pub(crate) struct Prepared {
    pub local: Local,
    pub grid: Grid,
    /// First day to forecast.
    pub origin: usize,
    pub borrowed: Option<Correction>,
    pub notes: Vec<Note>,
    pub handle_time: Option<HandleTime>,
    /// For histories of day totals: shares of the day by weekday and target interval (`7 * n`), lent by other queues.
    pub day_shape: Option<Vec<f64>>,
}

/// How a borrowed volume is corrected.
pub(crate) struct Correction {
    factor: f64,
    variance: f64,
    /// Share of full volume by day of the grid.
    ramp: Vec<f64>,
}

/// Forecast of one queue on its local grid, days `origin..`.
pub(crate) struct LocalForecast {
    pub origin: usize,
    pub days: usize,
    pub mean: Vec<f64>,
    /// Lead of each week, the first is week `first_week`.
    pub leads: Vec<Lead>,
    pub first_week: usize,
    /// Extra log variance by day.
    pub extra: Vec<f64>,
    pub backtest: Vec<WeekScores>,
    /// Log ratio of came to forecast by day number, one week ahead, with its Poisson variance taken out of `day_variance`.
    pub day_errors: Vec<(i64, f64)>,
    pub day_variance: f64,
    /// Ordinary days of the backtest, for corrections during the day; empty unless asked for.
    pub past_days: Vec<PastDay>,
}

impl Prepared {
    /// Repairs the history. `days` of the target decide where the forecast starts at the latest.
    pub fn own(mut local: Local, start_day: i64) -> Prepared {
        let mut notes = repair(&mut local);
        let grid = Grid::new(&local.series);
        let origin = local
            .origin
            .min(usize::try_from(start_day - local.first).unwrap_or(0));
        notes.extend(notes::outliers(&grid, origin));
        let mut prepared = Prepared {
            local,
            grid,
            origin,
            borrowed: None,
            notes,
            handle_time: None,
            day_shape: None,
        };
        let weeks = prepared.known_days().0 / 7;
        if weeks < SHORT_WEEKS {
            prepared.notes.push(Note::Short { weeks });
        }
        prepared.note_lead(start_day);
        prepared
    }

    pub fn borrowed(borrowed: Borrowed, from: &str, start_day: i64) -> Prepared {
        let grid = Grid::new(&borrowed.local.series);
        let first = borrowed.local.first;
        let origin = borrowed
            .local
            .origin
            .min(usize::try_from(start_day - first).unwrap_or(0));
        let ramp = (0..grid.days)
            .map(|d| borrowed.ramp(first + d as i64))
            .collect();
        let notes = vec![Note::Borrowed {
            from: from.to_string(),
            own_weeks: borrowed.own_weeks,
            factor: borrowed.factor,
        }];
        let correction = Correction {
            factor: borrowed.factor,
            variance: borrowed.variance,
            ramp,
        };
        let mut prepared = Prepared {
            local: borrowed.local,
            grid,
            origin,
            borrowed: Some(correction),
            notes,
            handle_time: None,
            day_shape: None,
        };
        prepared.note_lead(start_day);
        prepared
    }

    /// Learns handle times; after that the raw history is no longer needed and let go.
    pub fn learn_handle_time(&mut self, queue: &QueueInput) {
        let local = &mut self.local;
        let ranges: Vec<(i64, i64, f64)> = queue
            .events
            .iter()
            .map(|e| {
                let at = |utc| {
                    let (day, second) = local_time(queue.clock, utc);
                    day * DAY_S + second
                };
                (at(e.from), at(e.to), e.handle_time)
            })
            .collect();
        self.handle_time = HandleTime::fit(&local.series, &self.grid, self.origin, |d, s| {
            let middle =
                (local.first + d as i64) * DAY_S + s as i64 * local.slot_s + local.slot_s / 2;
            ranges
                .iter()
                .filter(|r| middle >= r.0 && middle < r.1)
                .map(|r| r.2)
                .product()
        });
        local.series.counts = Vec::new();
        local.series.open = Vec::new();
        local.series.handle_time_s = Vec::new();
    }

    /// Days that the history spans, with the weekend after it, and those of them that are open and known.
    pub fn known_days(&self) -> (usize, usize) {
        let known: Vec<usize> = (0..self.origin)
            .filter(|&d| self.grid.total[d].is_finite())
            .collect();
        let Some(first) = known.first() else {
            return (0, 0);
        };
        let open = |d: usize| self.grid.open_day.get(d).is_none_or(|open| *open);
        let closed_after = (self.origin..self.origin + 7).take_while(|&d| !open(d));
        (self.origin - first + closed_after.count(), known.len())
    }

    fn note_lead(&mut self, start_day: i64) {
        let gap = start_day - self.local.first - self.origin as i64;
        if gap > 7 {
            self.notes.push(Note::Stale { days: gap });
        }
        let end = self.grid.days.saturating_sub(2);
        let weeks = end.saturating_sub(self.origin).div_ceil(7);
        if weeks > WEEKS_AHEAD {
            self.notes.push(Note::FarAhead { weeks });
        }
    }

    /// Fits the origins that a choice at `now` looks at, and `now` itself to the end of the grid.
    pub fn origins(&self, now: usize, end: usize) -> Vec<Origin> {
        let mut fits: Vec<Origin> = origins_before(now)
            .map(|o| Origin::fit(&self.grid, o, o + 7 * WEEKS_AHEAD))
            .collect();
        fits.push(Origin::fit(&self.grid, now, end));
        fits
    }

    /// Forecasts days from the origin to the end of the grid; `start` is the first day of the target. `keep_past` keeps the
    /// backtested days.
    pub fn forecast(&mut self, start: usize, keep_past: bool) -> LocalForecast {
        let (grid, now) = (&self.grid, self.origin);
        let days = grid.days;
        let fits = self.origins(now, days);
        let current = &fits[fits.len() - 1];
        let first_week = start.saturating_sub(now) / 7 + 1;
        let last_week = (days - now).div_ceil(7).max(first_week);
        let near = Lead::choose(grid, &fits, now, 1);
        let leads: Vec<Lead> = (first_week..=last_week)
            .map(|week| match week {
                1 => near.clone(),
                2..=WEEKS_AHEAD => Lead::choose(grid, &fits, now, week),
                _ => further(&near, Lead::choose(grid, &fits, now, WEEKS_AHEAD), week),
            })
            .collect();
        let closed = notes::closed_since(grid, now);
        let slots = grid.slots;
        let mut mean = vec![0.0; (days - now) * slots];
        let mut extra = Vec::with_capacity(days - now);
        for d in now..days {
            let week = ((d - now) / 7 + 1).clamp(first_week, last_week);
            let Lead { mix, noise } = &leads[week - first_week];
            let factor = self.borrowed.as_ref().map_or(1.0, |b| b.factor * b.ramp[d]);
            let borrowed = self.borrowed.as_ref().map_or(0.0, |b| b.variance);
            extra.push(noise.extra(current.variance[d - now]) + borrowed);
            for s in 0..slots {
                if grid.is_open(d, s) && closed.is_none() {
                    mean[(d - now) * slots + s] = factor * current.blend(mix, slots, d, s);
                }
            }
        }
        let backtest = backtest_at(grid, &fits, now, &leads, first_week);
        let day_errors = day_errors(grid, &fits, now, &near, self.local.first);
        let day_variance = near.noise.busyness();
        let past_days = if keep_past {
            past_days(grid, &fits, now, &near)
        } else {
            Vec::new()
        };
        if let Some(day) = closed {
            self.notes.push(Note::Closed {
                date: self.grid.date(day),
            });
        } else {
            self.notes.extend(current.rhythm.map(|rhythm| Note::Rhythm {
                weeks: rhythm.weeks,
                range: rhythm.range,
            }));
            let again = notes::come_again(&self.grid, &current.come_again, start);
            self.notes.extend(again);
        }
        LocalForecast {
            origin: now,
            days,
            mean,
            leads,
            first_week,
            extra,
            backtest,
            day_errors,
            day_variance,
            past_days,
        }
    }
}

/// Week `week` beyond the last one that is backtested, `far`: its day variance goes on growing as it did from `near`.
fn further(near: &Lead, mut far: Lead, week: usize) -> Lead {
    let step = DRIFT.max((far.noise.week - near.noise.week) / (WEEKS_AHEAD - 1) as f64);
    far.noise.week += step * (week - WEEKS_AHEAD) as f64;
    far
}
