//! Plan, play, correct, plan again: until what is promised is what customers get.

use crate::roster::problem::{Problem, QueueDemand as RosterQueue};
use crate::roster::{Control, Impossible, Limits, Progress, Solution, Warm, solve};
use crate::scenario::Scenario;
use crate::simulation::{Prepared, RunPlan, SimulationError, SimulationResult, run};
use crate::staffing::StaffingError;

use super::axis::Axis;
use super::correction::{Correction, Seen, parts};
use super::curves::{Curves, QueueCurves, curves, promised};
use super::demand::Demand;
use super::play::{PlayOptions, play};
use super::problem::roster_problem;

/// How hard to plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanOptions {
    pub gap: f64,
    /// Steps of the roster search over all rounds; `None`: until the clock or the gap ends it.
    pub effort: Option<u64>,
    pub seed: u64,
    /// Rounds of planning and playing, at least 1.
    pub rounds: u32,
    /// Weeks played per round and at the end.
    pub quick_weeks: usize,
    pub final_weeks: usize,
    pub play: PlayOptions,
}

/// What the caller is told while it lasts, and how it ends it.
pub trait Watcher: Sync {
    fn stop(&self) -> bool;
    /// Share of the time allowed that is used up; 0 where there is no limit.
    fn time_used(&self) -> f64;
    fn stage(&self, name: &str);
    fn roster(&self, progress: Progress);
}

