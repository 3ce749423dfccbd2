//! One queue from forecast to simulated service.

use chrono::NaiveDate;

use super::TestedWeek;
use crate::calendar::Zone;

/// Everything about one queue. All vectors have one entry per interval of the grid.
#[derive(Debug, Clone, PartialEq)]
pub struct QueueResult {
    pub id: String,
    pub language: String,
    pub channel: String,
    /// The customers' zone.
    pub zone: Zone,
    pub target: Target,
    pub forecast: Vec<ForecastPoint>,
    /// Actual contacts of past weeks laid on the same intervals, newest week first; `None` where history has a gap.
    pub last_weeks: Vec<Vec<Option<f64>>>,
    pub required: Vec<RequiredPoint>,
    /// Agents on shift who are allocated to this queue, before shrinkage (comparable with [`RequiredPoint::scheduled`]); fractions occur.
    pub rostered: Vec<f64>,
    pub service: Vec<ServicePoint>,
    /// The same by the planner's local days, in order.
    pub days: Vec<DayService>,
    pub summary: QueueSummary,
    /// How well such forecasts did on the weeks from which the models were chosen; `None` without such weeks.
    pub tested: Option<TestedWeek>,
    /// Why single intervals are as they are ("every Latvian speaker has reached 40 hours"), by interval; few or none.
    pub reasons: Vec<IntervalReason>,
}

impl QueueResult {
    /// The days on which a target that is to hold every day surely does not.
    pub fn days_short(&self) -> impl Iterator<Item = &DayService> {
        let target = self.target.answered;
        (self.days.iter()).filter(move |day| self.target.every_day && day.high < target)
    }

    /// The share answered in time by which the target is judged, with its 95 % interval: of the worst day if it is to hold every day.
    pub fn judged(&self) -> (f64, f64, f64) {
        let summary = &self.summary;
        let days = (self.days.iter()).filter(|_| self.target.every_day);
        days.map(|day| (day.simulated, day.low, day.high))
            .min_by(|a, b| a.0.total_cmp(&b.0))
            .unwrap_or((summary.simulated, summary.low, summary.high))
    }

    /// Agent-intervals by which the roster falls short of the requirement.
    pub fn shortage(&self) -> f64 {
        let points = self.required.iter().zip(&self.rostered);
        points
            .map(|(wanted, &rostered)| wanted.short(rostered))
            .sum()
    }
}

/// The share of contacts to answer within a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Share 0..1.
    pub answered: f64,
    /// Seconds.
    pub within_s: f64,
    /// Whether it is to hold on every day, and not over the whole plan.
    pub every_day: bool,
    /// In words: "80 % within 20 s".
    pub text: String,
}

/// A local day of the planner's on which something was offered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayService {
    pub date: NaiveDate,
    /// Share answered within, 0..1, and its 95 % interval.
    pub simulated: f64,
    pub low: f64,
    pub high: f64,
}

/// Forecast of one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ForecastPoint {
    /// Expected contacts.
    pub contacts: f64,
    /// Quantiles of the contacts that will come.
    pub p10: f64,
    pub p50: f64,
    pub p90: f64,
    /// Mean handle time in seconds.
    pub handle_time_s: f64,
}

/// Staff needed in one interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RequiredPoint {
    /// Offered load in Erlang.
    pub load_erlang: f64,
    /// Agents at work on the queue.
    pub agents: f64,
    /// Agents to roster so that `agents` are at work: `agents / (1 - shrinkage)`.
    pub scheduled: f64,
}

/// Agents that nobody misses: people of different speeds are dealt out in sixty-fourths of a slot, and a rest may be left.
const NEGLIGIBLE: f64 = 0.02;

impl RequiredPoint {
    /// Agents of `rostered` that fall short of the wanted ones, 0 or more.
    pub fn short(&self, rostered: f64) -> f64 {
        (self.scheduled - rostered).max(0.0)
    }

    /// Whether so few are worth a word.
    pub fn is_short(&self, rostered: f64) -> bool {
        self.short(rostered) > NEGLIGIBLE
    }
}

/// Simulated service of one interval. Where nobody called or nobody worked in any replication, the mean does not exist: `None`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ServicePoint {
    /// Mean contacts offered.
    pub offered: f64,
    /// Mean contacts answered within the target's time.
    pub answered_within: f64,
    /// Mean contacts that hung up.
    pub abandoned: f64,
    /// Share answered within, 0..1.
    pub service_level: Option<f64>,
    /// 95 % interval of the share.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Mean wait of those answered, seconds.
    pub asa_s: Option<f64>,
    /// Share of working time spent on contacts, 0..1.
    pub occupancy: Option<f64>,
}

/// The same over the whole plan.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct QueueSummary {
    /// Share answered within that the curves promised.
    pub promised: f64,
    /// Share answered within that the simulation finds.
    pub simulated: f64,
    /// 95 % interval of `simulated`.
    pub low: f64,
    pub high: f64,
    /// Mean wait of those answered, seconds.
    pub asa_s: f64,
    /// Share of contacts that hung up, 0..1.
    pub abandoned: f64,
    /// 0..1.
    pub occupancy: f64,
}

/// Why an interval is as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IntervalReason {
    /// Index into the grid.
    pub interval: usize,
    pub why: String,
}
