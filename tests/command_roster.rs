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
