//! The best week of one person under given prices, or the best of those that keep some days as they are: a shortest path over days, every break in
//! its best place.

use std::ops::Range;

use crate::roster::problem::{Problem, Tour};

use super::breaks::{Sums, break_slots, least_loss};
use super::graph::Edge;
use super::menu::Menu;

/// What a slot is worth to whoever is there.
#[derive(Debug, Clone, Copy)]
pub struct Prices<'a> {
    /// Money for being at work (not on a break) in a slot.
    pub work: &'a [f64],
    /// Money for being on shift, breaks included.
    pub presence: &'a [f64],
}

/// Duties and their value: what they earn under the prices less wages and unmet wishes.
#[derive(Debug, Clone)]
pub struct Priced {
    pub value: f64,
    /// (day, index of the duty in the menu's day), of the days that were free.
    pub duties: Vec<(u32, u32)>,
}

/// A stretch of days that is free, between days that stay as they are.
#[derive(Debug, Clone)]
pub struct Gap<'a> {
    pub days: Range<usize>,
    /// Per day of the menu its duty, if it has one; read outside the gap alone.
    pub kept: &'a [Option<u32>],
}

/// Memory that is used again from call to call.
#[derive(Debug, Default)]
pub struct Scratch {
    sums: Sums,
    /// Per slot boundary: value of the slots before it, on shift and working.
    earned: Vec<f64>,
    /// Per (shape, slot): least value lost to the breaks of a shift starting there; NaN = not computed.
    break_loss: Vec<f64>,
    worths: Vec<f64>,
    /// The free days' tables, and one for the evening before them.
    tables: Vec<DayTable>,
    onward: Onward,
}

#[derive(Debug, Default, Clone)]
struct DayTable {
    /// Best value per (node, end), then its running maximum.
    value: Vec<f64>,
    /// Where the value came from: previous node, latest end allowed there, duty (u32::MAX = day off).
    from: Vec<(u32, u32, u32)>,
    /// Index of the end at which the running maximum was reached.
    best_end: Vec<u32>,
    /// Nodes that somebody can be at; of all others the entries above mean nothing.
    reached: Vec<bool>,
}

/// Per node after the free days, the ways in which the kept days may follow: latest end of the last shift before them, and their cost.
#[derive(Debug, Default)]
struct Onward {
    ways: Vec<Vec<(u32, f64)>>,
    before: Vec<Vec<(u32, f64)>>,
}

const NEVER: f64 = f64::NEG_INFINITY;

/// The best week; `None` where the rules leave none.
pub fn best_tour(
    problem: &Problem,
    menu: &Menu,
    prices: Prices,
    scratch: &mut Scratch,
) -> Option<Priced> {
    let gap = Gap {
        days: 0..menu.duties.len(),
        kept: &[],
    };
    best_in_gap(problem, menu, &gap, prices, scratch)
}

/// The best duties for a stretch of days; `None` where the rules leave none beside the days that are kept. Prices are read in the slots that the
/// stretch reaches ([`Menu::reach`]) alone.
pub fn best_in_gap(
    problem: &Problem,
    menu: &Menu,
    gap: &Gap,
    prices: Prices,
    scratch: &mut Scratch,
) -> Option<Priced> {
    if !menu.graph.is_possible() || !scratch.come_to(problem, menu, gap) {
        return None;
    }
    scratch.go_on(problem, menu, gap);
    scratch.prepare(problem, menu, gap, prices);
    let (slots, ends) = (problem.slots, menu.ends);
    let mut worths = std::mem::take(&mut scratch.worths);
    for (number, day) in gap.days.clone().enumerate() {
        let (before, after) = scratch.tables.split_at_mut(number + 1);
        let (table, next) = (&mut before[number], &mut after[0]);
        table.run_maximum(ends);
        next.reset(menu.graph.nodes[day + 1], ends);
        let duties = &menu.duties[day];
        worths.clear();
        worths.extend(duties.iter().map(|duty| {
            let (start, end) = (duty.start as usize, (duty.start + duty.length) as usize);
            let lost = scratch.break_loss[duty.shape as usize * slots + start];
            scratch.earned[end] - scratch.earned[start] - lost - duty.cost
        }));
        let steps = menu.graph.layers[day].iter();
        for edge in steps.filter(|edge| table.reached[edge.from as usize]) {
            next.reach(edge.to as usize, ends);
            let Some(kind) = edge.kind else {
                let worth = -edge.cost - menu.off_cost[day];
                let span = (latest_before_off(problem, menu, day, edge), ends);
                next.take_day_off(table, edge, span, menu.day_slots[day] as usize, worth);
                continue;
            };
            let (from, to) = (edge.from as usize * ends, edge.to as usize * ends);
            let values = &table.value[from..from + ends];
            let first = duties.partition_point(|duty| duty.kind < kind);
            let of_kind = duties.iter().zip(&worths).enumerate().skip(first);
            let of_kind = of_kind.take_while(|(_, (duty, _))| duty.kind == kind);
            let need = menu.graph.needs[edge.need as usize];
            let rest = slots_up(need.rest, problem);
            let soonest = slots_up(need.not_before, problem);
            for (index, (duty, worth)) in of_kind {
                if duty.start < soonest {
                    continue;
                }
                let rested = duty.rested.min(duty.begins.saturating_sub(rest));
                let value = values[rested as usize] + worth - edge.cost;
                let at = to + duty.end as usize;
                if value > next.value[at] {
                    next.value[at] = value;
                    next.from[at] = (edge.from, rested, index as u32);
                }
            }
        }
    }
    scratch.worths = worths;
    scratch.tables[gap.days.len()].run_maximum(ends);
    scratch.trace(menu, gap)
}

