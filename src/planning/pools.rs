//! People of like skills and speeds as pools of the roster room.

use crate::roster::problem::Pool;
use crate::scenario::domain::{AgentIndex, QueueIndex, Scenario};

/// Speed of an agent at a queue, 1 = full; `None` where they do not serve it. A site that loses more or less time than usual counts as slower or
/// faster.
fn speed_present(scenario: &Scenario, agent: usize, queue: usize) -> Option<f64> {
    let usual = 1.0 - f64::from(scenario.shrinkage.default) / 1e4;
    let site = scenario.agents[agent].site;
    let present = (1.0 - f64::from(scenario.shrinkage.of_site(site)) / 1e4) / usual;
    Some(scenario.speed(AgentIndex(agent), QueueIndex(queue))? * present)
}

/// Pieces that one of a queue's people does in a slot where not everybody is of full speed: what a slower one leaves undone is then small, and somebody
/// else has time for it.
const PIECES_PER_SLOT: f64 = 2.0;

/// Work in one piece of a deferred queue, in agent-slots at full speed: a slot of one of its people, or a part of it where people are of different
/// speeds.
pub fn piece_of_work(scenario: &Scenario, queue: usize) -> f64 {
    let at = |queue| {
        (0..scenario.agents.len()).filter_map(move |agent| speed_present(scenario, agent, queue))
    };
    if (0..scenario.queues.len())
        .flat_map(at)
        .all(|speed| speed == 1.0)
    {
        return 1.0;
    }
    let speeds: Vec<f64> = at(queue).collect();
    match speeds.len() {
        0 => 1.0,
        many => speeds.iter().sum::<f64>() / many as f64 / PIECES_PER_SLOT,
    }
}

/// In what somebody at work counts for a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// What the service curves take: speed and presence, at deferred work in its pieces.
    Work,
    /// What somebody else's requirement asks for: agents at work, a slower one as the share of one that they are. Shrinkage is in the requirement.
    Agents,
}

/// People with the same queues and speeds share a pool.
pub fn pools(scenario: &Scenario, counted: Counted) -> (Vec<Pool>, Vec<Option<usize>>) {
    let mut pools: Vec<Pool> = Vec::new();
    let level: Vec<f64> = (0..scenario.queues.len())
        .map(|queue| match scenario.queues[queue].channel.is_deferred() {
            true => piece_of_work(scenario, queue),
            false => 1.0,
        })
        .collect();
    let speed = |agent: usize, queue: usize| match counted {
        Counted::Work => Some(speed_present(scenario, agent, queue)? / level[queue]),
        Counted::Agents => scenario.speed(AgentIndex(agent), QueueIndex(queue)),
    };
    let of_agent = |index: usize| {
        let skills: Vec<(usize, f64)> = (0..scenario.queues.len())
            .filter_map(|queue| Some((queue, speed(index, queue)?)))
            .collect();
        if skills.is_empty() {
            return None;
        }
        Some(
            pools
                .iter()
                .position(|pool| pool.skills == skills)
                .unwrap_or_else(|| {
                    pools.push(Pool { skills });
                    pools.len() - 1
                }),
        )
    };
    let pool_of = (0..scenario.agents.len()).map(of_agent).collect();
    (pools, pool_of)
}
