//! The fixed part of the service: pools, what agents are worth, and the units of deferred work.

use std::sync::Arc;

use crate::roster::problem::{Pool, Problem, QueueDemand, ServiceDemand, WorkUnit};

use super::chains::{MOST_QUEUES, Mask};
use super::sheet::Sheet;
use super::{Journal, ServiceState, Stale};

#[derive(Debug)]
pub(super) struct PoolInfo {
    pub(super) mask: Mask,
    pub(super) skills: Vec<(usize, f64)>,
    /// Where the pool's counts begin in a slot's row.
    pub(super) offset: usize,
}

#[derive(Debug)]
pub struct ServiceModel {
    pub queues: usize,
    pub slots: usize,
    pub(super) pools: Vec<PoolInfo>,
    pub(super) stride: usize,
    /// Per live queue and slot: worth of the n-th agent and running sums.
    pub(super) live: Vec<Option<LiveQueue>>,
    pub(super) deferred: Vec<usize>,
    pub(super) units: Vec<Vec<WorkUnit>>,
    /// Per queue, 0 at live ones.
    longest_wait: Vec<usize>,
    /// Per queue: pools that serve it, and where the pool's count for it lies in a slot's row.
    pub(super) servers: Vec<Vec<(usize, usize)>>,
    /// Everybody works at full speed, so that levels are whole numbers and a chain of moves changes only its two ends.
    pub(super) whole: bool,
    /// Parts into which a person's time in a slot may be split between queues; 1 where everybody is whole.
    pub(super) grains: u32,
    /// Per deferred queue, pieces of its work that an agent does in a slot; 1 at live ones.
    pub(super) pieces: Vec<f64>,
    /// Worth of everything served: what an empty roster would lose.
    pub everything: f64,
}

#[derive(Debug)]
pub(super) struct LiveQueue {
    pub(super) worth: Vec<Arc<[f64]>>,
    pub(super) sums: Vec<Arc<[f64]>>,
}

/// Grains of a person where speeds differ: fine enough that what one does to a level hardly matters.
const GRAINS: usize = 64;
/// Most grains of a pool at one queue in a slot, as they are counted in two bytes.
const MOST_GRAINS: usize = u16::MAX as usize;

/// Pieces of a deferred queue's work that people do while they are worth one agent of a live one; 1 at live queues.
fn pieces_per_agent(live: &[Option<LiveQueue>], pools: &[Pool]) -> Vec<f64> {
    let mean = |values: &mut dyn Iterator<Item = f64>| {
        let (sum, count) = values.fold((0.0, 0.0), |(sum, count), v| (sum + v, count + 1.0));
        (count > 0.0).then(|| sum / count)
    };
    let of_queue = |queue: usize| {
        if live[queue].is_some() {
            return 1.0;
        }
        let mut ratios = pools.iter().filter_map(|pool| {
            let pieces = pool.skills.iter().find(|skill| skill.0 == queue)?.1;
            let mut elsewhere = (pool.skills.iter())
                .filter(|skill| live[skill.0].is_some())
                .map(|skill| skill.1);
            Some(pieces / mean(&mut elsewhere)?)
        });
        let mut pieces = (pools.iter())
            .flat_map(|pool| &pool.skills)
            .filter(|skill| skill.0 == queue)
            .map(|skill| skill.1);
        mean(&mut ratios).or(mean(&mut pieces)).unwrap_or(1.0)
    };
    (0..live.len()).map(of_queue).collect()
}

impl ServiceModel {
    pub fn new(problem: &Problem) -> ServiceModel {
        ServiceModel::of(
            problem.slots,
            problem.people.len(),
            &problem.pools,
            &problem.service,
        )
    }

