//! Sites, people, and what is already known about their weeks.

use chrono::NaiveDate;

use crate::calendar::{DailyWindow, Holiday, Instant, OpeningHours, Zone};

use super::{
    AgentIndex, ChannelSet, ContractIndex, LanguageIndex, Law, Place, Protection, RoleIndex,
    SiteIndex,
};

/// A place of work.
#[derive(Debug, Clone, PartialEq)]
pub struct Site {
    pub id: String,
    pub zone: Zone,
    /// ISO 3166.
    pub country: Option<String>,
    /// Every public holiday known for the country and those that the scenario adds, by date.
    pub holidays: Vec<Holiday>,
    /// On the site's clock; none: always open.
    pub hours: Option<OpeningHours>,
    /// Most people on shift at once.
    pub seats: Option<u32>,
    /// Whose rules hold where a contract says nothing.
    pub law: Option<Law>,
    pub place: Place,
}

impl Site {
    pub fn is_holiday(&self, date: NaiveDate) -> bool {
        self.holidays
            .binary_search_by_key(&date, |holiday| holiday.date)
            .is_ok()
    }
}

/// A person on the roster.
#[derive(Debug, Clone, PartialEq)]
pub struct Agent {
    pub id: String,
    pub name: String,
    pub site: SiteIndex,
    pub contract: ContractIndex,
    pub role: RoleIndex,
    /// Each language once, in the order written.
    pub languages: Vec<LanguageSkill>,
    pub channels: ChannelSet,
    /// On the agent's own clock; none: any time.
    pub window: Option<DailyWindow>,
    /// First and last local date on which the agent works here, both included.
    pub from: Option<NaiveDate>,
    pub until: Option<NaiveDate>,
    /// Instead of the contract's.
    pub cost_per_hour: Option<f64>,
    /// As written, at least 0; more is more senior.
    pub seniority: Option<f64>,
    /// Weeks ahead in the contract's pattern, from 0.
    pub pattern_ahead: u32,
    /// Ascending, each once.
    pub protection: Vec<Protection>,
    /// Factor on all speeds by week of the plan, the last one holding on, above 0; empty: 1. For people who are new.
    pub ramp: Vec<f64>,
    pub place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LanguageSkill {
    pub language: LanguageIndex,
    /// Contacts per hour against the handle time's: 1 unless written, above 0.
    pub speed: f64,
}

/// People who leave by rate: their last day is set, and those named stand for all.
#[derive(Debug, Clone, PartialEq)]
pub struct Leavers {
    /// From 0 to below 1.
    pub share_a_year: f64,
    /// Date from which on people leave.
    pub as_of: NaiveDate,
    /// Those with a last day before the end of the plan, ascending.
    pub gone: Vec<AgentIndex>,
}

/// Time away that is known. No shift touches it.
#[derive(Debug, Clone, PartialEq)]
pub struct Absence {
    pub agent: AgentIndex,
    pub from: Instant,
    /// Not included.
    pub until: Instant,
    /// The local dates at the agent's site that it touches, ascending; also those outside the plan.
    pub dates: Vec<NaiveDate>,
    pub reason: String,
    pub paid: bool,
}

impl Absence {
    /// Whether both are of the same person and at the same time in part.
    pub fn overlaps(&self, other: &Absence) -> bool {
        self.agent == other.agent && self.from < other.until && other.from < self.until
    }
}

/// A wish for one date.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    pub agent: AgentIndex,
    /// At the agent's site.
    pub date: NaiveDate,
    pub wants: Wish,
    /// Above 0; 1 where nothing is written.
    pub weight: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Off,
    On,
    Early,
    Late,
    /// Minute of the day on the agent's clock.
    StartAt(u32),
}

/// A shift that is not the planner's to choose: locked, or of the weeks before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FixedShift {
    pub agent: AgentIndex,
    pub start: Instant,
    pub end: Instant,
    /// Pieces of it that are no work (breaks, training), in order of time; none where the file has whole shifts.
    pub pauses: Vec<(Instant, Instant)>,
}

/// People to be hired.
#[derive(Debug, Clone, PartialEq)]
pub struct Hire {
    pub id: String,
    pub count: HireCount,
    pub site: SiteIndex,
    pub contract: ContractIndex,
    pub role: RoleIndex,
    pub languages: Vec<LanguageSkill>,
    pub channels: ChannelSet,
    pub window: Option<DailyWindow>,
    /// First local date; none: the start of the plan.
    pub from: Option<NaiveDate>,
    /// Share of full speed by week from `from`, the last one holding on; empty: full speed at once.
    pub ramp: Vec<f64>,
    /// Of hiring and training one person, once, in the scenario's currency.
    pub cost: Option<f64>,
    /// What one person costs a week besides wages.
    pub cost_per_week: Option<f64>,
    /// Paid weeks from `from` on in which nobody serves customers.
    pub training_weeks: u32,
    /// Share of these people who leave in a year, at least 0.
    pub leavers: Option<f64>,
    pub place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HireCount {
    /// As many as are worth it.
    Solve,
    Number(u32),
}
