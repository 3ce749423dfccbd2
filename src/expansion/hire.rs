//! `count = "solve"`: the cheapest people of the groups that meet the targets.
//!
//! First everybody who is there is planned. What they leave undone is offered to candidates of every group, each with a price of being taken on
//! beside their wages; then all are planned together, over the same service curves and rules, candidates free to stay away. What the play shows
//! raises the worth of contacts where a target is missed, and in the end each group is tried with one person less until none can go.

use crate::planning::{
    Demand, PlanError, PlanOptions, Planned, Watcher, Window, impossible_words, place_activities,
    plan, roster_problem,
};
use crate::roster::problem::{Problem, QueueDemand, Tour};
use crate::roster::{Control, Limits, Solution, Warm, solve, wages};
use crate::scenario::Scenario;
use crate::scenario::domain::{AgentIndex, HireCount, QueueIndex};
use crate::simulation::{Prepared, RunPlan, run};

use super::hired::{person_week, with_people_there};
use super::measure::{Played, play_tours};
use super::reach::rest;

/// Random weeks on which it is tried whether targets are met.
const WEEKS: usize = 120;
/// Steps of the search for a try with one person less.
const TRIAL_EFFORT: u64 = 4;
/// Steps of the search for everybody together, and how often the worth of contacts may be raised for it.
const JOINT_EFFORT: u64 = 10;
const RAISES: usize = 8;
/// Factor on the worth of a contact in a queue that misses its target.
const RAISE: f64 = 1.6;
/// Candidates of a group at most.
const MOST: usize = 60;
/// Shares of the time by which those who are there are planned, the joint plan is made, and trials end.
const BASE_UNTIL: f64 = 0.3;
const JOINT_UNTIL: f64 = 0.55;
const TRIALS_UNTIL: f64 = 0.72;
const LEVELS_UNTIL: f64 = 0.9;
/// Shares answered in time whose price is told.
const LEVELS: [f64; 3] = [0.80, 0.85, 0.90];
/// Points by which a target is relaxed to see what it costs.
const RELAX: f64 = 0.05;

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
    /// Per `[[hire]]`: the queues that fell below target when one person of it was taken away; empty where it was not tried.
    pub held_by: Vec<Vec<usize>>,
    /// Whether taking one person away was tried for every group with people.
    pub tried_all: bool,
    pub levels: Vec<Level>,
    /// The dearest target first.
    pub relaxed: Vec<Relaxed>,
    /// Wages, wishes and hiring a week as the search reckons them, in the terms of `levels`.
    pub cost_week: f64,
    /// No mix of these groups costs less: wages, hiring, and contacts at their final worth.
    pub bound: f64,
    pub objective: f64,
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

/// People on the table: those who are there, then candidates of each group.
#[derive(Clone)]
pub struct Table {
    /// With the candidates as agents.
    pub grown: Scenario,
    /// Group (index of `[[hire]]`) of each candidate.
    pub group_of: Vec<usize>,
    pub tours: Vec<Tour>,
    /// Factor on the worth of contacts per queue.
    pub raise: Vec<f64>,
}

/// A joint plan that was played.
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
        &Window::until(search.watcher, BASE_UNTIL),
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
    let table = first_table(search, &base, &played, &within_reach)?;
    let settled = settle(search, &base, scenario, table, &within_reach, JOINT_UNTIL)?;
    let until = if search.prices { TRIALS_UNTIL } else { 1.0 };
    let (settled, held_by, tried_all) =
        trim(search, &base, scenario, settled, &within_reach, until)?;
    let (settled, proof) = polish(search, &base, settled, &within_reach)?;
    let short = short_within(&settled.played, scenario, &within_reach);
    let (levels, relaxed) = if search.prices {
        (
            levels(search, &base, &settled, &within_reach)?,
            relaxed(search, &base, &settled, &within_reach, &held_by)?,
        )
    } else {
        (Vec::new(), Vec::new())
    };
    let before_objective = base.solution.objective;
    let cost = cost_week(scenario, &settled);
    let (objective, bound) = proof;
    let counts = counts(scenario, &settled.table);
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

/// What a share answered in time of all live queues within reach costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    pub answered: f64,
    /// Wages and hiring of a week, of everybody.
    pub cost_week: f64,
    pub counts: Vec<u32>,
    /// Whether it was reached in the time there was.
    pub met: bool,
}

/// What a target costs: how much cheaper everything is if it is five points lower.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxed {
    pub queue: usize,
    pub by: f64,
    /// Money a week.
    pub saves: f64,
    pub counts: Vec<u32>,
}

fn cost_week(scenario: &Scenario, settled: &Settled) -> f64 {
    settled.solution.wages_and_wishes / f64::from(scenario.weeks.max(1))
}

/// The scenario with other shares to answer in time.
fn with_targets(scenario: &Scenario, answered: &dyn Fn(usize) -> Option<f64>) -> Scenario {
    let mut changed = scenario.clone();
    for (index, queue) in changed.queues.iter_mut().enumerate() {
        if let Some(answered) = answered(index) {
            queue.target.answered = answered;
        }
    }
    changed
}

