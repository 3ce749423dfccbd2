//! The whole search: a first roster, annealed; the linear program with its bound, a dive, then pieces made anew until a limit ends it. Without a linear
//! program that shows the way it is annealing to the end.

use std::sync::Arc;

use super::anneal::{Course, anneal};
use super::dice::Dice;
use super::dive::{Dive, dive};
use super::finish::Finish;
use super::lp::{LpFailed, MipLimits};
use super::master::Seat;
use super::neighbours::Neighbours;
use super::problem::{Column, Problem};
use super::prove::{Prices, prove};
use super::respond::{first_roster, improve_each};
use super::root::{Root, first_bound, prepare};
use super::roster::{Roster, groups_of};

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
/// Share of the time by which the first answers end, and half of that by which the first bound does.
const BEGIN_SHARE: f64 = 0.1;
/// Moves per person of the first annealing, and the share of the time that it may take.
const FIRST_MOVES: u64 = 200;
const FIRST_SHARE: f64 = 0.1;
/// Moves of an annealing that count as a round.
const ROUND_MOVES: u64 = 400;
/// Rounds of an annealing that nothing else limits.
const ENDLESS: u64 = 10_000;
/// Share of the time by which the dive ends.
const DIVE_SHARE: f64 = 0.85;
/// Cells times groups beyond which the linear program over all is too large.
const LARGE: usize = 100_000;
/// Most seconds of an integer program over all that may matter, where there is a clock.
const LISTED_SECONDS: f64 = 60.0;
/// Most tours of an integer program over all that may matter.
const LISTED: usize = 12_000;

/// A share of the seconds left, no more than `most`; infinite where there is no clock, so that nothing depends on one.
pub fn seconds_of(watch: &dyn Watch, share: f64, most: f64) -> f64 {
    let left = watch.seconds_left();
    if left.is_finite() {
        (share * left).min(most)
    } else {
        f64::INFINITY
    }
}

/// A dive into the whole.
fn first_dive(
    problem: &Problem,
    groups: &[usize],
    root: &Root,
    whole: bool,
    dice: &mut Dice,
    watch: &dyn Watch,
) -> Result<Option<Vec<Arc<Column>>>, LpFailed> {
    let settings = Dive {
        rounds: 20,
        tours: 3,
        share: 0.25,
        near: 1e-3,
        give_up: f64::INFINITY,
        finish: Finish {
            listed: 3000,
            mip: MipLimits {
                nodes: 300,
                seconds: seconds_of(watch, 0.05, 5.0),
                gap: if whole { 0.99 } else { 1e-6 },
            },
            least_gain: if whole { 1.0 } else { 1e-6 },
        },
        few: 150,
    };
    let stop = || watch.stop() || watch.time_used() > DIVE_SHARE;
    let nobody = vec![0; problem.cells.len()];
    let seats: Vec<Seat> = (groups.iter())
        .map(|&group| Seat {
            group,
            people: 1,
            keep: None,
        })
        .collect();
    let pool: Vec<Vec<Arc<Column>>> = (groups.iter())
        .map(|&group| root.ideas[group].clone())
        .collect();
    let centre = Some(root.values.clone());
    Ok(dive(
        problem, &nobody, seats, &pool, centre, settings, dice, &stop,
    )?
    .tours)
}

