//! Everybody planned together, those who are there and candidates, until the targets within reach are met.

use crate::planning::{PlanError, Planned, Window, impossible_words, place_activities};
use crate::roster::problem::{Problem, Tour};
use crate::roster::{Control, Limits, Warm, solve};
use crate::scenario::Scenario;
use crate::scenario::domain::{HireCount, QueueIndex};

use super::super::measure::{Played, play_tours};
use super::super::reach::rest;
use super::ends::Share;
use super::prices::cost_week;
use super::table::{Table, candidates, has_idle, problem_of, with_spare, without_idle};
use super::{Search, Settled, TRIAL_EFFORT, WEEKS};

/// Steps of the search for everybody together, and how often the worth of contacts may be raised for it.
const JOINT_EFFORT: u64 = 10;
const RAISES: usize = 8;
/// Factor on the worth of a contact in a queue that misses its target.
pub(super) const RAISE: f64 = 1.6;
/// Steps of dual ascent for the first joint plan, and where only the worth of some contacts has changed since.
const FIRST_ASCENT: usize = 150;
const LATER_ASCENT: usize = 40;
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
    ends: Share,
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
    let control = Window::until(search.watcher, ends.usual);
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
    // Most of those offered were not asked: the joint plan is quicker without them.
    Ok(with_spare(search, &table))
}

/// Plans everybody together, raising the worth of contacts in queues below target until all that can be reached are at it. The first plan is
/// made in the usual time; those that only mend it may take the most.
pub(super) fn settle(
    search: &Search,
    base: &Planned,
    targets: &Scenario,
    mut table: Table,
    within: &[usize],
    ends: Share,
) -> Result<Settled, PlanError> {
    let mut control = Window::until(search.watcher, ends.usual);
    let mut steps = (search.effort.unwrap_or(JOINT_EFFORT), FIRST_ASCENT);
    for attempt in 0.. {
        search
            .watcher
            .stage(&format!("planning everybody together, try {}", attempt + 1));
        let problem = problem_of(search, base, &table.grown, &table.raise);
        let settled = one(search, problem, table, Some(steps.0), steps.1, &control)?;
        let short = short_within(&settled.played, targets, within);
        control = Window::until(search.watcher, ends.most);
        if short.is_empty() || attempt == RAISES || Control::stop(&control) {
            return Ok(settled);
        }
        table = settled.table;
        if !has_idle(&table) {
            table = with_spare(search, &table);
        }
        for queue in short {
            table.raise[queue] *= RAISE;
        }
        steps = (search.effort.unwrap_or(TRIAL_EFFORT), LATER_ASCENT);
    }
    unreachable!("the last try returns")
}

/// One search and one play.
pub(super) fn one(
    search: &Search,
    problem: Problem,
    mut table: Table,
    effort: Option<u64>,
    ascent_steps: usize,
    control: &dyn Control,
) -> Result<Settled, PlanError> {
    let limits = Limits {
        gap: 0.0005,
        effort,
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

/// A better roster for these people, if there is time: nobody more is asked, no target is lost, and it is no dearer where all are met.
pub(super) fn polish(
    search: &Search,
    base: &Planned,
    mut settled: Settled,
    within: &[usize],
    until: f64,
) -> Result<Settled, PlanError> {
    search.watcher.stage("a better roster for these people");
    without_idle(search, base, &mut settled);
    let control = Window::until(search.watcher, until);
    if Control::stop(&control) {
        return Ok(settled);
    }
    let mut better = one(
        search,
        settled.problem.clone(),
        settled.table.clone(),
        search.effort,
        FIRST_ASCENT,
        &control,
    )?;
    let short = |plan: &Settled| short_within(&plan.played, search.scenario, within).len();
    // Where every target is met, more service is not worth more money: the cheapest plan is asked for.
    let dearer = cost_week(search.scenario, &better) > cost_week(search.scenario, &settled);
    if short(&better) > short(&settled) || (short(&settled) == 0 && dearer) {
        return Ok(settled);
    }
    without_idle(search, base, &mut better);
    Ok(better)
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
