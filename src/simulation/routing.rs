//! Who takes what.

use super::engine::{Engine, Watch};
use super::input::AgentPicks;
use super::waiting::Waiter;

/// Times are rounded (to 1e-9 s after some weeks): a delay counts as over when this many seconds are missing.
const ROUNDING_S: f64 = 1e-6;

impl<W: Watch> Engine<'_, W> {
    /// The agent whom a contact takes that has waited `waited` seconds: fewest running chats, then best rank, then
    /// longest idle.
    #[inline]
    pub(super) fn find_agent(&self, queue: usize, waited: f64) -> Option<usize> {
        let p = self.p;
        let plan = &p.queues[queue];
        let any_delay = waited > 0.0 && !plan.delays.is_empty();
        let classes = if any_delay {
            &plan.sooner_or_later
        } else {
            &plan.at_once
        };
        for load in 0..plan.loads {
            let idle = self.idle.mask(load);
            for class in classes.chunks_exact(p.group_words) {
                let mut best = (usize::MAX, u64::MAX);
                for (word, (&members, &free)) in class.iter().zip(idle).enumerate() {
                    let mut found = members & free;
                    while found != 0 {
                        let group = word * 64 + found.trailing_zeros() as usize;
                        found &= found - 1;
                        if any_delay
                            && p.after_s[group * p.queues.len() + queue] > waited + ROUNDING_S
                        {
                            continue;
                        }
                        let longest = self.idle.longest(group, load);
                        if longest.1 < best.1 {
                            best = longest;
                        }
                    }
                }
                if best.0 != usize::MAX {
                    return Some(best.0);
                }
            }
        }
        None
    }

    /// First in the line of a queue, after striking off those who have hung up.
    #[inline]
    pub(super) fn head(&mut self, queue: usize) -> Option<Waiter> {
        loop {
            let waiter = *self.waiting.front(queue)?;
            let gone = waiter.deadline < self.now || (waiter.deadline == self.now && self.hung_up);
            if !gone {
                return Some(waiter);
            }
            self.waiting.pop(queue);
            self.abandon(&waiter);
        }
    }

    /// The queue from which an agent takes the next contact; queues with a reserve are left out.
    fn pick_queue(&mut self, agent: usize) -> Option<usize> {
        let p = self.p;
        let group = p.agents[agent].group as usize;
        let mut best: Option<(usize, (u32, f64, f64))> = None;
        for word in 0..p.queue_words {
            let mut candidates = self.waiting.mask()[word] & p.groups[group].ordinary[word];
            while candidates != 0 {
                let queue = word * 64 + candidates.trailing_zeros() as usize;
                candidates &= candidates - 1;
                let state = &self.agents[agent];
                let plan = &p.queues[queue];
                let has_slot = if plan.chat {
                    !state.exclusive && state.load < p.groups[group].capacity
                } else {
                    state.load == 0
                };
                if !has_slot {
                    continue;
                }
                let Some(head) = self.head(queue) else {
                    continue;
                };
                let arrived = head.contact.arrived;
                let skill = group * p.queues.len() + queue;
                if self.now - arrived < p.after_s[skill] - ROUNDING_S {
                    continue;
                }
                let key = match p.agent_picks {
                    AgentPicks::Oldest => (plan.priority, arrived, 0.0),
                    AgentPicks::SkillPriority => {
                        (plan.priority, f64::from(p.skill_priority[skill]), arrived)
                    }
                    AgentPicks::ScaledWait => (
                        plan.priority,
                        (arrived - self.now) / plan.threshold_s.max(1e-9),
                        arrived,
                    ),
                };
                if best.is_none_or(|(_, least)| key < least) {
                    best = Some((queue, key));
                }
            }
        }
        best.map(|(queue, _)| queue)
    }

    /// An agent on shift has a free slot: gives them what waits, or lists them as free.
    pub(super) fn feed(&mut self, agent: usize) {
        while let Some(queue) = self.pick_queue(agent) {
            self.take(queue, agent);
            if self.agents[agent].exclusive {
                break;
            }
        }
        self.leave_idle(agent);
        self.enter_idle(agent);
        self.dispatch_reserved();
    }

    /// Starts work that may wait, queue by queue in order of index, while enough agents stay idle.
    pub(super) fn dispatch_reserved(&mut self) {
        let p = self.p;
        let waits = |(waiting, reserved): (&u64, &u64)| waiting & reserved != 0;
        if p.reserved.is_empty() || !self.waiting.mask().iter().zip(&p.reserved_mask).any(waits) {
            return;
        }
        for &queue in &p.reserved {
            while let Some(head) = self.head(queue) {
                if self.idle_count[queue] <= p.queues[queue].min_idle {
                    break;
                }
                let waited = self.now - head.contact.arrived;
                let Some(agent) = self.find_agent(queue, waited) else {
                    break;
                };
                self.take(queue, agent);
            }
        }
    }

    /// Lists an agent as free, if they are.
    #[inline]
    pub(super) fn enter_idle(&mut self, agent: usize) {
        let state = &self.agents[agent];
        let group = self.p.agents[agent].group as usize;
        let plan = &self.p.groups[group];
        if state.on_shift && !state.exclusive && state.load < plan.capacity {
            self.idle.push(agent, group, state.load as usize);
            if state.load == 0 {
                for &queue in &plan.reserved {
                    self.idle_count[queue] += 1;
                }
            }
        }
    }

    #[inline]
    pub(super) fn leave_idle(&mut self, agent: usize) {
        if self.idle.remove(agent) == Some(0) {
            let group = self.p.agents[agent].group as usize;
            for &queue in &self.p.groups[group].reserved {
                self.idle_count[queue] -= 1;
            }
        }
    }
}
