//! Who serves what in every slot: people on shift with the same skills are a pool, each pool is split over its queues so that the slot is worth
//! most, and nobody is counted twice.
//!
//! Within a slot the best split is kept by exchange: a newcomer starts a chain of moves that ends in the queue where one more is worth most, a
//! leaver one that ends where one fewer costs least. For whole agents of full speed that is exact, because the worths are concave
//! (a flow with concave gains, so the best chain of single moves leads from one optimum to the next). Where speeds differ, time is dealt out in parts
//! of a person (`grains`).

mod bookings;
mod chains;
mod grains;
mod journal;
mod model;
mod resplit;
mod sheet;

pub use model::ServiceModel;

use chains::{Mask, Moves, each};
use journal::Journal;
use sheet::{Figure, Sheet};

/// The split of everybody present over the queues, slot by slot.
#[derive(Debug, Clone)]
pub struct ServiceState {
    /// Grains of the agents of pool p at its k-th queue: `split[slot * stride + offset(p) + k]`.
    split: Vec<u16>,
    figures: Sheet,
    /// Per deferred queue and slot: units booked there, dearest first.
    booked: Vec<Vec<Vec<u32>>>,
    place: Vec<Vec<u32>>,
    stale: Vec<Stale>,
    /// Per slot and queue: the queues to which somebody now there could move.
    moves: Vec<Mask>,
    /// Money lost to contacts not answered in time and work not done.
    pub lost: f64,
    journal: Journal,
}

/// The queues whose gains and losses in a slot are to be worked out anew.
#[derive(Debug, Clone, Copy)]
struct Stale {
    gains: Mask,
    losses: Mask,
}

impl Stale {
    const ALL: Stale = Stale {
        gains: Mask::MAX,
        losses: Mask::MAX,
    };
}

impl ServiceState {
    /// Agents at a live queue in a slot, speeds summed; pieces of work that can be done at a deferred one.
    pub fn level(&self, queue: usize, slot: usize) -> f64 {
        self.figures.get(Figure::Level, queue, slot)
    }

    /// Agents at a queue in a slot: at live queues speeds summed, at deferred ones those who do as many pieces.
    pub fn agents(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.level(queue, slot) / model.pieces(queue)
    }

    /// Grains of a pool's agents at each of its queues in a slot, in the order of its skills.
    pub fn split(&self, model: &ServiceModel, pool: usize, slot: usize) -> &[u16] {
        let info = &model.pools[pool];
        &self.split[slot * model.stride + info.offset..][..info.skills.len()]
    }

    /// Money that one more agent of a pool saves in a slot.
    pub fn gain_of(&mut self, model: &ServiceModel, pool: usize, slot: usize) -> f64 {
        let info = &model.pools[pool];
        if model.whole {
            return self.most_wanted(model, slot, info.mask).0.max(0.0);
        }
        for &(queue, _) in &info.skills {
            self.refresh_gain(model, queue, slot);
        }
        let gains = self.figures.row(Figure::Gain, slot);
        (info.skills.iter())
            .map(|&(queue, speed)| gains[queue] * speed / model.pieces[queue])
            .fold(0.0, f64::max)
    }

    /// Money lost if one agent of a pool that is at work in a slot left; exact where everybody works at full speed.
    pub fn loss_of(&mut self, model: &ServiceModel, pool: usize, slot: usize) -> f64 {
        let info = &model.pools[pool];
        if model.whole {
            let exits = self.occupied(model, pool, slot);
            return self.least_missed(model, slot, exits).0;
        }
        for &(queue, _) in &info.skills {
            self.refresh_loss(model, queue, slot);
        }
        let losses = self.figures.row(Figure::Loss, slot);
        let there = self.split(model, pool, slot).iter();
        there
            .zip(&info.skills)
            .filter(|(people, _)| **people > 0)
            .map(|(_, &(queue, speed))| losses[queue] * speed / model.pieces[queue])
            .fold(f64::INFINITY, f64::min)
    }

    /// Money lost if the time for one piece more of a deferred queue's work were taken from whatever is worth least in this slot.
    pub fn loss_by_piece(&mut self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.refresh_loss(model, queue, slot);
        let loss = if model.whole {
            Figure::Loss
        } else {
            Figure::PieceLoss
        };
        self.figures.get(loss, queue, slot)
    }

