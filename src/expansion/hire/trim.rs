//! Nobody is hired who is not needed: each group is tried with fewer people.

use crate::planning::PlanError;
use crate::scenario::Scenario;
use crate::scenario::domain::HireCount;

use super::super::hired::person_week;
use super::anew::{Anew, anew, as_it_stands};
use super::case::Case;
use super::joint::{Effort, with_targets_of};
use super::prices::cost_week;
use super::table::{
    Table, counts, fewest_hours, places, problem_of, with_spare, without, without_idle,
};
use super::tune::{Tries, holds, tuned};
use super::{Settled, TRIAL_STEPS};

/// Steps of dual ascent for a try: prices are nearly right where one person is missing.
const TRIAL_ASCENT: usize = 20;
/// How often a try with one person less, or with several, is made before it has failed.
const TRIES_OF_ONE: usize = 4;
const TRIES_OF_MANY: usize = 2;
/// The same for the hired alone, all others staying where they are.
const TRIES_ALONE: usize = 3;
/// Tries for which the time of the trials is meant to last, per group.
const TRIES_PER_GROUP: f64 = 8.0;

/// A plan with fewer people that costs this share more is no better: they would have to work dearer hours. Less than that is how far searches lie
/// apart.
pub(super) const DEARER: f64 = 0.002;

/// What keeps a person in a group.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Held {
    /// What would fall below target without them.
    pub falls: Vec<Fall>,
    /// Money a week that everybody would cost more without them, where every target would hold.
    pub dearer: Option<f64>,
}

/// A queue that one person less would leave below target.
#[derive(Debug, Clone, PartialEq)]
pub struct Fall {
    pub queue: usize,
    /// Share answered in time without the person, everybody else planned anew.
    pub service: f64,
}

/// The smallest groups found.
#[derive(Clone)]
pub(super) struct Trimmed {
    pub settled: Settled,
    /// Per `[[hire]]`.
    pub held_by: Vec<Held>,
    /// Groups with people that there was no time to try with one person less.
    pub untried: Vec<usize>,
}

/// A plan that was made for other targets, as a plan for these.
pub(super) fn for_targets(case: &Case, mut settled: Settled, targets: &Scenario) -> Settled {
    settled.table = with_targets_of(settled.table, targets);
    settled.problem = problem_of(case, &settled.table.grown, &settled.table.raise);
    settled
}

/// Tries each group with fewer people, the dearest group first, until none can spare anybody and no other group's people would do it for less.
/// After the first share of the time only single people are tried, after the second nothing more.
pub(super) fn trim(
    case: &Case,
    targets: &Scenario,
    mut settled: Settled,
    (usual, most): (f64, f64),
) -> Result<Trimmed, PlanError> {
    let scenario = case.search.scenario;
    let hires = &scenario.hires;
    let mut held_by = vec![Held::default(); hires.len()];
    // Whoever stays away is no candidate any more: from here on the groups only shrink.
    without_idle(case, &mut settled);
    let order = dearest_first(scenario);
    let targets = no_less_than_reached(case, targets, &settled);
    // Many at once first, then fewer, at last one: 0 when not even one can go.
    let mut step: Vec<u32> = counts(scenario, &settled.table)
        .iter()
        .map(|there| (there / 4).max(1))
        .collect();
    loop {
        let there = counts(scenario, &settled.table);
        let open: Vec<usize> = order
            .iter()
            .copied()
            .filter(|&group| there[group] > 0 && step[group] > 0)
            .collect();
        let Some(&group) = open.first().filter(|_| case.clock.fits_a_try(most)) else {
            return Ok(Trimmed {
                settled,
                held_by,
                untried: open,
            });
        };
        let less = match case.clock.over(usual) {
            true => 1,
            false => step[group].min(there[group]),
        };
        case.clock.stage(&format!(
            "trying {} with {} instead of {}",
            hires[group].id,
            there[group] - less,
            there[group]
        ));
        let share = case.clock.left(usual) / (TRIES_PER_GROUP * open.len() as f64);
        let fewer = || with_fewer(case, &targets, &settled, (group, less), share);
        let tried = case.clock.timed(fewer)?;
        let dearer = dearer(case, &settled, &tried);
        let short = case.short(&tried.played, &targets);
        if short.is_empty() && no_dearer(case, &settled, &tried) {
            settled = tried;
            without_idle(case, &mut settled);
            continue;
        }
        if less > 1 {
            step[group] = less / 2;
            continue;
        }
        if let Some(others) = with_others(case, &targets, &settled, group)? {
            // Groups that grew may have people to spare again.
            let now = counts(scenario, &others.table);
            for (other, step) in step.iter_mut().enumerate() {
                *step = (*step).max(u32::from(now[other] > there[other]));
            }
            settled = others;
            continue;
        }
        step[group] = 0;
        let fall = |queue: usize| Fall {
            queue,
            service: tried.played.service(queue),
        };
        held_by[group] = Held {
            dearer: short.is_empty().then_some(dearer),
            falls: short.into_iter().map(fall).collect(),
        };
    }
}

