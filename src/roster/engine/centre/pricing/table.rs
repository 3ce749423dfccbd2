//! What the days so far are worth at best, by what the rules remember and by the end of the last shift.

use std::ops::Range;

use crate::roster::engine::centre::graph::Edge;

/// Worth of what cannot be.
pub const NEVER: f64 = f64::NEG_INFINITY;

/// The evening of one day: per node of the tour graph a row of ends. Only the ends of a row that something was offered for, and those between
/// them, are ever touched: rules that remember much leave many nodes, each with few ends. Where a value came from is not written down, because only
/// the few on the best way are ever asked.
#[derive(Debug, Default, Clone)]
pub struct DayTable {
    ends: usize,
    /// Best value per (node, end), then its running maximum.
    value: Vec<f64>,
    /// Per node the ends that mean something; empty where nobody can be.
    spans: Vec<Range<usize>>,
}

impl DayTable {
    pub fn reset(&mut self, nodes: usize, ends: usize) {
        let size = nodes * ends;
        self.ends = ends;
        self.value.resize(self.value.len().max(size), NEVER);
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
        }
    }

    pub fn run_maximum(&mut self) {
        for (node, span) in self.spans.iter().enumerate() {
            let row = node * self.ends;
            let mut top = NEVER;
            for value in &mut self.value[row + span.start..row + span.end] {
                top = greater(*value, top);
                *value = top;
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
        }
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
        let first = row.first.max(shift);
        let moved = |end: usize| end.saturating_sub(shift);
        let ends = moved(row.first)..moved(row.first + open - 1) + 1;
        let to = self.reach(edge.to, ends);
        // All that ended before the axis begins are as good as the last of them, since maxima run.
        let long_ago = (first - row.first).min(open);
        if let Some(value) = row.value[..long_ago].last() {
            let cell = &mut to.value[0];
            *cell = greater(value + worth, *cell);
        }
        let cells = to.value[moved(first) - to.first..].iter_mut();
        for (cell, value) in cells.zip(&row.value[long_ago..open]) {
            *cell = greater(value + worth, *cell);
        }
    }
}

/// `f64::max` of numbers; it takes a while to make sure that they are.
fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// What is known of a node.
pub struct Row<'a> {
    first: usize,
    value: &'a [f64],
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
        let best = self.best(latest);
        (self.first + self.value.partition_point(|value| *value < best)) as u32
    }
}

/// A node for which values come in.
pub struct RowMut<'a> {
    first: usize,
    value: &'a mut [f64],
}

impl RowMut<'_> {
    /// Keeps a value at an end that was made ready if it is the best so far.
    pub fn offer(&mut self, end: u32, value: f64) {
        let cell = &mut self.value[end as usize - self.first];
        *cell = greater(value, *cell);
    }
}
