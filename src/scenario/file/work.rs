//! Cover, activities, holidays and the objective, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Names, Number, Text, Whole};
use crate::scenario::source::Placed;

/// People of a role, skill or seniority who must be there; weighs more than service.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CoverTable {
    /// supervisor, ... as in the agents file. At least one of role, language, channel and seniority is there; who meets them all counts.
    pub role: Text,
    /// Only who speaks this language.
    pub language: Text,
    /// Only who works on this channel.
    pub channel: Text,
    /// Only who has at least this seniority.
    pub seniority: Number,
    /// At least so many.
    pub min: Whole,
    /// At most so many on shift at once.
    pub max: Whole,
    /// One for each so many other people on shift (span of control).
    pub one_per: Whole,
    /// When, on the site's clock (or the planner's, for all sites): "24/7" or "Mon-Fri 08:00-20:00".
    pub hours: Text,
    /// Id of a site. Left out: all sites together.
    pub site: Text,
    /// true: no roster without it. false if left out.
    pub hard: Option<bool>,
}

/// People who stand by outside their shifts and may be called in. Given out on the finished roster; they serve no queue.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OnCallTable {
    /// supervisor, ... as in the agents file. At least one of role, language, channel and seniority is there; who meets them all may stand by.
    pub role: Text,
    /// Only who speaks this language.
    pub language: Text,
    /// Only who works on this channel.
    pub channel: Text,
    /// Only who has at least this seniority.
    pub seniority: Number,
    /// So many at once. 1 if left out.
    pub people: Whole,
    /// When, on the site's clock (or the planner's, for all sites): "Mon-Fri 18:00-08:00". Each stretch is one duty of one person.
    pub hours: Text,
    /// Id of a site. Left out: all sites together.
    pub site: Text,
    /// Pay of an hour on call, as a share of the cost of an hour: 0.2. Nothing if left out.
    pub pay: Number,
    /// Least time from the end of a duty to the person's next shift, such as "8h". None if left out.
    pub rest: Text,
    /// Most duties of one person in a week.
    pub max_per_week: Whole,
}

/// Training, meetings, coaching.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivityTable {
    /// What people call it.
    #[schemars(required)]
    pub name: Text,
    /// How long it is, such as "1h".
    pub length: Text,
    /// Whom it is for. Everybody if left out.
    pub who: Option<Placed<WhoTable>>,
    /// How often in a week. 1 if left out.
    pub times_per_week: Whole,
    /// When it may be, on the agent's clock: "Mon-Fri 09:00-17:00". Any time if left out.
    pub window: Text,
    /// true: all at once. false if left out.
    pub together: Option<bool>,
    /// Whether it is paid. true if left out.
    pub paid: Option<bool>,
    /// true takes the activity of the extended scenario away.
    #[expect(
        dead_code,
        reason = "obeyed where trees are merged; here for the schema"
    )]
    pub remove: Option<bool>,
}

/// People who meet every key that is written.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WhoTable {
    /// Ids of sites.
    pub site: Names,
    /// Languages.
    pub language: Names,
    /// Roles.
    pub role: Names,
    /// Ids of people.
    pub agent: Names,
}

/// A public holiday that the country's list does not have.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HolidayTable {
    /// Such as 2026-10-26.
    #[schemars(required)]
    pub date: Text,
    /// For every site and queue of this country, such as "DE".
    pub country: Text,
    /// For this site alone.
    pub site: Text,
    /// What people call it.
    pub name: Text,
}

/// Weights of what is soft, each at least 0 and in the scenario's money; what is left out keeps a sensible weight.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectiveTable {
    /// A contact not answered in time.
    pub service: Number,
    /// An hour without the cover that is asked for.
    pub cover: Number,
    /// A request not met, times its own weight.
    pub requests: Number,
    /// A unit of money.
    pub cost: Number,
    /// An hour of overtime beyond what it costs; left out: nothing, unless `order` names it.
    pub overtime: Number,
    /// Unequal shares of nights, weekends and met requests.
    pub fairness: Number,
    /// A day on which somebody's shift is another than in the roster that people know (`--from`, of the same weeks); left out: nothing, unless `order` names it.
    pub changes: Number,
    /// Somebody's training or meeting that found no place; one that would lose more service than that is left out. Without it each is placed where it can be.
    pub activities: Number,
    /// What goes before what, most important first: ["cover", "service", "requests"].
    pub order: Option<Vec<Placed<String>>>,
}
