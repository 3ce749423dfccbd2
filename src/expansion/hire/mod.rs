//! `count = "solve"`: the cheapest people of the groups that meet the targets.
//!
//! First everybody who is there is planned. What they leave undone is offered to candidates of every group, each with a price of being taken on
//! beside their wages; then all are planned together, over the same service curves and rules, candidates free to stay away. What the play shows
//! raises the worth of contacts where a target is missed, and each group is tried with one person less until none can go. What time is left goes
//! into the roster itself, and in the end everybody hired is taken away once, with all others staying where they are.

mod ends;
mod joint;
mod prices;
mod proof;
mod table;
mod trim;

use crate::planning::{Demand, FINAL_PLAY, PlanError, PlanOptions, Planned, Watcher, Window, plan};
use crate::roster::problem::Problem;
use crate::roster::{Solution, Warm};
use crate::scenario::Scenario;
use crate::scenario::domain::HireCount;
use crate::simulation::{Prepared, RunPlan, run};

use super::hired::with_people_there;
use super::measure::{Played, play_tours};
use ends::{Ends, Share};
use joint::{first_table, polish, settle, short_within, within_reach};
use prices::cost_week;
pub use prices::{Level, Relaxed};
use proof::prove;
use table::{Table, counts, drop_idle, problem_of};
pub use trim::{Fall, Held};
use trim::{Trimmed, nobody_to_spare, trim, trim_for_own_targets};

/// Random weeks on which it is tried whether targets are met.
const WEEKS: usize = 120;
/// Steps of the search for a try with one person less.
const TRIAL_EFFORT: u64 = 4;

/// A finished hire plan.
#[derive(Debug)]
pub struct Hired {
    /// With the people hired, as agents, and their numbers in `hires`.
    pub scenario: Scenario,
    pub planned: Planned,
    /// People hired per `[[hire]]`; for groups whose number was given, that number's people are in the scenario already and this is 0.
    pub counts: Vec<u32>,
    /// Share answered in time per queue before anybody was hired.
    pub before: Vec<f64>,
    /// Wages a plan before anybody was hired.
    pub before_objective: f64,
    /// The queues that any group can serve.
    pub within_reach: Vec<usize>,
    /// Of these, the queues still below target.
    pub short: Vec<usize>,
    /// Per `[[hire]]`: what happened when one person of it was taken away; nothing where it was not tried.
    pub held_by: Vec<Held>,
    /// Whether taking one person away was tried for every group with people.
    pub tried_all: bool,
    pub levels: Vec<Level>,
    /// The dearest target first.
    pub relaxed: Vec<Relaxed>,
    /// Wages, wishes and hiring a week as the search reckoned them when it priced `levels`.
    pub cost_week: f64,
    /// Wages, hiring, and contacts at their final worth.
    pub objective: f64,
    /// No mix costs less that has a third more people of each group and three besides, or fewer.
    pub bound: f64,
}

/// Everything that stays the same while people are sought.
pub struct Search<'a> {
    pub scenario: &'a Scenario,
    pub demand: &'a Demand,
    pub seed: u64,
    pub watcher: &'a dyn Watcher,
    /// Limit of the joint search and of the trials in the program's own steps; `None`: the usual ones.
    pub effort: Option<u64>,
    /// Whether other service levels and targets are priced, too; without it, all the time goes into the people themselves.
    pub prices: bool,
}

/// A joint plan that was played.
#[derive(Clone)]
pub struct Settled {
    pub table: Table,
    pub problem: Problem,
    pub solution: Solution,
    pub played: Played,
}

/// Whether a scenario asks how many to hire.
pub fn asks(scenario: &Scenario) -> bool {
    scenario
        .hires
        .iter()
        .any(|hire| hire.count == HireCount::Solve)
}

