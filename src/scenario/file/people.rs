//! Sites, contracts and people, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{
    AverageHoursTable, Count, DailyOvertimeTable, LimitTable, LongRestTable, Names, Number,
    RestAfterNightsTable, Tables, TermsTable, Text, Whole, WorkWithoutBreakTable, Yes,
};
use crate::scenario::source::Placed;

/// A place of work.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SiteTable {
    /// Its name in every file.
    #[schemars(required)]
    pub id: Text,
    /// Its time zone, such as "Europe/Athens".
    pub time_zone: Text,
    /// Its country (ISO 3166) for public holidays, such as "GR".
    pub country: Text,
    /// When people can work there, on its own clock. Left out: always.
    pub hours: Text,
    /// Most people on shift at once.
    pub seats: Whole,
    /// The law pack whose rules hold where a contract says nothing, such as "LT" or "US-CA". No legal advice.
    pub law: Text,
    /// true takes the site of the extended scenario away.
    #[expect(
        dead_code,
        reason = "obeyed where trees are merged; here for the schema"
    )]
    pub remove: Option<bool>,
}

/// What a kind of contract allows and costs.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ContractTable {
    /// Its name in every file.
    #[schemars(required)]
    pub id: Text,
    /// Paid hours of a week (shift lengths less unpaid breaks): { min = 32, max = 40 }.
    pub paid_hours_per_week: Option<Placed<NumberRange>>,
    /// Worked days of a week: { min = 4, max = 5 }.
    pub days_per_week: Option<Placed<NumberRange>>,
    /// Allowed times from clock-in to clock-out: ["8h", "10h"].
    pub shift_lengths: Option<Placed<Vec<Placed<String>>>>,
    /// When shifts may start on the agent's clock.
    pub shift_starts: Option<Placed<ShiftStartsTable>>,
    /// Least time from one shift's end to the next one's start, such as "11h".
    pub rest_between_shifts: Text,
    /// Most worked days in a row.
    pub max_consecutive_days: Whole,
    /// Fewest free days in a row.
    pub min_consecutive_days_off: Whole,
    /// Most night shifts in a week.
    pub max_nights_per_week: Whole,
    /// Most night shifts in a row.
    pub max_consecutive_nights: Whole,
    /// Free weekends: { at_least = 1, of = 2 }.
    pub weekends_off: Option<Placed<WeekendsOffTable>>,
    /// A week's starts lie this close together, such as "2h".
    pub same_start_within: Text,
    /// The starts of the whole plan, and of the week before it, lie this close together, such as "3h".
    pub same_start_over_weeks: Text,
    /// Most paid hours of one day.
    pub max_paid_hours_per_day: Number,
    /// Every week holds one uninterrupted rest of this length, such as "35h".
    pub weekly_rest: Text,
    /// A long rest in any days in a row: { at_least = "35h", in_any = "7d" }.
    pub long_rest: Option<Placed<LongRestTable>>,
    /// Longest work without a break: { at_most = "6h", break_of = "15m" }.
    pub work_without_break: Option<Placed<WorkWithoutBreakTable>>,
    /// Longer rest after nights: { in_a_row = 3, rest = "48h" }.
    pub rest_after_nights: Option<Placed<RestAfterNightsTable>>,
    /// false: no work between 22:00 and 06:00.
    pub night_work: Option<bool>,
    /// false: no shift starts on a Sunday.
    pub sunday_work: Option<bool>,
    /// false: no shift starts on a public holiday.
    pub holiday_work: Option<bool>,
    /// So many hours, shifts, nights ... in a period: [{ count = "nights", at_most = 8, in_any = "4w" }].
    pub limits: Tables<LimitTable>,
    /// Average working time: { at_most = 48, over = "17w" }.
    pub average_hours: Option<Placed<AverageHoursTable>>,
    /// true: from one day to the next shifts go early, day, late, night and never back. A number: money for each step back.
    pub forward_rotation: Yes,
    /// Weeks that repeat, Monday first where `pattern_from` is one: ["EEEEE--", "LLLL---"]. E early, D day, L late, N night, W any shift, - off, ? as is best.
    pub pattern: Option<Placed<Vec<Placed<String>>>>,
    /// First day of the pattern's first week.
    pub pattern_from: Text,
    /// Breaks within a shift.
    pub breaks: Option<Vec<Placed<BreakTable>>>,
    /// Cost of a paid hour.
    pub cost_per_hour: Number,
    /// Hours beyond the paid hours, and what they cost.
    pub overtime: Option<Placed<OvertimeTable>>,
    /// What hours of a day beyond so many cost: [{ after = "8h", factor = 1.5 }, { after = "12h", factor = 2.0 }].
    pub daily_overtime: Tables<DailyOvertimeTable>,
    /// Additions to the cost of an hour as a share of it: { night = 0.30 } is 30 % more.
    pub premium: Option<Placed<PremiumTable>>,
    /// true takes the contract of the extended scenario away.
    #[expect(
        dead_code,
        reason = "obeyed where trees are merged; here for the schema"
    )]
    pub remove: Option<bool>,
}

