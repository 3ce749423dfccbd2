//! From a problem to a roster with its proof: what is asked of the engine, what it tells on the way, what it answers.

use std::sync::Arc;

use super::dice::Dice;
use super::lp::LpFailed;
use super::problem::{Column, Problem};
use super::respond::{first_roster, improve_each};
use super::roster::groups_of;
use super::search::search;

/// How long and how hard to search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Stop when cost and bound are this close, as a share of the cost.
    pub gap: f64,
    /// Rounds of the search; `None` = until the clock or the gap ends it. With an effort the clock must not be told (see [`Watch`]).
    pub effort: Option<u64>,
    pub seed: u64,
}

/// What the caller is told while the search runs, and how it ends it.
pub trait Watch: Sync {
    /// True as soon as the search is to end with what it has.
    fn stop(&self) -> bool;
    /// Share of the time allowed that is used up, 0 to 1; 0 where there is no time limit.
    fn time_used(&self) -> f64;
    /// Infinite where there is no time limit.
    fn seconds_left(&self) -> f64;
    fn report(&self, progress: Progress);
}

/// No clock and nobody who listens: only effort and gap end the search.
#[derive(Debug, Clone, Copy)]
pub struct NoClock;

impl Watch for NoClock {
    fn stop(&self) -> bool {
        false
    }
    fn time_used(&self) -> f64 {
        0.0
    }
    fn seconds_left(&self) -> f64 {
        f64::INFINITY
    }
    fn report(&self, _: Progress) {}
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    pub phase: &'static str,
    pub cost: f64,
    pub bound: f64,
}

/// Why the search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Gap,
    Effort,
    Stopped,
}

/// A roster with its proof.
#[derive(Debug, Clone)]
pub struct Solution {
    /// A tour for every person, group by group.
    pub tours: Vec<Column>,
    pub cost: f64,
    /// No roster costs less.
    pub bound: f64,
    pub ended: Ended,
    /// What covering each cell once more is worth, at the bound.
    pub values: Vec<f64>,
}

/// Groups that no tour suits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    pub groups: Vec<usize>,
}

/// Why there is no roster.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    #[error("no tour is possible for {} groups of people", .0.groups.len())]
    Impossible(Impossible),
    #[error(transparent)]
    Lp(#[from] LpFailed),
}

impl From<Impossible> for Failure {
    fn from(impossible: Impossible) -> Failure {
        Failure::Impossible(impossible)
    }
}

/// Rounds in which everybody answers what the others do.
const ANSWERS: usize = 8;
/// Share of the time by which the first answers end.
pub const BEGIN_SHARE: f64 = 0.1;

/// A share of the seconds left, no more than `most`; infinite where there is no clock, so that nothing depends on one.
pub fn seconds_of(watch: &dyn Watch, share: f64, most: f64) -> f64 {
    let left = watch.seconds_left();
    if left.is_finite() {
        (share * left).min(most)
    } else {
        f64::INFINITY
    }
}

/// The best roster that the limits allow.
pub fn solve(problem: &Problem, limits: &Limits, watch: &dyn Watch) -> Result<Solution, Failure> {
    let groups = groups_of(problem);
    let mut dice = Dice::new(limits.seed);
    let mut order: Vec<usize> = (0..groups.len()).collect();
    dice.shuffle(&mut order);
    let mut pool: Vec<(usize, Arc<Column>)> = Vec::new();
    let mut found = |group: usize, column: Arc<Column>| pool.push((group, column));
    let mut first = first_roster(problem, &order, &mut found)?;
    let tell = |phase, cost| {
        watch.report(Progress {
            phase,
            cost,
            bound: f64::NEG_INFINITY,
        })
    };
    tell("first", first.cost);
    let begun = || watch.stop() || watch.time_used() > BEGIN_SHARE;
    improve_each(problem, &mut first, &order, ANSWERS, &begun, &mut found);
    tell("answers", first.cost);
    let found = search(problem, first, &pool, None, limits, watch, &mut dice)?;
    let tours = (found.best.tours.iter())
        .map(|tour| tour.as_ref().clone())
        .collect();
    Ok(Solution {
        tours,
        cost: found.best.cost,
        bound: found.bound,
        ended: found.ended,
        values: found.values,
    })
}
