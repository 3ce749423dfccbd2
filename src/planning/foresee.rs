//! The scenario and its history as the forecast's question, and its answer as demand.

use chrono::{NaiveDate, NaiveTime};

use crate::calendar::{Holiday, Instant, Zone};
use crate::forecast::{
    Change, Event, ForecastError, ForecastInput, HistoryPoint, Like, LocalClock, Note,
    QueueForecast, QueueInput, SpecialDay, SpecialKind, Target, forecast,
};
use crate::history::{History, QueueHistory};
use crate::results::TestedWeek;
use crate::scenario::domain::{Queue, QueueIndex, Scenario};

use super::demand::{Demand, QueueDemand};
use super::passed_on::{holds, is_fed, middle, pass_on};
use super::tested::tested_week;

/// Handle time where neither scenario nor history nor another queue of the channel knows one, seconds.
const UNKNOWN_HANDLE_TIME_S: f64 = 300.0;
/// Past weeks shown beside the forecast.
const WEEKS_SHOWN: usize = 4;

impl LocalClock for Zone {
    fn offset_seconds(&self, utc_seconds: i64) -> i32 {
        Zone::offset_seconds(self, utc_seconds)
    }
}

/// Calls `use_it` with the forecast's input for a scenario and its history.
pub fn with_forecast_input<T>(
    scenario: &Scenario,
    history: &History,
    use_it: impl FnOnce(&ForecastInput) -> T,
) -> T {
    let grid = scenario.grid();
    let opens: Vec<Box<dyn Fn(NaiveDate, u32) -> bool + Sync>> = scenario
        .queues
        .iter()
        .map(|queue| {
            let hours = queue.hours.clone();
            Box::new(move |date: NaiveDate, minute: u32| {
                NaiveTime::from_num_seconds_from_midnight_opt(minute * 60, 0)
                    .is_some_and(|time| hours.contains(date.and_time(time)))
            }) as Box<dyn Fn(NaiveDate, u32) -> bool + Sync>
        })
        .collect();
    let queues = scenario
        .queues
        .iter()
        .enumerate()
        .map(|(index, queue)| {
            queue_input(
                scenario,
                queue,
                index,
                history.queues.get(index),
                &*opens[index],
            )
        })
        .collect();
    use_it(&ForecastInput {
        queues,
        target: Target {
            start: grid.start.timestamp(),
            step_s: grid.step_minutes * 60,
            len: grid.len,
        },
    })
}

/// What is expected to come, from what has come.
///
/// # Errors
/// Every queue that cannot be forecast.
pub fn foresee(scenario: &Scenario, history: &History) -> Result<Demand, Vec<ForecastError>> {
    let made = with_forecast_input(scenario, history, forecast)?;
    let grid = scenario.grid();
    let mut demand = Demand::default();
    for (index, (queue, made)) in scenario.queues.iter().zip(made.queues).enumerate() {
        demand.notes.extend(
            made.notes
                .iter()
                .map(|note| format!("{}: {note}", queue.id)),
        );
        let open: Vec<bool> = grid
            .instants()
            .map(|at| queue.hours.contains(queue.zone.to_local(at)))
            .collect();
        demand.queues.push(QueueDemand {
            handle_time_s: handle_time(scenario, queue, QueueIndex(index), &made),
            day_cv: mean_open(&made.day_cv, &open),
            p10: made.quantiles.iter().map(|q| q[1]).collect(),
            p50: made.quantiles.iter().map(|q| q[2]).collect(),
            p90: made.quantiles.iter().map(|q| q[3]).collect(),
            tested: tested(&made),
            contacts: made.contacts,
            last_weeks: history
                .queues
                .get(index)
                .map_or(Vec::new(), |history| last_weeks(scenario, queue, history)),
            open,
        });
    }
    pass_on(scenario, history, &mut demand);
    Ok(demand)
}

