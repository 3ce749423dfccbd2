//! Lasting changes of a queue: those to come are put on the forecast, those that began within its history on what came before them.

use super::clock::{date_of, local_time};
use super::input::{Change, HistoryPoint, QueueInput, Target};
use super::notes::Note;

/// The changes of a queue, told apart by what its history knows of them.
pub(crate) struct Lasting {
    /// Where they began, their factor on contacts, and on handle times; 1 where the history does not tell.
    began: Vec<(i64, f64, f64)>,
    ahead: Vec<(i64, f64, f64)>,
}

impl Lasting {
    /// A change that says no date begins with the plan.
    pub fn of(queue: &QueueInput, plan: &Target) -> Lasting {
        let mut lasting = Lasting {
            began: Vec::new(),
            ahead: Vec::new(),
        };
        for change in &queue.changes {
            let Change {
                from,
                contacts,
                handle_time,
            } = *change;
            let from = from.unwrap_or(plan.start);
            let since = |known: &dyn Fn(&HistoryPoint) -> bool| {
                let learned = from..plan.start;
                (queue.history.iter()).any(|row| learned.contains(&row.utc) && known(row))
            };
            // Nothing came since: nothing to learn a level from.
            let came = contacts > 0.0 && since(&|row| row.contacts.is_finite());
            let handled = since(&|row| row.handle_time_s.is_some_and(|h| h > 0.0));
            let of = |factor: f64, holds: bool| if holds { factor } else { 1.0 };
            lasting
                .began
                .push((from, of(contacts, came), of(handle_time, handled)));
            let at = from.max(plan.start);
            (lasting.ahead).push((at, of(contacts, !came), of(handle_time, !handled)));
        }
        lasting
    }

    /// What to multiply contacts and handle time of the history by at an instant (UTC seconds), so that all of it is as if the changes had always held.
    pub fn before(&self, utc: i64) -> (f64, f64) {
        product(self.began.iter().filter(|change| utc < change.0))
    }

    /// What the changes that the history does not know multiply contacts and handle time by at an instant (UTC seconds): they hold from
    /// their date, at the soonest from the plan's first interval on.
    pub fn ahead(&self, utc: i64) -> (f64, f64) {
        product(self.ahead.iter().filter(|change| utc >= change.0))
    }

    /// A remark for each change that began within the history.
    pub fn notes(&self, queue: &QueueInput) -> Vec<Note> {
        let first = queue.history.iter().map(|row| row.utc).min();
        (self.began.iter())
            .filter(|(from, contacts, handle)| {
                (*contacts, *handle) != (1.0, 1.0) && first.is_some_and(|first| first < *from)
            })
            .map(|&(from, contacts, handle_time)| Note::ChangeBegan {
                date: date_of(local_time(queue.clock, from).0),
                contacts,
                handle_time,
            })
            .collect()
    }
}

fn product<'a>(changes: impl Iterator<Item = &'a (i64, f64, f64)>) -> (f64, f64) {
    changes.fold((1.0, 1.0), |all, change| {
        (all.0 * change.1, all.1 * change.2)
    })
}
