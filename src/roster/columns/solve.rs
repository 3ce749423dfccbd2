//! The whole search: a first roster, the linear program with its bound, a dive, then pieces made anew until a limit ends it.

use std::sync::Arc;

use super::ascent::ascend;
use super::dice::Dice;
use super::dive::{Dive, dive};
use super::generate::{Memory, Reach, generate};
use super::lp::{LpFailed, Method, MipLimits};
use super::master::{Master, Seat};
use super::neighbours::Neighbours;
use super::problem::{Care, Column, Problem};
use super::prove::{Prices, prove};
use super::respond::{first_roster, improve_each};
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
/// Share of the time by which the linear program ends.
const PROGRAM_SHARE: f64 = 0.45;
/// Share of the time by which the dive ends.
const DIVE_SHARE: f64 = 0.85;
/// Share of the time that the ascent may take.
const ASCENT_SHARE: f64 = 0.15;
/// Steps of the ascent.
const STEPS: usize = 150;
/// Up to so many seats the simplex method is quick.
const FEW_SEATS: usize = 40;
/// Rounds of column generation for the whole.
const ROUNDS: usize = 400;
/// Most seconds of an integer program over all that may matter, where there is a clock.
const LISTED_SECONDS: f64 = 60.0;
/// Most tours of an integer program over all that may matter.
const LISTED: usize = 12_000;

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
    improve_each(problem, &mut best, &order, ANSWERS, watch, &mut found);
    watch.report(Progress {
        phase: "answers",
        cost: best.cost,
        bound: f64::NEG_INFINITY,
    });

    let whole = problem.is_whole();
    let lift = |bound: f64| if whole { (bound - 1e-6).ceil() } else { bound };
    let done = |cost: f64, bound: f64| cost - lift(bound) <= limits.gap * cost.abs() + 1e-9;
    let nobody = vec![0; problem.cells.len()];
    let seats = (0..problem.groups.len())
        .filter(|&g| problem.groups[g].people > 0)
        .map(|group| Seat {
            group,
            people: problem.groups[group].people,
            keep: None,
        });
    let mut master = Master::new(problem, &nobody, seats.collect())?;
    let seat_of: Vec<usize> = {
        let mut seats = vec![usize::MAX; problem.groups.len()];
        master
            .seats
            .iter()
            .enumerate()
            .for_each(|(index, seat)| seats[seat.group] = index);
        seats
    };
    for (group, column) in &pool {
        master.add(seat_of[*group], column)?;
    }
    let mut memory = Memory::default();
    let ascended = ascend(&master, &mut memory, STEPS, &mut |bound, done| {
        watch.report(Progress {
            phase: "prices",
            cost: best.cost,
            bound,
        });
        if watch.stop() {
            1.0
        } else {
            done.max(watch.time_used() / ASCENT_SHARE)
        }
    });
    for (seat, tour) in &ascended.tours {
        master.add(*seat, tour)?;
    }
    memory.centre = Some(ascended.values);
    memory.bound = ascended.bound;
    memory.least = ascended.least;
    let many = master.seats.len() > FEW_SEATS;
    master.method(if many {
        Method::Interior
    } else {
        Method::Primal
    });
    let open = vec![true; master.seats.len()];
    let reach = Reach {
        rounds: ROUNDS,
        tours: (400 / master.seats.len().max(1)).clamp(3, 20),
        care: Care::Thorough,
        enough: best.cost - if whole { 1.0 - 1e-6 } else { 0.0 },
        content: f64::NEG_INFINITY,
        whole,
        near: 2e-5,
    };
    let cost = best.cost;
    let generated = generate(&mut master, &mut memory, &open, reach, &mut |bound| {
        watch.report(Progress {
            phase: "program",
            cost,
            bound,
        });
        !watch.stop() && watch.time_used() < PROGRAM_SHARE
    })?;
    let mut bound = generated.bound;
    watch.report(Progress {
        phase: "program",
        cost: best.cost,
        bound: lift(bound),
    });

    let root_memory = memory.clone();
    let mut ideas = Vec::new();
    for &seat in &seat_of {
        let mut tours: Vec<(f64, &Arc<Column>)> = master
            .entries
            .iter()
            .filter(|entry| entry.seat == seat)
            .map(|entry| (entry.column.reduced(&generated.values), &entry.column))
            .collect();
        tours.sort_by(|a, b| a.0.total_cmp(&b.0));
        ideas.push(
            tours
                .into_iter()
                .take(30)
                .map(|(_, column)| column.clone())
                .collect::<Vec<_>>(),
        );
    }
    drop(master);
    if !done(best.cost, bound) && !watch.stop() {
        let plunge = Dive {
            rounds: 8,
            tours: 3,
            share: 0.25,
            near: 5e-4,
            give_up: f64::INFINITY,
        };
        let stop = || watch.stop() || watch.time_used() > DIVE_SHARE;
        let seats: Vec<Seat> = groups
            .iter()
            .map(|&group| Seat {
                group,
                people: 1,
                keep: None,
            })
            .collect();
        let pool: Vec<Vec<Arc<Column>>> =
            groups.iter().map(|&group| ideas[group].clone()).collect();
        let centre = Some(generated.values.clone());
        if let Some(tours) = dive(
            problem, &nobody, seats, &pool, centre, plunge, &mut dice, &stop,
        )? {
            let mut dived = Roster::new(problem, tours);
            watch.report(Progress {
                phase: "dive",
                cost: dived.cost,
                bound: lift(bound),
            });
            improve_each(problem, &mut dived, &order, ANSWERS, watch, &mut |_, _| ());
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
    let mut neighbours = Neighbours::new(ideas);
    let prices = Prices {
        values: &generated.values,
        least: &generated.least,
        bound: generated.bound,
        memory: &root_memory,
    };
    let least_gain = if whole { 1.0 } else { 1e-6 };
    let mut rounds = 0;
    let mut quiet = 0;
    let mut patience = 6;
    let ended = loop {
        if done(best.cost, bound) {
            break Ended::Gap;
        }
        if limits.effort.is_some_and(|effort| rounds >= effort) {
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
                seconds: (0.1 * watch.seconds_left()).min(LISTED_SECONDS),
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
    let tours = best
        .tours
        .iter()
        .map(|tour| tour.as_ref().clone())
        .collect();
    Ok(Solution {
        tours,
        cost: best.cost,
        bound: lift(bound).min(best.cost),
        ended,
        values: generated.values,
    })
}
