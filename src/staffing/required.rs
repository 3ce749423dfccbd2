//! The least number of agents that meets a target.

use super::chat::{ChatLoad, chat};
use super::erlang_a::{LiveLoad, erlang_a};
use super::error::{StaffingError, above_zero, at_least_zero, check, share};
use super::service::{Service, ServiceLevelDefinition};

/// What a queue promises.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// Share to be answered in time, 0..=1.
    pub service_level: f64,
    /// In time means: a wait of at most this many seconds.
    pub threshold_s: f64,
    /// How those who hang up count.
    pub definition: ServiceLevelDefinition,
    /// Largest allowed share that hangs up, 0..=1.
    pub max_abandoned: Option<f64>,
    /// Largest allowed occupancy, above 0 and at most 1.
    pub max_occupancy: Option<f64>,
    /// Agents that must be there even if nobody calls.
    pub min_staff: u32,
}

impl Target {
    /// `service_level` of the offered contacts answered within `threshold_s`, and nothing else.
    pub fn answered(service_level: f64, threshold_s: f64) -> Target {
        Target {
            service_level,
            threshold_s,
            definition: ServiceLevelDefinition::Offered,
            max_abandoned: None,
            max_occupancy: None,
            min_staff: 0,
        }
    }

    fn checked(&self) -> Result<(), StaffingError> {
        share("service level", self.service_level)?;
        at_least_zero("threshold", self.threshold_s)?;
        self.max_abandoned
            .map_or(Ok(0.0), |x| share("largest share abandoned", x))?;
        if let Some(cap) = self.max_occupancy {
            above_zero("largest occupancy", cap)?;
            share("largest occupancy", cap)?;
        }
        Ok(())
    }

    /// Whether a service meets the target; minimum staff and occupancy are not looked at.
    fn met_by(&self, service: &Service) -> bool {
        service.service_level(self.definition) >= self.service_level
            && self
                .max_abandoned
                .is_none_or(|most| service.p_abandon <= most)
    }
}

/// No search goes beyond this many agents.
const LIMIT: u32 = 4_000_000;

/// Least agents on a live queue (Erlang A, or Erlang C if nobody hangs up). No contacts need the minimum staff alone, any
/// contacts at least one agent.
///
/// # Errors
/// If a number is out of its range, or no staffing meets the target.
pub fn required_agents(load: &LiveLoad, target: &Target) -> Result<u32, StaffingError> {
    at_least_zero("contacts per second", load.contacts_per_s)?;
    above_zero("handle time", load.handle_time_s)?;
    load.patience_s
        .map_or(Ok(0.0), |p| above_zero("patience", p))?;
    // Without hang-ups every contact is handled: occupancy is load over agents, and only the rounding of floats matters.
    let stable = if load.patience_s.is_none() {
        load.erlangs().floor() as u32 + 1
    } else {
        1
    };
    let n = least(load.contacts_per_s, target, stable, |n| {
        erlang_a(n, load, target.threshold_s)
    })?;
    Ok(n.max(target.min_staff))
}

/// Least agents on a chat queue.
///
/// # Errors
/// If a number is out of its range, or no staffing meets the target.
pub fn required_chat_agents(load: &ChatLoad, target: &Target) -> Result<u32, StaffingError> {
    at_least_zero("contacts per second", load.contacts_per_s)?;
    check(
        "concurrency",
        load.concurrency() as f64,
        load.concurrency() > 0,
        "at least 1",
    )?;
    for &handle_time in &load.handle_times_s {
        above_zero("handle time", handle_time)?;
    }
    load.patience_s
        .map_or(Ok(0.0), |p| above_zero("patience", p))?;
    let n = least(load.contacts_per_s, target, 1, |n| {
        chat(n, load, target.threshold_s).service
    })?;
    Ok(n.max(target.min_staff))
}

/// All conditions get easier with every agent, so gallop and bisect over their conjunction.
fn least(
    contacts_per_s: f64,
    target: &Target,
    from: u32,
    service: impl Fn(u32) -> Service,
) -> Result<u32, StaffingError> {
    target.checked()?;
    if contacts_per_s == 0.0 {
        return Ok(0);
    }
    let enough = |n: u32| {
        let s = service(n);
        // Room for the rounding of load / agents where the cap is met exactly.
        target.met_by(&s)
            && target
                .max_occupancy
                .is_none_or(|cap| s.occupancy <= cap * (1.0 + 1e-9))
    };
    let (mut misses, mut high, mut step) = (from.saturating_sub(1), from.max(1), 1);
    while !enough(high) {
        if high >= LIMIT {
            return Err(StaffingError::Unreachable { limit: LIMIT });
        }
        misses = high;
        high = (high + step).min(LIMIT);
        step *= 2;
    }
    while high - misses > 1 {
        let middle = misses + (high - misses) / 2;
        if enough(middle) {
            high = middle;
        } else {
            misses = middle;
        }
    }
    Ok(high)
}
