//! One queue: prepared history, backtested choice, forecast on the local grid, and the way back to UTC intervals.

use super::choice::{ORIGINS, each_known, observed};
use super::clock::{Local, local_time};
use super::grid::Grid;
use super::handle_time::HandleTime;
use super::input::{LocalClock, QueueInput, Target};
use super::new_queue::Borrowed;
use super::notes::{self, Note};
use super::numeric::median;
use super::origins::Origin;
use super::rolling::{FEWEST_DAYS, Lead, WEEKS_AHEAD, WeekScores, origins_before};
use super::scores::Tally;
use super::models::{ALL, MEDIAN_OF_SIX};

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
    first_week: usize,
    /// Extra log variance by day.
    extra: Vec<f64>,
    pub backtest: Vec<WeekScores>,
    /// Log ratio of came to forecast by day number, one week ahead, with its Poisson variance taken out of `day_variance`.
    pub day_errors: Vec<(i64, f64)>,
    pub day_variance: f64,
}

impl Prepared {
    /// Repairs the history. `days` of the target decide where the forecast starts at the latest.
    pub fn own(mut local: Local, start_day: i64) -> Prepared {
        let mut notes = notes::repair(&mut local);
        let grid = Grid::new(&local.series);
        let origin = local.origin.min(usize::try_from(start_day - local.first).unwrap_or(0));
        notes.extend(notes::outliers(&grid, origin));
        let weeks = (0..origin).find(|&d| grid.total[d].is_finite()).map_or(0, |d| (origin - d) / 7);
        if weeks < SHORT_WEEKS {
            notes.push(Note::Short { weeks });
        }
        let mut prepared = Prepared { local, grid, origin, borrowed: None, notes, handle_time: None };
        prepared.note_lead(start_day);
        prepared
    }

    pub fn borrowed(borrowed: Borrowed, from: &str, start_day: i64) -> Prepared {
        let grid = Grid::new(&borrowed.local.series);
        let first = borrowed.local.first;
        let origin = borrowed.local.origin.min(usize::try_from(start_day - first).unwrap_or(0));
        let ramp = (0..grid.days).map(|d| borrowed.ramp(first + d as i64)).collect();
        let notes = vec![Note::Borrowed { from: from.to_string(), own_weeks: borrowed.own_weeks, factor: borrowed.factor }];
        let correction = Correction { factor: borrowed.factor, variance: borrowed.variance, ramp };
        let mut prepared = Prepared { local: borrowed.local, grid, origin, borrowed: Some(correction), notes, handle_time: None };
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
            let middle = (local.first + d as i64) * DAY_S + s as i64 * local.slot_s + local.slot_s / 2;
            ranges.iter().filter(|r| middle >= r.0 && middle < r.1).map(|r| r.2).product()
        });
        local.series.counts = Vec::new();
        local.series.open = Vec::new();
        local.series.handle_time_s = Vec::new();
    }

    /// Days and open days known before the origin.
    pub fn known_days(&self) -> (usize, usize) {
        let known: Vec<usize> = (0..self.origin).filter(|&d| self.grid.total[d].is_finite()).collect();
        (known.first().map_or(0, |&d| self.origin - d), known.len())
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
        let mut fits: Vec<Origin> =
            origins_before(now).map(|o| Origin::fit(&self.grid, o, o + 7 * WEEKS_AHEAD)).collect();
        fits.push(Origin::fit(&self.grid, now, end));
        fits
    }

    /// Forecasts days from the origin to the end of the grid; `start` is the first day of the target.
    pub fn forecast(&mut self, start: usize) -> LocalForecast {
        let (grid, now) = (&self.grid, self.origin);
        let days = grid.days;
        let fits = self.origins(now, days);
        let current = &fits[fits.len() - 1];
        let first_week = start.saturating_sub(now) / 7 + 1;
        let last_week = (days - now).div_ceil(7).max(first_week);
        let mut leads: Vec<Lead> = Vec::new();
        let near = Lead::choose(grid, &fits, now, 1);
        for week in first_week..=last_week {
            let lead = match week {
                1 => near.clone(),
                2..=WEEKS_AHEAD => Lead::choose(grid, &fits, now, week),
                _ => {
                    let mut lead = if week > first_week { leads[0].clone() } else { Lead::choose(grid, &fits, now, WEEKS_AHEAD) };
                    if week > first_week && first_week <= WEEKS_AHEAD {
                        lead = leads[WEEKS_AHEAD - first_week].clone();
                    } else if week > first_week {
                        lead = leads[leads.len() - 1].clone();
                        lead.noise.day += DRIFT.max((lead.noise.day - near.noise.day) / (week - 1) as f64);
                        leads.push(lead);
                        continue;
                    }
                    let step = DRIFT.max((lead.noise.day - near.noise.day) / (WEEKS_AHEAD - 1) as f64);
                    lead.noise.day += step * (week - WEEKS_AHEAD) as f64;
                    lead
                }
            };
            leads.push(lead);
        }
        let closed = notes::closed_since(grid, now);
        let slots = grid.slots;
        let mut mean = vec![0.0; (days - now) * slots];
        let mut extra = current.variance.clone();
        for d in now..days {
            let week = ((d - now) / 7 + 1).clamp(first_week, last_week);
            let weights = &leads[week - first_week].weights;
            let factor = self.borrowed.as_ref().map_or(1.0, |b| b.factor * b.ramp[d]);
            extra[d - now] += self.borrowed.as_ref().map_or(0.0, |b| b.variance);
            for s in 0..slots {
                if grid.is_open(d, s) && closed.is_none() {
                    mean[(d - now) * slots + s] = factor * current.blend(weights, slots, d, s);
                }
            }
        }
        let backtest = backtest_at(grid, &fits, now, &leads, first_week);
        let day_errors = day_errors(grid, &fits, now, &near, self.local.first);
        let day_variance = near.noise.day;
        if let Some(day) = closed {
            self.notes.push(Note::Closed { date: self.grid.date(day) });
        }
        LocalForecast { origin: now, days, mean, leads, first_week, extra, backtest, day_errors, day_variance }
    }
}

