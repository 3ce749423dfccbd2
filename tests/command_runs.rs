//! The program run as people run it: exit status, what it says, what it writes.

mod common;

use common::*;

#[test]
fn plan_writes_everything_and_says_how_it_went() {
    let temp = Temp::new("plan");
    Team::small()
        .with_staff(
            "absences",
            "agent,start,end,reason,paid\nv2,2026-11-24T00:00,2026-11-25T00:00,training,true\n",
        )
        .write(&temp.join("team"));
    let ran = plan_quickly(temp.path(), &[]).well();
    let mut lines = ran.out.lines();
    assert_eq!(
        lines.next(),
        Some("Six people, Mon 23 – Sun 29 Nov 2026 (Europe/Vilnius)")
    );
    assert!(
        ran.out
            .contains("\nEverything is in out: open report.html first.\n"),
        "{}",
        ran.out
    );
    assert!(ran.out.contains("every hard rule is kept"), "{}", ran.out);
    assert!(
        !ran.err.contains("error") && !ran.err.contains('\u{1b}'),
        "not a terminal, so no progress and no colours: {}",
        ran.err
    );
    for (file, header) in HEADERS {
        let text = std::fs::read_to_string(temp.join("out").join(file)).unwrap();
        assert_eq!(text.lines().next(), Some(header), "{file}");
        assert!(text.lines().count() > 5 && text.ends_with('\n'), "{file}");
    }
    let mut written: Vec<String> = std::fs::read_dir(temp.join("out"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    written.sort();
    let all = [
        "balance.csv",
        "calendar",
        "forecast.csv",
        "learnt.json",
        "payroll.csv",
        "report.html",
        "requirement.csv",
        "roster.csv",
        "roster.xlsx",
        "service.csv",
        "summary.json",
    ];
    assert_eq!(
        written, all,
        "everything of \"Out\" and nothing half written"
    );
    let mut calendars: Vec<String> = std::fs::read_dir(temp.join("out/calendar"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    calendars.sort();
    assert_eq!(
        calendars,
        ["v1.ics", "v2.ics", "v3.ics", "v4.ics", "v5.ics", "v6.ics"]
    );

    let summary: serde_json::Value =
        serde_json::from_slice(&std::fs::read(temp.join("out/summary.json")).unwrap()).unwrap();
    for key in [
        "status",
        "objective",
        "bound",
        "gap",
        "cost",
        "seconds",
        "seed",
        "version",
        "queues",
        "broken",
        "unmet",
        "people",
    ] {
        assert!(!summary[key].is_null(), "summary.json has no {key}");
    }
    assert_eq!(summary["broken"], serde_json::json!([]));
    assert_eq!(summary["stopped_by"], "effort");
    for queue in ["lt-phone", "en-phone", "en-email"] {
        for key in [
            "target",
            "promised",
            "simulated",
            "low",
            "high",
            "asa_s",
            "abandoned",
            "occupancy",
        ] {
            assert!(
                summary["queues"][queue][key].is_number(),
                "{queue} has no {key}"
            );
        }
    }
}

#[test]
fn plan_speaks_json_or_not_at_all() {
    let temp = Temp::new("voice");
    Team::small().write(&temp.join("team"));
    let json = plan_quickly(temp.path(), &["--json"]).well();
    assert_eq!(
        json.out.as_bytes(),
        std::fs::read(temp.join("out/summary.json")).unwrap(),
        "standard output is the summary and nothing else"
    );
    let quiet = plan_quickly(temp.path(), &["--quiet"]).well();
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
}

#[test]
fn a_second_plan_leaves_no_calendar_of_somebody_who_left() {
    let temp = Temp::new("again");
    Team::small().write(&temp.join("team"));
    plan_quickly(temp.path(), &["--quiet"]).well();
    Team::small()
        .changed(
            "agents.csv",
            "v4,Tomas Ąžuolas,vilnius,full,agent,lt,phone,\n",
            "",
        )
        .write(&temp.join("team"));
    plan_quickly(temp.path(), &["--quiet"]).well();
    assert!(!temp.join("out/calendar/v4.ics").exists());
    assert!(temp.join("out/calendar/v5.ics").exists());
}

#[test]
fn check_says_what_it_understood() {
    let temp = Temp::new("check");
    Team::small().write(&temp.join("team"));
    let ran = run(temp.path(), &["check", "team"]).well();
    for line in [
        "Six people",
        "Plan: Monday 2026-11-23 to Sunday 2026-11-29 (1 week), 168 hours in Europe/Vilnius, in intervals of 30m",
        "Queues: 3 in 2 languages",
        "  en-email  en        email    95 % within 8h   Mon-Fri 08:00-18:00  Europe/Vilnius",
        "People: 6 at 1 site",
    ] {
        assert!(
            ran.out.lines().any(|said| said.trim_end() == line),
            "{line:?} is not in\n{}",
            ran.out
        );
    }
    assert!(
        ran.out
            .contains("History:\n  lt-phone  2026-10-26T06:00Z to 2026-11-20T15:30Z, every 30m"),
        "{}",
        ran.out
    );
    assert_eq!(ran.err, "");
    let json = run(temp.path(), &["check", "team/scenario.toml", "--json"])
        .well()
        .json();
    assert_eq!(
        (&json["people"], &json["start"]),
        (&6.into(), &"2026-11-23".into())
    );
    assert!(!temp.join("roster").exists(), "check writes nothing");
}

#[test]
fn closed_hours_are_no_gaps_in_the_history() {
    let temp = Temp::new("closed");
    Team::small().write(&temp.join("team"));
    let ran = run(temp.path(), &["check", "team"]).well();
    assert_eq!(
        ran.out.matches(" contacts, complete\n").count(),
        3,
        "{}",
        ran.out
    );
}

#[test]
fn forecast_prints_or_writes_its_table() {
    let temp = Temp::new("forecast");
    Team::small().write(&temp.join("team"));
    let printed = run(temp.path(), &["forecast", "team"]).well();
    assert_eq!(printed.out.lines().next(), Some(HEADERS[0].1));
    assert_eq!(
        printed.out.lines().count(),
        1 + 3 * 336,
        "a row for each queue and half hour"
    );
    let written = run(temp.path(), &["forecast", "team", "--out", "out"]).well();
    assert_eq!(written.out, "");
    assert_eq!(
        std::fs::read_to_string(temp.join("out/forecast.csv")).unwrap(),
        printed.out
    );
}

#[test]
fn staff_says_how_many_it_takes() {
    let temp = Temp::new("staff");
    Team::small().write(&temp.join("team"));
    let ran = run(temp.path(), &["staff", "team", "--out", "out"]).well();
    assert!(ran.out.starts_with("Agents at work that each queue needs by itself, before shrinkage (336 intervals of 30 minutes):\n"), "{}", ran.out);
    let rows = table(&temp.join("out/requirement.csv"));
    assert_eq!(rows.len(), 3 * 336);
    for row in &rows {
        let (load, agents, scheduled) = (
            number(row, "load_erlang"),
            number(row, "agents"),
            number(row, "scheduled"),
        );
        assert!(
            scheduled + 1e-9 >= agents && (load == 0.0 || agents > 0.0),
            "{row:?}"
        );
        // Somebody can only pick up in time who is there, so a phone queue that lets few people hang up has more agents than load.
        assert!(
            row["queue"] == "en-email" || agents + 1e-9 >= load * 0.8,
            "{row:?}"
        );
    }
}

#[test]
fn backtest_says_how_good_forecasts_would_have_been() {
    let temp = Temp::new("backtest");
    Team::small().write(&temp.join("team"));
    let json = run(
        temp.path(),
        &["backtest", "team", "--origins", "1", "--json"],
    )
    .well()
    .json();
    assert_eq!(json["queues"].as_array().unwrap().len(), 3);
    let printed = run(
        temp.path(),
        &["backtest", "team", "--origins", "1", "--out", "out"],
    )
    .well();
    assert!(printed.out.contains("backtest.html"), "{}", printed.out);
    let page = std::fs::read_to_string(temp.join("out/backtest.html")).unwrap();
    for row in table(&temp.join("out/backtest.csv")) {
        let wape = format!("{:.1} %", 100.0 * number(&row, "wape"));
        assert!(
            page.contains(&row["queue"]) && page.contains(&wape),
            "{row:?}"
        );
    }
    assert!(
        printed
            .out
            .lines()
            .next()
            .unwrap()
            .starts_with("queue            week   WAPE %"),
        "{}",
        printed.out
    );
}

#[test]
fn simulate_plays_the_roster_that_plan_wrote() {
    let temp = Temp::new("simulate");
    Team::small().write(&temp.join("team"));
    plan_quickly(temp.path(), &["--quiet"]).well();
    let play = |more: &[&str]| {
        let mut arguments = vec![
            "simulate",
            "team",
            "--roster",
            "out/roster.csv",
            "--days",
            "280",
            "--json",
        ];
        arguments.extend(more);
        run(temp.path(), &arguments).well()
    };
    let usual = play(&["--out", "again"]);
    assert_eq!(usual.err, "", "our own roster breaks no rule");
    let level = |ran: &Ran| {
        ran.json()["queues"]["lt-phone"]["simulated"]
            .as_f64()
            .unwrap()
    };
    let header = std::fs::read_to_string(temp.join("again/service.csv")).unwrap();
    assert_eq!(header.lines().next(), Some(HEADERS[3].1));
    assert!(
        level(&play(&["--no-shrinkage"])) >= level(&usual),
        "nobody missing cannot be worse"
    );
    assert!(
        level(&play(&["--contacts", "3"])) < level(&usual),
        "thrice the contacts are worse"
    );
    assert!(
        level(&play(&["--absent", "v3", "--absent", "v4"])) < level(&usual),
        "two fewer are worse"
    );
    let excel = std::fs::read_to_string(temp.join("out/roster.csv"))
        .unwrap()
        .replace(',', ";")
        .replace('\n', "\r\n");
    std::fs::write(temp.join("excel.csv"), format!("\u{feff}{excel}")).unwrap();
    let again = run(
        temp.path(),
        &[
            "simulate",
            "team",
            "--roster",
            "excel.csv",
            "--days",
            "280",
            "--json",
        ],
    )
    .well();
    assert_eq!(again.out, usual.out, "as a spreadsheet saves it");
    let unknown = run(
        temp.path(),
        &[
            "simulate",
            "team",
            "--roster",
            "out/roster.csv",
            "--absent",
            "v9",
        ],
    );
    assert_eq!(
        (unknown.status, unknown.err.as_str()),
        (Some(1), "error: --absent v9: there is no such agent\n")
    );
    let missing = run(
        temp.path(),
        &["simulate", "team", "--roster", "nothing.csv"],
    );
    assert_eq!(missing.status, Some(1));
    assert!(
        missing.err.contains("nothing.csv: cannot be read") && missing.err.contains("--roster"),
        "{}",
        missing.err
    );
}

#[test]
fn schema_is_the_one_in_the_repository() {
    let temp = Temp::new("schema");
    let ran = run(temp.path(), &["schema"]).well();
    let kept =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/schema/scenario.json"))
            .unwrap();
    assert_eq!(ran.out, kept);
}

#[test]
fn help_and_version() {
    let temp = Temp::new("help");
    let help = run(temp.path(), &["--help"]).well();
    for command in [
        "plan", "check", "forecast", "backtest", "staff", "simulate", "schema",
    ] {
        assert!(
            help.out
                .lines()
                .any(|line| line.trim_start().starts_with(&format!("{command} "))),
            "{command} is not in\n{}",
            help.out
        );
        run(temp.path(), &[command, "--help"]).well();
    }
    assert_eq!(
        run(temp.path(), &["--version"]).well().out,
        format!("followsun {}\n", env!("CARGO_PKG_VERSION"))
    );
}

#[test]
fn wrong_usage_is_two() {
    let temp = Temp::new("usage");
    Team::small().write(&temp.join("team"));
    let wrong: [(&[&str], &str); 11] = [
        (&[], "Usage: followsun"),
        (&["plan"], "<SCENARIO>"),
        (
            &["paln", "team"],
            "similar subcommands exist: 'replan', 'plan'",
        ),
        (&["plan", "team", "--secnds", "5"], "--seconds"),
        (
            &["plan", "team", "--seconds", "soon"],
            "--seconds <SECONDS>",
        ),
        (&["plan", "team", "--seconds", "nan"], "--seconds <SECONDS>"),
        (&["plan", "team", "--seconds", "0"], "--seconds <SECONDS>"),
        (&["plan", "team", "--gap", "5"], "--gap <GAP>"),
        (&["simulate", "team"], "--roster <ROSTER>"),
        (
            &["backtest", "team", "--series", "x.csv"],
            "cannot be used with",
        ),
        (
            &["backtest", "--series", "x.csv", "--origins", "3"],
            "cannot be used with",
        ),
    ];
    for (arguments, said) in wrong {
        let ran = run(temp.path(), arguments);
        assert_eq!(ran.status, Some(2), "{arguments:?}: {}", ran.err);
        assert!(
            ran.err.contains(said) && ran.out.is_empty(),
            "{arguments:?}: {}",
            ran.err
        );
    }
    assert!(!temp.join("roster").exists());
}

#[test]
fn hard_rules_that_clash_are_three() {
    let temp = Temp::new("clash");
    let impossible = |team: Team, said: &[&str]| {
        team.write(&temp.join("team"));
        let ran = plan_quickly(temp.path(), &[]);
        assert_eq!(ran.status, Some(3), "{}{}", ran.out, ran.err);
        for said in said {
            assert!(ran.err.contains(said), "{said:?} is not in\n{}", ran.err);
        }
        assert!(
            ran.out.is_empty() && !temp.join("out").exists(),
            "nothing is written"
        );
    };
    let site = |line: &str| {
        Team::small().changed(
            "scenario.toml",
            "country = \"LT\"",
            &format!("country = \"LT\"\n{line}"),
        )
    };
    impossible(
        site("hours = \"Mon-Wed 06:00-22:00\""),
        &[
            "v1 (Ona Petraitė)",
            "agents.csv:2",
            "these clash: the site's hours; paid_hours_per_week 32h to 40h",
            "v6 (Paul Smith)",
            "hint: ",
        ],
    );
    impossible(site("seats = 1"), &["seats", "hint: "]);
    let cover = "\n[[cover]]\nrole = \"supervisor\"\nmin = 2\nhours = \"Mon-Fri 09:00-12:00\"\nhard = true\n";
    let hard = Team::small();
    let text = hard.text("scenario.toml") + cover;
    impossible(
        hard.with("scenario.toml", text),
        &["cover", "supervisor", "hint: "],
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_plan_is_four_with_everything_written() {
    stopped_by("-INT");
}

/// What a scheduler, a container or `timeout` sends.
#[cfg(unix)]
#[test]
fn a_plan_told_to_end_is_four_with_everything_written() {
    stopped_by("-TERM");
}

#[cfg(unix)]
fn stopped_by(signal: &str) {
    let temp = Temp::new(&format!("interrupt{signal}"));
    Team::small().write(&temp.join("team"));
    let mut plan = followsun();
    plan.current_dir(temp.path()).args([
        "plan",
        "team",
        "--out",
        "out",
        "--seconds",
        "600",
        "--gap",
        "0",
    ]);
    let plan = plan
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(std::time::Duration::from_secs(2));
    let sent = std::process::Command::new("kill")
        .args([signal, &plan.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
    let ran: Ran = plan.wait_with_output().unwrap().into();
    assert_eq!(ran.status, Some(4), "{}", ran.err);
    assert!(
        ran.err
            .contains("stopping: writing the best roster so far (press Ctrl-C again to give up)"),
        "{}",
        ran.err
    );
    let summary: serde_json::Value =
        serde_json::from_slice(&std::fs::read(temp.join("out/summary.json")).unwrap()).unwrap();
    assert_eq!(
        (&summary["status"], &summary["stopped_by"]),
        (&"stopped".into(), &"user".into())
    );
    for (file, header) in HEADERS {
        assert_eq!(
            std::fs::read_to_string(temp.join("out").join(file))
                .unwrap()
                .lines()
                .next(),
            Some(header)
        );
    }
    assert!(
        temp.join("out/report.html").exists()
            && temp.join("out/roster.xlsx").exists()
            && temp.join("out/calendar/v1.ics").exists()
    );
}

#[test]
fn forecast_of_the_rest_of_the_day_follows_what_has_come() {
    let temp = Temp::new("today");
    Team::small().write(&temp.join("team"));
    let whole = run(temp.path(), &["forecast", "team", "--out", "whole"]).well();
    assert_eq!(whole.out, "");
    let before = table(&temp.join("whole/forecast.csv"));
    // Half a day on, so that it is the plan's first day in UTC too.
    let first = &before[24]["start_utc"];
    let queue = before[0]["queue"].clone();
    let day = &first[..10];
    let now = format!("{day}T14:00Z");
    let mut actuals = "queue,start,contacts,handle_time_s\n".to_owned();
    for row in &before {
        if row["queue"] == queue && row["start_utc"].starts_with(day) && row["start_utc"] < now {
            let twice = 2.0 * number(row, "contacts");
            actuals += &format!("{queue},{},{twice},300\n", row["start_utc"]);
        }
    }
    std::fs::write(temp.join("actuals.csv"), actuals).unwrap();
    let rest = [
        "forecast",
        "team",
        "--now",
        &now,
        "--actuals",
        "actuals.csv",
        "--out",
        "rest",
    ];
    run(temp.path(), &rest).well();
    let after = table(&temp.join("rest/forecast.csv"));
    assert!(after.iter().all(|row| row["start_utc"] >= now));
    let sum = |rows: &[std::collections::BTreeMap<String, String>], which: &str, from: &str| {
        rows.iter()
            .filter(|row| row["queue"] == which && row["start_utc"].as_str() >= from)
            .filter(|row| row["start_utc"].starts_with(day))
            .map(|row| number(row, "contacts"))
            .sum::<f64>()
    };
    let (old, new) = (sum(&before, &queue, &now), sum(&after, &queue, &now));
    assert!(new > 1.05 * old && new < 2.0 * old, "{old} became {new}");
    let missing = run(temp.path(), &["forecast", "team", "--now", &now]);
    assert_eq!(
        missing.status,
        Some(2),
        "--now without --actuals is a usage error"
    );
}

#[test]
fn backtest_of_a_plain_series_scores_weeks_one_and_four() {
    let temp = Temp::new("series");
    let mut text = "ts,y,date,slot,weekday,holiday\n".to_owned();
    let first = chrono::NaiveDate::from_ymd_opt(2025, 1, 6).unwrap();
    for day in 0..7 * 40 {
        let date = first + chrono::TimeDelta::days(day);
        // Weekdays 08:00 to 20:00 alone: the rest has no rows.
        for slot in (16..40).filter(|_| day % 7 < 5) {
            let wave =
                40.0 + 20.0 * (slot as f64 / 4.0).sin() + ((day * 7 + slot * 13) % 11) as f64;
            let (hour, minute) = (slot / 2, slot % 2 * 30);
            text += &format!(
                "{date} {hour:02}:{minute:02}:00,{wave:.0},{date},{slot},{},0\n",
                day % 7
            );
        }
    }
    std::fs::write(temp.join("calls.csv"), text).unwrap();
    let series = [
        "backtest",
        "--series",
        "calls.csv",
        "--interval",
        "30m",
        "--json",
    ];
    let told = run(temp.path(), &series).well().json();
    assert_eq!(told["series"], "calls");
    for (index, week) in [1, 4].iter().enumerate() {
        let scores = &told["weeks"][index];
        assert_eq!(scores["week"], *week);
        for score in ["wape", "pinball", "cover80", "cover95"] {
            let value = scores[score].as_f64().unwrap();
            assert!(value > 0.0 && value <= 1.0, "{score} {value}");
        }
    }
    let written = run(
        temp.path(),
        &["backtest", "--series", "calls.csv", "--out", "out"],
    )
    .well();
    // Six Mondays, two weeks apart, the last with four weeks after it.
    assert!(
        written
            .out
            .starts_with("calls: 6 origins, from 2025-07-07 to 2025-09-15\n"),
        "{}",
        written.out
    );
    let rows = table(&temp.join("out/backtest.csv"));
    assert_eq!((&*rows[0]["week"], &*rows[1]["week"]), ("1", "4"));
    assert!((number(&rows[1], "wape") - told["weeks"][1]["wape"].as_f64().unwrap()).abs() < 1e-5);
    let page = std::fs::read_to_string(temp.join("out/backtest.html")).unwrap();
    assert!(page.contains("Forecasts of calls, tested"));
    let nothing = run(temp.path(), &[&series[..], &["--closed=missing"]].concat());
    assert_eq!(nothing.status, Some(1));
    assert!(nothing.err.contains("say --closed"), "{}", nothing.err);
}
