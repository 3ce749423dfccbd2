//! Queues and what will change about them, as written.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{Names, Number, Text, Whole};
use crate::scenario::source::Placed;

/// Contacts of one language on one channel.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QueueTable {
    /// Its name in every file.
    #[schemars(required)]
    pub id: Text,
    /// Language of its contacts, such as "en".
    pub language: Text,
    /// phone, chat, email, social or case.
    pub channel: Text,
    /// Its customers' time zone, such as "Europe/London".
    pub time_zone: Text,
    /// Opening hours on its customers' clock: "24/7" or "Mon-Fri 08:00-20:00, Sat 10:00-16:00". "24/7" if left out.
    pub hours: Text,
    /// What customers are promised.
    pub target: Option<Placed<TargetTable>>,
    /// Largest share of contacts that may hang up, 0 to 1.
    pub max_abandoned: Number,
    /// Largest share of working time spent on contacts, above 0, at most 1.
    pub max_occupancy: Number,
    /// Over what time the target is reckoned: "day" (each day is planned for and judged), "week", or "interval" (the default: as many intervals as can be, judged over the plan).
    pub per: Text,
    /// Mean time until a waiting customer hangs up, such as "2m30s". Left out: nobody hangs up.
    pub patience: Text,
    /// Mean work on one contact, such as "5m". Left out: forecast from history. For chat: of one chat handled alone.
    pub handle_time: Text,
    /// Spread of the handle time: standard deviation / mean. 1 (exponential) if left out.
    pub handle_time_cv: Number,
    /// Chats that one agent handles at once. 1 if left out.
    pub concurrency: Whole,
    /// Factor on a chat's handle time for each further chat at once. 1 if left out.
    pub slowdown: Number,
    /// Agents who must be able to answer it at any open time.
    pub min_staff: Whole,
    /// Weight against other queues, above 0.
    pub priority: Number,
    /// Borrows the shape of a queue that has history.
    pub like: Option<Placed<LikeTable>>,
    /// A share of its contacts is passed on to a second level.
    pub passes_on: Option<Placed<PassesOnTable>>,
    /// Its customers' country for public holidays, such as "GB".
    pub country: Text,
    /// true takes the queue of the extended scenario away.
    #[expect(
        dead_code,
        reason = "obeyed where trees are merged; here for the schema"
    )]
    pub remove: Option<bool>,
}

/// A share of contacts answered within a time.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetTable {
    /// Share of offered contacts, such as 0.80.
    pub answered: Number,
    /// Threshold, such as "20s" or "8h".
    pub within: Text,
    /// As in [[queue]].
    pub max_abandoned: Number,
    /// As in [[queue]].
    pub max_occupancy: Number,
    /// As in [[queue]].
    pub per: Text,
}

/// A new queue borrows shape from one that has history; its own clock is applied.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LikeTable {
    /// Id of the queue that has history.
    #[schemars(required)]
    pub queue: Text,
    /// Its contacts as a factor on the other's, such as 0.3. 1 if left out.
    pub contacts: Number,
    /// Time until it has all its contacts, in whole weeks: "8w".
    pub ramp: Text,
}

/// Contacts that the first level cannot finish.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PassesOnTable {
    /// Id of the queue of the second level.
    #[schemars(required)]
    pub to: Text,
    /// Share of the contacts, above 0, at most 1.
    #[schemars(required)]
    pub share: Number,
}

/// A campaign, recall, outage or holiday.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EventTable {
    /// What people call it.
    #[schemars(required)]
    pub name: Text,
    /// Ids of queues, or patterns: "*", "en-*".
    pub queues: Names,
    /// Begin on each queue's own clock: 2026-10-21T08:00.
    pub from: Text,
    /// End on each queue's own clock, not included.
    pub to: Text,
    /// Factor on contacts, such as 1.35. 1 if left out.
    pub contacts: Number,
    /// Factor on handle time. 1 if left out.
    pub handle_time: Number,
    /// A site that is down: its people are paid and cannot work. Times are then the site's; `queues` may be left out.
    pub site: Text,
    /// Where the contacts go instead that `contacts` takes away (all of them where it is not written): id of a queue, or a channel (each queue's contacts go to that channel in the same language).
    pub move_to: Text,
    /// true takes the event of the extended scenario away.
    #[expect(
        dead_code,
        reason = "obeyed where trees are merged; here for the schema"
    )]
    pub remove: Option<bool>,
}

/// A lasting change of demand: growth, self-service.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeTable {
    /// What people call it.
    pub name: Text,
    /// Ids of queues, or patterns: "*", "*-chat".
    #[schemars(required)]
    pub queues: Names,
    /// Factor on contacts, such as 0.65. 1 if left out.
    pub contacts: Number,
    /// Factor on handle time. 1 if left out.
    pub handle_time: Number,
    /// First date on which it holds. Left out: all of the plan. If the history knows days since then, they are not changed again: what
    /// came before is counted as if it had held then, too.
    pub from: Text,
}