/// The cheapest people that meet the targets, planned.
///
/// # Errors
/// As [`plan`].
pub fn solve_hires(search: &Search, options: &PlanOptions) -> Result<Hired, PlanError> {
    let (scenario, demand) = (search.scenario, search.demand);
    let ends = Ends::of(search.prices);
    search.watcher.stage("planning those who are there");
    let base = plan(
        scenario,
        demand,
        options,
        None,
        &Window::until(search.watcher, ends.base),
    )?;
    let played = play_tours(
        scenario,
        demand,
        &base.problem,
        &base.solution.tours,
        WEEKS,
        search.seed,
    )?;
    let before: Vec<f64> = (0..scenario.queues.len())
        .map(|q| played.service(q))
        .collect();
    let within_reach = within_reach(scenario);
    search.watcher.stage("looking for people");
    let table = first_table(search, &base, &played, &within_reach, ends.joint)?;
    let settled = settle(search, &base, scenario, table, &within_reach, ends.joint)?;
    let mut trimmed = trim(search, &base, scenario, settled, &within_reach, ends.trials)?;
    let (mut levels, mut relaxed) = (Vec::new(), Vec::new());
    if search.prices {
        trimmed.settled = polish(search, &base, trimmed.settled, &within_reach, ends.polish)?;
    }
    let proof = prove(search, &base, &trimmed.settled, ends.proof)?;
    if search.prices {
        let (told, cheaper) = prices::levels(search, &base, &trimmed.settled, &within_reach, ends)?;
        levels = told;
        if let Some(cheaper) = cheaper {
            let share = Share {
                usual: ends.levels,
                most: ends.last,
            };
            trimmed = trim_for_own_targets(search, &base, cheaper, &within_reach, share)?;
        }
        let (settled, held_by) = (&trimmed.settled, &trimmed.held_by);
        relaxed = prices::relaxed(search, &base, settled, &within_reach, held_by, ends)?;
    }
    let cost = cost_week(scenario, &trimmed.settled);
    trimmed.settled = polish(search, &base, trimmed.settled, &within_reach, ends.last)?;
    let many = counts(scenario, &trimmed.settled.table);
    trimmed.settled = nobody_to_spare(search, &base, trimmed.settled, &within_reach)?;
    if counts(scenario, &trimmed.settled.table) != many {
        // The groups are smaller than those that were tried.
        let rest = Share {
            usual: 0.0,
            most: 1.0,
        };
        trimmed = trim(
            search,
            &base,
            scenario,
            trimmed.settled,
            &within_reach,
            rest,
        )?;
    }
    let Trimmed {
        mut settled,
        held_by,
        tried_all,
    } = trimmed;
    let objective = proof.objective(search, &base, &settled);
    let bound = proof.bound.min(objective);
    (settled.solution.objective, settled.solution.bound) = (objective, bound);
    let short = short_within(&settled.played, scenario, &within_reach);
    let before_objective = base.solution.objective;
    let counts = counts(scenario, &settled.table);
    for level in levels.iter_mut().filter(|level| level.as_promised) {
        level.counts.clone_from(&counts);
        level.cost_week = cost;
    }
    let (scenario, planned) = finish(search, base, settled, &counts, options)?;
    Ok(Hired {
        scenario,
        planned,
        counts,
        before,
        before_objective,
        within_reach,
        short,
        held_by,
        tried_all,
        levels,
        relaxed,
        cost_week: cost,
        bound,
        objective,
    })
}

/// The hired people as ordinary people of the scenario, with the roster that was found for them, played for publication.
fn finish(
    search: &Search,
    base: Planned,
    settled: Settled,
    counts: &[u32],
    options: &PlanOptions,
) -> Result<(Scenario, Planned), PlanError> {
    let mut scenario = with_people_there(search.scenario, counts);
    for (hire, &count) in scenario.hires.iter_mut().zip(counts) {
        if hire.count == HireCount::Solve {
            hire.count = HireCount::Number(count);
        }
    }
    let mut table = settled.table;
    drop_idle(&mut table);
    let mut solution = settled.solution;
    solution.tours.clone_from(&table.tours);
    solution.warm = Warm::from_tours(table.tours.clone());
    let mut problem = problem_of(search, &base, &scenario, &table.raise);
    problem.service = settled.problem.service;
    let input = crate::planning::play(
        &scenario,
        search.demand,
        &problem,
        &solution.tours,
        &options.play,
    );
    let simulation = run(
        &Prepared::new(&input)?,
        &RunPlan::fixed(options.final_plays, search.seed ^ FINAL_PLAY),
        &|_| true,
    )?;
    let simulated = (0..scenario.queues.len())
        .map(|q| settled.played.service(q))
        .collect();
    Ok((
        scenario,
        Planned {
            problem,
            curves: base.curves,
            solution,
            simulation,
            rounds: base.rounds,
            lessons: base.lessons,
            promised: simulated,
        },
    ))
}
