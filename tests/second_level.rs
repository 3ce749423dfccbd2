//! A second level without a past: what is passed on to it waits until it opens, and what is said of it alone counts.

mod common;

use std::collections::BTreeMap;

use common::{History, SMALL, SMALL_AGENTS, Team, Temp, number, run, table};

const SHARE: f64 = 0.2;
/// Half hours of a week that starts on Monday 00:00.
const DAY: usize = 48;
const NINE: usize = 18;
const FIVE: usize = 34;

/// Contacts and handle times of each half hour of the week, by queue.
type Forecast = BTreeMap<String, Vec<(f64, f64)>>;

/// The small team's forecast with a second level behind its English phone queue and these lines more.
fn forecast(more: &str) -> Forecast {
    let temp = Temp::new("second-level");
    let on = format!("id = \"en-phone\"\npasses_on = {{ to = \"second\", share = {SHARE} }}");
    let scenario = SMALL.replacen("id = \"en-phone\"", &on, 1)
        + "
[[queue]]
id = \"second\"
language = \"en\"
channel = \"phone\"
time_zone = \"Europe/Vilnius\"
hours = \"Mon-Fri 09:00-17:00\"
target = { answered = 0.80, within = \"20s\" }
handle_time = \"5m\"
" + more;
    let history = History::before("2026-11-23", "Europe/Vilnius")
        .queue("lt-phone", 30.0, 240.0, 8..18)
        .queue("en-phone", 20.0, 300.0, 8..18)
        .queue("en-email", 10.0, 400.0, 8..18);
    Team::new(&scenario, SMALL_AGENTS, history.csv()).write(&temp.join("team"));
    run(temp.path(), &["forecast", "team", "--out", "out"]).well();
    let mut forecast = Forecast::new();
    for row in table(&temp.join("out/forecast.csv")) {
        let of = forecast.entry(row["queue"].clone()).or_default();
        of.push((number(&row, "contacts"), number(&row, "handle_time_s")));
    }
    forecast
}

fn contacts(forecast: &Forecast, queue: &str, half_hours: std::ops::Range<usize>) -> f64 {
    forecast[queue][half_hours].iter().map(|row| row.0).sum()
}

#[track_caller]
fn near(is: f64, expected: f64) {
    assert!(
        (is - expected).abs() < 0.01 * expected + 0.01,
        "{is}, not {expected}"
    );
}

fn event(queues: &str, rest: &str) -> String {
    format!(
        "[[event]]\nname = \"e\"\nqueues = \"{queues}\"\nfrom = 2026-11-25\nto = 2026-11-25\n{rest}\n"
    )
}

#[test]
fn what_came_on_the_evening_before_the_plan_waits_for_its_first_morning() {
    let made = forecast("");
    for day in 0..5 {
        let before = if day == 0 { 4 } else { day - 1 };
        let came = contacts(&made, "en-phone", before * DAY + FIVE..before * DAY + DAY)
            + contacts(&made, "en-phone", day * DAY..day * DAY + NINE + 1);
        assert!(came > 20.0, "{came}");
        let first = contacts(&made, "second", day * DAY..day * DAY + NINE + 1);
        near(first, SHARE * came);
    }
    near(
        contacts(&made, "second", 0..7 * DAY),
        SHARE * contacts(&made, "en-phone", 0..7 * DAY),
    );
}

/// Wednesday's contacts of the second level, from after the morning's backlog to its evening.
fn wednesday(forecast: &Forecast, queue: &str) -> f64 {
    contacts(forecast, queue, 2 * DAY + NINE + 1..2 * DAY + FIVE)
}

#[test]
fn an_event_or_change_of_its_own_counts_and_one_of_both_levels_counts_once() {
    let plain = wednesday(&forecast(""), "second");
    for (more, factor) in [
        (event("second", "contacts = 1.5"), 1.5),
        (event("*", "contacts = 1.5"), 1.5),
        (
            "[[change]]\nqueues = \"second\"\ncontacts = 1.2\n".to_owned(),
            1.2,
        ),
        (
            "[[change]]\nqueues = \"*\"\ncontacts = 1.2\n".to_owned(),
            1.2,
        ),
        (
            "[[change]]\nqueues = \"second\"\ncontacts = 1.2\nfrom = 2026-11-26\n".to_owned(),
            1.0,
        ),
    ] {
        let made = wednesday(&forecast(&more), "second");
        assert!(
            (made / plain - factor).abs() < 0.02,
            "{more}: {}",
            made / plain
        );
    }
}

#[test]
fn an_outage_of_it_sends_its_contacts_where_they_are_told_to_go() {
    let plain = forecast("");
    let down = forecast(&event("second", "move_to = \"en-email\""));
    assert_eq!(wednesday(&down, "second"), 0.0);
    let more = wednesday(&down, "en-email") - wednesday(&plain, "en-email");
    near(more, wednesday(&plain, "second"));
}

/// A handle time that the scenario fixes is longer in the hours of an event and from a change's first day on.
#[test]
fn a_fixed_handle_time_changes_when_it_is_told_to() {
    let slow = event("second", "handle_time = 2.0")
        + "[[change]]\nqueues = \"second\"\nhandle_time = 0.5\nfrom = 2026-11-27\n";
    let made = forecast(&slow);
    for (day, seconds) in [(1, 300.0), (2, 600.0), (3, 300.0), (4, 150.0)] {
        assert_eq!(made["second"][day * DAY + NINE + 4].1, seconds, "day {day}");
    }
}
