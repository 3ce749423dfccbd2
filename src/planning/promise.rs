//! What the curves promise for a roster, and what the play of it teaches them.

use serde::{Deserialize, Serialize};

use crate::calendar::Grid;
use crate::roster::Solution;
use crate::roster::problem::{Problem, QueueDemand as RosterQueue};
use crate::scenario::Scenario;
use crate::scenario::domain::TargetPeriod;
use crate::simulation::SimulationResult;

use super::axis::Axis;
use super::correction::{Correction, Seen, parts};
use super::curves::{Curves, QueueCurves, promised};
use super::demand::Demand;

/// Weight of a later lesson against all before it: a roster that follows a lesson too closely overshoots it.
const LATER_LESSON: f64 = 0.6;

/// What has been learnt about all queues, in the scenario's order.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Lessons {
    /// How the curves of live queues are off.
    pub corrections: Vec<Correction>,
    /// Factor on the deferred work that is planned for, per queue.
    pub work_factor: Vec<f64>,
    /// Share of deferred work handled in time, played against booked.
    done_to_simulated: Vec<f64>,
    heard: u32,
}

impl Lessons {
    /// Nothing is known yet.
    pub fn none(scenario: &Scenario, grid: &Grid) -> Lessons {
        let queues = scenario.queues.len();
        Lessons {
            corrections: vec![Correction::none(parts(grid, &scenario.zone)); queues],
            work_factor: vec![1.0; queues],
            done_to_simulated: vec![1.0; queues],
            heard: 0,
        }
    }

    /// The same for a scenario's intervals; `None` where it has other queues.
    pub fn on(mut self, scenario: &Scenario, grid: &Grid) -> Option<Lessons> {
        let queues = scenario.queues.len();
        let part = parts(grid, &scenario.zone);
        let corrections = self.corrections.into_iter();
        self.corrections = corrections
            .map(|correction| correction.on(part.clone()))
            .collect::<Option<_>>()?;
        let all = [
            self.corrections.len(),
            self.work_factor.len(),
            self.done_to_simulated.len(),
        ];
        (all == [queues; 3]).then_some(self)
    }

    /// Learns from a roster and its play, for the next round of planning.
    pub fn learn(
        &mut self,
        scenario: &Scenario,
        curves: &Curves,
        solution: &Solution,
        simulation: &SimulationResult,
    ) {
        let weight = if self.heard == 0 { 1.0 } else { LATER_LESSON };
        self.heard += 1;
        self.hear(
            scenario,
            curves,
            solution,
            simulation,
            |correction, seen| {
                correction.learn(seen, weight);
            },
        );
        let axis = Axis::of(scenario);
        for (queue, facts) in scenario.queues.iter().enumerate() {
            if facts.target.per == Some(TargetPeriod::Day) {
                let seen = seen(curves, solution, simulation, &axis, queue);
                self.corrections[queue].learn_days(&seen, facts.target.answered);
            }
            if let QueueCurves::Deferred { .. } = &curves.queues[queue] {
                // The work itself has to be done by somebody: planning less of it because idle minutes between calls happened to do it
                // would take those minutes from the callers. Too little of it done in time asks for more.
                let spare = simulated(simulation, queue) - facts.target.answered;
                let factor = &mut self.work_factor[queue];
                *factor = (*factor * (1.0 - 2.0 * spare)).clamp(1.0, 3.0);
            }
        }
    }

    /// Learns from the play of the roster that is to be published, so that what is promised for it is what was seen.
    pub fn agree(
        &mut self,
        scenario: &Scenario,
        curves: &Curves,
        solution: &Solution,
        simulation: &SimulationResult,
    ) {
        self.hear(scenario, curves, solution, simulation, Correction::agree);
    }

    /// What the play of a roster says of each live queue is taught to its correction; of deferred work it is noted what was done.
    fn hear(
        &mut self,
        scenario: &Scenario,
        curves: &Curves,
        solution: &Solution,
        simulation: &SimulationResult,
        teach: impl Fn(&mut Correction, &[Seen]),
    ) {
        let axis = Axis::of(scenario);
        for queue in 0..scenario.queues.len() {
            match &curves.queues[queue] {
                QueueCurves::Live { .. } => {
                    let seen = seen(curves, solution, simulation, &axis, queue);
                    teach(&mut self.corrections[queue], &seen);
                }
                QueueCurves::Deferred { .. } => self.learn_done(solution, simulation, queue),
            }
        }
    }

    fn learn_done(&mut self, solution: &Solution, simulation: &SimulationResult, queue: usize) {
        let booked = share_done(solution, queue);
        if booked > 0.0 {
            self.done_to_simulated[queue] = simulated(simulation, queue) / booked;
        }
    }

    /// Share answered in time per queue, 0..=1, that the curves promise for a roster; 1 where nothing is offered.
    pub fn promises(
        &self,
        scenario: &Scenario,
        demand: &Demand,
        curves: &Curves,
        problem: &Problem,
        solution: &Solution,
    ) -> Vec<f64> {
        let axis = Axis::of(scenario);
        let promise = |queue: usize| match (&curves.queues[queue], &problem.service.queues[queue]) {
            (QueueCurves::Live { gains, idle, .. }, _) => {
                let offered: f64 = demand.queues[queue].contacts.iter().sum();
                let answered: f64 = (0..axis.intervals)
                    .map(|interval| {
                        let levels = &solution.allocated[queue][axis.slots_of(interval)];
                        let more = levels
                            .iter()
                            .map(|&level| promised(&gains[interval], level));
                        idle[interval] + more.sum::<f64>() / levels.len() as f64
                    })
                    .sum();
                if offered > 0.0 {
                    answered / offered
                } else {
                    1.0
                }
            }
            (_, RosterQueue::Deferred { units }) if !units.is_empty() => {
                (share_done(solution, queue) * self.done_to_simulated[queue]).min(1.0)
            }
            _ => 1.0,
        };
        (0..scenario.queues.len()).map(promise).collect()
    }
}

/// Share answered in time of a queue over all that was played; 1 where nothing was offered.
pub fn simulated(simulation: &SimulationResult, queue: usize) -> f64 {
    let total = &simulation.queues[queue].total;
    total
        .service_level(Default::default())
        .map_or(1.0, |level| level.mean)
}

fn share_done(solution: &Solution, queue: usize) -> f64 {
    let units = &solution.done[queue];
    units.iter().filter(|done| **done).count() as f64 / units.len().max(1) as f64
}

fn seen<'a>(
    curves: &'a Curves,
    solution: &'a Solution,
    simulation: &SimulationResult,
    axis: &Axis,
    queue: usize,
) -> Vec<Seen<'a>> {
    let QueueCurves::Live { formula, .. } = &curves.queues[queue] else {
        return Vec::new();
    };
    let played = &simulation.queues[queue].parts;
    formula
        .iter()
        .enumerate()
        .map(|(interval, formula)| Seen {
            formula,
            levels: &solution.allocated[queue][axis.slots_of(interval)],
            offered: played[interval].offered(),
            answered: played[interval].in_time(),
        })
        .collect()
}
