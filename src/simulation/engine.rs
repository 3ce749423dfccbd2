//! The event loop: one replication, from the first arrival until nothing can happen any more.
//!
//! Events at one instant: completion, end of shift, start of shift, hanging up, arrival, recheck of a delay.

use super::arrivals::Arrivals;
use super::distribution::uniform;
use super::idle::IdleLists;
use super::prepared::{Prepared, ShiftChange};
use super::retrials::Retrials;
use super::streams::{Purpose, contact_rng, stream_key};
use super::tally::{Cells, Counts, Tally, WorkTime};
use super::tournament::Tournament;
use super::waiting::{Contact, WaitingLines};

/// Somebody who is told what happens to every contact. All methods do nothing by default.
pub(super) trait Watch {
    fn answered(&mut self, _contact: &Contact, _agent: usize, _at: f64) {}
    fn finished(&mut self, _contact: &Contact, _at: f64) {}
    fn abandoned(&mut self, _contact: &Contact, _at: f64) {}
    fn unserved(&mut self, _contact: &Contact) {}
}

/// Nobody watches.
impl Watch for () {}

/// What an agent is doing.
#[derive(Debug, Clone, Copy)]
pub(super) struct AgentState {
    pub on_shift: bool,
    /// Working on something that excludes all else.
    pub exclusive: bool,
    /// Contacts in hand.
    pub load: u32,
    /// Since when at least one contact is in hand; infinity: none is.
    pub busy_since: f64,
    /// When `on_shift` last changed.
    pub shift_since: f64,
}

const OFF: AgentState = AgentState {
    on_shift: false,
    exclusive: false,
    load: 0,
    busy_since: f64::INFINITY,
    shift_since: f64::INFINITY,
};

/// A chat in hand.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chat {
    pub contact: Contact,
    /// Work left, in seconds of an agent with one chat only.
    pub left_s: f64,
}

/// The chats of one agent.
#[derive(Debug, Clone, Default)]
pub(super) struct ChatDesk {
    pub chats: Vec<Chat>,
    /// Up to when `left_s` is true.
    pub at: f64,
    /// Which chat ends first.
    pub first: usize,
}

/// Keys of a queue's streams in this replication.
#[derive(Debug, Clone, Copy)]
pub(super) struct QueueKeys {
    pub work: u64,
    pub patience: u64,
    retry_coin: u64,
    retry_delay: u64,
}

/// Everything that changes while a replication is played; kept between replications to save allocations.
pub(super) struct Engine<'p, W> {
    pub(super) p: &'p Prepared,
    pub(super) watch: W,
    cells: Cells,
    pub(super) now: f64,
    /// Whether somebody whose patience ends right now has hung up already.
    pub(super) hung_up: bool,
    pub(super) agents: Vec<AgentState>,
    pub(super) desks: Vec<ChatDesk>,
    /// Completely idle agents with the skill, per queue (kept for queues with a reserve only).
    pub(super) idle_count: Vec<u32>,
    pub(super) idle: IdleLists,
    pub(super) waiting: WaitingLines,
    pub(super) completions: Tournament,
    arrivals: Arrivals,
    pub(super) retrials: Retrials,
    pub(super) keys: Vec<QueueKeys>,
    missed: Vec<bool>,
    counts: Vec<Counts>,
    pub(super) work_time: WorkTime,
}

impl<'p, W: Watch> Engine<'p, W> {
    pub(super) fn new(p: &'p Prepared, cells: &Cells, watch: W) -> Self {
        Engine {
            p,
            watch,
            cells: cells.clone(),
            now: 0.0,
            hung_up: false,
            agents: vec![OFF; p.agents.len()],
            desks: vec![ChatDesk::default(); p.agents.len()],
            idle_count: vec![0; p.queues.len()],
            idle: IdleLists::new(p.agents.len(), p.groups.len(), p.group_words, p.most_chats),
            waiting: WaitingLines::new(p.queues.iter().map(|q| q.delays.as_slice())),
            completions: Tournament::new(p.agents.len()),
            arrivals: Arrivals::new(p),
            retrials: Retrials::default(),
            keys: Vec::new(),
            missed: vec![false; p.shifts.len()],
            counts: Vec::new(),
            work_time: WorkTime::new(p, cells),
        }
    }

    /// Plays one replication.
    pub(super) fn play(&mut self, seed: u64, replication: u64) -> Tally {
        self.restart(seed, replication);
        let p = self.p;
        let mut changes = p.shift_changes.iter();
        let mut change = changes.next();
        loop {
            let done = self.completions.earliest().1;
            let shift = change.map_or(f64::INFINITY, |c| c.at);
            let arrival = self.arrivals.next();
            let retrial = self.retrials.next();
            let comes = arrival.min(retrial);
            let recheck = self.waiting.next_recheck();
            if done <= shift && done <= comes && done <= recheck {
                if done == f64::INFINITY {
                    break;
                }
                self.at(done, false);
                self.complete();
            } else if shift <= comes && shift <= recheck {
                self.at(shift, false);
                if let Some(c) = change {
                    self.change_shift(c);
                }
                change = changes.next();
            } else if comes <= recheck {
                self.at(comes, true);
                if arrival <= retrial {
                    let contact = self.arrivals.pop(p);
                    self.arrive(contact);
                } else if let Some(contact) = self.retrials.pop() {
                    self.arrive(contact);
                }
            } else {
                self.at(recheck, true);
                self.recheck();
            }
        }
        self.close()
    }

