//! What a planned scenario would cost if it kept every promise: the people who are missing, at work where they are missing.
//!
//! Where little is missing, another roster of the same people is tried first. Else the roster stays as it is. People like those who are there (or of
//! the groups to be hired) may be added; each takes the week in which the contacts still missed are worth most, and nobody is added who is not
//! needed. So the sum is what it takes at most: a roster made anew with these people might need fewer.

use std::sync::Arc;

use crate::planning::{Demand, PlanError, Planned, impossible_words, roster_problem};
use crate::results::AtTarget;
use crate::roster::problem::{Person, Problem, QueueDemand, Tour};
use crate::roster::{Control, Limits, Progress, Solution, solve, wages};
use crate::scenario::Scenario;
use crate::scenario::domain::{Agent, AgentIndex, QueueIndex};

use super::measure::{Played, play_tours};
use super::rearrange::rearrange;
use super::words::person_words;

/// Random weeks on which it is tried whether targets are met.
pub(super) const WEEKS: usize = 120;
/// Kinds of people that are offered, the cheapest of each queue first.
const KINDS_PER_QUEUE: usize = 4;
/// Factor on the worth of a contact from one try to the next.
const RAISE: f64 = 2.0;
const TRIES: usize = 6;

/// Nobody watches these small searches; they end by effort.
pub struct Unwatched<'a>(pub &'a (dyn Fn() -> bool + Sync));

impl Control for Unwatched<'_> {
    fn stop(&self) -> bool {
        (self.0)()
    }
    fn time_used(&self) -> f64 {
        0.0
    }
    fn report(&self, _: Progress) {}
}

