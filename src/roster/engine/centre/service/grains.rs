//! Where people are of different speeds, everybody's time in a slot is dealt out in grains: a slow phone call is followed by a chat within the same slot.
//!
//! Whole people of speed 0.9 would leave a tenth of an agent missing here and too much there. Grains are pushed along chains of moves as far as what one
//! more is worth stays the same; that is exact where everybody has one speed at all of their queues (successive best chains of a concave flow).

use super::ServiceState;
use super::chains::{MOST_QUEUES, Mask, each};
use super::model::ServiceModel;
use super::sheet::Figure;

/// Pushes tried after a piece of deferred work has been booked elsewhere.
const MOST_PUSHES: usize = 6;

/// A move along a chain: the pool that moves, the cells that it leaves and enters.
#[derive(Clone, Copy)]
struct Step {
    pool: usize,
    from: usize,
    to: usize,
}

impl ServiceState {
    pub(super) fn add_grains(&mut self, model: &ServiceModel, pool: usize, slot: usize) {
        let mut left = model.grains;
        while left > 0 {
            let above = self.figures.row(Figure::Next, slot);
            let top = above.iter().copied().fold(0.0, f64::max);
            let (mut entry, mut end, mut best) = (0, 0, f64::NEG_INFINITY);
            for (skill, &(queue, speed)) in model.pools[pool].skills.iter().enumerate() {
                // Nobody is moved for nothing: the queue itself comes first.
                let value = speed / model.pieces[queue] * above[queue];
                if value > best {
                    (entry, end, best) = (skill, queue, value);
                }
                if speed / model.pieces[queue] * top <= best {
                    continue;
                }
                each(self.moves(model, slot).reach_along(1 << queue), |reached| {
                    let value = speed / model.pieces[queue] * above[reached];
                    if value > best + 1e-12 {
                        (entry, end, best) = (skill, reached, value);
                    }
                });
            }
            let start = model.pools[pool].skills[entry].0;
            let chain = self.chain(model, slot, start, end);
            let speed = match chain.first() {
                Some(last) => model.pools[last.pool].skills[last.to].1,
                None => model.pools[pool].skills[entry].1,
            };
            let many = self.bearable(model, slot, &chain);
            let many = many.min(model.grains_up(self.level(end, slot), speed));
            let many = many.min(left);
            self.shift(model, slot, pool, entry, many as i32);
            self.follow(model, slot, &chain, many);
            self.settle_along(model, slot, &chain);
            left -= many;
        }
    }

    pub(super) fn remove_grains(&mut self, model: &ServiceModel, pool: usize, slot: usize) {
        let mut left = model.grains;
        while left > 0 {
            let row = slot * model.stride + model.pools[pool].offset;
            let below = self.figures.row(Figure::Last, slot);
            let bottom = below.iter().copied().fold(f64::INFINITY, f64::min);
            let (mut exit, mut from, mut least) = (usize::MAX, 0, f64::INFINITY);
            for (skill, &(queue, speed)) in model.pools[pool].skills.iter().enumerate() {
                if self.split[row + skill] == 0 {
                    continue;
                }
                let value = speed / model.pieces[queue] * below[queue];
                if exit == usize::MAX || value < least {
                    (exit, from, least) = (skill, queue, value);
                }
                if speed / model.pieces[queue] * bottom >= least {
                    continue;
                }
                each(self.moves(model, slot).reach_back(1 << queue), |giver| {
                    let value = speed / model.pieces[queue] * below[giver];
                    if value < least - 1e-12 {
                        (exit, from, least) = (skill, giver, value);
                    }
                });
            }
            let gap = model.pools[pool].skills[exit].0;
            let there = u32::from(self.split[row + exit]);
            let chain = self.chain(model, slot, from, gap);
            let speed = match chain.last() {
                Some(first) => model.pools[first.pool].skills[first.from].1,
                None => model.pools[pool].skills[exit].1,
            };
            let many = self.bearable(model, slot, &chain);
            let many = many.min(model.grains_down(self.level(from, slot), speed));
            let many = many.min(left).min(there);
            self.follow(model, slot, &chain, many);
            self.shift(model, slot, pool, exit, -(many as i32));
            self.settle_along(model, slot, &chain);
            left -= many;
        }
    }

