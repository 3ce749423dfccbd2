//! From demand to what agents are worth: service curves per queue and interval, in contacts.

use std::sync::Arc;

use rayon::prelude::*;

use crate::scenario::domain::{Queue, Scenario};
use crate::staffing::{
    ChatLoad, CurveInput, LiveChannel, LiveLoad, Requirement, ServiceCurve, Shrinkage,
    StaffingError, Target, Uncertainty, chat_requirement, requirement, service_curve,
};

use super::correction::Correction;
use super::demand::{Demand, QueueDemand};

/// Service curves and requirements of all queues, in the scenario's order.
#[derive(Debug, Clone)]
pub struct Curves {
    pub queues: Vec<QueueCurves>,
}

#[derive(Debug, Clone)]
pub enum QueueCurves {
    Live {
        /// Per interval: contacts more answered in time by the first, second ... rostered agent; non-increasing.
        gains: Vec<Arc<[f64]>>,
        /// Per interval: contacts answered in time though nobody is allocated, by colleagues who are there for other queues.
        idle: Vec<f64>,
        /// Per interval: the concave envelope of the formula's curve, over rostered agents, without correction.
        formula: Vec<ServiceCurve>,
        required: Vec<Requirement>,
        /// Per interval: by how much the share of its contacts that count is above a target that holds every day.
        above_target: Vec<f64>,
        /// Rostered agents who must be there at any open time, whatever they are worth.
        floor: Vec<u32>,
    },
    Deferred {
        /// Work of each interval in Erlang, before shrinkage.
        load: Vec<f64>,
        /// Seconds of open time (or of all time) until it is due.
        within_s: f64,
    },
}

/// The curves of a scenario as the formulas know them.
pub fn curves(
    scenario: &Scenario,
    demand: &Demand,
    interval_s: f64,
) -> Result<Curves, StaffingError> {
    let queues: Result<Vec<QueueCurves>, StaffingError> = scenario
        .queues
        .par_iter()
        .zip(&demand.queues)
        .map(|(queue, demand)| of_queue(scenario, queue, demand, interval_s))
        .collect();
    Ok(Curves { queues: queues? })
}

impl Curves {
    /// The same curves under what the simulation has taught so far, instead of what it had taught before.
    pub(super) fn correct(&mut self, corrections: &[Correction]) {
        self.queues
            .par_iter_mut()
            .zip(corrections)
            .for_each(|(queue, correction)| {
                let QueueCurves::Live {
                    gains,
                    idle,
                    formula,
                    above_target,
                    ..
                } = queue
                else {
                    return;
                };
                for (interval, curve) in formula.iter().enumerate() {
                    let corrected = correction.apply(interval, curve);
                    idle[interval] = corrected.answered[0];
                    gains[interval] = corrected.concave_envelope().gains.into();
                    above_target[interval] = correction.above_target(interval);
                }
            });
    }
}

fn of_queue(
    scenario: &Scenario,
    queue: &Queue,
    demand: &QueueDemand,
    interval_s: f64,
) -> Result<QueueCurves, StaffingError> {
    let load =
        |interval: usize| demand.contacts[interval] * demand.handle_time_s[interval] / interval_s;
    let intervals = demand.contacts.len();
    if queue.channel.is_deferred() {
        return Ok(QueueCurves::Deferred {
            load: (0..intervals).map(load).collect(),
            within_s: queue.target.within_seconds as f64,
        });
    }
    let shrinkage =
        Shrinkage::from_basis_points(scenario.shrinkage.of_channel(queue.channel) as u16)?;
    let channel = LiveChannel {
        patience_s: queue.patience_seconds,
        concurrency: queue.concurrency,
        slowdown: queue.slowdown,
    };
    let mut formula: Vec<ServiceCurve> = Vec::with_capacity(intervals);
    let mut gains: Vec<Arc<[f64]>> = Vec::with_capacity(intervals);
    let mut idle = Vec::with_capacity(intervals);
    let mut required = Vec::with_capacity(intervals);
    let mut floor = Vec::with_capacity(intervals);
    for interval in 0..intervals {
        let need = of_interval(queue, demand, interval, interval_s, shrinkage)?;
        let input = CurveInput {
            uncertainty: Uncertainty::Gamma {
                cv: demand.day_cv.min(3.0),
            },
            shrinkage,
            ..CurveInput::new(
                demand.contacts[interval],
                demand.handle_time_s[interval],
                interval_s,
                channel,
                queue.target.within_seconds as f64,
            )
        };
        let curve = service_curve(&input)?;
        let curve = ServiceCurve {
            answered: curve.concave_envelope().values,
            offered: curve.offered,
        };
        idle.push(curve.answered[0]);
        gains.push(curve.concave_envelope().gains.into());
        formula.push(curve);
        let occupancy_floor = queue.target.max_occupancy.map_or(0, |most| {
            (need.load_erlang / most - 1e-9).ceil().max(0.0) as u32
        });
        let staff = if demand.open[interval] {
            queue.min_staff.max(occupancy_floor)
        } else {
            0
        };
        floor.push(shrinkage.scheduled(staff) as u32);
        required.push(need);
    }
    Ok(QueueCurves::Live {
        gains,
        idle,
        formula,
        required,
        above_target: vec![0.0; intervals],
        floor,
    })
}

/// The classical requirement of one interval.
fn of_interval(
    queue: &Queue,
    demand: &QueueDemand,
    interval: usize,
    interval_s: f64,
    shrinkage: Shrinkage,
) -> Result<Requirement, StaffingError> {
    let target = Target {
        max_abandoned: queue.target.max_abandoned,
        max_occupancy: queue.target.max_occupancy,
        min_staff: if demand.open[interval] {
            queue.min_staff
        } else {
            0
        },
        ..Target::answered(queue.target.answered, queue.target.within_seconds as f64)
    };
    let contacts_per_s = demand.contacts[interval] / interval_s;
    if queue.concurrency > 1 {
        let load = ChatLoad::with_slowdown(
            contacts_per_s,
            demand.handle_time_s[interval],
            queue.concurrency,
            queue.slowdown,
            queue.patience_seconds,
        );
        chat_requirement(&load, &target, shrinkage)
    } else {
        let load = LiveLoad {
            contacts_per_s,
            handle_time_s: demand.handle_time_s[interval],
            patience_s: queue.patience_seconds,
        };
        requirement(&load, &target, shrinkage)
    }
}

/// Contacts that gains promise with a number of agents that may be a fraction.
pub(super) fn promised(gains: &[f64], agents: f64) -> f64 {
    let whole = (agents.max(0.0) as usize).min(gains.len());
    let part = gains
        .get(whole)
        .map_or(0.0, |gain| gain * (agents - whole as f64).clamp(0.0, 1.0));
    gains[..whole].iter().sum::<f64>() + part
}
