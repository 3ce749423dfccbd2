//! One person at a time: a first roster, and everybody's best answer to what the others do.

use std::sync::Arc;

use crate::roster::engine::live;

use super::draw::Periods;
use super::live::Covered;
use super::problem::{Ask, Care, Column, Problem};
use super::roster::{Roster, groups_of};
use super::solve::Impossible;

/// What covering each cell once more would save.
pub fn marginal_values(problem: &Problem, cover: &[u32]) -> Vec<f64> {
    problem
        .cells
        .iter()
        .zip(cover)
        .map(|(cell, &n)| -cell.cost.step(n))
        .collect()
}

/// What covering each cell once more would save, shared with those who are still to come: the mean of what the next ones save, as many as a cell needs
/// in all. So the first ones do not crowd the first days, and nobody's weekends are spent before the end.
fn spread_values(problem: &Problem, cover: &[u32]) -> Vec<f64> {
    (problem.cells.iter().zip(cover))
        .map(|(cell, &n)| {
            let ahead = cell.cost.enough(0).max(1);
            (cell.cost.cost(n) - cell.cost.cost(n + ahead)) / f64::from(ahead)
        })
        .collect()
}

/// Everybody in `order` takes the tour that saves most beside those before them. All tours met on the way are handed to `found`.
pub fn first_roster(
    problem: &Problem,
    order: &[usize],
    found: &mut dyn FnMut(usize, Arc<Column>),
) -> Result<Roster, Impossible> {
    let groups = groups_of(problem);
    let mut cover = vec![0u32; problem.cells.len()];
    let mut tours: Vec<Option<Arc<Column>>> = vec![None; groups.len()];
    let mut impossible = Vec::new();
    for &person in order {
        let values = spread_values(problem, &cover);
        let mut ask = Ask {
            values: &values,
            below: f64::INFINITY,
            most: 3,
            care: Care::Quick,
            keep: None,
            memory: &[],
        };
        let pricer = &problem.groups[groups[person]].pricer;
        let mut answer = pricer.price(&ask);
        if answer.tours.is_empty() {
            ask.care = Care::Thorough;
            answer = pricer.price(&ask);
        }
        let columns: Vec<Arc<Column>> = answer.tours.into_iter().map(Arc::new).collect();
        let Some(best) = columns.first() else {
            impossible.push(groups[person]);
            continue;
        };
        for &cell in &best.cells {
            cover[cell as usize] += 1;
        }
        tours[person] = Some(best.clone());
        for column in columns {
            found(groups[person], column);
        }
    }
    impossible.sort_unstable();
    impossible.dedup();
    match tours.into_iter().collect::<Option<Vec<_>>>() {
        Some(tours) => Ok(Roster::new(problem, tours)),
        None => Err(Impossible { groups: impossible }),
    }
}

/// Everybody in `order` takes the best tour beside the others, for as long as a round makes the roster cheaper. Tours taken are handed to `found`.
pub fn improve_each(
    problem: &Problem,
    roster: &mut Roster,
    order: &[usize],
    rounds: usize,
    stop: &dyn Fn() -> bool,
    found: &mut dyn FnMut(usize, Arc<Column>),
) {
    let groups = groups_of(problem);
    let periods = Periods::new(problem);
    let mut live = Covered::new(problem, &groups, &periods, roster);
    for _ in 0..rounds {
        let before = live.clone();
        if live::improve_each(&mut live, order, stop) == 0 {
            break;
        }
        for (person, tour) in live::changed(&before, &live, order) {
            found(groups[person], tour);
        }
    }
    *roster = Roster::new(problem, live.tours);
}
