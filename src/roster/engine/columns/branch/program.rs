//! The linear program over listed tours: few of them are in it, the others are looked through for those that improve it.

use super::Lists;
use super::node::Left;
use crate::roster::engine::columns::master::{Master, Seat};
use crate::roster::engine::columns::problem::{Column, Problem};
use crate::roster::engine::lp::{LpFailed, Method, Optimum};

/// Tours of a seat that join the program at once.
const JOINING: usize = 12;
/// Reduced cost that counts as better.
const BETTER: f64 = -1e-7;
/// Costs that differ by less are the same.
pub const SAME: f64 = 1e-6;

/// A program that goes from node to node.
pub struct Listed<'p> {
    pub master: Master<'p>,
    pub lists: &'p Lists,
    /// Seat and place in its list of each of the program's entries.
    pub places: Vec<(usize, u32)>,
    /// Per seat and place, whether the tour is in the program.
    joined: Vec<Vec<bool>>,
    begun: bool,
}

/// What came of a node's program.
pub enum Solve {
    Optimum(Solved),
    /// Proven to exceed the target.
    TooDear,
    Stopped,
}

/// The optimum at a node.
pub struct Solved {
    pub optimum: Optimum,
    /// The tours left that may be part of a choice within the target.
    pub left: Left,
}

impl<'p> Listed<'p> {
    pub fn new(
        problem: &'p Problem<'p>,
        base: &'p [u32],
        seats: &[Seat],
        lists: &'p Lists,
    ) -> Result<Listed<'p>, LpFailed> {
        Ok(Listed {
            master: Master::new(problem, base, seats.to_vec())?,
            lists,
            places: Vec::new(),
            joined: lists.iter().map(|list| vec![false; list.len()]).collect(),
            begun: false,
        })
    }

    pub fn tour(&self, (seat, place): (usize, u32)) -> &'p Column {
        &self.lists[seat][place as usize]
    }

    /// Takes a tour into the program.
    pub fn join(&mut self, seat: usize, place: u32) -> Result<(), LpFailed> {
        let joined = std::mem::replace(&mut self.joined[seat][place as usize], true);
        if !joined && (self.master).add(seat, &self.lists[seat][place as usize])? {
            self.places.push((seat, place));
        }
        Ok(())
    }

    /// Allows the tours left and no others.
    fn allow(&mut self, left: &Left) -> Result<(), LpFailed> {
        let mut here: Vec<Vec<bool>> = (self.lists.iter())
            .map(|list| vec![false; list.len()])
            .collect();
        for (here, left) in here.iter_mut().zip(left) {
            left.iter().for_each(|&place| here[place as usize] = true);
        }
        for (entry, &(seat, place)) in self.places.iter().enumerate() {
            self.master.allow(entry, here[seat][place as usize])?;
        }
        Ok(())
    }

    /// The linear program over the tours left.
    pub fn solve(
        &mut self,
        left: &Left,
        target: f64,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Result<Solve, LpFailed> {
        self.allow(left)?;
        let known = std::mem::replace(&mut self.begun, true);
        (self.master).method(if known { Method::Dual } else { Method::Corner });
        loop {
            if stop() {
                return Ok(Solve::Stopped);
            }
            let optimum = self.master.solve()?;
            let values = self.master.values(&optimum);
            let prices = self.master.seat_prices(&optimum).to_vec();
            let reduced: Vec<Vec<f64>> = (left.iter().enumerate())
                .map(|(seat, left)| {
                    let tours = left.iter().map(|&place| self.tour((seat, place)));
                    tours.map(|tour| tour.reduced(&values)).collect()
                })
                .collect();
            let least: Vec<f64> = (reduced.iter())
                .map(|of| of.iter().copied().fold(f64::INFINITY, f64::min))
                .collect();
            let bound = self.master.lagrangian(&values, &least);
            if bound > target + SAME {
                return Ok(Solve::TooDear);
            }
            let mut joined = false;
            for (seat, left) in left.iter().enumerate() {
                let mut better: Vec<(f64, u32)> = (reduced[seat].iter().zip(left))
                    .map(|(reduced, place)| (reduced - prices[seat], *place))
                    .filter(|(reduced, place)| {
                        *reduced < BETTER && !self.joined[seat][*place as usize]
                    })
                    .collect();
                better.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
                for &(_, place) in better.iter().take(JOINING) {
                    self.join(seat, place)?;
                    joined = true;
                }
            }
            if !joined {
                let room = target - bound + SAME;
                let kept = |seat: usize| -> Vec<u32> {
                    let tours = left[seat].iter().zip(&reduced[seat]);
                    let within = tours.filter(|(_, reduced)| **reduced <= least[seat] + room);
                    within.map(|(place, _)| *place).collect()
                };
                return Ok(Solve::Optimum(Solved {
                    optimum,
                    left: (0..left.len()).map(kept).collect(),
                }));
            }
            self.master.method(Method::Primal);
        }
    }
}
