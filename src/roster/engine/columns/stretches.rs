//! Long horizons, stretch by stretch: some weeks of everybody are searched as a problem by themselves while the rest stays, then others.
//!
//! Two stretches far apart in one problem trade what a person has only once: minutes, weekends, shifts of a kind.

use std::sync::Arc;

use rayon::prelude::*;

use super::excerpt::Excerpt;
use super::piece::Piece;
use super::problem::Problem;
use super::roster::Roster;
use super::search::search;
use crate::roster::engine::control::{Control, Ended, Limits, Progress};
use crate::roster::engine::dice::Dice;
use crate::roster::engine::lp::LpFailed;

/// Most of the time left that a stretch may take: now and then the simplex method loses its way in one.
const SLOWEST: f64 = 0.1;
/// Stretches searched side by side; the same on any number of threads.
pub const SIDE_BY_SIDE: usize = 2;

/// What came of a stretch.
pub struct Searched {
    /// Nothing better can be there.
    pub exhausted: bool,
    pub gain: f64,
}

/// The search of a stretch ends with the whole's or with its own share of the time, and what it reports is nobody's concern.
pub struct Inside<'w> {
    whole: &'w dyn Control,
    /// Seconds of the whole that are left when this ends.
    after: f64,
}

impl<'w> Inside<'w> {
    pub fn new(whole: &'w dyn Control) -> Inside<'w> {
        let left = whole.seconds_left();
        let after = if left.is_finite() {
            (1.0 - SLOWEST) * left
        } else {
            0.0
        };
        Inside { whole, after }
    }
}

impl Control for Inside<'_> {
    fn stop(&self) -> bool {
        self.whole.stop() || self.seconds_left() <= 0.0
    }
    fn time_used(&self) -> f64 {
        0.0
    }
    fn seconds_left(&self) -> f64 {
        (self.whole.seconds_left() - self.after).max(0.0)
    }
    fn report(&self, _: Progress) {}
}

/// Searches stretches of everybody side by side, those that do not touch one another, and puts what is better into the roster. `prices` get what
/// covering the free cells is worth there.
pub fn search_side_by_side(
    problem: &Problem,
    groups: &[usize],
    roster: &mut Roster,
    stretches: &[Arc<[bool]>],
    prices: &mut [f64],
    watch: &dyn Control,
    dice: &mut Dice,
) -> Result<Vec<Searched>, LpFailed> {
    let cut = cut_apart(problem, groups, roster, stretches);
    let seeds: Vec<u64> = cut.iter().map(|_| (dice.unit() * 1e15) as u64).collect();
    let known = &prices[..];
    let found: Vec<Result<_, LpFailed>> = (cut.par_iter().zip(seeds))
        .map(|(cut, seed)| {
            let small = &cut.problem;
            let start = Roster::new(small, cut.now.clone());
            let limits = Limits {
                gap: 0.0,
                effort: Some(0),
                seed,
                ascent_steps: None,
            };
            search(
                small,
                start,
                &[],
                Some(known[cut.cells.clone()].to_vec()),
                &limits,
                &Inside::new(watch),
                &mut Dice::new(seed),
            )
        })
        .collect();
    let mut searched = Vec::new();
    for (cut, found) in cut.iter().zip(found) {
        let found = found?;
        let gain = roster.take(problem, &cut.put_back(roster, &found.best.tours));
        for (cell, value) in cut.cells.clone().zip(found.values) {
            if cut.free()[problem.cells[cell].period as usize] {
                prices[cell] = value;
            }
        }
        searched.push(Searched {
            exhausted: found.ended == Ended::Gap,
            gain,
        });
    }
    Ok(searched)
}

/// Everybody's stretches as problems, without those that touch one before.
pub fn cut_apart<'p>(
    problem: &'p Problem,
    groups: &[usize],
    roster: &Roster,
    stretches: &[Arc<[bool]>],
) -> Vec<Excerpt<'p>> {
    let cut = |free: &Arc<[bool]>, share| {
        let piece = Piece {
            people: (0..groups.len()).collect(),
            window: Some(free.clone()),
        };
        Excerpt::new(problem, groups, roster, piece, share)
    };
    let mut apart: Vec<Excerpt> = Vec::new();
    for (turn, free) in stretches.iter().enumerate() {
        let share = (turn as u32, stretches.len() as u32);
        if let Some(next) = cut(free, share)
            && apart.iter().all(|other| !next.touches(other))
        {
            apart.push(next);
        }
    }
    apart
}

/// Stretches to search side by side: each of so many parts of so many periods, the first around a costly one, the others anywhere.
pub fn draw(
    periods: usize,
    length: usize,
    parts: usize,
    costly: &mut dyn FnMut(&mut Dice) -> usize,
    dice: &mut Dice,
) -> Vec<Arc<[bool]>> {
    let length = length.clamp(1, periods);
    (0..SIDE_BY_SIDE)
        .map(|_| {
            let middle = costly(dice);
            let around = middle
                .saturating_sub(dice.below(length))
                .min(periods - length);
            let mut firsts = vec![around];
            firsts.extend((1..parts).map(|_| dice.below(periods - length + 1)));
            (0..periods)
                .map(|p| (firsts.iter()).any(|&from| (from..from + length).contains(&p)))
                .collect()
        })
        .collect()
}