/// Scores of the first week that the plan needs, on the weeks from which the models were chosen; a queue that borrows its past has none.
fn tested(made: &QueueForecast) -> Option<TestedWeek> {
    let borrowed = |note: &Note| matches!(note, Note::Borrowed { .. });
    let week = made.backtest.first()?;
    let scored = week.scores.contacts > 0.0 && !made.notes.iter().any(borrowed);
    scored.then(|| tested_week(week, &made.models))
}

/// Whether nothing is known of a queue.
pub(super) fn no_past(history: Option<&QueueHistory>) -> bool {
    history.is_none_or(|history| history.records.is_empty())
}

/// The records of a history as the forecast reads them.
pub(super) fn points(history: &QueueHistory) -> Vec<HistoryPoint> {
    let point = |record: &crate::history::Record| HistoryPoint {
        utc: record.start * 60,
        contacts: record.contacts,
        handle_time_s: record.handle_time_s,
    };
    history.records.iter().map(point).collect()
}

/// Those of them that begin before the plan ends: a date mistyped by years would otherwise be the end of all that is looked at.
fn before(history: &QueueHistory, end: Instant) -> Vec<HistoryPoint> {
    let mut points = points(history);
    points.retain(|point| point.utc < end.timestamp());
    points
}

fn mean_open(values: &[f64], open: &[bool]) -> f64 {
    let chosen: Vec<f64> = values
        .iter()
        .zip(open)
        .filter(|(_, open)| **open)
        .map(|(value, _)| *value)
        .collect();
    chosen.iter().sum::<f64>() / chosen.len().max(1) as f64
}

fn queue_input<'a>(
    scenario: &'a Scenario,
    queue: &'a Queue,
    index: usize,
    history: Option<&QueueHistory>,
    open: &'a (dyn Fn(NaiveDate, u32) -> bool + Sync),
) -> QueueInput<'a> {
    let minutes = history
        .and_then(|history| history.interval_minutes)
        .unwrap_or(scenario.interval_minutes);
    // What comes to a second level without a past, and what it sends on, is known once those before it are forecast.
    let fed = is_fed(scenario, history, index);
    QueueInput {
        id: queue.id.clone(),
        language: scenario.languages[queue.language.0].clone(),
        channel: queue.channel.name().to_owned(),
        deferred: queue.channel.is_deferred(),
        clock: &queue.zone,
        open,
        history: history.map_or(Vec::new(), |history| before(history, scenario.grid().end())),
        history_interval_s: minutes * 60,
        special_days: holidays(scenario, queue)
            .iter()
            .map(|holiday| SpecialDay {
                date: holiday.date,
                name: holiday.name.clone(),
                kind: SpecialKind::PublicHoliday,
            })
            .collect(),
        events: scenario
            .events
            .iter()
            .flat_map(|event| {
                event
                    .spans
                    .iter()
                    .filter(move |span| span.queue.0 == index)
                    .map(|span| Event {
                        name: event.name.clone(),
                        from: span.from.timestamp(),
                        to: span.until.timestamp(),
                        contacts: if fed { 1.0 } else { event.contacts },
                        handle_time: event.handle_time,
                        move_to: span.move_to.filter(|_| !fed).map(|to| to.0),
                    })
            })
            .chain(arrived(scenario, index, history))
            .collect(),
        like: match &queue.like {
            Some(like) => Some(Like {
                queue: like.queue.0,
                contacts: like.contacts,
                ramp_weeks: f64::from(like.ramp_weeks.unwrap_or(0)),
            }),
            // A second level without a past has the shape of the first one that passes on to it.
            None if fed => {
                let mut first = scenario.first_levels(QueueIndex(index));
                first.next().map(|(from, share)| Like {
                    queue: from.0,
                    contacts: share,
                    ramp_weeks: 0.0,
                })
            }
            None => None,
        },
        changes: scenario
            .changes
            .iter()
            .filter(|change| change.queues.contains(&QueueIndex(index)))
            .map(|change| Change {
                from: change
                    .from
                    .map(|date| queue.zone.start_of_day(date).timestamp()),
                contacts: change.contacts,
                handle_time: change.handle_time,
            })
            .collect(),
    }
}

