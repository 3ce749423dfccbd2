//! Many replications: in parallel, merged in order, until the answer is narrow enough.

use rayon::prelude::*;

use super::engine::Engine;
use super::estimate::{Moments, ServiceLevel};
use super::input::SimulationInput;
use super::prepared::Prepared;
use super::result::{Occupancy, QueueResult, SimulationResult, Stop};
use super::tally::{Cells, Counts, Tally};
use super::validate::SimulationError;

/// Replications that are held in memory at once, unless they are large; results do not depend on it.
const BATCH: usize = 32;

/// About as many bytes may be held at once.
const MEMORY: usize = 128 << 20;

/// How long and how finely to simulate.
#[derive(Debug, Clone, PartialEq)]
pub struct RunPlan {
    /// Replications of the whole horizon, at least 1.
    pub replications_min: usize,
    pub replications_max: usize,
    /// Stop before `replications_max` once no judged service level has a 95 % interval of more than this on either
    /// side; `None`: play them all.
    pub half_width: Option<f64>,
    /// Which service levels are judged for that.
    pub level: Level,
    pub definition: ServiceLevel,
    pub seed: u64,
    pub detail: Detail,
}

impl RunPlan {
    /// A fixed number of replications, counted per interval.
    pub fn fixed(replications: usize, seed: u64) -> Self {
        RunPlan {
            replications_min: replications,
            replications_max: replications,
            half_width: None,
            level: Level::Total,
            definition: ServiceLevel::Offered,
            seed,
            detail: Detail::Intervals,
        }
    }

    /// A fixed number of replications, counted per queue and part of the horizon only: quick, for planning loops.
    pub fn quick(replications: usize, seed: u64, part_of_interval: Vec<u32>) -> Self {
        RunPlan {
            detail: Detail::Parts(part_of_interval),
            ..RunPlan::fixed(replications, seed)
        }
    }
}

/// Which service levels must be known closely.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Of each queue over the whole horizon.
    Total,
    /// Of each queue on each day (of each part if the plan asks for parts).
    Day,
}

/// How finely contacts are counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    /// Per queue and interval, day, and in total.
    Intervals,
    /// Per queue and part: the part of each interval, parts numbered from 0 and fewer than intervals.
    Parts(Vec<u32>),
}

/// Checks and prepares an input and plays it.
pub fn simulate(
    input: &SimulationInput,
    plan: &RunPlan,
) -> Result<SimulationResult, SimulationError> {
    run(&Prepared::new(input)?, plan, &|_| true)
}

/// Plays a prepared input. `go_on` is asked now and then on the calling thread, with the number of replications done,
/// whether to continue. The result is the same on any number of threads.
pub fn run(
    prepared: &Prepared,
    plan: &RunPlan,
    go_on: &dyn Fn(usize) -> bool,
) -> Result<SimulationResult, SimulationError> {
    if plan.replications_min == 0 || plan.replications_max < plan.replications_min {
        return Err(SimulationError::Plan(
            "at least one replication, and no fewer at most than at least",
        ));
    }
    let cells = cells(prepared, &plan.detail)?;
    let days = match plan.detail {
        Detail::Intervals => prepared.days,
        Detail::Parts(_) => 0,
    };
    let mut result = empty(prepared, &cells, days);
    let bytes =
        cells.count * (prepared.queues.len() + 1) * (size_of::<Counts>() + 2 * size_of::<f64>());
    let fits = (MEMORY / bytes).clamp(4, BATCH);
    let mut goal = plan.replications_min;
    loop {
        while result.replications < goal {
            if !go_on(result.replications) {
                result.stop = Stop::Cancelled;
                return Ok(result);
            }
            let first = result.replications;
            let batch = fits.min(goal - first);
            let tallies = play_batch(prepared, &cells, plan.seed, first, batch);
            merge(prepared, &cells, &tallies, &mut result);
            result.replications += batch;
        }
        if plan
            .half_width
            .is_some_and(|width| narrow_enough(&result, plan, width))
        {
            result.stop = Stop::NarrowEnough;
            return Ok(result);
        }
        if goal == plan.replications_max {
            return Ok(result);
        }
        // Looking rarely keeps the chance small of stopping on a lucky moment.
        goal = (goal + (goal / 2).max(8)).min(plan.replications_max);
    }
}

