//! `followsun explain` as people run it: it answers, what it offers can be made, and the checker has nothing against it.

mod common;

use common::*;

fn planned() -> Temp {
    planned_with("")
}

/// The small team with more in its scenario.
fn planned_with(more: &str) -> Temp {
    let temp = Temp::new("explain");
    Team::small()
        .with("scenario.toml", format!("{SMALL}{more}"))
        .with_staff(
            "requests",
            "agent,date,wants,weight\nv1,2026-11-23,off,1\nv2,2026-11-24,off,1\nv5,2026-11-25,off,1\n",
        )
        .write(&temp.join("team"));
    plan_quickly(temp.path(), &["--quiet"]).well();
    temp
}

fn explain(temp: &Temp, more: &[&str]) -> Ran {
    let mut arguments = vec!["explain", "team", "--roster", "out/roster.csv"];
    arguments.extend(more);
    run(temp.path(), &arguments)
}

#[test]
fn every_question_is_answered_and_every_offer_can_be_made() {
    assert!(offers_made(&planned()) >= 4);
}

/// Training and meetings stay in the weeks that an offer changes, or it says which do not.
#[test]
fn offers_keep_training_and_meetings() {
    assert!(offers_made(&planned_with(MEETINGS)) >= 4);
}

/// Asks every kind of question and makes every change that is offered.
fn offers_made(temp: &Temp) -> usize {
    let questions: [&[&str]; 5] = [
        &["--queue", "en-phone", "--at", "2026-11-25T09:00"],
        &["--queue", "lt-phone", "--at", "2026-11-23T15:30Z"],
        &["--agent", "v1", "--date", "2026-11-24"],
        &["--agent", "v5"],
        &["--worth"],
    ];
    let mut made = 0;
    for question in questions {
        let words = explain(temp, question).well();
        assert!(words.out.lines().count() > 3, "{}", words.out);
        let mut json = question.to_vec();
        json.push("--json");
        let answer = explain(temp, &json).well().json();
        assert!(answer["because"][0].is_string());
        for offer in answer["offers"].as_array().expect("offers") {
            let number = offer["number"].to_string();
            let mut apply = question.to_vec();
            apply.extend(["--apply", &number, "--out", "changed", "--quiet"]);
            explain(temp, &apply).well();
            let played = run(
                temp.path(),
                &[
                    "simulate",
                    "team",
                    "--roster",
                    "changed/roster.csv",
                    "--days",
                    "2",
                ],
            )
            .well();
            assert!(!played.err.contains("breaks"), "{offer}\n{}", played.err);
            let (before, after) = (
                table(&temp.join("out/roster.csv")),
                table(&temp.join("changed/roster.csv")),
            );
            assert_ne!(before, after, "{offer}");
            let touched: Vec<&str> = offer["changes"]
                .as_array()
                .expect("changes")
                .iter()
                .map(|change| change["agent"].as_str().expect("an agent"))
                .collect();
            let of_others = |rows: &[std::collections::BTreeMap<String, String>]| {
                rows.iter()
                    .filter(|row| !touched.contains(&row["agent"].as_str()))
                    .cloned()
                    .collect::<Vec<_>>()
            };
            assert_eq!(of_others(&before), of_others(&after), "{offer}");
            for name in ["team meeting", "coaching"] {
                let times = |rows: &[std::collections::BTreeMap<String, String>], agent: &str| {
                    let own = rows.iter().filter(|row| row["agent"] == agent);
                    own.filter(|row| row["activity"] == name).count()
                };
                let what = offer["what"].as_str().expect("words");
                let fewer = touched
                    .iter()
                    .any(|agent| times(&after, agent) < times(&before, agent));
                let said = what.contains(&format!("without \"{name}\""));
                assert_eq!(fewer, said, "{name}: {what}");
                // Coaching fits into any shift, whoever else is there.
                assert!(name != "coaching" || !fewer, "{what}");
                for agent in &touched {
                    assert!(times(&after, agent) <= times(&before, agent), "{what}");
                }
            }
            made += 1;
        }
    }
    made
}

