//! A whole roster: a tour for everybody, and how many cover each cell.

use std::sync::Arc;

use super::problem::{Column, Problem};

/// A tour for every person; people are numbered group by group.
#[derive(Debug, Clone)]
pub struct Roster {
    pub tours: Vec<Arc<Column>>,
    pub cover: Vec<u32>,
    pub cost: f64,
}

/// The group of every person.
pub fn groups_of(problem: &Problem) -> Vec<usize> {
    problem
        .groups
        .iter()
        .enumerate()
        .flat_map(|(index, group)| std::iter::repeat_n(index, group.people))
        .collect()
}

impl Roster {
    pub fn new(problem: &Problem, tours: Vec<Arc<Column>>) -> Roster {
        let mut cover = vec![0; problem.cells.len()];
        for tour in &tours {
            for &cell in &tour.cells {
                cover[cell as usize] += 1;
            }
        }
        let cost = cost_of(problem, &tours, &cover);
        Roster { tours, cover, cost }
    }

    /// The same roster with other tours for some people.
    pub fn with(&self, problem: &Problem, changes: &[(usize, Arc<Column>)]) -> Roster {
        let mut next = self.clone();
        for (person, tour) in changes {
            for &cell in &next.tours[*person].cells {
                next.cover[cell as usize] -= 1;
            }
            for &cell in &tour.cells {
                next.cover[cell as usize] += 1;
            }
            next.tours[*person] = tour.clone();
        }
        next.cost = cost_of(problem, &next.tours, &next.cover);
        next
    }

    /// Takes other tours for some people unless they are dearer in all; what that saves.
    pub fn take(&mut self, problem: &Problem, changes: &[(usize, Arc<Column>)]) -> f64 {
        let next = self.with(problem, changes);
        if next.cost > self.cost + 1e-7 {
            return 0.0;
        }
        let saved = self.cost - next.cost;
        *self = next;
        saved
    }
}

fn cost_of(problem: &Problem, tours: &[Arc<Column>], cover: &[u32]) -> f64 {
    let own: f64 = tours.iter().map(|tour| tour.cost).sum();
    let cells: f64 = problem
        .cells
        .iter()
        .zip(cover)
        .map(|(cell, &n)| cell.cost.cost(n))
        .sum();
    own + cells
}
