//! What of a tour must stay: in which slots the person is at work already, on which task, and in which they are off.

use super::TaskRules;
use crate::roster::engine::columns::problem::Column;

/// Per slot, what a tour may still do there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Slot {
    Free,
    Off,
    On(usize),
}

/// The settled slots of a tour. Nothing is settled in an empty one.
#[derive(Debug)]
pub struct Kept {
    slots: Vec<Slot>,
    /// `worked[slot]` = settled slots at work before it.
    worked: Vec<u32>,
}

impl Kept {
    /// `period` = period of each slot; `keep` = a tour with the periods that are free.
    pub fn new(rules: &TaskRules, period: &[u32], keep: Option<(&Column, &[bool])>) -> Kept {
        let mut slots = vec![Slot::Free; rules.slots()];
        if let Some((column, free)) = keep {
            for (slot, kind) in slots.iter_mut().enumerate() {
                if !free[period[slot] as usize] {
                    *kind = Slot::Off;
                }
            }
            for &cell in &column.cells {
                let (slot, task) = (cell as usize / rules.tasks, cell as usize % rules.tasks);
                if slots[slot] == Slot::Off {
                    slots[slot] = Slot::On(task);
                }
            }
        }
        let mut worked = Vec::with_capacity(slots.len() + 1);
        worked.push(0);
        for kind in &slots {
            let so_far = worked[worked.len() - 1];
            worked.push(so_far + u32::from(matches!(kind, Slot::On(_))));
        }
        Kept { slots, worked }
    }

    /// Whether the person may be on this task then.
    pub fn allows(&self, slot: usize, task: usize) -> bool {
        match self.slots[slot] {
            Slot::Free => true,
            Slot::Off => false,
            Slot::On(settled) => settled == task,
        }
    }

    /// Whether nothing is settled as worked from `from` up to `to`, which may lie outside the horizon.
    pub fn idle(&self, from: usize, to: usize) -> bool {
        let last = self.slots.len();
        self.worked[from.min(last)] == self.worked[to.min(last)]
    }

    /// Slots settled as worked from this one on.
    pub fn work_from(&self, slot: usize) -> usize {
        (self.worked[self.slots.len()] - self.worked[slot]) as usize
    }

    /// Whether work is settled in this slot.
    pub fn on(&self, slot: usize) -> bool {
        matches!(self.slots[slot], Slot::On(_))
    }

    /// Whether the person may be at work from `from` up to `to`.
    pub fn may_work(&self, from: usize, to: usize) -> bool {
        !self.slots[from..to].contains(&Slot::Off)
    }
}