fn levels(
    search: &Search,
    base: &Planned,
    settled: &Settled,
    within: &[usize],
) -> Result<Vec<Level>, PlanError> {
    let scenario = search.scenario;
    let live: Vec<usize> = within
        .iter()
        .copied()
        .filter(|&queue| !scenario.queues[queue].channel.is_deferred())
        .collect();
    let mut levels = Vec::new();
    let mut from = Settled {
        table: settled.table.clone(),
        problem: settled.problem.clone(),
        solution: settled.solution.clone(),
        played: settled.played.clone(),
    };
    let met = short_within(&settled.played, scenario, within).is_empty();
    if live.is_empty() || !met {
        return Ok(levels);
    }
    for (number, answered) in LEVELS.into_iter().enumerate() {
        let targets = with_targets(scenario, &|queue| live.contains(&queue).then_some(answered));
        let as_promised = live
            .iter()
            .all(|&queue| (scenario.queues[queue].target.answered - answered).abs() < 1e-9);
        if !as_promised {
            let left = LEVELS_UNTIL - TRIALS_UNTIL;
            let end = TRIALS_UNTIL + left * (number + 1) as f64 / LEVELS.len() as f64;
            search
                .watcher
                .stage(&format!("pricing {:.0} %", answered * 100.0));
            let mut table = with_spare(search, &from.table);
            table.grown = with_targets(&table.grown, &|queue| {
                live.contains(&queue).then_some(answered)
            });
            let joint = settle(search, base, &targets, table, within, end - left / 6.0)?;
            from = trim(search, base, &targets, joint, within, end)?.0;
        }
        levels.push(Level {
            answered,
            cost_week: cost_week(scenario, &from),
            counts: counts(scenario, &from.table),
            met: short_within(&from.played, &targets, within).is_empty(),
        });
    }
    Ok(levels)
}

/// What would be saved if a target that holds somebody were lower.
fn relaxed(
    search: &Search,
    base: &Planned,
    settled: &Settled,
    within: &[usize],
    held_by: &[Vec<usize>],
) -> Result<Vec<Relaxed>, PlanError> {
    let scenario = search.scenario;
    let mut binding: Vec<usize> = held_by.concat();
    binding.sort_unstable();
    binding.dedup();
    let mut found = Vec::new();
    let count = binding.len().max(1) as f64;
    for (number, &queue) in binding.iter().enumerate() {
        search.watcher.stage(&format!(
            "pricing the target of {}",
            scenario.queues[queue].id
        ));
        let lower = scenario.queues[queue].target.answered - RELAX;
        let targets = with_targets(scenario, &|other| (other == queue).then_some(lower));
        let start = Settled {
            table: settled.table.clone(),
            problem: settled.problem.clone(),
            solution: settled.solution.clone(),
            played: settled.played.clone(),
        };
        let until = LEVELS_UNTIL + (1.0 - LEVELS_UNTIL) * (number + 1) as f64 / count;
        let (cheaper, _, tried_all) = trim(search, base, &targets, start, within, until)?;
        let saves = cost_week(scenario, settled) - cost_week(scenario, &cheaper);
        // Without a whole trial nothing is known of what could be saved, so nothing is said.
        if tried_all || saves >= 1.0 {
            found.push(Relaxed {
                queue,
                by: RELAX,
                saves,
                counts: counts(scenario, &cheaper.table),
            });
        }
    }
    found.sort_by(|a, b| b.saves.total_cmp(&a.saves).then(a.queue.cmp(&b.queue)));
    Ok(found)
}

/// The table with more candidates of every group, all of them at home.
fn with_spare(search: &Search, table: &Table) -> Table {
    let scenario = search.scenario;
    let there = counts(scenario, table);
    let most: Vec<u32> = scenario
        .hires
        .iter()
        .zip(&there)
        .map(|(hire, &there)| match hire.count {
            HireCount::Solve => there + 3 + there / 3,
            HireCount::Number(_) => 0,
        })
        .collect();
    let base = scenario.agents.len();
    let (grown, group_of) = candidates(scenario, &most);
    let mut tours: Vec<Tour> = table.tours[..base].to_vec();
    for (group, &count) in most.iter().enumerate() {
        let known = table.group_of.iter().zip(&table.tours[base..]);
        let mut of_group: Vec<Tour> = known
            .filter(|(of, tour)| **of == group && !tour.shifts.is_empty())
            .map(|(_, tour)| tour.clone())
            .collect();
        of_group.resize(count as usize, Tour::default());
        tours.extend(of_group);
    }
    Table {
        grown,
        group_of,
        tours,
        raise: table.raise.clone(),
    }
}

/// Queues that people of a group to be solved could serve.
fn within_reach(scenario: &Scenario) -> Vec<usize> {
    let helps = |queue: &usize| {
        scenario.hires.iter().any(|hire| {
            hire.count == HireCount::Solve
                && scenario.hire_speed(hire, QueueIndex(*queue)).is_some()
        })
    };
    (0..scenario.queues.len()).filter(helps).collect()
}

