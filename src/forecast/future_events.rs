//! Events to come: parts of days by the user's factor, handle times, and contacts that move to another queue.

use super::clock::{date_of, local_time};
use super::input::{Change, Event, ForecastInput, QueueInput, Target};
use super::scenario::QueueForecast;

/// Applies future events: parts of days by the user's factor (whole days are in the forecast already), handle times, and
/// contacts that move to another queue.
pub(super) fn apply_events(input: &ForecastInput, target: &Target, queues: &mut [QueueForecast]) {
    let step = i64::from(target.step_s);
    for (q, queue) in input.queues.iter().enumerate() {
        for event in &queue.events {
            for i in 0..target.len {
                let middle = target.start + i as i64 * step + step / 2;
                if middle < event.from || middle >= event.to {
                    continue;
                }
                let whole_day = covers_day(queue, event, middle);
                let now = queues[q].contacts[i];
                let lost = if whole_day {
                    now * (1.0 / event.contacts.max(0.001) - 1.0)
                } else {
                    now * (1.0 - event.contacts)
                };
                let factor = if whole_day {
                    1.0
                } else {
                    event.contacts.max(0.0)
                };
                scale(&mut queues[q], i, factor, event.handle_time);
                if let Some(to) = event
                    .move_to
                    .filter(|&to| to < queues.len() && to != q && lost > 0.0)
                {
                    let before = queues[to].contacts[i];
                    if before > 0.0 {
                        scale(&mut queues[to], i, (before + lost) / before, 1.0);
                    }
                }
            }
        }
    }
}

/// Whether the event counts as the local day's own, as in the history.
fn covers_day(queue: &QueueInput, event: &Event, utc: i64) -> bool {
    let (day, second) = local_time(queue.clock, utc);
    let midnight = utc - second;
    let open: Vec<i64> = (0..48)
        .filter(|h| (queue.open)(date_of(day), 30 * *h as u32))
        .map(|h| midnight + h * 1800 + 900)
        .collect();
    let inside = open
        .iter()
        .filter(|&&t| t >= event.from && t < event.to)
        .count();
    2 * inside >= open.len().max(1)
}

/// What a queue's changes multiply contacts and handle time by at an instant (UTC seconds): they hold from the plan's first interval on.
pub(super) fn changed_by(changes: &[Change], plan: &Target, utc: i64) -> (f64, f64) {
    let holding = changes.iter().filter(|_| utc >= plan.start);
    holding.fold((1.0, 1.0), |(contacts, handle_time), change| {
        (contacts * change.contacts, handle_time * change.handle_time)
    })
}

pub(super) fn scale(forecast: &mut QueueForecast, i: usize, contacts: f64, handle_time: f64) {
    forecast.contacts[i] *= contacts;
    forecast.quantiles[i]
        .iter_mut()
        .for_each(|q| *q *= contacts);
    if let Some(Some(h)) = forecast.handle_time_s.get_mut(i) {
        *h *= handle_time;
    }
}
