//! The weeks, the queues, and what will change about them.

use std::collections::{BTreeMap, BTreeSet};

use super::hours::hours_text;
use super::table::{lines, row};
use super::{change_words, count, percent, seconds};
use crate::calendar::{Zone, format_minutes};
use crate::scenario::domain::{Queue, Scenario, TargetPeriod};

pub fn plan(scenario: &Scenario) -> Vec<String> {
    let grid = scenario.grid();
    let hours = grid.len as f64 * f64::from(grid.step_minutes) / 60.0;
    let mut text = vec![
        scenario.name.clone(),
        format!(
            "Plan: {} to {} ({}), {hours} hours in {}, in intervals of {}",
            scenario.start.format("%A %Y-%m-%d"),
            scenario.last_date().format("%A %Y-%m-%d"),
            count(scenario.weeks as usize, "week", "weeks"),
            scenario.zone,
            format_minutes(scenario.interval_minutes.into()),
        ),
    ];
    let zones: BTreeSet<&str> = scenario
        .queues
        .iter()
        .map(|queue| &queue.zone)
        .chain(scenario.sites.iter().map(|site| &site.zone))
        .chain([&scenario.zone])
        .map(Zone::name)
        .collect();
    let mut changes: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for name in zones {
        let Ok(zone) = Zone::named(name) else {
            continue;
        };
        for change in clock_changes(scenario, &zone) {
            changes.entry(change).or_default().push(name);
        }
    }
    for (change, zones) in changes {
        text.push(format!("Clock: {change} in {}", zones.join(", ")));
    }
    text.push(match &scenario.history {
        None => "History: none".into(),
        Some(history) => {
            let files: Vec<String> = history
                .files
                .iter()
                .map(|file| file.display().to_string())
                .collect();
            format!("History: {} (format {})", files.join(", "), history.format)
        }
    });
    text
}

/// `on 2026-10-25 it is set back by 1h`, in order of date.
fn clock_changes(scenario: &Scenario, zone: &Zone) -> Vec<String> {
    let offset = |date| zone.offset_seconds(zone.start_of_day(date).timestamp());
    let mut text = Vec::new();
    for date in scenario.dates() {
        let change = offset(date + chrono::TimeDelta::days(1)) - offset(date);
        if change != 0 {
            let (way, length) = if change < 0 {
                ("back", -change)
            } else {
                ("forward", change)
            };
            text.push(format!(
                "on {date} it is set {way} by {}",
                format_minutes(i64::from(length) / 60)
            ));
        }
    }
    text
}

pub fn queues(scenario: &Scenario) -> Vec<String> {
    let languages: BTreeSet<_> = scenario.queues.iter().map(|queue| queue.language).collect();
    let mut text = vec![format!(
        "Queues: {} in {}",
        scenario.queues.len(),
        count(languages.len(), "language", "languages")
    )];
    let mut rows = vec![row([
        "queue", "language", "channel", "promise", "open", "clock", "",
    ])];
    for queue in &scenario.queues {
        rows.push(vec![
            queue.id.clone(),
            scenario.languages[queue.language.0].clone(),
            queue.channel.to_string(),
            promise(queue),
            hours_text(&queue.hours),
            queue.zone.to_string(),
            particulars(scenario, queue).join(", "),
        ]);
    }
    text.extend(lines(&rows));
    text
}

fn promise(queue: &Queue) -> String {
    let target = &queue.target;
    let mut text = format!(
        "{} within {}",
        percent(target.answered),
        seconds(target.within_seconds)
    );
    match target.per {
        Some(TargetPeriod::Interval) => text.push_str(" each interval"),
        Some(TargetPeriod::Day) => text.push_str(" each day"),
        Some(TargetPeriod::Week) => text.push_str(" each week"),
        None => {}
    }
    if let Some(share) = target.max_abandoned {
        text.push_str(&format!(", at most {} hang up", percent(share)));
    }
    if let Some(share) = target.max_occupancy {
        text.push_str(&format!(", at most {} busy", percent(share)));
    }
    text
}

fn particulars(scenario: &Scenario, queue: &Queue) -> Vec<String> {
    let mut text = Vec::new();
    if let Some(patience) = queue.patience_seconds {
        text.push(format!("waits {} on average", seconds(patience as u64)));
    }
    if let Some(time) = queue.handle_time_seconds {
        text.push(format!("takes {}", seconds(time as u64)));
    }
    if queue.concurrency > 1 {
        text.push(format!("{} at once", queue.concurrency));
    }
    if queue.min_staff > 0 {
        text.push(format!("always {} or more", queue.min_staff));
    }
    if let Some(priority) = queue.priority {
        text.push(format!("weight {priority}"));
    }
    if let Some(like) = &queue.like {
        let mut words = format!(
            "like {} with {} of its contacts",
            scenario.queues[like.queue.0].id,
            percent(like.contacts)
        );
        if let Some(weeks) = like.ramp_weeks {
            words.push_str(&format!(
                " after {}",
                count(weeks as usize, "week", "weeks")
            ));
        }
        text.push(words);
    }
    text
}

pub fn demand_changes(scenario: &Scenario) -> Vec<String> {
    let mut text = Vec::new();
    for event in &scenario.events {
        let ids: Vec<&str> = event
            .spans
            .iter()
            .map(|span| scenario.queues[span.queue.0].id.as_str())
            .collect();
        let mut effects = Vec::new();
        let moved: BTreeSet<&str> = event
            .spans
            .iter()
            .filter_map(|span| span.move_to)
            .map(|queue| scenario.queues[queue.0].id.as_str())
            .collect();
        effects.extend(factors(event.contacts, event.handle_time));
        if !moved.is_empty() {
            effects.push(format!(
                "contacts go to {}",
                moved.into_iter().collect::<Vec<_>>().join(", ")
            ));
        }
        text.push(format!(
            "Event: {} from {} to {} (each queue's clock): {} on {}",
            event.name,
            event.from.format("%Y-%m-%d %H:%M"),
            event.to.format("%Y-%m-%d %H:%M"),
            or_nothing(effects),
            or_none(&ids),
        ));
    }
    for change in &scenario.changes {
        let ids: Vec<&str> = change
            .queues
            .iter()
            .map(|queue| scenario.queues[queue.0].id.as_str())
            .collect();
        let name = change
            .name
            .as_ref()
            .map(|name| format!("{name}: "))
            .unwrap_or_default();
        let from = change
            .from
            .map(|from| format!(" from {from}"))
            .unwrap_or_default();
        text.push(format!(
            "Change: {name}{}{from} on {}",
            or_nothing(factors(change.contacts, change.handle_time)),
            or_none(&ids),
        ));
    }
    text
}

fn factors(contacts: f64, handle_time: f64) -> Vec<String> {
    let mut text = Vec::new();
    if contacts != 1.0 {
        text.push(change_words(contacts, "more contacts", "fewer contacts"));
    }
    if handle_time != 1.0 {
        text.push(change_words(
            handle_time,
            "longer work on each",
            "shorter work on each",
        ));
    }
    text
}

fn or_nothing(effects: Vec<String>) -> String {
    if effects.is_empty() {
        "no effect".into()
    } else {
        effects.join(", ")
    }
}

fn or_none(ids: &[&str]) -> String {
    if ids.is_empty() {
        "no queue".into()
    } else {
        ids.join(", ")
    }
}
