//! Everybody planned together, those who are there and candidates, until the targets within reach are met.

use crate::planning::{PlanError, impossible_words, place_activities};
use crate::roster::problem::{Problem, Tour};
use crate::roster::{Control, Limits, solve};
use crate::scenario::Scenario;
use crate::scenario::domain::{HireCount, QueueIndex};

use super::super::measure::{Played, play_tours};
use super::anew::{Anew, RAISES, anew};
use super::case::Case;
use super::clock::Part;
use super::table::{Table, candidates, has_idle, problem_of, with_spare, without_idle};
use super::tune::{Tries, better, raised, tuned};
use super::{Search, Settled, TRIAL_STEPS, WEEKS};

/// Steps of the search for everybody together.
const JOINT_STEPS: u64 = 10;
/// Steps of dual ascent for the first joint plan, and where only the worth of some contacts has changed since.
const FIRST_ASCENT: usize = 100;
const LATER_ASCENT: usize = 30;
/// Candidates of a group at most.
const MOST: usize = 60;
/// Tries of a better roster for the same people.
const POLISHES: usize = 6;

/// How hard one search tries.
#[derive(Debug, Clone, Copy)]
pub(super) struct Effort {
    pub steps: u64,
    pub ascent: usize,
}

/// Candidates of every group, those whom the rest of the work needs already at work. `played`: those who are there, alone.
pub(super) fn first_table(case: &Case, played: &Played) -> Result<Table, PlanError> {
    let scenario = case.search.scenario;
    let (grown, group_of) = candidates(scenario, &on_offer(case, played));
    let there = scenario.agents.len();
    let mut table = Table {
        tours: vec![Tour::default(); grown.agents.len()],
        grown,
        group_of,
        raise: vec![1.0; scenario.queues.len()],
        known: case.base.solution.warm.clone(),
    };
    table.tours[..there].clone_from_slice(&case.base.solution.tours);
    let free: Vec<usize> = (there..table.tours.len()).collect();
    let how = Anew {
        targets: scenario,
        free: &free,
        tries: RAISES,
        until: case.clock.end(Part::Joint),
    };
    let found = anew(case, table, &how)?;
    // Most of those offered were not asked: the joint plan is quicker without them.
    Ok(with_spare(case.search, &found.table))
}

/// How many candidates of each group: a few more than the hours missing.
fn on_offer(case: &Case, played: &Played) -> Vec<u32> {
    let scenario = case.search.scenario;
    let missing_hours = |queue: usize| {
        let handle = &case.search.demand.queues[queue].handle_time_s;
        let seconds = handle.iter().sum::<f64>() / handle.len().max(1) as f64;
        played.missing(scenario, queue) * seconds / 3600.0
    };
    let of_group = |hire: &crate::scenario::domain::Hire| match hire.count {
        HireCount::Number(_) => 0,
        HireCount::Solve => {
            let contract = &scenario.contracts[hire.contract.0];
            let hours = f64::from(contract.paid_minutes_per_week.max.max(60)) / 60.0;
            let speed = hire.ramp.first().copied().unwrap_or(1.0).max(0.2);
            let served = case.within.iter();
            let missing: f64 = served
                .filter(|&&queue| scenario.hire_speed(hire, QueueIndex(queue)).is_some())
                .map(|&queue| missing_hours(queue))
                .sum();
            ((3.0 * missing / (hours * speed)).ceil() as usize + 4).min(MOST) as u32
        }
    };
    scenario.hires.iter().map(of_group).collect()
}

/// Plans everybody together, raising the worth of contacts in queues below target until all that can be reached are at it. The first plan is
/// made by one share of the time; those that only mend it may take until the other.
pub(super) fn settle(
    case: &Case,
    targets: &Scenario,
    mut table: Table,
    (usual, most): (f64, f64),
) -> Result<Settled, PlanError> {
    let mut until = usual;
    let mut effort = Effort {
        steps: case.search.effort.unwrap_or(JOINT_STEPS),
        ascent: FIRST_ASCENT,
    };
    for attempt in 0.. {
        case.clock
            .stage(&format!("planning everybody together, try {}", attempt + 1));
        let problem = problem_of(case, &table.grown, &table.raise);
        let control = case.clock.until(until);
        let plan = || one(case, problem, table, effort, &control);
        let settled = match attempt {
            0 => case.clock.first(plan)?,
            _ => plan()?,
        };
        let short = case.short(&settled.played, targets);
        until = most;
        if short.is_empty() || attempt == RAISES || case.clock.over(until) {
            return Ok(settled);
        }
        table = settled.table;
        if !has_idle(&table) {
            table = with_spare(case.search, &table);
        }
        for queue in short {
            let missing = targets.queues[queue].target.answered - settled.played.service(queue);
            table.raise[queue] = raised(table.raise[queue], missing);
        }
        effort = Effort {
            steps: case.search.effort.unwrap_or(TRIAL_STEPS),
            ascent: LATER_ASCENT,
        };
    }
    unreachable!("the last try returns")
}

/// One search and one play.
pub(super) fn one(
    case: &Case,
    problem: Problem,
    mut table: Table,
    effort: Effort,
    control: &dyn Control,
) -> Result<Settled, PlanError> {
    let limits = Limits {
        gap: 0.0005,
        effort: Some(effort.steps),
        seed: case.search.seed,
        ascent_steps: Some(effort.ascent),
    };
    let warm = table.known.with_tours(table.tours.clone());
    let before = case.clock.now();
    let mut solution = solve(&problem, &limits, Some(&warm), control)
        .map_err(|why| PlanError::Impossible(impossible_words(&table.grown, &problem, &why)))?;
    let took = case.clock.now() - before;
    case.step.set(took / (effort.steps + 1) as f64);
    place_activities(&problem, &mut solution);
    table.tours.clone_from(&solution.tours);
    table.known = solution.warm.clone();
    let played = try_out(case.search, &problem, &table)?;
    Ok(Settled {
        table,
        problem,
        solution,
        played,
    })
}

/// A better roster for these people, if there is time: nobody more is asked, no target is lost, and it is no dearer where all are met.
pub(super) fn polish(case: &Case, mut settled: Settled, until: f64) -> Result<Settled, PlanError> {
    case.clock.stage("a better roster for these people");
    let targets = case.search.scenario;
    without_idle(case, &mut settled);
    if !case.clock.fits_a_try(until) {
        return Ok(settled);
    }
    let tries = Tries {
        targets,
        most: POLISHES,
        effort: Effort {
            steps: case.steps(TRIAL_STEPS, case.clock.left(until) / POLISHES as f64),
            ascent: FIRST_ASCENT,
        },
        until,
        enough: &|_| false,
    };
    let mut other = tuned(case, settled.table.clone(), &tries)?;
    if !better(case, targets, &other, &settled) {
        return Ok(settled);
    }
    without_idle(case, &mut other);
    Ok(other)
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

/// Only the queues' names and targets differ: the targets of a scenario that are to be tried.
pub(super) fn with_targets_of(mut table: Table, targets: &Scenario) -> Table {
    table.grown.queues.clone_from(&targets.queues);
    table
}
