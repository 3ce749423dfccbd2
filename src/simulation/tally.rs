//! What is counted while one replication is played.

use super::prepared::Prepared;

/// Counts of one queue in one cell (an interval, or a part of the horizon), by the interval of arrival.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(super) struct Counts {
    pub offered: u32,
    pub answered: u32,
    pub in_time: u32,
    pub abandoned: u32,
    pub abandoned_in_time: u32,
    pub unserved: u32,
    /// Not answered at once (the unserved not counted).
    pub delayed: u32,
    pub wait_answered: f64,
    /// Waits of the answered and of those who hung up.
    pub wait_all: f64,
}

impl Counts {
    pub(super) fn add(&mut self, other: &Counts) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.in_time += other.in_time;
        self.abandoned += other.abandoned;
        self.abandoned_in_time += other.abandoned_in_time;
        self.unserved += other.unserved;
        self.delayed += other.delayed;
        self.wait_answered += other.wait_answered;
        self.wait_all += other.wait_all;
    }
}

/// How the intervals of the horizon are put together in cells.
#[derive(Debug, Clone)]
pub(super) struct Cells {
    pub of_interval: Vec<u32>,
    pub count: usize,
}

/// One replication, counted.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tally {
    /// `[queue * cells + cell]`
    pub counts: Vec<Counts>,
    /// Seconds with at least one contact, `[queue * cells + cell]` over the agents with the skill; the last row is
    /// everybody.
    pub busy_s: Vec<f64>,
    /// Seconds on shift or finishing a contact after it; rows as `busy_s`.
    pub staffed_s: Vec<f64>,
}

/// Busy and staffed time by group of agents and cell.
#[derive(Debug, Clone)]
pub(super) struct WorkTime {
    interval_s: f64,
    per_second: f64,
    cells: Cells,
    busy: Vec<f64>,
    staffed: Vec<f64>,
}

impl WorkTime {
    pub(super) fn new(p: &Prepared, cells: &Cells) -> Self {
        let size = p.groups.len() * cells.count;
        WorkTime {
            interval_s: p.interval_s,
            per_second: 1.0 / p.interval_s,
            cells: cells.clone(),
            busy: vec![0.0; size],
            staffed: vec![0.0; size],
        }
    }

    #[inline]
    pub(super) fn busy(&mut self, group: usize, from: f64, to: f64) {
        let row = group * self.cells.count;
        spread(
            &mut self.busy[row..],
            &self.cells,
            self.interval_s,
            self.per_second,
            from,
            to,
        );
    }

    pub(super) fn staffed(&mut self, group: usize, from: f64, to: f64) {
        let row = group * self.cells.count;
        spread(
            &mut self.staffed[row..],
            &self.cells,
            self.interval_s,
            self.per_second,
            from,
            to,
        );
    }

    /// Adds the groups up into queues, and forgets them.
    pub(super) fn take(&mut self, p: &Prepared) -> (Vec<f64>, Vec<f64>) {
        let taken = (
            self.by_queue(p, &self.busy),
            self.by_queue(p, &self.staffed),
        );
        self.busy.fill(0.0);
        self.staffed.fill(0.0);
        taken
    }

    fn by_queue(&self, p: &Prepared, by_group: &[f64]) -> Vec<f64> {
        let cells = self.cells.count;
        let mut sums = vec![0.0; (p.queues.len() + 1) * cells];
        for (g, group) in p.groups.iter().enumerate() {
            let source = &by_group[g * cells..(g + 1) * cells];
            for &row in group.queues.iter().chain([&p.queues.len()]) {
                for (sum, x) in sums[row * cells..].iter_mut().zip(source) {
                    *sum += x;
                }
            }
        }
        sums
    }
}

/// Adds the span `[from, to)` to the cells of the intervals that it touches; what lies outside the horizon is lost.
#[inline]
fn spread(row: &mut [f64], cells: &Cells, interval_s: f64, per_second: f64, from: f64, to: f64) {
    let mut from = from.max(0.0);
    let mut interval = (from * per_second) as usize;
    while from < to && interval < cells.of_interval.len() {
        let until = to.min((interval + 1) as f64 * interval_s);
        row[cells.of_interval[interval] as usize] += (until - from).max(0.0);
        from = from.max(until);
        interval += 1;
    }
}
