//! Where the best value came from: tables hold values alone, so the way is found by asking each day which of its steps has that value.

use crate::roster::engine::centre::graph::Edge;
use crate::roster::engine::centre::menu::{Duty, Menu};
use crate::roster::problem::Problem;
use crate::roster::rules::StartBand;

use super::table::{DayTable, NEVER};
use super::{Gap, Priced, Scratch, latest_before_off, rested_before};

impl Scratch {
    /// Walks back from the best state after the gap.
    pub(super) fn trace(
        &self,
        problem: &Problem,
        menu: &Menu,
        gap: &Gap,
        worths: &[f64],
        band: Option<&StartBand>,
    ) -> Option<Priced> {
        let last = &self.tables[gap.days.len()];
        let (mut value, mut at) = (NEVER, (0, 0));
        let nodes = menu.graph.nodes[gap.days.end];
        let onward = (0u32..).zip(&self.onward.ways[..nodes]);
        for (node, ways) in onward.filter(|(node, _)| last.is_reached(*node)) {
            let row = last.row(node);
            for &(latest, cost) in ways {
                if row.best(latest) - cost > value {
                    value = row.best(latest) - cost;
                    at = (node, row.best_end(latest));
                }
            }
        }
        if value == NEVER {
            return None;
        }
        let mut duties = Vec::new();
        let mut later = worths;
        for (number, day) in gap.days.clone().enumerate().rev() {
            let (before, worths) = later.split_at(later.len() - menu.duties[day].len());
            later = before;
            let step = Step {
                problem,
                menu,
                day,
                worths,
                band,
            };
            let came = step.came(&self.tables[number], &self.tables[number + 1], at);
            let (node, latest, duty) = came.expect("a value comes from somewhere");
            duties.extend(duty.map(|duty| (day as u32, duty)));
            at = (node, self.tables[number].row(node).best_end(latest));
        }
        duties.reverse();
        Some(Priced { value, duties })
    }
}

/// A day's step, looked at from its evening.
struct Step<'a> {
    problem: &'a Problem,
    menu: &'a Menu,
    day: usize,
    /// Of the day's duties.
    worths: &'a [f64],
    band: Option<&'a StartBand>,
}

impl Step<'_> {
    /// What led to a node by an end that it first has its value at: the node before, the latest end there, and the duty if there is one.
    fn came(
        &self,
        before: &DayTable,
        after: &DayTable,
        (node, end): (u32, u32),
    ) -> Option<(u32, u32, Option<u32>)> {
        let value = after.row(node).best(end);
        let holds = |duty: &Duty| self.band.is_none_or(|band| band.holds(duty.wall_start));
        let duties = (0u32..).zip(&self.menu.duties[self.day]).zip(self.worths);
        let ending: Vec<((u32, &Duty), &f64)> = duties
            .filter(|((_, duty), _)| duty.end == end && holds(duty))
            .collect();
        let edges = self.menu.graph.layers[self.day].iter();
        let mut edges = edges.filter(|edge| edge.to == node && before.is_reached(edge.from));
        edges.find_map(|edge| {
            let row = before.row(edge.from);
            let Some(kind) = edge.kind else {
                let latest = self.day_off_after(edge, end)?;
                let worth = -edge.cost - self.menu.off_cost[self.day];
                return (row.best(latest) + worth == value).then_some((edge.from, latest, None));
            };
            let mut of_kind = ending.iter().filter(|((_, duty), _)| duty.kind == kind);
            of_kind.find_map(|&((index, duty), worth)| {
                let rested = rested_before(self.problem, self.menu, duty, edge)?;
                let came = row.best(rested) + worth - edge.cost == value;
                came.then_some((edge.from, rested, Some(index)))
            })
        })
    }

    /// Latest end on the axis of the day before that comes to this one; `None` where it leaves too little rest for the day off.
    fn day_off_after(&self, edge: &Edge, end: u32) -> Option<u32> {
        let latest = latest_before_off(self.problem, self.menu, self.day, edge) as u32;
        let shift = self.menu.day_slots[self.day];
        match end {
            0 => Some(shift.min(latest)),
            _ => Some(end + shift).filter(|end| *end <= latest),
        }
    }
}
