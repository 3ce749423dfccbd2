//! What a simulation is given: demand per queue, people with skills and shifts, and the routing rules.

use super::distribution::{Distribution, Shape};

/// Everything that one simulation plays. Queues and agents are known by their index.
#[derive(Debug, Clone, PartialEq)]
pub struct SimulationInput {
    /// Length of an interval in seconds, > 0.
    pub interval_s: f64,
    /// Number of intervals in the horizon; the horizon ends at `intervals * interval_s`.
    pub intervals: usize,
    /// The day (24 h block or local date) of each interval; one entry per interval, days numbered from 0.
    /// A day's busyness is drawn once per day, and service levels per day follow it.
    pub day_of_interval: Vec<u32>,
    pub queues: Vec<SimQueue>,
    pub agents: Vec<SimAgent>,
    pub routing: Routing,
}

/// One queue: what comes in, how long it takes, how long people wait, and what was promised.
#[derive(Debug, Clone, PartialEq)]
pub struct SimQueue {
    /// Expected contacts per interval (one entry per interval); Poisson with a constant rate inside an interval.
    pub arrivals: Vec<f64>,
    /// Mean handle time in seconds, by the interval of arrival: one entry for all, or one per interval.
    pub handle_time_s: Vec<f64>,
    /// How handle times scatter around their mean.
    pub handle_time_shape: Shape,
    /// How long customers wait before they hang up; `None`: for ever.
    pub patience: Option<Patience>,
    /// The promise: answered (or completed, see `measure`) within this many seconds of arriving.
    pub threshold_s: f64,
    /// What the threshold is held against.
    pub measure: Measure,
    pub kind: Kind,
    /// Priority class, lower first: 0 for live contacts, 1 for deferred ones by convention.
    pub priority: u32,
    /// Work that may wait: it starts only if more than this many of the agents with the skill are idle with no
    /// contact at all. 0: ordinary work.
    pub min_idle: u32,
    /// Customers who hang up and try again.
    pub retry: Option<Retry>,
    /// How much whole days differ from their forecast; `None`: not at all.
    pub busyness: Option<Busyness>,
    /// The clock on which the threshold is counted: `true` for intervals in which the queue is open. `None`: the
    /// clock always runs. Outside the horizon it always runs.
    pub open: Option<Vec<bool>>,
}

/// How long customers wait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Patience {
    pub distribution: Distribution,
    /// Share (0..1) who hang up at once if nobody is free.
    pub balk: f64,
}

/// Customers who hang up come back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Retry {
    /// Probability (0..1) that a customer who hung up tries again, after every attempt.
    pub probability: f64,
    /// Time from hanging up to the next attempt.
    pub delay: Distribution,
}

/// A day's contacts are its forecast times a gamma distributed factor of mean 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Busyness {
    /// Coefficient of variation of the factor, >= 0.
    pub cv: f64,
    /// Queues of the same group have the same busy days (fully correlated factors, each with its own `cv`);
    /// `None`: a factor of the queue's own.
    pub group: Option<u32>,
}

/// How a queue's contacts are worked on.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// One at a time, excludes all else.
    Phone,
    /// Several at once, as many as the agent's `chat_capacity`.
    Chat {
        /// Factor on the handle time while the agent has 1, 2, ... chats running (the last entry holds beyond);
        /// empty: always 1. Work that remains is rescaled whenever the number changes.
        slowdown: Vec<f64>,
    },
    /// One at a time like a call (e-mail, tickets); differs from `Phone` only in name.
    Deferred,
}

/// What the threshold is held against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// The wait until work on the contact begins.
    Answer,
    /// The time from arriving until the contact is done (deferred channels).
    Completion,
}

/// One person.
#[derive(Debug, Clone, PartialEq)]
pub struct SimAgent {
    /// Any number that stays with the person when the roster changes: missed shifts are drawn from it.
    pub id: u64,
    pub skills: Vec<Skill>,
    /// Most chats at once, >= 1.
    pub chat_capacity: u32,
    /// In order of time and without overlap.
    pub shifts: Vec<Shift>,
    /// Probability (0..1) that a whole shift is missed, each on its own; `None`: the roster is played as written.
    pub shrinkage: Option<f64>,
}

/// A queue that an agent may serve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Skill {
    /// Index into `SimulationInput::queues`.
    pub queue: usize,
    /// Lower is preferred; used by the `SkillPriority` rules only.
    pub priority: u32,
    /// Delay routing: the agent may take a contact only when it has waited this long (seconds; infinity: never).
    pub after_s: f64,
    /// 1 = normal; the handle time is divided by it (0.8: takes a quarter longer). > 0.
    pub speed: f64,
}

/// One shift: spans of work, breaks are the gaps between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// Any number that stays with the shift when others change (its day, say): whether it is missed is drawn from it.
    pub number: u64,
    /// Half-open spans `[start, end)` in seconds; may begin before 0 and end after the horizon.
    pub work: Vec<(f64, f64)>,
}

/// Who takes what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Routing {
    pub contact_picks: ContactPicks,
    pub agent_picks: AgentPicks,
}

impl Default for Routing {
    fn default() -> Self {
        Routing {
            contact_picks: ContactPicks::FewestSkills,
            agent_picks: AgentPicks::Oldest,
        }
    }
}

/// Which free agent an arriving contact takes: fewest running chats first, then this rule, then longest idle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactPicks {
    FewestSkills,
    LongestIdle,
    SkillPriority,
}

/// Which waiting contact a freed agent takes, inside the best priority class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum AgentPicks {
    /// The one that has waited longest over all the agent's queues.
    Oldest,
    /// The agent's preferred skill first, then the oldest.
    SkillPriority,
    /// The largest wait as a share of the queue's threshold.
    ScaledWait,
}