    /// Money gained if the time for one piece of a deferred queue's work were free for whatever is worth most in this slot.
    pub fn gain_by_piece(&mut self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.refresh_gain(model, queue, slot);
        let gain = if model.whole {
            Figure::Gain
        } else {
            Figure::PieceGain
        };
        self.figures.get(gain, queue, slot)
    }

    /// Money gained by one agent more who can reach this queue in this slot.
    pub fn gain_at(&mut self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.refresh_gain(model, queue, slot);
        self.figures.get(Figure::Gain, queue, slot)
    }

    /// One more agent of `pool` at work in `slot`.
    pub fn add(&mut self, model: &ServiceModel, pool: usize, slot: usize) {
        self.note(model, slot);
        if !model.whole {
            self.add_grains(model, pool, slot);
            return;
        }
        let mask = model.pools[pool].mask;
        let (_, end) = self.most_wanted(model, slot, mask);
        let (entry, _) = self.walk(model, slot, mask, 1 << end);
        self.shift(model, slot, pool, model.skill_at(pool, entry), 1);
    }

    /// One agent of `pool` fewer at work in `slot`.
    pub fn remove(&mut self, model: &ServiceModel, pool: usize, slot: usize) {
        self.note(model, slot);
        if !model.whole {
            self.remove_grains(model, pool, slot);
            return;
        }
        let exits = self.occupied(model, pool, slot);
        // Whoever is missed least among those who can reach the gap moves up.
        let (_, from) = self.least_missed(model, slot, exits);
        let (_, exit) = self.walk(model, slot, 1 << from, exits);
        self.shift(model, slot, pool, model.skill_at(pool, exit), -1);
    }

    /// Queues at which people of a pool are.
    fn occupied(&self, model: &ServiceModel, pool: usize, slot: usize) -> Mask {
        let there = self.split(model, pool, slot).iter();
        there
            .zip(&model.pools[pool].skills)
            .filter(|(people, _)| **people > 0)
            .fold(0, |mask, (_, (queue, _))| mask | 1 << queue)
    }

    /// The queue where one agent more is worth most among those that a chain from any of `starts` reaches, with that worth; nobody is moved for nothing.
    fn most_wanted(&self, model: &ServiceModel, slot: usize, starts: Mask) -> (f64, usize) {
        let next = self.figures.row(Figure::Next, slot);
        let (mut best, mut end) = (f64::NEG_INFINITY, 0);
        let mut look = |queue: usize| {
            if next[queue] > best + 1e-12 {
                (best, end) = (next[queue], queue);
            }
        };
        each(starts, &mut look);
        each(self.moves(model, slot).reach_along(starts) & !starts, look);
        (best, end)
    }

    /// The queue whose last agent is missed least among those from which a chain reaches any of `gaps`, with that worth; nobody is moved for nothing.
    fn least_missed(&self, model: &ServiceModel, slot: usize, gaps: Mask) -> (f64, usize) {
        let last = self.figures.row(Figure::Last, slot);
        let (mut least, mut from) = (f64::INFINITY, 0);
        let mut look = |queue: usize| {
            if last[queue] < least - 1e-12 {
                (least, from) = (last[queue], queue);
            }
        };
        each(gaps, &mut look);
        each(self.moves(model, slot).reach_back(gaps) & !gaps, look);
        (least, from)
    }

    /// Looks again at what a queue's agents are worth, and with that at what is lost.
    fn look(&mut self, model: &ServiceModel, queue: usize, slot: usize) {
        let level = self.level(queue, slot);
        let (next, last) = if model.whole {
            let (there, before) = (level as usize, (level as usize).checked_sub(1));
            let last = before.map_or(f64::INFINITY, |n| self.nth_worth(model, queue, slot, n));
            (self.nth_worth(model, queue, slot, there), last)
        } else {
            (
                self.worth_above(model, queue, slot),
                self.worth_below(model, queue, slot),
            )
        };
        let worth = self.worth_of(model, queue, slot, level);
        self.lost -= worth - self.figures.get(Figure::Worth, queue, slot);
        self.figures.set(Figure::Worth, queue, slot, worth);
        self.figures.set(Figure::Next, queue, slot, next);
        self.figures.set(Figure::Last, queue, slot, last);
    }

