//! Everybody planned together, those who are there and candidates, until the targets within reach are met.

use crate::planning::{PlanError, Planned, Window, impossible_words, place_activities};
use crate::roster::problem::{Problem, Tour};
use crate::roster::{Control, Limits, Warm, solve};
use crate::scenario::Scenario;
use crate::scenario::domain::{HireCount, QueueIndex};

use super::super::measure::{Played, play_tours};
use super::super::reach::rest;
use super::table::{Table, candidates, problem_of, without_idle};
use super::{JOINT_UNTIL, Search, Settled, TRIAL_EFFORT, WEEKS};

/// Steps of the search for everybody together, and how often the worth of contacts may be raised for it.
const JOINT_EFFORT: u64 = 10;
const RAISES: usize = 8;
/// Factor on the worth of a contact in a queue that misses its target.
const RAISE: f64 = 1.6;
/// Candidates of a group at most.
const MOST: usize = 60;

/// Queues that people of a group to be solved could serve.
pub(super) fn within_reach(scenario: &Scenario) -> Vec<usize> {
    let helps = |queue: &usize| {
        scenario.hires.iter().any(|hire| {
            hire.count == HireCount::Solve
                && scenario.hire_speed(hire, QueueIndex(*queue)).is_some()
        })
    };
    (0..scenario.queues.len()).filter(helps).collect()
}

pub(super) fn short_within(played: &Played, scenario: &Scenario, within: &[usize]) -> Vec<usize> {
    let mut short = played.short(scenario);
    short.retain(|queue| within.contains(queue));
    short
}

/// Candidates of every group, those whom the rest of the work needs already at work.
pub(super) fn first_table(
    search: &Search,
    base: &Planned,
    played: &Played,
    within: &[usize],
) -> Result<Table, PlanError> {
    let scenario = search.scenario;
    let most: Vec<u32> = scenario
        .hires
        .iter()
        .map(|hire| match hire.count {
            HireCount::Number(_) => 0,
            HireCount::Solve => {
                let contract = &scenario.contracts[hire.contract.0];
                let hours = f64::from(contract.paid_minutes_per_week.max.max(60)) / 60.0;
                let speed = hire.ramp.first().copied().unwrap_or(1.0).max(0.2);
                let missing: f64 = within
                    .iter()
                    .filter(|&&queue| scenario.hire_speed(hire, QueueIndex(queue)).is_some())
                    .map(|&queue| {
                        let handle = &search.demand.queues[queue].handle_time_s;
                        let seconds = handle.iter().sum::<f64>() / handle.len().max(1) as f64;
                        played.missing(scenario, queue) * seconds / 3600.0
                    })
                    .sum();
                ((3.0 * missing / (hours * speed)).ceil() as usize + 4).min(MOST) as u32
            }
        })
        .collect();
    let (grown, group_of) = candidates(scenario, &most);
    let mut table = Table {
        tours: vec![Tour::default(); grown.agents.len()],
        grown,
        group_of,
        raise: vec![1.0; scenario.queues.len()],
    };
    let there = scenario.agents.len();
    table.tours[..there].clone_from_slice(&base.solution.tours);
    let control = Window::until(search.watcher, JOINT_UNTIL);
    for attempt in 0..=RAISES {
        let whole = problem_of(search, base, &table.grown, &table.raise);
        let alone = rest(&whole, there, base, within, 1.0);
        let limits = Limits {
            gap: 0.002,
            effort: Some(6),
            seed: search.seed.wrapping_add(attempt as u64),
            ascent_steps: 50,
        };
        let solution = solve(&alone, &limits, None, &control)
            .map_err(|why| PlanError::Impossible(impossible_words(&table.grown, &alone, &why)))?;
        table.tours[there..].clone_from_slice(&solution.tours);
        let played = try_out(search, &whole, &table)?;
        let short = short_within(&played, scenario, within);
        if short.is_empty() || Control::stop(&control) {
            break;
        }
        for queue in short {
            table.raise[queue] *= RAISE;
        }
    }
    Ok(table)
}

/// Plans everybody together, raising the worth of contacts in queues below target until all that can be reached are at it.
pub(super) fn settle(
    search: &Search,
    base: &Planned,
    targets: &Scenario,
    mut table: Table,
    within: &[usize],
    until: f64,
) -> Result<Settled, PlanError> {
    let control = Window::until(search.watcher, until);
    for attempt in 0.. {
        search
            .watcher
            .stage(&format!("planning everybody together, try {}", attempt + 1));
        let problem = problem_of(search, base, &table.grown, &table.raise);
        let effort = search.effort.unwrap_or(JOINT_EFFORT);
        let settled = one(search, problem, table, effort, 150, &control)?;
        let short = short_within(&settled.played, targets, within);
        if short.is_empty() || attempt == RAISES || Control::stop(&control) {
            return Ok(settled);
        }
        table = settled.table;
        for queue in short {
            table.raise[queue] *= RAISE;
        }
    }
    unreachable!("the last try returns")
}

/// One search and one play.
pub(super) fn one(
    search: &Search,
    problem: Problem,
    mut table: Table,
    effort: u64,
    ascent_steps: usize,
    control: &dyn Control,
) -> Result<Settled, PlanError> {
    let limits = Limits {
        gap: 0.0005,
        effort: Some(effort),
        seed: search.seed,
        ascent_steps,
    };
    let warm = Warm::from_tours(table.tours.clone());
    let mut solution = solve(&problem, &limits, Some(&warm), control)
        .map_err(|why| PlanError::Impossible(impossible_words(&table.grown, &problem, &why)))?;
    place_activities(&problem, &mut solution);
    table.tours.clone_from(&solution.tours);
    let played = try_out(search, &problem, &table)?;
    Ok(Settled {
        table,
        problem,
        solution,
        played,
    })
}

/// One more search with these people, for a better roster and for the bound; gives objective and bound, too.
pub(super) fn polish(
    search: &Search,
    base: &Planned,
    mut settled: Settled,
    within: &[usize],
) -> Result<(Settled, (f64, f64)), PlanError> {
    search.watcher.stage("one more search with these people");
    without_idle(search, base, &mut settled);
    let effort = search.effort.unwrap_or(TRIAL_EFFORT);
    let control = Window::until(search.watcher, 1.0);
    let better = one(
        search,
        settled.problem.clone(),
        settled.table.clone(),
        effort,
        200,
        &control,
    )?;
    let proof = (better.solution.objective, better.solution.bound);
    let worse = short_within(&better.played, search.scenario, within).len()
        > short_within(&settled.played, search.scenario, within).len();
    let mut kept = if worse { settled } else { better };
    without_idle(search, base, &mut kept);
    Ok((kept, proof))
}

/// Plays a roster on the weeks on which targets are tried.
pub(super) fn try_out(
    search: &Search,
    problem: &Problem,
    table: &Table,
) -> Result<Played, PlanError> {
    play_tours(
        &table.grown,
        search.demand,
        problem,
        &table.tours,
        WEEKS,
        search.seed,
    )
    .map_err(PlanError::from)
}
