//! What may be asked of a roster, and what a change of it does.

use std::ops::Range;

use crate::roster::problem::Wants;

/// What a change of the roster does, as money that it costs more (above 0) or saves (below 0).
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Effect {
    /// Wages, premiums and overtime.
    pub wages: f64,
    /// Wishes no longer met.
    pub wishes: f64,
    /// Contacts no longer answered in time.
    pub service: f64,
    /// Covers that fall short, and seats that are too few.
    pub covers: f64,
    /// Queues that are served otherwise than before.
    pub queues: Vec<QueueEffect>,
}

/// What a change does to one queue.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueEffect {
    pub queue: usize,
    /// Money, as in [`Effect::service`].
    pub money: f64,
    /// Slot, agents before, agents after (speeds summed).
    pub levels: Vec<(usize, f64, f64)>,
}

impl Effect {
    /// Money that the change costs in all.
    pub fn total(&self) -> f64 {
        self.wages + self.wishes + self.service + self.covers
    }
}

/// What a person's week is to hold.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Nothing but the rules.
    Any,
    /// Work in these slots.
    Work(Range<usize>),
    /// A day off.
    Off(usize),
    /// What somebody wanted for a day.
    Grant(usize, Wants),
}