/// A plan with everything that was learnt on the way.
#[derive(Debug)]
pub struct Planned {
    pub problem: Problem,
    pub curves: Curves,
    pub solution: Solution,
    pub simulation: SimulationResult,
    pub rounds: Vec<RoundResult>,
    /// Share answered in time per queue that the curves promise for the final roster.
    pub promised: Vec<f64>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RoundResult {
    pub objective: f64,
    pub wages_and_wishes: f64,
    /// Share answered in time per queue.
    pub promised: Vec<f64>,
    pub simulated: Vec<f64>,
}

/// Turns the seed of the planning rounds into that of the published play.
const FINAL_PLAY: u64 = 0x5eed_0ff1_41a1;

/// Why there is no plan.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    #[error("no week satisfies the hard rules of {} people", .0.people.len())]
    Impossible(Impossible),
    #[error(transparent)]
    Staffing(#[from] StaffingError),
    #[error(transparent)]
    Simulation(#[from] SimulationError),
}

/// Shares of the time allowed by which each round has ended, the last one leaving time to play and write. The first round has the longest way to
/// go, the last one proves the bound.
fn round_ends(rounds: u32) -> Vec<f64> {
    let weight = |round: u32| match round {
        0 => 2.0,
        last if last + 1 == rounds => 3.0,
        _ => 1.0,
    };
    let total: f64 = (0..rounds).map(weight).sum();
    (0..rounds)
        .scan(0.0, |sum, round| {
            *sum += weight(round) / total * 0.9;
            Some(*sum)
        })
        .collect()
}

/// Steps of dual ascent per round: prices that are nearly right need few, but the last round's bound is published.
fn ascent_steps(round: usize, rounds: u32) -> usize {
    match round {
        0 => 700,
        last if last + 1 == rounds as usize => 900,
        _ => 100,
    }
}

/// Makes a roster for a demand, plays it, and lets what the play shows correct the curves for the next round.
pub fn plan(
    scenario: &Scenario,
    demand: &Demand,
    options: &PlanOptions,
    start: Option<Warm>,
    watcher: &dyn Watcher,
) -> Result<Planned, PlanError> {
    let grid = scenario.grid();
    let axis = Axis::of(scenario);
    let mut corrections: Vec<Correction> = (0..scenario.queues.len())
        .map(|_| Correction::none(parts(&grid, &scenario.zone)))
        .collect();
    let mut work_factor = vec![1.0; scenario.queues.len()];
    let mut done_to_simulated = vec![1.0; scenario.queues.len()];
    let mut warm = start;
    let mut results: Vec<RoundResult> = Vec::new();
    let ends = round_ends(options.rounds);
    for round in 0..options.rounds as usize {
        watcher.stage("staffing");
        let learnt = if round == 0 {
            &[][..]
        } else {
            &corrections[..]
        };
        let curves = curves(scenario, demand, grid.step_seconds(), learnt)?;
        let problem = roster_problem(scenario, demand, &curves, &work_factor);
        watcher.stage("roster");
        let control = RoundControl {
            watcher,
            from: if round == 0 { 0.0 } else { ends[round - 1] },
            until: ends[round],
        };
        let limits = Limits {
            gap: options.gap,
            effort: options
                .effort
                .map(|effort| effort.div_ceil(u64::from(options.rounds))),
            seed: options.seed,
            ascent_steps: ascent_steps(round, options.rounds),
        };
        let solution =
            solve(&problem, &limits, warm.as_ref(), &control).map_err(PlanError::Impossible)?;
        let promises = promises(
            scenario,
            demand,
            &curves,
            &problem,
            &solution,
            &axis,
            &done_to_simulated,
        );
        let last = round + 1 == options.rounds as usize || watcher.stop();
        watcher.stage("simulation");
        let prepared = Prepared::new(&play(
            scenario,
            demand,
            &problem,
            &solution.tours,
            &options.play,
        ))?;
        let weeks = if last {
            options.final_weeks
        } else {
            options.quick_weeks
        };
        // A seed of its own for the published figure: it must not be the sample that the plan was fitted to.
        let seed = if last {
            options.seed ^ FINAL_PLAY
        } else {
            options.seed
        };
        let simulation = run(&prepared, &RunPlan::fixed(weeks, seed), &|_| true)?;
        let simulated: Vec<f64> = simulation
            .queues
            .iter()
            .map(|queue| {
                queue
                    .total
                    .service_level(Default::default())
                    .map_or(1.0, |level| level.mean)
            })
            .collect();
        results.push(RoundResult {
            objective: solution.objective,
            wages_and_wishes: solution.wages_and_wishes,
            promised: promises.clone(),
            simulated: simulated.clone(),
        });
        if last {
            return Ok(Planned {
                problem,
                curves,
                solution,
                simulation,
                rounds: results,
                promised: promises,
            });
        }
        for (queue, correction) in corrections.iter_mut().enumerate() {
            match &curves.queues[queue] {
                QueueCurves::Live { formula, .. } => {
                    let levels = axis.per_interval_mean(&solution.allocated[queue]);
                    let seen: Vec<Seen> = (0..grid.len)
                        .map(|interval| Seen {
                            offered: simulation.queues[queue].parts[interval].offered(),
                            formula: formula[interval].at(levels[interval]),
                            answered: simulation.queues[queue].parts[interval].in_time(),
                            staffed: levels[interval] >= 0.5,
                        })
                        .collect();
                    correction.learn(&seen);
                }
                QueueCurves::Deferred { .. } => {
                    // The work itself has to be done by somebody: planning less of it because idle minutes between calls happened to do it
                    // would take those minutes from the callers. Too little of it done in time asks for more.
                    let spare = simulated[queue] - scenario.queues[queue].target.answered;
                    work_factor[queue] = (work_factor[queue] * (1.0 - 2.0 * spare)).clamp(1.0, 3.0);
                    let raw = promises[queue] / done_to_simulated[queue];
                    done_to_simulated[queue] = if raw > 0.0 {
                        simulated[queue] / raw
                    } else {
                        1.0
                    };
                }
            }
        }
        warm = Some(solution.warm);
    }
    unreachable!("the last round returns")
}

fn promises(
    scenario: &Scenario,
    demand: &Demand,
    curves: &Curves,
    problem: &Problem,
    solution: &Solution,
    axis: &Axis,
    done_to_simulated: &[f64],
) -> Vec<f64> {
    (0..scenario.queues.len())
        .map(
            |queue| match (&curves.queues[queue], &problem.service.queues[queue]) {
                (QueueCurves::Live { gains, .. }, _) => {
                    let offered: f64 = demand.queues[queue].contacts.iter().sum();
                    let answered: f64 = (0..axis.intervals)
                        .map(|interval| {
                            let levels = &solution.allocated[queue][axis.slots_of(interval)];
                            levels
                                .iter()
                                .map(|&level| promised(&gains[interval], level))
                                .sum::<f64>()
                                / levels.len() as f64
                        })
                        .sum();
                    if offered > 0.0 {
                        answered / offered
                    } else {
                        1.0
                    }
                }
                (_, RosterQueue::Deferred { units }) if !units.is_empty() => {
                    let done = solution.done[queue].iter().filter(|done| **done).count() as f64;
                    (done / units.len() as f64 * done_to_simulated[queue]).min(1.0)
                }
                _ => 1.0,
            },
        )
        .collect()
}

struct RoundControl<'a> {
    watcher: &'a dyn Watcher,
    from: f64,
    until: f64,
}

impl Control for RoundControl<'_> {
    fn stop(&self) -> bool {
        self.watcher.stop() || self.watcher.time_used() >= self.until
    }

    fn time_used(&self) -> f64 {
        ((self.watcher.time_used() - self.from) / (self.until - self.from)).max(0.0)
    }

    fn report(&self, progress: Progress) {
        self.watcher.roster(progress);
    }
}