    /// Who made room or moved up may be slower or faster than who came or left: the queues of a chain are looked at again.
    fn settle_along(&mut self, model: &ServiceModel, slot: usize, chain: &[Step]) {
        let queue_of = |pool: usize, skill: usize| model.pools[pool].skills[skill].0;
        let touched = chain.iter().fold(0 as Mask, |mask, step| {
            mask | 1 << queue_of(step.pool, step.from) | 1 << queue_of(step.pool, step.to)
        });
        each(touched, |queue| {
            self.settle_grains(model, queue, slot, true);
            self.settle_grains(model, queue, slot, false);
        });
    }

    /// After a queue's work in a slot grew (`more`) or shrank, moves grains to or from it as long as that pays.
    pub(super) fn settle_grains(
        &mut self,
        model: &ServiceModel,
        queue: usize,
        slot: usize,
        more: bool,
    ) {
        for _ in 0..MOST_PUSHES {
            let (mut other, mut best) = (queue, 1e-9);
            if more {
                let worth = self.figures.get(Figure::Next, queue, slot);
                let below = self.figures.row(Figure::Last, slot);
                // Who can come is asked only where somebody would be worth more here.
                if below.iter().all(|lost| worth <= lost + best) {
                    return;
                }
                each(self.moves(model, slot).reach_back(1 << queue), |giver| {
                    let gain = worth - below[giver];
                    if giver != queue && gain > best {
                        (other, best) = (giver, gain);
                    }
                });
            } else if self.level(queue, slot) > 0.0 {
                let worth = self.figures.get(Figure::Last, queue, slot);
                let above = self.figures.row(Figure::Next, slot);
                if above.iter().all(|won| *won <= worth + best) {
                    return;
                }
                each(self.moves(model, slot).reach_along(1 << queue), |taker| {
                    let gain = above[taker] - worth;
                    if taker != queue && gain > best {
                        (other, best) = (taker, gain);
                    }
                });
            }
            if other == queue {
                return;
            }
            let (from, to) = if more { (other, queue) } else { (queue, other) };
            self.pass(model, slot, from, to);
        }
    }

    /// Moves as many grains along a chain as are worth the same.
    fn pass(&mut self, model: &ServiceModel, slot: usize, from: usize, to: usize) {
        let chain = self.chain(model, slot, from, to);
        let (Some(last), Some(first)) = (chain.first(), chain.last()) else {
            return;
        };
        let leaving = model.pools[first.pool].skills[first.from].1;
        let coming = model.pools[last.pool].skills[last.to].1;
        let many = (self.bearable(model, slot, &chain))
            .min(model.grains_down(self.level(from, slot), leaving))
            .min(model.grains_up(self.level(to, slot), coming));
        self.follow(model, slot, &chain, many);
    }

    /// What one agent more at a queue comes to, and the time for one piece more of deferred work.
    pub(super) fn gain_again(&mut self, model: &ServiceModel, queue: usize, slot: usize) {
        let reach = self.moves(model, slot).reach_along(1 << queue);
        let gain = self.gain_by_grains(model, reach, slot, 1.0);
        self.figures.set(Figure::Gain, queue, slot, gain);
        if model.live[queue].is_none() {
            let gain = self.gain_by_grains(model, reach, slot, 1.0 / model.pieces[queue]);
            self.figures.set(Figure::PieceGain, queue, slot, gain);
        }
    }

    /// The same of one fewer.
    pub(super) fn loss_again(&mut self, model: &ServiceModel, queue: usize, slot: usize) {
        let reach = self.moves(model, slot).reach_back(1 << queue);
        let loss = self.loss_by_grains(model, reach, slot, 1.0);
        self.figures.set(Figure::Loss, queue, slot, loss);
        if model.live[queue].is_none() {
            let loss = self.loss_by_grains(model, reach, slot, 1.0 / model.pieces[queue]);
            self.figures.set(Figure::PieceLoss, queue, slot, loss);
        }
    }

    /// Worth of so much of an agent's time more, dealt out to where it is worth most among the queues within reach.
    fn gain_by_grains(&self, model: &ServiceModel, reach: Mask, slot: usize, time: f64) -> f64 {
        let mut given = [0.0; MOST_QUEUES];
        let (mut left, mut sum) = (time, 0.0);
        while left > 1e-6 {
            let (mut to, mut best) = (0, 0.0);
            each(reach, |at| {
                let level = self.level(at, slot) + given[at];
                let worth =
                    self.nth_worth(model, at, slot, (level + 1e-6) as usize) * model.pieces[at];
                if worth > best {
                    (to, best) = (at, worth);
                }
            });
            if best <= 0.0 {
                break;
            }
            let level = self.level(to, slot) + given[to];
            let pieces = model.pieces[to];
            let part = (((level + 1e-6).floor() + 1.0 - level) / pieces).min(left);
            sum += best * part;
            given[to] += part * pieces;
            left -= part;
        }
        sum
    }

