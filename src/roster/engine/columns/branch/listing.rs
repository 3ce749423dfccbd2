//! Every tour that could be part of a roster within a target, at prices that leave few of them.

use std::sync::Arc;

use rayon::prelude::*;

use super::Lists;
use crate::roster::engine::columns::generate::Generated;
use crate::roster::engine::columns::problem::{Ask, Care, Column, Problem};
use crate::roster::engine::columns::root::{Again, Root, SOLVE_SHARE, price_again};
use crate::roster::engine::columns::solve::seconds_of;
use crate::roster::engine::control::Control;
use crate::roster::engine::lp::Method;

/// Tours that a first look lists of each group at most, and how many times as many each further look.
const LOOK: (usize, usize) = (1000, 4);
/// Most tours listed in all.
const LISTED: usize = 500_000;
/// Share of the people with more tours than a first look lists, and with more than `LONG`, from which all of them together will have too many.
const MANY: (f64, f64) = (0.75, 0.5);
const LONG: usize = 4 * LOOK.0;
/// Program and bound this close, as a share, are close enough: room that is left over lengthens every list.
const NEAR: f64 = 1e-7;

/// Prices with what follows from them.
pub struct Centre {
    values: Vec<f64>,
    /// Least cost less worth of a tour, per group.
    least: Vec<f64>,
    bound: f64,
    /// What the pricers left, per group.
    memory: Vec<Vec<f64>>,
}

/// Of the many prices that are as good, those in the middle: at these the fewest tours cost nearly as little as the best (half as many as at a corner,
/// on the public instances). Those of the root where that fails or takes too long.
pub fn in_the_middle(
    problem: &Problem,
    root: &Root,
    watch: &dyn Control,
    stop: &(dyn Fn() -> bool + Sync),
) -> Centre {
    let again = Again {
        centre: root.values.clone(),
        tours: &[],
        method: Some(Method::Interior),
        enough: f64::INFINITY,
        near: NEAR,
        seconds: seconds_of(watch, SOLVE_SHARE, f64::INFINITY),
    };
    let (values, least, bound, pricers) = match price_again(problem, root, again, stop) {
        Ok(found) if found.generated.bound >= root.bound => {
            let Generated {
                values,
                least,
                bound,
                ..
            } = found.generated;
            (values, least, bound, found.pricers)
        }
        _ => (
            root.values.clone(),
            root.least.clone(),
            root.bound,
            root.memory.pricers.clone(),
        ),
    };
    let groups = 0..problem.groups.len();
    Centre {
        least: (groups.clone())
            .map(|group| {
                root.seat_of(group)
                    .and_then(|seat| least.get(seat).copied())
            })
            // Of whom nothing is known every tour may matter.
            .map(|least| least.unwrap_or(f64::INFINITY))
            .collect(),
        memory: groups
            .map(|group| {
                root.seat_of(group)
                    .and_then(|seat| pricers.get(seat).cloned())
            })
            .map(Option::unwrap_or_default)
            .collect(),
        values,
        bound,
    }
}

/// For each person every tour that could be part of a roster within the target, best first; `None` where there are too many, or a pricer cannot tell, or
/// it is stopped.
pub fn list_all(
    problem: &Problem,
    groups: &[usize],
    prices: &Centre,
    target: f64,
    stop: &(dyn Fn() -> bool + Sync),
) -> Option<Lists> {
    let room = target - prices.bound + 1e-6;
    let list = |group: usize, most: usize| -> Option<Vec<Column>> {
        let ask = Ask {
            values: &prices.values,
            below: prices.least[group] + room,
            most,
            care: Care::Quick,
            keep: None,
            memory: &prices.memory[group],
        };
        (!stop()).then(|| problem.groups[group].pricer.enumerate(&ask))?
    };
    let people = |group: usize| problem.groups[group].people;
    let mut lists: Vec<Option<Vec<Column>>> = vec![None; problem.groups.len()];
    let mut most = LOOK.0;
    loop {
        let missing: Vec<usize> = (0..lists.len())
            .filter(|&group| people(group) > 0 && lists[group].is_none())
            .collect();
        let known = (lists.iter().enumerate())
            .map(|(group, list)| people(group) * list.as_ref().map_or(0, Vec::len))
            .sum::<usize>();
        let unlisted = missing.iter().map(|&group| people(group)).sum::<usize>();
        let at_least = unlisted * most / LOOK.1;
        let share = unlisted as f64 / groups.len().max(1) as f64;
        let hopeless = share > if most > LONG { MANY.1 } else { MANY.0 };
        let looked = most > LOOK.0;
        if known + at_least > LISTED || looked && hopeless || stop() {
            return None;
        }
        if missing.is_empty() {
            break;
        }
        let found: Vec<_> = (missing.par_iter())
            .map(|&group| list(group, most))
            .collect();
        for (group, found) in missing.into_iter().zip(found) {
            lists[group] = found;
        }
        most *= LOOK.1;
    }
    let best_first = |list: Option<Vec<Column>>| -> Vec<Arc<Column>> {
        let mut tours: Vec<(f64, Arc<Column>)> = (list.unwrap_or_default().into_iter())
            .map(|tour| (tour.reduced(&prices.values), Arc::new(tour)))
            .collect();
        tours.sort_by(|a, b| a.0.total_cmp(&b.0));
        tours.into_iter().map(|(_, tour)| tour).collect()
    };
    let lists: Vec<Vec<Arc<Column>>> = lists.into_par_iter().map(best_first).collect();
    Some(groups.iter().map(|&group| lists[group].clone()).collect())
}
