//! What happened, per queue.

use super::Finding;

/// The contacts of the past.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History {
    /// One for each known queue, in the order of [`KnownQueues`](super::KnownQueues); without records where the files have none.
    pub queues: Vec<QueueHistory>,
    /// Everything that was odd, in order of gravity and of the files.
    pub report: Vec<Finding>,
}

impl History {
    /// Whether something is wrong that must be mended before the history can be trusted.
    pub fn has_errors(&self) -> bool {
        self.report.iter().any(Finding::is_error)
    }
}

#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueueHistory {
    pub id: String,
    /// Length of the intervals that its rows stand for; `None` with fewer than two rows.
    pub interval_minutes: Option<u32>,
    /// Ordered by start, each start once.
    pub records: Vec<Record>,
    /// Stretches without rows between the first and the last record while the queue is open, by time.
    pub gaps: Vec<Gap>,
}

/// One interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Minutes since 1970-01-01T00:00Z.
    pub start: i64,
    /// Contacts offered, at least 0.
    pub contacts: f64,
    /// Mean work on a contact in seconds, above 0; `None` where it was not given or cannot be.
    pub handle_time_s: Option<f64>,
    /// What else the file said of the interval.
    pub service: Option<Box<Service>>,
}

/// How the interval went; each `None` where the file has no such column or value.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Service {
    /// Contacts answered.
    pub answered: Option<f64>,
    /// Contacts whose customer hung up.
    pub abandoned: Option<f64>,
    /// Contacts answered within the target's threshold.
    pub answered_within: Option<f64>,
    /// Mean wait in seconds.
    pub wait_s: Option<f64>,
}

/// A stretch without rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// Start of the first missing interval, in minutes since 1970-01-01T00:00Z.
    pub from: i64,
    /// Start of the first interval that is there again, or the end of the last one missing before the queue closes.
    pub until: i64,
    /// How many intervals are missing.
    pub intervals: usize,
}

impl QueueHistory {
    /// Open intervals between the first and the last record that have no row.
    pub fn missing(&self) -> usize {
        self.gaps.iter().map(|gap| gap.intervals).sum()
    }

    /// Share of the intervals between the first and the last record that have a row; 0 without records.
    pub fn completeness(&self) -> f64 {
        let there = self.records.len();
        if there == 0 {
            return 0.0;
        }
        there as f64 / (there + self.missing()) as f64
    }

    pub fn contacts(&self) -> f64 {
        self.records.iter().map(|record| record.contacts).sum()
    }
}
