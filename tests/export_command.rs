//! Any roster is handed on to payroll, calendars and spreadsheets: the same bytes as the plan wrote, or a part of it.

mod common;

use std::collections::BTreeMap;

use common::*;
use proptest::prelude::*;

fn export(temp: &Temp, format: &str, more: &[&str]) -> Ran {
    let mut arguments = vec![
        "export",
        "team",
        "--roster",
        "out/roster.csv",
        "--as",
        format,
    ];
    arguments.extend(more);
    run(temp.path(), &arguments)
}

fn planned(name: &str, team: &Team) -> Temp {
    let temp = Temp::new(name);
    team.write(&temp.join("team"));
    plan_quickly(temp.path(), &[]).well();
    temp
}

/// A night team whose week holds the end of summer time, with leave and overtime.
fn nights() -> Team {
    let absences = "agent,start,end,reason,paid\nv2,2026-10-20T00:00,2026-10-21T00:00,leave,true\n";
    let history =
        History::before("2026-10-19", "Europe/Vilnius").queue("lt-phone", 2.0, 240.0, 0..24);
    let scenario = SMALL
        .replace("start = 2026-11-23", "start = 2026-10-19")
        .replace(
            "earliest = \"07:00\", latest = \"12:00\"",
            "earliest = \"00:00\", latest = \"23:30\"",
        );
    let queues = scenario.find("[[queue]]\nid = \"en-phone\"").unwrap();
    let sites = scenario.find("[[site]]").unwrap();
    let scenario = scenario[..queues].replace("Mon-Fri 08:00-18:00", "24/7") + &scenario[sites..];
    let agents = SMALL_AGENTS
        .replace(",en,", ",lt,")
        .replace(",en:0.9,", ",lt:0.9,");
    Team::new(&scenario, &agents, history.csv()).with_staff("absences", absences)
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect()
}

#[test]
fn a_plan_s_own_roster_gives_the_plan_s_own_files() {
    for team in [Team::small(), nights()] {
        let temp = planned("export-same", &team);
        for format in ["roster", "payroll"] {
            let wrote = std::fs::read_to_string(temp.join(&format!("out/{format}.csv"))).unwrap();
            assert_eq!(export(&temp, format, &[]).well().out, wrote, "{format}");
        }
        export(&temp, "calendar", &["--out", "calendars"]).well();
        for agent in ["v1", "v6"] {
            let of =
                |folder: &str| std::fs::read(temp.join(&format!("{folder}/{agent}.ics"))).unwrap();
            assert!(of("calendars") == of("out/calendar"));
        }
        export(&temp, "workbook", &["--out", "wall.xlsx"]).well();
        assert!(
            std::fs::read(temp.join("wall.xlsx"))
                .unwrap()
                .starts_with(b"PK")
        );
    }
}

#[test]
fn people_and_dates_asked_for_are_all_that_is_there() {
    let temp = planned("export-part", &Team::small());
    let part = [
        "--from",
        "2026-11-24",
        "--to",
        "2026-11-25",
        "--agent",
        "v2",
        "--agent",
        "v3",
    ];
    for format in ["roster", "payroll", "wages"] {
        let whole = export(&temp, format, &[]).well().out;
        let got = export(&temp, format, &part).well().out;
        assert_eq!(whole.lines().next(), got.lines().next());
        let within = rows(&whole).into_iter().filter(|row| {
            let date = row.get("date").unwrap_or_else(|| &row["start_local"]);
            ["v2", "v3"].contains(&row["agent"].as_str())
                && ["2026-11-24", "2026-11-25"].contains(&&date[..10])
        });
        assert_eq!(rows(&got), within.collect::<Vec<_>>(), "{format}");
    }
    let week = export(&temp, "week", &part).well().out;
    assert!(
        week.starts_with("agent,name,site,contract,2026-11-24,2026-11-25\n"),
        "{week}"
    );
    assert_eq!(week.lines().count(), 3);
    let hours = rows(&export(&temp, "hours", &["--site", "vilnius"]).well().out);
    assert_eq!(hours.len(), 6);
}

#[test]
fn hours_and_wages_add_up_to_the_payroll() {
    for team in [Team::small(), nights()] {
        let temp = planned("export-sums", &team);
        let payroll = rows(&export(&temp, "payroll", &[]).well().out);
        let hours = rows(&export(&temp, "hours", &[]).well().out);
        let wages = rows(&export(&temp, "wages", &[]).well().out);
        for kind in [
            "paid", "night", "saturday", "sunday", "holiday", "overtime", "absence",
        ] {
            let minutes: f64 = payroll
                .iter()
                .map(|row| number(row, &format!("{kind}_minutes")))
                .sum();
            let by_person: f64 = hours
                .iter()
                .map(|row| number(row, &format!("{kind}_hours")))
                .sum();
            let of_kind = wages.iter().filter(|row| row["code"] == kind);
            let by_code: f64 = of_kind.map(|row| number(row, "hours")).sum();
            assert!(
                (by_person - minutes / 60.0).abs() < 0.005 * hours.len() as f64,
                "{kind}: {by_person}"
            );
            assert!(
                (by_code - minutes / 60.0).abs() < 0.005 * wages.len() as f64,
                "{kind}: {by_code}"
            );
        }
    }
}