    fn nth_worth(&self, model: &ServiceModel, queue: usize, slot: usize, n: usize) -> f64 {
        match &model.live[queue] {
            Some(live) => live.worth[slot].get(n).copied().unwrap_or(0.0),
            None => {
                let unit = self.booked[queue][slot].get(n);
                unit.map_or(0.0, |unit| model.units[queue][*unit as usize].worth)
            }
        }
    }

    /// Worth of so many agents at a queue.
    pub fn worth_of(&self, model: &ServiceModel, queue: usize, slot: usize, level: f64) -> f64 {
        if level <= 0.0 {
            return 0.0;
        }
        match &model.live[queue] {
            Some(live) => {
                let (sums, worth) = (&live.sums[slot], &live.worth[slot]);
                let whole = (level + 1e-9) as usize;
                if whole >= worth.len() {
                    return sums[worth.len()];
                }
                sums[whole] + (level - whole as f64).max(0.0) * worth[whole]
            }
            None => {
                let units = &self.booked[queue][slot];
                let mut sum = 0.0;
                let mut left = level;
                for unit in units {
                    sum += model.units[queue][*unit as usize].worth * left.min(1.0);
                    left -= 1.0;
                    if left <= 1e-9 {
                        break;
                    }
                }
                sum
            }
        }
    }

    fn shift(&mut self, model: &ServiceModel, slot: usize, pool: usize, skill: usize, by: i32) {
        let (queue, speed) = model.pools[pool].skills[skill];
        let row = slot * model.stride;
        let cell = &mut self.split[row + model.pools[pool].offset + skill];
        *cell = (i32::from(*cell) + by) as u16;
        let (count, at) = (*cell, slot * model.queues + queue);
        if count == 0 {
            let stay = model.servers[queue].iter();
            self.moves[at] = stay
                .filter(|(_, cell)| self.split[row + cell] > 0)
                .fold(0, |mask, &(pool, _)| mask | model.pools[pool].mask);
        } else if by > 0 {
            self.moves[at] |= model.pools[pool].mask;
        }
        let level = self.level(queue, slot) + f64::from(by) * model.grain() * speed;
        let level = if level < 1e-9 { 0.0 } else { level };
        self.figures.set(Figure::Level, queue, slot, level);
        self.look(model, queue, slot);
    }

    fn moves<'a>(&'a self, model: &ServiceModel, slot: usize) -> Moves<'a> {
        Moves(&self.moves[slot * model.queues..][..model.queues])
    }

    /// Moves one agent along each step of a shortest chain from any of `starts` to any of `ends`; the queues between which it was found.
    fn walk(
        &mut self,
        model: &ServiceModel,
        slot: usize,
        starts: Mask,
        ends: Mask,
    ) -> (usize, usize) {
        let chain = self.moves(model, slot).shortest(starts, ends);
        let mut to = chain.end;
        while starts >> to & 1 == 0 {
            let from = chain.before(to);
            let row = slot * model.stride;
            let mover = model.servers[from].iter().find(|&&(pool, cell)| {
                self.split[row + cell] > 0 && model.pools[pool].mask >> to & 1 == 1
            });
            let &(pool, cell) = mover.expect("the chain was found along movers");
            self.shift(model, slot, pool, cell - model.pools[pool].offset, -1);
            self.shift(model, slot, pool, model.skill_at(pool, to), 1);
            to = from;
        }
        (to, chain.end)
    }

    fn refresh_gain(&mut self, model: &ServiceModel, queue: usize, slot: usize) {
        if self.stale[slot].gains >> queue & 1 == 0 {
            return;
        }
        self.stale[slot].gains &= !(1 << queue);
        if model.whole {
            let gain = self.most_wanted(model, slot, 1 << queue).0;
            self.figures.set(Figure::Gain, queue, slot, gain);
        } else {
            self.gain_again(model, queue, slot);
        }
    }

    fn refresh_loss(&mut self, model: &ServiceModel, queue: usize, slot: usize) {
        if self.stale[slot].losses >> queue & 1 == 0 {
            return;
        }
        self.stale[slot].losses &= !(1 << queue);
        if model.whole {
            let loss = self.least_missed(model, slot, 1 << queue).0;
            self.figures.set(Figure::Loss, queue, slot, loss);
        } else {
            self.loss_again(model, queue, slot);
        }
    }
}

#[cfg(test)]
mod tests;
