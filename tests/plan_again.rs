//! A plan goes on from an earlier one: it knows what that one has learnt, and changes what must change.

mod common;

use common::*;
use serde_json::Value;

fn planned(temp: &Temp, out: &str, more: &[&str]) -> Value {
    let mut arguments = vec![
        "plan", "team", "--out", out, "--effort", "3", "--days", "140",
    ];
    arguments.extend(more);
    arguments.push("--json");
    run(temp.path(), &arguments).well().json()
}

fn rounds(summary: &Value) -> usize {
    summary["rounds"].as_array().unwrap().len()
}

const FROM: [&str; 2] = ["--from", "out/roster.csv"];

#[test]
fn somebody_ill_is_replaced_in_one_round() {
    let temp = Temp::new("again");
    Team::small().write(&temp.join("team"));
    let first = planned(&temp, "out", &[]);
    assert!(rounds(&first) > 1);
    let shifts = |out: &str| -> Vec<(String, String)> {
        let rows = table(&temp.join(out).join("roster.csv"));
        let worked = rows.iter().filter(|row| !row["shift"].is_empty());
        worked
            .map(|row| (row["agent"].clone(), row["start_utc"][..10].to_owned()))
            .collect()
    };
    let (ill, day) = shifts("out")[0].clone();
    let absence = format!("agent,start,end,reason,paid\n{ill},{day}T00:00,{day}T23:59,sick,true\n");
    Team::small()
        .with_staff("absences", &absence)
        .write(&temp.join("team"));

    let second = planned(&temp, "again", &FROM);
    assert_eq!(rounds(&second), 1, "what the first plan learnt still holds");
    assert!(shifts("out").contains(&(ill.clone(), day.clone())));
    assert!(!shifts("again").contains(&(ill, day)));
    let gap = |summary: &Value| summary["gap"].as_f64().unwrap();
    assert!(gap(&second) < gap(&first) + 0.05, "{second} {first}");

    std::fs::remove_file(temp.join("out/learnt.json")).unwrap();
    assert!(rounds(&planned(&temp, "anew", &FROM)) > 1);
}

#[test]
fn what_was_learnt_of_another_question_is_passed_over() {
    let temp = Temp::new("again-other");
    Team::small().write(&temp.join("team"));
    planned(&temp, "out", &[]);
    let cover = "\n[[cover]]\nrole = \"agent\"\nmin = 1\nhours = \"Mon-Fri 10:00-11:00\"\n";
    let text = Team::small().text("scenario.toml") + cover;
    let covered = Team::small().with("scenario.toml", text);
    covered.write(&temp.join("team"));
    assert_eq!(rounds(&planned(&temp, "covered", &FROM)), 1);
    Team::small()
        .changed("scenario.toml", "start = 2026-11-23", "start = 2026-11-30")
        .write(&temp.join("team"));
    assert!(rounds(&planned(&temp, "next", &FROM)) > 1);
}

#[test]
fn training_on_the_roster_of_before_makes_no_plan_worse() {
    let temp = Temp::new("again-training");
    let training =
        "[[activity]]\nname = \"training\"\nlength = \"2h\"\ntimes_per_week = 3\n\n[[site]]";
    Team::small()
        .changed("scenario.toml", "[[site]]", training)
        .write(&temp.join("team"));
    for seed in ["1", "2", "3", "4"] {
        let effort = ["--effort", "1", "--rounds", "1", "--seed", seed];
        let objective = |out: &str, from: &[&str]| {
            let mut arguments = vec!["plan", "team", "--out", out, "--days", "14", "--json"];
            arguments.extend(effort.iter().chain(from));
            let summary = run(temp.path(), &arguments).well().json();
            summary["objective"].as_f64().unwrap()
        };
        let first = objective("out", &[]);
        let again = objective("again", &FROM);
        assert!(again <= first + 1e-3, "seed {seed}: {again} after {first}");
    }
}
