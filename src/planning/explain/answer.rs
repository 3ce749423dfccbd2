//! An answer as plain values: sentences for people, the same facts for machines.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::roster::explain::Offer;

use super::worth::WorthFigures;

/// An answer to one question. Money is in the scenario's currency.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Answer {
    /// What was asked, in words.
    pub about: String,
    /// The answer in sentences, the most important first.
    pub because: Vec<String>,
    /// For an interval: its figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<Interval>,
    /// What keeps each person, one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub people: Vec<PersonReason>,
    /// What more people and looser rules would be worth.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub worth: Option<WorthFigures>,
    /// What could be changed within the rules, cheapest first.
    pub offers: Vec<Told>,
}

/// The figures of one queue and interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Interval {
    pub queue: String,
    pub start_utc: String,
    pub contacts: f64,
    /// Agents to roster, shrinkage included.
    pub needed: f64,
    /// Agents rostered who are allocated to the queue.
    pub there: f64,
    /// Share answered in time by the formula; none for work that may wait.
    pub answered_in_time: Option<f64>,
    pub target: f64,
    /// Contacts more that one more agent would answer in time.
    pub one_more: Option<f64>,
}

/// What keeps one person from work in an interval.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PersonReason {
    pub agent: String,
    /// `at work`, `break`, `kept` (by hard rules), `could`.
    pub state: &'static str,
    /// Names of the rules that keep them, or that make something else give way.
    pub rules: Vec<&'static str>,
    pub why: String,
    /// What it would cost in all to have them there: within the rules (`could`), or if the rules gave way (`kept`; not told for everybody).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cost: Option<f64>,
    /// Contacts more (or fewer) answered in time then, all queues together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contacts: Option<f64>,
}

/// An offer in words and figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Told {
    /// For `--apply`; from 1.
    pub number: usize,
    pub what: String,
    /// What it does, in words.
    pub effect: String,
    /// Money in all; below 0 it saves.
    pub cost: f64,
    pub wages: f64,
    pub wishes: f64,
    pub service: f64,
    pub covers: f64,
    /// Contacts more answered in time, by queue.
    pub contacts: BTreeMap<String, f64>,
    pub changes: Vec<Change>,
    #[serde(skip)]
    pub offer: Offer,
}

/// One day of one person that an offer changes; none = off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    pub agent: String,
    pub date: String,
    pub before: Option<String>,
    pub after: Option<String>,
}