#[test]
fn the_payroll_program_s_own_codes_are_used() {
    let temp = planned("export-codes", &nights());
    std::fs::write(
        temp.join("codes.csv"),
        "kind,code\npaid,1000\nnight,2010\nsunday,\n",
    )
    .unwrap();
    let wages = rows(&export(&temp, "wages", &["--codes", "codes.csv"]).well().out);
    let codes: std::collections::BTreeSet<&str> =
        wages.iter().map(|row| row["code"].as_str()).collect();
    assert!(
        codes.contains("1000") && codes.contains("2010") && !codes.contains("sunday"),
        "{codes:?}"
    );
    std::fs::write(temp.join("codes.csv"), "kind,code\npayed,1000\n").unwrap();
    let wrong = export(&temp, "wages", &["--codes", "codes.csv"]);
    assert!(
        wrong.status == Some(1) && wrong.err.contains("codes.csv:2"),
        "{}",
        wrong.err
    );
}

#[test]
fn a_roster_that_somebody_changed_is_handed_on_with_a_warning() {
    let temp = planned("export-changed", &Team::small());
    let text = std::fs::read_to_string(temp.join("out/roster.csv")).unwrap();
    // Of v1's week one day is left, where the contract asks for four.
    let first = text
        .lines()
        .find(|line| line.starts_with("v1,"))
        .unwrap()
        .split(',')
        .nth(3)
        .unwrap();
    let kept = |line: &&str| !line.starts_with("v1,") || line.split(',').nth(3) == Some(first);
    let changed: Vec<&str> = text.lines().filter(kept).collect();
    std::fs::write(temp.join("out/roster.csv"), changed.join("\n") + "\n").unwrap();
    let got = export(&temp, "week", &["--agent", "v1"]).well();
    let cells = rows(&got.out)[0]
        .values()
        .filter(|cell| cell.contains(':'))
        .count();
    assert_eq!(cells, 1, "{}", got.out);
    assert!(
        got.err.contains("breaks \"days-per-week\": v1"),
        "{}",
        got.err
    );
    assert_eq!(
        export(&temp, "week", &["--agent", "v1", "--quiet"])
            .well()
            .err,
        ""
    );
}

#[test]
fn a_team_s_calendar_names_everybody() {
    let temp = planned("export-team", &Team::small());
    let calendar = export(&temp, "team-calendar", &[]).well().out;
    assert_eq!(calendar.matches("BEGIN:VCALENDAR").count(), 1);
    let shifts: usize = (1..=6)
        .map(|number| {
            std::fs::read_to_string(temp.join(&format!("out/calendar/v{number}.ics"))).unwrap()
        })
        .map(|text| text.matches("BEGIN:VEVENT").count())
        .sum();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), shifts);
    assert!(
        calendar.contains("SUMMARY:Ona Petraitė: shift (supervisor)"),
        "{calendar}"
    );
}

#[test]
fn who_is_ill_by_a_mended_roster_is_absent_in_what_is_handed_on() {
    let temp = planned("export-mended", &Team::small());
    let ill = table(&temp.join("out/roster.csv"))[0]["agent"].clone();
    let arguments = [
        "replan",
        "team",
        "--roster",
        "out/roster.csv",
        "--now",
        "2026-11-22T12:00Z",
        "--ill",
        &ill,
        "--out",
        "out",
        "--effort",
        "2",
        "--days",
        "140",
    ];
    run(temp.path(), &arguments).well();
    let wrote = std::fs::read_to_string(temp.join("out/payroll.csv")).unwrap();
    assert_eq!(export(&temp, "payroll", &[]).well().out, wrote);
    let week = rows(&export(&temp, "week", &["--agent", &ill]).well().out);
    assert_eq!(week[0]["2026-11-23"], "ill");
}

#[test]
fn all_that_is_wrong_is_told_at_once_and_nothing_is_written() {
    let temp = planned("export-wrong", &Team::small());
    let text = std::fs::read_to_string(temp.join("out/roster.csv")).unwrap();
    std::fs::write(temp.join("out/roster.csv"), text.replace("v6,", "v66,")).unwrap();
    let ran = export(
        &temp,
        "hours",
        &[
            "--agent",
            "v77",
            "--site",
            "kaunas",
            "--from",
            "monday",
            "--codes",
            "none.csv",
            "--out",
            "hours.csv",
        ],
    );
    assert_eq!(ran.status, Some(1));
    for wanted in [
        "\"v66\"",
        "--agent v77",
        "--site kaunas",
        "--from \"monday\"",
        "none.csv",
    ] {
        assert!(ran.err.contains(wanted), "{wanted}: {}", ran.err);
    }
    assert!(!temp.join("hours.csv").exists());
    let other = planned("export-usage", &Team::small());
    assert_eq!(export(&other, "cuneiform", &[]).status, Some(2));
    let printed = export(&other, "workbook", &[]);
    assert!(
        printed.status == Some(1) && printed.err.contains("--out workbook.xlsx"),
        "{}",
        printed.err
    );
    let outside = export(
        &other,
        "week",
        &["--from", "2027-01-01", "--to", "2027-02-01"],
    );
    assert!(
        outside.err.contains("no date of the plan"),
        "{}",
        outside.err
    );
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// However the week is cut, its parts hold what the whole holds.
    #[test]
    fn parts_add_up_to_the_whole(cut in 1_i64..7) {
        let temp = planned("export-cut", &nights());
        let first: chrono::NaiveDate = "2026-10-19".parse().unwrap();
        let (until, from) = (first + chrono::TimeDelta::days(cut - 1), first + chrono::TimeDelta::days(cut));
        let mut parts = rows(&export(&temp, "payroll", &["--to", &until.to_string()]).well().out);
        parts.extend(rows(&export(&temp, "payroll", &["--from", &from.to_string()]).well().out));
        let mut whole = rows(&export(&temp, "payroll", &[]).well().out);
        parts.sort();
        whole.sort();
        prop_assert_eq!(parts, whole);
    }
}
