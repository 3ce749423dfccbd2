//! Who waits: one line per queue in order of arrival, and the moments at which a line must be looked at again.
//!
//! Hanging up is no event: whoever has waited beyond their patience is struck off when they come to the head of
//! the line, or at the end, so they never hold anybody up.

use std::collections::VecDeque;

/// One contact (one attempt of it).
#[derive(Debug, Clone, Copy)]
pub(super) struct Contact {
    pub arrived: f64,
    pub queue: u32,
    /// The k-th first attempt of its queue in this replication.
    pub number: u32,
    /// 0 for the first attempt.
    pub attempt: u32,
    pub interval: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Waiter {
    pub contact: Contact,
    /// When the patience ends; infinity: never.
    pub deadline: f64,
    /// Number of this entry among all who ever stood in this line.
    pub serial: u32,
    /// Ticket of the retrial that follows if nobody answers in time; `u32::MAX`: none.
    pub ticket: u32,
}

#[derive(Debug, Clone)]
pub(super) struct WaitingLines {
    lines: Vec<VecDeque<Waiter>>,
    entered: Vec<u32>,
    mask: Vec<u64>,
    rechecks: Vec<Recheck>,
    /// Recheck lines of each queue.
    rechecks_of: Vec<Vec<usize>>,
    next_recheck: (usize, f64),
}

/// Delay routing: when a contact has waited `delay`, more agents may take it.
#[derive(Debug, Clone)]
struct Recheck {
    queue: usize,
    delay: f64,
    due: VecDeque<(f64, u32)>,
}

impl WaitingLines {
    pub(super) fn new<'a>(delays: impl Iterator<Item = &'a [f64]>) -> Self {
        let (mut rechecks, mut rechecks_of) = (Vec::new(), Vec::new());
        for (queue, delays) in delays.enumerate() {
            let first = rechecks.len();
            rechecks.extend(delays.iter().map(|&delay| Recheck {
                queue,
                delay,
                due: VecDeque::new(),
            }));
            rechecks_of.push((first..rechecks.len()).collect());
        }
        let queues = rechecks_of.len();
        WaitingLines {
            lines: vec![VecDeque::new(); queues],
            entered: vec![0; queues],
            mask: vec![0; queues.div_ceil(64).max(1)],
            rechecks,
            rechecks_of,
            next_recheck: (0, f64::INFINITY),
        }
    }

    pub(super) fn clear(&mut self) {
        self.lines.iter_mut().for_each(VecDeque::clear);
        self.entered.fill(0);
        self.mask.fill(0);
        self.rechecks.iter_mut().for_each(|r| r.due.clear());
        self.next_recheck = (0, f64::INFINITY);
    }

    /// The queues with somebody in the line (who may have hung up).
    #[inline]
    pub(super) fn mask(&self) -> &[u64] {
        &self.mask
    }

    pub(super) fn push(&mut self, contact: Contact, deadline: f64, ticket: u32) {
        let queue = contact.queue as usize;
        let serial = self.entered[queue];
        self.entered[queue] += 1;
        self.lines[queue].push_back(Waiter {
            contact,
            deadline,
            serial,
            ticket,
        });
        self.mask[queue / 64] |= 1 << (queue % 64);
        for i in 0..self.rechecks_of[queue].len() {
            let line = self.rechecks_of[queue][i];
            let due = contact.arrived + self.rechecks[line].delay;
            self.rechecks[line].due.push_back((due, serial));
            if due < self.next_recheck.1 {
                self.next_recheck = (line, due);
            }
        }
    }

    #[inline]
    pub(super) fn front(&self, queue: usize) -> Option<&Waiter> {
        self.lines[queue].front()
    }

    pub(super) fn pop(&mut self, queue: usize) -> Option<Waiter> {
        let waiter = self.lines[queue].pop_front();
        if self.lines[queue].is_empty() {
            self.mask[queue / 64] &= !(1 << (queue % 64));
        }
        waiter
    }

    /// When the next line must be looked at again; infinity: never.
    #[inline]
    pub(super) fn next_recheck(&self) -> f64 {
        self.next_recheck.1
    }

    /// The queue and the entry (its serial) that the next recheck is about.
    pub(super) fn pop_recheck(&mut self) -> Option<(usize, u32)> {
        let line = &mut self.rechecks[self.next_recheck.0];
        let (_, serial) = line.due.pop_front()?;
        let queue = line.queue;
        self.next_recheck = (0, f64::INFINITY);
        for (i, line) in self.rechecks.iter().enumerate() {
            if let Some(&(due, _)) = line.due.front()
                && due < self.next_recheck.1
            {
                self.next_recheck = (i, due);
            }
        }
        Some((queue, serial))
    }
}
