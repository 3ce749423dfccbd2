//! The forecast and the backtest of all queues of a scenario.

use super::busyness::common_share;
use super::clock::{EventDays, Local, date_of, local_time};
use super::future_events::{apply_events, scale};
use super::handle_time::HandleTime;
use super::input::{ForecastInput, HistoryPoint, Target};
use super::lasting::Lasting;
use super::months::{MonthsError, WeekTotal, months_ahead};
use super::notes::Note;
use super::origins::Origin;
use super::prepare::prepare;
use super::read_back::Interval;
use super::repair::repair;
use super::rolling::{
    FEWEST_DAYS, Lead, ORIGIN_WEEKS, WEEKS_AHEAD, WeekScores, origins_before, score,
};
use super::today::{OwnDay, Today};
use super::weeks_told::{Told, UsualWeek};
use chrono::NaiveDate;
use rayon::prelude::*;
use thiserror::Error;

/// The forecast of one queue; vectors have one entry per target interval.
#[derive(Clone, Debug)]
pub struct QueueForecast {
    pub id: String,
    /// Mean contacts.
    pub contacts: Vec<f64>,
    /// Contacts at [`super::LEVELS`].
    pub quantiles: Vec<[f64; 5]>,
    /// Mean handle time in seconds; `None` if neither this queue nor another of its channel knows any.
    pub handle_time_s: Vec<Option<f64>>,
    /// Coefficient of variation of the day's busyness factor (one draw a queue and local day).
    pub day_cv: Vec<f64>,
    /// Over-dispersion `a` of the interval given the day: variance = mu + a mu^2.
    pub dispersion: Vec<f64>,
    /// Models of the mix and their weights at the first week of the target, heaviest first.
    pub models: Vec<(&'static str, f64)>,
    /// How that mix did on the past origins on which it was chosen, by week ahead.
    pub backtest: Vec<WeekScores>,
    pub notes: Vec<Note>,
}

/// The forecast of a scenario.
#[derive(Clone, Debug)]
pub struct Forecast {
    /// In the order of the input.
    pub queues: Vec<QueueForecast>,
    /// Share (0..1) of the day-level variance that is common to all queues.
    pub common_busyness: f64,
}

/// The backtest of one queue.
#[derive(Clone, Debug)]
pub struct QueueBacktest {
    pub id: String,
    /// Out-of-sample scores by week ahead; empty if the history is too short for any.
    pub weeks: Vec<WeekScores>,
    /// Models of the mix at the newest origin, by week ahead.
    pub models: Vec<Vec<(&'static str, f64)>>,
    pub notes: Vec<Note>,
}

/// Why a queue cannot be forecast.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum ForecastError {
    #[error(
        "queue {queue}: {known} days of history are too few to forecast from; give at least two weeks, or name a queue that it resembles: like = {{ queue = \"...\", contacts = 0.3 }}"
    )]
    TooShort {
        queue: String,
        days: usize,
        known: usize,
    },
    #[error(
        "queue {queue}: it is to be like queue number {like}, which has no usable history of its own; name one that has two weeks or more"
    )]
    NoModel { queue: String, like: usize },
    #[error("the target has no intervals, or their length does not fit a day")]
    Target,
}

/// Forecasts every queue for every interval of the target.
///
/// Pure: the same input gives the same output on any number of threads.
///
/// # Errors
/// Every queue that cannot be forecast, in order.
pub fn forecast(input: &ForecastInput) -> Result<Forecast, Vec<ForecastError>> {
    forecast_with(input, &input.target, None)
}

/// Forecasts what is left of the target at `now` (UTC seconds): the rest of today is corrected by today's `actuals` (one list a
/// queue, intervals of its history's length; later ones than `now` are left out), contacts and handle times. Returns the
/// intervals that are left and their forecast.
///
/// # Errors
/// As [`forecast`]; [`ForecastError::Target`] also if nothing is left of the target.
pub fn forecast_today(
    input: &ForecastInput,
    now: i64,
    actuals: &[Vec<HistoryPoint>],
) -> Result<(Target, Forecast), Vec<ForecastError>> {
    let step = i64::from(input.target.step_s.max(1));
    let gone = (now - input.target.start)
        .div_euclid(step)
        .clamp(0, input.target.len as i64);
    let target = Target {
        start: input.target.start + gone * step,
        step_s: input.target.step_s,
        len: input.target.len - gone as usize,
    };
    let forecast = forecast_with(input, &target, Some(&Today { now, actuals }))?;
    Ok((target, forecast))
}

