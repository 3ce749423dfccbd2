//! Months ahead tell the level that is there: told events, closures and small numbers do not pass for it, and what the user says of the time to
//! come is in them.

mod common;

use std::fmt::Write;

use chrono::{Datelike, NaiveDate, TimeDelta};
use common::{SMALL, SMALL_AGENTS, Team, Temp, number, run, table};

/// Contacts of a week as made up.
const WEEK: f64 = 7000.0;
const WEEKDAYS: [f64; 7] = [1.2, 1.1, 1.0, 1.0, 1.0, 0.9, 0.8];
const COLUMNS: [&str; 5] = ["p2_5", "p10", "p50", "p90", "p97_5"];

fn start() -> NaiveDate {
    date("2026-11-23")
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

/// Totals of the days of so many weeks before the plan: of the usual week, what `share` says.
fn days(queue: &str, weeks: i64, share: impl Fn(NaiveDate) -> f64) -> String {
    let mut text = String::new();
    for day in 1..=7 * weeks {
        let date = start() - TimeDelta::days(7 * weeks + 1 - day);
        let usual = WEEK / 7.0 * WEEKDAYS[date.weekday().num_days_from_monday() as usize];
        // A little up and down, alike every time.
        let odd = 1.0 + 0.01 * ((day * 7) % 11 - 5) as f64;
        writeln!(text, "{queue},{date},{:.0},300", usual * odd * share(date)).expect("a text");
    }
    text
}

/// Contacts and quantiles of the weeks ahead of `lt-phone`, with the lines `more` in the scenario.
fn months(history: &str, more: &str, of: &str) -> Vec<(f64, [f64; 5])> {
    let temp = Temp::new("months-honest");
    let scenario = SMALL.replace("Mon-Fri 08:00-18:00", "24/7");
    let history = format!("queue,start,contacts,handle_time_s\n{history}");
    Team::new(&format!("{scenario}\n{more}"), SMALL_AGENTS, history).write(&temp.join("team"));
    let arguments = ["forecast", "team", "--months", "12", "--out", "out"];
    run(temp.path(), &arguments).well();
    let rows = table(&temp.join("out/months.csv"));
    let weeks: Vec<_> = (rows.iter())
        .filter(|row| row["queue"] == of)
        .map(|row| {
            let quantiles = COLUMNS.map(|column| number(row, column));
            assert!(quantiles.is_sorted(), "{row:?}");
            (number(row, "contacts"), quantiles)
        })
        .collect();
    assert_eq!(weeks.len(), 52, "{of}");
    weeks
}

#[track_caller]
fn about(is: f64, should: f64) {
    assert!(
        (is / should - 1.0).abs() < 0.03,
        "{is} where {should} is due"
    );
}

fn event(from: &str, to: &str, what: &str) -> String {
    format!(
        "[[event]]\nname = \"{from}\"\nqueues = [\"lt-phone\"]\nfrom = {from}T00:00:00\nto = {to}T00:00:00\n{what}\n"
    )
}

#[test]
fn a_campaign_that_was_told_is_not_the_level() {
    let campaign = date("2026-10-12")..date("2026-11-09");
    let history = days("lt-phone", 30, |date| {
        if campaign.contains(&date) { 3.0 } else { 1.0 }
    });
    let told = event("2026-10-12", "2026-11-09", "contacts = 3.0");
    for (contacts, quantiles) in months(&history, &told, "lt-phone") {
        about(contacts, WEEK);
        assert!(quantiles[4] < 2.0 * WEEK, "{quantiles:?}");
    }
    // A weekend of it, too: the other days do not stand for it by their number.
    let weekend = date("2026-11-14")..date("2026-11-16");
    let history = days("lt-phone", 30, |date| {
        if weekend.contains(&date) { 30.0 } else { 1.0 }
    });
    let told = event("2026-11-14", "2026-11-16", "contacts = 30.0");
    about(months(&history, &told, "lt-phone")[0].0, WEEK);
    about(months(&history, "", "lt-phone")[0].0, WEEK);
}

#[test]
fn changes_and_events_to_come_are_in_the_weeks_that_they_touch() {
    let history = days("lt-phone", 30, |_| 1.0) + &days("en-phone", 30, |_| 0.5);
    let change = "[[change]]\nqueues = [\"lt-phone\"]\ncontacts = 0.5\n";
    for (contacts, quantiles) in months(&history, change, "lt-phone") {
        about(contacts, 0.5 * WEEK);
        about(quantiles[2], 0.5 * WEEK);
    }
    // One that the last five weeks know already.
    let known = days("lt-phone", 30, |day| {
        if day < date("2026-10-12") { 1.0 } else { 0.5 }
    });
    let change = format!("{change}from = 2026-10-12\n");
    for (contacts, quantiles) in months(&known, &change, "lt-phone") {
        about(contacts, 0.5 * WEEK);
        about(quantiles[2], 0.5 * WEEK);
    }
    let whole = event("2026-12-07", "2026-12-14", "contacts = 3.0");
    let monday = event(
        "2026-12-21",
        "2026-12-22",
        "contacts = 0.0\nmove_to = \"en-phone\"",
    );
    let told = format!("{whole}{monday}");
    let weeks = months(&history, &told, "lt-phone");
    let moved = WEEKDAYS[0] / 7.0;
    for (week, factor) in [
        (0, 1.0),
        (1, 1.0),
        (2, 3.0),
        (3, 1.0),
        (4, 1.0 - moved),
        (5, 1.0),
    ] {
        about(weeks[week].0, factor * WEEK);
        about(weeks[week].1[2], factor * WEEK);
    }
    let weeks = months(&history, &told, "en-phone");
    about(weeks[3].0, 0.5 * WEEK);
    about(weeks[4].0, (0.5 + moved) * WEEK);
}

#[test]
fn a_closure_is_no_level_and_no_season() {
    let shut = date("2025-01-01")..date("2025-09-01");
    let history = days("lt-phone", 112, |date| {
        if shut.contains(&date) { 0.0 } else { 1.0 }
    });
    for (contacts, quantiles) in months(&history, "", "lt-phone") {
        about(contacts, WEEK);
        assert!(
            0.5 * WEEK < quantiles[0] && quantiles[4] < 2.0 * WEEK,
            "{quantiles:?}"
        );
    }
    let closed = date("2026-10-26");
    let history = days(
        "lt-phone",
        112,
        |date| if date < closed { 1.0 } else { 0.0 },
    );
    for (contacts, quantiles) in months(&history, "", "lt-phone") {
        assert_eq!((contacts, quantiles), (0.0, [0.0; 5]));
    }
}

#[test]
fn a_shutdown_of_every_year_comes_again() {
    let shut = |date: NaiveDate| date.month() == 8 && (7..21).contains(&date.day());
    let history = days("lt-phone", 120, |date| if shut(date) { 0.0 } else { 1.0 });
    let weeks = months(&history, "", "lt-phone");
    let closed: Vec<usize> = (0..52).filter(|&week| weeks[week].0 == 0.0).collect();
    // August is 37 weeks on.
    assert!(!closed.is_empty());
    assert!(
        closed.iter().all(|week| (35..40).contains(week)),
        "{closed:?}"
    );
    for week in (0..52).filter(|week| !(35..40).contains(week)) {
        assert!(
            (weeks[week].0 / WEEK - 1.0).abs() < 0.1,
            "{week}: {:?}",
            weeks[week]
        );
    }
}

#[test]
fn of_small_queues_the_mean_is_told() {
    // A contact a week on average, by chance.
    let mut dice = 11_u64;
    let mut chance = move || {
        dice = (dice.wrapping_mul(6364136223846793005)).wrapping_add(1442695040888963407);
        (dice >> 40) as f64 / (1 << 24) as f64
    };
    let (mut told, mut inside, mut weeks) = (0.0, 0.0, 0.0);
    for _ in 0..24 {
        let mut history = String::new();
        for day in 1..=35 * 7 {
            let date = start() - TimeDelta::days(35 * 7 + 1 - day);
            let came = (0..4).filter(|_| chance() < 1.0 / 28.0).count();
            writeln!(history, "lt-phone,{date},{came},300").expect("a text");
        }
        let (contacts, quantiles) = months(&history, "", "lt-phone")[0];
        told += contacts;
        for _ in 0..20 {
            let came = (0..28).filter(|_| chance() < 1.0 / 28.0).count() as f64;
            inside += f64::from(u8::from((quantiles[1]..=quantiles[3]).contains(&came)));
            weeks += 1.0;
        }
    }
    let mean = told / 24.0;
    assert!((0.87..1.13).contains(&mean), "{mean}");
    assert!(inside / weeks > 0.72, "{}", inside / weeks);
}
