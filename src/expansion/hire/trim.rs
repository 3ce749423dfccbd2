//! Nobody is hired who is not needed: each group is tried with fewer people.

use crate::planning::{PlanError, Planned, Window};
use crate::roster::{Appraiser, Control};
use crate::scenario::Scenario;

use super::super::hired::person_week;
use super::ends::Share;
use super::joint::{RAISE, one, short_within, try_out};
use super::prices::cost_week;
use super::table::{counts, fewest_hours, problem_of, without, without_idle};
use super::{Search, Settled, TRIAL_EFFORT};

/// Steps of dual ascent for a try: prices are nearly right where one person is missing.
const TRIAL_ASCENT: usize = 20;
/// How often the worth of contacts is raised before a try with one person less has failed, if there is time.
const TRIAL_RAISES: usize = 2;

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
pub(super) struct Trimmed {
    pub settled: Settled,
    /// Per `[[hire]]`.
    pub held_by: Vec<Held>,
    /// Whether every group was tried with one person less.
    pub tried_all: bool,
}

/// A plan that was made for other targets, tried with fewer people for the scenario's own.
pub(super) fn trim_for_own_targets(
    search: &Search,
    base: &Planned,
    mut settled: Settled,
    within: &[usize],
    ends: Share,
) -> Result<Trimmed, PlanError> {
    let own = &search.scenario.queues;
    settled.table.grown.queues.clone_from(own);
    settled.problem = problem_of(search, base, &settled.table.grown, &settled.table.raise);
    trim(search, base, search.scenario, settled, within, ends)
}

/// Tries each group with fewer people, the dearest group first, until none can spare anybody. After the usual time only single people are tried.
pub(super) fn trim(
    search: &Search,
    base: &Planned,
    targets: &Scenario,
    mut settled: Settled,
    within: &[usize],
    ends: Share,
) -> Result<Trimmed, PlanError> {
    let hires = &search.scenario.hires;
    let mut held_by = vec![Held::default(); hires.len()];
    // Whoever stays away is no candidate any more: from here on the groups only shrink.
    without_idle(search, base, &mut settled);
    let mut order: Vec<usize> = (0..hires.len()).collect();
    let cost = |group: usize| {
        let contract = &search.scenario.contracts[hires[group].contract.0];
        let hours = f64::from(contract.paid_minutes_per_week.max) / 60.0;
        person_week(search.scenario, &hires[group]) + hours * contract.cost_per_hour
    };
    order.sort_by(|&a, &b| cost(b).total_cmp(&cost(a)));
    let targets = no_less_than_reached(targets, &settled, within);
    // Many at once first, then fewer, at last one: 0 when not even one can go.
    let mut step: Vec<u32> = counts(search.scenario, &settled.table)
        .iter()
        .map(|there| (there / 4).max(1))
        .collect();
    let over = |share: f64| Control::stop(&Window::until(search.watcher, share));
    loop {
        let there = counts(search.scenario, &settled.table);
        let next = order.iter().find(|&&g| there[g] > 0 && step[g] > 0);
        let Some(&group) = next.filter(|_| !over(ends.most)) else {
            return Ok(Trimmed {
                settled,
                held_by,
                tried_all: next.is_none(),
            });
        };
        let less = if over(ends.usual) {
            1
        } else {
            step[group].min(there[group])
        };
        search.watcher.stage(&format!(
            "trying {} with {} instead of {}",
            hires[group].id,
            there[group] - less,
            there[group]
        ));
        let fewer = (group, less);
        let tried = with_fewer(search, base, &targets, &settled, within, fewer, ends.usual)?;
        let short = short_within(&tried.played, &targets, within);
        let before = cost_week(search.scenario, &settled);
        let dearer = cost_week(search.scenario, &tried) - before;
        let as_dear = dearer <= DEARER * before;
        if short.is_empty() && as_dear {
            settled = tried;
            without_idle(search, base, &mut settled);
        } else if less > 1 {
            step[group] = less / 2;
        } else {
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
}

/// The targets, and for a queue that is below its own what it has: even that may not be lost.
fn no_less_than_reached(targets: &Scenario, settled: &Settled, within: &[usize]) -> Scenario {
    let mut reached = targets.clone();
    for queue in short_within(&settled.played, targets, within) {
        reached.queues[queue].target.answered = settled.played.service(queue);
    }
    reached
}

/// The best try found with so many people of a group less. A try that has begun is finished, whatever the time: one that is cut short says nothing.
fn with_fewer(
    search: &Search,
    base: &Planned,
    targets: &Scenario,
    settled: &Settled,
    within: &[usize],
    (group, less): (usize, u32),
    usual: f64,
) -> Result<Settled, PlanError> {
    let leavers = &fewest_hours(&settled.table, group)[..less as usize];
    // Perhaps nobody else has to move.
    if let Some(left) = just_without(search, base, targets, settled, within, leavers)? {
        return Ok(left);
    }
    let mut table = without(&settled.table, leavers);
    let missed = |tried: &Settled| -> f64 {
        let short = short_within(&tried.played, targets, within).into_iter();
        short
            .map(|queue| targets.queues[queue].target.answered - tried.played.service(queue))
            .sum()
    };
    let raises = if less == 1 { TRIAL_RAISES } else { 0 };
    let mut best: Option<Settled> = None;
    for attempt in 0..=raises {
        let problem = problem_of(search, base, &table.grown, &table.raise);
        let effort = Some(search.effort.unwrap_or(TRIAL_EFFORT));
        let control = Window::until(search.watcher, 1.0);
        let tried = one(search, problem, table, effort, TRIAL_ASCENT, &control)?;
        table = tried.table.clone();
        let short = short_within(&tried.played, targets, within);
        for &queue in &short {
            table.raise[queue] *= RAISE;
        }
        if best
            .as_ref()
            .is_none_or(|best| missed(&tried) < missed(best))
        {
            best = Some(tried);
        }
        let late = Control::stop(&Window::until(search.watcher, usual));
        if short.is_empty() || late || attempt == raises {
            break;
        }
        search.watcher.stage("trying harder");
    }
    Ok(best.unwrap_or_else(|| settled.clone()))
}

/// The plan without some candidates and with everybody else where they are, if it keeps the targets.
fn just_without(
    search: &Search,
    base: &Planned,
    targets: &Scenario,
    settled: &Settled,
    within: &[usize],
    candidates: &[usize],
) -> Result<Option<Settled>, PlanError> {
    let table = without(&settled.table, candidates);
    let problem = problem_of(search, base, &table.grown, &table.raise);
    let played = try_out(search, &problem, &table)?;
    if !short_within(&played, targets, within).is_empty() {
        return Ok(None);
    }
    let solution = Appraiser::new(&problem, &table.tours).solution();
    Ok(Some(Settled {
        table,
        problem,
        solution,
        played,
    }))
}

/// The last check: everybody hired is taken away once, alone, all others staying where they are; whoever is not missed goes.
pub(super) fn nobody_to_spare(
    search: &Search,
    base: &Planned,
    mut settled: Settled,
    within: &[usize],
) -> Result<Settled, PlanError> {
    let targets = no_less_than_reached(search.scenario, &settled, within);
    search.watcher.stage("taking everybody away once");
    for candidate in (0..settled.table.group_of.len()).rev() {
        let alone = [candidate];
        if let Some(left) = just_without(search, base, &targets, &settled, within, &alone)? {
            settled = left;
        }
        if Control::stop(&Window::until(search.watcher, 1.0)) {
            break;
        }
    }
    Ok(settled)
}
