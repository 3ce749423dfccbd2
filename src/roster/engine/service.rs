//! Who serves what in every slot: people on shift with the same skills are a pool, each pool is split over its queues so that the slot is worth
//! most, and nobody is counted twice.
//!
//! Within a slot the best split is kept by exchange: a newcomer starts a chain of moves that ends in the queue where one more is worth most, a
//! leaver one that ends where one fewer costs least. For whole agents of full speed that is exact, because the worths are concave
//! (a flow with concave gains, so the best chain of single moves leads from one optimum to the next).

use std::sync::Arc;

use crate::roster::problem::{Problem, QueueDemand, WorkUnit};

/// Bits of queues.
type Mask = u128;
pub const MOST_QUEUES: usize = Mask::BITS as usize;

#[derive(Debug)]
struct PoolInfo {
    mask: Mask,
    skills: Vec<(usize, f64)>,
    /// Where the pool's counts begin in a slot's row.
    offset: usize,
}

/// The fixed part: pools, worths and the units of deferred work.
#[derive(Debug)]
pub struct ServiceModel {
    pub queues: usize,
    pub slots: usize,
    pools: Vec<PoolInfo>,
    stride: usize,
    /// Per live queue and slot: worth of the n-th agent and running sums.
    live: Vec<Option<LiveQueue>>,
    deferred: Vec<usize>,
    units: Vec<Vec<WorkUnit>>,
    /// Pools that serve each queue.
    servers: Vec<Vec<usize>>,
    /// Everybody works at full speed, so that levels are whole numbers and a chain of moves changes only its two ends.
    whole: bool,
    /// Worth of everything served: what an empty roster would lose.
    pub everything: f64,
}

#[derive(Debug)]
struct LiveQueue {
    worth: Vec<Arc<[f64]>>,
    sums: Vec<Arc<[f64]>>,
}

/// The split of everybody present over the queues, slot by slot.
#[derive(Debug, Clone)]
pub struct ServiceState {
    /// Agents of pool p at its k-th queue: `split[slot * stride + offset(p) + k]`.
    split: Vec<u16>,
    /// Agents (speeds summed) per slot and queue.
    level: Vec<f64>,
    /// Per deferred queue and slot: units booked there, dearest first.
    booked: Vec<Vec<Vec<u32>>>,
    place: Vec<Vec<u32>>,
    /// Derived per slot and queue: worth of one more, loss of one fewer.
    gain: Vec<f64>,
    loss: Vec<f64>,
    stale: Vec<bool>,
    /// Money lost to contacts not answered in time and work not done.
    pub lost: f64,
    journal: Option<Journal>,
}

/// What a transaction must put back.
#[derive(Debug, Clone, Default)]
struct Journal {
    rows: Vec<(usize, Vec<u16>, Vec<f64>)>,
    touched: Vec<bool>,
    moves: Vec<(usize, u32, u32)>,
    lost: f64,
}

impl ServiceModel {
    pub fn new(problem: &Problem) -> ServiceModel {
        let queues = problem.service.queues.len();
        assert!(
            queues <= MOST_QUEUES,
            "the scenario is checked for the number of queues"
        );
        let mut offset = 0;
        let pools: Vec<PoolInfo> = problem
            .pools
            .iter()
            .map(|pool| {
                let info = PoolInfo {
                    mask: pool
                        .skills
                        .iter()
                        .fold(0, |mask, (queue, _)| mask | 1 << queue),
                    skills: pool.skills.clone(),
                    offset,
                };
                offset += pool.skills.len();
                info
            })
            .collect();
        let mut live = Vec::with_capacity(queues);
        let mut deferred = Vec::new();
        let mut units = Vec::with_capacity(queues);
        let mut everything = 0.0;
        for (queue, demand) in problem.service.queues.iter().enumerate() {
            match demand {
                QueueDemand::Live { worth } => {
                    let sums: Vec<Arc<[f64]>> =
                        worth.iter().map(|worth| running_sums(worth)).collect();
                    everything += sums
                        .iter()
                        .map(|sums| sums.last().copied().unwrap_or(0.0))
                        .sum::<f64>();
                    live.push(Some(LiveQueue {
                        worth: worth.clone(),
                        sums,
                    }));
                    units.push(Vec::new());
                }
                QueueDemand::Deferred { units: of_queue } => {
                    live.push(None);
                    deferred.push(queue);
                    everything += of_queue.iter().map(|unit| unit.worth).sum::<f64>();
                    units.push(of_queue.clone());
                }
            }
        }
        let servers = (0..queues)
            .map(|queue| {
                (0..pools.len())
                    .filter(|&pool| pools[pool].mask >> queue & 1 == 1)
                    .collect()
            })
            .collect();
        ServiceModel {
            queues,
            slots: problem.slots,
            pools,
            stride: offset,
            whole: problem
                .pools
                .iter()
                .flat_map(|pool| &pool.skills)
                .all(|(_, speed)| *speed == 1.0),
            live,
            deferred,
            units,
            servers,
            everything,
        }
    }

