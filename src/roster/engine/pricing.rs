//! The best week of one person under given prices: a shortest path over days, every break in its best place.

use crate::roster::problem::{Problem, Tour};

use super::menu::Menu;
use super::shapes::Shape;

/// What a slot is worth to whoever is there.
#[derive(Debug, Clone, Copy)]
pub struct Prices<'a> {
    /// Money for being at work (not on a break) in a slot.
    pub work: &'a [f64],
    /// Money for being on shift, breaks included.
    pub presence: &'a [f64],
}

/// A week and its value: what it earns under the prices less wages and unmet wishes.
#[derive(Debug, Clone)]
pub struct Priced {
    pub value: f64,
    /// (day, index of the duty in the menu's day).
    pub duties: Vec<(u32, u32)>,
}

/// Memory that is used again from call to call.
#[derive(Debug, Default)]
pub struct Scratch {
    /// Per slot boundary: value of all slots before it, on shift and working.
    earned: Vec<f64>,
    work_sum: Vec<f64>,
    pay_sum: Vec<f64>,
    /// Per (shape, slot): least value lost to the breaks of a shift starting there; NaN = not computed.
    break_loss: Vec<f64>,
    row: Vec<f64>,
    previous_row: Vec<f64>,
    worths: Vec<f64>,
    days: Vec<DayTable>,
}

#[derive(Debug, Default, Clone)]
struct DayTable {
    /// Best value per (node, end), then its running maximum.
    value: Vec<f64>,
    /// Where the value came from: previous node, latest end allowed there, duty (u32::MAX = day off).
    from: Vec<(u32, u32, u32)>,
    /// Index of the end at which the running maximum was reached.
    best_end: Vec<u32>,
}

const NEVER: f64 = f64::NEG_INFINITY;

/// The best week; `None` where the rules leave none.
pub fn best_tour(
    problem: &Problem,
    menu: &Menu,
    prices: Prices,
    scratch: &mut Scratch,
) -> Option<Priced> {
    if !menu.graph.is_possible() {
        return None;
    }
    prepare(problem, menu, prices, scratch);
    let (slots, ends) = (problem.slots, menu.ends);
    scratch
        .days
        .resize_with(menu.duties.len() + 1, DayTable::default);
    scratch.days[0].reset(1, ends);
    scratch.days[0].value[menu.rested_from as usize] = 0.0;
    let mut worths = std::mem::take(&mut scratch.worths);
    for (day, layer) in menu.graph.layers.iter().enumerate() {
        let (before, after) = scratch.days.split_at_mut(day + 1);
        let (table, next) = (&mut before[day], &mut after[0]);
        table.run_maximum(ends);
        next.reset(menu.graph.nodes[day + 1], ends);
        let duties = &menu.duties[day];
        worths.clear();
        worths.extend(duties.iter().map(|duty| {
            let (start, end) = (duty.start as usize, (duty.start + duty.length) as usize);
            let lost = scratch.break_loss[duty.shape as usize * slots + start];
            scratch.earned[end] - scratch.earned[start] - lost - duty.cost
        }));
        for edge in layer {
            let from = edge.from as usize * ends;
            let need = menu.graph.needs[edge.need as usize];
            let Some(kind) = edge.kind else {
                let rested = menu.day_ends[day].saturating_sub(slots_up(need.rest, problem));
                let latest = if edge.need == 0 {
                    ends - 1
                } else {
                    (rested as usize).min(ends - 1)
                };
                let worth = -edge.cost - menu.off_cost[day];
                next.take_day_off(
                    table,
                    edge.from,
                    edge.to,
                    (ends, latest),
                    menu.day_slots[day] as usize,
                    worth,
                );
                continue;
            };
            let to = edge.to as usize * ends;
            let values = &table.value[from..from + ends];
            let first = duties.partition_point(|duty| duty.kind < kind);
            if edge.need != 0 {
                let rest = slots_up(need.rest, problem);
                let soonest = slots_up(need.not_before, problem);
                for (index, (duty, worth)) in duties.iter().zip(&worths).enumerate().skip(first) {
                    if duty.kind != kind {
                        break;
                    }
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
                continue;
            }
            for (index, (duty, worth)) in duties.iter().zip(&worths).enumerate().skip(first) {
                if duty.kind != kind {
                    break;
                }
                let value = values[duty.rested as usize] + worth - edge.cost;
                let at = to + duty.end as usize;
                if value > next.value[at] {
                    next.value[at] = value;
                    next.from[at] = (edge.from, duty.rested, index as u32);
                }
            }
        }
    }
    scratch.worths = worths;
    trace(menu, scratch)
}

/// Slots that hold so many minutes.
fn slots_up(minutes: i32, problem: &Problem) -> u32 {
    ((minutes.max(0) + problem.slot_minutes - 1) / problem.slot_minutes) as u32
}

/// Walks back from the best last state.
fn trace(menu: &Menu, scratch: &Scratch) -> Option<Priced> {
    let ends = menu.ends;
    let last = scratch.days.last()?;
    let (mut at, &value) = last
        .value
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)))
        .filter(|(_, value)| **value > NEVER)?;
    let mut duties = Vec::new();
    for day in (0..menu.graph.layers.len()).rev() {
        let (node, end, duty) = scratch.days[day + 1].from[at];
        if duty != u32::MAX {
            duties.push((day as u32, duty));
        }
        let before = node as usize * ends + end as usize;
        at = node as usize * ends + scratch.days[day].best_end[before] as usize;
    }
    duties.reverse();
    Some(Priced { value, duties })
}

