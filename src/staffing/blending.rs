//! Blending: agents fill idle time with deferred work (an endless pool of the same handle time), but keep some of them free.

use super::erlang_a::LiveLoad;
use super::error::{StaffingError, check};
use super::line::Line;
use super::service::Service;

/// Steady state of a blended team.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BlendedService {
    /// What inbound customers see; the occupancy is by both kinds of work.
    pub service: Service,
    /// Deferred contacts begun per second.
    pub deferred_per_s: f64,
}

/// `agents` at work on an inbound queue; deferred work is begun only while more than `idle_reserve` (1..=agents) of them are free.
/// The chain is cut off below `agents - idle_reserve` busy.
///
/// # Errors
/// If the reserve is 0 or exceeds the agents, or nobody hangs up and the load is not below the agents.
pub fn blended(
    agents: u32,
    idle_reserve: u32,
    load: &LiveLoad,
    threshold_s: f64,
) -> Result<BlendedService, StaffingError> {
    check(
        "idle reserve",
        idle_reserve as f64,
        idle_reserve >= 1 && idle_reserve <= agents,
        "from 1 to the number of agents",
    )?;
    check(
        "load",
        load.erlangs(),
        load.contacts_per_s > 0.0 && (load.patience_s.is_some() || load.erlangs() < agents as f64),
        "above 0, and below the number of agents if nobody hangs up",
    )?;
    let a = load.erlangs();
    let floor = agents - idle_reserve;
    let (mut weight, mut sum, mut busy) = (1.0, 0.0, 0.0);
    for j in (floor..agents).rev() {
        sum += weight;
        busy += weight * j as f64;
        if j > floor {
            weight *= j as f64 / a;
        }
    }
    let line = Line {
        arrivals: load.contacts_per_s,
        drain: agents as f64 / load.handle_time_s,
        hang_up: load.hang_up_rate(),
    };
    let service = line.service(sum, threshold_s);
    let free = 1.0 - service.p_wait;
    Ok(BlendedService {
        service: Service {
            occupancy: free * busy / (sum * agents as f64) + service.p_wait,
            ..service
        },
        deferred_per_s: floor as f64 / load.handle_time_s * free * weight / sum,
    })
}