    #[inline]
    fn at(&mut self, now: f64, hung_up: bool) {
        self.now = now;
        self.hung_up = hung_up;
    }

    fn restart(&mut self, seed: u64, replication: u64) {
        let p = self.p;
        self.agents.fill(OFF);
        self.desks.iter_mut().for_each(|d| d.chats.clear());
        self.idle_count.fill(0);
        self.idle.clear();
        self.waiting.clear();
        self.completions.clear();
        self.retrials.clear();
        self.arrivals.restart(p, seed, replication);
        self.keys.clear();
        self.keys.extend(p.streams.iter().map(|&q| QueueKeys {
            work: stream_key(seed, replication, q, Purpose::Work),
            patience: stream_key(seed, replication, q, Purpose::Patience),
            retry_coin: stream_key(seed, replication, q, Purpose::RetryCoin),
            retry_delay: stream_key(seed, replication, q, Purpose::RetryDelay),
        }));
        for (missed, shift) in self.missed.iter_mut().zip(&p.shifts) {
            *missed = shift.missed > 0.0 && {
                let key = stream_key(seed, replication, shift.agent_id, Purpose::MissedShift);
                uniform(&mut contact_rng(key, shift.number, 0)) < shift.missed
            };
        }
        self.counts = vec![Counts::default(); p.queues.len() * self.cells.count];
    }

    #[inline]
    pub(super) fn count(&mut self, contact: &Contact) -> &mut Counts {
        let cell = self.cells.of_interval[contact.interval as usize] as usize;
        &mut self.counts[contact.queue as usize * self.cells.count + cell]
    }

    #[inline]
    fn arrive(&mut self, contact: Contact) {
        let p = self.p;
        let queue = &p.queues[contact.queue as usize];
        self.count(&contact).offered += 1;
        if queue.min_idle == 0 {
            // An earlier contact of the queue waits only if nobody who may take it is free, so this is no overtaking.
            if let Some(agent) = self.find_agent(contact.queue as usize, 0.0) {
                self.start(agent, &contact);
                self.dispatch_reserved();
                return;
            }
        }
        self.wait(contact);
        if queue.min_idle > 0 {
            self.dispatch_reserved();
        }
    }

    fn wait(&mut self, contact: Contact) {
        let queue = &self.p.queues[contact.queue as usize];
        let keys = self.keys[contact.queue as usize];
        let number = u64::from(contact.number);
        let Some(patience) = &queue.patience else {
            self.waiting.push(contact, f64::INFINITY, u32::MAX);
            return;
        };
        let rng = &mut contact_rng(keys.patience, number, contact.attempt);
        let balks = patience.balk > 0.0 && uniform(rng) < patience.balk;
        let lasts = if balks {
            0.0
        } else {
            patience.mean_s * patience.law.sample(rng)
        };
        let deadline = contact.arrived + lasts;
        let mut ticket = u32::MAX;
        if let Some(retry) = &queue.retry
            && uniform(&mut contact_rng(keys.retry_coin, number, contact.attempt))
                < retry.probability
        {
            let rng = &mut contact_rng(keys.retry_delay, number, contact.attempt);
            let again = deadline + retry.delay_s * retry.law.sample(rng);
            let interval = (again / self.p.interval_s) as usize;
            if interval < self.p.intervals {
                ticket = self.retrials.push(Contact {
                    arrived: again,
                    attempt: contact.attempt + 1,
                    interval: interval as u32,
                    ..contact
                });
            }
        }
        self.waiting.push(contact, deadline, ticket);
    }

    fn change_shift(&mut self, change: &ShiftChange) {
        if self.missed[change.shift as usize] {
            return;
        }
        let (agent, now) = (change.agent as usize, self.now);
        let group = self.p.agents[agent].group as usize;
        let state = &mut self.agents[agent];
        let since = state.shift_since;
        state.on_shift = change.starts;
        state.shift_since = now;
        if change.starts {
            if state.load > 0 {
                self.work_time.staffed(group, since, now);
            }
            self.feed(agent);
        } else {
            self.work_time.staffed(group, since, now);
            self.leave_idle(agent);
            self.dispatch_reserved();
        }
    }

    /// A delay has run out for one contact: more agents may take it now, if it is first in its line.
    fn recheck(&mut self) {
        let Some((queue, serial)) = self.waiting.pop_recheck() else {
            return;
        };
        let Some(head) = self.head(queue).filter(|w| w.serial == serial) else {
            return;
        };
        if self.p.queues[queue].min_idle > 0 {
            self.dispatch_reserved();
        } else if let Some(agent) = self.find_agent(queue, self.now - head.contact.arrived) {
            self.take(queue, agent);
        }
    }

    /// Nothing can happen any more: whoever still waits hangs up in the end, or is never served.
    fn close(&mut self) -> Tally {
        self.at(f64::INFINITY, false);
        for queue in 0..self.p.queues.len() {
            while self.head(queue).is_some() {
                if let Some(waiter) = self.waiting.pop(queue) {
                    self.count(&waiter.contact).unserved += 1;
                    self.watch.unserved(&waiter.contact);
                }
            }
        }
        let (busy_s, staffed_s) = self.work_time.take(self.p);
        Tally {
            counts: std::mem::take(&mut self.counts),
            busy_s,
            staffed_s,
        }
    }
}