/// Scores of the final choice on the origins that it was made on.
fn backtest_at(grid: &Grid, fits: &[Origin], now: usize, leads: &[Lead], first_week: usize) -> Vec<WeekScores> {
    let mut only = vec![0.0; ALL.len()];
    only[MEDIAN_OF_SIX] = 1.0;
    (first_week..=WEEKS_AHEAD)
        .zip(leads)
        .map(|(week, lead)| {
            let past = observed(fits, now, week, ORIGINS);
            let yardstick = super::noise::Noise::learn(grid, &past, week, &only);
            let (mut own, mut median) = (Tally::default(), Tally::default());
            for origin in &past {
                each_known(grid, origin, week, |d, s, y| {
                    let extra = origin.variance[d - origin.origin];
                    let mean = origin.blend(&lead.weights, grid.slots, d, s);
                    own.add(y, mean, &lead.noise.quantiles(mean, extra));
                    let mean = origin.blend(&only, grid.slots, d, s);
                    median.add(y, mean, &yardstick.quantiles(mean, extra));
                });
            }
            for d in now.saturating_sub(364).max(7)..now {
                for (y, before) in grid.row(d).iter().zip(grid.row(d - 7)).filter(|(y, b)| y.is_finite() && b.is_finite()) {
                    own.add_naive(y - before);
                    median.add_naive(y - before);
                }
            }
            WeekScores { week, scores: own.scores(), median_of_six: median.scores() }
        })
        .collect()
}

fn day_errors(grid: &Grid, fits: &[Origin], now: usize, lead: &Lead, first: i64) -> Vec<(i64, f64)> {
    let mut out = Vec::new();
    for origin in observed(fits, now, 1, ORIGINS) {
        for d in origin.origin..(origin.origin + 7).min(now) {
            if grid.total[d].is_finite() {
                let mean: f64 =
                    (0..grid.slots).filter(|&s| grid.is_open(d, s)).map(|s| origin.blend(&lead.weights, grid.slots, d, s)).sum();
                out.push((first + d as i64, ((grid.total[d] + 0.5) / (mean + 0.5)).ln()));
            }
        }
    }
    out.sort_by_key(|e| e.0);
    out
}

/// What one target interval gets.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Interval {
    pub mean: f64,
    pub quantiles: [f64; 5],
    pub day_cv: f64,
    pub dispersion: f64,
    /// Weekday (0 = Monday) and slot of its middle on the local grid.
    pub weekday: usize,
    pub slot: usize,
}

