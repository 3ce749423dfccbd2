//! Events to come: parts of days by the user's factor, handle times, and contacts that move to another queue.

use super::clock::{EventDays, local_time};
use super::input::{ForecastInput, Target};
use super::scenario::QueueForecast;

/// Applies future events: parts of days by the user's factor (days that are an event's own, by number of queue, are in the forecast already), handle
/// times, and contacts that move to another queue.
pub(super) fn apply_events(
    input: &ForecastInput,
    target: &Target,
    in_forecast: &[&EventDays],
    queues: &mut [QueueForecast],
) {
    let step = i64::from(target.step_s);
    for (q, queue) in input.queues.iter().enumerate() {
        for (number, event) in queue.events.iter().enumerate() {
            let to = (event.move_to).filter(|&to| to < queues.len() && to != q);
            let mut moving = 0.0;
            for i in 0..target.len {
                let middle = target.start + i as i64 * step + step / 2;
                if (event.from..event.to).contains(&middle) {
                    let day = local_time(queue.clock, middle).0;
                    let known = in_forecast[q].contains(&(number, day));
                    let factor = if known { 1.0 } else { event.contacts.max(0.0) };
                    moving += (queues[q].contacts[i] * (1.0 - factor)).max(0.0);
                    scale(&mut queues[q], i, factor, event.handle_time);
                }
                let Some(to) = to.filter(|_| moving > 0.0) else {
                    moving = 0.0;
                    continue;
                };
                let before = queues[to].contacts[i];
                if before > 0.0 {
                    scale(&mut queues[to], i, (before + moving) / before, 1.0);
                }
                if before > 0.0 || !input.queues[to].deferred {
                    moving = 0.0;
                }
            }
        }
    }
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
