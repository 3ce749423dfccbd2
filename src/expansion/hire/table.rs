//! Who may be hired: candidates beside those who are there, and the question with all of them in it.

use crate::planning::{roster_problem, weighed_by_these};
use crate::roster::Warm;
use crate::roster::problem::{Problem, QueueDemand, Tour};
use crate::scenario::Scenario;
use crate::scenario::domain::{AgentIndex, HireCount};

use super::super::hired::{person_week, with_people_there};
use super::super::rearrange::weigh;
use super::case::Case;
use super::{Search, Settled};

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
    /// What earlier searches know of prices.
    pub known: Warm,
}

/// The scenario with candidates: people under a contract of their own that lets them stay away.
pub(super) fn candidates(scenario: &Scenario, most: &[u32]) -> (Scenario, Vec<usize>) {
    let base = scenario.agents.len();
    let mut grown = with_people_there(scenario, most);
    // Else dearer candidates would make a contact dearer, and plans with more of them on offer could not be held against each other.
    grown.objective = weighed_by_these(scenario);
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

/// The table with more candidates of every group, all of them at home.
pub(super) fn with_spare(search: &Search, table: &Table) -> Table {
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
    let (mut grown, group_of) = candidates(scenario, &most);
    // Targets may be others than the scenario's.
    grown.queues.clone_from(&table.grown.queues);
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
        known: table.known.clone(),
    }
}

/// The question with everybody in it, under the curves that the base plan has learnt. Deferred work keeps the size that it has there.
pub(super) fn problem_of(case: &Case, grown: &Scenario, raise: &[f64]) -> Problem {
    let ones = vec![1.0; grown.queues.len()];
    let mut problem = roster_problem(grown, case.search.demand, &case.base.curves, &ones);
    let learnt = &case.base.problem.service.queues;
    for (demand, learnt) in problem.service.queues.iter_mut().zip(learnt) {
        if let (QueueDemand::Deferred { units }, QueueDemand::Deferred { units: learnt }) =
            (demand, learnt)
        {
            units.clone_from(learnt);
        }
    }
    weigh(&mut problem.service, raise);
    problem
}

/// People at work per `[[hire]]`.
pub(super) fn counts(scenario: &Scenario, table: &Table) -> Vec<u32> {
    let base = table.tours.len() - table.group_of.len();
    let mut counts = vec![0; scenario.hires.len()];
    for (group, tour) in table.group_of.iter().zip(&table.tours[base..]) {
        counts[*group] += u32::from(!tour.shifts.is_empty());
    }
    counts
}

pub(super) fn without_idle(case: &Case, settled: &mut Settled) {
    drop_idle(&mut settled.table);
    settled.problem = problem_of(case, &settled.table.grown, &settled.table.raise);
}

pub(super) fn drop_idle(table: &mut Table) {
    let base = table.tours.len() - table.group_of.len();
    for candidate in (0..table.group_of.len()).rev() {
        if table.tours[base + candidate].shifts.is_empty() {
            drop_candidate(table, candidate);
        }
    }
}

/// Places among the people of those who may be hired; `only_idle`: of those who stay at home.
pub(super) fn places(table: &Table, only_idle: bool) -> Vec<usize> {
    let base = table.tours.len() - table.group_of.len();
    let idle = |person: &usize| table.tours[*person].shifts.is_empty();
    (base..table.tours.len())
        .filter(|person| !only_idle || idle(person))
        .collect()
}

/// Whether somebody on the table stays at home and could be asked.
pub(super) fn has_idle(table: &Table) -> bool {
    let base = table.tours.len() - table.group_of.len();
    let mut candidates = table.tours[base..].iter();
    candidates.any(|tour| tour.shifts.is_empty())
}

/// Places among the candidates of the people of a group, those with the fewest hours first.
pub(super) fn fewest_hours(table: &Table, group: usize) -> Vec<usize> {
    let base = table.tours.len() - table.group_of.len();
    let hours = |candidate: &usize| {
        let shifts = table.tours[base + candidate].shifts.iter();
        shifts.map(|shift| shift.span.minutes()).sum::<i32>()
    };
    let mut of_group: Vec<usize> = (0..table.group_of.len())
        .filter(|&candidate| table.group_of[candidate] == group)
        .collect();
    of_group.sort_by_key(hours);
    of_group
}

/// The table without some candidates.
pub(super) fn without(table: &Table, candidates: &[usize]) -> Table {
    let mut fewer = table.clone();
    let mut last_first = candidates.to_vec();
    last_first.sort_unstable_by(|a, b| b.cmp(a));
    for candidate in last_first {
        drop_candidate(&mut fewer, candidate);
    }
    fewer
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
