//! Scenarios side by side, and what a plan may hold besides: run as people run it, on small teams.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use common::*;
use serde_json::Value;

fn compare(folder: &Path, scenarios: &[&str]) -> Value {
    let mut arguments = vec!["compare"];
    arguments.extend(scenarios);
    arguments.extend([
        "--out",
        "out",
        "--effort",
        "2",
        "--days",
        "210",
        "--repeats",
        "2",
        "--json",
    ]);
    run(folder, &arguments).well().json()
}

#[test]
fn a_scenario_compared_with_itself_differs_by_exactly_nothing() {
    let temp = Temp::new("same");
    Team::small().write(&temp.join("a"));
    // A copy is planned anew: the same search and the same chance, so again nothing differs.
    Team::small().write(&temp.join("copy"));
    compare(temp.path(), &["a", "a", "copy"]);
    let rows = table(&temp.join("out/compare.csv"));
    let mut seen = 0;
    for row in rows.iter().filter(|row| !row["difference"].is_empty()) {
        assert_eq!(row["difference"], "0", "{row:?}");
        if row["option"] != "C" {
            assert_eq!(
                (
                    row["difference_low"].as_str(),
                    row["difference_high"].as_str()
                ),
                ("0", "0"),
                "{row:?}"
            );
        }
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
    for file in ["compare.html", "compare.xlsx", "compare.json"] {
        assert!(temp.join("out").join(file).is_file(), "{file}");
    }
}

#[test]
fn a_cheaper_option_is_named_and_by_how_much() {
    let temp = Temp::new("cheaper");
    Team::small().write(&temp.join("a"));
    Team::small()
        .changed(
            "scenario.toml",
            "cost_per_hour = 15.0",
            "cost_per_hour = 10.0",
        )
        .changed("scenario.toml", "Six people", "Six cheap people")
        .write(&temp.join("b"));
    let found = compare(temp.path(), &["a", "b"]);
    assert_eq!(found["cheapest"]["option"], "B");
    assert!(
        found["cheapest"]["dearer"]["A"]["mean"].as_f64().unwrap() > 100.0,
        "{found}"
    );
    let page = std::fs::read_to_string(temp.join("out/compare.html")).unwrap();
    assert!(
        page.contains("Six cheap people is cheapest at 80 % within 20 s"),
        "the headline"
    );
    assert!(
        !page.contains("http://") && !page.contains("https://"),
        "it works offline"
    );
}

#[test]
fn scenarios_of_two_currencies_are_not_compared() {
    let temp = Temp::new("money");
    Team::small().write(&temp.join("a"));
    Team::small()
        .changed("scenario.toml", "\"EUR\"", "\"USD\"")
        .write(&temp.join("b"));
    let ran = run(
        temp.path(),
        &["compare", "a", "b", "--out", "out", "--effort", "1"],
    );
    assert_eq!(ran.status, Some(1));
    assert!(
        ran.err.contains("its money is USD, that of a is EUR"),
        "{}",
        ran.err
    );
}

#[test]
fn people_hired_in_a_known_number_are_on_the_roster_once_they_are_trained() {
    let temp = Temp::new("numbers");
    let hire = "\n[[hire]]\nid = \"new\"\ncount = 2\nsite = \"vilnius\"\ncontract = \"full\"\nlanguages = [\"lt\"]\nchannels = [\"phone\"]\nfrom = 2026-11-16\ntraining = \"1w\"\nramp = [0.5]\n\n[[hire]]\nid = \"later\"\ncount = 1\nsite = \"vilnius\"\ncontract = \"full\"\nlanguages = [\"lt\"]\nchannels = [\"phone\"]\nfrom = 2026-11-23\ntraining = \"1w\"\n";
    Team::small()
        .with("scenario.toml", format!("{SMALL}{hire}"))
        .write(&temp.join("team"));
    plan_quickly(temp.path(), &[]).well();
    let work = |agent: &str| {
        table(&temp.join("out/roster.csv"))
            .iter()
            .filter(|row| row["agent"] == agent && row["activity"] == "work")
            .count()
    };
    assert!(work("hire-new-001") > 0 && work("hire-new-002") > 0);
    assert_eq!(work("hire-later-001"), 0, "still in training");
    let paid: f64 = table(&temp.join("out/payroll.csv"))
        .iter()
        .filter(|row| row["agent"] == "hire-later-001")
        .map(|row| number(row, "cost"))
        .sum();
    assert!(
        (paid - 5.0 * 8.0 * 15.0).abs() < 1e-6,
        "training is paid: {paid}"
    );
}

#[test]
fn people_who_leave_by_rate_are_some_of_each_kind_and_work_no_more() {
    let temp = Temp::new("leavers");
    let leaving = |as_of: &str| {
        let key = format!("agents = \"agents.csv\"\nleavers = 0.4\nas_of = {as_of}");
        Team::small().changed("scenario.toml", "agents = \"agents.csv\"", &key)
    };
    // In a year 2.4 of six people: of the two who speak Lithuanian on the phone one, and of the two who speak English one.
    leaving("2025-11-23").write(&temp.join("team"));
    let checked = run(temp.path(), &["check", "team"]).well();
    assert!(
        checked.out.contains("40 % a year from 2025-11-23 on") && checked.out.contains(": v3, v5"),
        "{}",
        checked.out
    );
    plan_quickly(temp.path(), &[]).well();
    let roster = table(&temp.join("out/roster.csv"));
    let works = |agent: &str| roster.iter().any(|row| row["agent"] == agent);
    assert!(!works("v3") && !works("v5"));
    assert!(["v1", "v2", "v4", "v6"].into_iter().all(works));

    // The list is of today: nobody has left.
    leaving("2026-11-23").write(&temp.join("team"));
    let checked = run(temp.path(), &["check", "team"]).well();
    assert!(checked.out.contains("nobody is taken"), "{}", checked.out);
}

#[test]
fn training_and_meetings_are_pieces_of_shifts_and_nobody_serves_in_them() {
    let temp = Temp::new("activities");
    Team::small()
        .with("scenario.toml", format!("{SMALL}{MEETINGS}"))
        .write(&temp.join("team"));
    let ran = plan_quickly(temp.path(), &[]).well();
    assert!(!ran.err.contains("[[activity]]"), "{}", ran.err);
    let rows = table(&temp.join("out/roster.csv"));
    let of = |name: &str| -> Vec<&BTreeMap<String, String>> {
        rows.iter().filter(|row| row["activity"] == name).collect()
    };
    let meeting = of("team meeting");
    let starts: BTreeSet<&String> = meeting.iter().map(|row| &row["start_utc"]).collect();
    assert_eq!(starts.len(), 1, "together: {meeting:?}");
    assert!(meeting.len() >= 3, "{meeting:?}");
    for row in &meeting {
        assert_eq!(
            (instant(&row["end_utc"]) - instant(&row["start_utc"])).num_minutes(),
            45
        );
        assert!(["v1", "v2", "v3", "v4"].contains(&row["agent"].as_str()));
        assert_eq!(row["paid"], "true");
    }
    let coaching = of("coaching");
    assert_eq!(coaching.len(), 12, "twice for each of six people");
    assert!(coaching.iter().all(|row| row["paid"] == "false"));
    // Pieces of a shift follow each other without a gap or an overlap.
    let mut shifts: BTreeMap<(String, String), Vec<(String, String)>> = BTreeMap::new();
    for row in &rows {
        let piece = (row["start_utc"].clone(), row["end_utc"].clone());
        shifts
            .entry((row["agent"].clone(), row["shift"].clone()))
            .or_default()
            .push(piece);
    }
    for pieces in shifts.values() {
        assert!(
            pieces.windows(2).all(|pair| pair[0].1 == pair[1].0),
            "{pieces:?}"
        );
    }
    let minutes = |paid: &str| -> i64 {
        rows.iter()
            .filter(|row| row["paid"] == paid)
            .map(|row| (instant(&row["end_utc"]) - instant(&row["start_utc"])).num_minutes())
            .sum()
    };
    let payroll: f64 = table(&temp.join("out/payroll.csv"))
        .iter()
        .map(|row| number(row, "paid_minutes"))
        .sum();
    assert_eq!(
        payroll,
        minutes("true") as f64,
        "unpaid pieces are not paid"
    );
    // The same roster read back keeps its pieces and breaks no rule.
    let played = run(
        temp.path(),
        &[
            "simulate",
            "team",
            "--roster",
            "out/roster.csv",
            "--days",
            "140",
        ],
    )
    .well();
    assert!(!played.err.contains("breaks"), "{}", played.err);
}

#[test]
fn a_site_that_is_down_has_nobody_at_work_and_everybody_paid() {
    let temp = Temp::new("down");
    let event = "\n[[event]]\nname = \"fire alarm\"\nsite = \"vilnius\"\nfrom = 2026-11-25T00:00:00\nto = 2026-11-26T00:00:00\n";
    Team::small()
        .with("scenario.toml", format!("{SMALL}{event}"))
        .write(&temp.join("team"));
    plan_quickly(temp.path(), &[]).well();
    let rows = table(&temp.join("out/roster.csv"));
    assert!(
        rows.iter()
            .filter(|row| row["activity"] == "work")
            .all(|row| !row["start_local"].starts_with("2026-11-25"))
    );
    let payroll = table(&temp.join("out/payroll.csv"));
    let that_day: Vec<_> = payroll
        .iter()
        .filter(|row| row["date"] == "2026-11-25")
        .collect();
    assert_eq!(that_day.len(), 6);
    assert!(
        that_day
            .iter()
            .all(|row| number(row, "absence_minutes") == 480.0 && number(row, "cost") == 120.0),
        "{that_day:?}"
    );
}

#[test]
fn a_second_level_gets_the_share_that_the_first_passes_on() {
    let temp = Temp::new("second");
    let second = r#"
[[queue]]
id = "en-second"
language = "en-expert"
channel = "phone"
time_zone = "Europe/Vilnius"
hours = "Mon-Fri 08:00-18:00"
target = { answered = 0.80, within = "2m" }
handle_time = "10m"
"#;
    let team = Team::small()
        .changed(
            "scenario.toml",
            "id = \"en-phone\"",
            "id = \"en-phone\"\npasses_on = { to = \"en-second\", share = 0.2 }",
        )
        .changed(
            "agents.csv",
            "v1,Ona Petraitė,vilnius,full,supervisor,lt;en,",
            "v1,Ona Petraitė,vilnius,full,supervisor,lt;en;en-expert,",
        );
    let toml = team.text("scenario.toml");
    team.with("scenario.toml", format!("{toml}{second}"))
        .write(&temp.join("team"));
    plan_quickly(temp.path(), &[]).well();
    let rows = table(&temp.join("out/forecast.csv"));
    let of = |queue: &str| -> Vec<f64> {
        rows.iter()
            .filter(|row| row["queue"] == queue)
            .map(|row| number(row, "contacts"))
            .collect()
    };
    let (first, second) = (of("en-phone"), of("en-second"));
    assert!(first.iter().sum::<f64>() > 50.0);
    for (first, second) in first.iter().zip(&second) {
        assert!((0.2 * first - second).abs() < 2e-3, "{first} {second}");
    }
    let service = table(&temp.join("out/service.csv"));
    let offered: f64 = service
        .iter()
        .filter(|row| row["queue"] == "en-second")
        .map(|row| number(row, "offered"))
        .sum();
    assert!(
        (offered / (0.2 * first.iter().sum::<f64>()) - 1.0).abs() < 0.2,
        "{offered}"
    );
}

#[test]
fn one_in_charge_for_every_so_many_at_work() {
    let temp = Temp::new("span");
    let cover = "\n[[cover]]\nrole = \"supervisor\"\none_per = 3\nhours = \"Mon-Fri 10:00-15:00\"\nhard = true\n";
    let agents = SMALL_AGENTS.replace(
        "v4,Tomas Ąžuolas,vilnius,full,agent",
        "v4,Tomas Ąžuolas,vilnius,full,supervisor",
    );
    Team::small()
        .with("scenario.toml", format!("{SMALL}{cover}"))
        .with("agents.csv", agents)
        .write(&temp.join("team"));
    plan_quickly(temp.path(), &[]).well();
    let rows = table(&temp.join("out/roster.csv"));
    let mut checked = 0;
    for day in 23..28 {
        for hour in 10..15 {
            let at = instant(&format!("2026-11-{day}T{:02}:00Z", hour - 2));
            let there = |who: &[&str]| {
                rows.iter()
                    .filter(|row| who.contains(&row["agent"].as_str()))
                    .filter(|row| !row["shift"].is_empty())
                    .filter(|row| instant(&row["start_utc"]) <= at && at < instant(&row["end_utc"]))
                    .count()
            };
            let (in_charge, others) = (there(&["v1", "v4"]), there(&["v2", "v3", "v5", "v6"]));
            assert!(
                in_charge >= others.div_ceil(3),
                "{day} {hour}: {in_charge} for {others}"
            );
            checked += others;
        }
    }
    assert!(checked > 20);
}
