//! The rarer rules of a contract, pairs, and law packs, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{BreakTable, Names, Number, PremiumTable, Tables, Text, Whole, Yes};
use crate::scenario::source::Placed;

/// Rest after night shifts.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RestAfterNightsTable {
    /// After so many nights in a row or more. 1 if left out.
    pub in_a_row: Whole,
    /// Least time before the next shift that is not the next night's, such as "24h".
    pub rest: Text,
}

/// A long rest in any days in a row.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LongRestTable {
    /// Least time from one shift's end to the next one's start, such as "35h".
    pub at_least: Text,
    /// Any so many days in a row, such as "7d"; a rest counts on the days on which it has lasted so long. `previous` says what was worked before.
    pub in_any: Text,
}

/// Longest work without a break.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WorkWithoutBreakTable {
    /// From clock-in or the end of a break to the next break or clock-out, such as "6h".
    pub at_most: Text,
    /// Breaks shorter than this do not count, such as "15m". Every break counts if left out.
    pub break_of: Text,
}

/// Overtime by the day, from so many hours on.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DailyOvertimeTable {
    /// Paid hours of a day beyond this, such as "8h".
    pub after: Text,
    /// Factor on the cost of an hour, such as 1.5.
    pub factor: Number,
}

/// So many at most or at least, in a period.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LimitTable {
    /// hours, days, nights, sundays, holidays, early (starts before 10:00) or late (starts from 14:00, no night).
    pub count: Text,
    /// No more than this.
    pub at_most: Number,
    /// No fewer than this; not with `in_any`.
    pub at_least: Number,
    /// week, month or plan.
    pub per: Text,
    /// Any so many days in a row, such as "14d" or "4w"; `previous` says what was worked before.
    pub in_any: Text,
    /// Money for each hour or shift too many or too few. Left out: the limit is never broken.
    pub weight: Number,
}

/// Average working time over a reference period.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AverageHoursTable {
    /// Hours a week.
    pub at_most: Number,
    /// Length of the reference period, such as "17w"; `balance` says what was worked in it before.
    pub over: Text,
}

/// People who must or must not be on shift together.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PairTable {
    /// Ids of people.
    pub agents: Names,
    /// true: at most one of them is on shift at once.
    pub apart: Option<bool>,
    /// Each of them is on shift only while one of these is.
    pub with: Names,
    /// Money for an hour in which it is not so. Left out: it is never broken.
    pub weight: Number,
}

/// Every rarer rule of a contract.
#[derive(Debug, Default)]
pub struct TermsTable {
    pub max_paid_hours_per_day: Number,
    pub weekly_rest: Text,
    pub long_rest: Option<Placed<LongRestTable>>,
    pub work_without_break: Option<Placed<WorkWithoutBreakTable>>,
    pub daily_overtime: Tables<DailyOvertimeTable>,
    pub rest_after_nights: Option<Placed<RestAfterNightsTable>>,
    pub night_work: Option<bool>,
    pub sunday_work: Option<bool>,
    pub holiday_work: Option<bool>,
    pub limits: Tables<LimitTable>,
    pub average_hours: Option<Placed<AverageHoursTable>>,
    pub forward_rotation: Yes,
    pub pattern: Option<Placed<Vec<Placed<String>>>>,
    pub pattern_from: Text,
    pub same_start_over_weeks: Text,
}

/// A law pack.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawFile {
    pub id: Text,
    pub name: Text,
    pub rule: Tables<LawRuleTable>,
}

/// One value of a law, under the key that a contract has for it.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LawRuleTable {
    pub who: Text,
    pub source: Text,
    pub note: Text,
    pub rest_between_shifts: Text,
    pub max_consecutive_days: Whole,
    pub max_hours_per_week: Number,
    pub overtime_after: Number,
    pub overtime_factor: Number,
    pub premium: Option<Placed<PremiumTable>>,
    pub breaks: Option<Vec<Placed<BreakTable>>>,
    pub max_paid_hours_per_day: Number,
    pub weekly_rest: Text,
    pub long_rest: Option<Placed<LongRestTable>>,
    pub work_without_break: Option<Placed<WorkWithoutBreakTable>>,
    pub daily_overtime: Tables<DailyOvertimeTable>,
    pub night_work: Option<bool>,
    pub limits: Tables<LimitTable>,
    pub average_hours: Option<Placed<AverageHoursTable>>,
}