/// The tour with every break where it loses least under the prices that the scratch was last prepared with.
pub fn place_breaks(problem: &Problem, menu: &Menu, priced: &Priced, scratch: &Scratch) -> Tour {
    let shifts = priced
        .duties
        .iter()
        .map(|&(day, index)| {
            let duty = &menu.duties[day as usize][index as usize];
            let slots = break_slots(&menu.shapes[duty.shape as usize], duty.start, scratch);
            menu.shift(problem, duty, &slots)
        })
        .collect();
    Tour { shifts }
}

fn prepare(problem: &Problem, menu: &Menu, prices: Prices, scratch: &mut Scratch) {
    let slots = problem.slots;
    let running = |out: &mut Vec<f64>, value: &dyn Fn(usize) -> f64| {
        out.clear();
        out.push(0.0);
        let mut sum = 0.0;
        for slot in 0..slots {
            sum += value(slot);
            out.push(sum);
        }
    };
    running(&mut scratch.work_sum, &|slot| prices.work[slot]);
    running(&mut scratch.pay_sum, &|slot| menu.pay[slot]);
    running(&mut scratch.earned, &|slot| {
        prices.work[slot] + prices.presence[slot] - menu.pay[slot]
    });
    let mut loss = std::mem::take(&mut scratch.break_loss);
    loss.clear();
    loss.resize(menu.shapes.len() * slots, f64::NAN);
    for duty in menu.duties.iter().flatten() {
        let at = duty.shape as usize * slots + duty.start as usize;
        if loss[at].is_nan() {
            loss[at] = least_loss(
                &menu.shapes[duty.shape as usize],
                duty.start as usize,
                scratch,
            );
        }
    }
    scratch.break_loss = loss;
}

/// What a break beginning at a slot takes away: the work, and for an unpaid one the pay is saved.
fn loss_at(scratch: &Scratch, at: usize, length: usize, paid: bool) -> f64 {
    let work = scratch.work_sum[at + length] - scratch.work_sum[at];
    if paid {
        work
    } else {
        work - (scratch.pay_sum[at + length] - scratch.pay_sum[at])
    }
}

/// Least loss of a shift's breaks. Mostly each break's own best place will do, because their spans hardly overlap.
fn least_loss(shape: &Shape, start: usize, scratch: &mut Scratch) -> f64 {
    if shape.most_between.is_some() {
        return near(shape, start as u32, scratch).0;
    }
    let mut sum = 0.0;
    let mut free = 0;
    for b in &shape.breaks {
        let mut best = (f64::INFINITY, 0);
        for offset in b.first as usize..=b.last as usize {
            let loss = loss_at(scratch, start + offset, b.length as usize, b.paid);
            if loss < best.0 {
                best = (loss, offset);
            }
        }
        if best.1 < free {
            return least_loss_in_order(shape, start, scratch);
        }
        sum += best.0;
        free = best.1 + b.length as usize;
    }
    sum
}

