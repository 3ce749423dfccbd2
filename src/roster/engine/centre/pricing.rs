//! The best week of one person under given prices, or the best of those that keep some days as they are: a shortest path over days, every break in
//! its best place.

mod kinds;
mod table;
mod trace;

use std::ops::Range;

use crate::roster::problem::{Problem, Tour};
use crate::roster::rules::StartBand;

use super::breaks::{Sums, break_slots, least_loss};
use super::graph::Edge;
use super::menu::{Duty, Menu};
use kinds::Kinds;
use table::{DayTable, NEVER};

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
    kinds: Kinds,
    /// The free days' tables, and one for the evening before them.
    tables: Vec<DayTable>,
    onward: Onward,
}

/// Per node after the free days, the ways in which the kept days may follow: latest end of the last shift before them, and their cost.
#[derive(Debug, Default)]
struct Onward {
    ways: Vec<Vec<(u32, f64)>>,
    before: Vec<Vec<(u32, f64)>>,
}

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
    scratch.tables[0].run_maximum();
    let mut worths = std::mem::take(&mut scratch.worths);
    worths.clear();
    let duties = menu.duties[gap.days.clone()].iter().flatten();
    worths.extend(duties.map(|duty| scratch.worth(problem, duty)));
    let best = match &menu.bands {
        None => scratch.best_within(problem, menu, gap, &worths, None),
        Some(bands) => {
            let mut best: Option<Priced> = None;
            for (most, band) in bands.promising(menu, gap, &worths) {
                if best.as_ref().is_some_and(|best| most <= best.value) {
                    break;
                }
                let found = scratch.best_within(problem, menu, gap, &worths, Some(&band));
                if best.as_ref().map_or(NEVER, |best| best.value)
                    < found.as_ref().map_or(NEVER, |found| found.value)
                {
                    best = found;
                }
            }
            best
        }
    };
    scratch.worths = worths;
    best
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
    rested_before(problem, menu, &menu.duties[day][index as usize], edge)
}

fn rested_before(problem: &Problem, menu: &Menu, duty: &Duty, edge: &Edge) -> Option<u32> {
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
    /// What a duty earns less wages and wishes, with its breaks in their best places.
    fn worth(&self, problem: &Problem, duty: &Duty) -> f64 {
        let (start, end) = (duty.start as usize, (duty.start + duty.length) as usize);
        let lost = self.break_loss[duty.shape as usize * problem.slots + start];
        self.earned[end] - self.earned[start] - lost - duty.cost
    }

    /// The best duties for the gap, of a band's alone if there is one. `worths`: of the free days' duties, day by day.
    fn best_within(
        &mut self,
        problem: &Problem,
        menu: &Menu,
        gap: &Gap,
        worths: &[f64],
        band: Option<&StartBand>,
    ) -> Option<Priced> {
        let mut rest = worths;
        for (number, day) in gap.days.clone().enumerate() {
            let (before, after) = self.tables.split_at_mut(number + 1);
            let (table, next) = (&mut before[number], &mut after[0]);
            next.reset(menu.graph.nodes[day + 1], menu.ends);
            let duties = &menu.duties[day];
            let (worths, later) = rest.split_at(duties.len());
            rest = later;
            self.kinds.list(duties, band);
            let steps = menu.graph.layers[day].iter();
            for edge in steps.filter(|edge| table.is_reached(edge.from)) {
                let Some(kind) = edge.kind else {
                    let worth = -edge.cost - menu.off_cost[day];
                    let latest = latest_before_off(problem, menu, day, edge);
                    let shift = menu.day_slots[day] as usize;
                    next.take_day_off(table, edge, latest, shift, worth);
                    continue;
                };
                let Some((of_kind, ends)) = self.kinds.of(kind) else {
                    continue;
                };
                let from = table.row(edge.from);
                let mut to = next.reach(edge.to, ends);
                let need = menu.graph.needs[edge.need as usize];
                let rest = slots_up(need.rest, problem);
                let soonest = slots_up(need.not_before, problem);
                for run in of_kind {
                    let those = duties[run.clone()].iter().zip(&worths[run.clone()]);
                    for (duty, worth) in those.filter(|(duty, _)| duty.start >= soonest) {
                        let rested = duty.rested.min(duty.begins.saturating_sub(rest));
                        to.offer(duty.end, from.best(rested) + worth - edge.cost);
                    }
                }
            }
            next.run_maximum();
        }
        self.trace(problem, menu, gap, worths, band)
    }

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
            let mut row = table.reach(node, end as usize..end as usize + 1);
            row.offer(end, value);
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
        let (work, presence) = (&prices.work[reach.clone()], &prices.presence[reach.clone()]);
        let pay = &menu.pay[reach.clone()];
        let unpaid = || work.iter().zip(pay).map(|(work, pay)| work - pay);
        let earned = unpaid()
            .zip(presence)
            .map(|(left, presence)| left + presence);
        run_up(
            &mut self.sums.work,
            slots,
            reach.start,
            work.iter().copied(),
        );
        run_up(&mut self.sums.unpaid, slots, reach.start, unpaid());
        run_up(&mut self.earned, slots, reach.start, earned);
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
}

/// Running sums of what lies in the slots from `first` on, each at the boundary after its slot; there are so many slots in all.
fn run_up(sums: &mut Vec<f64>, slots: usize, first: usize, values: impl Iterator<Item = f64>) {
    sums.resize(slots + 1, 0.0);
    let mut sum = 0.0;
    sums[first] = sum;
    for (entry, value) in sums[first + 1..].iter_mut().zip(values) {
        sum += value;
        *entry = sum;
    }
}

#[cfg(test)]
mod tests;
