//! From the bound up: is there a roster at the bound? If not the bound rises, and so on until there is one, which then is proven best.

use super::listing::{in_the_middle, list_all};
use super::{Reached, branch};
use crate::roster::engine::columns::master::Seat;
use crate::roster::engine::columns::problem::Problem;
use crate::roster::engine::columns::root::Root;
use crate::roster::engine::columns::roster::Roster;
use crate::roster::engine::control::Control;

/// Nodes looked at side by side.
const LANES: usize = 4;
/// Where costs are no whole numbers: the first rise of the target, as a share of the cost.
const FIRST_RISE: f64 = 2e-4;

/// What may be spent.
#[derive(Debug, Clone, Copy)]
pub struct Budget {
    /// Nodes per target.
    pub nodes: usize,
    /// Share of the time allowed.
    pub share: f64,
}

/// What came of it.
#[derive(Debug)]
pub struct Deepened {
    pub better: Option<Roster>,
    /// No roster costs less.
    pub bound: f64,
    /// It ended because tours could not be listed: to try again from the same bound is in vain.
    pub unlisted: bool,
}

/// A better roster or a higher bound than those known, as far as the budget goes.
pub fn deepen(
    problem: &Problem,
    groups: &[usize],
    root: &Root,
    best: &Roster,
    bound: f64,
    budget: Budget,
    watch: &dyn Control,
) -> Deepened {
    let until = watch.time_used() + budget.share;
    let stop = || watch.stop() || watch.time_used() > until;
    let whole = problem.is_whole();
    let nobody = vec![0; problem.cells.len()];
    let seats = Seat::for_each(groups);
    let prices = in_the_middle(problem, root, watch, &stop);
    let mut cost = best.cost;
    let mut deepened = Deepened {
        better: None,
        bound,
        unlisted: false,
    };
    let mut rise = (FIRST_RISE * cost.abs()).max(1e-6);
    while !stop() {
        let bound = deepened.bound;
        let most = cost - if whole { 1.0 } else { 1e-6 };
        let target = match whole {
            true => (bound - 1e-6).ceil(),
            false => (bound + rise).min(most),
        };
        if target > most + 1e-9 || target < bound - 1e-6 {
            break;
        }
        let Some(lists) = list_all(problem, groups, &prices, target, &stop) else {
            deepened.unlisted = !stop();
            break;
        };
        let reached = branch(
            problem,
            &nobody,
            &seats,
            &lists,
            target,
            (LANES, budget.nodes),
            &stop,
        );
        // A program that the solver gives up proves nothing, and takes nothing away.
        match reached.unwrap_or(Reached::Unknown) {
            Reached::Nothing => deepened.bound = if whole { target + 1.0 } else { target },
            Reached::Roster(tours) => {
                let roster = Roster::new(problem, tours);
                if roster.cost >= cost - 1e-9 {
                    break;
                }
                cost = roster.cost;
                deepened.better = Some(roster);
            }
            Reached::Unknown => break,
        }
        rise *= 2.0;
    }
    deepened.bound = deepened.bound.min(cost);
    deepened
}
