//! What a scenario says, in the words of those who wrote it: so that they see whether it was understood.

mod hours;
mod people;
mod plan;
mod rules;
mod table;

use super::domain::Scenario;

/// A plain summary for people; every part begins with a line of its own.
pub fn understood(scenario: &Scenario) -> String {
    let parts = [
        plan::plan(scenario),
        plan::queues(scenario),
        people::people(scenario),
        people::who_serves(scenario),
        people::weeks(scenario),
        rules::rules(scenario),
        plan::demand_changes(scenario),
    ];
    let mut text = parts
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| part.join("\n"))
        .collect::<Vec<_>>()
        .join("\n\n");
    text.push('\n');
    text
}

/// `1 person`, `2 people`.
fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}

/// `150` as `2m30s`.
fn seconds(seconds: u64) -> String {
    if seconds < 120 {
        return format!("{seconds}s");
    }
    let parts = [
        (seconds / 86_400, "d"),
        (seconds / 3600 % 24, "h"),
        (seconds / 60 % 60, "m"),
        (seconds % 60, "s"),
    ];
    parts
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, unit)| format!("{number}{unit}"))
        .collect()
}

/// `0.805` as `80.5 %`.
fn percent(share: f64) -> String {
    format!("{} %", (share * 1000.0).round() / 10.0)
}

/// A factor as people say it: `35 % more`, `8 % fewer`.
fn change_words(factor: f64, more: &str, less: &str) -> String {
    if factor >= 1.0 {
        format!("{} {more}", percent(factor - 1.0))
    } else {
        format!("{} {less}", percent(1.0 - factor))
    }
}
