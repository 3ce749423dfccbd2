//! Where the breaks of a shift lose least under given prices.

use super::shapes::{Shape, ShapeBreak};

/// Running sums over slots: entry k holds what lies in the slots before the k-th, from wherever the sums begin.
#[derive(Debug, Default)]
pub struct Sums {
    /// Money for being at work.
    pub work: Vec<f64>,
    /// The same less the pay.
    pub unpaid: Vec<f64>,
    row: Vec<f64>,
    previous_row: Vec<f64>,
}

impl Sums {
    /// What breaks take away, slot by slot: the work, and for unpaid ones the pay is saved.
    fn of(&self, b: &ShapeBreak) -> &[f64] {
        if b.paid { &self.work } else { &self.unpaid }
    }
}

/// What a break takes away that begins so many slots after the start of a shift.
fn loss_at(sums: &Sums, b: &ShapeBreak, start: usize, offset: u32) -> f64 {
    let (sums, at) = (sums.of(b), start + offset as usize);
    sums[at + b.length as usize] - sums[at]
}

/// Least loss of a shift's breaks. Mostly each break's own best place will do, because their spans hardly overlap.
pub fn least_loss(shape: &Shape, start: usize, sums: &mut Sums) -> f64 {
    if shape.most_between.is_some() {
        return near(shape, start as u32, sums).0;
    }
    let mut sum = 0.0;
    let mut free = 0;
    for b in &shape.breaks {
        let mut best = (f64::INFINITY, 0);
        let begins = &sums.of(b)[start + b.first as usize..];
        let ends = &begins[b.length as usize..];
        for ((offset, begin), end) in (b.first..=b.last).zip(begins).zip(ends) {
            if end - begin < best.0 {
                best = (end - begin, offset);
            }
        }
        if best.1 < free {
            return least_loss_in_order(shape, start, sums);
        }
        sum += best.0;
        free = best.1 + b.length;
    }
    sum
}

/// The same by dynamic programming over the breaks in their order.
fn least_loss_in_order(shape: &Shape, start: usize, sums: &mut Sums) -> f64 {
    let (mut row, mut previous) = (
        std::mem::take(&mut sums.row),
        std::mem::take(&mut sums.previous_row),
    );
    let (mut previous_first, mut previous_len) = (0, 0);
    previous.clear();
    for (number, b) in shape.breaks.iter().enumerate() {
        row.clear();
        let mut best = f64::INFINITY;
        for offset in b.first..=b.last {
            let before = if number == 0 {
                0.0
            } else {
                // The previous row holds running minima by its own offsets: the least loss with that break over by now.
                offset
                    .checked_sub(previous_len + previous_first)
                    .map_or(f64::INFINITY, |ahead| {
                        previous[(ahead as usize).min(previous.len() - 1)]
                    })
            };
            best = best.min(before + loss_at(sums, b, start, offset));
            row.push(best);
        }
        (previous_first, previous_len) = (b.first, b.length);
        std::mem::swap(&mut row, &mut previous);
    }
    let least = previous.last().copied().unwrap_or(0.0);
    (sums.row, sums.previous_row) = (row, previous);
    least
}

/// Least loss and slot offsets of breaks that must not lie too far apart.
#[cold]
fn near(shape: &Shape, start: u32, sums: &Sums) -> (f64, Vec<u32>) {
    shape
        .places_near(&|b, offset| loss_at(sums, b, start as usize, offset))
        .expect("a shape has places for its breaks")
}

/// First slot of each break of a shift that starts at `start`, where they lose least.
pub fn break_slots(shape: &Shape, start: u32, sums: &Sums) -> Vec<u32> {
    if shape.most_between.is_some() {
        let (_, offsets) = near(shape, start, sums);
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
                let loss = before + loss_at(sums, b, start as usize, offset);
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