impl ContractTable {
    /// Takes out the rarer rules.
    pub fn take_terms(&mut self) -> TermsTable {
        TermsTable {
            max_paid_hours_per_day: self.max_paid_hours_per_day.take(),
            weekly_rest: self.weekly_rest.take(),
            long_rest: self.long_rest.take(),
            work_without_break: self.work_without_break.take(),
            daily_overtime: self.daily_overtime.take(),
            rest_after_nights: self.rest_after_nights.take(),
            night_work: self.night_work,
            sunday_work: self.sunday_work,
            holiday_work: self.holiday_work,
            limits: self.limits.take(),
            average_hours: self.average_hours.take(),
            forward_rotation: self.forward_rotation.take(),
            pattern: self.pattern.take(),
            pattern_from: self.pattern_from.take(),
            same_start_over_weeks: self.same_start_over_weeks.take(),
        }
    }
}

/// From least to most, both included.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberRange {
    /// The least.
    pub min: Number,
    /// The most.
    pub max: Number,
}

/// When shifts may start on the agent's clock.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShiftStartsTable {
    /// Time between possible starts, counted from midnight, such as "30m". The interval if left out.
    pub every: Text,
    /// First start of the day, such as "06:00".
    pub earliest: Text,
    /// Last start of the day, such as "22:00".
    pub latest: Text,
}

/// Of any `of` weekends in a row, `at_least` are free.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WeekendsOffTable {
    /// Free weekends.
    pub at_least: Whole,
    /// Of so many in a row.
    pub of: Whole,
}

/// One break, taken in shifts longer than `if_shift_over`, wholly between `after` and `before`.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BreakTable {
    /// rest or meal.
    pub name: Text,
    /// How long it is, such as "15m".
    pub length: Text,
    /// Whether it is paid. false if left out.
    pub paid: Option<bool>,
    /// It begins no sooner than this after clock-in. "0m" if left out.
    pub after: Text,
    /// It has ended by this time after clock-in. The end of the shift if left out.
    pub before: Text,
    /// It belongs to shifts longer than this. Every shift if left out.
    pub if_shift_over: Text,
}

/// Hours beyond the paid hours of the contract.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OvertimeTable {
    /// Most hours of overtime in a week.
    pub max_hours: Number,
    /// Factor on the cost of an hour, such as 1.5.
    pub factor: Number,
}

/// Additions to the cost of an hour as a share of it.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PremiumTable {
    /// 22:00 to 06:00 on the agent's clock.
    pub night: Number,
    /// On Saturdays.
    pub saturday: Number,
    /// On Sundays.
    pub sunday: Number,
    /// On public holidays of the site.
    pub holiday: Number,
}

/// Changes one person of the agents file, or adds one.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AgentTable {
    /// As in the agents file.
    #[schemars(required)]
    pub id: Text,
    /// The person's name.
    pub name: Text,
    /// Id of a site.
    pub site: Text,
    /// Id of a contract.
    pub contract: Text,
    /// agent, supervisor, ...
    pub role: Text,
    /// Languages, each perhaps with a speed: ["en", "de:0.8"].
    pub languages: Names,
    /// Channels: ["phone", "chat"].
    pub channels: Names,
    /// Earliest start and latest end on the agent's clock: "06:00-22:00".
    pub window: Text,
    /// First date of work.
    pub from: Text,
    /// Last date of work.
    pub until: Text,
    /// Instead of the contract's.
    pub cost_per_hour: Number,
    /// A number; more is more senior.
    pub seniority: Number,
    /// Which week of the contract's pattern is theirs in the first week of it: 1, 2, ...
    pub pattern_week: Number,
    /// minor, pregnant, no-nights, no-sundays, no-holidays, no-overtime.
    pub protection: Names,
    /// true takes the person away.
    pub remove: Option<Placed<bool>>,
}

/// People to be hired.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HireTable {
    /// Its name in results.
    #[schemars(required)]
    pub id: Text,
    /// How many, or "solve" for as many as are worth it.
    pub count: Option<Placed<Count>>,
    /// Id of a site.
    pub site: Text,
    /// Id of a contract.
    pub contract: Text,
    /// agent if left out.
    pub role: Text,
    /// Languages, each perhaps with a speed: ["ja", "en:0.8"].
    pub languages: Names,
    /// Channels: ["phone", "email"].
    pub channels: Names,
    /// Earliest start and latest end on their clock: "06:00-22:00".
    pub window: Text,
    /// First date of work. The start of the plan if left out.
    pub from: Text,
    /// Share of full speed by week, the last one holding on: [0.6, 0.8, 1.0].
    pub ramp: Option<Vec<Placed<f64>>>,
    /// Of hiring and training one person, once.
    pub cost: Number,
    /// What one person costs a week besides wages: a seat, licences.
    pub cost_per_week: Number,
    /// Paid weeks of training from `from` on, in which nobody serves customers: "2w".
    pub training: Text,
    /// Share of these people who leave in a year, such as 0.3.
    pub leavers: Number,
    /// true takes the hire of the extended scenario away.
    #[expect(
        dead_code,
        reason = "obeyed where trees are merged; here for the schema"
    )]
    pub remove: Option<bool>,
}