/// A site's law makes contracts of its own, beyond those of the scenario.
#[test]
fn worth_names_rules_of_the_law_too() {
    let temp = Temp::new("explain-law");
    let days = "days_per_week = { min = 4, max = 5 }";
    let tight = format!("{days}\nlimits = [{{ count = \"early\", at_most = 1, per = \"week\" }}]");
    Team::small()
        .changed(
            "scenario.toml",
            "country = \"LT\"",
            "country = \"LT\"\nlaw = \"LT\"",
        )
        .changed("scenario.toml", days, &tight)
        .write(&temp.join("team"));
    plan_quickly(temp.path(), &["--quiet"]).well();
    let answer = explain(&temp, &["--worth", "--json"]).well().json();
    let rules = answer["worth"]["rules"].as_array().expect("rules");
    let limit = rules.iter().find(|rule| rule["rule"] == "limits on early");
    let limit = limit.unwrap_or_else(|| panic!("{answer}"));
    assert_eq!(
        limit["contract"],
        "contract full with what law or protection add"
    );
    assert_eq!(limit["change"], "1 to 2");
}

#[test]
fn worth_names_kinds_and_rules_with_their_error() {
    let temp = planned();
    let answer = explain(&temp, &["--worth", "--json"]).well().json();
    let kinds = answer["worth"]["kinds"].as_array().expect("kinds");
    assert!(kinds.len() >= 4, "{answer}");
    for kind in kinds {
        let of = |key: &str| kind[key].as_f64().expect("a number");
        assert!(of("error") >= 0.0 && of("surely_at_most") >= of("by_prices"));
        assert!((of("worth") - of("at_once")).abs() <= of("error") + 1e-3);
    }
}

#[test]
fn what_is_asked_wrongly_is_told() {
    let temp = planned();
    for (arguments, status, told) in [
        (
            &["--queue", "en-fone", "--at", "2026-11-25T09:00"][..],
            1,
            "did you mean \"en-phone\"?",
        ),
        (
            &["--queue", "en-phone", "--at", "noon"],
            1,
            "write 2026-10-25T03:30",
        ),
        (
            &["--queue", "en-phone", "--at", "2027-11-25T09:00"],
            1,
            "the plan runs from",
        ),
        (&["--queue", "en-phone"], 2, "--at"),
        (&[], 2, "--worth"),
        (&["--agent", "v9"], 1, "there is no such agent"),
        (
            &["--agent", "v1", "--date", "2026-12-25"],
            1,
            "the plan runs from",
        ),
        (
            &["--agent", "v1", "--apply", "99", "--out", "changed"],
            1,
            "offers are numbered",
        ),
        (&["--agent", "v1", "--apply", "1"], 2, "--out"),
    ] {
        let ran = explain(&temp, arguments);
        assert_eq!(ran.status, Some(status), "{arguments:?}: {}", ran.err);
        assert!(ran.err.contains(told), "{arguments:?}: {}", ran.err);
    }
    assert!(!temp.join("changed").exists(), "whole or not at all");
}

#[test]
fn a_roster_from_elsewhere_is_played_first() {
    let temp = planned();
    std::fs::create_dir(temp.join("hand")).unwrap();
    std::fs::copy(temp.join("out/roster.csv"), temp.join("hand/roster.csv")).unwrap();
    let ran = run(
        temp.path(),
        &[
            "explain",
            "team",
            "--roster",
            "hand/roster.csv",
            "--agent",
            "v1",
        ],
    )
    .well();
    assert!(ran.out.contains("Works "), "{}", ran.out);
}

/// In the night in which the clock is set back, 03:30 comes twice: the answer says which it speaks of.
#[test]
fn an_hour_that_comes_twice_is_told_with_its_offset() {
    let temp = Temp::new("explain-twice");
    let history = History::before("2026-10-19", "Europe/Vilnius")
        .queue("lt-phone", 3.0, 240.0, 0..24)
        .queue("en-phone", 3.0, 240.0, 0..24)
        .queue("en-email", 1.0, 400.0, 0..24);
    let scenario = SMALL
        .replace("2026-11-23", "2026-10-19")
        .replace("Mon-Fri 08:00-18:00", "24/7");
    Team::new(&scenario, SMALL_AGENTS, history.csv()).write(&temp.join("team"));
    plan_quickly(temp.path(), &["--quiet"]).well();
    let told = |at: &str| {
        let answer = explain(&temp, &["--queue", "lt-phone", "--at", at]).well();
        answer.out.lines().next().unwrap_or_default().to_owned()
    };
    assert!(told("2026-10-25T00:30Z").contains("Sun 25 Oct 03:30+03:00 to 03:00+02:00"));
    assert!(told("2026-10-25T01:30Z").contains("Sun 25 Oct 03:30+02:00 to 04:00+02:00"));
    assert!(told("2026-10-25T03:30+02:00").contains("Sun 25 Oct 03:30+02:00 to 04:00+02:00"));
    assert!(told("2026-10-24T10:00").contains("Sat 24 Oct 10:00 to 10:30"));
}
