//! Opening hours back into the words of a scenario.

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};

use crate::calendar::OpeningHours;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// `24/7` or `Mon-Fri 08:00-20:00, Sat 10:00-16:00`; hours past midnight are split there.
pub fn hours_text(hours: &OpeningHours) -> String {
    if hours.is_always() {
        return "24/7".into();
    }
    let days: Vec<String> = (0..7).map(|day| day_text(hours, day)).collect();
    let mut parts: Vec<String> = Vec::new();
    let mut first = 0;
    while first < 7 {
        let mut last = first;
        while last < 6 && days[last + 1] == days[first] {
            last += 1;
        }
        if !days[first].is_empty() {
            let name = if first == last {
                DAYS[first].to_owned()
            } else {
                format!("{}-{}", DAYS[first], DAYS[last])
            };
            parts.push(format!("{name} {}", days[first]));
        }
        first = last + 1;
    }
    if parts.is_empty() {
        "never".into()
    } else {
        parts.join(", ")
    }
}

fn day_text(hours: &OpeningHours, day: i64) -> String {
    // Any week will do: hours repeat. 2024-01-01 was a Monday.
    let monday: NaiveDateTime = NaiveDate::from_ymd_opt(2024, 1, 1)
        .unwrap_or_default()
        .into();
    let open = |minute: i64| {
        minute < 1440 && hours.contains(monday + TimeDelta::minutes(day * 1440 + minute))
    };
    let mut spans = Vec::new();
    let mut begin = None;
    for minute in 0..=1440 {
        match (begin, open(minute)) {
            (None, true) => begin = Some(minute),
            (Some(start), false) => {
                spans.push(format!("{}-{}", clock(start), clock(minute)));
                begin = None;
            }
            _ => {}
        }
    }
    spans.join(" and ")
}

fn clock(minute: i64) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