/// Slots that hold so many minutes.
fn slots_up(minutes: i32, problem: &Problem) -> u32 {
    ((minutes.max(0) + problem.slot_minutes - 1) / problem.slot_minutes) as u32
}

/// Latest end of a shift, on the day's axis, before a day off that this edge takes.
fn latest_before_off(problem: &Problem, menu: &Menu, day: usize, edge: &Edge) -> usize {
    if edge.need == 0 {
        return menu.ends - 1;
    }
    let rest = slots_up(menu.graph.needs[edge.need as usize].rest, problem);
    (menu.day_ends[day].saturating_sub(rest) as usize).min(menu.ends - 1)
}

/// Latest end of a shift, on the day's axis, before a duty of that day that this edge takes; `None` where it may not.
fn latest_before_duty(
    problem: &Problem,
    menu: &Menu,
    (day, index): (usize, u32),
    edge: &Edge,
) -> Option<u32> {
    let duty = &menu.duties[day][index as usize];
    let need = menu.graph.needs[edge.need as usize];
    let rest = slots_up(need.rest, problem);
    (duty.start >= slots_up(need.not_before, problem))
        .then(|| duty.rested.min(duty.begins.saturating_sub(rest)))
}

/// The tour of the priced duties with every break where it loses least under the prices that the scratch was last prepared with.
pub fn place_breaks(problem: &Problem, menu: &Menu, priced: &Priced, scratch: &Scratch) -> Tour {
    let shifts = priced
        .duties
        .iter()
        .map(|&(day, index)| {
            let duty = &menu.duties[day as usize][index as usize];
            let shape = &menu.shapes[duty.shape as usize];
            let slots = break_slots(shape, duty.start, &scratch.sums);
            menu.shift(problem, duty, &slots)
        })
        .collect();
    Tour { shifts }
}

impl Scratch {
    /// Sets the first table to where the days before the gap lead; false where they keep to no rule.
    fn come_to(&mut self, problem: &Problem, menu: &Menu, gap: &Gap) -> bool {
        let ends = menu.ends;
        let mut here = vec![(0u32, menu.rested_from, 0.0f64)];
        for day in 0..gap.days.start {
            let kept = gap.kept[day].map(|index| (day, index));
            let kind = kept.map(|(_, index)| menu.duties[day][index as usize].kind);
            let steps = menu.graph.layers[day].iter();
            let steps = steps.filter(|edge| edge.kind == kind);
            let mut next = Vec::with_capacity(here.len());
            for edge in steps {
                for &(_, end, value) in here.iter().filter(|(node, ..)| *node == edge.from) {
                    let (latest, after) = match kept {
                        None => {
                            let latest = latest_before_off(problem, menu, day, edge) as u32;
                            (Some(latest), end.saturating_sub(menu.day_slots[day]))
                        }
                        Some(duty) => (
                            latest_before_duty(problem, menu, duty, edge),
                            menu.duties[day][duty.1 as usize].end,
                        ),
                    };
                    if latest.is_some_and(|latest| end <= latest) {
                        next.push((edge.to, after, value - edge.cost));
                    }
                }
            }
            here = next;
        }
        if self.tables.len() <= gap.days.len() {
            self.tables
                .resize_with(gap.days.len() + 1, DayTable::default);
        }
        let table = &mut self.tables[0];
        table.reset(menu.graph.nodes[gap.days.start], ends);
        for &(node, end, value) in &here {
            table.reach(node as usize, ends);
            let at = &mut table.value[node as usize * ends + end as usize];
            *at = at.max(value);
        }
        !here.is_empty()
    }

    /// Works out, from the last day back, how the days after the gap may follow it.
    fn go_on(&mut self, problem: &Problem, menu: &Menu, gap: &Gap) {
        let Onward { ways, before } = &mut self.onward;
        let reset = |ways: &mut Vec<Vec<(u32, f64)>>, nodes: usize| {
            ways.iter_mut().for_each(Vec::clear);
            ways.resize_with(ways.len().max(nodes), Vec::new);
        };
        let days = menu.duties.len();
        reset(ways, menu.graph.nodes[days]);
        for way in &mut ways[..menu.graph.nodes[days]] {
            way.push((menu.ends as u32 - 1, 0.0));
        }
        for day in (gap.days.end..days).rev() {
            reset(before, menu.graph.nodes[day]);
            let kept = gap.kept[day].map(|index| (day, index));
            let kind = kept.map(|(_, index)| menu.duties[day][index as usize].kind);
            let steps = menu.graph.layers[day].iter();
            for edge in steps.filter(|edge| edge.kind == kind) {
                for &(end, cost) in &ways[edge.to as usize] {
                    let latest = match kept {
                        None => {
                            let rested = latest_before_off(problem, menu, day, edge) as u32;
                            Some(rested.min(end + menu.day_slots[day]))
                        }
                        Some(duty) => latest_before_duty(problem, menu, duty, edge)
                            .filter(|_| menu.duties[day][duty.1 as usize].end <= end),
                    };
                    if let Some(latest) = latest {
                        before[edge.from as usize].push((latest, cost + edge.cost));
                    }
                }
            }
            std::mem::swap(ways, before);
        }
    }

