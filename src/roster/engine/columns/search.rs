//! The search from a first roster, annealed or swept by stretches: the linear program with its bound, a dive, then pieces made anew until a limit ends
//! it. Without a linear program that shows the way it is annealing to the end.

use std::sync::Arc;

use super::anneal::{LANES, anneal, heat};
use super::ascent::Start;
use super::branch::{Budget, deepen};
use super::dive::{Dive, dive};
use super::finish::Finish;
use super::master::Seat;
use super::missing::{ByMissing, Relaxed, bound_by_missing, most_by_missing};
use super::neighbours::Neighbours;
use super::problem::{Column, Problem};
use super::prove::{Prices, prove};
use super::respond::improve_each;
use super::root::{Root, SOLVE_SHARE, first_bound, prepare};
use super::roster::{Roster, groups_of};
use super::solve::{BEGIN_SHARE, seconds_of};
use super::sweeps::{lengths_of, sweep_all};
use crate::roster::engine::anneal::Course;
use crate::roster::engine::control::{Control, Ended, Limits, Progress};
use crate::roster::engine::dice::Dice;
use crate::roster::engine::lp::{LpFailed, MipLimits};

/// Rounds in which everybody answers what the others do.
const ANSWERS: usize = 8;
/// Share of the time by which the dive ends.
const DIVE_SHARE: f64 = 0.85;
/// Moves per person of the first annealing, and the share of the time that it may take.
const FIRST_MOVES: u64 = 200;
const FIRST_SHARE: f64 = 0.1;
/// Moves of an annealing that count as a round.
const ROUND_MOVES: u64 = 400;
/// Rounds of an annealing that nothing else limits.
const ENDLESS: u64 = 10_000;
/// Cells times groups beyond which the linear program over all is too large: without good prices, and with them.
const LARGE: (usize, usize) = (100_000, 150_000);
/// Person-periods beyond which a dive into the whole takes longer than to search stretches, where these can be cut.
const DEEP: usize = 6_000;
/// Periods of a tour beyond which programs over whole tours take minutes.
const LONG_TOURS: u32 = 200;
/// Branching before the dive and again where nothing better is found: nodes per target (a clock ends it sooner), and shares of the time.
const EARLY: Budget = Budget {
    nodes: 200,
    share: 0.1,
};
const LATE: Budget = Budget {
    nodes: 2000,
    share: 0.3,
};
/// Most seconds of an integer program over all that may matter, where there is a clock.
const LISTED_SECONDS: f64 = 60.0;
/// Most tours of an integer program over all that may matter.
const LISTED: usize = 12_000;

/// What the search leaves.
pub struct Found {
    pub best: Roster,
    /// No roster costs less.
    pub bound: f64,
    pub ended: Ended,
    /// What covering each cell once more is worth, at the bound.
    pub values: Vec<f64>,
}

/// A dive into the whole, given up where it becomes clear that nothing below `cap` comes of it.
fn first_dive(
    problem: &Problem,
    groups: &[usize],
    root: &Root,
    cap: f64,
    whole: bool,
    dice: &mut Dice,
    watch: &dyn Control,
) -> Result<Option<Vec<Arc<Column>>>, LpFailed> {
    let settings = Dive {
        rounds: 20,
        tours: 3,
        share: 0.25,
        near: 1e-3,
        give_up: cap,
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
        seconds: seconds_of(watch, SOLVE_SHARE, f64::INFINITY),
    };
    let stop = || watch.stop() || watch.time_used() > DIVE_SHARE;
    let nobody = vec![0; problem.cells.len()];
    let seats = Seat::for_each(groups);
    let pool: Vec<Vec<Arc<Column>>> = (groups.iter())
        .map(|&group| root.ideas[group].clone())
        .collect();
    let centre = Some(root.values.clone());
    Ok(dive(
        problem, &nobody, seats, &pool, centre, settings, dice, &stop,
    )?
    .tours)
}

