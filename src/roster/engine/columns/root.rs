//! The relaxation of the whole: prices and a bound, by steps of the prices and then by column generation.

use std::sync::Arc;

use super::ascent::{Start, ascend};
use super::generate::{Generated, Memory, Reach, Round, generate};
use super::level::{Priced, level};
use super::master::{Master, Seat};
use super::problem::{Care, Column, Problem};
use super::solve::seconds_of;
use crate::roster::engine::control::{Control, Limits, Progress};
use crate::roster::engine::lp::{LpFailed, Method};

/// What is known of the whole before the search for rosters.
pub struct Root {
    /// Prices behind the bound.
    pub values: Vec<f64>,
    /// At these, a bound on what a tour costs less what it is worth, per seat; seats are the groups with people, in order.
    pub least: Vec<f64>,
    pub bound: f64,
    pub memory: Memory,
    /// Per group, the best tours known at the prices.
    pub ideas: Vec<Vec<Arc<Column>>>,
    /// How many cover each cell in the linear program's optimum, where it was solved.
    pub cover: Option<Vec<f64>>,
    seat_of: Vec<usize>,
    /// There is no linear program to find rosters by: it is too large or was given up.
    pub stuck: bool,
}

impl Root {
    /// Least cost less worth of a tour, per group.
    pub fn least_of_group(&self) -> Vec<f64> {
        (self.seat_of.iter())
            .map(|&seat| self.least.get(seat).copied().unwrap_or(0.0))
            .collect()
    }

    /// `None` for a group without people.
    pub fn seat_of(&self, group: usize) -> Option<usize> {
        Some(self.seat_of[group]).filter(|seat| *seat != usize::MAX)
    }
}

/// Share of the time by which the linear program ends.
const PROGRAM_SHARE: f64 = 0.45;
/// Share of the time that the ascent may take.
const ASCENT_SHARE: f64 = 0.1;
/// Share of the time left that a single solve of the program may take.
pub const SOLVE_SHARE: f64 = 0.25;
/// Steps of the ascent, and of that of large problems, which have nothing else.
const STEPS: (usize, usize) = (150, 500);
/// Up to so many seats the simplex method is quick.
const FEW_SEATS: usize = 40;
/// Rounds of column generation for the whole.
const ROUNDS: usize = 400;
/// Program and bound this far apart, as a share, that come nearer by less than this share in so many careful rounds are given up; so they are where so
/// many rounds take too long.
const FAR: f64 = 0.1;
const STUCK_SHARE: f64 = 0.01;
const STUCK_ROUNDS: usize = 4;
/// Rounds where it is priced again.
const ROUNDS_AGAIN: usize = 60;
/// Tours of each group that are remembered.
const IDEAS: usize = 30;

/// The people of each group on a seat; groups without people have none.
pub fn seats_of(problem: &Problem) -> Vec<Seat> {
    (0..problem.groups.len())
        .filter(|&group| problem.groups[group].people > 0)
        .map(|group| Seat {
            group,
            people: problem.groups[group].people,
            keep: None,
        })
        .collect()
}

/// How a program of the whole is solved.
fn method_for(master: &Master) -> Method {
    if master.seats.len() > FEW_SEATS {
        Method::Interior
    } else {
        Method::Primal
    }
}

/// Tours asked of each pricer at once: fewer where there are many.
fn tours_at_once(master: &Master) -> usize {
    (400 / master.seats.len().max(1)).clamp(3, 20)
}

/// The best bound by one price.
pub fn first_bound(problem: &Problem, stop: &dyn Fn() -> bool) -> Result<Priced, LpFailed> {
    let nobody = vec![0; problem.cells.len()];
    let master = Master::new(problem, &nobody, seats_of(problem))?;
    Ok(level(&master, &mut Memory::default(), stop))
}

