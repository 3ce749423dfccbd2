//! Customers who hang up and try again.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use super::waiting::Contact;

/// Next attempts that will be made unless the present one is answered in time.
#[derive(Debug, Clone, Default)]
pub(super) struct Retrials {
    heap: BinaryHeap<Reverse<Retrial>>,
    /// By ticket: the attempt before was answered, so this one is not made.
    cancelled: Vec<bool>,
}

#[derive(Debug, Clone)]
struct Retrial {
    ticket: u32,
    contact: Contact,
}

impl Retrials {
    pub(super) fn clear(&mut self) {
        self.heap.clear();
        self.cancelled.clear();
    }

    /// Notes the attempt `contact`, made at its `arrived`, and returns its ticket.
    pub(super) fn push(&mut self, contact: Contact) -> u32 {
        let ticket = self.cancelled.len() as u32;
        self.cancelled.push(false);
        self.heap.push(Reverse(Retrial { ticket, contact }));
        ticket
    }

    pub(super) fn cancel(&mut self, ticket: u32) {
        if let Some(entry) = self.cancelled.get_mut(ticket as usize) {
            *entry = true;
        }
    }

    /// When the next attempt may be made; infinity: never.
    #[inline]
    pub(super) fn next(&self) -> f64 {
        self.heap
            .peek()
            .map_or(f64::INFINITY, |r| r.0.contact.arrived)
    }

    /// Takes the next attempt off; `None` if it is not made after all.
    pub(super) fn pop(&mut self) -> Option<Contact> {
        let Reverse(retrial) = self.heap.pop()?;
        (!self.cancelled[retrial.ticket as usize]).then_some(retrial.contact)
    }
}

impl Ord for Retrial {
    fn cmp(&self, other: &Self) -> Ordering {
        self.contact
            .arrived
            .total_cmp(&other.contact.arrived)
            .then(self.ticket.cmp(&other.ticket))
    }
}

impl PartialOrd for Retrial {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Retrial {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Retrial {}