fn short_within(played: &Played, scenario: &Scenario, within: &[usize]) -> Vec<usize> {
    let mut short = played.short(scenario);
    short.retain(|queue| within.contains(queue));
    short
}

/// Candidates of every group, those whom the rest of the work needs already at work.
fn first_table(
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
        let played = play_tours(
            &table.grown,
            search.demand,
            &whole,
            &table.tours,
            WEEKS,
            search.seed,
        )?;
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

/// The scenario with candidates: people under a contract of their own that lets them stay away.
fn candidates(scenario: &Scenario, most: &[u32]) -> (Scenario, Vec<usize>) {
    let base = scenario.agents.len();
    let mut grown = with_people_there(scenario, most);
    let mut group_of = Vec::new();
    for (group, (hire, &count)) in scenario.hires.iter().zip(most).enumerate() {
        if count == 0 {
            continue;
        }
        let mut contract = scenario.contracts[hire.contract.0].clone();
        contract.hire = Some(person_week(scenario, hire));
        grown.contracts.push(contract);
        for _ in 0..count {
            grown.agents[base + group_of.len()].contract.0 = grown.contracts.len() - 1;
            group_of.push(group);
        }
    }
    (grown, group_of)
}

/// The question with everybody in it, under the curves that the base plan has learnt. Deferred work keeps the size that it has there.
fn problem_of(search: &Search, base: &Planned, grown: &Scenario, raise: &[f64]) -> Problem {
    let ones = vec![1.0; grown.queues.len()];
    let mut problem = roster_problem(grown, search.demand, &base.curves, &ones);
    for (queue, demand) in problem.service.queues.iter_mut().enumerate() {
        let factor = raise[queue];
        match (demand, &base.problem.service.queues[queue]) {
            (QueueDemand::Live { worth }, _) if factor != 1.0 => {
                for slot in worth {
                    *slot = slot.iter().map(|gain| gain * factor).collect();
                }
            }
            (QueueDemand::Deferred { units }, QueueDemand::Deferred { units: learnt }) => {
                units.clone_from(learnt);
                for unit in units {
                    unit.worth *= factor;
                }
            }
            _ => {}
        }
    }
    problem
}

/// Plans everybody together, raising the worth of contacts in queues below target until all that can be reached are at it.
fn settle(
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
fn one(
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
    let played = play_tours(
        &table.grown,
        search.demand,
        &problem,
        &table.tours,
        WEEKS,
        search.seed,
    )?;
    Ok(Settled {
        table,
        problem,
        solution,
        played,
    })
}

/// Tries each group with one person less, the dearest group first, until no group can spare anybody.
fn trim(
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
        let played = play_tours(
            &table.grown,
            search.demand,
            &problem,
            &table.tours,
            WEEKS,
            search.seed,
        )?;
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

/// One more search with these people, for a better roster and for the bound; gives objective and bound, too.
fn polish(
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

/// People at work per `[[hire]]`.
fn counts(scenario: &Scenario, table: &Table) -> Vec<u32> {
    let base = table.tours.len() - table.group_of.len();
    let mut counts = vec![0; scenario.hires.len()];
    for (group, tour) in table.group_of.iter().zip(&table.tours[base..]) {
        counts[*group] += u32::from(!tour.shifts.is_empty());
    }
    counts
}

fn without_idle(search: &Search, base: &Planned, settled: &mut Settled) {
    drop_idle(&mut settled.table);
    settled.problem = problem_of(search, base, &settled.table.grown, &settled.table.raise);
}

fn drop_idle(table: &mut Table) {
    let base = table.tours.len() - table.group_of.len();
    for candidate in (0..table.group_of.len()).rev() {
        if table.tours[base + candidate].shifts.is_empty() {
            drop_candidate(table, candidate);
        }
    }
}

/// Takes away the person of a group with the fewest hours.
fn without_one(table: &mut Table, group: usize) {
    let base = table.tours.len() - table.group_of.len();
    let hours = |candidate: &usize| {
        let shifts = table.tours[base + candidate].shifts.iter();
        shifts.map(|shift| shift.span.minutes()).sum::<i32>()
    };
    let of_group =
        (0..table.group_of.len()).filter(|&candidate| table.group_of[candidate] == group);
    if let Some(least) = of_group.min_by_key(hours) {
        drop_candidate(table, least);
    }
}

fn drop_candidate(table: &mut Table, candidate: usize) {
    let base = table.tours.len() - table.group_of.len();
    let index = base + candidate;
    table.group_of.remove(candidate);
    table.tours.remove(index);
    table.grown.agents.remove(index);
    table
        .grown
        .absences
        .retain(|absence| absence.agent != AgentIndex(index));
    for absence in &mut table.grown.absences {
        if absence.agent.0 > index {
            absence.agent.0 -= 1;
        }
    }
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
        &RunPlan::fixed(options.final_plays, search.seed ^ 0x5eed_0ff1_41a1),
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
