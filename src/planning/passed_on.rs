//! Contacts of a second level without a past: what the queues before it pass on.

use chrono::TimeDelta;

use crate::calendar::Instant;
use crate::history::{History, QueueHistory};
use crate::scenario::domain::{EventSpan, QueueIndex, Scenario};

use super::demand::{Demand, QueueDemand};
use super::foresee::no_past;

/// 90 % quantile of the normal distribution.
const Z90: f64 = 1.281_552;

/// The queues that pass on to one that has neither a past nor a model, with their shares; empty for all other queues.
fn fed_by(scenario: &Scenario, past: Option<&QueueHistory>, to: usize) -> Vec<(QueueIndex, f64)> {
    let own = scenario.queues[to].like.is_some() || !no_past(past);
    if own {
        return Vec::new();
    }
    scenario.first_levels(QueueIndex(to)).collect()
}

/// Whether a queue lives on what others pass on to it.
pub(super) fn is_fed(scenario: &Scenario, past: Option<&QueueHistory>, to: usize) -> bool {
    !fed_by(scenario, past, to).is_empty()
}

/// Contacts of every second level without a past: the shares of those before it, in the interval in which they came or, while it is closed, in the first
/// one in which it is open again. One with a history of its own is forecast from that, which holds what was passed on.
pub(super) fn pass_on(scenario: &Scenario, history: &History, demand: &mut Demand) {
    for to in 0..scenario.queues.len() {
        let first = fed_by(scenario, history.queues.get(to), to);
        if first.is_empty() {
            continue;
        }
        let mut waiting = waiting_at_start(scenario, to, &first, demand);
        let intervals = demand.queues[to].contacts.len();
        let mut contacts = vec![0.0; intervals];
        let mut moved = Vec::new();
        for (interval, contacts) in contacts.iter_mut().enumerate() {
            let at = middle(scenario, interval);
            for &(from, share) in &first {
                let came = share * demand.queues[from.0].contacts[interval];
                let factor = own_factor(scenario, to, from, at);
                waiting += came * factor;
                let elsewhere = moves_to(scenario, to, at);
                moved.extend(elsewhere.map(|queue| (queue, interval, came * (1.0 - factor))));
            }
            if demand.queues[to].open[interval] {
                *contacts = std::mem::take(&mut waiting);
            }
        }
        demand.queues[to].expect(contacts);
        for (queue, interval, contacts) in moved {
            let waits = scenario.queues[queue.0].channel.is_deferred();
            demand.queues[queue.0].receive(interval, contacts, waits);
        }
    }
}

/// Where an outage of a queue sends its contacts at an instant.
fn moves_to(scenario: &Scenario, queue: usize, at: Instant) -> Option<QueueIndex> {
    let spans = scenario.events.iter().flat_map(|event| &event.spans);
    let mut here = spans.filter(|span| span.queue.0 == queue && holds(span, at));
    here.find_map(|span| span.move_to)
}

/// What came since the second level last closed before the plan: taken to be as much as comes a week later.
fn waiting_at_start(
    scenario: &Scenario,
    to: usize,
    first: &[(QueueIndex, f64)],
    demand: &Demand,
) -> f64 {
    let grid = scenario.grid();
    let step = TimeDelta::minutes(i64::from(grid.step_minutes));
    let week = (7 * 24 * 60 / grid.step_minutes as usize).min(grid.len);
    let queue = &scenario.queues[to];
    let closed = |back: usize| {
        let at = grid.start - step * back as i32;
        !queue.hours.contains(queue.zone.to_local(at))
    };
    (1..=week)
        .take_while(|&back| closed(back))
        .flat_map(|back| {
            first
                .iter()
                .map(move |(from, share)| (week - back, from, share))
        })
        .map(|(interval, from, share)| share * demand.queues[from.0].contacts[interval])
        .sum()
}

/// What events and changes of the second level alone multiply its contacts by: those that meet the queue before it, too, are in what that one passes on.
fn own_factor(scenario: &Scenario, to: usize, from: QueueIndex, at: Instant) -> f64 {
    let to = QueueIndex(to);
    let date = scenario.queues[to.0].zone.to_local(at).date();
    let changes = (scenario.changes.iter())
        .filter(|change| change.queues.contains(&to) && !change.queues.contains(&from))
        .filter(|change| change.from.is_none_or(|first| date >= first))
        .map(|change| change.contacts);
    let events = (scenario.events.iter())
        .filter(|event| {
            let meets =
                |queue| (event.spans.iter()).any(|span| span.queue == queue && holds(span, at));
            meets(to) && !meets(from)
        })
        .map(|event| event.contacts);
    changes.chain(events).product()
}

/// Whether an instant is inside an event.
pub(super) fn holds(span: &EventSpan, at: Instant) -> bool {
    (span.from..span.until).contains(&at)
}

/// The middle of an interval of the plan: an event that holds then holds for all of it.
pub(super) fn middle(scenario: &Scenario, interval: usize) -> Instant {
    let grid = scenario.grid();
    grid.at(interval) + TimeDelta::seconds(i64::from(grid.step_minutes) * 30)
}

impl QueueDemand {
    /// Adds contacts of another queue, in this interval or, if they wait, in the first one in which it is open; after the plan they are nobody's.
    fn receive(&mut self, interval: usize, contacts: f64, wait: bool) {
        let mut open = (interval..self.open.len()).filter(|&at| self.open[at]);
        let at = open.next().filter(|&at| at == interval || wait);
        let Some(at) = at.filter(|_| contacts > 0.0) else {
            return;
        };
        let before = self.contacts[at];
        for values in [
            &mut self.contacts,
            &mut self.p10,
            &mut self.p50,
            &mut self.p90,
        ] {
            match before > 0.0 {
                true => values[at] *= (before + contacts) / before,
                false => values[at] += contacts,
            }
        }
    }

    /// Makes these the contacts expected, with the chance of their number and of their day around them.
    fn expect(&mut self, contacts: Vec<f64>) {
        let spread = |mean: &f64| (mean + (self.day_cv * mean).powi(2)).sqrt();
        self.p10 = (contacts.iter())
            .map(|mean| (mean - Z90 * spread(mean)).max(0.0))
            .collect();
        self.p90 = (contacts.iter())
            .map(|mean| mean + Z90 * spread(mean))
            .collect();
        self.p50.clone_from(&contacts);
        self.contacts = contacts;
    }
}
