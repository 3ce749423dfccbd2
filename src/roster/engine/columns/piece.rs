//! A piece of a roster made anew: some people's tours, or a stretch of them, while all else stays.

use std::sync::Arc;

use super::finish::{Finish, finish};
use super::generate::{Memory, Reach, generate};
use super::master::{Keep, Master, Seat};
use super::problem::{Care, Column, Problem};
use super::prove::Prices;
use super::roster::Roster;
use crate::roster::engine::lp::LpFailed;

/// What is free.
#[derive(Debug, Clone, PartialEq)]
pub struct Piece {
    /// Ascending.
    pub people: Vec<usize>,
    /// Only these periods (one flag each), if not all.
    pub window: Option<Arc<[bool]>>,
}

/// How a piece is solved.
#[derive(Debug, Clone, Copy)]
pub struct PieceLimits {
    pub rounds: usize,
    pub tours: usize,
    pub finish: Finish,
    /// Most seconds of a solve of the linear program; where one takes longer the piece stays as it is.
    pub seconds: f64,
}

/// What came of a piece.
#[derive(Debug, Clone, Default)]
pub struct Mended {
    /// Better tours, if any.
    pub changes: Vec<(usize, Arc<Column>)>,
    /// Proven that this piece cannot be better (so a larger one may be tried).
    pub exhausted: bool,
}

/// Looks for better tours of the piece. `ideas` = for each group, tours worth trying.
pub fn mend(
    problem: &Problem,
    groups: &[usize],
    roster: &Roster,
    piece: &Piece,
    ideas: &[Vec<Arc<Column>>],
    limits: PieceLimits,
) -> Result<Mended, LpFailed> {
    let mut base = roster.cover.clone();
    for &person in &piece.people {
        for &cell in &roster.tours[person].cells {
            base[cell as usize] -= 1;
        }
    }
    let elsewhere: f64 = roster.tours.iter().map(|tour| tour.cost).sum::<f64>()
        - piece
            .people
            .iter()
            .map(|&person| roster.tours[person].cost)
            .sum::<f64>();
    let (seats, members) = seats_of(groups, roster, piece);
    let mut master = Master::new(problem, &base, seats)?;
    master.allow_seconds(limits.seconds);
    for (seat, members) in members.iter().enumerate() {
        for &person in members {
            master.add(seat, &roster.tours[person])?;
        }
        if piece.window.is_none() {
            for idea in &ideas[groups[members[0]]] {
                master.add(seat, idea)?;
            }
        }
    }
    let now = roster.cost - elsewhere;
    let open = vec![true; members.len()];
    let reach = Reach {
        rounds: limits.rounds,
        tours: limits.tours,
        care: Care::Quick,
        enough: now - limits.finish.least_gain + 1e-6,
        content: f64::NEG_INFINITY,
        whole: problem.is_whole(),
        near: 2e-5,
    };
    let mut memory = Memory::default();
    let generated = generate(&mut master, &mut memory, &open, reach, &mut |_| true)?;
    if generated.bound > now - limits.finish.least_gain + 1e-6 {
        return Ok(Mended {
            changes: Vec::new(),
            exhausted: true,
        });
    }
    let prices = Prices {
        values: &generated.values,
        least: &generated.least,
        bound: generated.bound,
        memory: &memory,
    };
    let finished = finish(master, &prices, now, limits.finish)?;
    let exhausted = finished.exhausted;
    let Some(chosen) = finished.chosen else {
        return Ok(Mended {
            changes: Vec::new(),
            exhausted,
        });
    };
    let mut left: Vec<Vec<usize>> = members;
    let mut changes = Vec::new();
    for (seat, column) in chosen {
        if let Some(person) = left[seat].pop() {
            changes.push((person, column));
        }
    }
    changes.retain(|(person, column)| roster.tours[*person].cells != column.cells);
    if roster.with(problem, &changes).cost > roster.cost + 1e-7 {
        changes.clear();
    }
    Ok(Mended { changes, exhausted })
}

/// People of one group share a seat where their whole tours are free.
fn seats_of(groups: &[usize], roster: &Roster, piece: &Piece) -> (Vec<Seat>, Vec<Vec<usize>>) {
    let mut seats: Vec<Seat> = Vec::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for &person in &piece.people {
        match (&piece.window, seats.last()) {
            (None, Some(last)) if last.group == groups[person] => {
                let last = seats.len() - 1;
                seats[last].people += 1;
                members[last].push(person);
            }
            (window, _) => {
                let keep = window.clone().map(|free| Keep {
                    tour: roster.tours[person].clone(),
                    free,
                });
                seats.push(Seat {
                    group: groups[person],
                    people: 1,
                    keep,
                });
                members.push(vec![person]);
            }
        }
    }
    (seats, members)
}
