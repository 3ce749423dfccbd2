//! What each target that holds somebody costs.

use crate::planning::PlanError;
use crate::scenario::Scenario;

use super::Settled;
use super::case::Case;
use super::clock::Part;
use super::table::counts;
use super::trim::{Trimmed, trim};

/// Points by which a target is relaxed to see what it costs.
const RELAX: f64 = 0.05;

/// What a target costs: how much cheaper everything is if it is five points lower.
#[derive(Debug, Clone, PartialEq)]
pub struct Relaxed {
    pub queue: usize,
    pub by: f64,
    /// Money a week.
    pub saves: f64,
    pub counts: Vec<u32>,
}

pub(super) fn cost_week(scenario: &Scenario, settled: &Settled) -> f64 {
    settled.solution.wages_and_wishes / f64::from(scenario.weeks.max(1))
}

/// What would be saved if a target that holds somebody were lower, and the queues for which there was no time to find out.
pub(super) fn relaxed(
    case: &Case,
    trimmed: &Trimmed,
) -> Result<(Vec<Relaxed>, Vec<usize>), PlanError> {
    let scenario = case.search.scenario;
    let falls = trimmed.held_by.iter().flat_map(|held| &held.falls);
    let mut binding: Vec<usize> = falls.map(|fall| fall.queue).collect();
    binding.sort_unstable();
    binding.dedup();
    let (mut found, mut left_out) = (Vec::new(), Vec::new());
    let count = binding.len();
    for (number, &queue) in binding.iter().enumerate() {
        case.clock.stage(&format!(
            "pricing the target of {}",
            scenario.queues[queue].id
        ));
        let lower = scenario.queues[queue].target.answered - RELAX;
        let targets = with_targets(scenario, &|other| (other == queue).then_some(lower));
        let start = trimmed.settled.clone();
        let left = case.clock.left(case.clock.end(Part::Relaxed));
        let end = case.clock.now() + left / (count - number) as f64;
        let cheaper = trim(case, &targets, start, (end, end))?;
        let saves = cost_week(scenario, &trimmed.settled) - cost_week(scenario, &cheaper.settled);
        // Without a whole trial nothing is known of what could be saved, so nothing is said.
        if cheaper.untried.is_empty() || saves >= 1.0 {
            found.push(Relaxed {
                queue,
                by: RELAX,
                saves,
                counts: counts(scenario, &cheaper.settled.table),
            });
        } else {
            left_out.push(queue);
        }
    }
    found.sort_by(|a, b| b.saves.total_cmp(&a.saves).then(a.queue.cmp(&b.queue)));
    Ok((found, left_out))
}

/// The scenario with other shares to answer in time.
pub(super) fn with_targets(
    scenario: &Scenario,
    answered: &dyn Fn(usize) -> Option<f64>,
) -> Scenario {
    let mut changed = scenario.clone();
    for (index, queue) in changed.queues.iter_mut().enumerate() {
        if let Some(answered) = answered(index) {
            queue.target.answered = answered;
        }
    }
    changed
}
