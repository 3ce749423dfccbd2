//! `followsun staff`: what each queue takes by itself, and what people who serve several take together.

mod common;

use common::*;

#[test]
fn one_agent_more_helps_and_people_who_serve_several_are_fewer() {
    let temp = Temp::new("staff");
    Team::small().write(&temp.join("team"));
    let ran = run(temp.path(), &["staff", "team", "--out", "out"]).well();
    assert!(ran.out.contains("if people serve what they are able to"));
    let rows = table(&temp.join("out/requirement.csv"));
    let live = rows.iter().filter(|row| !row["service_level"].is_empty());
    let mut busy = 0;
    for row in live.filter(|row| number(row, "load_erlang") > 0.0) {
        let share = |column: &str| number(row, column);
        assert!(
            share("one_fewer") <= share("service_level")
                && share("service_level") <= share("one_more")
        );
        assert!(
            share("one_fewer") < 0.8 && share("service_level") >= 0.8,
            "{row:?}"
        );
        busy += 1;
    }
    assert_eq!(
        busy,
        2 * 5 * 20,
        "two phone queues on five days of twenty half hours"
    );
    let email = rows.iter().filter(|row| row["queue"] == "en-email");
    assert!(email.clone().count() > 0 && email.clone().all(|row| row["one_more"].is_empty()));

    let pooled = table(&temp.join("out/pooled.csv"));
    let (mut apart, mut together) = (0.0, 0.0);
    for row in &pooled {
        assert_eq!(row["group"], "all", "no language has two live queues");
        assert!(
            number(row, "load_erlang") <= number(row, "pooled") + 1e-9,
            "{row:?}"
        );
        assert!(number(row, "pooled") <= number(row, "apart"), "{row:?}");
        apart += number(row, "apart");
        together += number(row, "pooled");
    }
    assert!(together < 0.9 * apart, "{together} of {apart}");
    let page = std::fs::read_to_string(temp.join("out/staff.html")).unwrap();
    assert!(page.contains("<svg") && page.contains("lt-phone") && !page.contains("http"));
}

#[test]
fn a_play_ends_when_the_interval_is_narrow_or_the_days_are_used_and_says_which() {
    let temp = Temp::new("narrow");
    Team::small().write(&temp.join("team"));
    plan_quickly(temp.path(), &["--quiet"]).well();
    let play = |within: &str| {
        let arguments = [
            "simulate",
            "team",
            "--roster",
            "out/roster.csv",
            "--days",
            "700",
            "--within",
            within,
            "--out",
            "played",
            "--json",
        ];
        let ran = run(temp.path(), &arguments).well();
        let written = std::fs::read_to_string(temp.join("played/summary.json")).unwrap();
        let written: serde_json::Value = serde_json::from_str(&written).unwrap();
        assert_eq!(written, ran.json());
        ran.json()
    };
    let narrow = play("0.2");
    assert_eq!(
        (
            narrow["stopped_by"].as_str(),
            narrow["days_played"].as_u64()
        ),
        (Some("interval"), Some(140))
    );
    let used = play("0");
    assert_eq!(
        (used["stopped_by"].as_str(), used["days_played"].as_u64()),
        (Some("days"), Some(700))
    );
    let width = |ran: &serde_json::Value| {
        let queue = &ran["queues"]["lt-phone"];
        queue["high"].as_f64().unwrap() - queue["low"].as_f64().unwrap()
    };
    assert!(width(&used) < width(&narrow));
}
