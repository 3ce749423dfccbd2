//! A target that is to hold every day is planned and judged by the day.

mod common;

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};
use common::{History, SMALL, SMALL_AGENTS, Team, Temp, run};
use serde_json::Value;

const QUEUE: &str = "lt-phone";

/// Saturday is quiet: who answers there gets fewer contacts in time than one more agent on another day, so by the week Saturday is left.
fn plan(per: &str) -> (Value, String) {
    let temp = Temp::new("per-day");
    let scenario = SMALL
        .replacen(
            "target = { answered = 0.80, within = \"20s\" }",
            &format!("target = {{ answered = 0.70, within = \"20s\", per = \"{per}\" }}"),
            1,
        )
        .replacen("Mon-Fri", "Mon-Sat", 1)
        .replace("{ min = 4, max = 5 }", "{ min = 0, max = 5 }")
        .replace("{ min = 32, max = 40 }", "{ min = 0, max = 40 }");
    let mut history = History::before("2026-11-23", "Europe/Vilnius")
        .queue("en-phone", 0.2, 240.0, 8..18)
        .queue("en-email", 0.2, 300.0, 8..18)
        .csv();
    for (day, half) in (1..=28).flat_map(|day| (16..36).map(move |half| (day, half))) {
        let date = "2026-11-23".parse::<NaiveDate>().expect("a date") - TimeDelta::days(day);
        let calls = if date.weekday() == Weekday::Sat {
            4
        } else {
            50
        };
        let time = date.and_time(NaiveTime::MIN) + TimeDelta::minutes(30 * half - 120);
        history += &format!("{QUEUE},{}Z,{calls},240\n", time.format("%Y-%m-%dT%H:%M"));
    }
    let mut agents = SMALL_AGENTS.to_owned();
    for number in 0..8 {
        agents += &format!("w{number},W,vilnius,full,agent,lt,phone,\n");
    }
    Team::new(&scenario, &agents, history).write(&temp.join("team"));
    let ran = run(
        temp.path(),
        &["plan", "team", "--out", "out", "--effort", "20"],
    )
    .well();
    let text = std::fs::read_to_string(temp.join("out/summary.json")).expect("a summary");
    (serde_json::from_str(&text).expect("JSON"), ran.out)
}

fn days(summary: &Value) -> Vec<(String, f64, f64)> {
    let days = summary["queues"][QUEUE]["days"].as_array().expect("days");
    (days.iter())
        .map(|day| {
            let text = day["date"].as_str().expect("a date").to_owned();
            let number = |key: &str| day[key].as_f64().expect("a share");
            (text, number("simulated"), number("high"))
        })
        .collect()
}

#[test]
fn the_worst_day_is_planned_for_and_told() {
    let (by_week, week_said) = plan("week");
    let (by_day, day_said) = plan("day");
    let saturday = |summary: &Value| days(summary)[5].1;
    assert_eq!(days(&by_week).len(), 6);
    assert!(saturday(&by_week) < 0.1, "{:?}", days(&by_week));
    assert!(saturday(&by_day) > 0.3, "{:?}", days(&by_day));
    let short: Vec<String> = (days(&by_day).into_iter())
        .filter(|day| day.2 < 0.7)
        .map(|day| day.0)
        .collect();
    let told = by_day["unmet"].as_array().expect("what is not met");
    let told = (told.iter()).filter(|unmet| unmet["who"] == QUEUE);
    assert_eq!(told.count(), short.len(), "{day_said}");
    assert!(day_said.contains("70 % within 20 s a day"), "{day_said}");
    assert!(!week_said.contains(" a day"), "{week_said}");
}

/// A market in a language that nobody speaks, twice as busy on Monday, and a group that may be hired for it.
fn hired(per: &str) -> (Value, String) {
    let temp = Temp::new("per-day-hire");
    Team::small().write(&temp.join("team"));
    let opened = format!(
        r#"
extends = "../team/scenario.toml"

[[queue]]
id = "lv-phone"
language = "lv"
channel = "phone"
time_zone = "Europe/Vilnius"
hours = "Mon-Fri 08:00-18:00"
target = {{ answered = 0.80, within = "20s", per = "{per}" }}
patience = "2m"
like = {{ queue = "lt-phone", contacts = 0.4 }}

[[event]]
name = "market day"
queues = "lv-phone"
from = 2026-11-23
to = 2026-11-23
contacts = 4.0

[[hire]]
id = "riga"
count = "solve"
site = "vilnius"
contract = "full"
languages = ["lv"]
channels = ["phone"]
"#
    );
    std::fs::create_dir_all(temp.join("opened")).expect("a folder");
    std::fs::write(temp.join("opened/scenario.toml"), &opened).expect("a scenario");
    let with = |arguments: &[&str]| {
        let common = ["--effort", "4", "--days", "420"];
        run(temp.path(), &[arguments, &common].concat()).well()
    };
    let found = with(&["hire", "opened", "--out", "hired", "--json"]).json();
    let two = opened.replace("\"solve\"", "2");
    std::fs::write(temp.join("opened/scenario.toml"), two).expect("a scenario");
    let laid = with(&["compare", "opened", "--repeats", "1", "--out", "laid"]);
    (found, laid.out)
}

#[test]
fn people_are_hired_for_the_worst_day() {
    let (by_week, week_laid) = hired("week");
    let (by_day, day_laid) = hired("day");
    let count = |found: &Value| found["groups"][0]["count"].as_u64().expect("a count");
    assert!(count(&by_day) > count(&by_week), "{by_day} {by_week}");
    let queue = &by_day["queues"][0];
    assert!(queue["high"].as_f64() >= Some(0.80), "{by_day}");
    let days = by_week["queues"][0]["after"].as_f64();
    assert!(days >= Some(0.80), "{by_week}");
    assert!(day_laid.contains("on the worst day"), "{day_laid}");
    assert!(!week_laid.contains("on the worst day"), "{week_laid}");
}
