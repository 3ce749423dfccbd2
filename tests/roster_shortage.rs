//! `followsun roster`: what goes before shortage, and what does not.

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

fn roster(team: Team, wanted: &str) -> (Temp, Ran) {
    let temp = Temp::new("shortage");
    team.write(&temp.join("team"));
    std::fs::write(temp.join("wanted.csv"), wanted).unwrap();
    let arguments = [
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
    let ran = run(temp.path(), &arguments);
    (temp, ran)
}

#[test]
fn shortage_comes_first_whatever_a_soft_limit_costs_unless_the_order_says_otherwise() {
    let limited = |lines: &str| {
        let soft = "limits = [{ count = \"days\", at_most = 1, in_any = \"7d\", weight = 5000 }]\nrest_between_shifts";
        let team = Team::small()
            .changed("scenario.toml", "rest_between_shifts", soft)
            .changed(
                "scenario.toml",
                "{ min = 32, max = 40 }",
                "{ min = 0, max = 40 }",
            )
            .changed(
                "scenario.toml",
                "{ min = 4, max = 5 }",
                "{ min = 0, max = 5 }",
            );
        let team = if lines.is_empty() {
            team
        } else {
            with_objective(team, lines)
        };
        // One half hour a day, and two people at most who could share the days.
        let agents = team.text("agents.csv");
        let few: Vec<&str> = agents
            .lines()
            .filter(|line| !line.starts_with("v1") && !line.starts_with("v2"))
            .collect();
        let wanted: String = (23..28)
            .map(|day| format!("lt-phone,2026-11-{day}T10:00Z,1\n"))
            .collect();
        let team = team.with("agents.csv", few.join("\n") + "\n");
        roster(team, &("queue,start_utc,agents\n".to_owned() + &wanted))
    };
    let short = |ran: Ran| {
        ran.well().json()["shortage_agent_intervals"]
            .as_f64()
            .unwrap()
    };
    assert_eq!(short(limited("").1), 0.0);
    assert!(short(limited("order = [\"cost\", \"service\"]").1) > 0.0);
}

#[test]
fn seats_hold_in_any_currency() {
    let site = "country = \"LT\"";
    let team = Team::small()
        .changed("scenario.toml", site, &format!("{site}\nseats = 2"))
        .changed(
            "scenario.toml",
            "cost_per_hour = 15.0",
            "cost_per_hour = 60000.0",
        )
        .changed(
            "scenario.toml",
            "{ min = 32, max = 40 }",
            "{ min = 0, max = 40 }",
        )
        .changed(
            "scenario.toml",
            "{ min = 4, max = 5 }",
            "{ min = 0, max = 5 }",
        );
    roster(team, &wanted(23..28, 5)).1.well();
}
