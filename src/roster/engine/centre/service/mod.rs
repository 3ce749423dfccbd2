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

pub use model::ServiceModel;

use chains::{Mask, Moves, each};
use journal::Journal;

/// The split of everybody present over the queues, slot by slot.
#[derive(Debug, Clone)]
pub struct ServiceState {
    /// Grains of the agents of pool p at its k-th queue: `split[slot * stride + offset(p) + k]`.
    split: Vec<u16>,
    /// Agents (speeds summed) per slot and queue.
    level: Vec<f64>,
    /// Per deferred queue and slot: units booked there, dearest first.
    booked: Vec<Vec<Vec<u32>>>,
    place: Vec<Vec<u32>>,
    /// Derived per slot and queue: worth of one more, loss of one fewer.
    gain: Vec<f64>,
    loss: Vec<f64>,
    /// The same of the time that a piece of deferred work takes, per slot and deferred queue; empty where that is a whole agent's.
    piece_gain: Vec<f64>,
    piece_loss: Vec<f64>,
    stale: Vec<bool>,
    /// Per slot and queue: the queues to which somebody now there could move.
    moves: Vec<Mask>,
    /// Money lost to contacts not answered in time and work not done.
    pub lost: f64,
    journal: Journal,
}

impl ServiceState {
    /// Agents at a live queue in a slot, speeds summed; pieces of work that can be done at a deferred one.
    pub fn level(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.level[slot * model.queues + queue]
    }

    /// Agents at a queue in a slot: at live queues speeds summed, at deferred ones those who do as many pieces.
    pub fn agents(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.level(model, queue, slot) / model.pieces(queue)
    }

    /// Grains of a pool's agents at each of its queues in a slot, in the order of its skills.
    pub fn split(&self, model: &ServiceModel, pool: usize, slot: usize) -> &[u16] {
        let info = &model.pools[pool];
        &self.split[slot * model.stride + info.offset..][..info.skills.len()]
    }

    /// Money that one more agent of a pool saves in a slot.
    pub fn gain_of(&mut self, model: &ServiceModel, pool: usize, slot: usize) -> f64 {
        self.refresh(model, slot);
        let gains = &self.gain[slot * model.queues..][..model.queues];
        model.pools[pool]
            .skills
            .iter()
            .map(|&(queue, speed)| gains[queue] * speed / model.pieces[queue])
            .fold(0.0, f64::max)
    }

    /// Money lost if one agent of a pool that is at work in a slot left; exact where everybody works at full speed.
    pub fn loss_of(&mut self, model: &ServiceModel, pool: usize, slot: usize) -> f64 {
        self.refresh(model, slot);
        let losses = &self.loss[slot * model.queues..][..model.queues];
        let there = self.split(model, pool, slot).iter();
        there
            .zip(&model.pools[pool].skills)
            .filter(|(people, _)| **people > 0)
            .map(|(_, &(queue, speed))| losses[queue] * speed / model.pieces[queue])
            .fold(f64::INFINITY, f64::min)
    }

    /// Money lost if the time for one piece more of a deferred queue's work were taken from whatever is worth least in this slot.
    pub fn loss_by_piece(&mut self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.refresh(model, slot);
        self.by_piece(model).1[slot * model.queues + queue]
    }

    /// Money gained if the time for one piece of a deferred queue's work were free for whatever is worth most in this slot.
    pub fn gain_by_piece(&mut self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.refresh(model, slot);
        self.by_piece(model).0[slot * model.queues + queue]
    }

    /// Gains and losses of the time that a piece takes.
    fn by_piece(&self, model: &ServiceModel) -> (&[f64], &[f64]) {
        match model.whole {
            true => (&self.gain, &self.loss),
            false => (&self.piece_gain, &self.piece_loss),
        }
    }

    /// Money gained by one agent more who can reach this queue in this slot.
    pub fn gain_at(&mut self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.refresh(model, slot);
        self.gain[slot * model.queues + queue]
    }

    /// One more agent of `pool` at work in `slot`.
    pub fn add(&mut self, model: &ServiceModel, pool: usize, slot: usize) {
        if !model.whole {
            self.note(model, slot);
            let before = self.worth(model, slot);
            self.add_grains(model, pool, slot);
            self.lost -= self.worth(model, slot) - before;
            return;
        }
        self.refresh(model, slot);
        self.note(model, slot);
        let gains = &self.gain[slot * model.queues..][..model.queues];
        let entry = best_index(
            model.pools[pool]
                .skills
                .iter()
                .map(|&(queue, speed)| gains[queue] * speed),
        )
        .expect("a pool serves a queue");
        self.shift(model, slot, pool, entry, 1);
        let start = model.pools[pool].skills[entry].0;
        let end = self.best_end(model, slot, start);
        self.walk(model, slot, start, end);
        self.lost -= self.last_worth(model, end, slot);
    }

