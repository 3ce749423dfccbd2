//! In which slot each unit of deferred work is done.

use super::ServiceState;
use super::model::ServiceModel;

impl ServiceState {
    /// Slot in which a unit of deferred work is booked.
    pub fn place(&self, queue: usize, unit: usize) -> u32 {
        self.place[queue][unit]
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
        let before = self.worth(model, from as usize) + self.worth(model, to as usize);
        self.journal.booked(queue, unit, from);
        self.rebook(model, queue, unit, to);
        self.settle(model, queue, from as usize, false);
        self.settle(model, queue, to as usize, true);
        let after = self.worth(model, from as usize) + self.worth(model, to as usize);
        self.lost -= after - before;
    }

    pub(super) fn rebook(&mut self, model: &ServiceModel, queue: usize, unit: u32, to: u32) {
        let from = self.place[queue][unit as usize];
        self.booked[queue][from as usize].retain(|&other| other != unit);
        self.booked[queue][to as usize].push(unit);
        model.sort_units(queue, &mut self.booked[queue][to as usize]);
        self.place[queue][unit as usize] = to;
        self.stale[from as usize] = true;
        self.stale[to as usize] = true;
    }

    /// After a queue's work in a slot grew (`more`) or shrank, moves one agent to or from it if that pays.
    fn settle(&mut self, model: &ServiceModel, queue: usize, slot: usize, more: bool) {
        if !model.whole {
            self.settle_grains(model, queue, slot, more);
        } else if more {
            let gain = self.next_worth(model, queue, slot);
            let able = self.moves(model, slot).reach_back(queue) & !(1 << queue);
            let giver = (0..model.queues)
                .filter(|&from| {
                    able >> from & 1 == 1 && self.level[slot * model.queues + from] > 0.0
                })
                .map(|from| (self.last_worth(model, from, slot), from))
                .min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            if let Some((loss, from)) = giver
                && gain > loss + 1e-12
            {
                self.walk(model, slot, from, queue);
            }
        } else if self.level[slot * model.queues + queue] > 0.0 {
            let end = self.best_end(model, slot, queue);
            self.walk(model, slot, queue, end);
        }
        self.stale[slot] = true;
    }
}
