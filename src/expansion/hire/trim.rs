//! Nobody is hired who is not needed: each group is tried with fewer people.

use crate::planning::{PlanError, Planned, Window};
use crate::roster::problem::{Problem, Tour};
use crate::roster::{Control, wages};
use crate::scenario::Scenario;

use super::super::hired::person_week;
use super::joint::{one, short_within, try_out};
use super::table::{counts, problem_of, without_idle, without_one};
use super::{Search, Settled, TRIAL_EFFORT};

/// Tries each group with one person less, the dearest group first, until no group can spare anybody.
pub(super) fn trim(
    search: &Search,
    base: &Planned,
    targets: &Scenario,
    mut settled: Settled,
    within: &[usize],
    until: f64,
) -> Result<(Settled, Vec<Vec<usize>>, bool), PlanError> {
    let hires = &search.scenario.hires;
    let mut held_by: Vec<Vec<usize>> = vec![Vec::new(); hires.len()];
    let control = Window::until(search.watcher, until);
    // Whoever stays away is no candidate any more: from here on the groups only shrink.
    without_idle(search, base, &mut settled);
    let mut order: Vec<usize> = (0..hires.len()).collect();
    let cost = |group: usize| {
        let contract = &search.scenario.contracts[hires[group].contract.0];
        let hours = f64::from(contract.paid_minutes_per_week.max) / 60.0;
        person_week(search.scenario, &hires[group]) + hours * contract.cost_per_hour
    };
    order.sort_by(|&a, &b| cost(b).total_cmp(&cost(a)));
    if !short_within(&settled.played, targets, within).is_empty() {
        return Ok((settled, held_by, false));
    }
    // Many at once first, then fewer, at last one: 0 when not even one can go.
    let mut step: Vec<u32> = counts(search.scenario, &settled.table)
        .iter()
        .map(|there| (there / 4).max(1))
        .collect();
    loop {
        let there = counts(search.scenario, &settled.table);
        let Some(&group) = order
            .iter()
            .find(|&&group| there[group] > 0 && step[group] > 0)
        else {
            return Ok((settled, held_by, true));
        };
        if Control::stop(&control) {
            return Ok((settled, held_by, false));
        }
        let less = step[group].min(there[group]);
        search.watcher.stage(&format!(
            "trying {} with {} instead of {}",
            hires[group].id,
            there[group] - less,
            there[group]
        ));
        let mut table = settled.table.clone();
        for _ in 0..less {
            without_one(&mut table, group);
        }
        let problem = problem_of(search, base, &table.grown, &table.raise);
        // Perhaps nobody else has to move.
        let played = try_out(search, &problem, &table)?;
        let tried = if short_within(&played, targets, within).is_empty() {
            let mut solution = settled.solution.clone();
            solution.tours.clone_from(&table.tours);
            solution.wages_and_wishes = cost_of(search, &problem, &table.tours, &settled);
            Settled {
                table,
                problem,
                solution,
                played,
            }
        } else {
            let effort = search.effort.unwrap_or(TRIAL_EFFORT);
            one(search, problem, table, effort, 20, &control)?
        };
        let short = short_within(&tried.played, targets, within);
        if short.is_empty() {
            settled = tried;
            without_idle(search, base, &mut settled);
        } else {
            held_by[group] = short;
            step[group] = if less > 1 { less / 2 } else { 0 };
        }
    }
}

/// Wages, hiring and wishes after somebody has gone from a settled plan.
fn cost_of(search: &Search, problem: &Problem, tours: &[Tour], before: &Settled) -> f64 {
    let there = search.scenario.agents.len();
    let of = |problem: &Problem, tours: &[Tour]| {
        (there..tours.len())
            .map(|person| {
                let worked = !tours[person].shifts.is_empty();
                let hire =
                    problem.rules(person).hire.unwrap_or(0.0) * f64::from(search.scenario.weeks);
                wages(problem, person, &tours[person]) + if worked { hire } else { 0.0 }
            })
            .sum::<f64>()
    };
    before.solution.wages_and_wishes - of(&before.problem, &before.table.tours) + of(problem, tours)
}
