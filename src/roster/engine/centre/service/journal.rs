//! What a transaction on the service must put back: rows of the slots it touched, one after the other in flat buffers that are used again.

use super::chains::Mask;
use super::model::ServiceModel;
use super::{ServiceState, Stale};

#[derive(Debug, Clone, Default)]
pub(super) struct Journal {
    open: bool,
    noted: Vec<bool>,
    slots: Vec<u32>,
    /// Queues whose gains and losses in the slot had to be worked out anew.
    stale: Vec<Stale>,
    splits: Vec<u16>,
    moves: Vec<Mask>,
    figures: Vec<f64>,
    /// Deferred work: queue, unit, and where it was booked.
    bookings: Vec<(usize, u32, u32)>,
    lost: f64,
}

impl Journal {
    fn clear(&mut self, slots: usize) {
        self.noted.resize(slots, false);
        for slot in self.slots.drain(..) {
            self.noted[slot as usize] = false;
        }
        self.stale.clear();
        self.splits.clear();
        self.moves.clear();
        self.figures.clear();
        self.bookings.clear();
    }

    pub(super) fn booked(&mut self, queue: usize, unit: u32, from: u32) {
        if self.open {
            self.bookings.push((queue, unit, from));
        }
    }
}

impl ServiceState {
    /// Starts a transaction: everything from here is undone by `rollback` or kept by `commit`.
    pub fn begin(&mut self, model: &ServiceModel) {
        self.journal.clear(model.slots);
        self.journal.lost = self.lost;
        self.journal.open = true;
    }

    pub fn commit(&mut self) {
        self.journal.open = false;
    }

    pub fn rollback(&mut self, model: &ServiceModel) {
        if !self.journal.open {
            return;
        }
        self.journal.open = false;
        let bookings = std::mem::take(&mut self.journal.bookings);
        for &(queue, unit, from) in bookings.iter().rev() {
            self.rebook(model, queue, unit, from);
        }
        self.journal.bookings = bookings;
        let (stride, queues, figures) = (model.stride, model.queues, self.figures.stride());
        let journal = &self.journal;
        for (row, &slot) in journal.slots.iter().enumerate() {
            let slot = slot as usize;
            self.split[slot * stride..][..stride]
                .copy_from_slice(&journal.splits[row * stride..][..stride]);
            let at = slot * queues..(slot + 1) * queues;
            self.moves[at].copy_from_slice(&journal.moves[row * queues..][..queues]);
            self.figures
                .put_back(slot, &journal.figures[row * figures..][..figures]);
            self.stale[slot] = journal.stale[row];
        }
        self.lost = journal.lost;
    }

    /// Slots touched in the running transaction.
    pub fn touched(&self) -> Vec<usize> {
        let slots = self.journal.slots.iter();
        slots.map(|&slot| slot as usize).collect()
    }

    /// Remembers a slot as it was when the transaction began; its gains and losses are to be worked out anew.
    pub(super) fn note(&mut self, model: &ServiceModel, slot: usize) {
        let journal = &mut self.journal;
        if journal.open && !journal.noted[slot] {
            journal.noted[slot] = true;
            journal.slots.push(slot as u32);
            journal.stale.push(self.stale[slot]);
            let row = slot * model.stride..(slot + 1) * model.stride;
            journal.splits.extend_from_slice(&self.split[row]);
            let row = slot * model.queues..(slot + 1) * model.queues;
            journal.moves.extend_from_slice(&self.moves[row]);
            journal.figures.extend_from_slice(self.figures.slot(slot));
        }
        self.stale[slot] = Stale::ALL;
    }
}
