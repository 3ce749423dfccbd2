//! Rules from the scenario's keys to the roster's file: what is written is kept, and the balance goes from plan to plan.

mod common;

use chrono::{NaiveDate, TimeDelta};
use common::{Team, Temp, instant, number, plan_quickly, run, table};

fn shifts(
    folder: &Temp,
    agent: &str,
) -> Vec<(chrono::DateTime<chrono::Utc>, chrono::DateTime<chrono::Utc>)> {
    let mut found: std::collections::BTreeMap<String, (_, _)> = Default::default();
    for row in table(&folder.join("out/roster.csv")) {
        if row["agent"] == agent {
            let (start, end) = (instant(&row["start_utc"]), instant(&row["end_utc"]));
            let span = found.entry(row["shift"].clone()).or_insert((start, end));
            *span = (span.0.min(start), span.1.max(end));
        }
    }
    found.into_values().collect()
}

#[test]
fn pairs_limits_and_protection_reach_the_roster_and_the_balance_goes_on() {
    let team = Team::small()
        .changed("scenario.toml", "country = \"LT\"", "country = \"LT\"\nlaw = \"LT\"")
        .changed(
            "scenario.toml",
            "days_per_week = { min = 4, max = 5 }",
            "days_per_week = { min = 3, max = 5 }\nlimits = [{ count = \"days\", at_most = 4, in_any = \"7d\" }]",
        )
        .changed("scenario.toml", "{ min = 32, max = 40 }", "{ min = 24, max = 40 }");
    let text = team.text("scenario.toml")
        + "\n[objective]\nfairness = 2\n\n[[pair]]\nagents = [\"v3\", \"v4\"]\napart = true\n\n[[pair]]\nagents = \"v6\"\nwith = [\"v1\", \"v5\"]\n";
    let team = team.with("scenario.toml", text);
    let folder = Temp::new("rules");
    team.write(&folder.join("team"));
    plan_quickly(folder.path(), &["--quiet"]).well();
    for agent in ["v1", "v2", "v3", "v4", "v5", "v6"] {
        assert!((3..=4).contains(&shifts(&folder, agent).len()), "{agent}");
    }
    for one in shifts(&folder, "v3") {
        for other in shifts(&folder, "v4") {
            assert!(one.1 <= other.0 || other.1 <= one.0, "v3 and v4 meet");
        }
    }
    let mentors = [shifts(&folder, "v1"), shifts(&folder, "v5")].concat();
    for (start, end) in shifts(&folder, "v6") {
        let mut at = start;
        while at < end {
            assert!(
                mentors.iter().any(|span| (span.0..span.1).contains(&at)),
                "v6 is alone at {at}"
            );
            at += TimeDelta::minutes(15);
        }
    }
    let balance = table(&folder.join("out/balance.csv"));
    assert_eq!(balance.len(), 6);
    let payroll = table(&folder.join("out/payroll.csv"));
    for row in &balance {
        let paid: f64 = payroll
            .iter()
            .filter(|day| day["agent"] == row["agent"])
            .map(|day| number(day, "paid_minutes"))
            .sum();
        assert!(
            (paid / 60.0 - number(row, "paid_hours")).abs() < 0.01,
            "{row:?}"
        );
    }

    // The week after: the balance of this one is read, and an average keeps the two weeks together.
    let next = NaiveDate::from_ymd_opt(2026, 11, 30).expect("a date");
    let team = team
        .changed(
            "scenario.toml",
            "start = 2026-11-23",
            &format!("start = {next}"),
        )
        .changed(
            "scenario.toml",
            "agents = \"agents.csv\"",
            "agents = \"agents.csv\"\nbalance = \"../out/balance.csv\"",
        )
        .changed(
            "scenario.toml",
            "cost_per_hour = 15.0",
            "cost_per_hour = 15.0\naverage_hours = { at_most = 28, over = \"2w\" }",
        );
    let before = balance.clone();
    team.write(&folder.join("team"));
    let check = run(folder.path(), &["check", "team"]).well();
    assert!(
        check.out.contains("Balance: 6 rows of the weeks before"),
        "{}",
        check.out
    );
    assert!(
        check.out.contains("Law at vilnius: Lithuania"),
        "{}",
        check.out
    );
    std::fs::rename(
        folder.join("out/balance.csv"),
        folder.join("team/balance.csv"),
    )
    .expect("moved");
    let text = team
        .text("scenario.toml")
        .replace("../out/balance.csv", "balance.csv");
    team.with("scenario.toml", text).write(&folder.join("team"));
    plan_quickly(folder.path(), &["--quiet"]).well();
    let after = table(&folder.join("out/balance.csv"));
    assert_eq!(after.len(), 12);
    for agent in ["v1", "v2", "v3", "v4", "v5", "v6"] {
        let hours: Vec<f64> = after
            .iter()
            .filter(|row| row["agent"] == agent)
            .map(|row| number(row, "paid_hours"))
            .collect();
        let known = before
            .iter()
            .find(|row| row["agent"] == agent)
            .expect("a row");
        assert_eq!(hours[0], number(known, "paid_hours"));
        assert!(hours[0] + hours[1] <= 56.0 + 1e-9, "{agent}: {hours:?}");
    }
}

#[test]
fn rules_that_leave_somebody_no_week_are_named() {
    let team = Team::small().changed(
        "scenario.toml",
        "cost_per_hour = 15.0",
        "cost_per_hour = 15.0\nmax_paid_hours_per_day = 6",
    );
    let folder = Temp::new("rules-clash");
    team.write(&folder.join("team"));
    let ran = plan_quickly(folder.path(), &["--quiet"]);
    assert_eq!(ran.status, Some(3), "{}", ran.err);
    assert!(
        ran.err.contains("max_paid_hours_per_day = 6h"),
        "{}",
        ran.err
    );
}
