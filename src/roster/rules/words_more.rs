//! The rarer rules as people know them.

use super::limits;
use crate::calendar::format_minutes;
use crate::roster::problem::Problem;

/// A rule in the scenario's words, as it holds for a person; its name where there is nothing more to say.
pub(super) fn said(name: &str, problem: &Problem, person: usize) -> String {
    let terms = &problem.rules(person).terms;
    let hours = |minutes: i32| format_minutes(minutes.into());
    let words = match name {
        "hours-per-day" => terms
            .max_paid_minutes_per_day
            .map(|most| format!("max_paid_hours_per_day = {}", hours(most))),
        "weekly-rest" => terms
            .weekly_rest
            .map(|rest| format!("weekly_rest = {}", hours(rest))),
        "long-rest" => terms
            .long_rest
            .map(|rule| format!("long_rest = {} in any {} days", hours(rule.rest), rule.days)),
        "work-without-break" => terms
            .work_without_break
            .map(|rule| format!("work_without_break = {}", hours(rule.at_most))),
        "pattern" => Some("pattern".to_owned()),
        "breaks" => Some("breaks".to_owned()),
        "shift-length" => Some("shift_lengths".to_owned()),
        "shift-start" => Some("shift_starts".to_owned()),
        "rest-after-nights" => terms.rest_after_nights.map(|rule| {
            format!(
                "rest_after_nights = {} after {} in a row",
                hours(rule.rest),
                rule.in_a_row
            )
        }),
        "no-nights" => Some("night_work = false".to_owned()),
        "no-sundays-or-holidays" => Some("sunday_work = false or holiday_work = false".to_owned()),
        "limits" => {
            let all: Vec<String> = terms.limits.iter().map(limits::said).collect();
            Some(format!("limits ({})", all.join("; ")))
        }
        "average-hours" => terms.average.map(|average| {
            format!(
                "average_hours {} over {} weeks",
                hours(average.minutes_per_week),
                average.weeks
            )
        }),
        "forward-rotation" => Some("forward_rotation".to_owned()),
        "same-start-over-weeks" => terms
            .same_start_over_weeks
            .map(|minutes| format!("same_start_over_weeks = {}", hours(minutes))),
        _ => None,
    };
    words.unwrap_or_else(|| name.to_owned())
}
