//! Branching on who covers what, over tours that are listed in full.
//!
//! Where every tour that could be part of a better roster is known, its linear program is solved by looking through the list, and a question "does
//! this person cover this cell?" splits the rosters in two (a single tour would be a poor thing to ask about: hardly anything follows from not working
//! it). At every node the tours whose reduced cost exceeds what is left to the target are dropped for all that follows, so that lists shrink fast.

mod deepen;
mod listing;
mod node;
mod program;

pub use deepen::{Budget, deepen};

use std::sync::Arc;

use rayon::prelude::*;

use super::master::Seat;
use super::problem::{Column, Problem};
use crate::roster::engine::lp::LpFailed;
use node::{Node, Outcome, look};
use program::Listed;

/// Tours of each seat that a program begins with.
const FIRST: usize = 30;

/// For each seat, which holds one person, all of its tours that could be part of a roster within the target, likely ones first.
pub type Lists = Vec<Vec<Arc<Column>>>;

/// Where a search has come to.
#[derive(Debug)]
pub enum Reached {
    /// A tour for each seat; with all others' they cost no more than the target.
    Roster(Vec<Arc<Column>>),
    /// No choice from the lists costs as little as the target.
    Nothing,
    /// Neither is known yet.
    Unknown,
}

/// Looks depth first for a choice that costs no more than `target`, the likelier answer to each question first; `base` = cover by those without a seat.
/// `lanes` nodes are looked at side by side, each on a program of its own (not the number of threads, so that the same is found on any number of
/// them), and no more than about `nodes` in all.
pub fn branch(
    problem: &Problem,
    base: &[u32],
    seats: &[Seat],
    lists: &Lists,
    target: f64,
    (lanes, nodes): (usize, usize),
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Reached, LpFailed> {
    let mut programs = (0..lanes)
        .map(|_| Listed::new(problem, base, seats, lists))
        .collect::<Result<Vec<_>, _>>()?;
    for (seat, list) in lists.iter().enumerate() {
        (0..list.len().min(FIRST)).try_for_each(|place| programs[0].join(seat, place as u32))?;
    }
    let mut open = vec![Node::root(lists)];
    let mut looked_at = 0;
    while !open.is_empty() {
        if looked_at >= nodes || stop() {
            return Ok(Reached::Unknown);
        }
        let batch = open.split_off(open.len().saturating_sub(programs.len()));
        looked_at += batch.len();
        let known = programs[0].places.clone();
        for lane in programs[..batch.len()]
            .iter_mut()
            .filter(|lane| lane.places.is_empty())
        {
            known
                .iter()
                .try_for_each(|&(seat, place)| lane.join(seat, place))?;
        }
        let outcomes: Vec<Result<Outcome, LpFailed>> = (batch.into_par_iter())
            .zip(&mut programs)
            .map(|(node, program)| look(program, node, target, stop))
            .collect();
        for outcome in outcomes {
            match outcome? {
                Outcome::Stopped => return Ok(Reached::Unknown),
                Outcome::Closed => {}
                Outcome::Roster(tours) => return Ok(Reached::Roster(tours)),
                Outcome::Split(children) => open.extend(children),
            }
        }
    }
    Ok(Reached::Nothing)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::engine::columns::cost::CoverCost;
    use crate::roster::engine::columns::problem::Cell;
    use crate::roster::engine::dice::Dice;

    const CELLS: u32 = 6;

    /// Cells that ask for one or two people each, and five people with eight tours of their own.
    fn drawn(dice: &mut Dice) -> (Problem<'static>, Lists) {
        let cells = (0..CELLS).map(|period| Cell {
            cost: CoverCost::band(1 + dice.below(2) as u32, 9.0, 2.0),
            period,
        });
        let problem = Problem {
            cells: cells.collect(),
            groups: Vec::new(),
            whole_tour_costs: true,
        };
        let mut tour = || {
            let cells = (0..CELLS).filter(|_| dice.unit() < 0.4).collect();
            Arc::new(Column {
                cells,
                cost: dice.below(6) as f64,
            })
        };
        let mut lists: Lists = (0..5).map(|_| (0..8).map(|_| tour()).collect()).collect();
        for list in &mut lists {
            list.sort_by(|a, b| a.cells.cmp(&b.cells).then(a.cost.total_cmp(&b.cost)));
            list.dedup_by(|a, b| a.cells == b.cells);
        }
        (problem, lists)
    }

    fn within(
        problem: &Problem,
        lists: &Lists,
        target: f64,
        nodes: usize,
    ) -> Result<Reached, LpFailed> {
        let groups: Vec<usize> = (0..lists.len()).collect();
        let seats = Seat::for_each(&groups);
        let nobody = vec![0; CELLS as usize];
        branch(problem, &nobody, &seats, lists, target, (3, nodes), &|| {
            false
        })
    }

    fn cost(problem: &Problem, tours: &[&Column]) -> f64 {
        let covers = |cell: usize| {
            let those = tours
                .iter()
                .filter(|tour| tour.cells.contains(&(cell as u32)));
            problem.cells[cell].cost.cost(those.count() as u32)
        };
        let own: f64 = tours.iter().map(|tour| tour.cost).sum();
        own + (0..problem.cells.len()).map(covers).sum::<f64>()
    }

    fn least(problem: &Problem, lists: &Lists, chosen: &mut Vec<usize>) -> f64 {
        if chosen.len() == lists.len() {
            let tours: Vec<&Column> = (lists.iter().zip(&*chosen))
                .map(|(list, &place)| list[place].as_ref())
                .collect();
            return cost(problem, &tours);
        }
        let mut best = f64::INFINITY;
        for place in 0..lists[chosen.len()].len() {
            chosen.push(place);
            best = best.min(least(problem, lists, chosen));
            chosen.pop();
        }
        best
    }

    #[test]
    fn the_least_cost_is_reached_and_anything_less_is_proven_impossible() {
        for seed in 0..100 {
            let (problem, lists) = drawn(&mut Dice::new(seed));
            let best = least(&problem, &lists, &mut Vec::new());
            let at = |target| within(&problem, &lists, target, usize::MAX);
            let Ok(Reached::Roster(tours)) = at(best) else {
                panic!("seed {seed}: {best} is not reached");
            };
            let tours: Vec<&Column> = tours.iter().map(Arc::as_ref).collect();
            assert!((cost(&problem, &tours) - best).abs() < 1e-9, "seed {seed}");
            assert!(
                matches!(at(best - 1.0), Ok(Reached::Nothing)),
                "seed {seed}"
            );
        }
    }

    #[test]
    fn without_nodes_nothing_is_known() {
        let (problem, lists) = drawn(&mut Dice::new(1));
        assert!(matches!(
            within(&problem, &lists, 1e9, 0),
            Ok(Reached::Unknown)
        ));
        assert!(matches!(
            within(&problem, &lists, 1e9, 99),
            Ok(Reached::Roster(_))
        ));
    }
}
