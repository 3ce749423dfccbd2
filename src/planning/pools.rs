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

/// Work in one piece of a deferred queue, in agent-slots at full speed: what one of its people does on average. Pieces of a whole slot would each be
/// left with a rest where everybody is a little slower.
pub fn piece_of_work(scenario: &Scenario, queue: usize) -> f64 {
    let speeds: Vec<f64> = (0..scenario.agents.len())
        .filter_map(|agent| speed_present(scenario, agent, queue))
        .collect();
    if speeds.is_empty() {
        return 1.0;
    }
    speeds.iter().sum::<f64>() / speeds.len() as f64
}

/// People with the same queues and speeds share a pool. At deferred work, speed counts in pieces.
pub fn pools(scenario: &Scenario) -> (Vec<Pool>, Vec<Option<usize>>) {
    let mut pools: Vec<Pool> = Vec::new();
    let level: Vec<f64> = (0..scenario.queues.len())
        .map(|queue| match scenario.queues[queue].channel.is_deferred() {
            true => piece_of_work(scenario, queue),
            false => 1.0,
        })
        .collect();
    let of_agent = |index: usize| {
        let skills: Vec<(usize, f64)> = (0..scenario.queues.len())
            .filter_map(|queue| {
                Some((queue, speed_present(scenario, index, queue)? / level[queue]))
            })
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
