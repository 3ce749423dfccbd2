//! What the user says of weeks months ahead: events to come and lasting changes, as factors on what would come without them.

use super::clock::{Local, at_utc, date_of, opening};
use super::input::{Event, QueueInput, Target};
use super::lasting::Lasting;
use chrono::{Datelike, NaiveDate};

const DAY_S: i64 = 86_400;
/// Opening hours and events are looked at in steps of at most this.
const PIECE_S: i64 = 1800;
/// Newest days from which the usual week is taken.
const USUAL_DAYS: usize = 56;

/// The usual week of a queue: mean contacts by weekday and slot.
pub(super) struct UsualWeek {
    slot_s: i64,
    contacts: Vec<f64>,
}

/// What is said of one week.
pub(super) struct Told {
    /// Factor on its contacts.
    pub factor: f64,
    /// Queues that get contacts, and how many as a share of what would come without events.
    pub moved: Vec<(usize, f64)>,
}

impl UsualWeek {
    pub fn of(local: &Local) -> UsualWeek {
        let slots = local.series.slots_per_day;
        let mut sums = vec![(0.0, 0.0); 7 * slots];
        for d in local.origin.saturating_sub(USUAL_DAYS)..local.origin {
            let weekday = (local.first + d as i64 + 3).rem_euclid(7) as usize;
            for (slot, count) in local.series.counts[d * slots..(d + 1) * slots]
                .iter()
                .enumerate()
            {
                if let Some(count) = count {
                    let sum = &mut sums[weekday * slots + slot];
                    *sum = (sum.0 + count, sum.1 + 1.0);
                }
            }
        }
        UsualWeek {
            slot_s: local.slot_s,
            contacts: sums
                .iter()
                .map(|(sum, n)| sum / f64::max(*n, 1.0))
                .collect(),
        }
    }

    /// What is said of the week from `monday` on; an undated change holds from the plan's start.
    pub fn told(&self, queue: &QueueInput, plan: &Target, monday: NaiveDate) -> Told {
        let first = i64::from(monday.num_days_from_ce() - date_of(0).num_days_from_ce());
        // A day more on either side for clocks that are not at Greenwich.
        let around = (first - 1) * DAY_S..(first + 8) * DAY_S;
        let events: Vec<&Event> = (queue.events.iter())
            .filter(|event| event.from < around.end && event.to > around.start)
            .collect();
        let nothing = Told {
            factor: 1.0,
            moved: Vec::new(),
        };
        if events.is_empty() && queue.changes.is_empty() {
            return nothing;
        }
        let changes = Lasting::of(queue, plan);
        let piece_s = self.slot_s.min(PIECE_S);
        let per_slot = (self.slot_s / piece_s) as usize;
        let open = opening(queue.open, first, 7, (DAY_S / piece_s) as usize, piece_s);
        let (mut usual, mut expected) = (0.0, 0.0);
        let mut moved: Vec<(usize, f64)> = Vec::new();
        for (slot, open) in open.chunks(per_slot).enumerate() {
            let pieces = open.iter().filter(|open| **open).count();
            for (piece, _) in open.iter().enumerate().filter(|(_, open)| **open) {
                let from = (slot * per_slot + piece) as i64 * piece_s;
                let middle = at_utc(queue.clock, first * DAY_S + from + piece_s / 2);
                let mut contacts = self.contacts[slot] / pieces as f64;
                usual += contacts;
                for event in &events {
                    if middle < event.from || middle >= event.to {
                        continue;
                    }
                    let left = contacts * event.contacts.max(0.0);
                    if let Some(to) = event.move_to.filter(|_| left < contacts) {
                        moved.push((to, contacts - left));
                    }
                    contacts = left;
                }
                expected += contacts * changes.ahead(middle).0;
            }
        }
        if usual <= 0.0 {
            return nothing;
        }
        moved
            .iter_mut()
            .for_each(|(_, contacts)| *contacts /= usual);
        Told {
            factor: expected / usual,
            moved,
        }
    }
}
