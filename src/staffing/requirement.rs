//! What people look at: a number of agents per interval.

use super::chat::{ChatLoad, chat};
use super::erlang_a::{LiveLoad, erlang_a};
use super::error::StaffingError;
use super::required::{Target, required_agents, required_chat_agents};
use super::service::Service;
use super::shrinkage::Shrinkage;

/// The requirement of one queue in one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Requirement {
    /// Offered load, Erlangs.
    pub load_erlang: f64,
    /// Agents at work on the queue.
    pub agents: u32,
    /// Agents to roster so that `agents` remain.
    pub scheduled: u64,
    /// Occupancy with `agents`, 0..=1.
    pub occupancy: f64,
    /// Service level with `agents`, by the target's definition.
    pub service_level: f64,
    /// Service level with one agent fewer (0 agents: with none).
    pub service_level_one_fewer: f64,
    /// Service level with one agent more.
    pub service_level_one_more: f64,
    /// Share that hangs up with `agents`.
    pub abandoned: f64,
    /// Mean wait of those answered, s.
    pub asa_s: f64,
}

/// The least staffing of an interval in steady state, and what one agent more or fewer would do.
///
/// # Errors
/// As [`required_agents`].
pub fn requirement(
    load: &LiveLoad,
    target: &Target,
    shrinkage: Shrinkage,
) -> Result<Requirement, StaffingError> {
    let agents = required_agents(load, target)?;
    let service = |n: u32| erlang_a(n, load, target.threshold_s);
    Ok(around(agents, load.erlangs(), target, shrinkage, service))
}

/// The same for a chat queue; its load is that of agents who serve as many chats at once as they may.
///
/// # Errors
/// As [`required_chat_agents`].
pub fn chat_requirement(
    load: &ChatLoad,
    target: &Target,
    shrinkage: Shrinkage,
) -> Result<Requirement, StaffingError> {
    let agents = required_chat_agents(load, target)?;
    let service = |n: u32| chat(n, load, target.threshold_s).service;
    Ok(around(agents, load.erlangs(), target, shrinkage, service))
}

fn around(
    agents: u32,
    load_erlang: f64,
    target: &Target,
    shrinkage: Shrinkage,
    service: impl Fn(u32) -> Service,
) -> Requirement {
    let level = |n: u32| service(n).service_level(target.definition);
    let here = service(agents);
    Requirement {
        load_erlang,
        agents,
        scheduled: shrinkage.scheduled(agents),
        occupancy: here.occupancy,
        service_level: here.service_level(target.definition),
        service_level_one_fewer: level(agents.saturating_sub(1)),
        service_level_one_more: level(agents + 1),
        abandoned: here.p_abandon,
        asa_s: here.asa_s,
    }
}
