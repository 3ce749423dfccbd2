//! Rules as people know them: the key of the scenario that sets them, and what it is set to for one person.

use super::{Rule, words_more};
use crate::calendar::format_minutes;
use crate::roster::problem::Problem;

/// A rule in the scenario's words, as it holds for a person.
pub fn said(rule: &Rule, problem: &Problem, person: usize) -> String {
    let rules = problem.rules(person);
    let own = &problem.people[person];
    let zone = &problem.site(person).zone;
    let clock = |minutes: u32| format!("{:02}:{:02}", minutes / 60 % 24, minutes % 60);
    let number =
        |value: Option<u32>| value.map_or_else(|| "none".to_owned(), |value| value.to_string());
    let starts = |spans: &mut dyn Iterator<Item = i32>| {
        let all: Vec<String> = spans
            .map(|start| {
                zone.to_local(problem.instant(start))
                    .format("%a %Y-%m-%d %H:%M")
                    .to_string()
            })
            .collect();
        all.join(", ")
    };
    let absent = match own.absent_days.iter().filter(|gone| **gone).count() {
        0 => String::new(),
        days => format!(", less for {days} absent days"),
    };
    match rule.name {
        "locked-shift" => format!(
            "locked shifts ({})",
            starts(&mut own.locked.iter().map(|span| span.start))
        ),
        "already-begun" => format!(
            "what starts before {} is not changed",
            starts(&mut std::iter::once(problem.free_from))
        ),
        "absence" => format!(
            "absences (from {})",
            starts(&mut own.absences.iter().map(|span| span.start))
        ),
        "window" => own.window.map_or_else(
            || "window".to_owned(),
            |window| {
                format!(
                    "window {}-{}",
                    clock(window.earliest_start),
                    clock(window.latest_end)
                )
            },
        ),
        "site-hours" => "the site's hours".to_owned(),
        "rest" => format!(
            "rest_between_shifts = {}",
            format_minutes(rules.rest.into())
        ),
        "days-per-week" => format!(
            "days_per_week {} to {}{absent}",
            rules.days_per_week.0, rules.days_per_week.1
        ),
        "hours-per-week" => {
            let (least, most) = rules.paid_minutes_per_week;
            format!(
                "paid_hours_per_week {} to {}{absent}",
                format_minutes(least.into()),
                format_minutes(most.into())
            )
        }
        "consecutive-days" => format!(
            "max_consecutive_days = {}",
            number(rules.max_consecutive_days)
        ),
        "consecutive-days-off" => format!(
            "min_consecutive_days_off = {}",
            number(rules.min_consecutive_days_off)
        ),
        "nights-per-week" => format!(
            "max_nights_per_week = {}",
            number(rules.max_nights_per_week)
        ),
        "consecutive-nights" => format!(
            "max_consecutive_nights = {}",
            number(rules.max_consecutive_nights)
        ),
        "weekends-off" => rules.weekends_off.map_or_else(
            || "weekends_off".to_owned(),
            |(least, of)| format!("weekends_off {least} of {of}"),
        ),
        "same-start" => format!(
            "same_start_within = {}",
            rules
                .same_start_within
                .map_or_else(String::new, |minutes| format_minutes(minutes.into()))
        ),
        other => words_more::said(other, problem, person),
    }
}
