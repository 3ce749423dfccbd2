//! A roster that people leave and join one at a time; cover, prices and cost follow.

use std::sync::Arc;

use super::problem::{Column, Problem};
use super::respond::marginal_values;
use super::roster::Roster;

/// A roster with what one more person in each cell would save.
#[derive(Clone)]
pub struct Live<'p> {
    pub problem: &'p Problem<'p>,
    pub tours: Vec<Arc<Column>>,
    pub cover: Vec<u32>,
    /// What covering each cell once more would save.
    pub values: Vec<f64>,
    pub cost: f64,
}

impl<'p> Live<'p> {
    pub fn new(problem: &'p Problem<'p>, roster: &Roster) -> Live<'p> {
        Live {
            problem,
            tours: roster.tours.clone(),
            cover: roster.cover.clone(),
            values: marginal_values(problem, &roster.cover),
            cost: roster.cost,
        }
    }

    /// Takes a person's tour out of the cover; it is still theirs to come back to.
    pub fn leave(&mut self, person: usize) {
        self.cost -= self.tours[person].cost;
        for &cell in &self.tours[person].cells {
            let cell = cell as usize;
            self.cover[cell] -= 1;
            let step = self.problem.cells[cell].cost.step(self.cover[cell]);
            self.cost -= step;
            self.values[cell] = -step;
        }
    }

    /// Puts a tour of a person who left into the cover.
    pub fn join(&mut self, person: usize, tour: Arc<Column>) {
        self.cost += tour.cost;
        for &cell in &tour.cells {
            let cell = cell as usize;
            let cost = &self.problem.cells[cell].cost;
            self.cost += cost.step(self.cover[cell]);
            self.cover[cell] += 1;
            self.values[cell] = -cost.step(self.cover[cell]);
        }
        self.tours[person] = tour;
    }

    /// Gives some people other tours; returns the change as it would be undone.
    pub fn change(&mut self, changes: &[(usize, Arc<Column>)]) -> Vec<(usize, Arc<Column>)> {
        let before = (changes.iter())
            .map(|&(person, _)| (person, self.tours[person].clone()))
            .collect();
        for &(person, _) in changes {
            self.leave(person);
        }
        for (person, tour) in changes {
            self.join(*person, tour.clone());
        }
        before
    }
}