fn cells(p: &Prepared, detail: &Detail) -> Result<Cells, SimulationError> {
    match detail {
        Detail::Intervals => Ok(Cells {
            of_interval: (0..p.intervals as u32).collect(),
            count: p.intervals,
        }),
        Detail::Parts(parts) => {
            let count = parts.iter().max().map_or(0, |&m| m as usize + 1);
            if parts.len() != p.intervals || count > p.intervals {
                return Err(SimulationError::Plan(
                    "a part for each interval, numbered from 0 and fewer than intervals",
                ));
            }
            Ok(Cells {
                of_interval: parts.clone(),
                count,
            })
        }
    }
}

fn empty(p: &Prepared, cells: &Cells, days: usize) -> SimulationResult {
    let queue = QueueResult {
        days: vec![Moments::default(); days],
        parts: vec![Moments::default(); cells.count],
        occupancy_of_parts: vec![Occupancy::default(); cells.count],
        ..QueueResult::default()
    };
    SimulationResult {
        replications: 0,
        stop: Stop::Limit,
        queues: vec![queue; p.queues.len()],
        occupancy: Occupancy::default(),
        occupancy_of_parts: vec![Occupancy::default(); cells.count],
    }
}

fn play_batch(p: &Prepared, cells: &Cells, seed: u64, first: usize, batch: usize) -> Vec<Tally> {
    (first..first + batch)
        .into_par_iter()
        .map_init(
            || Engine::new(p, cells, ()),
            |engine, replication| engine.play(seed, replication as u64),
        )
        .collect()
}

/// Adds replications in their order; queues are independent of each other, so they may be added side by side.
fn merge(p: &Prepared, cells: &Cells, tallies: &[Tally], result: &mut SimulationResult) {
    let n = cells.count;
    result
        .queues
        .par_iter_mut()
        .enumerate()
        .for_each(|(q, queue)| {
            let mut days = vec![Counts::default(); queue.days.len()];
            for tally in tallies {
                let mut total = Counts::default();
                days.fill(Counts::default());
                for (cell, counts) in tally.counts[q * n..(q + 1) * n].iter().enumerate() {
                    queue.parts[cell].add(counts);
                    total.add(counts);
                    if let Some(day) = days.get_mut(p.day_of_interval[cell] as usize) {
                        day.add(counts);
                    }
                }
                queue.total.add(&total);
                queue
                    .days
                    .iter_mut()
                    .zip(&days)
                    .for_each(|(m, day)| m.add(day));
                add_times(
                    tally,
                    q * n,
                    &mut queue.occupancy,
                    &mut queue.occupancy_of_parts,
                );
            }
        });
    for tally in tallies {
        let everybody = p.queues.len() * n;
        add_times(
            tally,
            everybody,
            &mut result.occupancy,
            &mut result.occupancy_of_parts,
        );
    }
}

fn add_times(tally: &Tally, row: usize, total: &mut Occupancy, parts: &mut [Occupancy]) {
    let times = tally.busy_s[row..].iter().zip(&tally.staffed_s[row..]);
    for (part, (&busy, &staffed)) in parts.iter_mut().zip(times) {
        part.add(busy, staffed);
        total.add(busy, staffed);
    }
}

fn narrow_enough(result: &SimulationResult, plan: &RunPlan, width: f64) -> bool {
    let narrow = |m: &Moments| match m.service_level(plan.definition) {
        None => true,
        Some(estimate) => estimate.half_width.is_some_and(|h| h <= width),
    };
    result
        .queues
        .iter()
        .all(|q| match (plan.level, &plan.detail) {
            (Level::Total, _) => narrow(&q.total),
            (Level::Day, Detail::Intervals) => q.days.iter().all(narrow),
            (Level::Day, Detail::Parts(_)) => q.parts.iter().all(narrow),
        })
}