/// Times of the past in which other queues' contacts were moved to this one: no more its own than a campaign's are.
fn arrived<'a>(
    scenario: &'a Scenario,
    index: usize,
    history: Option<&QueueHistory>,
) -> impl Iterator<Item = Event> + use<'a> {
    let last = history.and_then(|history| history.records.last());
    let known = last.map_or(i64::MIN, |record| record.start * 60);
    scenario.events.iter().flat_map(move |event| {
        let here = event.spans.iter().filter(move |span| {
            span.move_to == Some(QueueIndex(index)) && span.from.timestamp() <= known
        });
        here.map(move |span| Event {
            name: format!("{} moved here", event.name),
            from: span.from.timestamp(),
            to: span.until.timestamp().min(known + 1),
            contacts: 1.0,
            handle_time: 1.0,
            move_to: None,
        })
    })
}

/// The holidays of the queue's customers: of the country that it names, else of the country of a site on the same clock.
fn holidays<'a>(scenario: &'a Scenario, queue: &'a Queue) -> &'a [Holiday] {
    if queue.country.is_some() {
        return &queue.holidays;
    }
    scenario
        .sites
        .iter()
        .find(|site| site.zone == queue.zone)
        .map_or(&[], |site| &site.holidays)
}

/// Seconds of work per contact in the intervals that were forecast, the last ones of the plan: those that the scenario fixes with what its events and changes
/// do to them, else as forecast.
pub(super) fn handle_time(
    scenario: &Scenario,
    queue: &Queue,
    index: QueueIndex,
    made: &QueueForecast,
) -> Vec<f64> {
    let Some(fixed) = queue.handle_time_seconds else {
        return (made.handle_time_s.iter())
            .map(|seconds| seconds.unwrap_or(UNKNOWN_HANDLE_TIME_S))
            .collect();
    };
    let intervals = scenario.grid().len;
    (intervals - made.contacts.len()..intervals)
        .map(|interval| {
            let at = middle(scenario, interval);
            let date = queue.zone.to_local(at).date();
            let changes = (scenario.changes.iter())
                .filter(|change| change.queues.contains(&index))
                .filter(|change| change.from.is_none_or(|from| date >= from))
                .map(|change| change.handle_time);
            let events = (scenario.events.iter())
                .filter(|event| {
                    (event.spans.iter()).any(|span| span.queue == index && holds(span, at))
                })
                .map(|event| event.handle_time);
            fixed * changes.chain(events).product::<f64>()
        })
        .collect()
}

/// Actual contacts of the newest whole weeks before the plan on the same local times, newest first.
fn last_weeks(scenario: &Scenario, queue: &Queue, history: &QueueHistory) -> Vec<Vec<Option<f64>>> {
    let grid = scenario.grid();
    let step = i64::from(grid.step_minutes);
    let Some(minutes) = history.interval_minutes.map(i64::from) else {
        return Vec::new();
    };
    let actual = |at: Instant| -> Option<f64> {
        let (from, until) = (at.timestamp() / 60, at.timestamp() / 60 + step);
        let first = history
            .records
            .partition_point(|record| record.start + minutes <= from);
        let mut contacts = None;
        for record in history.records[first..]
            .iter()
            .take_while(|record| record.start < until)
        {
            let overlap = (until.min(record.start + minutes) - from.max(record.start)) as f64;
            *contacts.get_or_insert(0.0) += record.contacts * overlap / minutes as f64;
        }
        contacts
    };
    let newest = history
        .records
        .last()
        .map_or(i64::MIN, |record| record.start);
    let weeks_back = (0..)
        .find(|back| grid.end().timestamp() / 60 - (back + 1) * 7 * 1440 <= newest + minutes)
        .unwrap_or(0);
    (weeks_back..weeks_back + WEEKS_SHOWN as i64)
        .map(|back| {
            let before = chrono::TimeDelta::weeks(back + 1);
            grid.instants()
                .map(|at| actual(queue.zone.earliest(queue.zone.to_local(at) - before)))
                .collect()
        })
        .collect()
}
