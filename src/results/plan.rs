//! The plan as a whole.

use chrono::NaiveDate;

use super::{BalanceRow, OnCallRow, PayrollRow, Person, QueueResult, Replanned};
use crate::calendar::{Grid, Zone};

/// A finished plan: forecast, requirement, roster and what the simulation says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanResults {
    /// The scenario's name.
    pub name: String,
    /// The planner's own zone; `first_day` and the grid's ends are midnights in it.
    pub planner_zone: Zone,
    /// Currency of every amount of money, as the scenario writes it (`EUR`).
    pub currency: String,
    /// The intervals of every "per interval" vector.
    pub grid: Grid,
    /// First local day of the plan.
    pub first_day: NaiveDate,
    /// Whole weeks planned.
    pub weeks: u32,
    /// In the scenario's order.
    pub queues: Vec<QueueResult>,
    /// In the scenario's order.
    pub sites: Vec<Site>,
    /// In the order of the scenario's list of agents.
    pub people: Vec<Person>,
    /// How far each rule of cover (somebody in charge, span of control) is kept.
    pub covers: Vec<CoverResult>,
    /// One row per agent and local date with work or absence, by agent and then by date.
    pub payroll: Vec<PayrollRow>,
    /// One row per agent and week, by agent and then by week; earlier weeks that were known among them.
    pub balance: Vec<BalanceRow>,
    /// Who stands by, by duty and then by time.
    pub on_call: Vec<OnCallRow>,
    /// The rounds of planning and playing, in order.
    pub rounds: Vec<Round>,
    pub summary: Summary,
    /// What became of the roster that people had been told, where this one was made in the middle of its weeks.
    pub replanned: Option<Replanned>,
    /// What the planner should know besides: gaps in history, borrowed shapes, data that look odd.
    pub notes: Vec<String>,
}

impl PlanResults {
    /// The local dates that the plan rosters: `first_day` and the `7 * weeks - 1` days after it.
    pub fn dates(&self) -> impl Iterator<Item = NaiveDate> + '_ {
        self.first_day.iter_days().take(7 * self.weeks as usize)
    }

    /// The site with this id.
    pub fn site(&self, id: &str) -> Option<&Site> {
        self.sites.iter().find(|site| site.id == id)
    }

    /// Whether `date` is a public holiday at the site.
    pub fn is_holiday(&self, site: &str, date: NaiveDate) -> bool {
        self.site(site)
            .is_some_and(|site| site.holidays.iter().any(|holiday| holiday.date == date))
    }
}

/// A place where people work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    pub id: String,
    pub zone: Zone,
    /// Most people on shift at once; `None` where the scenario sets no limit.
    pub seats: Option<u32>,
    /// Most people ever on shift at once in this roster.
    pub seats_used: u32,
    /// Public holidays within (or touching) the plan.
    pub holidays: Vec<SiteHoliday>,
}

/// A public holiday at a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteHoliday {
    pub date: NaiveDate,
    pub name: String,
}

/// How far a rule of cover is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct CoverResult {
    /// The role that must be there (`supervisor`).
    pub role: String,
    /// What is asked, in words: "at least 1 supervisor whenever anybody works".
    pub wanted: String,
    /// The site that it holds for; `None` for all.
    pub site: Option<String>,
    /// Whether it is a hard rule.
    pub hard: bool,
    /// Intervals in which it applies.
    pub intervals: u32,
    /// Of those, the intervals (indices of the grid) in which too few are there.
    pub short: Vec<usize>,
}

/// One round of planning and playing.
#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    /// From 1.
    pub number: u32,
    /// Money.
    pub cost: f64,
    /// Contact-weighted share answered within target over all queues, as the curves promise it.
    pub promised: f64,
    /// The same as the simulation finds it.
    pub simulated: f64,
    /// What was changed for the next round, in words; empty in the last.
    pub correction: String,
}

/// What the solver claims of the roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// So near to the least possible objective that nobody will tell the difference.
    Optimal,
    /// Keeps every hard rule; the remaining gap is stated.
    Feasible,
    /// As `Feasible`, but ended by the clock or the user.
    Stopped,
}

impl Status {
    /// The word that stands in `summary.json`.
    pub fn word(self) -> &'static str {
        match self {
            Status::Optimal => "optimal",
            Status::Feasible => "feasible",
            Status::Stopped => "stopped",
        }
    }
}

/// The plan in a few numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Summary {
    pub status: Status,
    /// What was minimised: cost plus the weighted price of what is soft.
    pub objective: f64,
    /// No roster can have a smaller objective than this.
    pub bound: f64,
    /// (objective - bound) / objective, 0..1.
    pub gap: f64,
    /// The same, related to only that part of the objective which any roster could change; `None` if it was not computed.
    pub gap_changeable: Option<f64>,
    /// Pay of all shifts and paid absences, in money: the sum of the payroll.
    pub cost: f64,
    /// Wall-clock seconds of the whole run; the one figure that is not reproducible.
    pub seconds: f64,
    pub seed: u64,
    /// The program's version (`0.1.0`).
    pub version: String,
    /// `time`, `effort`, `gap` or `user`; `None` if nothing was left to do.
    pub stopped_by: Option<String>,
    /// Hard rules broken. Always empty in what is written: a roster that breaks one is never published.
    pub broken: Vec<String>,
    /// Soft wishes that could not be met.
    pub unmet: Vec<Unmet>,
}

/// A soft wish that could not be met, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// What was wanted: "80 % of lv-phone within 20 s", "off on Fri 23 October", "a supervisor at night".
    pub what: String,
    /// Whom it concerns: an agent's id, a queue's id or a site's id.
    pub who: Option<String>,
    /// When: a date or a span in words, in the zone that the reader would expect.
    pub when: Option<String>,
    /// Why not, in words.
    pub why: String,
}