    /// One agent of `pool` fewer at work in `slot`.
    pub fn remove(&mut self, model: &ServiceModel, pool: usize, slot: usize) {
        if !model.whole {
            self.note(model, slot);
            let before = self.worth(model, slot);
            self.remove_grains(model, pool, slot);
            self.lost -= self.worth(model, slot) - before;
            return;
        }
        self.refresh(model, slot);
        self.note(model, slot);
        let losses = &self.loss[slot * model.queues..][..model.queues];
        let row = slot * model.stride + model.pools[pool].offset;
        let skills = model.pools[pool].skills.iter().enumerate();
        let exit = best_index(skills.map(|(k, &(queue, speed))| {
            if self.split[row + k] > 0 {
                -losses[queue] * speed
            } else {
                f64::NEG_INFINITY
            }
        }))
        .expect("a pool serves a queue");
        debug_assert!(self.split[row + exit] > 0);
        self.shift(model, slot, pool, exit, -1);
        let gap = model.pools[pool].skills[exit].0;
        // Whoever can reach the gap and is missed least where they are now moves up.
        let (mut least, mut from) = (self.next_worth(model, gap, slot), gap);
        let able = self.moves(model, slot).reach_back(gap) & !(1 << gap);
        each(able, |queue| {
            let missed = self.last_worth(model, queue, slot);
            if missed < least - 1e-12 {
                (least, from) = (missed, queue);
            }
        });
        self.walk(model, slot, from, gap);
        self.lost += least;
    }

    /// Worth of one agent more at a queue.
    fn next_worth(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        let level = self.level[slot * model.queues + queue];
        self.nth_worth(model, queue, slot, level as usize)
    }

    /// Worth of the last agent at a queue; infinite where there is none to take away.
    fn last_worth(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        let level = self.level[slot * model.queues + queue];
        if level <= 0.0 {
            return f64::INFINITY;
        }
        self.nth_worth(model, queue, slot, level as usize - 1)
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

    fn worth(&self, model: &ServiceModel, slot: usize) -> f64 {
        (0..model.queues)
            .map(|queue| self.worth_of(model, queue, slot, self.level[slot * model.queues + queue]))
            .sum()
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
        let level = &mut self.level[at];
        *level = (*level + f64::from(by) * model.grain() * speed).max(0.0);
        if *level < 1e-9 {
            *level = 0.0;
        }
    }

    fn moves<'a>(&'a self, model: &ServiceModel, slot: usize) -> Moves<'a> {
        Moves(&self.moves[slot * model.queues..][..model.queues])
    }

    /// Where a chain that begins with the newcomer at `start` ends best; at `start` itself if nobody need move on.
    fn best_end(&self, model: &ServiceModel, slot: usize, start: usize) -> usize {
        let (mut best, mut end) = (self.last_worth(model, start, slot), start);
        let reach = self.moves(model, slot).reach_along(start) & !(1 << start);
        each(reach, |queue| {
            let value = self.next_worth(model, queue, slot);
            if value > best + 1e-12 {
                (best, end) = (value, queue);
            }
        });
        end
    }

    /// Moves one agent along a shortest chain of queues from `start` to `end`.
    fn walk(&mut self, model: &ServiceModel, slot: usize, start: usize, end: usize) {
        if start == end {
            return;
        }
        let came = self.moves(model, slot).shortest(start, end);
        let mut to = end;
        while to != start && came[to] != usize::MAX {
            let from = came[to];
            let row = slot * model.stride;
            let mover = model.servers[from].iter().find(|&&(pool, cell)| {
                self.split[row + cell] > 0 && model.pools[pool].mask >> to & 1 == 1
            });
            let &(pool, cell) = mover.expect("the chain was found along movers");
            let info = &model.pools[pool];
            let there = info.skills.iter().position(|&(queue, _)| queue == to);
            self.shift(model, slot, pool, cell - info.offset, -1);
            self.shift(
                model,
                slot,
                pool,
                there.expect("the mover serves the queue"),
                1,
            );
            to = from;
        }
    }

    fn refresh(&mut self, model: &ServiceModel, slot: usize) {
        if !self.stale[slot] {
            return;
        }
        self.stale[slot] = false;
        let row = slot * model.queues..(slot + 1) * model.queues;
        if !model.whole {
            self.refresh_by_grains(model, slot);
            return;
        }
        for (queue, at) in row.clone().enumerate() {
            self.gain[at] = self.next_worth(model, queue, slot);
            self.loss[at] = self.last_worth(model, queue, slot);
        }
        let moves = Moves(&self.moves[row.clone()]);
        moves.raise_gains(&mut self.gain[row.clone()]);
        moves.lower_losses(&mut self.loss[row]);
    }
}

fn best_index(values: impl Iterator<Item = f64>) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (index, value) in values.enumerate() {
        if best.is_none_or(|(_, top)| value > top) {
            best = Some((index, value));
        }
    }
    best.map(|(index, _)| index)
}

#[cfg(test)]
mod tests;