    /// Nobody at work, every unit of deferred work booked where `place(queue, unit)` says.
    pub fn empty(&self, place: impl Fn(usize, usize, &WorkUnit) -> u32) -> ServiceState {
        let mut booked = vec![vec![Vec::new(); self.slots]; self.queues];
        let mut places = vec![Vec::new(); self.queues];
        for &queue in &self.deferred {
            for (index, unit) in self.units[queue].iter().enumerate() {
                let slot = place(queue, index, unit)
                    .clamp(unit.release, unit.due.max(unit.release + 1) - 1)
                    .min(self.slots as u32 - 1);
                booked[queue][slot as usize].push(index as u32);
                places[queue].push(slot);
            }
            for at in &mut booked[queue] {
                self.sort_units(queue, at);
            }
        }
        ServiceState {
            split: vec![0; self.stride * self.slots],
            level: vec![0.0; self.queues * self.slots],
            booked,
            place: places,
            gain: vec![0.0; self.queues * self.slots],
            loss: vec![0.0; self.queues * self.slots],
            stale: vec![true; self.slots],
            lost: self.everything,
            journal: None,
        }
    }

    pub fn skills(&self, pool: usize) -> &[(usize, f64)] {
        &self.pools[pool].skills
    }

    pub fn deferred_queues(&self) -> &[usize] {
        &self.deferred
    }

    pub fn units(&self, queue: usize) -> &[WorkUnit] {
        &self.units[queue]
    }

    fn sort_units(&self, queue: usize, units: &mut [u32]) {
        units.sort_by(|a, b| {
            let worth = |unit: &u32| self.units[queue][*unit as usize].worth;
            worth(b).total_cmp(&worth(a)).then(a.cmp(b))
        });
    }
}

fn running_sums(worth: &[f64]) -> Arc<[f64]> {
    let mut sums = vec![0.0];
    for w in worth {
        sums.push(sums[sums.len() - 1] + w);
    }
    sums.into()
}

impl ServiceState {
    /// Starts a transaction: everything from here is undone by `rollback` or kept by `commit`.
    pub fn begin(&mut self, model: &ServiceModel) {
        let mut journal = self.journal.take().unwrap_or_default();
        journal.rows.clear();
        journal.moves.clear();
        journal.touched.clear();
        journal.touched.resize(model.slots, false);
        journal.lost = self.lost;
        self.journal = Some(journal);
    }

    pub fn commit(&mut self) {
        self.journal = None;
    }

    pub fn rollback(&mut self, model: &ServiceModel) {
        let Some(journal) = self.journal.take() else {
            return;
        };
        for &(queue, unit, from) in journal.moves.iter().rev() {
            self.rebook(model, queue, unit, from);
        }
        for (slot, split, level) in &journal.rows {
            self.split[slot * model.stride..][..model.stride].copy_from_slice(split);
            self.level[slot * model.queues..][..model.queues].copy_from_slice(level);
            self.stale[*slot] = true;
        }
        self.lost = journal.lost;
    }

    /// Slots touched in the running transaction.
    pub fn touched(&self) -> Vec<usize> {
        self.journal.as_ref().map_or(Vec::new(), |journal| {
            journal.rows.iter().map(|row| row.0).collect()
        })
    }

    fn note(&mut self, model: &ServiceModel, slot: usize) {
        self.stale[slot] = true;
        let Some(journal) = &mut self.journal else {
            return;
        };
        if !journal.touched[slot] {
            journal.touched[slot] = true;
            let split = self.split[slot * model.stride..][..model.stride].to_vec();
            let level = self.level[slot * model.queues..][..model.queues].to_vec();
            journal.rows.push((slot, split, level));
        }
    }

