//! What a sample scenario is made of.
//!
//! What the generator itself needs is typed; what it only hands on (contracts, cover, events, promises) is written as the TOML that a user
//! would write, comments included.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Origin, Shape};

/// A whole scenario.
#[derive(Debug, Clone)]
pub struct Recipe {
    /// Folder under `scenarios/`.
    pub folder: &'static str,
    pub name: &'static str,
    /// Comment at the head of `scenario.toml`, without `#`.
    pub about: &'static str,
    /// Of the random streams; not written to the scenario.
    pub seed: u64,
    /// First local date of the plan, a Monday.
    pub start: NaiveDate,
    pub weeks: u32,
    /// Of the plan and of the history; divides an hour.
    pub interval_minutes: u32,
    /// The planner's zone.
    pub zone: &'static str,
    pub currency: &'static str,
    /// Whole weeks of history, which end where the plan starts.
    pub history_weeks: u32,
    /// The table `[shrinkage]`.
    pub shrinkage: &'static str,
    pub queues: Vec<QueueRecipe>,
    pub sites: Vec<SiteRecipe>,
    /// The `[[contract]]` tables.
    pub contracts: &'static str,
    /// Whatever else belongs into the scenario: `[[cover]]`, `[[event]]`, `[[holiday]]`.
    pub rest: &'static str,
    pub staff: Vec<StaffGroup>,
    pub leave: Leave,
}

/// A queue: its contacts and what is promised.
#[derive(Debug, Clone)]
pub struct QueueRecipe {
    pub id: &'static str,
    pub language: &'static str,
    pub channel: &'static str,
    /// Its customers' zone and country (ISO 3166).
    pub zone: &'static str,
    pub country: &'static str,
    pub hours: &'static str,
    /// The keys that say what is promised, as lines of TOML.
    pub promise: &'static str,
    /// Expected contacts of an ordinary week at the end of the history.
    pub contacts_per_week: f64,
    pub shape: Shape,
    /// Growth from week to week, such as 0.004.
    pub growth: f64,
    /// Standard deviation of a day's busyness, which multiplies all its contacts (gamma, mean 1); above 0.
    pub day_spread: f64,
    /// Factor on the contacts of a public holiday of the country.
    pub on_holidays: f64,
    /// Mean handle time in seconds, and its standard deviation as a share of it (lognormal).
    pub handle_time_s: f64,
    pub handle_time_cv: f64,
    /// A time for which nothing was recorded: no rows at all.
    pub lost: Option<Lost>,
}

/// A gap in the history, half-open, on the queue's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lost {
    pub from: NaiveDateTime,
    pub until: NaiveDateTime,
}

/// A place of work.
#[derive(Debug, Clone)]
pub struct SiteRecipe {
    pub id: &'static str,
    pub zone: &'static str,
    pub country: &'static str,
    /// On its own clock; none: always open.
    pub hours: Option<&'static str>,
    pub seats: Option<u32>,
}

/// People with the same work.
#[derive(Debug, Clone)]
pub struct StaffGroup {
    pub count: usize,
    pub site: &'static str,
    pub contract: &'static str,
    pub role: &'static str,
    /// As in `agents.csv`: `lt;en:0.9`.
    pub languages: &'static str,
    pub channels: &'static str,
    /// As in `agents.csv`; empty: any time.
    pub window: &'static str,
    /// Where their names come from, in turn.
    pub origins: &'static [Origin],
}

/// Who is away in the planned weeks, and who wishes what. Shares of people, 0..1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leave {
    /// Away on one day (leave or training).
    pub one_day: f64,
    /// Away the whole first week.
    pub whole_week: f64,
    /// With a wish for one day.
    pub wishes: f64,
}
