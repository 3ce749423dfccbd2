//! How many people it takes, before anybody is rostered.

use chrono::NaiveDate;

use crate::calendar::{Grid, Zone};

/// The requirement of a scenario. Vectors "per interval" have exactly `grid.len` entries.
#[derive(Debug, Clone, PartialEq)]
pub struct Staffing {
    /// The scenario's name.
    pub name: String,
    pub planner_zone: Zone,
    pub grid: Grid,
    pub first_day: NaiveDate,
    /// In the scenario's order.
    pub queues: Vec<StaffedQueue>,
    /// Queues that people of the given skills can serve together: each language with several live queues, then all live queues.
    pub groups: Vec<PooledGroup>,
}

/// What one queue needs by itself.
#[derive(Debug, Clone, PartialEq)]
pub struct StaffedQueue {
    pub id: String,
    /// In words: "80 % within 20 s".
    pub target: String,
    /// Contacts per interval.
    pub contacts: Vec<f64>,
    pub points: Vec<StaffPoint>,
}

/// One queue and interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StaffPoint {
    /// Offered load in Erlang.
    pub load_erlang: f64,
    /// Agents at work.
    pub agents: f64,
    /// Agents to roster so that `agents` are at work.
    pub scheduled: f64,
    /// What that staffing does; `None` for work that may wait, which is no staffing level.
    pub service: Option<StaffedService>,
}

/// What a staffing does, and what one agent fewer or more would; shares 0..1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StaffedService {
    pub occupancy: f64,
    pub service_level: f64,
    pub one_fewer: f64,
    pub one_more: f64,
}

/// Live queues served by one set of people.
#[derive(Debug, Clone, PartialEq)]
pub struct PooledGroup {
    /// The language, or "all".
    pub name: String,
    /// Indices into [`Staffing::queues`].
    pub queues: Vec<usize>,
    /// Per interval: load in Erlang, agents at work if every queue had its own, and the fewest that people of the given skills can be.
    pub load_erlang: Vec<f64>,
    pub apart: Vec<f64>,
    pub pooled: Vec<f64>,
}
