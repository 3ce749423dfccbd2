//! Annealing of a roster over cells.

use std::sync::Arc;

use crate::roster::engine::anneal::{self, Course, Heat};
use crate::roster::engine::dice::Dice;

use super::draw::Periods;
use super::live::Covered;
use super::problem::{Column, Problem};
use super::roster::Roster;

/// Moves looked for side by side: a round.
pub const LANES: u64 = 4;
/// Heat at the beginning, as a share of the middle rise, and the rises that tell it.
const HEAT: f64 = 0.07;
const TRIED: usize = 200;

/// How hot an annealing of cells is.
pub fn heat() -> Heat {
    Heat::new(HEAT, TRIED)
}

/// Some moves one after the other, those kept that make the roster no dearer; the tours that changed.
pub fn improve(
    problem: &Problem,
    groups: &[usize],
    start: &Roster,
    moves: usize,
    stop: &dyn Fn() -> bool,
    dice: &mut Dice,
) -> Vec<(usize, Arc<Column>)> {
    let periods = Periods::new(problem);
    let live = Covered::new(problem, groups, &periods, start);
    let everybody: Vec<usize> = (0..groups.len()).collect();
    anneal::search(&live, &everybody, moves, 0.0, dice, stop).changes
}

/// Anneals from a roster to the best one met.
pub fn anneal(
    problem: &Problem,
    groups: &[usize],
    start: &Roster,
    course: Course,
    dice: &mut Dice,
) -> Roster {
    if groups.is_empty() || problem.cells.is_empty() {
        return start.clone();
    }
    let periods = Periods::new(problem);
    let live = Covered::new(problem, groups, &periods, start);
    let everybody: Arc<[usize]> = (0..groups.len()).collect();
    let teams = |_: &mut Dice| vec![everybody.clone(); LANES as usize];
    let (best, _) = anneal::anneal(live, &teams, course, dice);
    Roster::new(problem, best.tours)
}
