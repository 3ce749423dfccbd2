//! Annealing by thresholds (Dueck and Scheuer 1990) over moves of a few people who leave and come back: what is dearer by less than a heat that falls is kept.
//!
//! Teams search side by side, each on a copy of the roster; what they find is taken over in the order of the teams. Their number depends on the people
//! alone, so results do not depend on threads.

use std::sync::Arc;

use rayon::prelude::*;

use super::control::{Control, Ended, Progress};
use super::dice::Dice;
use super::live::{Live, changed, merge, retake};

/// How an annealing goes on.
pub struct Course<'c> {
    pub control: &'c dyn Control,
    /// Most rounds.
    pub rounds: u64,
    /// Shares of the time at which it begins and by which it ends.
    pub time: (f64, f64),
    /// Whether a roster of this cost ends it.
    pub enough: &'c dyn Fn(f64) -> bool,
    /// For the reports.
    pub bound: f64,
    pub heat: Heat,
}

/// How much dearer a roster may become by a move.
#[derive(Debug, Clone)]
pub struct Heat {
    /// At the beginning, as a share of the middle rise among the moves that make a roster dearer.
    share: f64,
    /// Rises by which the heat is set; until then there is none.
    tried: usize,
    rises: Vec<f64>,
    middle: Option<f64>,
}

impl Heat {
    pub fn new(share: f64, tried: usize) -> Heat {
        Heat {
            share,
            tried,
            rises: Vec::new(),
            middle: None,
        }
    }

    /// `done` = share of the course that is over.
    fn at(&self, done: f64) -> f64 {
        let falling = self.share * (1.0 - done).powi(2);
        self.middle.map_or(0.0, |middle| falling * middle)
    }

    fn learn(&mut self, rises: &[f64]) {
        if self.middle.is_some() {
            return;
        }
        self.rises.extend(rises);
        if self.rises.len() >= self.tried {
            self.rises.sort_by(f64::total_cmp);
            self.middle = Some(self.rises[self.rises.len() / 2]);
        }
    }
}

/// Least change of the cost that counts.
const LEAST: f64 = 1e-7;
/// Rounds between two times that what follows people is looked at everywhere: teams see to it only where their people change.
const SETTLE_EVERY: u64 = 8;

/// Anneals to the best roster met, with the reason for the end. `teams` splits the people anew for every round.
pub fn anneal<L: Live>(
    start: L,
    teams: &dyn Fn(&mut Dice) -> Vec<Arc<[usize]>>,
    mut course: Course,
    dice: &mut Dice,
) -> (L, Ended) {
    let mut live = start;
    let mut best = live.clone();
    let (from, until) = course.time;
    let control = course.control;
    let stop = || control.stop();
    for round in 0.. {
        // First of all: what a stop has cut short ended neither by its cost nor by its rounds.
        let time = (control.time_used() - from) / (until - from).max(1e-9);
        if time >= 1.0 || stop() {
            break;
        }
        if (course.enough)(best.cost()) {
            return (best, Ended::Gap);
        }
        if round >= course.rounds {
            return (best, Ended::Effort);
        }
        if round % SETTLE_EVERY == 0 {
            live.settle_all();
        }
        live.refresh();
        let heat = course
            .heat
            .at(time.max(round as f64 / course.rounds as f64));
        let teams = teams(dice);
        let rises = in_teams(&mut live, &teams, heat, dice, &stop);
        course.heat.learn(&rises);
        let better = live.cost() < best.cost() - LEAST;
        if better {
            best.clone_from(&live);
        }
        // A round of many moves is told of whatever it found.
        if better || L::ATTEMPTS > 1 {
            control.report(Progress {
                phase: "anneal",
                objective: best.cost(),
                bound: course.bound,
            });
        }
    }
    (best, Ended::Stopped)
}

/// One round: every team makes moves by itself, then the roster takes over what they found. Rises of the cost by moves that were tried.
fn in_teams<L: Live>(
    live: &mut L,
    teams: &[Arc<[usize]>],
    heat: f64,
    dice: &mut Dice,
    stop: &(dyn Fn() -> bool + Sync),
) -> Vec<f64> {
    let seed = dice.bits();
    let base: &L = live;
    let finds: Vec<Find<L::Tour>> = (teams.par_iter().enumerate())
        .map(|(number, team)| {
            let mut dice = Dice::new(seed ^ number as u64);
            search(base, team, L::ATTEMPTS, heat, &mut dice, stop)
        })
        .collect();
    let mut rises = Vec::new();
    for find in finds {
        rises.extend(find.rises);
        if !find.changes.is_empty() {
            merge(live, find.changes, LEAST + heat);
        }
    }
    rises
}

/// What a team found.
pub struct Find<T> {
    /// People with other tours.
    pub changes: Vec<(usize, T)>,
    /// Rises of the cost by moves that were tried.
    rises: Vec<f64>,
}

/// What a team would change, and the rises of the cost by its moves. Without a better roster the last one is offered: a step sideways opens new ways.
pub fn search<L: Live>(
    base: &L,
    team: &[usize],
    attempts: usize,
    heat: f64,
    dice: &mut Dice,
    stop: &dyn Fn() -> bool,
) -> Find<L::Tour> {
    let mut own = base.clone();
    let mut desk = L::Desk::default();
    let mut best = own.cost();
    let (mut finds, mut rises) = (Vec::new(), Vec::new());
    for _ in 0..attempts {
        let change = own.draw(team, dice);
        let before = own.cost();
        own.begin();
        if !retake(&mut own, &change, &mut desk) {
            own.take_back();
            continue;
        }
        let rise = own.cost() - before;
        if rise > LEAST {
            rises.push(rise);
        }
        // A single move is judged where it is taken over.
        if attempts > 1 && rise >= LEAST + heat {
            own.take_back();
            continue;
        }
        own.keep();
        if own.cost() < best - LEAST {
            best = own.cost();
            finds = changed(base, &own, team);
        }
        if stop() {
            break;
        }
    }
    if finds.is_empty() {
        finds = changed(base, &own, team);
    }
    Find {
        changes: finds,
        rises,
    }
}
