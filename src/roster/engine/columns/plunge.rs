//! A piece too large for one integer program: a dive into it.

use std::sync::Arc;

use super::dive::{Dive, dive};
use super::master::{Keep, Seat};
use super::piece::{Mended, Piece, PieceLimits};
use super::problem::{Column, Problem};
use super::roster::Roster;
use crate::roster::engine::dice::Dice;
use crate::roster::engine::lp::LpFailed;

/// Looks for better tours of the piece. `ideas` = for each group, tours worth trying; `values` = prices of the whole.
#[expect(clippy::too_many_arguments)]
pub fn plunge(
    problem: &Problem,
    groups: &[usize],
    roster: &Roster,
    piece: &Piece,
    ideas: &[Vec<Arc<Column>>],
    values: &[f64],
    limits: PieceLimits,
    dice: &mut Dice,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Mended, LpFailed> {
    let mut base = roster.cover.clone();
    let mut own: f64 = roster.tours.iter().map(|tour| tour.cost).sum();
    for &person in &piece.people {
        own -= roster.tours[person].cost;
        for &cell in &roster.tours[person].cells {
            base[cell as usize] -= 1;
        }
    }
    let seats: Vec<Seat> = (piece.people.iter())
        .map(|&person| Seat {
            group: groups[person],
            people: 1,
            keep: piece.window.clone().map(|free| Keep {
                tour: roster.tours[person].clone(),
                free,
            }),
        })
        .collect();
    let pool: Vec<Vec<Arc<Column>>> = (piece.people.iter())
        .map(|&person| {
            let mut tours = vec![roster.tours[person].clone()];
            tours.extend(ideas[groups[person]].iter().cloned());
            tours
        })
        .collect();
    let settings = Dive {
        rounds: limits.rounds,
        tours: 3,
        share: 0.15 + 0.25 * dice.unit(),
        near: 1e-3,
        give_up: roster.cost - own - limits.finish.least_gain + 1e-6,
        finish: limits.finish,
        few: 150,
        seconds: limits.seconds,
    };
    let centre = Some(values.to_vec());
    let found = dive(problem, &base, seats, &pool, centre, settings, dice, stop)?;
    let exhausted = found.hopeless;
    let mut changes: Vec<(usize, Arc<Column>)> = piece
        .people
        .iter()
        .copied()
        .zip(found.tours.into_iter().flatten())
        .collect();
    changes.retain(|(person, column)| roster.tours[*person].cells != column.cells);
    if roster.with(problem, &changes).cost > roster.cost + 1e-7 {
        changes.clear();
    }
    Ok(Mended { changes, exhausted })
}
