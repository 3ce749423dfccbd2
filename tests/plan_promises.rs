//! What a plan promises is what the play of its roster shows: within a point, in every queue.

mod common;

use common::*;

#[test]
fn promise_and_play_agree_within_a_point() {
    let temp = Temp::new("promises");
    Team::small().write(&temp.join("team"));
    let ran = run(
        temp.path(),
        &[
            "plan", "team", "--out", "out", "--effort", "6", "--rounds", "3", "--days", "4200",
            "--json",
        ],
    )
    .well();
    let summary = ran.json();
    let queues = summary["queues"].as_object().unwrap();
    assert_eq!(queues.len(), 3);
    for (id, queue) in queues {
        let share = |key: &str| queue[key].as_f64().unwrap();
        let apart = share("promised") - share("simulated");
        assert!(apart.abs() < 0.01, "{id}: {queue}");
    }
    // The formulas alone are further off than that, or this test shows nothing.
    let first = &summary["rounds"][0];
    let apart = first["promised"].as_f64().unwrap() - first["simulated"].as_f64().unwrap();
    assert!(apart.abs() > 0.01, "{first}");
}

/// Any roster answers more in time when no day is busier than forecast, so that the best one costs less, contacts missed and wages together. (It may
/// well promise less: where it takes fewer hours to answer the same, it spends fewer.)
#[test]
fn a_forecast_taken_as_exact_costs_less() {
    let temp = Temp::new("exact");
    // Everybody at full speed: the search is then nearly exact.
    Team::small()
        .changed("agents.csv", "en:0.9", "en")
        .write(&temp.join("team"));
    let planned = |more: &[&str]| {
        let mut arguments = vec![
            "plan", "team", "--out", "out", "--effort", "40", "--rounds", "1", "--days", "140",
            "--json",
        ];
        arguments.extend(more);
        let summary = run(temp.path(), &arguments).well().json();
        let value = |key: &str| summary[key].as_f64().unwrap();
        (value("objective"), value("bound"))
    };
    let ((_, usual), (exact, _)) = (planned(&[]), planned(&["--no-busyness"]));
    // Even the best roster under the usual curves costs more than this one.
    assert!(exact < usual, "{exact} {usual}");
}