    fn prepare(&mut self, problem: &Problem, menu: &Menu, gap: &Gap, prices: Prices) {
        let slots = problem.slots;
        let reach = menu.reach(gap.days.clone());
        let running = |out: &mut Vec<f64>, value: &dyn Fn(usize) -> f64| {
            out.resize(slots + 1, 0.0);
            let mut sum = 0.0;
            out[reach.start] = sum;
            for slot in reach.clone() {
                sum += value(slot);
                out[slot + 1] = sum;
            }
        };
        running(&mut self.sums.work, &|slot| prices.work[slot]);
        running(&mut self.sums.pay, &|slot| menu.pay[slot]);
        running(&mut self.earned, &|slot| {
            prices.work[slot] + prices.presence[slot] - menu.pay[slot]
        });
        let loss = &mut self.break_loss;
        if loss.len() < menu.shapes.len() * slots {
            loss.resize(menu.shapes.len() * slots, f64::NAN);
        }
        let duties = || menu.duties[gap.days.clone()].iter().flatten();
        let at = |shape: u32, start: u32| shape as usize * slots + start as usize;
        for duty in duties() {
            loss[at(duty.shape, duty.start)] = f64::NAN;
        }
        for duty in duties() {
            let loss = &mut loss[at(duty.shape, duty.start)];
            if loss.is_nan() {
                let shape = &menu.shapes[duty.shape as usize];
                *loss = least_loss(shape, duty.start as usize, &mut self.sums);
            }
        }
    }

    /// Walks back from the best state after the gap.
    fn trace(&self, menu: &Menu, gap: &Gap) -> Option<Priced> {
        let ends = menu.ends;
        let last = &self.tables[gap.days.len()];
        let (mut value, mut at) = (NEVER, 0);
        let nodes = menu.graph.nodes[gap.days.end];
        let onward = self.onward.ways[..nodes].iter().enumerate();
        for (node, ways) in onward.filter(|(node, _)| last.reached[*node]) {
            for &(latest, cost) in ways {
                let state = node * ends + latest as usize;
                if last.value[state] - cost > value {
                    value = last.value[state] - cost;
                    at = node * ends + last.best_end[state] as usize;
                }
            }
        }
        if value == NEVER {
            return None;
        }
        let mut duties = Vec::new();
        for (number, day) in gap.days.clone().enumerate().rev() {
            let (node, end, duty) = self.tables[number + 1].from[at];
            if duty != u32::MAX {
                duties.push((day as u32, duty));
            }
            let before = node as usize * ends + end as usize;
            at = node as usize * ends + self.tables[number].best_end[before] as usize;
        }
        duties.reverse();
        Some(Priced { value, duties })
    }
}

impl DayTable {
    fn reset(&mut self, nodes: usize, ends: usize) {
        let size = nodes * ends;
        self.value.resize(self.value.len().max(size), NEVER);
        self.from
            .resize(self.from.len().max(size), (0, 0, u32::MAX));
        self.best_end.resize(self.best_end.len().max(size), 0);
        self.reached.clear();
        self.reached.resize(nodes, false);
    }

    /// Makes a node ready for values.
    fn reach(&mut self, node: usize, ends: usize) {
        if !self.reached[node] {
            self.reached[node] = true;
            self.value[node * ends..][..ends].fill(NEVER);
        }
    }

    fn run_maximum(&mut self, ends: usize) {
        for node in (0..self.reached.len()).filter(|node| self.reached[*node]) {
            let values = &mut self.value[node * ends..][..ends];
            let best = &mut self.best_end[node * ends..][..ends];
            let (mut top, mut at) = (NEVER, 0);
            for (end, (value, best)) in values.iter_mut().zip(best).enumerate() {
                if *value > top {
                    (top, at) = (*value, end as u32);
                }
                *value = top;
                *best = at;
            }
        }
    }

    fn take_day_off(
        &mut self,
        before: &DayTable,
        edge: &Edge,
        (latest, ends): (usize, usize),
        shift: usize,
        worth: f64,
    ) {
        let mut last = NEVER;
        for end in 0..=latest {
            let value = before.value[edge.from as usize * ends + end];
            // Running maxima repeat; only the end at which a value was reached matters.
            if value <= last {
                continue;
            }
            last = value;
            let at = edge.to as usize * ends + end.saturating_sub(shift);
            if value + worth > self.value[at] {
                self.value[at] = value + worth;
                self.from[at] = (edge.from, end as u32, u32::MAX);
            }
        }
    }
}

#[cfg(test)]
mod tests;