    pub(super) fn of(
        slots: usize,
        people: usize,
        of_pools: &[Pool],
        service: &ServiceDemand,
    ) -> ServiceModel {
        let queues = service.queues.len();
        assert!(
            queues <= MOST_QUEUES,
            "the scenario is checked for the number of queues"
        );
        let mut offset = 0;
        let pools: Vec<PoolInfo> = of_pools
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
        for (queue, demand) in service.queues.iter().enumerate() {
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
        let mut servers = vec![Vec::new(); queues];
        for (index, pool) in pools.iter().enumerate() {
            for (skill, &(queue, _)) in pool.skills.iter().enumerate() {
                servers[queue].push((index, pool.offset + skill));
            }
        }
        let speeds = || of_pools.iter().flat_map(|pool| &pool.skills);
        let whole = speeds().all(|(_, speed)| *speed == 1.0);
        ServiceModel {
            queues,
            slots,
            pools,
            stride: offset,
            whole,
            pieces: pieces_per_agent(&live, of_pools),
            grains: match whole {
                true => 1,
                false => (MOST_GRAINS / people.max(1)).clamp(1, GRAINS) as u32,
            },
            live,
            deferred,
            longest_wait: units.iter().map(|units| longest_wait(units)).collect(),
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
        let mut state = ServiceState {
            split: vec![0; self.stride * self.slots],
            figures: Sheet::new(self),
            booked,
            place: places,
            stale: vec![Stale::ALL; self.slots],
            moves: vec![0; self.queues * self.slots],
            lost: self.everything,
            journal: Journal::default(),
        };
        for slot in 0..self.slots {
            for queue in 0..self.queues {
                state.look(self, queue, slot);
            }
        }
        state
    }

    pub fn skills(&self, pool: usize) -> &[(usize, f64)] {
        &self.pools[pool].skills
    }

    /// Which of a pool's skills is that for a queue that it serves.
    pub(super) fn skill_at(&self, pool: usize, queue: usize) -> usize {
        let mut skills = self.pools[pool].skills.iter();
        let there = skills.position(|skill| skill.0 == queue);
        there.expect("the pool serves the queue")
    }

    pub fn deferred_queues(&self) -> &[usize] {
        &self.deferred
    }

    /// Most slots between the first and the last in which a unit of a deferred queue's work may be done.
    pub fn longest_wait(&self, queue: usize) -> usize {
        self.longest_wait[queue]
    }

    pub fn units(&self, queue: usize) -> &[WorkUnit] {
        &self.units[queue]
    }

    /// Pieces of a deferred queue's work that an agent does in a slot; 1 at live queues.
    pub fn pieces(&self, queue: usize) -> f64 {
        self.pieces[queue]
    }

    /// A grain as a part of a person.
    pub fn grain(&self) -> f64 {
        1.0 / f64::from(self.grains)
    }

    /// Grains of a speed, one at least, that fit in before a queue at this level has its next whole agent.
    pub(super) fn grains_up(&self, level: f64, speed: f64) -> u32 {
        self.grains_in((level + 1e-6).floor() + 1.0 - level, speed)
    }

    /// The same down to the whole agent below.
    pub(super) fn grains_down(&self, level: f64, speed: f64) -> u32 {
        self.grains_in(level + 1.0 - (level - 1e-6).ceil(), speed)
    }

    fn grains_in(&self, agents: f64, speed: f64) -> u32 {
        ((agents / speed * f64::from(self.grains) + 1e-3) as u32).max(1)
    }

    /// Everybody works at full speed.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    pub(super) fn sort_units(&self, queue: usize, units: &mut [u32]) {
        units.sort_by(|a, b| {
            let worth = |unit: &u32| self.units[queue][*unit as usize].worth;
            worth(b).total_cmp(&worth(a)).then(a.cmp(b))
        });
    }
}

/// 0 without any.
fn longest_wait(units: &[WorkUnit]) -> usize {
    let waits = (units.iter()).map(|unit| unit.due.saturating_sub(unit.release + 1));
    waits.max().unwrap_or(0) as usize
}

fn running_sums(worth: &[f64]) -> Arc<[f64]> {
    let mut sums = vec![0.0];
    for w in worth {
        sums.push(sums[sums.len() - 1] + w);
    }
    sums.into()
}
