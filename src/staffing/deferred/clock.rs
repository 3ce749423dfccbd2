//! The clock of a response target.

use super::{DeferredWork, ResponseClock};

/// Counted time at the start of each interval and the end of the last, s.
pub(super) struct Clock {
    interval_s: f64,
    edges: Vec<f64>,
    /// Time goes on counting after the last interval.
    endless: bool,
}

/// Seconds below which two counted times are the same.
const SAME: f64 = 1e-6;

impl Clock {
    pub(super) fn new(work: &DeferredWork) -> Clock {
        let endless = work.clock == ResponseClock::Elapsed;
        let mut edges = vec![0.0];
        let mut counted = 0.0;
        for &open in &work.open {
            counted += if open || endless {
                work.interval_s
            } else {
                0.0
            };
            edges.push(counted);
        }
        Clock {
            interval_s: work.interval_s,
            edges,
            endless,
        }
    }

    /// Counted time at the start of an interval.
    pub(super) fn at_edge(&self, interval: usize) -> f64 {
        self.edges[interval]
    }

    /// Whether the clock runs in an interval.
    pub(super) fn runs(&self, interval: usize) -> bool {
        self.edges[interval + 1] > self.edges[interval]
    }

    /// Counted time at `time`, within the intervals.
    pub(super) fn at(&self, time: f64) -> f64 {
        let last = self.edges.len() - 1;
        let interval = ((time / self.interval_s).floor().max(0.0) as usize).min(last);
        let part = time - interval as f64 * self.interval_s;
        if interval < last && self.runs(interval) {
            self.edges[interval] + part
        } else {
            self.edges[interval]
        }
    }

    /// The first time at which so much has been counted; infinite if that is after the last interval.
    pub(super) fn first_time(&self, counted: f64) -> f64 {
        let edge = self.edges.partition_point(|&e| e < counted - SAME);
        if edge == self.edges.len() {
            let over = counted - self.edges[edge - 1];
            return if self.endless {
                (edge - 1) as f64 * self.interval_s + over
            } else {
                f64::INFINITY
            };
        }
        if edge == 0 {
            return 0.0;
        }
        (edge - 1) as f64 * self.interval_s + (counted - self.edges[edge - 1]).min(self.interval_s)
    }

    /// The last time, within the intervals, at which no more than this has been counted; `None` if there is none.
    pub(super) fn last_time(&self, counted: f64) -> Option<f64> {
        let edge = self
            .edges
            .partition_point(|&e| e <= counted + SAME)
            .checked_sub(1)?;
        let part = if edge + 1 == self.edges.len() {
            0.0
        } else {
            (counted - self.edges[edge]).max(0.0)
        };
        Some(edge as f64 * self.interval_s + part)
    }
}
