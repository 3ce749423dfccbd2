//! Deferred work passed on slot by slot: a piece goes where another makes room for it, as far as that pays.
//!
//! Who comes and goes in between cancels out, so a chain of moves gains what the first slot is relieved of and costs what the last one takes on
//! (a shortest augmenting path of the transport of work to slots).

use std::collections::VecDeque;
use std::ops::Range;

use super::deferred::Ledger;
use super::plan::{Plan, Setting};
use super::service::ServiceModel;

/// A chain must gain so much money, or rounding would go round in circles.
const LEAST: f64 = 1e-6;

impl Plan {
    /// Puts deferred work where it costs least while everybody works as they do, and deals out slots anew where people are of different speeds: until nothing
    /// is gained, or so many times. Must not be called within a transaction.
    pub fn relocate(&mut self, setting: &Setting, sweeps: usize) {
        let model = &setting.service;
        let everywhere: Vec<usize> = (0..setting.problem.slots).collect();
        for _ in 0..sweeps {
            let before = self.service.lost;
            for &slot in &everywhere {
                self.service.resplit(model, slot);
            }
            self.rebalance(setting, &everywhere);
            for &queue in model.deferred_queues() {
                self.relay(model, queue, &everywhere);
            }
            if self.service.lost >= before - LEAST {
                break;
            }
        }
    }

    fn relay(&mut self, model: &ServiceModel, queue: usize, slots: &[usize]) {
        let mut ledger = Ledger::around(self, model, queue, slots);
        for &from in slots {
            while ledger.freed[from] - LEAST > ledger.least_loss {
                let Some(chain) = self.cheapest_chain(model, queue, from, &ledger) else {
                    break;
                };
                let better = self.pass_on(model, queue, &chain);
                for &slot in &chain {
                    ledger.enter(self, model, queue, slot);
                }
                if !better {
                    break;
                }
            }
        }
    }

    /// Slots from `from` to where one piece more costs least, each of which can hand a piece to the next; `None` where nothing pays.
    fn cheapest_chain(
        &self,
        model: &ServiceModel,
        queue: usize,
        from: usize,
        ledger: &Ledger,
    ) -> Option<Vec<usize>> {
        let mut before = vec![usize::MAX; model.slots];
        before[from] = from;
        // What a slot reaches contains the slot: all that is reached so far lies in one piece.
        let mut known = from..from + 1;
        let mut waiting = VecDeque::from([from]);
        let mut best = (ledger.freed[from] - LEAST, None);
        while let Some(slot) = waiting.pop_front() {
            let reach = self.reach_of(model, queue, slot);
            let new = (reach.start..known.start).chain(known.end..reach.end);
            for to in new {
                before[to] = slot;
                waiting.push_back(to);
                if ledger.loss[to] < best.0 {
                    best = (ledger.loss[to], Some(to));
                }
            }
            known = reach.start.min(known.start)..reach.end.max(known.end);
        }
        let mut chain = vec![best.1?];
        while let Some(&slot) = chain.last()
            && slot != from
        {
            chain.push(before[slot]);
        }
        chain.reverse();
        Some(chain)
    }

    /// Slots to which some piece booked in a slot could go, the slot itself among them.
    fn reach_of(&self, model: &ServiceModel, queue: usize, slot: usize) -> Range<usize> {
        let mut reach = slot..slot + 1;
        for &unit in self.service.booked(queue, slot) {
            let span = &model.units(queue)[unit as usize];
            reach.start = reach.start.min(span.release as usize);
            reach.end = reach.end.max((span.due as usize).min(model.slots));
        }
        reach
    }

    /// Hands a piece along a chain of slots, unless that turns out dearer; whether it was done.
    fn pass_on(&mut self, model: &ServiceModel, queue: usize, chain: &[usize]) -> bool {
        let before = self.service.lost;
        self.service.begin(model);
        for hop in chain.windows(2).rev() {
            let fits = |unit: &&u32| {
                let span = &model.units(queue)[**unit as usize];
                (span.release..span.due).contains(&(hop[1] as u32))
            };
            let booked = self.service.booked(queue, hop[0]);
            let Some(&unit) = booked.iter().rev().find(fits) else {
                break;
            };
            self.service.move_unit(model, queue, unit, hop[1] as u32);
        }
        let better = self.service.lost < before - 1e-9;
        if better {
            self.service.commit();
        } else {
            self.service.rollback(model);
        }
        better
    }
}
