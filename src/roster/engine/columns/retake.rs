//! A small move: a few people leave for a stretch of periods and come back one after the other, each with the best tour beside those who are there.

use std::ops::Range;
use std::sync::Arc;

use super::live::Live;
use super::problem::{Ask, Care, Column, Problem};
use crate::roster::engine::dice::Dice;

/// Most people freed at once.
const MOST_PEOPLE: usize = 3;
/// About how many cells the longest stretch may have: answers over more take long and are hardly ever better.
const MOST_CELLS: usize = 8000;
/// Most by which a price is shaken, as a share of it, either way.
const SHAKE: f64 = 0.25;
/// Chance that a move is made where the roster is costly, and that somebody is freed who is at work there.
const COSTLY: f64 = 0.5;
const AT_WORK: f64 = 0.7;
/// Cells drawn to find a costly one.
const DRAWN: usize = 8;

/// Where the cells of each period are.
pub struct Periods {
    first: Vec<usize>,
}

impl Periods {
    pub fn new(problem: &Problem) -> Periods {
        let first = (0..=problem.periods())
            .map(|period| problem.cells.partition_point(|cell| cell.period < period))
            .collect();
        Periods { first }
    }

    fn count(&self) -> usize {
        self.first.len() - 1
    }

    fn cells(&self, periods: &Range<usize>) -> Range<usize> {
        self.first[periods.start]..self.first[periods.end]
    }
}

/// What some people would do instead. The roster is as it was when this returns.
pub fn retake(
    live: &mut Live,
    groups: &[usize],
    periods: &Periods,
    dice: &mut Dice,
) -> Vec<(usize, Arc<Column>)> {
    let cells = live.problem.cells.len();
    let cell = if dice.unit() < COSTLY {
        costly_cell(live, dice)
    } else {
        dice.below(cells)
    };
    let window = window_around(live.problem.cells[cell].period as usize, periods, dice);
    let free: Vec<bool> = (0..periods.count())
        .map(|period| window.contains(&period))
        .collect();
    let people = some_people(live, cell, dice);
    let shaken = periods.cells(&window);
    let before: Vec<Arc<Column>> = people.iter().map(|&p| live.tours[p].clone()).collect();
    people.iter().for_each(|&person| live.leave(person));
    let ask = |live: &Live, values: &[f64], turn: usize| {
        let ask = Ask {
            values,
            below: f64::INFINITY,
            most: 1,
            care: Care::Quick,
            keep: Some((&before[turn], &free)),
            memory: &[],
        };
        let pricer = &live.problem.groups[groups[people[turn]]].pricer;
        pricer.price(&ask).tours.pop().map(Arc::new)
    };
    // At first under shaken prices, so that people do not all come back to where they were; then each again under the true ones.
    let shake = 2.0 * SHAKE * dice.unit();
    let alone = people.len() == 1;
    let mut prices = live.values.clone();
    for (turn, &person) in people.iter().enumerate() {
        prices[shaken.clone()].copy_from_slice(&live.values[shaken.clone()]);
        if !alone {
            for price in &mut prices[shaken.clone()] {
                *price *= 1.0 + shake * (dice.unit() - 0.5);
            }
        }
        let tour = ask(live, &prices, turn).unwrap_or_else(|| before[turn].clone());
        live.join(person, tour);
    }
    for (turn, &person) in people.iter().enumerate().filter(|_| !alone) {
        live.leave(person);
        let now = live.tours[person].clone();
        let best = ask(live, &live.values, turn)
            .filter(|tour| tour.reduced(&live.values) < now.reduced(&live.values));
        live.join(person, best.unwrap_or(now));
    }
    let restored: Vec<(usize, Arc<Column>)> = people.iter().copied().zip(before.clone()).collect();
    let mut changes = live.change(&restored);
    changes.retain(|(person, tour)| live.tours[*person].cells != tour.cells);
    changes
}

/// Periods around one: as often a few as many (the logarithm of their number is uniform).
fn window_around(middle: usize, periods: &Periods, dice: &mut Dice) -> Range<usize> {
    let count = periods.count();
    let cells = periods.cells(&(0..count)).len();
    let longest = count as f64 * (MOST_CELLS as f64 / cells as f64).min(1.0);
    let length = (longest / 2.0).max(1.0).powf(dice.unit()) * 2.0;
    let length = (length as usize).clamp(1, count);
    let from = middle
        .saturating_sub(dice.below(length))
        .min(count - length);
    from..from + length
}

/// One to a few people, in chance order; often somebody who covers the cell.
fn some_people(live: &Live, cell: usize, dice: &mut Dice) -> Vec<usize> {
    let everybody = live.tours.len();
    let size = (1 + dice.below(MOST_PEOPLE)).min(everybody);
    let mut people = Vec::with_capacity(size);
    if live.cover[cell] > 0 && dice.unit() < AT_WORK {
        let cell = &(cell as u32);
        let covers = |person: &usize| live.tours[*person].cells.binary_search(cell).is_ok();
        let nth = dice.below(live.cover[*cell as usize] as usize);
        people.extend((0..everybody).filter(covers).nth(nth));
    }
    while people.len() < size {
        let person = dice.below(everybody);
        if !people.contains(&person) {
            people.push(person);
        }
    }
    dice.shuffle(&mut people);
    people
}

/// Of some cells the one that wastes most, shaken; all count the same where none does.
fn costly_cell(live: &Live, dice: &mut Dice) -> usize {
    let cells = &live.problem.cells;
    let mut best = (f64::NEG_INFINITY, 0);
    for _ in 0..DRAWN {
        let cell = dice.below(cells.len());
        let cost = &cells[cell].cost;
        let waste = cost.cost(live.cover[cell]) - cost.cost(cost.enough(0));
        let weight = waste * dice.unit();
        if weight > best.0 {
            best = (weight, cell);
        }
    }
    best.1
}
