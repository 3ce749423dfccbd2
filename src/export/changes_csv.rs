//! `changes.csv`: who works otherwise than they had been told.

use super::text::{csv_text, free_text};
use crate::calendar::Instant;
use crate::results::{Replanned, ShiftChange};

/// `agent,name,site,date,change,was_start,was_end,now_start,now_end,time_zone,why`, in order of time. `change` is `absent`, `left`, `added`, `freed`,
/// `moved` or `breaks`; times are on the agent's clock with its offset, empty where there is no shift.
pub fn changes_csv(replanned: &Replanned) -> String {
    csv_text(
        [
            "agent",
            "name",
            "site",
            "date",
            "change",
            "was_start",
            "was_end",
            "now_start",
            "now_end",
            "time_zone",
            "why",
        ],
        replanned.changes.iter().map(row),
    )
}

fn row(change: &ShiftChange) -> [String; 11] {
    let clock = |at: Option<Instant>| at.map_or(String::new(), |at| change.zone.format(at));
    [
        change.agent.clone(),
        free_text(&change.name),
        change.site.clone(),
        change.date.to_string(),
        change.kind.word().to_owned(),
        clock(change.was.map(|was| was.0)),
        clock(change.was.map(|was| was.1)),
        clock(change.now.map(|now| now.0)),
        clock(change.now.map(|now| now.1)),
        change.zone.name().to_owned(),
        free_text(&change.why),
    ]
}
