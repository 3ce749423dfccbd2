//! `count = "solve"`: the cheapest people of the groups that meet the targets.
//!
//! First everybody who is there is planned. What they leave undone is offered to candidates of every group, each with a price of being taken on
//! beside their wages; then all are planned together, over the same service curves and rules, candidates free to stay away. What the play shows
//! raises the worth of contacts where a target is missed, and each group is tried with one person less until none can go. What time is left goes
//! into the roster itself, and in the end everybody hired is taken away once, with all others staying where they are.

mod anew;
mod case;
mod clock;
mod joint;
mod left_out;
mod levels;
mod prices;
mod proof;
mod table;
mod trim;
mod tune;

use std::cell::Cell;

use crate::planning::{
    Demand, FINAL_PLAY, PlanError, PlanOptions, Planned, Watcher, Window, plan, roster_problem,
};
use crate::roster::problem::Problem;
use crate::roster::{Solution, Warm};
use crate::scenario::Scenario;
use crate::scenario::domain::HireCount;
use crate::simulation::{Prepared, RunPlan, run};

use super::hired::with_people_there;
use super::measure::{Played, play_tours};
use case::{Case, within_reach};
use clock::{BASE, Clock, Part};
use joint::{first_table, polish, settle};
pub use left_out::LeftOut;
pub use levels::Level;
pub use prices::Relaxed;
use prices::{cost_week, relaxed};
use proof::prove;
use table::{Table, counts, drop_idle};
pub use trim::{Fall, Held};
use trim::{Trimmed, for_targets, nobody_to_spare, trim};

/// Random weeks on which it is tried whether targets are met.
const WEEKS: usize = 120;
/// Least steps of the search for a try with one person less.
const TRIAL_STEPS: u64 = 4;

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
    /// What there was no time for, and how many times the time allowed all of it would take, as far as can be told.
    pub left_out: Vec<LeftOut>,
    pub needs: f64,
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
    search.watcher.stage("planning those who are there");
    let base = plan(
        scenario,
        demand,
        options,
        None,
        &Window::until(search.watcher, BASE),
    )?;
    let begun = search.watcher.time_used();
    let played = play_tours(
        scenario,
        demand,
        &base.problem,
        &base.solution.tours,
        WEEKS,
        search.seed,
    )?;
    let last_play = options.final_plays as f64 / WEEKS as f64;
    let a_play = search.watcher.time_used() - begun;
    let case = Case {
        search,
        base: &base,
        within: within_reach(scenario),
        clock: Clock::new(search.watcher, search.prices, a_play, last_play),
        step: Cell::new(0.0),
    };
    let found = find(&case, &played)?;
    let Case { within, .. } = case;
    let Found {
        trimmed,
        levels,
        relaxed,
        cost_week,
        objective,
        bound,
        left_out,
        needs,
    } = found;
    let counts = counts(scenario, &trimmed.settled.table);
    let before_objective = base.solution.objective;
    let mut short = trimmed.settled.played.short(scenario);
    short.retain(|queue| within.contains(queue));
    let (scenario, planned) = finish(search, base, trimmed.settled, &counts, options)?;
    Ok(Hired {
        before: (0..scenario.queues.len())
            .map(|queue| played.service(queue))
            .collect(),
        scenario,
        planned,
        counts,
        before_objective,
        within_reach: within,
        short,
        held_by: trimmed.held_by,
        left_out,
        needs,
        levels,
        relaxed,
        cost_week,
        bound,
        objective,
    })
}

/// The people, and what is known of them.
struct Found {
    trimmed: Trimmed,
    levels: Vec<Level>,
    relaxed: Vec<Relaxed>,
    cost_week: f64,
    objective: f64,
    bound: f64,
    left_out: Vec<LeftOut>,
    needs: f64,
}

/// `played`: those who are there, alone.
fn find(case: &Case, played: &Played) -> Result<Found, PlanError> {
    let (search, scenario) = (case.search, case.search.scenario);
    let end = |part: Part| case.clock.end(part);
    case.clock.stage("looking for people");
    let table = first_table(case, played)?;
    let settled = settle(
        case,
        scenario,
        table,
        (end(Part::Joint), end(Part::Settled)),
    )?;
    let mut trimmed = trim(
        case,
        scenario,
        settled,
        (end(Part::Trials), end(Part::Polish)),
    )?;
    if search.prices {
        trimmed.settled = polish(case, trimmed.settled, end(Part::Polish))?;
    }
    let proof = prove(case, &trimmed.settled, end(Part::Proof))?;
    let (mut levels, mut relaxations) = (Vec::new(), (Vec::new(), Vec::new()));
    if search.prices {
        let (told, cheaper) = levels::levels(case, &trimmed)?;
        levels = told;
        if let Some(cheaper) = cheaper {
            let own = for_targets(case, cheaper, scenario);
            trimmed = trim(
                case,
                scenario,
                own,
                (end(Part::FewerAtLevels), end(Part::Last)),
            )?;
        }
        relaxations = relaxed(case, &trimmed)?;
    }
    let cost_week = cost_week(scenario, &trimmed.settled);
    let people = trimmed.settled.table.group_of.len();
    trimmed.settled = polish(case, trimmed.settled, case.clock.last_but(people + 1))?;
    let many = counts(scenario, &trimmed.settled.table);
    trimmed.settled = nobody_to_spare(case, scenario, trimmed.settled)?;
    let counts = counts(scenario, &trimmed.settled.table);
    if counts != many {
        // The groups are smaller than those that were tried.
        let last = (0.0, end(Part::Last));
        trimmed = trim(case, scenario, trimmed.settled, last)?;
    }
    let objective = proof.objective(case, &trimmed.settled);
    let bound = proof.bound.min(objective);
    let settled = &mut trimmed.settled;
    (settled.solution.objective, settled.solution.bound) = (objective, bound);
    for level in levels.iter_mut().filter(|level| level.as_promised) {
        level.counts.clone_from(&counts);
        level.cost_week = cost_week;
        level.tried_all = trimmed.untried.is_empty();
    }
    let (left_out, needs) = left_out::left_out(case, &trimmed, &levels, &relaxations.1);
    Ok(Found {
        trimmed,
        levels,
        relaxed: relaxations.0,
        cost_week,
        objective,
        bound,
        left_out,
        needs,
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
    let mut problem = roster_problem(
        &scenario,
        search.demand,
        &base.curves,
        &vec![1.0; scenario.queues.len()],
    );
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
        .map(|queue| settled.played.share(queue))
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
