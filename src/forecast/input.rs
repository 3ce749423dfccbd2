//! What the forecast of a scenario takes in.

use super::local::SpecialDay;
use chrono::NaiveDate;

/// A time zone, as far as the forecast needs it.
pub trait LocalClock: Sync {
    /// Seconds to add to UTC seconds (since 1970-01-01T00:00Z) to read the local clock.
    fn offset_seconds(&self, utc_seconds: i64) -> i32;
}

impl<F: Fn(i64) -> i32 + Sync> LocalClock for F {
    fn offset_seconds(&self, utc_seconds: i64) -> i32 {
        self(utc_seconds)
    }
}

/// Opening hours on the queue's own clock: date and minute of the day (0..1440) to open or not.
pub type Opening<'a> = &'a (dyn Fn(NaiveDate, u32) -> bool + Sync);

/// The intervals to forecast: `len` intervals of `step_s` seconds from `start` (UTC seconds).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    pub start: i64,
    pub step_s: u32,
    pub len: usize,
}

/// One interval of the past. Missing intervals are simply not there; a zero is a zero.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HistoryPoint {
    /// Start of the interval, UTC seconds.
    pub utc: i64,
    pub contacts: f64,
    /// Mean handle time of these contacts, seconds.
    pub handle_time_s: Option<f64>,
}

/// A campaign, a recall, an outage: in the past it is learned from, in the future it is applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// The same name in past and future is the same event: its effect is learned by name.
    pub name: String,
    /// UTC seconds, half open.
    pub from: i64,
    pub to: i64,
    /// Factor on contacts that the user expects; 1 = not said.
    pub contacts: f64,
    /// Factor on handle time.
    pub handle_time: f64,
    /// Index of the queue that gets the contacts that this one loses.
    pub move_to: Option<usize>,
}

/// A lasting change: growth, self-service.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Change {
    /// UTC second from which on it holds; `None`: all of the target.
    pub from: Option<i64>,
    pub contacts: f64,
    pub handle_time: f64,
}

/// A new queue borrows its shape from one with history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Like {
    /// Index of the model queue in [`ForecastInput::queues`].
    pub queue: usize,
    /// Contacts as a share of the model's, above 0.
    pub contacts: f64,
    /// Weeks until full volume, growing evenly; 0 = at once.
    pub ramp_weeks: f64,
}

/// One queue.
pub struct QueueInput<'a> {
    pub id: String,
    pub language: String,
    pub channel: String,
    /// Whether what is sent here while the queue is closed waits until it opens (e-mail), or is lost (a call).
    pub deferred: bool,
    pub clock: &'a dyn LocalClock,
    pub open: Opening<'a>,
    /// In any order.
    pub history: Vec<HistoryPoint>,
    /// Length of the history's intervals; a divisor of a day (86,400 = daily totals, told at local or UTC midnight).
    pub history_interval_s: u32,
    pub special_days: Vec<SpecialDay>,
    pub events: Vec<Event>,
    pub like: Option<Like>,
    pub changes: Vec<Change>,
}

/// All queues of a scenario.
pub struct ForecastInput<'a> {
    pub queues: Vec<QueueInput<'a>>,
    pub target: Target,
}