/// Brings a plan to its targets. `played` says which it misses; people are tried on weeks of the same `seed`.
///
/// # Errors
/// What the simulation refuses.
pub fn reach(
    scenario: &Scenario,
    demand: &Demand,
    planned: &Planned,
    played: &Played,
    cost_week: f64,
    seed: u64,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<AtTarget, PlanError> {
    let tours = &planned.solution.tours;
    let mut at_target = AtTarget {
        cost_week,
        people: Vec::new(),
        count: 0,
        out_of_reach: Vec::new(),
        rearranged: false,
    };
    let mut short = played.short(scenario);
    if short.is_empty() {
        return Ok(at_target);
    }
    if let Some(more) = rearrange(scenario, demand, planned, played, seed, stop)? {
        at_target.cost_week += more;
        at_target.rearranged = true;
        return Ok(at_target);
    }
    let kinds = kinds(scenario, &short);
    let helped = |queue: &usize| {
        kinds
            .iter()
            .any(|kind| scenario.serves(AgentIndex(*kind), QueueIndex(*queue)))
    };
    at_target.out_of_reach = short
        .iter()
        .filter(|queue| !helped(queue))
        .map(|&queue| scenario.queues[queue].id.clone())
        .collect();
    short.retain(helped);
    if short.is_empty() {
        return Ok(at_target);
    }
    let (grown, kind_of) = offer(scenario, demand, &kinds, &short, played);
    let free: Vec<usize> = (scenario.agents.len()..grown.agents.len()).collect();
    let whole = roster_problem(
        &grown,
        demand,
        &planned.curves,
        &vec![1.0; scenario.queues.len()],
    );
    let mut raise = 1.0;
    let mut best: Vec<Tour> = vec![Tour::default(); kind_of.len()];
    let mut missed: Vec<usize> = short.clone();
    for attempt in 0..TRIES {
        let problem = rest(&whole, &free, &planned.solution, &short, raise);
        let limits = Limits {
            gap: 0.002,
            effort: Some(8),
            seed: seed.wrapping_add(attempt as u64),
            ascent_steps: Some(60),
        };
        let solution = solve(&problem, &limits, None, &Unwatched(stop))
            .map_err(|why| PlanError::Impossible(impossible_words(&grown, &problem, &why)))?;
        best = solution.tours;
        let played = with_more(&grown, demand, &whole, tours, &best, seed)?;
        missed = played.short(scenario);
        missed.retain(|queue| short.contains(queue));
        if missed.is_empty() || stop() {
            break;
        }
        raise *= RAISE;
    }
    if missed.is_empty() {
        trim(&grown, demand, &whole, tours, &mut best, &short, seed, stop)?;
    }
    at_target.out_of_reach.extend(
        missed
            .iter()
            .map(|&queue| scenario.queues[queue].id.clone()),
    );
    let problem = rest(&whole, &free, &planned.solution, &short, 1.0);
    at_target.cost_week += best
        .iter()
        .enumerate()
        .map(|(person, tour)| wages(&problem, person, tour))
        .sum::<f64>()
        / f64::from(scenario.weeks.max(1));
    let working = kind_of.iter().zip(&best);
    let working = working.filter(|(_, tour)| !tour.shifts.is_empty());
    for (count, words) in in_words(scenario, working.map(|(&of, _)| kinds[of])) {
        at_target.count += count;
        at_target.people.push(format!("{count} × {words}"));
    }
    Ok(at_target)
}

/// How many people of each description, most first: kinds that differ in role or window alone read alike and are told as one.
fn in_words(scenario: &Scenario, kinds: impl Iterator<Item = usize>) -> Vec<(u32, String)> {
    let mut kinds: Vec<usize> = kinds.collect();
    kinds.sort_unstable();
    let mut counts: Vec<(u32, String)> = Vec::new();
    for kind in kinds {
        let words = person_words(scenario, &scenario.agents[kind]);
        match counts.iter_mut().find(|(_, known)| *known == words) {
            Some((count, _)) => *count += 1,
            None => counts.push((1, words)),
        }
    }
    counts.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    counts
}

/// One agent of each kind of people who could help a short queue, the cheapest kinds of each.
fn kinds(scenario: &Scenario, short: &[usize]) -> Vec<usize> {
    let same = |a: &Agent, b: &Agent| {
        (a.site, a.contract, a.role, a.channels, &a.languages)
            == (b.site, b.contract, b.role, b.channels, &b.languages)
    };
    let watched = |agent: &Agent| scenario.cover.iter().any(|cover| cover.who.matches(agent));
    let mut of_all: Vec<usize> = Vec::new();
    for &queue in short {
        let mut of_queue: Vec<usize> = Vec::new();
        for (index, agent) in scenario.agents.iter().enumerate() {
            let known = of_queue
                .iter()
                .any(|&kind| same(&scenario.agents[kind], agent));
            if !known && !watched(agent) && scenario.serves(AgentIndex(index), QueueIndex(queue)) {
                of_queue.push(index);
            }
        }
        let others = |index: usize| {
            short
                .iter()
                .filter(|&&other| scenario.serves(AgentIndex(index), QueueIndex(other)))
                .count()
        };
        of_queue.sort_by(|&a, &b| {
            let cost = |index: usize| cost_per_hour(scenario, index);
            others(b)
                .cmp(&others(a))
                .then(cost(a).total_cmp(&cost(b)))
                .then(a.cmp(&b))
        });
        for index in of_queue.into_iter().take(KINDS_PER_QUEUE) {
            if !of_all
                .iter()
                .any(|&kind| same(&scenario.agents[kind], &scenario.agents[index]))
            {
                of_all.push(index);
            }
        }
    }
    of_all.sort_unstable();
    of_all
}

fn cost_per_hour(scenario: &Scenario, index: usize) -> f64 {
    let agent = &scenario.agents[index];
    let usual = scenario.contracts[agent.contract.0].cost_per_hour;
    agent.cost_per_hour.unwrap_or(usual)
}

/// The scenario with people of each kind who may be taken on, and the kind of each.
fn offer(
    scenario: &Scenario,
    demand: &Demand,
    kinds: &[usize],
    short: &[usize],
    played: &Played,
) -> (Scenario, Vec<usize>) {
    let mut grown = scenario.clone();
    let mut kind_of = Vec::new();
    for (index, &kind) in kinds.iter().enumerate() {
        let mut contract = scenario.contracts[scenario.agents[kind].contract.0].clone();
        contract.hire = Some(0.0);
        let hours = f64::from(contract.paid_minutes_per_week.max.max(60)) / 60.0;
        let missing_hours: f64 = short
            .iter()
            .filter(|&&queue| scenario.serves(AgentIndex(kind), QueueIndex(queue)))
            .map(|&queue| {
                let seconds = demand.queues[queue].handle_time_s.iter().sum::<f64>()
                    / demand.queues[queue].handle_time_s.len().max(1) as f64;
                played.missing(scenario, queue) * seconds / 3600.0
            })
            .sum();
        // Twice the work itself, for the time between calls and the hours that a shift brings along.
        let most = (3.0 * missing_hours / hours).ceil() as usize + 3;
        grown.contracts.push(contract);
        for number in 0..most.min(40) {
            let mut person = scenario.agents[kind].clone();
            person.id = format!("more-{index}-{number}");
            person.contract.0 = grown.contracts.len() - 1;
            person.window = None;
            (person.from, person.until) = (None, None);
            grown.agents.push(person);
            kind_of.push(index);
        }
    }
    (grown, kind_of)
}

/// The question of some people alone: what the others' roster leaves undone in the short queues. `free` are their places among the people of
/// `whole`, ascending; `solution` says what the others do.
pub fn rest(
    whole: &Problem,
    free: &[usize],
    solution: &Solution,
    short: &[usize],
    raise: f64,
) -> Problem {
    let mut problem = whole.clone();
    let others = || (0..whole.people.len()).filter(|person| free.binary_search(person).is_err());
    let taken: Vec<usize> = others().map(|person| whole.people[person].site).collect();
    problem.people = free
        .iter()
        .map(|&person| Person {
            // What they do from before the plan is in the solution.
            carried: Vec::new(),
            ..whole.people[person].clone()
        })
        .collect();
    problem.covers.clear();
    problem.activities.clear();
    for (index, site) in problem.sites.iter_mut().enumerate() {
        // Who sits where is not known here; only an empty site keeps its limit.
        if taken.contains(&index) {
            site.seats = None;
        }
    }
    let allocated = &solution.allocated;
    let none: Arc<[f64]> = Arc::from([]);
    for (queue, demand) in problem.service.queues.iter_mut().enumerate() {
        match demand {
            QueueDemand::Live { worth } => {
                for (slot, worth) in worth.iter_mut().enumerate() {
                    *worth = if short.contains(&queue) {
                        beyond(worth, allocated[queue][slot], raise)
                    } else {
                        none.clone()
                    };
                }
            }
            QueueDemand::Deferred { units } if short.contains(&queue) => {
                let done = &solution.done[queue];
                let same = units.len() == done.len();
                let mut index = 0;
                units.retain(|_| {
                    index += 1;
                    !(same && done[index - 1])
                });
                for unit in units {
                    unit.worth *= raise;
                }
            }
            QueueDemand::Deferred { units } => units.clear(),
        }
    }
    problem
}

/// Gains of one, two ... agents more than `level`.
fn beyond(worth: &[f64], level: f64, raise: f64) -> Arc<[f64]> {
    let whole = level.max(0.0) as usize;
    let part = level - whole as f64;
    let gain = |n: usize| worth.get(n).copied().unwrap_or(0.0);
    (whole..worth.len())
        .map(|n| raise * ((1.0 - part) * gain(n) + part * gain(n + 1)))
        .collect()
}

fn with_more(
    grown: &Scenario,
    demand: &Demand,
    whole: &Problem,
    tours: &[Tour],
    more: &[Tour],
    seed: u64,
) -> Result<Played, PlanError> {
    let all: Vec<Tour> = tours.iter().chain(more).cloned().collect();
    Ok(play_tours(grown, demand, whole, &all, WEEKS, seed)?)
}

/// Sends people home again whom the targets do not need, those with the fewest hours first.
#[expect(clippy::too_many_arguments, reason = "one private step of reach")]
fn trim(
    grown: &Scenario,
    demand: &Demand,
    whole: &Problem,
    tours: &[Tour],
    more: &mut [Tour],
    short: &[usize],
    seed: u64,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<(), PlanError> {
    let hours = |tour: &Tour| {
        tour.shifts
            .iter()
            .map(|shift| shift.span.minutes())
            .sum::<i32>()
    };
    let mut order: Vec<usize> = (0..more.len())
        .filter(|&p| !more[p].shifts.is_empty())
        .collect();
    order.sort_by_key(|&person| hours(&more[person]));
    for person in order {
        if stop() {
            break;
        }
        let kept = std::mem::take(&mut more[person]);
        let played = with_more(grown, demand, whole, tours, more, seed)?;
        if played
            .short(grown)
            .iter()
            .any(|queue| short.contains(queue))
        {
            more[person] = kept;
        }
    }
    Ok(())
}
