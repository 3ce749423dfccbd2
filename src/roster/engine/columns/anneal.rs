//! Simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983) over small moves in which the pricers answer.
//!
//! Moves are looked for side by side, always the same number from the same roster, and taken one after the other in a fixed order.

use std::sync::Arc;

use rayon::prelude::*;

use super::live::Live;
use super::problem::{Column, Problem};
use super::retake::{Periods, retake};
use super::roster::Roster;
use crate::roster::engine::control::{Control, Progress};
use crate::roster::engine::dice::Dice;

/// Moves looked for at once; the same on any number of threads.
const LANES: usize = 4;
/// Moves that make the roster dearer by which the heat is set; until then there is none.
const TRIED: usize = 200;
/// Heat at the beginning and at the end, as a share of the middle rise among those moves.
const HEAT: (f64, f64) = (0.07, 0.007);

/// How an annealing goes on.
pub struct Course<'w> {
    pub watch: &'w dyn Control,
    /// Most moves.
    pub moves: u64,
    /// Share of the time by which it ends.
    pub until: f64,
    /// Whether a roster of this cost ends it.
    pub enough: &'w dyn Fn(f64) -> bool,
    /// For the reports.
    pub bound: f64,
}

/// Anneals from a roster to the best one met.
pub fn anneal(
    problem: &Problem,
    groups: &[usize],
    start: &Roster,
    course: &Course,
    dice: &mut Dice,
) -> Roster {
    if groups.is_empty() || problem.cells.is_empty() {
        return start.clone();
    }
    let periods = Periods::new(problem);
    let mut live = Live::new(problem, start);
    let mut lanes: Vec<(Live, Dice)> = (0..LANES)
        .map(|_| (live.clone(), Dice::new((dice.unit() * 1e15) as u64)))
        .collect();
    let mut best = (live.cost, live.tours.clone());
    let mut rises: Vec<f64> = Vec::new();
    let mut typical = None;
    let mut moves: u64 = 0;
    let mut taken: Vec<(usize, Arc<Column>)> = Vec::new();
    let from = course.watch.time_used();
    loop {
        let time = (course.watch.time_used() - from) / (course.until - from).max(1e-9);
        let done = time.max(moves as f64 / course.moves as f64);
        if done >= 1.0 || (course.enough)(best.0) || course.watch.stop() {
            break;
        }
        let heat = typical.map_or(0.0, |typical: f64| {
            typical * HEAT.0 * (HEAT.1 / HEAT.0).powf(done)
        });
        let offers: Vec<Vec<(usize, Arc<Column>)>> = (lanes.par_iter_mut())
            .map(|(live, dice)| {
                live.change(&taken);
                retake(live, groups, &periods, dice)
            })
            .collect();
        moves += LANES as u64;
        taken.clear();
        for offer in offers {
            let again = |(person, _): &(usize, Arc<Column>)| taken.iter().any(|(p, _)| p == person);
            if offer.is_empty() || offer.iter().any(again) {
                continue;
            }
            let before = live.cost;
            let undo = live.change(&offer);
            let rise = live.cost - before;
            if typical.is_none() && rise > 1e-7 {
                rises.push(rise);
            }
            if rise > 1e-7 - heat * (1.0 - dice.unit()).ln() {
                live.change(&undo);
                continue;
            }
            taken.extend(offer);
            if live.cost < best.0 - 1e-7 {
                best = (live.cost, live.tours.clone());
                course.watch.report(Progress {
                    phase: "anneal",
                    objective: best.0,
                    bound: course.bound,
                });
            }
        }
        if typical.is_none() && rises.len() >= TRIED {
            rises.sort_by(f64::total_cmp);
            typical = Some(rises[rises.len() / 2]);
        }
    }
    Roster::new(problem, best.1)
}