/// The same by dynamic programming over the breaks in their order.
fn least_loss_in_order(shape: &Shape, start: usize, scratch: &mut Scratch) -> f64 {
    let (mut row, mut previous) = (
        std::mem::take(&mut scratch.row),
        std::mem::take(&mut scratch.previous_row),
    );
    let (mut previous_first, mut previous_len) = (0usize, 0usize);
    previous.clear();
    for (number, b) in shape.breaks.iter().enumerate() {
        row.clear();
        let mut best = f64::INFINITY;
        for offset in b.first as usize..=b.last as usize {
            let before = if number == 0 {
                0.0
            } else {
                // The previous row holds running minima by its own offsets: the least loss with that break over by now.
                offset
                    .checked_sub(previous_len + previous_first)
                    .map_or(f64::INFINITY, |ahead| {
                        previous[ahead.min(previous.len() - 1)]
                    })
            };
            best = best.min(before + loss_at(scratch, start + offset, b.length as usize, b.paid));
            row.push(best);
        }
        (previous_first, previous_len) = (b.first as usize, b.length as usize);
        std::mem::swap(&mut row, &mut previous);
    }
    let least = previous.last().copied().unwrap_or(0.0);
    (scratch.row, scratch.previous_row) = (row, previous);
    least
}

/// Least loss and slot offsets of breaks that must not lie too far apart.
#[cold]
fn near(shape: &Shape, start: u32, scratch: &Scratch) -> (f64, Vec<u32>) {
    shape
        .places_near(&|b, offset| {
            loss_at(
                scratch,
                (start + offset) as usize,
                b.length as usize,
                b.paid,
            )
        })
        .expect("a shape has places for its breaks")
}

fn break_slots(shape: &Shape, start: u32, scratch: &Scratch) -> Vec<u32> {
    if shape.most_between.is_some() {
        let (_, offsets) = near(shape, start, scratch);
        return offsets.into_iter().map(|offset| start + offset).collect();
    }
    let mut rows: Vec<Vec<(f64, u32)>> = Vec::new();
    for (number, b) in shape.breaks.iter().enumerate() {
        let mut best = (f64::INFINITY, b.first);
        let row = (b.first..=b.last)
            .map(|offset| {
                let before = if number == 0 {
                    0.0
                } else {
                    reach(shape, &rows, number, offset).map_or(f64::INFINITY, |(loss, _)| loss)
                };
                let loss = before
                    + loss_at(
                        scratch,
                        (start + offset) as usize,
                        b.length as usize,
                        b.paid,
                    );
                if loss < best.0 {
                    best = (loss, offset);
                }
                best
            })
            .collect();
        rows.push(row);
    }
    let mut slots = vec![0; shape.breaks.len()];
    let mut limit = None;
    for number in (0..shape.breaks.len()).rev() {
        let (_, offset) = match limit {
            None => *rows[number].last().expect("a break has at least one place"),
            Some(next) => reach(shape, &rows, number + 1, next)
                .expect("the next break was placed after this one"),
        };
        slots[number] = start + offset;
        limit = Some(offset);
    }
    slots
}

/// Best place of break `number - 1` that ends by the time break `number` begins.
fn reach(
    shape: &Shape,
    rows: &[Vec<(f64, u32)>],
    number: usize,
    offset: u32,
) -> Option<(f64, u32)> {
    let previous = &shape.breaks[number - 1];
    let ahead = offset.checked_sub(previous.length + previous.first)?;
    let row = &rows[number - 1];
    Some(row[(ahead as usize).min(row.len() - 1)])
}

impl DayTable {
    fn reset(&mut self, nodes: usize, ends: usize) {
        self.value.clear();
        self.value.resize(nodes * ends, NEVER);
        self.from.clear();
        self.from.resize(nodes * ends, (0, 0, u32::MAX));
    }

    fn run_maximum(&mut self, ends: usize) {
        self.best_end.clear();
        self.best_end.resize(self.value.len(), 0);
        for (values, best) in self
            .value
            .chunks_mut(ends)
            .zip(self.best_end.chunks_mut(ends))
        {
            let (mut top, mut at) = (NEVER, 0);
            for (end, value) in values.iter_mut().enumerate() {
                if *value > top {
                    (top, at) = (*value, end as u32);
                }
                *value = top;
                best[end] = at;
            }
        }
    }

    fn take_day_off(
        &mut self,
        before: &DayTable,
        from: u32,
        to: u32,
        (ends, latest): (usize, usize),
        shift: usize,
        worth: f64,
    ) {
        let mut last = NEVER;
        for end in 0..=latest {
            let value = before.value[from as usize * ends + end];
            // Running maxima repeat; only the end at which a value was reached matters.
            if value <= last {
                continue;
            }
            last = value;
            let at = to as usize * ends + end.saturating_sub(shift);
            if value + worth > self.value[at] {
                self.value[at] = value + worth;
                self.from[at] = (from, end as u32, u32::MAX);
            }
        }
    }
}
