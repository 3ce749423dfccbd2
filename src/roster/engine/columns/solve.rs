//! From a problem to a roster with its proof: what is asked of the engine, what it tells on the way, what it answers.

use std::sync::Arc;

use super::problem::{Column, Problem};
use super::respond::{first_roster, improve_each};
use super::roster::groups_of;
use super::search::search;
use crate::roster::engine::control::{Control, Ended, Limits, Progress};
use crate::roster::engine::dice::Dice;
use crate::roster::engine::lp::LpFailed;

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
pub fn seconds_of(watch: &dyn Control, share: f64, most: f64) -> f64 {
    let left = watch.seconds_left();
    if left.is_finite() {
        (share * left).min(most)
    } else {
        f64::INFINITY
    }
}

/// The best roster that the limits allow.
pub fn solve(problem: &Problem, limits: &Limits, watch: &dyn Control) -> Result<Solution, Failure> {
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
            objective: cost,
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
