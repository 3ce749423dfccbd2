//! An input made ready to be played many times: agents of equal skills grouped, shift changes sorted, rules
//! turned into bit masks.

use std::collections::BTreeMap;

use super::clock::OpenClock;
use super::distribution::Sampler;
use super::input::{
    AgentPicks, Busyness, ContactPicks, Kind, Measure, SimAgent, SimQueue, SimulationInput,
};
use super::validate::{SimulationError, validate};

/// A checked input, ready to be played. Preparing is cheap next to playing.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub(super) interval_s: f64,
    pub(super) intervals: usize,
    pub(super) day_of_interval: Vec<u32>,
    pub(super) days: usize,
    pub(super) queues: Vec<QueuePlan>,
    /// Owner of each queue's random numbers.
    pub(super) streams: Vec<u64>,
    pub(super) groups: Vec<Group>,
    pub(super) agents: Vec<AgentPlan>,
    /// Sorted by time; at one instant ends come before starts.
    pub(super) shift_changes: Vec<ShiftChange>,
    pub(super) shifts: Vec<ShiftPlan>,
    /// Queues with `min_idle` > 0, in order.
    pub(super) reserved: Vec<usize>,
    pub(super) reserved_mask: Vec<u64>,
    pub(super) agent_picks: AgentPicks,
    /// Words of a bit mask over groups, and of one over queues.
    pub(super) group_words: usize,
    pub(super) queue_words: usize,
    /// `[group * queues + queue]`: delay and priority of the skill (undefined where the group lacks it).
    pub(super) after_s: Vec<f64>,
    pub(super) skill_priority: Vec<u32>,
    /// `[row * queues + queue]`: factor on the handle time; agents of equal speeds share a row.
    pub(super) handle_factor: Vec<f64>,
    pub(super) most_chats: usize,
}

#[derive(Debug, Clone)]
pub(super) struct QueuePlan {
    pub arrivals: Vec<f64>,
    pub handle_time_s: Vec<f64>,
    pub work: Sampler,
    pub patience: Option<PatiencePlan>,
    pub threshold_s: f64,
    pub completion: bool,
    pub chat: bool,
    pub slowdown: Vec<f64>,
    pub priority: u32,
    pub min_idle: u32,
    pub retry: Option<RetryPlan>,
    pub busyness: Option<Busyness>,
    pub clock: Option<OpenClock>,
    /// Rank classes of groups, best first, `group_words` words each: those who may take a contact at once ...
    pub at_once: Vec<u64>,
    /// ... and all, whatever their `after_s`.
    pub sooner_or_later: Vec<u64>,
    /// Distinct finite delays above 0 among the groups.
    pub delays: Vec<f64>,
    /// Number of running chats beyond which nobody takes a contact of this queue.
    pub loads: usize,
}

#[derive(Debug, Clone)]
pub(super) struct PatiencePlan {
    pub mean_s: f64,
    pub law: Sampler,
    pub balk: f64,
}

#[derive(Debug, Clone)]
pub(super) struct RetryPlan {
    pub probability: f64,
    pub delay_s: f64,
    pub law: Sampler,
}

