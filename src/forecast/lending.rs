//! What the queues of a scenario lend each other at every origin that is looked at.

use super::effects::special_effects;
use super::input::QueueInput;
use super::queue::Prepared;
use super::rolling::FEWEST_DAYS;
use super::shape::{Effect, Lent, Sums, lent, lent_effects};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// When a queue is lent to: its origin of the plan, for which all that is known counts, or an earlier day (since 1970-01-01).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Time {
    Before(i64),
    Now,
}

/// Lends to every queue at its origin and at `weeks` weekly ones before it. A queue whose history is day totals gets, at its origin, a
/// shape of the day by `day_slots` where that is more than one.
pub(super) fn lend(
    prepared: &mut [Prepared],
    queues: &[QueueInput],
    weeks: usize,
    day_slots: usize,
) {
    let effects: Vec<Vec<Effect>> = (prepared.par_iter())
        .map(|p| match p.borrowed {
            None => special_effects(&p.grid, p.origin, p.local.first),
            Some(_) => Vec::new(),
        })
        .collect();
    for (time, origins) in times(prepared, weeks) {
        let sums: Vec<Option<Sums>> = (prepared.par_iter().zip(queues))
            .map(|(p, q)| {
                let known = match time {
                    Time::Now => p.origin,
                    Time::Before(day) => usize::try_from(day - p.local.first)
                        .unwrap_or(0)
                        .min(p.origin),
                };
                let lends = p.borrowed.is_none();
                lends.then(|| Sums::of(&p.grid, known, &q.channel, &q.language))
            })
            .collect();
        let shape = |i: usize, slots: usize| {
            let queue = &queues[i];
            lent(&sums, i, &queue.channel, &queue.language, slots)
        };
        let lent: Vec<(usize, usize, Lent)> = (origins.into_par_iter())
            .map(|(i, origin)| {
                let p = &prepared[i];
                let day = p.local.first + origin as i64;
                let only_days = p.grid.slots == 1 && day_slots > 1;
                let lent = Lent {
                    shape: (!only_days).then(|| shape(i, p.grid.slots)).flatten(),
                    effects: lent_effects(&effects, i, &p.grid.names, day),
                };
                (i, origin, lent)
            })
            .collect();
        for (i, origin, lent) in lent {
            prepared[i].grid.lent.add(origin, lent);
        }
        if time == Time::Now && day_slots > 1 {
            for (i, p) in (prepared.iter_mut().enumerate()).filter(|(_, p)| p.grid.slots == 1) {
                p.day_shape = shape(i, day_slots);
            }
        }
    }
}

/// Queues by number, each with its origin, by the time that they are at; oldest first.
fn times(prepared: &[Prepared], weeks: usize) -> BTreeMap<Time, Vec<(usize, usize)>> {
    let mut times: BTreeMap<Time, Vec<(usize, usize)>> = BTreeMap::new();
    for (i, p) in prepared.iter().enumerate() {
        times.entry(Time::Now).or_default().push((i, p.origin));
        let earlier = (1..=weeks).map_while(|week| p.origin.checked_sub(7 * week));
        for origin in earlier.filter(|&origin| origin >= FEWEST_DAYS) {
            let day = p.local.first + origin as i64;
            let queues = times.entry(Time::Before(day)).or_default();
            queues.push((i, origin));
        }
    }
    times
}
