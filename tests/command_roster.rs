//! `followsun roster`: somebody else's requirement, from nothing and from a roster that is there.

mod common;

use common::*;

/// Two people for calls in Lithuanian and one for English e-mail, on working days from ten to four (UTC).
fn requirement() -> String {
    let mut text = "queue,start_utc,agents\n".to_owned();
    for day in 23..28 {
        for half in 16..28 {
            let at = format!("2026-11-{day}T{:02}:{:02}Z", half / 2, half % 2 * 30);
            text += &format!("lt-phone,{at},2\nen-email,{at},1\n");
        }
    }
    text
}

fn made(team: Team, requirement: &str, effort: &str) -> (Temp, Ran) {
    let temp = Temp::new("required");
    team.write(&temp.join("team"));
    std::fs::write(temp.join("wanted.csv"), requirement).unwrap();
    let arguments = [
        "roster",
        "team",
        "--requirement",
        "wanted.csv",
        "--out",
        "out",
        "--effort",
        effort,
        "--json",
    ];
    let ran = run(temp.path(), &arguments);
    (temp, ran)
}

fn shortage(ran: &Ran) -> f64 {
    ran.json()["shortage_agent_intervals"].as_f64().unwrap()
}

#[test]
fn a_requirement_that_can_be_met_is_met_and_needs_no_history() {
    let team = Team::small().changed(
        "scenario.toml",
        "[history]\nfiles = [\"history.csv\"]\nformat = \"intervals\"\n",
        "",
    );
    let (temp, ran) = made(team, &requirement(), "4");
    let ran = ran.well();
    assert_eq!(shortage(&ran), 0.0, "{}", ran.out);
    let rows = table(&temp.join("out/coverage.csv"));
    let wanted: f64 = rows.iter().map(|row| number(row, "agents")).sum();
    assert_eq!(wanted, 5.0 * 12.0 * 3.0);
    for row in &rows {
        assert!(number(row, "rostered") >= number(row, "agents"), "{row:?}");
    }
    assert!(temp.join("out/roster.csv").exists() && temp.join("out/payroll.csv").exists());
}

#[test]
fn one_that_cannot_be_met_says_how_much_is_short() {
    let ten = requirement().replace(",2\n", ",10\n");
    let (temp, ran) = made(Team::small(), &ten, "4");
    let short = shortage(&ran.well());
    // Four people speak Lithuanian.
    assert!(short >= 5.0 * 12.0 * 6.0, "{short}");
    let rows = table(&temp.join("out/coverage.csv"));
    let told: f64 = rows.iter().map(|row| number(row, "short")).sum();
    assert!((told - short).abs() < 1e-3, "{told} {short}");
}

#[test]
fn from_a_roster_it_never_ends_worse_and_from_last_weeks_it_starts() {
    let (temp, ran) = made(Team::small(), &requirement(), "30");
    let first = ran.well().json()["objective"].as_f64().unwrap();
    let again = |team: &str, from: &str| {
        let arguments = [
            "roster",
            team,
            "--requirement",
            "wanted.csv",
            "--out",
            "again",
            "--effort",
            "1",
            "--json",
            "--seed",
            "5",
            "--from",
            from,
        ];
        run(temp.path(), &arguments)
    };
    let second = again("team", "out/roster.csv").well();
    assert!(second.json()["objective"].as_f64().unwrap() <= first + 1e-6);

    let next_week =
        Team::small().changed("scenario.toml", "start = 2026-11-23", "start = 2026-11-30");
    next_week.write(&temp.join("next"));
    let wanted = requirement();
    let later: Vec<String> = wanted
        .lines()
        .map(|line| {
            (23..28).fold(line.to_owned(), |line, day| {
                let date = if day < 24 {
                    "11-30".to_owned()
                } else {
                    format!("12-{:02}", day - 23)
                };
                line.replace(&format!("2026-11-{day}T"), &format!("2026-{date}T"))
            })
        })
        .collect();
    std::fs::write(temp.join("wanted.csv"), later.join("\n")).unwrap();
    let third = again("next", "out/roster.csv").well();
    assert!(third.json()["objective"].as_f64().unwrap() <= first + 1e-6);
}

