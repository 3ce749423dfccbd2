//! Bounds for teams of many skills, from what pooling could do at best.

use super::erlang_a::{LiveLoad, erlang_a};
use super::service::Service;

/// Agents who all have the same skills.
#[derive(Debug, Clone, PartialEq)]
pub struct SkillGroup {
    /// Indexes of the queues they can serve.
    pub queues: Vec<usize>,
    /// How many they are.
    pub agents: f64,
}

/// Load (Erlangs) that no allocation of the groups can serve: total load less the maximum flow from groups to queues. 0 means that
/// for every set of queues the agents with any of its skills carry its load. Unknown queue indexes are ignored.
pub fn uncovered_load(loads: &[f64], groups: &[SkillGroup]) -> f64 {
    let mut free: Vec<f64> = groups.iter().map(|g| g.agents.max(0.0)).collect();
    let mut open: Vec<f64> = loads.iter().map(|a| a.max(0.0)).collect();
    let mut flow = vec![vec![0.0; loads.len()]; groups.len()];
    while let Some(path) = augmenting_path(groups, &free, &open, &flow) {
        let back = path
            .windows(2)
            .filter_map(|pair| pair[1].taken.map(|(group, queue)| flow[group][queue]));
        let first = path[0].group;
        let last = path[path.len() - 1].queue;
        let amount = back.fold(free[first].min(open[last]), f64::min);
        free[first] -= amount;
        open[last] -= amount;
        for step in &path {
            flow[step.group][step.queue] += amount;
            if let Some((group, queue)) = step.taken {
                flow[group][queue] -= amount;
            }
        }
    }
    open.iter().sum()
}

/// A group serves a queue with what it takes back from another queue (or has free, at the start of a path).
#[derive(Clone, Copy)]
struct Step {
    group: usize,
    queue: usize,
    /// The flow that is taken back for it.
    taken: Option<(usize, usize)>,
}

/// Below this, Erlangs are nothing.
const NOTHING: f64 = 1e-12;

/// Shortest path (breadth first, so that the search ends) from a group with free agents to a queue with open load.
fn augmenting_path(
    groups: &[SkillGroup],
    free: &[f64],
    open: &[f64],
    flow: &[Vec<f64>],
) -> Option<Vec<Step>> {
    let mut reached: Vec<Option<Step>> = vec![None; open.len()];
    let mut seen: Vec<bool> = free.iter().map(|&f| f > NOTHING).collect();
    let mut wave: Vec<(usize, Option<(usize, usize)>)> = (0..groups.len())
        .filter(|&g| seen[g])
        .map(|g| (g, None))
        .collect();
    while !wave.is_empty() {
        let mut next = Vec::new();
        for (group, taken) in wave {
            for &queue in groups[group].queues.iter().filter(|&&q| q < open.len()) {
                if reached[queue].is_some() {
                    continue;
                }
                reached[queue] = Some(Step {
                    group,
                    queue,
                    taken,
                });
                if open[queue] > NOTHING {
                    return Some(trace(&reached, queue));
                }
                for other in 0..groups.len() {
                    if !seen[other] && flow[other][queue] > NOTHING {
                        seen[other] = true;
                        next.push((other, Some((other, queue))));
                    }
                }
            }
        }
        wave = next;
    }
    None
}

fn trace(reached: &[Option<Step>], queue: usize) -> Vec<Step> {
    let mut path = Vec::new();
    let mut at = Some(queue);
    while let Some(step) = at.and_then(|q| reached[q]) {
        path.push(step);
        at = step.taken.map(|(_, queue)| queue);
    }
    path.reverse();
    path
}

/// A number of agents that no staffing can stay below, if every agent has one of the given sets of skills (lists of queue indexes).
///
/// Queues that no chain of skills joins cannot share agents: each such part needs its load, rounded up, and one agent for each of
/// a set of queues with load of which no two are in one skill set (found greedily).
pub fn least_agents(loads: &[f64], skill_sets: &[Vec<usize>]) -> u32 {
    let busy = |&q: &usize| loads.get(q).is_some_and(|&a| a > NOTHING);
    let sets: Vec<Vec<usize>> = skill_sets
        .iter()
        .map(|set| set.iter().copied().filter(busy).collect())
        .collect();
    let mut part: Vec<usize> = (0..loads.len()).collect();
    for set in &sets {
        for pair in set.windows(2) {
            let (a, b) = (part[pair[0]], part[pair[1]]);
            part.iter_mut()
                .filter(|p| **p == a.max(b))
                .for_each(|p| *p = a.min(b));
        }
    }
    (0..loads.len())
        .map(|root| {
            let queues: Vec<usize> = (0..loads.len())
                .filter(|q| part[*q] == root && busy(q))
                .collect();
            let load: f64 = queues.iter().map(|&q| loads[q]).sum();
            let share = |a: usize, b: usize| sets.iter().any(|s| s.contains(&a) && s.contains(&b));
            // Those with the fewest neighbours first: they shut out the fewest others.
            let mut order = queues.clone();
            order.sort_by_key(|&q| queues.iter().filter(|&&other| share(q, other)).count());
            let mut apart: Vec<usize> = Vec::new();
            for q in order {
                if !apart.iter().any(|&other| share(q, other)) {
                    apart.push(q);
                }
            }
            ((load * (1.0 - 1e-12)).ceil() as u32).max(apart.len() as u32)
        })
        .sum()
}

/// What one team with all skills would do: the sum of the queues' contacts, their mean handle time, and the most generous patience and
/// threshold. No routing does better where handle times and patience are equal; otherwise it is guidance, not a bound.
pub fn pooled_service(queues: &[LiveLoad], agents: u32, threshold_s: f64) -> Service {
    let contacts_per_s: f64 = queues.iter().map(|q| q.contacts_per_s).sum();
    if contacts_per_s <= 0.0 {
        return Service::IDLE;
    }
    let handle_time_s = queues.iter().map(LiveLoad::erlangs).sum::<f64>() / contacts_per_s;
    let patience_s = queues
        .iter()
        .filter(|q| q.contacts_per_s > 0.0)
        .map(|q| q.patience_s)
        .try_fold(0.0f64, |most, p| p.map(|p| most.max(p)));
    erlang_a(
        agents,
        &LiveLoad {
            contacts_per_s,
            handle_time_s,
            patience_s,
        },
        threshold_s,
    )
}
