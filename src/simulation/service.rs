//! Work on contacts: beginning, chats side by side, end, and giving up.

use super::engine::{Chat, Engine, Watch};
use super::streams::contact_rng;
use super::waiting::{Contact, Waiter};

/// Times are rounded (to 1e-9 s after some weeks): this many seconds over the threshold are still in time.
const ROUNDING_S: f64 = 1e-6;

impl<W: Watch> Engine<'_, W> {
    /// Gives the first in the line of a queue to an agent with a free slot.
    pub(super) fn take(&mut self, queue: usize, agent: usize) {
        if let Some(waiter) = self.waiting.pop(queue) {
            self.retrials.cancel(waiter.ticket);
            self.start(agent, &waiter.contact);
        }
    }

    /// Work on a contact begins now.
    #[inline]
    pub(super) fn start(&mut self, agent: usize, contact: &Contact) {
        let (p, now) = (self.p, self.now);
        let queue = contact.queue as usize;
        let plan = &p.queues[queue];
        self.leave_idle(agent);
        let rng = &mut contact_rng(
            self.keys[queue].work,
            u64::from(contact.number),
            contact.attempt,
        );
        let mean = match plan.handle_time_s.as_slice() {
            [mean] => *mean,
            means => means[contact.interval as usize],
        };
        let factor = p.handle_factor[p.agents[agent].speed_row as usize * p.queues.len() + queue];
        let work = mean * factor * plan.work.sample(rng);

        let state = &mut self.agents[agent];
        state.load += 1;
        if state.busy_since == f64::INFINITY {
            state.busy_since = now;
        }
        self.watch.answered(contact, agent, now);
        if plan.chat {
            self.add_chat(agent, contact, work);
            self.enter_idle(agent);
        } else {
            state.exclusive = true;
            // Alone, hence at the speed of one contact; nothing can change it any more.
            let end = now + work * plan.slowdown[0];
            self.completions.set(agent, end);
            self.watch.finished(contact, end);
            if plan.completion && self.in_time(contact, end) {
                self.count(contact).in_time += 1;
            }
        }

        let waited = now - contact.arrived;
        let in_time = !plan.completion && self.in_time(contact, now);
        let counts = self.count(contact);
        counts.answered += 1;
        counts.in_time += u32::from(in_time);
        counts.delayed += u32::from(waited > 1e-12);
        counts.wait_answered += waited;
        counts.wait_all += waited;
    }

    /// Whether `at` is within the threshold, on the queue's own clock.
    #[inline]
    fn in_time(&self, contact: &Contact, at: f64) -> bool {
        let plan = &self.p.queues[contact.queue as usize];
        let elapsed = match &plan.clock {
            None => at - contact.arrived,
            Some(clock) => clock.elapsed(contact.arrived, at),
        };
        elapsed <= plan.threshold_s + ROUNDING_S
    }

    fn add_chat(&mut self, agent: usize, contact: &Contact, work: f64) {
        let load = self.agents[agent].load;
        self.progress(agent, load - 1);
        self.desks[agent].chats.push(Chat {
            contact: *contact,
            left_s: work,
        });
        self.plan_chats(agent, load);
    }

    /// Brings the work left up to now; `load` chats have been running since it was last true.
    fn progress(&mut self, agent: usize, load: u32) {
        let desk = &mut self.desks[agent];
        let passed = self.now - desk.at;
        desk.at = self.now;
        for chat in &mut desk.chats {
            chat.left_s -=
                passed / slowdown(&self.p.queues[chat.contact.queue as usize].slowdown, load);
        }
    }

    /// Finds the chat that ends first if `load` of them go on side by side.
    fn plan_chats(&mut self, agent: usize, load: u32) {
        let desk = &mut self.desks[agent];
        let mut earliest = f64::INFINITY;
        for (i, chat) in desk.chats.iter().enumerate() {
            let plan = &self.p.queues[chat.contact.queue as usize];
            let left = chat.left_s.max(0.0) * slowdown(&plan.slowdown, load);
            if left < earliest {
                (earliest, desk.first) = (left, i);
            }
        }
        self.completions.set(agent, self.now + earliest);
    }

    /// The earliest completion happens.
    #[inline]
    pub(super) fn complete(&mut self) {
        let (agent, now) = self.completions.earliest();
        let state = &mut self.agents[agent];
        let load = state.load;
        state.load -= 1;
        if state.exclusive {
            state.exclusive = false;
        } else {
            self.progress(agent, load);
            let desk = &mut self.desks[agent];
            let contact = desk.chats.remove(desk.first).contact;
            self.watch.finished(&contact, now);
            if self.p.queues[contact.queue as usize].completion && self.in_time(&contact, now) {
                self.count(&contact).in_time += 1;
            }
        }
        let before = self.agents[agent].load;
        if before > 0 {
            self.plan_chats(agent, before);
        }
        if self.agents[agent].on_shift {
            self.feed(agent);
        }
        if self.agents[agent].load == 0 {
            self.completions.set(agent, f64::INFINITY);
            let state = &mut self.agents[agent];
            let since = std::mem::replace(&mut state.busy_since, f64::INFINITY);
            let (on_shift, shift_since) = (state.on_shift, state.shift_since);
            let group = self.p.agents[agent].group as usize;
            self.work_time.busy(group, since, now);
            if !on_shift {
                self.work_time.staffed(group, shift_since, now);
            }
        }
    }

    /// Somebody hung up when their patience ended.
    pub(super) fn abandon(&mut self, waiter: &Waiter) {
        let contact = &waiter.contact;
        let in_time = self.in_time(contact, waiter.deadline);
        self.watch.abandoned(contact, waiter.deadline);
        let counts = self.count(contact);
        counts.abandoned += 1;
        counts.abandoned_in_time += u32::from(in_time);
        counts.delayed += 1;
        counts.wait_all += waiter.deadline - contact.arrived;
    }
}

/// The factor while `load` chats run; the last entry holds beyond.
#[inline]
fn slowdown(factors: &[f64], load: u32) -> f64 {
    factors[(load as usize).min(factors.len()).max(1) - 1]
}
