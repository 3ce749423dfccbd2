//! The flags that commands share mean the same everywhere, and a mistyped one is answered with a word of help.

mod common;

use common::*;

fn team(name: &str) -> Temp {
    let temp = Temp::new(name);
    Team::small().write(&temp.join("team"));
    temp
}

#[test]
fn json_is_json_wherever_it_is_asked_for() {
    let temp = team("json");
    let forecast = run(temp.path(), &["forecast", "team", "--json", "--quiet"]);
    let forecast = forecast.well().json();
    let rows = forecast.as_array().expect("rows");
    assert_eq!(rows.len(), 3 * 7 * 48);
    assert_eq!(rows[0]["queue"], "lt-phone");
    assert_eq!(rows[0]["start_utc"], "2026-11-22T22:00Z");
    assert!(rows.iter().any(|row| row["contacts"].as_f64() > Some(1.0)));
    let staff = run(temp.path(), &["staff", "team", "--json", "--out", "staff"]);
    let staff = staff.well().json();
    let table = table(&temp.join("staff/requirement.csv"));
    let rows = staff["requirement"].as_array().expect("rows");
    assert_eq!(rows.len(), table.len());
    for (row, line) in rows.iter().zip(&table) {
        assert_eq!(row["agents"].as_f64(), Some(number(line, "agents")));
    }
    assert!(!staff["pooled"].as_array().expect("rows").is_empty());
    let months = ["forecast", "team", "--months", "1", "--json", "--quiet"];
    let months = run(temp.path(), &months).well().json();
    assert!(months[0]["week"].is_string());
}

#[test]
fn a_number_that_cannot_be_is_answered_with_what_can() {
    let temp = team("numbers");
    for (flag, value, help) in [
        ("--seconds", "-5", "seconds above 0"),
        ("--gap", "-0.1", "share from 0 up to 1"),
        ("--effort", "1.5", "whole number"),
        ("--effort", "-1", "whole number"),
        ("--seed", "-1", "whole number"),
        ("--seed", "first", "whole number"),
        ("--threads", "0", "whole number of 1 or more"),
        ("--days", "-7", "whole number"),
        ("--rounds", "x", "whole number"),
    ] {
        let ran = run(temp.path(), &["plan", "team", flag, value]);
        assert_eq!(ran.status, Some(2), "{flag} {value}");
        assert!(ran.err.contains(help), "{flag} {value}: {}", ran.err);
        assert!(ran.err.contains(flag), "{flag} {value}: {}", ran.err);
    }
    for (flag, value, help) in [
        ("--contacts", "-1", "factor of 0 or more"),
        ("--within", "5", "share from 0 up to 1"),
    ] {
        let ran = run(
            temp.path(),
            &["simulate", "team", "--roster", "r.csv", flag, value],
        );
        assert_eq!(ran.status, Some(2), "{flag} {value}");
        assert!(ran.err.contains(help), "{flag} {value}: {}", ran.err);
    }
}

#[test]
fn a_share_is_never_above_one() {
    let temp = team("shares");
    plan_quickly(temp.path(), &["--quiet"]).well();
    let play = [
        "simulate",
        "team",
        "--roster",
        "out/roster.csv",
        "--days",
        "14",
        "--contacts",
        "0.3",
        "--json",
        "--quiet",
    ];
    let played = run(temp.path(), &play).well().json();
    for (id, queue) in played["queues"].as_object().expect("queues") {
        for key in ["simulated", "low", "high"] {
            let share = queue[key].as_f64().expect("a share");
            assert!((0.0..=1.0).contains(&share), "{id}: {key} = {share}");
        }
    }
}

#[test]
fn a_hint_names_only_what_there_is() {
    let temp = team("hint");
    let ran = run(temp.path(), &["check", "nowhere"]);
    assert_eq!(ran.status, Some(1));
    assert!(!ran.err.contains("followsun init"), "{}", ran.err);
}