    /// Agents at a queue in a slot, speeds summed.
    pub fn level(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.level[slot * model.queues + queue]
    }

    /// Agents of a pool at each of its queues in a slot, in the order of its skills.
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
            .map(|&(queue, speed)| gains[queue] * speed)
            .fold(0.0, f64::max)
    }

    /// Money lost if one agent fewer could be at this queue in this slot.
    pub fn loss_at(&mut self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.refresh(model, slot);
        self.loss[slot * model.queues + queue]
    }

    /// Money gained by one agent more who can reach this queue in this slot.
    pub fn gain_at(&mut self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        self.refresh(model, slot);
        self.gain[slot * model.queues + queue]
    }

    /// One more agent of `pool` at work in `slot`.
    pub fn add(&mut self, model: &ServiceModel, pool: usize, slot: usize) {
        self.refresh(model, slot);
        self.note(model, slot);
        let before = if model.whole {
            0.0
        } else {
            self.worth(model, slot)
        };
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
        self.lost -= if model.whole {
            self.last_worth(model, end, slot)
        } else {
            self.worth(model, slot) - before
        };
    }

    /// One agent of `pool` fewer at work in `slot`.
    pub fn remove(&mut self, model: &ServiceModel, pool: usize, slot: usize) {
        self.refresh(model, slot);
        self.note(model, slot);
        let before = if model.whole {
            0.0
        } else {
            self.worth(model, slot)
        };
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
        let mut able = reach_back(&self.moves(model, slot), model.queues, gap) & !(1 << gap);
        while able != 0 {
            let queue = able.trailing_zeros() as usize;
            able &= able - 1;
            let missed = self.last_worth(model, queue, slot);
            if missed < least - 1e-12 {
                (least, from) = (missed, queue);
            }
        }
        self.walk(model, slot, from, gap);
        self.lost += if model.whole {
            least
        } else {
            before - self.worth(model, slot)
        };
    }

    /// Worth of one agent more at a queue.
    fn next_worth(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        let level = self.level[slot * model.queues + queue];
        if model.whole {
            return self.nth_worth(model, queue, slot, level as usize);
        }
        self.worth_of(model, queue, slot, level + 1.0) - self.worth_of(model, queue, slot, level)
    }

    /// Worth of the last agent at a queue; infinite where there is none to take away.
    fn last_worth(&self, model: &ServiceModel, queue: usize, slot: usize) -> f64 {
        let level = self.level[slot * model.queues + queue];
        if level <= 0.0 {
            return f64::INFINITY;
        }
        if model.whole {
            return self.nth_worth(model, queue, slot, level as usize - 1);
        }
        self.worth_of(model, queue, slot, level) - self.worth_of(model, queue, slot, level - 1.0)
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
        let cell = &mut self.split[slot * model.stride + model.pools[pool].offset + skill];
        *cell = (i32::from(*cell) + by) as u16;
        let level = &mut self.level[slot * model.queues + queue];
        *level = (*level + f64::from(by) * speed).max(0.0);
        if *level < 1e-9 {
            *level = 0.0;
        }
    }

    /// Per queue, the queues to which somebody now there could move.
    fn moves(&self, model: &ServiceModel, slot: usize) -> [Mask; MOST_QUEUES] {
        let mut moves = [0; MOST_QUEUES];
        let row = &self.split[slot * model.stride..][..model.stride];
        for pool in &model.pools {
            for (count, &(queue, _)) in row[pool.offset..].iter().zip(&pool.skills) {
                if *count > 0 {
                    moves[queue] |= pool.mask;
                }
            }
        }
        moves
    }

    /// Where a chain that begins with the newcomer at `start` ends best; at `start` itself if nobody need move on.
    fn best_end(&self, model: &ServiceModel, slot: usize, start: usize) -> usize {
        let (mut best, mut end) = (self.last_worth(model, start, slot), start);
        let mut reach = reach_along(&self.moves(model, slot), start) & !(1 << start);
        while reach != 0 {
            let queue = reach.trailing_zeros() as usize;
            reach &= reach - 1;
            let value = self.next_worth(model, queue, slot);
            if value > best + 1e-12 {
                (best, end) = (value, queue);
            }
        }
        end
    }

    /// Moves one agent along a shortest chain of queues from `start` to `end`.
    fn walk(&mut self, model: &ServiceModel, slot: usize, start: usize, end: usize) {
        if start == end {
            return;
        }
        let mut came = [usize::MAX; MOST_QUEUES];
        let moves = self.moves(model, slot);
        let mut ring: Mask = 1 << start;
        let mut seen = ring;
        // Ring by ring, so that the chain is as short as can be.
        while ring >> end & 1 == 0 && ring != 0 {
            let mut next_ring = 0;
            while ring != 0 {
                let queue = ring.trailing_zeros() as usize;
                ring &= ring - 1;
                let mut new = moves[queue] & !seen;
                seen |= new;
                next_ring |= new;
                while new != 0 {
                    let next = new.trailing_zeros() as usize;
                    new &= new - 1;
                    came[next] = queue;
                }
            }
            ring = next_ring;
        }
        let mut to = end;
        while to != start && came[to] != usize::MAX {
            let from = came[to];
            let row = slot * model.stride;
            let mover = model.servers[from].iter().copied().find_map(|pool| {
                let info = &model.pools[pool];
                let skill = |queue| info.skills.iter().position(|&(q, _)| q == queue);
                let (here, there) = (skill(from)?, skill(to)?);
                (self.split[row + info.offset + here] > 0).then_some((pool, here, there))
            });
            let (pool, here, there) = mover.expect("the chain was found along movers");
            self.shift(model, slot, pool, here, -1);
            self.shift(model, slot, pool, there, 1);
            to = from;
        }
    }

    fn refresh(&mut self, model: &ServiceModel, slot: usize) {
        if !self.stale[slot] {
            return;
        }
        self.stale[slot] = false;
        let queues = model.queues;
        let mut up = [0.0; MOST_QUEUES];
        let mut down = [0.0; MOST_QUEUES];
        for queue in 0..queues {
            up[queue] = self.next_worth(model, queue, slot);
            down[queue] = if self.level[slot * queues + queue] > 0.0 {
                self.last_worth(model, queue, slot)
            } else {
                f64::INFINITY
            };
        }
        let base = slot * queues;
        self.gain[base..base + queues].copy_from_slice(&up[..queues]);
        self.loss[base..base + queues].copy_from_slice(&down[..queues]);
        let moves = self.moves(model, slot);
        for queue in 0..queues {
            if moves[queue] & !(1 << queue) == 0 {
                continue;
            }
            let mut reach = reach_along(&moves, queue) & !(1 << queue);
            while reach != 0 {
                let to = reach.trailing_zeros() as usize;
                reach &= reach - 1;
                self.gain[base + queue] = self.gain[base + queue].max(up[to]);
                self.loss[base + to] = self.loss[base + to].min(down[queue]);
            }
        }
    }

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
        if let Some(journal) = &mut self.journal {
            journal.moves.push((queue, unit, from));
        }
        self.rebook(model, queue, unit, to);
        self.settle(model, queue, from as usize, false);
        self.settle(model, queue, to as usize, true);
        let after = self.worth(model, from as usize) + self.worth(model, to as usize);
        self.lost -= after - before;
    }

    fn rebook(&mut self, model: &ServiceModel, queue: usize, unit: u32, to: u32) {
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
        if more {
            let gain = self.next_worth(model, queue, slot);
            let able = reach_back(&self.moves(model, slot), model.queues, queue) & !(1 << queue);
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

/// Queues that a chain of moves beginning at `queue` can reach.
fn reach_along(moves: &[Mask; MOST_QUEUES], queue: usize) -> Mask {
    let mut reached: Mask = 1 << queue;
    let mut open = reached;
    while open != 0 {
        let next = open.trailing_zeros() as usize;
        open &= open - 1;
        let new = moves[next] & !reached;
        reached |= new;
        open |= new;
    }
    reached
}

/// Queues from which a chain of moves can reach `queue`.
fn reach_back(moves: &[Mask; MOST_QUEUES], queues: usize, queue: usize) -> Mask {
    let mut reached: Mask = 1 << queue;
    loop {
        let before = reached;
        for (from, to) in moves[..queues].iter().enumerate() {
            if to & reached != 0 {
                reached |= 1 << from;
            }
        }
        if reached == before {
            return reached;
        }
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
