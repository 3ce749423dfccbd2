//! Scenarios side by side, as plain values.

use chrono::NaiveDate;

use crate::calendar::Instant;

/// A value with its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measured {
    pub mean: f64,
    /// Half the width of the interval; 0 for what is not left to chance.
    pub half_width: f64,
}

impl Measured {
    pub fn exactly(mean: f64) -> Measured {
        Measured {
            mean,
            half_width: 0.0,
        }
    }

    pub fn low(&self) -> f64 {
        self.mean - self.half_width
    }

    pub fn high(&self) -> f64 {
        self.mean + self.half_width
    }

    /// Whether chance alone does not explain it: as a difference, whether it is above or below 0 for sure (95 %).
    pub fn is_news(&self) -> bool {
        self.mean.abs() > self.half_width && self.mean != 0.0
    }
}

/// Scenarios planned alike and played on the same random contacts, laid side by side. Differences are against the first.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// Currency of every amount of money.
    pub currency: String,
    pub first_day: NaiveDate,
    /// Begin of the plan, for files that say when they were made.
    pub stamp: Instant,
    pub weeks: u32,
    pub seed: u64,
    /// The program's version.
    pub version: String,
    /// Random weeks that every option was played on.
    pub weeks_played: usize,
    /// Times that each option was planned, with other random searches; how far they lie apart is in every interval.
    pub repeats: usize,
    /// The promise in words: "80 % within 20 s".
    pub goal: String,
    pub options: Vec<Choice>,
    /// Money, hours and people; one value per option.
    pub figures: Vec<Figure>,
    /// Service in total, by language, by channel and by queue.
    pub rows: Vec<ServiceRow>,
    /// Which option keeps every promise at the least cost; `None` where none can.
    pub cheapest: Option<Cheapest>,
}

/// One scenario.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// `A`, `B`, ...
    pub letter: String,
    pub name: String,
    /// As given on the command line.
    pub path: String,
    /// Queues below their target, with the share answered in time, the target, and whether it is surely below.
    pub short: Vec<ShortQueue>,
    /// What else is missing, in words: cover, wishes.
    pub missing: Vec<String>,
    /// Share of the objective that a better plan could save at most, 0..1.
    pub gap: f64,
    /// What it takes to keep every promise.
    pub at_target: AtTarget,
    /// People who were hired for it, in words: "7 × osaka-team".
    pub hired: Vec<String>,
}

/// A queue that does not keep its promise.
#[derive(Debug, Clone, PartialEq)]
pub struct ShortQueue {
    pub queue: String,
    /// Share answered in time, on the worst day if the target is to hold every day.
    pub service: f64,
    pub on_worst_day: bool,
    pub target: f64,
}

/// An option brought to its targets.
#[derive(Debug, Clone, PartialEq)]
pub struct AtTarget {
    /// Money a week, the people who are missing included.
    pub cost_week: f64,
    /// Whether another roster of the same people does it.
    pub rearranged: bool,
    /// People more, by kind: "2 × part-time in athens (el, en; phone, chat, email)".
    pub people: Vec<String>,
    /// How many that is.
    pub count: u32,
    /// Queues that are still below target with them; then `cost_week` is too low.
    pub out_of_reach: Vec<String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Cheapest {
    /// Index of the option.
    pub option: usize,
    /// Cost a week of each option at target less that of the cheapest one; `None` where it cannot be reached.
    pub dearer: Vec<Option<Measured>>,
    /// Whether every other option is dearer beyond chance (95 %).
    pub sure: bool,
}

/// One line of money, hours or people.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    pub key: &'static str,
    pub name: String,
    pub unit: Unit,
    /// Per option.
    pub values: Vec<f64>,
    /// Against the first option.
    pub differences: Vec<Measured>,
}

/// How a figure is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Money,
    Hours,
    People,
    Count,
}

/// What a row of service is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowKind {
    Total,
    Language,
    Channel,
    Queue,
}

impl RowKind {
    pub fn word(self) -> &'static str {
        match self {
            RowKind::Total => "total",
            RowKind::Language => "language",
            RowKind::Channel => "channel",
            RowKind::Queue => "queue",
        }
    }
}

/// Service of one queue, or of several together, in every option.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceRow {
    pub kind: RowKind,
    pub name: String,
    /// Share and words of the promise, of single queues.
    pub target: Option<(f64, String)>,
    /// Per option; `None` where it has no such queue.
    pub cells: Vec<Option<ServiceCell>>,
}

/// Simulated service and its difference to the first option.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServiceCell {
    /// Contacts a week.
    pub contacts: Measured,
    /// Share answered in time.
    pub service: Measured,
    /// Mean wait of the answered, seconds.
    pub wait_s: Measured,
    /// Share that hung up.
    pub abandoned: Measured,
    /// Share of time at work spent on contacts; none for several queues together.
    pub occupancy: Option<Measured>,
    /// Less the first option's; `None` where that has no such queue.
    pub service_difference: Option<Measured>,
    pub wait_difference: Option<Measured>,
    pub abandoned_difference: Option<Measured>,
}