fn forecast_with(
    input: &ForecastInput,
    target: &Target,
    today: Option<&Today>,
) -> Result<Forecast, Vec<ForecastError>> {
    let prepared = prepare(input, target, ORIGIN_WEEKS)?;
    // What came today is compared with the day as it would be published, so its part before the target is forecast too.
    let whole = today.map_or(*target, |today| today.with_its_day(&input.queues, target));
    let mut done: Vec<Done> = prepared
        .into_par_iter()
        .zip(&input.queues)
        .map(|(mut prepared, queue)| {
            let start = local_time(queue.clock, target.start).0 - prepared.local.first;
            let start = usize::try_from(start).unwrap_or(0);
            let mut local = prepared.forecast(start, today.is_some());
            let open_at = |day: i64, second: i64| (queue.open)(date_of(day), (second / 60) as u32);
            Done {
                intervals: local.intervals(&prepared, queue.clock, &whole, &open_at),
                own_day: today.and_then(|today| today.own_day(queue, &prepared, &mut local)),
                handle_time: prepared.handle_time.take(),
                models: (local.leads.first()).map_or(Vec::new(), |lead| lead.mix.names()),
                backtest: local.backtest,
                notes: prepared.notes,
                day_errors: local.day_errors,
                day_variance: local.day_variance,
                event_days: std::mem::take(&mut prepared.local.event_days),
            }
        })
        .collect();
    let borrowed: Vec<Option<f64>> = (input.queues.iter())
        .map(|queue| channel_handle_time(&queue.channel, input, &done))
        .collect();
    for (made, borrowed) in done.iter_mut().zip(&borrowed) {
        if made.handle_time.is_none() && borrowed.is_some() {
            made.notes.push(Note::HandleTimeBorrowed);
        }
    }
    let mut queues = published(input, &whole, &done, &borrowed);
    if let Some(today) = today {
        for (q, (done, queue)) in done.iter_mut().zip(&input.queues).enumerate() {
            if let Some(own) = &done.own_day {
                let news = today.news(queue, q, own, &whole, &queues[q]);
                news.correct(queue, &whole, &mut done.intervals);
            }
        }
        queues = published(input, &whole, &done, &borrowed);
        let gone = whole.len - target.len;
        queues.iter_mut().for_each(|queue| queue.forget_first(gone));
    }
    let errors: Vec<(Vec<(i64, f64)>, f64)> = done
        .into_iter()
        .map(|d| (d.day_errors, d.day_variance))
        .collect();
    Ok(Forecast {
        queues,
        common_busyness: common_share(&errors),
    })
}