/// `start` = prices to begin with, `pool` = tours known, with their group; `cost` = cost of the best roster known. A `large` problem has prices only, no linear program.
pub fn prepare(
    problem: &Problem,
    start: Start,
    pool: &[(usize, Arc<Column>)],
    cost: f64,
    large: bool,
    limits: &Limits,
    watch: &dyn Control,
) -> Result<Root, LpFailed> {
    let whole = problem.is_whole();
    let nobody = vec![0; problem.cells.len()];
    let seats = seats_of(problem);
    let mut seat_of = vec![usize::MAX; problem.groups.len()];
    for (index, seat) in seats.iter().enumerate() {
        seat_of[seat.group] = index;
    }
    let mut master = Master::new(problem, &nobody, seats)?;
    let mut memory = Memory::default();
    let usual = if large { STEPS.1 } else { STEPS.0 };
    let steps = limits.ascent_steps.unwrap_or(usual);
    let from = watch.time_used();
    let tell = |phase, bound| {
        watch.report(Progress {
            phase,
            objective: cost,
            bound,
        })
    };
    let ascended = ascend(&master, &mut memory, start, steps, &mut |bound, done| {
        tell("prices", bound);
        if watch.stop() {
            1.0
        } else {
            done.max((watch.time_used() - from) / ASCENT_SHARE)
        }
    });
    memory.centre = Some(ascended.values.clone());
    memory.bound = ascended.bound;
    memory.least = ascended.least.clone();
    let mut tours: Vec<(usize, Arc<Column>)> = (pool.iter())
        .map(|(group, column)| (seat_of[*group], column.clone()))
        .collect();
    tours.extend(ascended.tours);
    let (mut values, mut least, mut bound) = (ascended.values, ascended.least, ascended.bound);
    let (mut stuck, mut cover) = (large, None);
    if !large {
        for (seat, column) in &tours {
            master.add(*seat, column)?;
        }
        master.method(method_for(&master));
        let open = vec![true; master.seats.len()];
        let reach = Reach {
            rounds: ROUNDS,
            tours: tours_at_once(&master),
            care: Care::Thorough,
            enough: cost * (1.0 - limits.gap) - if whole { 1.0 - 1e-6 } else { 0.0 },
            content: f64::NEG_INFINITY,
            whole,
            near: 2e-5,
        };
        let mut gaps = Vec::new();
        master.allow_seconds(seconds_of(watch, SOLVE_SHARE, f64::INFINITY));
        let generated = generate(&mut master, &mut memory, &open, reach, &mut |round| {
            tell("program", round.bound);
            let over = watch.stop() || watch.time_used() >= PROGRAM_SHARE;
            stuck = is_stuck(&mut gaps, round, over);
            !stuck && !over
        });
        match generated {
            Ok(found) => {
                cover = Some(master.cover(&found.optimum));
                (values, least, bound) = (found.values, found.least, found.bound);
            }
            Err(LpFailed::OUT_OF_TIME) => {
                stuck = true;
                values = memory.centre.clone().unwrap_or(values);
                (least, bound) = (memory.least.clone(), memory.bound);
            }
            Err(failed) => return Err(failed),
        }
        tours = (master.entries.iter())
            .map(|entry| (entry.seat, entry.column.clone()))
            .collect();
    }
    let ideas = (seat_of.iter())
        .map(|&seat| {
            let mut own: Vec<(f64, &Arc<Column>)> = (tours.iter())
                .filter(|tour| tour.0 == seat)
                .map(|(_, tour)| (tour.reduced(&values), tour))
                .collect();
            own.sort_by(|a, b| a.0.total_cmp(&b.0));
            own.dedup_by(|a, b| a.1.cells == b.1.cells);
            own.into_iter()
                .take(IDEAS)
                .map(|(_, tour)| tour.clone())
                .collect()
        })
        .collect();
    Ok(Root {
        values,
        least,
        bound,
        memory,
        ideas,
        cover,
        seat_of,
        stuck,
    })
}