fn dearest_first(scenario: &Scenario) -> Vec<usize> {
    let hires = &scenario.hires;
    let cost = |group: usize| {
        let contract = &scenario.contracts[hires[group].contract.0];
        let hours = f64::from(contract.paid_minutes_per_week.max) / 60.0;
        person_week(scenario, &hires[group]) + hours * contract.cost_per_hour
    };
    let mut order: Vec<usize> = (0..hires.len()).collect();
    order.sort_by(|&a, &b| cost(b).total_cmp(&cost(a)));
    order
}

/// Money a week by which one plan is dearer than another.
fn dearer(case: &Case, plan: &Settled, other: &Settled) -> f64 {
    let scenario = case.search.scenario;
    cost_week(scenario, other) - cost_week(scenario, plan)
}

fn no_dearer(case: &Case, plan: &Settled, other: &Settled) -> bool {
    dearer(case, plan, other) <= DEARER * cost_week(case.search.scenario, plan)
}

/// The targets, and for a queue that is below its own what it has: even that may not be lost.
fn no_less_than_reached(case: &Case, targets: &Scenario, settled: &Settled) -> Scenario {
    let mut reached = targets.clone();
    for queue in case.short(&settled.played, targets) {
        reached.queues[queue].target.answered = settled.played.service(queue);
    }
    reached
}

/// The best plan found with so many people of a group less: the others staying where they are, then the hired alone planned anew, then everybody.
fn with_fewer(
    case: &Case,
    targets: &Scenario,
    settled: &Settled,
    (group, less): (usize, u32),
    share: f64,
) -> Result<Settled, PlanError> {
    let leavers = &fewest_hours(&settled.table, group)[..less as usize];
    let enough = |plan: &Settled| holds(case, plan, targets) && no_dearer(case, settled, plan);
    if let Some(left) = just_without(case, targets, settled, leavers)? {
        return Ok(left);
    }
    let mut table = without(&settled.table, leavers);
    let alone = Anew {
        targets,
        free: &places(&table, false),
        tries: TRIES_ALONE,
        until: 1.0,
    };
    if !alone.free.is_empty()
        && let Some(quick) = anew(case, table.clone(), &alone)?.settled
    {
        if enough(&quick) {
            return Ok(quick);
        }
        if holds(case, &quick, targets) {
            table.raise.clone_from(&quick.table.raise);
        }
        table.tours.clone_from(&quick.table.tours);
    }
    let tries = Tries {
        targets,
        most: if less == 1 {
            TRIES_OF_ONE
        } else {
            TRIES_OF_MANY
        },
        effort: Effort {
            steps: case.steps(TRIAL_STEPS, share),
            ascent: TRIAL_ASCENT,
        },
        until: 1.0,
        enough: &enough,
    };
    tuned(case, table, &tries)
}

/// The plan without one person of a group and with people of other groups instead, as many as it takes, if that costs less.
fn with_others(
    case: &Case,
    targets: &Scenario,
    settled: &Settled,
    group: usize,
) -> Result<Option<Settled>, PlanError> {
    let hires = &case.search.scenario.hires;
    let solved = hires.iter().filter(|hire| hire.count == HireCount::Solve);
    if solved.count() < 2 || !holds(case, settled, targets) {
        return Ok(None);
    }
    case.clock
        .stage(&format!("trying others instead of {}", hires[group].id));
    let leaver = &fewest_hours(&settled.table, group)[..1];
    let spare = with_spare(case.search, &without(&settled.table, leaver));
    let table = without_idle_of(spare, group);
    let how = Anew {
        targets,
        free: &places(&table, false),
        tries: TRIES_ALONE,
        until: 1.0,
    };
    let Some(mut found) = anew(case, table, &how)?.settled else {
        return Ok(None);
    };
    let least = DEARER * cost_week(case.search.scenario, settled);
    let cheaper = dearer(case, settled, &found) < -least;
    if !cheaper || !holds(case, &found, targets) {
        return Ok(None);
    }
    without_idle(case, &mut found);
    Ok(Some(found))
}

/// The table without those of a group who stay at home.
fn without_idle_of(table: Table, group: usize) -> Table {
    let base = table.tours.len() - table.group_of.len();
    let idle: Vec<usize> = (0..table.group_of.len())
        .filter(|&candidate| table.group_of[candidate] == group)
        .filter(|&candidate| table.tours[base + candidate].shifts.is_empty())
        .collect();
    without(&table, &idle)
}

/// The plan without some candidates and with everybody else where they are, if it keeps the targets.
fn just_without(
    case: &Case,
    targets: &Scenario,
    settled: &Settled,
    candidates: &[usize],
) -> Result<Option<Settled>, PlanError> {
    let left = as_it_stands(case, without(&settled.table, candidates))?;
    Ok(left.filter(|left| holds(case, left, targets)))
}

/// The last check: everybody hired is taken away once, alone, all others staying where they are; whoever is not missed goes.
pub(super) fn nobody_to_spare(
    case: &Case,
    targets: &Scenario,
    mut settled: Settled,
) -> Result<Settled, PlanError> {
    let targets = no_less_than_reached(case, targets, &settled);
    case.clock.stage("taking everybody away once");
    for candidate in (0..settled.table.group_of.len()).rev() {
        if case.clock.over(1.0) {
            break;
        }
        if let Some(left) = just_without(case, &targets, &settled, &[candidate])? {
            settled = left;
        }
    }
    Ok(settled)
}
