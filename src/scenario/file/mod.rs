//! `scenario.toml` as it is written: nothing is checked here beyond its shape. The comments of the fields are the descriptions of the schema.

mod demand;
mod people;
mod placed;
mod schema;
mod terms;
mod work;

use schemars::JsonSchema;
use serde::Deserialize;

use super::source::Placed;

pub use demand::{ChangeTable, EventTable, LikeTable, PassesOnTable, QueueTable, TargetTable};
pub use people::{
    AgentTable, BreakTable, ContractTable, HireTable, NumberRange, OvertimeTable, PremiumTable,
    ShiftStartsTable, SiteTable, WeekendsOffTable,
};
pub use placed::{Count, Named, OneOrMany, YesOrWeight};
pub use schema::schema_json;
pub use terms::{
    AverageHoursTable, DailyOvertimeTable, LawFile, LawRuleTable, LimitTable, LongRestTable,
    PairTable, RestAfterNightsTable, TermsTable, WorkWithoutBreakTable,
};
pub use work::{ActivityTable, CoverTable, HolidayTable, ObjectiveTable, OnCallTable, WhoTable};

/// Text with its place.
pub type Text = Option<Placed<String>>;
/// A number with its place.
pub type Number = Option<Placed<f64>>;
/// A whole number with its place.
pub type Whole = Option<Placed<i64>>;
/// true, or a weight, with its place.
pub type Yes = Option<Placed<YesOrWeight>>;
/// A name or names with their places.
pub type Names = Option<Placed<OneOrMany>>;
/// The tables of one kind.
pub type Tables<T> = Option<Vec<Placed<T>>>;

/// A scenario of followsun: who asks for service, who gives it, under which rules.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "followsun scenario")]
pub struct ScenarioFile {
    /// What people call this scenario.
    pub name: Text,
    /// First local date of the plan in `time_zone`, such as 2026-10-19. Best a Monday.
    pub start: Text,
    /// How many weeks to plan. 1 if left out.
    pub weeks: Whole,
    /// Length of a planning interval, "5m" to "60m"; it divides a day.
    pub interval: Text,
    /// The planner's own time zone, such as "Europe/Vilnius".
    pub time_zone: Text,
    /// Currency of every sum of money, such as "EUR".
    pub currency: Text,
    /// Another scenario that this one changes: path of its file or folder, relative to this file.
    #[expect(
        dead_code,
        reason = "obeyed where trees are merged; here for the schema"
    )]
    pub extends: Text,
    /// Start of the random numbers; the same seed gives the same result.
    pub seed: Whole,
    /// Where the contacts of the past are.
    pub history: Option<Placed<HistoryTable>>,
    /// Files about people.
    pub staff: Option<Placed<StaffTable>>,
    /// Share of rostered time lost to what is not in the roster: sickness, system trouble.
    pub shrinkage: Option<Placed<ShrinkageTable>>,
    /// Contacts of one language on one channel.
    pub queue: Tables<QueueTable>,
    /// A place of work.
    pub site: Tables<SiteTable>,
    /// What a kind of contract allows and costs.
    pub contract: Tables<ContractTable>,
    /// People of a role who must be there.
    pub cover: Tables<CoverTable>,
    /// People who must or must not be on shift together.
    pub pair: Tables<PairTable>,
    /// People who stand by outside their shifts.
    pub on_call: Tables<OnCallTable>,
    /// Training, meetings, coaching.
    pub activity: Tables<ActivityTable>,
    /// A campaign, recall, outage or holiday.
    pub event: Tables<EventTable>,
    /// What is soft, and how much it weighs.
    pub objective: Option<Placed<ObjectiveTable>>,
    /// Changes one person of the agents file, or adds one.
    pub agent: Tables<AgentTable>,
    /// People to be hired.
    pub hire: Tables<HireTable>,
    /// A lasting change of demand: growth, self-service.
    pub change: Tables<ChangeTable>,
    /// A public holiday that the country's list does not have.
    pub holiday: Tables<HolidayTable>,
}

/// Where the contacts of the past are.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HistoryTable {
    /// Paths relative to the scenario.
    pub files: Names,
    /// "intervals" (queue,start,contacts,handle_time_s) or the name of an importer.
    pub format: Text,
    /// Names of queues in the files = ids of queues here.
    pub queue_map: Option<Placed<Named<String>>>,
}

/// Files about people: CSV, paths relative to the scenario.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffTable {
    /// id,name,site,contract,role,languages,channels,window
    pub agents: Text,
    /// agent,start,end,reason,paid in the agent's local time.
    pub absences: Text,
    /// agent,date,wants,weight; wants is off, on, early, late or a start time.
    pub requests: Text,
    /// agent,start,end: shifts that stay as they are.
    pub locked: Text,
    /// Last week's roster (roster.csv, or agent,start,end), so that rest and days in a row hold over the boundary and who still works then counts.
    pub previous: Text,
    /// balance.csv of the plan before: agent,week,paid_hours,nights,weekend_days,unpopular_starts, one row for each person and week.
    pub balance: Text,
    /// Share of the people who leave in a year, such as 0.3. Nobody knows who will: some of each kind are taken to have left.
    pub leavers: Number,
    /// Date of which the list of people is; leavers are counted from it. The start of the plan if left out.
    pub as_of: Text,
}

/// Shares from 0 to below 1.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShrinkageTable {
    /// Where nothing else is written.
    pub default: Number,
    /// By site id.
    pub site: Option<Placed<Named<f64>>>,
    /// By channel: phone, chat, email, social, case.
    pub channel: Option<Placed<Named<f64>>>,
}
