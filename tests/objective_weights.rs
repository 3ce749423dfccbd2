//! `[objective]`: what the weights do to a roster that a user sees.

mod common;

use common::*;

/// So many people for calls in Lithuanian on these days from ten to four (UTC).
fn wanted(days: std::ops::Range<u32>, people: u32) -> String {
    let mut text = "queue,start_utc,agents\n".to_owned();
    for day in days {
        for half in 16..28 {
            text += &format!(
                "lt-phone,2026-11-{day}T{:02}:{:02}Z,{people}\n",
                half / 2,
                half % 2 * 30
            );
        }
    }
    text
}

fn with_objective(team: Team, lines: &str) -> Team {
    team.changed(
        "scenario.toml",
        "[staff]",
        &format!("[objective]\n{lines}\n\n[staff]"),
    )
}

/// Makes a roster; `from` is copied in under that name before.
fn roster(team: Team, wanted: &str, from: Option<&str>) -> (Temp, Ran) {
    let temp = Temp::new("weights");
    team.write(&temp.join("team"));
    std::fs::write(temp.join("wanted.csv"), wanted).unwrap();
    let mut arguments = vec![
        "roster",
        "team",
        "--requirement",
        "wanted.csv",
        "--out",
        "out",
        "--effort",
        "6",
        "--json",
    ];
    if let Some(from) = from {
        std::fs::write(temp.join("from.csv"), from).unwrap();
        arguments.extend(["--from", "from.csv"]);
    }
    let ran = run(temp.path(), &arguments);
    (temp, ran)
}

fn shifts(temp: &Temp) -> std::collections::BTreeSet<(String, String)> {
    let mut first = std::collections::BTreeMap::new();
    for row in table(&temp.join("out/roster.csv")) {
        let key = (row["agent"].clone(), row["shift"].clone());
        first.entry(key).or_insert(row["start_utc"].clone());
    }
    first
        .into_iter()
        .map(|((agent, _), start)| (agent, start))
        .collect()
}

#[test]
fn changes_weigh_against_the_roster_of_from_in_its_own_weeks() {
    let free = || {
        Team::small()
            .changed(
                "scenario.toml",
                "{ min = 32, max = 40 }",
                "{ min = 8, max = 40 }",
            )
            .changed(
                "scenario.toml",
                "{ min = 4, max = 5 }",
                "{ min = 1, max = 5 }",
            )
    };
    let (first, ran) = roster(free(), &wanted(23..28, 1), None);
    ran.well();
    let known = std::fs::read_to_string(first.join("out/roster.csv")).unwrap();
    // Wishes that would move the week about, were it free to.
    let wishes: String = ["v1", "v2", "v3", "v4", "v5", "v6"]
        .iter()
        .flat_map(|agent| (23..28).map(move |day| format!("{agent},2026-11-{day},late,1\n")))
        .collect();
    let wishing = free().with_staff("requests", &format!("agent,date,wants,weight\n{wishes}"));
    let told = |temp: &Temp| shifts(&first).intersection(&shifts(temp)).count();
    let (loose, ran) = roster(wishing.clone(), &wanted(23..28, 1), Some(&known));
    ran.well();
    let weighed = with_objective(wishing.clone(), "changes = 100");
    let (kept, ran) = roster(weighed.clone(), &wanted(23..28, 1), Some(&known));
    let ran = ran.well();
    assert_eq!(told(&kept), shifts(&first).len());
    assert!(
        told(&loose) < told(&kept),
        "{} of {}",
        told(&loose),
        told(&kept)
    );
    let notes = ran.json()["notes"].to_string();
    assert!(
        notes.contains("0 are at another time and 0 are gone"),
        "{notes}"
    );
    // What goes before everything may be named instead of weighed.
    let ordered = with_objective(wishing, "order = [\"changes\", \"service\", \"cost\"]");
    let (kept, ran) = roster(ordered, &wanted(23..28, 1), Some(&known));
    ran.well();
    assert_eq!(told(&kept), shifts(&first).len());
    // Last week's roster is not known for this one.
    let earlier = (23..30).fold(known, |text, day| {
        text.replace(&format!("2026-11-{day}"), &format!("2026-11-{}", day - 7))
    });
    let (_temp, ran) = roster(weighed, &wanted(23..28, 1), Some(&earlier));
    assert!(
        !ran.well().json()["notes"]
            .to_string()
            .contains("people knew")
    );
}

#[test]
fn a_meeting_takes_place_where_it_weighs_more_than_what_it_loses() {
    let team = |lines: &str| {
        let coaching = "[[activity]]\nname = \"coaching\"\nlength = \"1h\"\nwho = { agent = [\"v3\", \"v4\"] }\n\
                        times_per_week = 1\nwindow = \"Mon-Fri 10:00-16:00\"\n\n[[site]]";
        let team = Team::small().changed("scenario.toml", "[[site]]", coaching);
        if lines.is_empty() {
            team
        } else {
            with_objective(team, lines)
        }
    };
    let taken = |lines: &str, people: u32| {
        let (temp, ran) = roster(team(lines), &wanted(23..30, people), None);
        ran.well();
        let rows = table(&temp.join("out/roster.csv"));
        rows.iter()
            .filter(|row| row["activity"] == "coaching")
            .count()
    };
    // Where everybody is needed all day, and where there is time.
    assert_eq!((taken("", 9), taken("", 1)), (2, 2));
    assert_eq!(taken("activities = 100", 9), 0);
    assert_eq!(taken("activities = 100", 1), 2);
}

#[test]
fn training_that_is_not_placed_is_told_with_the_true_reason() {
    let training = |window: &str| {
        let training = format!(
            "[[activity]]\nname = \"coaching\"\nlength = \"1h\"\nwho = {{ agent = [\"v3\", \"v4\"] }}\n\
             window = \"Mon-Fri {window}\"\n\n[[site]]"
        );
        Team::small().changed("scenario.toml", "[[site]]", &training)
    };
    let told = |team: Team, people: u32| {
        let (_temp, ran) = roster(team, &wanted(23..30, people), None);
        let unmet = ran.well().json()["unmet"].clone();
        let rows = unmet.as_array().unwrap().clone().into_iter();
        rows.filter(|row| row["what"].as_str().unwrap().starts_with("coaching"))
            .map(|row| row["why"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    let dear = told(
        with_objective(training("10:00-16:00"), "activities = 100"),
        9,
    );
    assert!(dear.len() == 1 && dear[0].contains("is worth"), "{dear:?}");
    let nowhere = told(
        with_objective(training("03:00-04:00"), "activities = 100"),
        9,
    );
    assert!(
        nowhere.len() == 1 && nowhere[0].contains("none of their shifts"),
        "{nowhere:?}"
    );
    // Who is away all week is not owed any.
    let away = "agent,start,end,reason,paid\n\
                v3,2026-11-23T00:00,2026-11-30T00:00,leave,true\n\
                v4,2026-11-23T00:00,2026-11-30T00:00,leave,true\n";
    let team = training("10:00-16:00").with_staff("absences", away);
    assert_eq!(told(team, 1), Vec::<String>::new());
}