/// From `best` on; `pool` = tours known, with their group; `known` = good prices, if there are any.
pub fn search(
    problem: &Problem,
    mut best: Roster,
    pool: &[(usize, Arc<Column>)],
    known: Option<Vec<f64>>,
    limits: &Limits,
    watch: &dyn Control,
    dice: &mut Dice,
) -> Result<Found, LpFailed> {
    let groups = &groups_of(problem)[..];
    let mut order: Vec<usize> = (0..groups.len()).collect();
    dice.shuffle(&mut order);
    let whole = problem.is_whole();
    let lift = |bound: f64| if whole { (bound - 1e-6).ceil() } else { bound };
    let done = |cost: f64, bound: f64| cost - lift(bound) <= limits.gap * cost.abs() + 1e-9;
    let mut swept = None;
    // Whoever knows prices already is a stretch itself.
    if let (Some(lengths), None) = (lengths_of(problem), &known) {
        swept = sweep_all(problem, groups, &mut best, lengths, watch, dice)?;
    }
    // Even one step of the prices takes seconds where a sweep has used up the time.
    if let (Some(swept), true) = (&swept, watch.stop()) {
        return Ok(Found {
            best,
            bound: f64::NEG_INFINITY,
            ended: Ended::Stopped,
            values: swept.prices.clone(),
        });
    }
    let start = match known.or_else(|| swept.as_ref().map(|swept| swept.prices.clone())) {
        Some(known) => Start::Known(known),
        None => {
            let bounded = || watch.stop() || watch.time_used() > 2.0 * BEGIN_SHARE;
            let first = first_bound(problem, &bounded)?;
            let now = watch.time_used();
            let course = Course {
                control: watch,
                rounds: (FIRST_MOVES * groups.len() as u64).div_ceil(LANES),
                time: (now, now + FIRST_SHARE),
                enough: &|cost| done(cost, first.bound),
                bound: lift(first.bound),
                heat: heat(),
            };
            best = anneal(problem, groups, &best, course, dice);
            if done(best.cost, first.bound) {
                return Ok(Found {
                    bound: lift(first.bound).min(best.cost),
                    best,
                    ended: Ended::Gap,
                    values: first.values,
                });
            }
            Start::Level(first)
        }
    };
    let size = problem.cells.len() * problem.groups.len();
    let large = size > if swept.is_some() { LARGE.1 } else { LARGE.0 };
    let mut pool = pool.to_vec();
    pool.extend(groups.iter().copied().zip(best.tours.iter().cloned()));
    let root = prepare(problem, start, &pool, best.cost, large, limits, watch)?;
    let mut bound = root.bound;
    watch.report(Progress {
        phase: "program",
        objective: best.cost,
        bound: lift(bound),
    });
    let listable = (problem.groups.iter()).all(|group| group.pricer.can_enumerate());
    // The bound from which branching was in vain.
    let mut in_vain = match listable && !root.stuck {
        true => f64::NEG_INFINITY,
        false => f64::INFINITY,
    };
    let mut branching = |best: &mut Roster, bound: &mut f64, budget: Budget| {
        let from = lift(*bound);
        if from <= in_vain {
            return;
        }
        let deepened = deepen(problem, groups, &root, best, from, budget, watch);
        *bound = bound.max(deepened.bound);
        if deepened.unlisted {
            in_vain = lift(*bound);
        }
        if let Some(better) = deepened.better {
            *best = better;
        }
        watch.report(Progress {
            phase: "branched",
            objective: best.cost,
            bound: lift(*bound),
        });
    };
    let mut by_missing = most_by_missing(problem, &root).filter(|_| !root.stuck);
    // Whole numbers of people missing may prove the roster best at once.
    let proves = by_missing.is_some_and(|most| done(best.cost, most));
    if !proves && !done(best.cost, bound) && !watch.stop() {
        branching(&mut best, &mut bound, EARLY);
    }
    let deep = swept.is_some() && groups.len() * problem.periods() as usize > DEEP;
    let annealed = root.stuck && swept.is_none();
    if annealed {
        let course = Course {
            control: watch,
            rounds: limits.effort.unwrap_or(ENDLESS).saturating_mul(ROUND_MOVES) / LANES,
            time: (watch.time_used(), 1.0),
            enough: &|cost| done(cost, bound),
            bound: lift(bound),
            heat: heat(),
        };
        best = anneal(problem, groups, &best, course, dice);
    } else if !root.stuck && !deep && !done(best.cost, bound) && !watch.stop() {
        // After a sweep only what beats it is of use.
        let cap = swept.as_ref().map_or(f64::INFINITY, |_| best.cost);
        if let Some(tours) = first_dive(problem, groups, &root, cap, whole, dice, watch)? {
            let mut dived = Roster::new(problem, tours);
            watch.report(Progress {
                phase: "dive",
                objective: dived.cost,
                bound: lift(bound),
            });
            let stop = || watch.stop();
            improve_each(problem, &mut dived, &order, ANSWERS, &stop, &mut |_, _| ());
            if dived.cost < best.cost {
                best = dived;
            }
        }
        watch.report(Progress {
            phase: "dived",
            objective: best.cost,
            bound: lift(bound),
        });
    }
    let mut neighbours = Neighbours::new(
        root.ideas.clone(),
        &root.values,
        root.least_of_group(),
        groups.len(),
        swept,
    );
    if deep && problem.periods() > LONG_TOURS {
        neighbours.keep_to_windows();
    }
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
    by_missing = by_missing.filter(|_| !deep);
    let mut sides: Option<ByMissing> = None;
    let ended = loop {
        if done(best.cost, bound) {
            break Ended::Gap;
        }
        if (limits.effort).is_some_and(|effort| annealed || rounds >= effort) {
            break Ended::Effort;
        }
        if watch.stop() {
            break Ended::Stopped;
        }
        let target = best.cost * (1.0 - limits.gap) - if whole { 1.0 - 1e-6 } else { 0.0 };
        // At once where that may prove the roster best, else only where nothing better is found.
        if by_missing.is_some_and(|most| most >= target || quiet >= patience) {
            by_missing = None;
            sides = bound_by_missing(problem, &root, &best, target, watch)?;
            bound = bound.max(sides.as_ref().map_or(f64::NEG_INFINITY, |all| all.bound));
            watch.report(Progress {
                phase: "missing",
                objective: best.cost,
                bound: lift(bound),
            });
            continue;
        }
        rounds += 1;
        if quiet >= patience && !root.stuck && !deep {
            quiet = 0;
            patience *= 4;
            branching(&mut best, &mut bound, LATE);
            if done(best.cost, bound) {
                continue;
            }
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
                objective: best.cost,
                bound: lift(bound),
            });
            continue;
        }
        quiet += 1;
        let side = (sides.as_ref())
            .and_then(ByMissing::likelier)
            .filter(|_| rounds % 2 == 1);
        let found = match side {
            Some(side) => round_on(
                side,
                problem,
                groups,
                &mut best,
                &mut neighbours,
                dice,
                watch,
            )?,
            None => neighbours.round(problem, groups, &mut best, dice, watch)?,
        };
        if found {
            quiet = 0;
            watch.report(Progress {
                phase: "pieces",
                objective: best.cost,
                bound: lift(bound),
            });
        }
    };
    Ok(Found {
        bound: lift(bound).min(best.cost),
        best,
        ended,
        values: root.values.clone(),
    })
}

/// A round of pieces at the costs of the side; whether that gave a better roster of the problem itself.
fn round_on(
    side: &Relaxed,
    problem: &Problem,
    groups: &[usize],
    best: &mut Roster,
    neighbours: &mut Neighbours,
    dice: &mut Dice,
    watch: &dyn Control,
) -> Result<bool, LpFailed> {
    let mut there = Roster::new(&side.problem, best.tours.clone());
    if !neighbours.round(&side.problem, groups, &mut there, dice, watch)? {
        return Ok(false);
    }
    // It may miss more people than the side stands for.
    let found = Roster::new(problem, there.tours);
    let better = found.cost < best.cost - 1e-9;
    if better {
        *best = found;
    }
    Ok(better)
}
