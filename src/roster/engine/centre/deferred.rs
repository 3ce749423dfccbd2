//! Deferred work is put where it costs least: what it is worth elsewhere, and moves that pay.

use super::plan::{Plan, Setting};
use super::service::ServiceModel;

/// What one deferred queue stands at, slot by slot, in money; nothing far from the slots that it was made for.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    /// What one unit more would cost.
    pub loss: Vec<f64>,
    /// What one unit fewer would save.
    pub freed: Vec<f64>,
    /// No loss is less, and nothing freed is more.
    pub least_loss: f64,
    most_freed: f64,
}

impl Ledger {
    /// Of the slots from which work can be moved into these, or out of these into them.
    pub fn around(plan: &mut Plan, model: &ServiceModel, queue: usize, slots: &[usize]) -> Ledger {
        let mut ledger = Ledger {
            loss: vec![f64::INFINITY; model.slots],
            freed: vec![0.0; model.slots],
            least_loss: f64::INFINITY,
            most_freed: 0.0,
        };
        let reach = model.longest_wait(queue);
        let first = slots
            .iter()
            .min()
            .map_or(0, |slot| slot.saturating_sub(reach));
        let last = slots.iter().max().map_or(0, |slot| slot + reach + 1);
        for slot in first..last.min(model.slots) {
            ledger.enter(plan, model, queue, slot);
        }
        ledger
    }

    pub fn enter(&mut self, plan: &mut Plan, model: &ServiceModel, queue: usize, slot: usize) {
        self.loss[slot] = plan.service.loss_by_piece(model, queue, slot);
        let gain = plan.service.gain_by_piece(model, queue, slot);
        self.freed[slot] = plan.freed_by_moving(model, queue, slot, gain);
        self.least_loss = self.least_loss.min(self.loss[slot]);
        self.most_freed = self.most_freed.max(self.freed[slot]);
    }
}

/// Moves out of or into a slot tried at a time.
const MOVES_AT_ONCE: usize = 3;

impl Plan {
    /// Looks again at what taking over deferred work from elsewhere would be worth.
    pub fn refresh_takeover(&mut self, setting: &Setting) {
        let model = &setting.service;
        for &queue in model.deferred_queues() {
            let mut worth = std::mem::take(&mut self.takeover[queue]);
            worth.fill(0.0);
            for from in 0..model.slots {
                let units = self.service.booked(queue, from);
                if units.is_empty() {
                    continue;
                }
                let (mut earliest, mut latest) = (u32::MAX, 0);
                for &unit in units {
                    let unit = &model.units(queue)[unit as usize];
                    earliest = earliest.min(unit.release);
                    latest = latest.max(unit.due);
                }
                // Whoever takes over brings a whole agent's time: the first piece of it must not speak for all.
                let gain = self.service.gain_at(model, queue, from) / model.pieces(queue);
                let freed = self.freed_by_moving(model, queue, from, gain);
                let until = (latest as usize).min(model.slots);
                for (slot, worth) in worth
                    .iter_mut()
                    .enumerate()
                    .take(until)
                    .skip(earliest as usize)
                {
                    if slot != from {
                        *worth = worth.max(freed);
                    }
                }
            }
            self.takeover[queue] = worth;
        }
    }

    /// Money saved at `from` if one unit of deferred work booked there were done elsewhere, where the time for it gains so much.
    fn freed_by_moving(&self, model: &ServiceModel, queue: usize, from: usize, gain: f64) -> f64 {
        let units = self.service.booked(queue, from);
        let Some(&last) = units.last() else {
            return 0.0;
        };
        // People of less than full speed may do a part of it.
        let level = self.service.level(queue, from);
        let done = (level - (units.len() - 1) as f64).clamp(0.0, 1.0);
        let left = (1.0 - done) * model.units(queue)[last as usize].worth;
        left + done * gain
    }

    /// Moves deferred work into and out of slots that have changed, as long as each move pays.
    pub fn rebalance(&mut self, setting: &Setting, slots: &[usize]) {
        if slots.is_empty() {
            return;
        }
        let model = &setting.service;
        for &queue in model.deferred_queues() {
            let mut ledger = Ledger::around(self, model, queue, slots);
            for &slot in slots {
                for _ in 0..MOVES_AT_ONCE {
                    if !self.push_out(model, queue, slot, &mut ledger) {
                        break;
                    }
                }
                for _ in 0..MOVES_AT_ONCE {
                    if !self.pull_in(model, queue, slot, &mut ledger) {
                        break;
                    }
                }
            }
        }
    }

    fn push_out(
        &mut self,
        model: &ServiceModel,
        queue: usize,
        slot: usize,
        ledger: &mut Ledger,
    ) -> bool {
        let here = ledger.freed[slot];
        if here <= 1e-9 || here - 1e-6 <= ledger.least_loss {
            return false;
        }
        let Some(&unit) = self.service.booked(queue, slot).last() else {
            return false;
        };
        let span = model.units(queue)[unit as usize];
        let mut best = (here - 1e-6, None);
        for to in span.release as usize..(span.due as usize).min(model.slots) {
            if ledger.loss[to] < best.0 && to != slot {
                best = (ledger.loss[to], Some(to));
            }
        }
        let Some(to) = best.1 else { return false };
        self.move_if_better(model, queue, unit, to, ledger)
    }

    fn pull_in(
        &mut self,
        model: &ServiceModel,
        queue: usize,
        slot: usize,
        ledger: &mut Ledger,
    ) -> bool {
        let here = ledger.loss[slot];
        if here + 1e-6 >= ledger.most_freed {
            return false;
        }
        let reach = model.longest_wait(queue);
        let mut best = (here + 1e-6, None);
        for from in slot.saturating_sub(reach)..(slot + reach + 1).min(model.slots) {
            if ledger.freed[from] <= best.0 || from == slot {
                continue;
            }
            let fits = |unit: &&u32| {
                let span = &model.units(queue)[**unit as usize];
                (span.release..span.due).contains(&(slot as u32))
            };
            if let Some(&unit) = self.service.booked(queue, from).iter().rev().find(fits) {
                best = (ledger.freed[from], Some(unit));
            }
        }
        let Some(unit) = best.1 else { return false };
        self.move_if_better(model, queue, unit, slot, ledger)
    }

    /// Books deferred work elsewhere unless that turns out dearer, as it can where people of different speeds change places.
    fn move_if_better(
        &mut self,
        model: &ServiceModel,
        queue: usize,
        unit: u32,
        to: usize,
        ledger: &mut Ledger,
    ) -> bool {
        let (before, from) = (self.service.lost, self.service.place(queue, unit as usize));
        self.service.move_unit(model, queue, unit, to as u32);
        let better = self.service.lost < before - 1e-9;
        if better {
            ledger.enter(self, model, queue, from as usize);
            ledger.enter(self, model, queue, to);
        } else {
            self.service.move_unit(model, queue, unit, from);
        }
        better
    }
}