/// What tells of the roster that was there before goes when another takes its place.
#[test]
fn an_output_folder_tells_of_one_roster_only() {
    let temp = team("folder");
    std::fs::create_dir_all(temp.join("out")).expect("a folder");
    for stale in ["on_call.csv", "coverage.csv"] {
        std::fs::write(temp.join("out").join(stale), "of another roster").expect("a file");
    }
    plan_quickly(temp.path(), &["--quiet"]).well();
    assert!(!temp.join("out/on_call.csv").exists());
    assert!(!temp.join("out/coverage.csv").exists());
    let roster = [
        "roster",
        "team",
        "--requirement",
        "out/requirement.csv",
        "--out",
        "out",
        "--effort",
        "1",
        "--quiet",
    ];
    run(temp.path(), &roster).well();
    for stale in ["roster.xlsx", "report.html", "service.csv"] {
        assert!(!temp.join("out").join(stale).exists(), "{stale}");
    }
    assert!(temp.join("out/coverage.csv").exists());
    assert!(temp.join("out/requirement.csv").exists());
}

/// People who differ in role or window alone read alike, so they are one line of what is missing.
#[test]
fn people_who_are_missing_are_named_once() {
    let temp = Temp::new("missing");
    let team = Team::small();
    let busy = team.text("scenario.toml").replace(
        "patience = \"2m\"",
        "patience = \"2m\"\nhandle_time = \"25m\"",
    );
    let alike = "\
id,name,site,contract,role,languages,channels,window
v1,Ona,vilnius,full,supervisor,lt;en,phone;email,
v2,Jonas,vilnius,full,agent,lt;en,phone;email,
v3,Rūta,vilnius,full,agent,lt;en,phone;email,07:00-19:00
v4,Tomas,vilnius,full,agent,lt;en,phone;email,08:00-20:00
";
    team.with("scenario.toml", busy)
        .with("agents.csv", alike)
        .write(&temp.join("team"));
    let compare = [
        "compare",
        "team",
        "--effort",
        "1",
        "--repeats",
        "1",
        "--days",
        "140",
        "--json",
        "--quiet",
    ];
    let answer = run(temp.path(), &compare).well().json();
    let missing = answer["options"][0]["at_target"]["people_more"].clone();
    assert_eq!(missing.as_array().map(Vec::len), Some(1), "{missing}");
}

/// A roster of another week breaks a rule with every shift: what is not told one by one is counted.
#[test]
fn rules_that_a_roster_breaks_are_told_or_counted() {
    let temp = team("other-week");
    plan_quickly(temp.path(), &["--quiet"]).well();
    let later = Team::small().changed("scenario.toml", "2026-11-23", "2026-11-30");
    later.write(&temp.join("later"));
    let play = [
        "simulate",
        "later",
        "--roster",
        "out/roster.csv",
        "--days",
        "14",
    ];
    let played = run(temp.path(), &play).well();
    let told = played.err.matches("the roster breaks").count();
    let more = played
        .err
        .lines()
        .find(|line| line.contains("more like these"));
    let more = more
        .expect("the rest is counted")
        .split(' ')
        .nth(2)
        .map(str::parse::<usize>);
    let shifts: std::collections::BTreeSet<_> = table(&temp.join("out/roster.csv"))
        .into_iter()
        .map(|row| (row["agent"].clone(), row["shift"].clone()))
        .collect();
    assert_eq!(told, 10);
    assert!(told + more.expect("a number").expect("a number") >= shifts.len());
}

/// Optimal is what cannot be beaten by anything that matters, not whatever somebody was content with.
#[test]
fn a_roster_that_was_good_enough_is_not_called_optimal() {
    let temp = team("enough");
    let ran = plan_quickly(temp.path(), &["--gap", "0.9", "--json"])
        .well()
        .json();
    assert_eq!(ran["stopped_by"], "gap");
    assert!(ran["gap"].as_f64() > Some(0.001), "{}", ran["gap"]);
    assert_eq!(ran["status"], "feasible");
}
