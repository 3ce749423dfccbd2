//! What every part of the search for people works with.

use std::cell::Cell;

use crate::planning::Planned;
use crate::scenario::Scenario;
use crate::scenario::domain::{HireCount, QueueIndex};

use super::super::measure::Played;
use super::Search;
use super::clock::Clock;

/// The most steps of one search where the clock decides: what is not found by then is sought from elsewhere.
const MOST_STEPS: u64 = 1000;

pub(super) struct Case<'a> {
    pub search: &'a Search<'a>,
    /// Those who are there, planned alone.
    pub base: &'a Planned,
    /// Queues that people of a group to be solved could serve.
    pub within: Vec<usize>,
    pub clock: Clock<'a>,
    /// Share of all time that a step of the search over everybody took when it was last seen.
    pub step: Cell<f64>,
}

impl Case<'_> {
    /// Queues within reach that a roster leaves below target.
    pub fn short(&self, played: &Played, targets: &Scenario) -> Vec<usize> {
        let mut short = played.short(targets);
        short.retain(|queue| self.within.contains(queue));
        short
    }

    /// How far below their targets the queues within reach are, shares summed.
    pub fn missed(&self, played: &Played, targets: &Scenario) -> f64 {
        let short = self.short(played, targets).into_iter();
        short
            .map(|queue| targets.queues[queue].target.answered - played.service(queue))
            .sum()
    }

    /// Steps of a search: those that were asked for, else as many as fit into a share of all time, but never fewer than it takes to say anything.
    pub fn steps(&self, least: u64, share: f64) -> u64 {
        let fitting = match self.step.get() {
            step if step > 0.0 => (share / step) as u64,
            _ => 0,
        };
        let usual = fitting.clamp(least, MOST_STEPS.max(least));
        self.search.effort.unwrap_or(usual)
    }
}

/// Queues that people of a group to be solved could serve.
pub(super) fn within_reach(scenario: &Scenario) -> Vec<usize> {
    let helps = |queue: &usize| {
        scenario.hires.iter().any(|hire| {
            hire.count == HireCount::Solve
                && scenario.hire_speed(hire, QueueIndex(*queue)).is_some()
        })
    };
    (0..scenario.queues.len()).filter(helps).collect()
}
