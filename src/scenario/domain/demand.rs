//! Who asks for service, and what will change about it.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::calendar::{Holiday, Instant, OpeningHours, Zone};

use super::{Absence, AgentIndex, Channel, LanguageIndex, Place, QueueIndex, SiteIndex};

/// Contacts of one language on one channel, with what customers are promised.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    pub id: String,
    pub language: LanguageIndex,
    pub channel: Channel,
    /// Its customers' zone.
    pub zone: Zone,
    /// On its customers' clock.
    pub hours: OpeningHours,
    pub target: Target,
    /// Mean time until a waiting customer hangs up, in seconds, above 0; none: nobody hangs up.
    pub patience_seconds: Option<f64>,
    /// Mean work on one contact, in seconds, above 0; none: forecast from history. For chat: of one chat handled alone.
    pub handle_time_seconds: Option<f64>,
    /// Coefficient of variation of the handle time: 1 is exponential (and what is taken where nothing is written).
    pub handle_time_cv: f64,
    /// Chats that one agent handles at once; 1 on every other channel.
    pub concurrency: u32,
    /// Factor on a chat's handle time for each further chat at once; at least 1.
    pub slowdown: f64,
    /// Agents who must be able to answer it at any open time.
    pub min_staff: u32,
    /// Weight against other queues, above 0.
    pub priority: Option<f64>,
    pub like: Option<Like>,
    pub passes_on: Option<PassesOn>,
    /// Its customers' country (ISO 3166), where it is written.
    pub country: Option<String>,
    /// Public holidays of that country and those that the scenario adds for it, by date; empty where no country is written.
    pub holidays: Vec<Holiday>,
    pub place: Place,
}

/// What customers are promised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Share of offered contacts answered within the threshold, above 0, at most 1.
    pub answered: f64,
    pub within_seconds: u64,
    /// Largest share that may hang up.
    pub max_abandoned: Option<f64>,
    /// Largest share of time at work that is spent on contacts.
    pub max_occupancy: Option<f64>,
    /// Over what time the share is reckoned; none: as written nowhere.
    pub per: Option<TargetPeriod>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TargetPeriod {
    Interval,
    Day,
    Week,
}

/// A new queue that borrows shape from one that has history, with its own clock applied.
#[derive(Debug, Clone, PartialEq)]
pub struct Like {
    pub queue: QueueIndex,
    /// Its contacts as a factor on the other's, when the ramp is over.
    pub contacts: f64,
    /// Weeks until it has all its contacts.
    pub ramp_weeks: Option<u32>,
}

/// What the first level cannot finish goes on to a second one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PassesOn {
    pub to: QueueIndex,
    /// Of the contacts, above 0, at most 1.
    pub share: f64,
}

/// A campaign, recall, outage or holiday.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    pub name: String,
    /// On each queue's own clock; half-open.
    pub from: NaiveDateTime,
    pub to: NaiveDateTime,
    /// Factor on contacts, at least 0; 0 where only `move_to` is written.
    pub contacts: f64,
    /// Factor on handle time, above 0.
    pub handle_time: f64,
    /// The site whose people cannot work meanwhile, on its clock.
    pub site: Option<SiteIndex>,
    /// The queues that it meets, by index, with the times in UTC.
    pub spans: Vec<EventSpan>,
}

impl Event {
    /// What it means for somebody of the site that is down: paid time away.
    pub fn absence(&self, agent: AgentIndex, zone: &Zone) -> Absence {
        let last = (self.to - TimeDelta::seconds(1)).date();
        Absence {
            agent,
            from: zone.earliest(self.from),
            until: zone.earliest(self.to),
            dates: self
                .from
                .date()
                .iter_days()
                .take_while(|date| *date <= last)
                .collect(),
            reason: self.name.clone(),
            paid: true,
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct EventSpan {
    pub queue: QueueIndex,
    pub from: Instant,
    /// Not included.
    pub until: Instant,
    /// Where the contacts go instead.
    pub move_to: Option<QueueIndex>,
}

/// A lasting change of demand: growth, self-service.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    pub name: Option<String>,
    pub queues: Vec<QueueIndex>,
    /// Factor, at least 0.
    pub contacts: f64,
    /// Factor, above 0.
    pub handle_time: f64,
    /// First local date of the queue on which it holds; none: all of the plan.
    pub from: Option<NaiveDate>,
}
