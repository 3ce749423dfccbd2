//! How many people it takes: each queue by itself, and together with what the given people can also do.

use crate::results::{PooledGroup, StaffPoint, StaffedQueue, StaffedService, Staffing};
use crate::scenario::Scenario;
use crate::scenario::domain::{AgentIndex, QueueIndex};
use crate::staffing::{LiveLoad, least_agents, pooled_service};

use super::curves::{Curves, QueueCurves};
use super::demand::Demand;
use super::publish::{queue_facts, required};

/// The requirement per queue and pooled.
pub fn staffed(scenario: &Scenario, demand: &Demand, curves: &Curves) -> Staffing {
    Staffing {
        name: scenario.name.clone(),
        planner_zone: scenario.zone.clone(),
        grid: scenario.grid(),
        first_day: scenario.start,
        queues: (0..scenario.queues.len())
            .map(|queue| staffed_queue(scenario, demand, curves, queue))
            .collect(),
        groups: groups(scenario, curves)
            .into_iter()
            .map(|(name, queues)| pooled(scenario, demand, curves, name, queues))
            .collect(),
    }
}

fn staffed_queue(
    scenario: &Scenario,
    demand: &Demand,
    curves: &Curves,
    queue: usize,
) -> StaffedQueue {
    let service = |interval: usize| match &curves.queues[queue] {
        QueueCurves::Live { required, .. } => {
            let need = &required[interval];
            Some(StaffedService {
                occupancy: need.occupancy,
                service_level: need.service_level,
                one_fewer: need.service_level_one_fewer,
                one_more: need.service_level_one_more,
            })
        }
        QueueCurves::Deferred { .. } => None,
    };
    StaffedQueue {
        id: scenario.queues[queue].id.clone(),
        target: queue_facts(scenario, demand, queue).target.text,
        contacts: demand.queues[queue].contacts.clone(),
        points: required(scenario, curves, queue)
            .into_iter()
            .enumerate()
            .map(|(interval, point)| StaffPoint {
                load_erlang: point.load_erlang,
                agents: point.agents,
                scheduled: point.scheduled,
                service: service(interval),
            })
            .collect(),
    }
}

/// Live queues of each language that has several, and all live queues.
fn groups(scenario: &Scenario, curves: &Curves) -> Vec<(String, Vec<usize>)> {
    let live = |queue: &usize| matches!(curves.queues[*queue], QueueCurves::Live { .. });
    let all: Vec<usize> = (0..scenario.queues.len()).filter(live).collect();
    let mut groups: Vec<(String, Vec<usize>)> = scenario
        .languages
        .iter()
        .enumerate()
        .map(|(language, name)| {
            let speaks = |queue: &&usize| scenario.queues[**queue].language.0 == language;
            (name.clone(), all.iter().filter(speaks).copied().collect())
        })
        .collect();
    groups.push(("all".to_owned(), all));
    groups.retain(|(_, queues)| queues.len() > 1);
    groups
}

fn pooled(
    scenario: &Scenario,
    demand: &Demand,
    curves: &Curves,
    name: String,
    queues: Vec<usize>,
) -> PooledGroup {
    let skills: Vec<Vec<usize>> = (0..scenario.agents.len())
        .map(|agent| {
            let serves =
                |position: &usize| scenario.speed(AgentIndex(agent), QueueIndex(queues[*position]));
            (0..queues.len())
                .filter(|position| serves(position).is_some())
                .collect()
        })
        .collect();
    let intervals = scenario.grid().len;
    let point = |queue: usize, interval: usize| match &curves.queues[queue] {
        QueueCurves::Live { required, .. } => (
            required[interval].load_erlang,
            f64::from(required[interval].agents),
        ),
        QueueCurves::Deferred { .. } => (0.0, 0.0),
    };
    let mut group = PooledGroup {
        name,
        load_erlang: Vec::with_capacity(intervals),
        apart: Vec::with_capacity(intervals),
        pooled: Vec::with_capacity(intervals),
        queues: queues.clone(),
    };
    for interval in 0..intervals {
        let points: Vec<(f64, f64)> = queues.iter().map(|&queue| point(queue, interval)).collect();
        let apart: f64 = points.iter().map(|point| point.1).sum();
        let loads: Vec<f64> = points.iter().map(|point| point.0).collect();
        let least = f64::from(least_agents(&loads, &skills)).min(apart);
        group.load_erlang.push(loads.iter().sum());
        group.apart.push(apart);
        group.pooled.push(fewest(
            scenario, demand, &queues, interval, &loads, least, apart,
        ));
    }
    group
}

/// The fewest from `least` to `apart` with which one team of all skills reaches the mean target.
fn fewest(
    scenario: &Scenario,
    demand: &Demand,
    queues: &[usize],
    interval: usize,
    loads: &[f64],
    least: f64,
    apart: f64,
) -> f64 {
    let interval_s = scenario.grid().step_seconds();
    let contacts = |queue: usize| demand.queues[queue].contacts[interval];
    let total: f64 = queues.iter().map(|&queue| contacts(queue)).sum();
    if total <= 0.0 {
        return 0.0;
    }
    let target = queues
        .iter()
        .map(|&queue| contacts(queue) * scenario.queues[queue].target.answered)
        .sum::<f64>()
        / total;
    let threshold_s = queues
        .iter()
        .map(|&queue| scenario.queues[queue].target.within_seconds as f64)
        .fold(0.0, f64::max);
    let of_queue = |(&queue, load): (&usize, &f64)| LiveLoad {
        contacts_per_s: contacts(queue) / interval_s,
        // An agent's time per contact; several chats at once make it shorter.
        handle_time_s: (load * interval_s / contacts(queue).max(1e-12)).max(1e-6),
        patience_s: scenario.queues[queue].patience_seconds,
    };
    let loads: Vec<LiveLoad> = queues.iter().zip(loads).map(of_queue).collect();
    let (mut low, mut high) = (least as u32, apart as u32);
    while low < high {
        let middle = low + (high - low) / 2;
        if pooled_service(&loads, middle, threshold_s).answered_in_time >= target {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    f64::from(high)
}
