//! What service costs: the price of the next level, and of each target that holds somebody.

use crate::planning::{PlanError, Planned};
use crate::scenario::Scenario;

use super::ends::{Ends, Share};
use super::joint::{settle, short_within};
use super::table::{counts, with_spare};
use super::trim::{DEARER, Held, trim};
use super::{Search, Settled};

/// Shares answered in time whose price is told.
const LEVELS: [f64; 3] = [0.80, 0.85, 0.90];
/// Points by which a target is relaxed to see what it costs.
const RELAX: f64 = 0.05;

/// What a share answered in time of all live queues within reach costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    pub answered: f64,
    /// Wages and hiring of a week, of everybody.
    pub cost_week: f64,
    pub counts: Vec<u32>,
    /// Whether it was reached in the time there was.
    pub met: bool,
    /// Whether it is what the queues are promised anyway.
    pub as_promised: bool,
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

pub(super) fn cost_week(scenario: &Scenario, settled: &Settled) -> f64 {
    settled.solution.wages_and_wishes / f64::from(scenario.weeks.max(1))
}

/// The levels, and the plan of one that is cheaper than the plan of the targets themselves, if there is such a one: better service needs other people,
/// and now and then the search finds only then that they are cheaper.
pub(super) fn levels(
    search: &Search,
    base: &Planned,
    settled: &Settled,
    within: &[usize],
    ends: Ends,
) -> Result<(Vec<Level>, Option<Settled>), PlanError> {
    let scenario = search.scenario;
    let live: Vec<usize> = within
        .iter()
        .copied()
        .filter(|&queue| !scenario.queues[queue].channel.is_deferred())
        .collect();
    let mut levels = Vec::new();
    let mut cheapest = None;
    let mut least = (1.0 - DEARER) * cost_week(scenario, settled);
    let mut from = settled.clone();
    let met = short_within(&settled.played, scenario, within).is_empty();
    if live.is_empty() || !met {
        return Ok((levels, cheapest));
    }
    for (number, answered) in LEVELS.into_iter().enumerate() {
        let targets = with_targets(scenario, &|queue| live.contains(&queue).then_some(answered));
        let as_promised = live
            .iter()
            .all(|&queue| (scenario.queues[queue].target.answered - answered).abs() < 1e-9);
        if !as_promised {
            let left = (ends.levels - search.watcher.time_used()).max(0.0);
            let most =
                ends.levels - left * (LEVELS.len() - number - 1) as f64 / LEVELS.len() as f64;
            let share = Share {
                usual: most - left / 6.0,
                most,
            };
            search
                .watcher
                .stage(&format!("pricing {:.0} %", answered * 100.0));
            let mut table = with_spare(search, &from.table);
            table.grown = with_targets(&table.grown, &|queue| {
                live.contains(&queue).then_some(answered)
            });
            let joint = settle(search, base, &targets, table, within, share)?;
            from = trim(search, base, &targets, joint, within, share)?.settled;
        }
        let met = short_within(&from.played, &targets, within).is_empty();
        let cost = cost_week(scenario, &from);
        let holds = short_within(&from.played, scenario, within).is_empty();
        if met && holds && cost < least {
            least = cost;
            cheapest = Some(from.clone());
        }
        levels.push(Level {
            answered,
            cost_week: cost,
            counts: counts(scenario, &from.table),
            met,
            as_promised,
        });
    }
    Ok((levels, cheapest))
}

/// What would be saved if a target that holds somebody were lower.
pub(super) fn relaxed(
    search: &Search,
    base: &Planned,
    settled: &Settled,
    within: &[usize],
    held_by: &[Held],
    ends: Ends,
) -> Result<Vec<Relaxed>, PlanError> {
    let scenario = search.scenario;
    let falls = held_by.iter().flat_map(|held| &held.falls);
    let mut binding: Vec<usize> = falls.map(|fall| fall.queue).collect();
    binding.sort_unstable();
    binding.dedup();
    let mut found = Vec::new();
    let count = binding.len();
    for (number, &queue) in binding.iter().enumerate() {
        search.watcher.stage(&format!(
            "pricing the target of {}",
            scenario.queues[queue].id
        ));
        let lower = scenario.queues[queue].target.answered - RELAX;
        let targets = with_targets(scenario, &|other| (other == queue).then_some(lower));
        let start = settled.clone();
        let left = (ends.relaxed - search.watcher.time_used()).max(0.0);
        let end = search.watcher.time_used() + left / (count - number) as f64;
        let share = Share {
            usual: end,
            most: end,
        };
        let trimmed = trim(search, base, &targets, start, within, share)?;
        let cheaper = trimmed.settled;
        let saves = cost_week(scenario, settled) - cost_week(scenario, &cheaper);
        // Without a whole trial nothing is known of what could be saved, so nothing is said.
        if trimmed.tried_all || saves >= 1.0 {
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
