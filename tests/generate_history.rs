//! The history of a sample scenario: its volume, its clock, its gaps.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveDateTime, TimeDelta};
use followsun::calendar::{OpeningHours, Zone};
use followsun::generate::{Lost, Recipe, generate, recipes};
use proptest::prelude::*;

/// Rows of a CSV file without quotes, as lists of fields, the header left out.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .skip(1)
        .map(|line| line.split(',').collect())
        .collect()
}

fn history(recipe: &Recipe) -> String {
    let files = generate(recipe).expect("the recipe can be followed");
    files
        .text("history.csv")
        .expect("there is a history")
        .to_owned()
}

/// Contacts and seconds of handling by queue.
fn totals(history: &str) -> BTreeMap<&str, (f64, f64)> {
    let mut totals = BTreeMap::new();
    for row in rows(history) {
        let contacts: f64 = row[2].parse().expect("contacts are a number");
        let total: &mut (f64, f64) = totals.entry(row[0]).or_default();
        total.0 += contacts;
        if contacts > 0.0 {
            total.1 += contacts
                * row[3]
                    .parse::<f64>()
                    .expect("handled contacts have a handle time");
        }
    }
    totals
}

#[test]
fn volumes_and_handle_times_are_those_of_the_recipe() {
    for recipe in recipes::all() {
        let history = history(&recipe);
        for queue in &recipe.queues {
            let (contacts, seconds) = totals(&history)[queue.id];
            let weekly = contacts / f64::from(recipe.history_weeks);
            // Holidays and earlier, smaller weeks take a few percent away.
            let share = weekly / queue.contacts_per_week;
            assert!(
                (0.80..1.06).contains(&share),
                "{}: {share:.3} of its volume",
                queue.id
            );
            let ratio = seconds / contacts / queue.handle_time_s;
            assert!(
                (0.95..1.05).contains(&ratio),
                "{}: handle time off by {ratio:.3}",
                queue.id
            );
        }
    }
}

#[test]
fn rows_are_the_open_intervals_once_each_in_order() {
    for recipe in recipes::all() {
        let history = history(&recipe);
        for queue in &recipe.queues {
            let zone = Zone::named(queue.zone).expect("a zone");
            let hours = OpeningHours::parse(queue.hours).expect("hours");
            let starts: Vec<NaiveDateTime> = rows(&history)
                .iter()
                .filter(|row| row[0] == queue.id)
                .map(|row| {
                    NaiveDateTime::parse_from_str(row[1], "%Y-%m-%dT%H:%MZ").expect("an instant")
                })
                .collect();
            assert!(starts.is_sorted_by(|a, b| a < b));
            assert!(
                starts
                    .iter()
                    .all(|start| hours.contains(zone.to_local(start.and_utc())))
            );
        }
    }
}

#[test]
fn the_week_in_which_clocks_go_back_has_an_hour_more() {
    let mut recipe = recipes::harbour();
    recipe.start = NaiveDate::from_ymd_opt(2026, 10, 26).expect("a date");
    recipe.history_weeks = 1;
    recipe.queues.truncate(1);
    recipe.queues[0].hours = "24/7";
    assert_eq!(rows(&history(&recipe)).len(), 2 * 169);
}

#[test]
fn a_public_holiday_is_quiet_and_a_lost_time_has_no_rows() {
    let mut recipe = recipes::harbour();
    recipe.queues.truncate(1);
    recipe.queues[0].on_holidays = 0.2;
    let on = |history: &str, date: &str| -> f64 {
        let of_day = |row: &&Vec<&str>| row[1].starts_with(date);
        rows(history)
            .iter()
            .filter(of_day)
            .map(|row| row[2].parse::<f64>().expect("a number"))
            .sum()
    };
    let whole = history(&recipe);
    // All Souls' Day, a Monday, against the Monday before.
    assert!(on(&whole, "2026-11-02") < 0.5 * on(&whole, "2026-10-26"));

    let noon = NaiveDate::from_ymd_opt(2026, 9, 8)
        .and_then(|date| date.and_hms_opt(12, 0, 0))
        .expect("a time");
    recipe.queues[0].lost = Some(Lost {
        from: noon,
        until: noon + TimeDelta::hours(2),
    });
    let gappy = history(&recipe);
    // Noon in Vilnius is 09:00 UTC in September; all other rows stay as they were.
    let kept: Vec<&str> = whole
        .lines()
        .filter(|line| {
            !["2026-09-08T09:", "2026-09-08T10:"]
                .iter()
                .any(|hour| line.contains(hour))
        })
        .collect();
    assert_eq!(gappy.lines().collect::<Vec<_>>(), kept);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn queues_draw_from_streams_of_their_own(seed in any::<u64>(), left_out in 0usize..4) {
        let mut recipe = recipes::harbour();
        (recipe.seed, recipe.history_weeks) = (seed, 2);
        let all = history(&recipe);
        let removed = recipe.queues.remove(left_out).id;
        let expected: Vec<&str> = all.lines().filter(|line| !line.starts_with(removed)).collect();
        let fewer = history(&recipe);
        prop_assert_eq!(fewer.lines().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn another_seed_gives_other_contacts(seed in any::<u64>()) {
        let mut recipe = recipes::harbour();
        (recipe.seed, recipe.history_weeks) = (seed, 1);
        let one = history(&recipe);
        recipe.seed = seed.wrapping_add(1);
        prop_assert_ne!(history(&recipe), one);
    }
}
