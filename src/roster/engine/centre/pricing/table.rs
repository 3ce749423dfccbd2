//! What the days so far are worth at best, by what the rules remember and by the end of the last shift.

use std::ops::Range;

use crate::roster::engine::centre::graph::Edge;

/// Worth of what cannot be.
pub const NEVER: f64 = f64::NEG_INFINITY;
/// The duty of a day off.
pub const DAY_OFF: u32 = u32::MAX;

/// The evening of one day: per node of the tour graph a row of ends. Only the ends of a row that something was offered for, and those between
/// them, are ever touched: rules that remember much leave many nodes, each with few ends.
#[derive(Debug, Default, Clone)]
pub struct DayTable {
    ends: usize,
    /// Best value per (node, end), then its running maximum.
    value: Vec<f64>,
    /// Where the value came from: previous node, latest end allowed there, duty (or [`DAY_OFF`]).
    from: Vec<(u32, u32, u32)>,
    /// Index of the end at which the running maximum was reached.
    best_end: Vec<u32>,
    /// Per node the ends that mean something; empty where nobody can be.
    spans: Vec<Range<usize>>,
}

impl DayTable {
    pub fn reset(&mut self, nodes: usize, ends: usize) {
        let size = nodes * ends;
        self.ends = ends;
        self.value.resize(self.value.len().max(size), NEVER);
        let from = (0, 0, DAY_OFF);
        self.from.resize(self.from.len().max(size), from);
        self.best_end.resize(self.best_end.len().max(size), 0);
        self.spans.clear();
        self.spans.resize(nodes, 0..0);
    }

    /// Whether somebody can be at a node.
    pub fn is_reached(&self, node: u32) -> bool {
        !self.spans[node as usize].is_empty()
    }

    /// Makes ends of a node ready for values.
    pub fn reach(&mut self, node: u32, ends: Range<usize>) -> RowMut<'_> {
        let row = node as usize * self.ends;
        let span = &mut self.spans[node as usize];
        if Range::is_empty(span) {
            self.value[row + ends.start..row + ends.end].fill(NEVER);
            *span = ends;
        } else {
            if ends.start < span.start {
                self.value[row + ends.start..row + span.start].fill(NEVER);
                span.start = ends.start;
            }
            if ends.end > span.end {
                self.value[row + span.end..row + ends.end].fill(NEVER);
                span.end = ends.end;
            }
        }
        RowMut {
            first: span.start,
            value: &mut self.value[row + span.start..row + span.end],
            from: &mut self.from[row + span.start..row + span.end],
        }
    }

    pub fn run_maximum(&mut self) {
        for (node, span) in self.spans.iter().enumerate() {
            let row = node * self.ends;
            let cells = row + span.start..row + span.end;
            let values = &mut self.value[cells.clone()];
            let best = &mut self.best_end[cells];
            let (mut top, mut at) = (NEVER, span.start as u32);
            for ((end, value), best) in span.clone().zip(values).zip(best) {
                if *value > top {
                    (top, at) = (*value, end as u32);
                }
                *value = top;
                *best = at;
            }
        }
    }

    /// The ends of a node that mean something; after [`DayTable::run_maximum`].
    pub fn row(&self, node: u32) -> Row<'_> {
        let span = &self.spans[node as usize];
        let row = node as usize * self.ends;
        Row {
            first: span.start,
            value: &self.value[row + span.start..row + span.end],
            best_end: &self.best_end[row + span.start..row + span.end],
        }
    }

    pub fn from(&self, node: u32, end: u32) -> (u32, u32, u32) {
        self.from[node as usize * self.ends + end as usize]
    }

    /// Takes the day off that an edge stands for, after days that ended no later than `latest`; `shift`: slots by which the day's axis begins later
    /// than that of the day before.
    pub fn take_day_off(
        &mut self,
        before: &DayTable,
        edge: &Edge,
        latest: usize,
        shift: usize,
        worth: f64,
    ) {
        let row = before.row(edge.from);
        let open = (latest + 1).saturating_sub(row.first).min(row.value.len());
        if open == 0 {
            return;
        }
        let moved = |end: usize| end.saturating_sub(shift);
        let ends = moved(row.first)..moved(row.first + open - 1) + 1;
        let mut to = self.reach(edge.to, ends);
        let mut last = NEVER;
        for (end, &value) in (row.first..).zip(&row.value[..open]) {
            // Running maxima repeat; only the end at which a value was reached matters.
            if value <= last {
                continue;
            }
            last = value;
            let from = (edge.from, end as u32, DAY_OFF);
            to.offer(moved(end) as u32, value + worth, from);
        }
    }
}

/// What is known of a node.
pub struct Row<'a> {
    first: usize,
    value: &'a [f64],
    best_end: &'a [u32],
}

impl Row<'_> {
    /// Best value of those who ended no later.
    pub fn best(&self, latest: u32) -> f64 {
        match (latest as usize).checked_sub(self.first) {
            Some(at) => self.value[at.min(self.value.len() - 1)],
            None => NEVER,
        }
    }

    /// When they ended; of no meaning where there are none.
    pub fn best_end(&self, latest: u32) -> u32 {
        let at = (latest as usize).saturating_sub(self.first);
        self.best_end[at.min(self.best_end.len() - 1)]
    }
}

/// A node for which values come in.
pub struct RowMut<'a> {
    first: usize,
    value: &'a mut [f64],
    from: &'a mut [(u32, u32, u32)],
}

impl RowMut<'_> {
    /// Keeps a value at an end that was made ready if it is the best so far.
    pub fn offer(&mut self, end: u32, value: f64, from: (u32, u32, u32)) {
        let at = end as usize - self.first;
        if value > self.value[at] {
            self.value[at] = value;
            self.from[at] = from;
        }
    }
}
