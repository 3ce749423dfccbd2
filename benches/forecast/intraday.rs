//! The rest of a day forecast again once half of the usual volume has come, by the protocol of reference/forecasting.md section 3.2:
//! the last 60 open days before the final four weeks of a plain series.

use chrono::NaiveDate;
use followsun::forecast::series::{Absent, parse_series};
use followsun::forecast::{
    ForecastInput, HistoryPoint, LocalSeries, QueueInput, Target, forecast, forecast_today,
};
use rayon::prelude::*;

const DAYS_TRIED: usize = 60;
const LEFT_OUT: usize = 28;

/// Errors pooled over days: of intervals, of totals of the rest, and what came.
#[derive(Clone, Copy, Default)]
struct Missed {
    intervals: f64,
    totals: f64,
    came: f64,
}

impl Missed {
    fn of(forecast: &[f64], came: &[Option<f64>]) -> Missed {
        let pairs = || {
            forecast
                .iter()
                .zip(came)
                .filter_map(|(f, c)| Some((*f, (*c)?)))
        };
        Missed {
            intervals: pairs().map(|(f, c)| (f - c).abs()).sum(),
            totals: pairs().map(|(f, c)| f - c).sum::<f64>().abs(),
            came: pairs().map(|(_, c)| c).sum(),
        }
    }

    fn add(self, other: Missed) -> Missed {
        Missed {
            intervals: self.intervals + other.intervals,
            totals: self.totals + other.totals,
            came: self.came + other.came,
        }
    }
}

/// Prints the error of the rest of the day without an update, scaled by what came over what was expected, and with followsun's update.
pub fn run(file: &str, minutes: u32) {
    let text = std::fs::read_to_string(file).expect("a readable file");
    let series = parse_series(&text, minutes, Absent::Guess).expect("a series");
    let slots = series.slots_per_day;
    let day = |d: usize| &series.counts[d * slots..(d + 1) * slots];
    let known = series.counts.len() / slots;
    let open: Vec<usize> = (0..known.saturating_sub(LEFT_OUT))
        .filter(|&d| day(d).iter().flatten().sum::<f64>() > 0.0)
        .collect();
    let tried = &open[open.len().saturating_sub(DAYS_TRIED)..];
    let seen = half_of_the_volume(&series, &open);
    let all = tried.par_iter().map(|&d| one_day(&series, d, seen)).reduce(
        || [Missed::default(); 3],
        |a, b| std::array::from_fn(|way| a[way].add(b[way])),
    );
    println!(
        "{file}: {} days, {seen} of {slots} slots seen; WAPE % of the intervals left / of their total",
        tried.len()
    );
    for (way, missed) in ["no update", "x actual/forecast", "followsun"]
        .iter()
        .zip(all)
    {
        let share = |missed_by: f64| 100.0 * missed_by / missed.came;
        println!(
            "{way:18} {:6.2} / {:6.2}",
            share(missed.intervals),
            share(missed.totals)
        );
    }
}

/// Slots of a day after which half of what usually comes has come.
fn half_of_the_volume(series: &LocalSeries, open: &[usize]) -> usize {
    let slots = series.slots_per_day;
    let usual: Vec<f64> = (0..slots)
        .map(|slot| {
            open.iter()
                .filter_map(|day| series.counts[day * slots + slot])
                .sum()
        })
        .collect();
    let half = usual.iter().sum::<f64>() / 2.0;
    let mut sum = 0.0;
    usual
        .iter()
        .position(|volume| {
            sum += volume;
            sum >= half
        })
        .map_or(slots, |slot| slot + 1)
}

/// What each way misses on one day of which `seen` slots are known.
fn one_day(series: &LocalSeries, day: usize, seen: usize) -> [Missed; 3] {
    let slots = series.slots_per_day;
    let step = 86_400 / slots as i64;
    let start = series
        .first_day
        .and_hms_opt(0, 0, 0)
        .expect("midnight")
        .and_utc()
        .timestamp();
    let point = |index: usize| {
        Some(HistoryPoint {
            utc: start + index as i64 * step,
            contacts: series.counts[index]?,
            handle_time_s: None,
        })
    };
    let clock = |_: i64| 0;
    let is_open = |date: NaiveDate, minute: u32| {
        let day = date.signed_duration_since(series.first_day).num_days();
        let slot = (i64::from(minute) * 60 / step) as usize;
        usize::try_from(day)
            .ok()
            .and_then(|day| series.open.get(day * slots + slot).copied())
            .unwrap_or(true)
    };
    let input = ForecastInput {
        queues: vec![QueueInput {
            id: "series".to_owned(),
            language: String::new(),
            channel: String::new(),
            deferred: false,
            clock: &clock,
            open: &is_open,
            history: (0..day * slots).filter_map(point).collect(),
            history_interval_s: step as u32,
            special_days: series.special_days.clone(),
            events: Vec::new(),
            like: None,
            changes: Vec::new(),
        }],
        target: Target {
            start: start + (day * slots) as i64 * step,
            step_s: step as u32,
            len: slots,
        },
    };
    let here = day * slots;
    let morning: Vec<HistoryPoint> = (here..here + seen).filter_map(point).collect();
    let before = forecast(&input).expect("a forecast").queues.remove(0);
    let now = input.target.start + seen as i64 * step;
    let (_, updated) = forecast_today(&input, now, std::slice::from_ref(&morning)).expect("one");
    let expected: f64 = (here..here + seen)
        .filter(|&index| series.counts[index].is_some())
        .map(|index| before.contacts[index - here])
        .sum();
    let came: f64 = morning.iter().map(|point| point.contacts).sum();
    let scale = if expected > 0.0 { came / expected } else { 1.0 };
    let scaled: Vec<f64> = before.contacts[seen..].iter().map(|c| c * scale).collect();
    let rest = &series.counts[here + seen..here + slots];
    [
        Missed::of(&before.contacts[seen..], rest),
        Missed::of(&scaled, rest),
        Missed::of(&updated.queues[0].contacts, rest),
    ]
}