impl LocalForecast {
    /// Reads the local forecast back for every interval of the target.
    pub fn intervals(&self, prepared: &Prepared, clock: &dyn LocalClock, target: &Target, open_at: &dyn Fn(i64, i64) -> bool) -> Vec<Interval> {
        let (slot_s, slots) = (prepared.local.slot_s, prepared.grid.slots);
        let step = i64::from(target.step_s);
        (0..target.len as i64)
            .map(|i| {
                let (day, second) = local_time(clock, target.start + i * step);
                let (mut at, end) = (day * DAY_S + second, day * DAY_S + second + step);
                let mut mean = 0.0;
                while at < end {
                    let slot = at.div_euclid(slot_s);
                    let upto = ((slot + 1) * slot_s).min(end);
                    mean += self.piece(prepared, slot - prepared.local.first * slots as i64, at, upto, slot_s);
                    at = upto;
                }
                let middle = day * DAY_S + second + step / 2;
                let (day, second) = (middle.div_euclid(DAY_S), middle.rem_euclid(DAY_S));
                let d = usize::try_from(day - prepared.local.first).unwrap_or(0).clamp(self.origin, self.days - 1);
                let mut interval = Interval { weekday: prepared.grid.weekday[d], slot: (second / slot_s) as usize, ..Interval::default() };
                if !open_at(day, second) {
                    return interval;
                }
                let week = ((d - self.origin) / 7 + 1).max(self.first_week) - self.first_week;
                let lead = &self.leads[week.min(self.leads.len() - 1)];
                let extra = self.extra[d - self.origin];
                interval.mean = mean;
                interval.quantiles = lead.noise.quantiles(mean, extra);
                interval.day_cv = (lead.noise.day + extra).sqrt();
                interval.dispersion = lead.noise.interval;
                interval
            })
            .collect()
    }

    /// Contacts between two local instants inside one slot: the slot's, tilted towards its neighbours.
    fn piece(&self, prepared: &Prepared, cell: i64, from: i64, to: i64, slot_s: i64) -> f64 {
        let slots = prepared.grid.slots as i64;
        let at = |cell: i64| -> Option<f64> {
            let i = usize::try_from(cell - self.origin as i64 * slots).ok()?;
            self.mean.get(i).copied()
        };
        let Some(own) = at(cell) else { return 0.0 };
        let share = (to - from) as f64 / slot_s as f64;
        if to - from == slot_s || own <= 0.0 {
            return own * share;
        }
        let before = at(cell - 1).filter(|v| *v > 0.0).unwrap_or(own);
        let after = at(cell + 1).filter(|v| *v > 0.0).unwrap_or(own);
        let slope = ((after - before) / 2.0).clamp(-own, own);
        let middle = ((from + to) as f64 / 2.0).rem_euclid(slot_s as f64) / slot_s as f64 - 0.5;
        share * (own + slope * middle)
    }
}

/// Share of the day-level variance that queues have in common: mean covariance of their day errors over the mean product of
/// their day deviations (one-factor model). 0 with fewer than two queues.
pub(crate) fn common_share(queues: &[(Vec<(i64, f64)>, f64)]) -> f64 {
    // Several origins forecast a day only once each at week 1, so days are unique per queue.
    let (mut covariance, mut product) = (0.0, 0.0);
    let centred: Vec<Vec<(i64, f64)>> = queues
        .iter()
        .map(|(errors, _)| {
            let centre = median(&mut errors.iter().map(|e| e.1).collect::<Vec<_>>());
            errors.iter().map(|e| (e.0, (e.1 - centre).clamp(-1.0, 1.0))).collect()
        })
        .collect();
    for i in 0..queues.len() {
        for j in 0..i {
            let (mut a, mut b) = (centred[i].iter().peekable(), centred[j].iter().peekable());
            let (mut sum, mut n) = (0.0, 0.0);
            while let (Some(x), Some(y)) = (a.peek(), b.peek()) {
                match x.0.cmp(&y.0) {
                    std::cmp::Ordering::Less => drop(a.next()),
                    std::cmp::Ordering::Greater => drop(b.next()),
                    std::cmp::Ordering::Equal => {
                        sum += x.1 * y.1;
                        n += 1.0;
                        a.next();
                        b.next();
                    }
                }
            }
            if n >= FEWEST_DAYS as f64 {
                covariance += sum / n;
                product += (queues[i].1 * queues[j].1).sqrt();
            }
        }
    }
    if product > 0.0 { (covariance / product).clamp(0.0, 1.0) } else { 0.0 }
}