/// The best roster that the limits allow.
pub fn solve(problem: &Problem, limits: &Limits, watch: &dyn Watch) -> Result<Solution, Failure> {
    let groups = groups_of(problem);
    let mut dice = Dice::new(limits.seed);
    let mut order: Vec<usize> = (0..groups.len()).collect();
    dice.shuffle(&mut order);
    let mut pool: Vec<(usize, Arc<Column>)> = Vec::new();
    let mut found = |group: usize, column: Arc<Column>| pool.push((group, column));
    let mut best = first_roster(problem, &order, &mut found)?;
    watch.report(Progress {
        phase: "first",
        cost: best.cost,
        bound: f64::NEG_INFINITY,
    });
    let begun = || watch.stop() || watch.time_used() > BEGIN_SHARE;
    improve_each(problem, &mut best, &order, ANSWERS, &begun, &mut found);
    watch.report(Progress {
        phase: "answers",
        cost: best.cost,
        bound: f64::NEG_INFINITY,
    });

    let whole = problem.is_whole();
    let lift = |bound: f64| if whole { (bound - 1e-6).ceil() } else { bound };
    let done = |cost: f64, bound: f64| cost - lift(bound) <= limits.gap * cost.abs() + 1e-9;
    let large = problem.cells.len() * problem.groups.len() > LARGE;
    let bounded = || watch.stop() || watch.time_used() > 2.0 * BEGIN_SHARE;
    let first = first_bound(problem, &bounded)?;
    let mut bound = first.bound;
    watch.report(Progress {
        phase: "level",
        cost: best.cost,
        bound: lift(bound),
    });
    let course = Course {
        watch,
        moves: FIRST_MOVES * groups.len() as u64,
        until: watch.time_used() + FIRST_SHARE,
        enough: &|cost| done(cost, bound),
        bound: lift(bound),
    };
    best = anneal(problem, &groups, &best, &course, &mut dice);
    if done(best.cost, bound) {
        return Ok(solution(&best, lift(bound), Ended::Gap, first.values));
    }
    pool.extend(groups.iter().copied().zip(best.tours.iter().cloned()));
    let root = prepare(problem, first, &pool, best.cost, large, limits, watch)?;
    bound = bound.max(root.bound);
    watch.report(Progress {
        phase: "program",
        cost: best.cost,
        bound: lift(bound),
    });
    if root.stuck {
        let course = Course {
            watch,
            moves: limits.effort.unwrap_or(ENDLESS).saturating_mul(ROUND_MOVES),
            until: 1.0,
            enough: &|cost| done(cost, bound),
            bound: lift(bound),
        };
        best = anneal(problem, &groups, &best, &course, &mut dice);
    } else if !done(best.cost, bound) && !watch.stop() {
        let dived = first_dive(problem, &groups, &root, whole, &mut dice, watch)?;
        if let Some(tours) = dived {
            let mut dived = Roster::new(problem, tours);
            watch.report(Progress {
                phase: "dive",
                cost: dived.cost,
                bound: lift(bound),
            });
            improve_each(
                problem,
                &mut dived,
                &order,
                ANSWERS,
                &|| watch.stop(),
                &mut |_, _| (),
            );
            if dived.cost < best.cost {
                best = dived;
            }
        }
        watch.report(Progress {
            phase: "dived",
            cost: best.cost,
            bound: lift(bound),
        });
    }
    let mut neighbours = Neighbours::new(
        root.ideas.clone(),
        &root.values,
        root.least_of_group(),
        groups.len(),
    );
    let prices = Prices {
        values: &root.values,
        least: &root.least,
        bound: root.bound,
        memory: &root.memory,
    };
    let least_gain = if whole { 1.0 } else { 1e-6 };
    let mut rounds = 0;
    let mut quiet = 0;
    let mut patience = 6;
    let ended = loop {
        if done(best.cost, bound) {
            break Ended::Gap;
        }
        if limits
            .effort
            .is_some_and(|effort| root.stuck || rounds >= effort)
        {
            break Ended::Effort;
        }
        if watch.stop() {
            break Ended::Stopped;
        }
        rounds += 1;
        if quiet >= patience {
            quiet = 0;
            patience *= 4;
            let mip = MipLimits {
                nodes: 20_000,
                seconds: seconds_of(watch, 0.1, LISTED_SECONDS),
                gap: if whole { 0.99 } else { 1e-6 },
            };
            let proof = prove(
                problem,
                &best,
                &prices,
                least_gain,
                &neighbours.ideas,
                LISTED / problem.groups.len().max(1),
                mip,
            )?;
            if let Some(better) = proof.better {
                best = better;
            }
            bound = bound.max(proof.bound.unwrap_or(f64::NEG_INFINITY));
            watch.report(Progress {
                phase: "listed",
                cost: best.cost,
                bound: lift(bound),
            });
            continue;
        }
        quiet += 1;
        if neighbours.round(problem, &groups, &mut best, &mut dice, watch)? {
            quiet = 0;
            watch.report(Progress {
                phase: "pieces",
                cost: best.cost,
                bound: lift(bound),
            });
        }
    };
    Ok(solution(&best, lift(bound), ended, root.values.clone()))
}

fn solution(roster: &Roster, bound: f64, ended: Ended, values: Vec<f64>) -> Solution {
    Solution {
        tours: (roster.tours.iter())
            .map(|tour| tour.as_ref().clone())
            .collect(),
        cost: roster.cost,
        bound: bound.min(roster.cost),
        ended,
        values,
    }
}
