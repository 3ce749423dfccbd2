//! Deferred work as the roster room knows it: pieces, each with the slots in which it can be done in time.

use crate::roster::problem::WorkUnit;
use crate::scenario::domain::Scenario;

use super::axis::Axis;
use super::demand::Demand;
use super::pools::piece_of_work;
use super::problem::BEYOND_TARGET;

/// Deferred work cut into pieces of one usual agent and slot, each with the slots in which it can be done in time.
#[expect(
    clippy::too_many_arguments,
    reason = "one private step of worth_of_queue, split for length"
)]
pub fn work_units(
    scenario: &Scenario,
    demand: &Demand,
    queue: usize,
    load: &[f64],
    within_s: f64,
    axis: &Axis,
    contact: f64,
    work_factor: f64,
) -> Vec<WorkUnit> {
    let facts = &scenario.queues[queue];
    let present = 1.0 - f64::from(scenario.shrinkage.of_channel(facts.channel)) / 1e4;
    let open = |slot: usize| {
        facts.hours.is_always()
            || axis
                .interval(slot)
                .is_none_or(|interval| demand.queues[queue].open[interval])
    };
    let slot_s = f64::from(axis.slot_minutes) * 60.0;
    let piece = piece_of_work(scenario, queue);
    let (mut waiting, mut must, mut contacts) = (0.0, 0.0, 0.0);
    let mut units = Vec::new();
    for (interval, &load) in load.iter().enumerate() {
        let of_interval = axis.slots_of(interval);
        for slot in of_interval {
            waiting += load * work_factor / present;
            contacts += demand.queues[queue].contacts[interval] / axis.per_interval as f64;
            while waiting >= piece {
                let share = (piece / waiting).min(1.0);
                let in_unit = contacts * share;
                waiting -= piece;
                contacts -= in_unit;
                // Of every so many pieces, those within the target's share are worth the full price.
                must += facts.target.answered;
                let worth = if must >= 1.0 - 1e-9 {
                    must -= 1.0;
                    1.0 + BEYOND_TARGET
                } else {
                    BEYOND_TARGET
                };
                units.push(WorkUnit {
                    release: slot as u32,
                    due: due_slot(slot, within_s / slot_s, axis.slots, &open) as u32,
                    worth: worth * contact * in_unit,
                });
            }
        }
    }
    units
}

/// First slot after those in which work that arrives in `slot` is done in time, with `within` slots of open time.
fn due_slot(slot: usize, within: f64, slots: usize, open: &dyn Fn(usize) -> bool) -> usize {
    let mut left = within;
    let mut at = slot;
    while at < slots {
        if open(at) {
            if left < 1.0 {
                break;
            }
            left -= 1.0;
        }
        at += 1;
    }
    at.max(slot + 1)
}
