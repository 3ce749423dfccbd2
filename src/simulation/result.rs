//! What a simulation yields.

use super::estimate::Moments;

/// The outcome of a run.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulationResult {
    /// How many replications of the whole horizon were played.
    pub replications: usize,
    pub stop: Stop,
    /// One per queue, in the order of the input.
    pub queues: Vec<QueueResult>,
    /// Everybody, whole horizon.
    pub occupancy: Occupancy,
    /// Everybody, one per interval (or part).
    pub occupancy_of_parts: Vec<Occupancy>,
}

/// Why a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Every service level that was judged is known as closely as asked.
    NarrowEnough,
    /// The most replications were played.
    Limit,
    /// The caller wanted no more.
    Cancelled,
}

/// One queue. Everything is booked on the interval in which a contact arrived, occupancy by time.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueueResult {
    pub total: Moments,
    /// One per day of `day_of_interval`; empty if the plan asks for parts.
    pub days: Vec<Moments>,
    /// One per interval, or per part if the plan asks for parts.
    pub parts: Vec<Moments>,
    /// Agents with the skill, whole horizon.
    pub occupancy: Occupancy,
    /// Agents with the skill, one per interval (or part).
    pub occupancy_of_parts: Vec<Occupancy>,
}

/// Sums over all replications of the time of some agents, seconds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Occupancy {
    /// With at least one contact in hand.
    pub busy_s: f64,
    /// On shift, or finishing a contact after it.
    pub staffed_s: f64,
}

impl Occupancy {
    /// Share of the staffed time that was busy; `None` if nobody was there.
    pub fn share(&self) -> Option<f64> {
        (self.staffed_s > 0.0).then(|| self.busy_s / self.staffed_s)
    }

    pub(super) fn add(&mut self, busy_s: f64, staffed_s: f64) {
        self.busy_s += busy_s;
        self.staffed_s += staffed_s;
    }
}
