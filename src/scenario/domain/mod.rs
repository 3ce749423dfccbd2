//! The checked scenario: names are resolved to indices, times to instants or minutes, and every value lies in its range.

mod contract;
mod demand;
mod ids;
mod law;
mod objective;
mod on_call;
mod people;
mod terms;
mod work;

use std::path::PathBuf;

use chrono::{NaiveDate, TimeDelta};

use crate::calendar::{Grid, Zone};

pub use contract::{
    Break, Contract, DaysRange, Overtime, PaidMinutesRange, Premium, ShiftStarts, WeekendsOff,
};
pub use demand::{Change, Event, EventSpan, Like, PassesOn, Queue, Target, TargetPeriod};
pub use ids::{
    AgentIndex, Channel, ChannelSet, ContractIndex, LanguageIndex, Place, QueueIndex, RoleIndex,
    SiteIndex,
};
pub use law::{Law, LawRule, LawTerms};
pub use objective::{Goal, Objective};
pub use on_call::OnCall;
pub use people::{
    Absence, Agent, FixedShift, Hire, HireCount, LanguageSkill, Leavers, Request, Site, Wish,
};
pub use terms::{
    AverageHours, BalanceWeek, Counted, Limit, LongRest, Mark, OvertimeStep, Pair, PairNeed,
    Pattern, Period, Protection, RestAfterNights, Strictness, Terms, WorkWithoutBreak,
};
pub use work::{Activity, AgentFilter, Cover, CoverNeed, CoverWho, Shrinkage};

/// Everything that the stages after this one need to know about what the user wants.
///
/// Indices point into the lists of this struct; each list is in the order of the files (a base scenario before what extends it).
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    pub name: String,
    /// First local date of the plan, in `zone`.
    pub start: NaiveDate,
    /// At least 1.
    pub weeks: u32,
    /// 5 to 60; divides a day.
    pub interval_minutes: u32,
    /// The planner's zone.
    pub zone: Zone,
    /// Of every sum of money in the scenario; as written, such as `EUR`.
    pub currency: String,
    pub seed: Option<u64>,
    pub history: Option<HistorySource>,
    /// Names of languages as written (`en`); [`LanguageIndex`] points here.
    pub languages: Vec<String>,
    /// Names of roles as written (`agent`, `supervisor`); [`RoleIndex`] points here.
    pub roles: Vec<String>,
    pub queues: Vec<Queue>,
    pub sites: Vec<Site>,
    pub contracts: Vec<Contract>,
    pub agents: Vec<Agent>,
    /// Who of them stands for those who leave by rate.
    pub leavers: Option<Leavers>,
    pub shrinkage: Shrinkage,
    pub absences: Vec<Absence>,
    pub requests: Vec<Request>,
    /// Shifts that stay as they are, ordered by agent and start.
    pub locked: Vec<FixedShift>,
    /// Shifts of the weeks before, ordered by agent and start.
    pub previous: Vec<FixedShift>,
    /// What weeks before the plan held, ordered by agent and week.
    pub balance: Vec<BalanceWeek>,
    pub cover: Vec<Cover>,
    pub pairs: Vec<Pair>,
    pub on_call: Vec<OnCall>,
    pub activities: Vec<Activity>,
    pub events: Vec<Event>,
    pub changes: Vec<Change>,
    pub hires: Vec<Hire>,
    pub objective: Objective,
}

/// Where the contacts of the past are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistorySource {
    /// Paths as they can be opened (already joined to the folder of the scenario that names them).
    pub files: Vec<PathBuf>,
    /// `intervals` or the name of an importer.
    pub format: String,
    /// Name in the files, then the queue that it means; ordered by name.
    pub queue_map: Vec<(String, QueueIndex)>,
    /// Queues of an extended scenario that were taken away: their history is not unknown, only not wanted.
    pub removed: Vec<String>,
}

impl Scenario {
    /// The languages that somebody speaks, by name.
    pub fn language_names(&self, agent: &Agent) -> Vec<String> {
        let skills = agent.languages.iter();
        skills
            .map(|skill| self.languages[skill.language.0].clone())
            .collect()
    }

    /// The time axis of demand: `start` 00:00 to the same clock time `weeks` later in the planner's zone.
    pub fn grid(&self) -> Grid {
        Grid::of_weeks(&self.zone, self.start, self.weeks, self.interval_minutes)
    }

    /// The queues that pass a share of their contacts on to a queue, and that share.
    pub fn first_levels(&self, queue: QueueIndex) -> impl Iterator<Item = (QueueIndex, f64)> + '_ {
        self.queues
            .iter()
            .enumerate()
            .filter_map(move |(from, first)| {
                let passes_on = first.passes_on.filter(|passes_on| passes_on.to == queue)?;
                Some((QueueIndex(from), passes_on.share))
            })
    }

    /// The local dates that the plan rosters at every site.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        (0..7 * i64::from(self.weeks)).map(|day| self.start + TimeDelta::days(day))
    }

    /// The last rostered local date.
    pub fn last_date(&self) -> NaiveDate {
        self.start + TimeDelta::days(7 * i64::from(self.weeks) - 1)
    }

    /// Whether an agent may serve a queue: its language and its channel both are theirs.
    pub fn serves(&self, agent: AgentIndex, queue: QueueIndex) -> bool {
        self.speed(agent, queue).is_some()
    }

    /// The agent's speed on the queue (1 = as fast as its handle time says), `None` where the agent cannot serve it. For people who are new, the
    /// mean over the weeks of the plan.
    pub fn speed(&self, agent: AgentIndex, queue: QueueIndex) -> Option<f64> {
        let weeks = self.weeks.max(1);
        let ramp: f64 = (0..weeks)
            .map(|week| self.agents[agent.0].ramp_in(week))
            .sum();
        Some(self.full_speed(agent, queue)? * ramp / f64::from(weeks))
    }

    /// The agent's speed on the queue in one week of the plan, from 0.
    pub fn speed_in_week(&self, agent: AgentIndex, queue: QueueIndex, week: u32) -> Option<f64> {
        Some(self.full_speed(agent, queue)? * self.agents[agent.0].ramp_in(week))
    }

    fn full_speed(&self, agent: AgentIndex, queue: QueueIndex) -> Option<f64> {
        let (agent, queue) = (&self.agents[agent.0], &self.queues[queue.0]);
        speed_of(&agent.languages, agent.channels, queue)
    }

    /// The speed of a person to be hired on the queue, after their ramp; `None` where they could not serve it.
    pub fn hire_speed(&self, hire: &Hire, queue: QueueIndex) -> Option<f64> {
        speed_of(&hire.languages, hire.channels, &self.queues[queue.0])
    }
}

impl Agent {
    /// Factor on the agent's speeds in a week of the plan, from 0.
    pub fn ramp_in(&self, week: u32) -> f64 {
        let at = (week as usize).min(self.ramp.len().saturating_sub(1));
        self.ramp.get(at).copied().unwrap_or(1.0)
    }
}

fn speed_of(languages: &[LanguageSkill], channels: ChannelSet, queue: &Queue) -> Option<f64> {
    if !channels.contains(queue.channel) {
        return None;
    }
    languages
        .iter()
        .find(|skill| skill.language == queue.language)
        .map(|skill| skill.speed)
}