    /// What is lost by so much of an agent's time less when it is taken where it is missed least among the queues within reach; infinite where there is too little.
    fn loss_by_grains(&self, model: &ServiceModel, reach: Mask, slot: usize, time: f64) -> f64 {
        let mut taken = [0.0; MOST_QUEUES];
        let (mut left, mut sum) = (time, 0.0);
        while left > 1e-6 {
            let (mut from, mut least) = (0, f64::INFINITY);
            each(reach, |at| {
                let level = self.level(at, slot) - taken[at];
                if level > 1e-6 {
                    let last = (level - 1e-6) as usize;
                    let worth = self.nth_worth(model, at, slot, last) * model.pieces[at];
                    if worth < least {
                        (from, least) = (at, worth);
                    }
                }
            });
            if least == f64::INFINITY {
                return least;
            }
            let level = self.level(from, slot) - taken[from];
            let pieces = model.pieces[from];
            let part = ((level - ((level - 1e-6) as usize) as f64) / pieces).min(left);
            sum += least * part;
            taken[from] += part * pieces;
            left -= part;
        }
        sum
    }

    /// Worth of the next grain of full speed, as money per agent.
    pub(super) fn worth_above(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        let level = self.level(queue, slot);
        let n = (level + 1e-9) as usize;
        self.grain_worth(model, (queue, slot), (n + 1) as f64 - level, n, Some(n + 1))
    }

    /// Worth of the last grain of full speed, as money per agent; infinite where there is none.
    pub(super) fn worth_below(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        let level = self.level(queue, slot);
        if level <= 0.0 {
            return f64::INFINITY;
        }
        let n = (level - 1e-9) as usize;
        self.grain_worth(model, (queue, slot), level - n as f64, n, n.checked_sub(1))
    }

    /// Worth, as money per agent, of a grain that belongs to the n-th whole agent (or piece) as far as there is room, and beyond that to the next.
    fn grain_worth(
        &self,
        model: &ServiceModel,
        (queue, slot): (usize, usize),
        room: f64,
        n: usize,
        next: Option<usize>,
    ) -> f64 {
        let pieces = model.pieces[queue];
        let inside = (room / (model.grain() * pieces)).min(1.0);
        let here = self.nth_worth(model, queue, slot, n);
        if inside == 1.0 {
            return here * pieces;
        }
        let beyond = next.map_or(0.0, |next| self.nth_worth(model, queue, slot, next));
        (inside * here + (1.0 - inside) * beyond) * pieces
    }

    /// The moves of a shortest chain from `start` to `end`, the last one first; at each the pool to which the move costs the least speed.
    fn chain(&self, model: &ServiceModel, slot: usize, start: usize, end: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        if start == end {
            return steps;
        }
        let found = self.moves(model, slot).shortest(1 << start, 1 << end);
        let mut to = end;
        while to != start {
            let from = found.before(to);
            let best = (model.servers[from].iter())
                .filter(|&&(pool, cell)| {
                    self.split[slot * model.stride + cell] > 0
                        && model.pools[pool].mask >> to & 1 == 1
                })
                .map(|&(pool, cell)| {
                    let skills = &model.pools[pool].skills;
                    let there = skills.iter().position(|&(queue, _)| queue == to);
                    let step = Step {
                        pool,
                        from: cell - model.pools[pool].offset,
                        to: there.expect("the mover serves the queue"),
                    };
                    (skills[step.to].1 / skills[step.from].1, step)
                })
                .max_by(|a, b| a.0.total_cmp(&b.0));
            steps.push(best.expect("the chain was found along movers").1);
            to = from;
        }
        debug_assert!(steps.len() < MOST_QUEUES);
        steps
    }

    /// Grains that every mover of a chain has.
    fn bearable(&self, model: &ServiceModel, slot: usize, chain: &[Step]) -> u32 {
        let row = slot * model.stride;
        (chain.iter())
            .map(|step| u32::from(self.split[row + model.pools[step.pool].offset + step.from]))
            .min()
            .unwrap_or(u32::MAX)
    }

    fn follow(&mut self, model: &ServiceModel, slot: usize, chain: &[Step], grains: u32) {
        for step in chain {
            self.shift(model, slot, step.pool, step.from, -(grains as i32));
            self.shift(model, slot, step.pool, step.to, grains as i32);
        }
    }
}