#[test]
fn a_requirement_that_says_something_else_is_told_line_by_line() {
    let wrong = "queue,start_utc,agents\nxx-phone,2026-11-23T08:00Z,1\nlt-phone,2026-11-23T08:10Z,1\n\
                 lt-phone,2027-01-01T08:00Z,1\nlt-phone,2026-11-23T08:00Z,-1\nlt-phone,2026-11-23T09:00Z,1\n\
                 lt-phone,2026-11-23T09:00Z,2\nlt-phone,yesterday,2\n";
    let (temp, ran) = made(Team::small(), wrong, "4");
    assert_eq!(ran.status, Some(1));
    for said in [
        "wanted.csv:2: there is no queue \"xx-phone\"",
        "wanted.csv:3: 2026-11-23T08:10Z is not the start of an interval",
        "wanted.csv:4: 2027-01-01T08:00Z lies outside the plan",
        "wanted.csv:5: agents \"-1\"",
        "wanted.csv:7: lt-phone at 2026-11-23T09:00Z stands here for the second time",
        "wanted.csv:8: \"yesterday\" is no instant",
    ] {
        assert!(ran.err.contains(said), "{said:?} is not in\n{}", ran.err);
    }
    assert!(!temp.join("out").exists());
}

#[test]
fn a_weekend_worked_before_the_plan_forbids_the_next_one_and_nothing_else() {
    let last_sunday = "agent,start,end\nv1,2026-11-22T09:00,2026-11-22T17:00\n";
    let team = Team::small().with_staff("previous", last_sunday).changed(
        "scenario.toml",
        "rest_between_shifts",
        "weekends_off = { at_least = 1, of = 1 }\nrest_between_shifts",
    );
    let (_temp, ran) = made(team, &requirement(), "4");
    assert_eq!(shortage(&ran.well()), 0.0);
}

/// Agents at work who speak English, in half an hour from `start`, by the pieces of the roster.
fn at_work(temp: &Temp, start: &str) -> f64 {
    let start = instant(start);
    let end = start + chrono::TimeDelta::minutes(30);
    let overlap = |row: &std::collections::BTreeMap<String, String>| {
        let (from, to) = (instant(&row["start_utc"]), instant(&row["end_utc"]));
        (to.min(end) - from.max(start)).num_minutes().max(0) as f64 / 30.0
    };
    table(&temp.join("out/roster.csv"))
        .iter()
        .filter(|row| row["activity"] == "work" && !["v3", "v4"].contains(&row["agent"].as_str()))
        .map(overlap)
        .sum()
}

#[test]
fn what_is_rostered_is_agents_at_work_whatever_their_speed_and_the_shrinkage_of_their_site() {
    // v6 is slower than the others, and more e-mail is asked for than they can do together.
    let team = Team::small().changed(
        "scenario.toml",
        "default = 0.05",
        "default = 0.05\nsite = { vilnius = 0.3 }",
    );
    let wanted = requirement()
        .replace("Z,2\n", "Z,0\n")
        .replace("Z,1\n", "Z,10\n");
    let (temp, ran) = made(team, &wanted, "4");
    ran.well();
    let rows = table(&temp.join("out/coverage.csv"));
    let email = rows
        .iter()
        .filter(|row| row["queue"] == "en-email" && number(row, "agents") > 0.0);
    let mut told = 0.0;
    let mut present = 0.0;
    for row in email {
        let here = at_work(&temp, &row["start_utc"]);
        assert!(number(row, "rostered") <= here + 1e-9, "{here} {row:?}");
        told += number(row, "rostered");
        present += here;
    }
    // v6 counts as 0.9.
    assert!(told > 0.9 * present, "{told} of {present}");
}

#[test]
fn meetings_have_a_place_in_a_roster_for_a_requirement() {
    let scenario = Team::small().text("scenario.toml") + MEETINGS;
    let team = Team::small().with("scenario.toml", scenario);
    let (temp, ran) = made(team, &requirement(), "4");
    ran.well();
    let rows = table(&temp.join("out/roster.csv"));
    let meetings = rows.iter().filter(|row| row["activity"] == "team meeting");
    assert_eq!(meetings.count(), 4);
}