/// How the whole is priced again, with what is known of it.
pub struct Again<'a> {
    /// Prices to begin with.
    pub centre: Vec<f64>,
    /// Tours beside the root's ideas, with their group.
    pub tours: &'a [(usize, Arc<Column>)],
    /// `None` = as programs of the whole are solved.
    pub method: Option<Method>,
    /// A bound this high is enough.
    pub enough: f64,
    /// Program and bound this close, as a share, are close enough.
    pub near: f64,
    /// Most seconds of each solve of the linear program.
    pub seconds: f64,
}

/// The whole, priced again.
pub struct Repriced {
    pub generated: Generated,
    /// How many cover each cell in the program's optimum.
    pub cover: Vec<f64>,
    /// What the pricers left, per seat.
    pub pricers: Vec<Vec<f64>>,
}

/// Prices the whole, or one that differs from it by what its cells cost, from what the root knows.
pub fn price_again(
    problem: &Problem,
    root: &Root,
    again: Again,
    stop: &dyn Fn() -> bool,
) -> Result<Repriced, LpFailed> {
    let nobody = vec![0; problem.cells.len()];
    let mut master = Master::new(problem, &nobody, seats_of(problem))?;
    master.allow_seconds(again.seconds);
    master.method(again.method.unwrap_or(method_for(&master)));
    for seat in 0..master.seats.len() {
        let own = master.seats[seat].group;
        for idea in &root.ideas[own] {
            master.add(seat, idea)?;
        }
        for (_, tour) in again.tours.iter().filter(|(group, _)| *group == own) {
            master.add(seat, tour)?;
        }
    }
    let mut memory = Memory {
        pricers: root.memory.pricers.clone(),
        centre: Some(again.centre),
        ..Memory::default()
    };
    let open = vec![true; master.seats.len()];
    let reach = Reach {
        rounds: ROUNDS_AGAIN,
        tours: tours_at_once(&master),
        care: Care::Thorough,
        enough: again.enough,
        content: f64::NEG_INFINITY,
        whole: false,
        near: again.near,
    };
    let generated = generate(&mut master, &mut memory, &open, reach, &mut |_| !stop())?;
    Ok(Repriced {
        cover: master.cover(&generated.optimum),
        generated,
        pricers: memory.pricers,
    })
}

/// Whether program and bound are far apart after this round and hardly come nearer; `gaps` = their distances after each careful round so far, `over` = no
/// more rounds will follow.
fn is_stuck(gaps: &mut Vec<f64>, round: Round, over: bool) -> bool {
    if round.careful {
        gaps.push((round.value - round.bound) / round.value.abs().max(1.0));
    }
    let Some(&now) = gaps.last().filter(|now| **now > FAR) else {
        return over && gaps.is_empty();
    };
    match gaps.len().checked_sub(1 + STUCK_ROUNDS) {
        None => over,
        Some(before) => now > gaps[before] * (1.0 - STUCK_SHARE),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stuck_after(rounds: &[(f64, bool)]) -> bool {
        let mut gaps = Vec::new();
        let rounds = rounds.iter().map(|&(bound, careful)| Round {
            bound,
            value: 100.0,
            careful,
        });
        rounds.fold(false, |_, round| is_stuck(&mut gaps, round, false))
    }

    #[test]
    fn a_program_is_given_up_where_careful_answers_bring_its_bound_no_nearer() {
        let quick = [(50.0, false); 9];
        assert!(!stuck_after(&quick));
        assert!(!stuck_after(&[&quick[..], &[(50.0, true); 4]].concat()));
        assert!(stuck_after(&[&quick[..], &[(50.0, true); 5]].concat()));
        let nearer: Vec<(f64, bool)> = (0..20).map(|n| (50.0 + f64::from(n), true)).collect();
        assert!(!stuck_after(&[&quick[..], &nearer].concat()));
        assert!(!stuck_after(&[(95.0, true); 20]));
    }
}
