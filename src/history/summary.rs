//! How complete a history is, in words.

use super::finding::grouped;
use super::finish::utc;
use super::{History, QueueHistory};
use crate::calendar::format_minutes;

impl History {
    /// A line for each queue: from when to when, in what intervals, how many contacts, how complete.
    pub fn summary(&self) -> String {
        let width = self
            .queues
            .iter()
            .map(|queue| queue.id.chars().count())
            .max()
            .unwrap_or(0);
        let lines = self
            .queues
            .iter()
            .map(|queue| format!("  {:width$}  {}\n", queue.id, words(queue)));
        std::iter::once("History:\n".to_owned())
            .chain(lines)
            .collect()
    }
}

fn words(queue: &QueueHistory) -> String {
    let (Some(first), Some(last)) = (queue.records.first(), queue.records.last()) else {
        return "no rows".into();
    };
    let interval = queue.interval_minutes.map_or_else(
        || "one row".into(),
        |minutes| format!("every {}", format_minutes(minutes.into())),
    );
    let missing = match queue.missing() {
        0 => "complete".to_owned(),
        missing => format!(
            "{:.1} % complete ({} intervals missing)",
            (queue.completeness() * 1000.0).floor() / 10.0,
            grouped(missing as u64)
        ),
    };
    format!(
        "{} to {}, {interval}, {} contacts, {missing}",
        utc(first.start),
        utc(last.start),
        grouped(queue.contacts().round() as u64)
    )
}
