//! A roster over cells that people leave and join one at a time; cover, prices and cost follow.

use std::sync::Arc;

use crate::roster::engine::dice::Dice;
use crate::roster::engine::live::{Live, Move};

use super::draw::{Periods, Window, draw};
use super::problem::{Ask, Care, Column, Problem};
use super::respond::marginal_values;
use super::roster::Roster;

/// A roster with what one more person in each cell would save.
#[derive(Clone)]
pub struct Covered<'p> {
    pub problem: &'p Problem<'p>,
    groups: &'p [usize],
    periods: &'p Periods,
    pub tours: Vec<Arc<Column>>,
    /// Who left: their tours are still theirs to come back to, but cover nothing.
    away: Vec<bool>,
    pub cover: Vec<u32>,
    /// What covering each cell once more would save.
    values: Vec<f64>,
    cost: f64,
    undo: Vec<(usize, Arc<Column>)>,
}

impl<'p> Covered<'p> {
    pub fn new(
        problem: &'p Problem<'p>,
        groups: &'p [usize],
        periods: &'p Periods,
        roster: &Roster,
    ) -> Covered<'p> {
        Covered {
            problem,
            groups,
            periods,
            tours: roster.tours.clone(),
            away: vec![false; groups.len()],
            cover: roster.cover.clone(),
            values: marginal_values(problem, &roster.cover),
            cost: roster.cost,
            undo: Vec::new(),
        }
    }

    /// Takes a person's tour out of the cover.
    fn part(&mut self, person: usize) {
        self.away[person] = true;
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
    fn join(&mut self, person: usize, tour: Arc<Column>) {
        self.away[person] = false;
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

    /// The best tour at some prices for somebody who left.
    fn ask(&self, person: usize, free: &Window, values: &[f64], below: f64) -> Option<Arc<Column>> {
        let kept = (!free.is_all()).then_some((self.tours[person].as_ref(), &free.flags[..]));
        let ask = Ask {
            values,
            below,
            most: 1,
            care: Care::Quick,
            keep: kept,
            memory: &[],
        };
        let pricer = &self.problem.groups[self.groups[person]].pricer;
        pricer.price(&ask).tours.pop().map(Arc::new)
    }
}

/// Factors of what each cell of a window is worth.
pub struct Shake(pub Vec<f64>);

impl Live for Covered<'_> {
    type Tour = Arc<Column>;
    type Free = Window;
    type Shake = Shake;
    type Desk = Vec<f64>;

    const ATTEMPTS: usize = 1;

    fn cost(&self) -> f64 {
        self.cost
    }

    fn tour(&self, person: usize) -> &Arc<Column> {
        &self.tours[person]
    }

    fn begin(&mut self) {
        self.undo.clear();
    }

    fn keep(&mut self) {
        self.undo.clear();
    }

    fn take_back(&mut self) {
        while let Some((person, tour)) = self.undo.pop() {
            if !self.away[person] {
                self.part(person);
            }
            self.join(person, tour);
        }
    }

    fn assign(&mut self, person: usize, tour: Arc<Column>) {
        if !self.away[person] {
            self.undo.push((person, self.tours[person].clone()));
            self.part(person);
        }
        self.join(person, tour);
    }

    fn leave(&mut self, person: usize, _: &Window) {
        self.undo.push((person, self.tours[person].clone()));
        self.part(person);
    }

    fn best(
        &mut self,
        person: usize,
        free: &Window,
        shake: Option<&Shake>,
        desk: &mut Vec<f64>,
    ) -> Option<Arc<Column>> {
        let found = match shake {
            None => self.ask(person, free, &self.values, f64::INFINITY),
            Some(Shake(factors)) => {
                desk.clone_from(&self.values);
                let shaken = desk[free.cells.clone()].iter_mut();
                shaken
                    .zip(factors)
                    .for_each(|(value, factor)| *value *= factor);
                self.ask(person, free, desk, f64::INFINITY)
            }
        };
        // A quick pricer may miss even the way back to where somebody was.
        Some(found.unwrap_or_else(|| self.tours[person].clone()))
    }

    fn answer(&mut self, person: usize, free: &Window, _: &mut Vec<f64>) {
        let now = self.tours[person].clone();
        self.leave(person, free);
        let below = now.reduced(&self.values) - 1e-7;
        let better = self.ask(person, free, &self.values, below);
        self.join(person, better.unwrap_or(now));
    }

    fn always(&self, _: usize) -> Window {
        self.periods.window(0..self.periods.count())
    }

    fn draw(&self, team: &[usize], dice: &mut Dice) -> Move<Window, Shake> {
        draw(self, self.periods, team, dice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::engine::columns::problem::{Answer, Cell, Group, Pricer};
    use crate::roster::engine::columns::{CoverCost, roster::groups_of};
    use crate::roster::engine::live::retake;

    /// One cell in each of three periods; in a free period somebody covers the cell if that is worth more than 1.
    struct Days;

    impl Pricer for Days {
        fn price(&self, ask: &Ask) -> Answer {
            let covered = |cell: &u32| match ask.keep {
                Some((tour, free)) if !free[*cell as usize] => tour.cells.contains(cell),
                _ => ask.values[*cell as usize] > 1.0,
            };
            let cells: Vec<u32> = (0..3).filter(covered).collect();
            let cost = cells.len() as f64;
            let tour = Column { cells, cost };
            Answer {
                bound: tour.reduced(ask.values),
                tours: vec![tour],
                memory: Vec::new(),
            }
        }
    }

    #[test]
    fn a_move_keeps_the_books_and_can_be_taken_back() {
        let problem = Problem {
            cells: (0..3)
                .map(|period| Cell {
                    cost: CoverCost::band(period + 1, 2.5, 0.5),
                    period,
                })
                .collect(),
            groups: vec![Group {
                people: 4,
                pricer: Box::new(Days),
            }],
            whole_tour_costs: true,
        };
        let (groups, periods) = (groups_of(&problem), Periods::new(&problem));
        let everything = Arc::new(Column {
            cells: vec![0, 1, 2],
            cost: 3.0,
        });
        let start = Roster::new(&problem, vec![everything; 4]);
        let mut live = Covered::new(&problem, &groups, &periods, &start);
        let (mut dice, mut moved) = (Dice::new(3), 0);
        for turn in 0..200 {
            let before = live.clone();
            live.begin();
            let change = live.draw(&[0, 1, 2, 3], &mut dice);
            assert!(retake(&mut live, &change, &mut Vec::new()));
            let counted = Roster::new(&problem, live.tours.clone());
            assert_eq!(counted.cover, live.cover);
            assert!((counted.cost - live.cost).abs() < 1e-9);
            assert_eq!(live.values, marginal_values(&problem, &live.cover));
            moved += usize::from(live.tours != before.tours);
            if turn % 2 == 0 {
                live.take_back();
                assert_eq!((&live.tours, &live.cover), (&before.tours, &before.cover));
                assert!((live.cost - before.cost).abs() < 1e-9);
            }
        }
        assert!(moved > 2);
        assert_eq!(live.cover, [1, 2, 3]);
    }
}
