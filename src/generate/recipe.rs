//! What a sample scenario is made of.
//!
//! What the generator itself needs is typed; what it only hands on (contracts, cover, events, promises) is written as the TOML that a user
//! would write, comments included.

use chrono::{NaiveDate, NaiveDateTime};

use super::{Origin, Shape};

/// A whole scenario.
#[derive(Debug, Clone)]
pub struct Recipe<'a> {
    /// Folder under `scenarios/`; empty for one that lies elsewhere, where no schema is to be found.
    pub folder: &'a str,
    pub name: &'a str,
    /// Comment at the head of `scenario.toml`, without `#`.
    pub about: &'a str,
    /// Of the random streams; not written to the scenario.
    pub seed: u64,
    /// First local date of the plan, a Monday.
    pub start: NaiveDate,
    pub weeks: u32,
    /// Of the plan and of the history; divides an hour.
    pub interval_minutes: u32,
    /// The planner's zone.
    pub zone: &'a str,
    pub currency: &'a str,
    /// Whole weeks of history, which end where the plan starts.
    pub history_weeks: u32,
    /// The table `[shrinkage]`.
    pub shrinkage: &'a str,
    pub queues: Vec<QueueRecipe<'a>>,
    pub sites: Vec<SiteRecipe<'a>>,
    /// The `[[contract]]` tables.
    pub contracts: &'a str,
    /// Whatever else belongs into the scenario: `[[cover]]`, `[[event]]`, `[[holiday]]`.
    pub rest: &'a str,
    pub staff: Vec<StaffGroup<'a>>,
    pub leave: Leave,
}

/// A queue: its contacts and what is promised.
#[derive(Debug, Clone)]
pub struct QueueRecipe<'a> {
    pub id: &'a str,
    pub language: &'a str,
    pub channel: &'a str,
    /// Its customers' zone and country (ISO 3166).
    pub zone: &'a str,
    pub country: &'a str,
    pub hours: &'a str,
    /// The keys that say what is promised, as lines of TOML.
    pub promise: &'a str,
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
pub struct SiteRecipe<'a> {
    pub id: &'a str,
    pub zone: &'a str,
    pub country: &'a str,
    /// On its own clock; none: always open.
    pub hours: Option<&'a str>,
    pub seats: Option<u32>,
}

/// People with the same work.
#[derive(Debug, Clone)]
pub struct StaffGroup<'a> {
    pub count: usize,
    pub site: &'a str,
    pub contract: &'a str,
    pub role: &'a str,
    /// As in `agents.csv`: `lt;en:0.9`.
    pub languages: &'a str,
    pub channels: &'a str,
    /// As in `agents.csv`; empty: any time.
    pub window: &'a str,
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
