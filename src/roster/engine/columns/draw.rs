//! Who moves and when: a few people and a stretch of periods that they give up together.

use std::ops::Range;

use crate::roster::engine::dice::Dice;
use crate::roster::engine::live::Move;

use super::live::{Covered, Shake};
use super::problem::Problem;

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

    pub fn count(&self) -> usize {
        self.first.len() - 1
    }

    pub fn window(&self, periods: Range<usize>) -> Window {
        Window {
            flags: (0..self.count())
                .map(|period| periods.contains(&period))
                .collect(),
            cells: self.cells(&periods),
        }
    }

    fn cells(&self, periods: &Range<usize>) -> Range<usize> {
        self.first[periods.start]..self.first[periods.end]
    }
}

/// Periods in a row that are made anew.
#[derive(Debug)]
pub struct Window {
    /// One flag a period.
    pub flags: Vec<bool>,
    /// The cells of these periods.
    pub cells: Range<usize>,
}

impl Window {
    /// Whether nothing else is left.
    pub fn is_all(&self) -> bool {
        self.flags.iter().all(|free| *free)
    }
}

/// A few people and a stretch, often where the roster is costly.
pub fn draw(
    live: &Covered,
    periods: &Periods,
    team: &[usize],
    dice: &mut Dice,
) -> Move<Window, Shake> {
    let cells = &live.problem.cells;
    let cell = if dice.unit() < COSTLY {
        costly_cell(live, dice)
    } else {
        dice.below(cells.len())
    };
    let around = window_around(cells[cell].period as usize, periods, dice);
    let free = periods.window(around);
    let people = some_people(live, cell, team, dice);
    let spread = 2.0 * SHAKE * dice.unit();
    let factors = free
        .cells
        .clone()
        .map(|_| 1.0 + spread * (dice.unit() - 0.5));
    Move {
        // One who is alone would only answer twice.
        shake: (people.len() > 1).then(|| Shake(factors.collect())),
        people,
        free,
    }
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

/// One to a few people of a team, in chance order; often somebody who covers the cell.
fn some_people(live: &Covered, cell: usize, team: &[usize], dice: &mut Dice) -> Vec<usize> {
    let size = (1 + dice.below(MOST_PEOPLE)).min(team.len());
    let mut people = Vec::with_capacity(size);
    if live.cover[cell] > 0 && dice.unit() < AT_WORK {
        let cell = &(cell as u32);
        let covers = |person: &usize| live.tours[*person].cells.binary_search(cell).is_ok();
        let nth = dice.below(live.cover[*cell as usize] as usize);
        people.extend(team.iter().copied().filter(covers).nth(nth));
    }
    while people.len() < size {
        let person = team[dice.below(team.len())];
        if !people.contains(&person) {
            people.push(person);
        }
    }
    dice.shuffle(&mut people);
    people
}

/// Of some cells the one that wastes most, shaken; all count the same where none does.
fn costly_cell(live: &Covered, dice: &mut Dice) -> usize {
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