/// Agents whom routing cannot tell apart.
#[derive(Debug, Clone)]
pub(super) struct Group {
    pub capacity: u32,
    /// Mask of the queues without reserve, and the list of those with one.
    pub ordinary: Vec<u64>,
    pub reserved: Vec<usize>,
    pub queues: Vec<usize>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct AgentPlan {
    pub group: u32,
    pub speed_row: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct ShiftChange {
    pub at: f64,
    pub starts: bool,
    pub agent: u32,
    pub shift: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct ShiftPlan {
    pub agent_id: u64,
    pub number: u64,
    pub missed: f64,
}

impl Prepared {
    /// Checks an input and prepares it.
    pub fn new(input: &SimulationInput) -> Result<Self, SimulationError> {
        validate(input)?;
        let count = input.queues.len();
        let (groups, agents, keys) = group_agents(input);
        let group_words = groups.len().div_ceil(64).max(1);
        let mut after_s = vec![f64::INFINITY; groups.len() * count];
        let mut skill_priority = vec![u32::MAX; groups.len() * count];
        for (g, key) in keys.iter().enumerate() {
            for &(queue, priority, after) in &key.0 {
                after_s[g * count + queue] = f64::from_bits(after);
                skill_priority[g * count + queue] = priority;
            }
        }
        let mut prepared = Prepared {
            interval_s: input.interval_s,
            intervals: input.intervals,
            day_of_interval: input.day_of_interval.clone(),
            days: input
                .day_of_interval
                .iter()
                .max()
                .map_or(0, |&d| d as usize + 1),
            queues: input
                .queues
                .iter()
                .map(|q| queue_plan(q, input.interval_s))
                .collect(),
            streams: (0..count as u64).collect(),
            reserved: (0..count)
                .filter(|&q| input.queues[q].min_idle > 0)
                .collect(),
            reserved_mask: mask((0..count).filter(|&q| input.queues[q].min_idle > 0), count),
            agent_picks: input.routing.agent_picks,
            group_words,
            queue_words: count.div_ceil(64).max(1),
            most_chats: groups
                .iter()
                .map(|g| g.capacity as usize)
                .max()
                .unwrap_or(1),
            groups,
            agents,
            shift_changes: Vec::new(),
            shifts: Vec::new(),
            after_s,
            skill_priority,
            handle_factor: Vec::new(),
        };
        prepared.rank_groups(input.routing.contact_picks);
        prepared.sort_shifts(&input.agents);
        prepared.handle_factor = speed_rows(input, &mut prepared.agents);
        Ok(prepared)
    }

    /// Ties each queue's random numbers to a number that stays with it when other queues come and go (its place in the list unless said), so
    /// that the same contacts come in scenarios with different queues.
    pub fn with_streams(mut self, owners: &[u64]) -> Self {
        self.streams.copy_from_slice(owners);
        self
    }

    /// Fills in, per queue, who may take a contact and in which order of rank.
    fn rank_groups(&mut self, rule: ContactPicks) {
        let count = self.queues.len();
        for (k, queue) in self.queues.iter_mut().enumerate() {
            let mut classes: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
            for (g, group) in self.groups.iter().enumerate() {
                let after = self.after_s[g * count + k];
                if !group.queues.contains(&k) || after == f64::INFINITY {
                    continue;
                }
                let rank = match rule {
                    ContactPicks::FewestSkills => group.queues.len(),
                    ContactPicks::LongestIdle => 0,
                    ContactPicks::SkillPriority => self.skill_priority[g * count + k] as usize,
                };
                let class = classes.entry(rank).or_default();
                class.1.push(g);
                if after == 0.0 {
                    class.0.push(g);
                } else {
                    queue.delays.push(after);
                }
                let loads = if queue.chat {
                    group.capacity as usize
                } else {
                    1
                };
                queue.loads = queue.loads.max(loads);
            }
            for (at_once, all) in classes.into_values() {
                queue
                    .sooner_or_later
                    .extend(mask(all.into_iter(), self.groups.len()));
                if !at_once.is_empty() {
                    queue
                        .at_once
                        .extend(mask(at_once.into_iter(), self.groups.len()));
                }
            }
            queue.delays.sort_by(f64::total_cmp);
            queue.delays.dedup();
        }
    }

    fn sort_shifts(&mut self, agents: &[SimAgent]) {
        for (agent, a) in agents.iter().enumerate() {
            for shift in &a.shifts {
                let index = self.shifts.len() as u32;
                self.shifts.push(ShiftPlan {
                    agent_id: a.id,
                    number: shift.number,
                    missed: a.shrinkage.unwrap_or(0.0),
                });
                for &(start, end) in &shift.work {
                    for (at, starts) in [(start, true), (end, false)] {
                        let change = ShiftChange {
                            at,
                            starts,
                            agent: agent as u32,
                            shift: index,
                        };
                        self.shift_changes.push(change);
                    }
                }
            }
        }
        self.shift_changes
            .sort_by(|a, b| a.at.total_cmp(&b.at).then(a.starts.cmp(&b.starts)));
    }
}

/// Skills in order of queue (queue, priority, bits of `after_s`) and chat capacity.
type GroupKey = (Vec<(usize, u32, u64)>, u32);

fn group_agents(input: &SimulationInput) -> (Vec<Group>, Vec<AgentPlan>, Vec<GroupKey>) {
    let mut index: BTreeMap<GroupKey, u32> = BTreeMap::new();
    let (mut groups, mut agents, mut keys) = (Vec::new(), Vec::new(), Vec::new());
    for a in &input.agents {
        let mut skills: Vec<_> = a
            .skills
            .iter()
            .map(|s| (s.queue, s.priority, s.after_s.to_bits()))
            .collect();
        skills.sort_unstable();
        let key = (skills, a.chat_capacity);
        let group = *index.entry(key.clone()).or_insert_with(|| {
            let queues: Vec<usize> = key.0.iter().map(|s| s.0).collect();
            let reserve = |q: &&usize| input.queues[**q].min_idle > 0;
            groups.push(Group {
                capacity: a.chat_capacity,
                ordinary: mask(
                    queues.iter().filter(|q| !reserve(q)).copied(),
                    input.queues.len(),
                ),
                reserved: queues.iter().filter(reserve).copied().collect(),
                queues,
            });
            keys.push(key);
            groups.len() as u32 - 1
        });
        agents.push(AgentPlan {
            group,
            speed_row: 0,
        });
    }
    (groups, agents, keys)
}

fn speed_rows(input: &SimulationInput, agents: &mut [AgentPlan]) -> Vec<f64> {
    let mut rows: BTreeMap<Vec<u64>, u32> = BTreeMap::new();
    let mut factors = Vec::new();
    for (a, plan) in input.agents.iter().zip(agents) {
        let mut row = vec![1.0f64; input.queues.len()];
        for skill in &a.skills {
            row[skill.queue] = 1.0 / skill.speed;
        }
        let next = rows.len() as u32;
        let bits: Vec<u64> = row.iter().map(|x| x.to_bits()).collect();
        plan.speed_row = *rows.entry(bits).or_insert_with(|| {
            factors.extend(row);
            next
        });
    }
    factors
}

fn queue_plan(q: &SimQueue, interval_s: f64) -> QueuePlan {
    let slowdown = match &q.kind {
        Kind::Chat { slowdown } if !slowdown.is_empty() => slowdown.clone(),
        _ => vec![1.0],
    };
    QueuePlan {
        arrivals: q.arrivals.clone(),
        handle_time_s: q.handle_time_s.clone(),
        work: Sampler::new(q.handle_time_shape),
        patience: q.patience.map(|p| PatiencePlan {
            mean_s: p.distribution.mean_s,
            law: Sampler::new(p.distribution.shape),
            balk: p.balk,
        }),
        threshold_s: q.threshold_s,
        completion: q.measure == Measure::Completion,
        chat: matches!(q.kind, Kind::Chat { .. }),
        slowdown,
        priority: q.priority,
        min_idle: q.min_idle,
        retry: q.retry.map(|r| RetryPlan {
            probability: r.probability,
            delay_s: r.delay.mean_s,
            law: Sampler::new(r.delay.shape),
        }),
        busyness: q.busyness.filter(|b| b.cv > 0.0),
        clock: q.open.as_ref().map(|open| OpenClock::new(interval_s, open)),
        at_once: Vec::new(),
        sooner_or_later: Vec::new(),
        delays: Vec::new(),
        loads: 0,
    }
}

/// The bit mask of some indices below `count`.
fn mask(indices: impl Iterator<Item = usize>, count: usize) -> Vec<u64> {
    let mut words = vec![0u64; count.div_ceil(64).max(1)];
    for i in indices {
        words[i / 64] |= 1 << (i % 64);
    }
    words
}
