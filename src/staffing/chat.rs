//! Chat: one agent serves several customers at once, each more slowly.
//!
//! Balanced chain: i chats are spread evenly over n agents. Exact for what customers see if the handle time does not depend on
//! the number of chats (Erlang A with n x c slots), an approximation otherwise.

use super::erlang_a::LiveLoad;
use super::line::Line;
use super::service::Service;

/// Demand of a chat queue.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatLoad {
    /// Contacts per second, >= 0.
    pub contacts_per_s: f64,
    /// Handle time of a chat, s, while its agent has 1, 2, ... chats; as many as an agent may have at once. Not empty.
    pub handle_times_s: Vec<f64>,
    /// Mean patience, s; `None` if nobody hangs up.
    pub patience_s: Option<f64>,
}

impl ChatLoad {
    /// `handle_time_s` is that of one chat alone; each further chat multiplies it by `slowdown` (>= 1 as a rule).
    pub fn with_slowdown(
        contacts_per_s: f64,
        handle_time_s: f64,
        concurrency: u32,
        slowdown: f64,
        patience_s: Option<f64>,
    ) -> ChatLoad {
        let handle_times_s = (0..concurrency.max(1))
            .map(|more| handle_time_s * slowdown.powi(more as i32))
            .collect();
        ChatLoad {
            contacts_per_s,
            handle_times_s,
            patience_s,
        }
    }

    /// Chats that one agent serves at once, at most.
    pub fn concurrency(&self) -> u32 {
        self.handle_times_s.len() as u32
    }

    /// Handle time with all slots busy, s.
    pub fn full_handle_time_s(&self) -> f64 {
        self.handle_times_s.last().copied().unwrap_or(f64::NAN)
    }

    /// Agents that the work takes at least: contacts per second over what a fully used agent ends per second.
    pub fn erlangs(&self) -> f64 {
        self.contacts_per_s * self.full_handle_time_s() / self.concurrency() as f64
    }

    /// Chats ended per second while `chats` are served by `agents`, evenly spread.
    fn rate(&self, chats: u64, agents: u64) -> f64 {
        let (each, more) = (chats / agents, chats % agents);
        let per_agent = |k: u64| {
            if k == 0 {
                0.0
            } else {
                k as f64 / self.handle_times_s[k as usize - 1]
            }
        };
        let extra = if more == 0 {
            0.0
        } else {
            more as f64 * per_agent(each + 1)
        };
        extra + (agents - more) as f64 * per_agent(each)
    }

    fn line(&self, agents: u32) -> Line {
        Line {
            arrivals: self.contacts_per_s,
            drain: agents as f64 * self.concurrency() as f64 / self.full_handle_time_s(),
            hang_up: self.patience_s.map_or(0.0, f64::recip),
        }
    }
}

/// Steady state of a chat queue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChatService {
    /// What customers see; its occupancy is that of the slots.
    pub service: Service,
    /// Share of agents with at least one chat (too high in practice: real chats are not rebalanced).
    pub agents_busy: f64,
    /// Mean number of chats an agent has.
    pub chats_per_agent: f64,
}

/// Steady state of a chat queue with `agents` at work.
pub fn chat(agents: u32, load: &ChatLoad, threshold_s: f64) -> ChatService {
    if load.contacts_per_s <= 0.0 {
        return ChatService {
            service: Service::IDLE,
            agents_busy: 0.0,
            chats_per_agent: 0.0,
        };
    }
    let slots_each = load.concurrency() as f64;
    if agents == 0 {
        let live = LiveLoad {
            contacts_per_s: load.contacts_per_s,
            handle_time_s: load.full_handle_time_s(),
            patience_s: load.patience_s,
        };
        return ChatService {
            service: live.unstaffed(threshold_s),
            agents_busy: 1.0,
            chats_per_agent: slots_each,
        };
    }
    let free = free_slots(agents, load);
    let service = load.line(agents).service(free.eps, threshold_s);
    let per_agent = |sum: f64, full: f64| {
        (1.0 - service.p_wait) * sum / (free.sum * agents as f64) + service.p_wait * full
    };
    let chats_per_agent = per_agent(free.chats, slots_each);
    ChatService {
        service: Service {
            occupancy: chats_per_agent / slots_each,
            ..service
        },
        agents_busy: per_agent(free.busy, 1.0),
        chats_per_agent,
    }
}

/// Sums over the states in which a slot is free, relative to the last of them.
pub(crate) struct FreeSlots {
    /// The weight of these states; infinite if it exceeds the range of f64.
    pub eps: f64,
    sum: f64,
    busy: f64,
    chats: f64,
}

pub(crate) fn free_slots(agents: u32, load: &ChatLoad) -> FreeSlots {
    const HUGE: f64 = 1e280;
    let n = agents as u64;
    let mut free = FreeSlots {
        eps: 0.0,
        sum: 0.0,
        busy: 0.0,
        chats: 0.0,
    };
    let mut weight = 1.0;
    let mut scaled = false;
    for chats in (0..n * load.concurrency() as u64).rev() {
        free.sum += weight;
        free.busy += weight * chats.min(n) as f64;
        free.chats += weight * chats as f64;
        let ratio = load.rate(chats, n) / load.contacts_per_s;
        weight *= ratio;
        if ratio < 1.0 && chats <= n && weight < 1e-17 * (1.0 - ratio) * free.sum {
            break;
        }
        if free.sum > HUGE {
            scaled = true;
            weight /= HUGE;
            free.sum /= HUGE;
            free.busy /= HUGE;
            free.chats /= HUGE;
        }
    }
    free.eps = if scaled { f64::INFINITY } else { free.sum };
    free
}

/// The line and the weight of the states without waiting: what a service curve needs.
pub(crate) fn chat_line(agents: u32, load: &ChatLoad) -> (Line, f64) {
    (load.line(agents), free_slots(agents, load).eps)
}
