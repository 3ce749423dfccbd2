//! Closing the gap: every tour that could be part of a better roster is listed, and the integer program over them is solved.
//!
//! At the prices of the bound, a tour whose reduced cost exceeds the best one's by more than the gap is in no better roster (reduced-cost fixing).
//! Where too many are left, the best of them still make a good restricted program, which proves nothing.

use std::sync::Arc;

use rayon::prelude::*;

use super::generate::Memory;
use super::master::{Master, Seat};
use super::problem::{Ask, Care, Column, Problem};
use super::roster::Roster;
use crate::roster::engine::lp::{LpFailed, MipLimits};

/// The bound at some prices, as the generation left it.
#[derive(Debug)]
pub struct Prices<'a> {
    pub values: &'a [f64],
    /// Least cost less worth of a tour, per seat.
    pub least: &'a [f64],
    pub bound: f64,
    pub memory: &'a Memory,
}

/// What came of an attempt.
#[derive(Debug, Default)]
pub struct Proof {
    pub better: Option<Roster>,
    /// A bound on all rosters, if every tour that matters was listed.
    pub bound: Option<f64>,
}

/// For each seat the tours whose reduced cost is within `room` of the best one's, and whether that is all of them: where there are more than `most`,
/// only those within a share of the room. (The reduced costs of a whole roster add up to no more than the room, so few people take a dear one.)
pub fn list(
    master: &Master,
    prices: &Prices,
    room: f64,
    most: usize,
) -> Vec<(Vec<Arc<Column>>, bool)> {
    let (problem, seats) = (master.problem(), &master.seats);
    (0..seats.len())
        .into_par_iter()
        .map(|index| {
            let seat = &seats[index];
            let memory = prices
                .memory
                .pricers
                .get(index)
                .map_or(&[][..], |memory| memory);
            for share in SHARES {
                let keep = seat
                    .keep
                    .as_ref()
                    .map(|keep| (keep.tour.as_ref(), keep.free.as_ref()));
                let ask = Ask {
                    values: prices.values,
                    below: prices.least[index] + room * share,
                    most,
                    care: Care::Quick,
                    keep,
                    memory,
                };
                if let Some(tours) = problem.groups[seat.group].pricer.enumerate(&ask) {
                    return (tours.into_iter().map(Arc::new).collect(), share == 1.0);
                }
            }
            (Vec::new(), false)
        })
        .collect()
}

/// Shares of the room that are tried.
const SHARES: [f64; 5] = [1.0, 0.5, 0.25, 0.12, 0.06];

/// `ideas` stand in where a group has too many tours to list; `most` = tours listed per group.
pub fn prove(
    problem: &Problem,
    roster: &Roster,
    prices: &Prices,
    least_gain: f64,
    ideas: &[Vec<Arc<Column>>],
    most: usize,
    mip: MipLimits,
) -> Result<Proof, LpFailed> {
    let room = roster.cost - least_gain - prices.bound + 1e-6;
    let seated: Vec<usize> = (0..problem.groups.len())
        .filter(|&group| problem.groups[group].people > 0)
        .collect();
    let nobody = vec![0; problem.cells.len()];
    let seats = seated
        .iter()
        .map(|&group| Seat {
            group,
            people: problem.groups[group].people,
            keep: None,
        })
        .collect();
    let mut master = Master::new(problem, &nobody, seats)?;
    let listed = list(&master, prices, room, most);
    let complete = listed.iter().all(|(_, complete)| *complete);
    let mut start = Vec::new();
    let mut person = 0;
    for (seat, (tours, _)) in listed.iter().enumerate() {
        for _ in 0..problem.groups[seated[seat]].people {
            master.add(seat, &roster.tours[person])?;
            start.push((seat, roster.tours[person].clone()));
            person += 1;
        }
        for tour in tours {
            master.add(seat, tour)?;
        }
        for idea in &ideas[seated[seat]] {
            master.add(seat, idea)?;
        }
    }
    let (chosen, bound) = master.solve_whole(&start, mip)?;
    let better = chosen
        .map(|chosen| {
            Roster::new(
                problem,
                chosen.0.into_iter().map(|(_, column)| column).collect(),
            )
        })
        .filter(|found| found.cost < roster.cost - 1e-7);
    let cost = better.as_ref().map_or(roster.cost, |better| better.cost);
    // Tours that are not listed are in no roster cheaper than the one that was there.
    Ok(Proof {
        better,
        bound: complete.then_some(bound.min(cost)),
    })
}