/// One queue, forecast by its own history.
struct Done {
    intervals: Vec<Interval>,
    own_day: Option<OwnDay>,
    handle_time: Option<HandleTime>,
    models: Vec<(&'static str, f64)>,
    backtest: Vec<WeekScores>,
    notes: Vec<Note>,
    day_errors: Vec<(i64, f64)>,
    day_variance: f64,
    /// Days of events that the forecast holds already.
    event_days: EventDays,
}

/// Mean handle time of the queues of a channel that know theirs.
fn channel_handle_time(channel: &str, input: &ForecastInput, done: &[Done]) -> Option<f64> {
    let known: Vec<f64> = (input.queues.iter().zip(done))
        .filter(|(queue, _)| queue.channel == channel)
        .filter_map(|(_, done)| done.handle_time.as_ref().map(HandleTime::mean))
        .collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

/// The forecasts with all that the user said of the target: events, contacts that move, changes.
fn published(
    input: &ForecastInput,
    target: &Target,
    done: &[Done],
    borrowed: &[Option<f64>],
) -> Vec<QueueForecast> {
    let mut queues: Vec<QueueForecast> = (input.queues.iter().zip(done).zip(borrowed))
        .map(|((queue, done), borrowed)| {
            let usual = |i: &Interval| {
                let own = done.handle_time.as_ref().map(|h| h.at(i.weekday, i.slot));
                own.or(*borrowed).map(|h| h * i.handle_factor)
            };
            QueueForecast {
                id: queue.id.clone(),
                contacts: done.intervals.iter().map(|i| i.mean).collect(),
                quantiles: done.intervals.iter().map(|i| i.quantiles).collect(),
                handle_time_s: done.intervals.iter().map(usual).collect(),
                day_cv: done.intervals.iter().map(|i| i.day_cv).collect(),
                dispersion: done.intervals.iter().map(|i| i.dispersion).collect(),
                models: done.models.clone(),
                backtest: done.backtest.clone(),
                notes: done.notes.clone(),
            }
        })
        .collect();
    let in_forecast: Vec<&EventDays> = done.iter().map(|done| &done.event_days).collect();
    apply_events(input, target, &in_forecast, &mut queues);
    for (made, queue) in queues.iter_mut().zip(&input.queues) {
        let changes = Lasting::of(queue, &input.target);
        for i in 0..target.len {
            let at = target.start + i as i64 * i64::from(target.step_s);
            let (contacts, handle_time) = changes.ahead(at);
            scale(made, i, contacts, handle_time);
        }
    }
    queues
}

impl QueueForecast {
    fn forget_first(&mut self, intervals: usize) {
        self.contacts.drain(..intervals);
        self.quantiles.drain(..intervals);
        self.handle_time_s.drain(..intervals);
        self.day_cv.drain(..intervals);
        self.dispersion.drain(..intervals);
    }
}

/// Backtests every queue on `origins` weekly origins at the given weeks ahead (1..=4): at each origin everything later is
/// hidden, models are chosen and quantiles learned anew.
///
/// # Errors
/// As [`forecast`].
pub fn backtest(
    input: &ForecastInput,
    origins: usize,
    weeks: &[usize],
) -> Result<Vec<QueueBacktest>, Vec<ForecastError>> {
    let weeks: Vec<usize> = weeks
        .iter()
        .copied()
        .filter(|w| (1..=WEEKS_AHEAD).contains(w))
        .collect();
    let furthest = weeks.iter().copied().max().unwrap_or(1);
    let prepared = prepare(input, &input.target, furthest + origins + ORIGIN_WEEKS)?;
    Ok(prepared
        .into_par_iter()
        .zip(&input.queues)
        .map(|(prepared, queue)| {
            let scored: Vec<usize> = (0..origins)
                .map_while(|k| prepared.origin.checked_sub(7 * (furthest + k)))
                .filter(|&o| o >= FEWEST_DAYS)
                .collect();
            let mut starts: Vec<usize> = scored
                .iter()
                .flat_map(|&o| origins_before(o).chain([o]))
                .collect();
            starts.sort_unstable();
            starts.dedup();
            let grid = &prepared.grid;
            let fits: Vec<Origin> = starts
                .iter()
                .map(|&o| Origin::fit(grid, o, o + 7 * WEEKS_AHEAD))
                .collect();
            let models = scored.first().map_or(Vec::new(), |&now| {
                weeks
                    .iter()
                    .map(|&week| Lead::choose(grid, &fits, now, week).mix.names())
                    .collect()
            });
            let scores = if scored.is_empty() {
                Vec::new()
            } else {
                score(grid, &fits, &scored, &weeks)
            };
            QueueBacktest {
                id: queue.id.clone(),
                weeks: scores,
                models,
                notes: prepared.notes,
            }
        })
        .collect())
}

/// Week totals of each queue months ahead, from the last whole week of its history (on its own clock), with the events and changes that
/// are told of them; a queue without two whole weeks of its own says so.
pub fn months(input: &ForecastInput, weeks: usize) -> Vec<Result<Vec<WeekTotal>, MonthsError>> {
    type Week = (WeekTotal, Told);
    let made: Vec<Result<Vec<Week>, MonthsError>> = (input.queues.par_iter())
        .map(|queue| {
            let mut local =
                Local::of(queue, &input.target).ok_or(MonthsError::TooShort { weeks: 0 })?;
            repair(&mut local);
            let ahead = months_ahead(&local.series, weeks)?;
            let usual = UsualWeek::of(&local);
            let told = |week: WeekTotal| {
                let told = usual.told(queue, &input.target, week.monday);
                (week, told)
            };
            Ok(ahead.into_iter().map(told).collect())
        })
        .collect();
    let mut moved: Vec<(usize, NaiveDate, f64)> = Vec::new();
    let mut months: Vec<Result<Vec<WeekTotal>, MonthsError>> = Vec::with_capacity(made.len());
    for made in made {
        months.push(made.map(|weeks| {
            let as_told = |(mut week, told): Week| {
                let gone = told.moved.iter();
                moved.extend(gone.map(|(to, share)| (*to, week.monday, share * week.contacts)));
                week.scale(told.factor);
                week
            };
            weeks.into_iter().map(as_told).collect()
        }));
    }
    for (to, monday, contacts) in moved {
        let weeks = months.get_mut(to).and_then(|weeks| weeks.as_mut().ok());
        let week = weeks.and_then(|weeks| weeks.iter_mut().find(|week| week.monday == monday));
        if let Some(week) = week.filter(|week| week.contacts > 0.0) {
            week.scale((week.contacts + contacts) / week.contacts);
        }
    }
    months
}
