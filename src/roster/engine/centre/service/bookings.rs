//! In which slot each unit of deferred work is done.

use super::model::ServiceModel;
use super::sheet::Figure;
use super::{ServiceState, Stale};

impl ServiceState {
    /// Slot in which a unit of deferred work is booked.
    pub fn place(&self, queue: usize, unit: usize) -> u32 {
        self.place[queue][unit]
    }

    /// Slot of each unit of deferred work, per queue.
    pub fn places(&self) -> &[Vec<u32>] {
        &self.place
    }

    pub fn booked(&self, queue: usize, slot: usize) -> &[u32] {
        &self.booked[queue][slot]
    }

    /// Books a unit of deferred work in another slot and lets both slots settle.
    pub fn move_unit(&mut self, model: &ServiceModel, queue: usize, unit: u32, to: u32) {
        let from = self.place[queue][unit as usize];
        for slot in [from as usize, to as usize] {
            self.note(model, slot);
        }
        self.journal.booked(queue, unit, from);
        self.rebook(model, queue, unit, to);
        self.settle(model, queue, from as usize, false);
        self.settle(model, queue, to as usize, true);
    }

    pub(super) fn rebook(&mut self, model: &ServiceModel, queue: usize, unit: u32, to: u32) {
        let from = self.place[queue][unit as usize];
        self.booked[queue][from as usize].retain(|&other| other != unit);
        self.booked[queue][to as usize].push(unit);
        model.sort_units(queue, &mut self.booked[queue][to as usize]);
        self.place[queue][unit as usize] = to;
        for slot in [from as usize, to as usize] {
            self.stale[slot] = Stale::ALL;
            self.look(model, queue, slot);
        }
    }

    /// After a queue's work in a slot grew (`more`) or shrank, moves one agent to or from it if that pays.
    fn settle(&mut self, model: &ServiceModel, queue: usize, slot: usize, more: bool) {
        if !model.whole {
            self.settle_grains(model, queue, slot, more);
        } else if more {
            let gain = self.figures.get(Figure::Next, queue, slot);
            let (loss, from) = self.least_missed(model, slot, 1 << queue);
            if from != queue && gain > loss + 1e-12 {
                self.walk(model, slot, 1 << from, 1 << queue);
            }
        } else if self.level(queue, slot) > 0.0 {
            let (gain, end) = self.most_wanted(model, slot, 1 << queue);
            if end != queue && gain > self.figures.get(Figure::Last, queue, slot) + 1e-12 {
                self.walk(model, slot, 1 << queue, 1 << end);
            }
        }
        self.stale[slot] = Stale::ALL;
    }
}
