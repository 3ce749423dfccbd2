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

#[test]
fn a_forecast_taken_as_exact_promises_more_of_the_same_people() {
    let temp = Temp::new("exact");
    Team::small().write(&temp.join("team"));
    let promised = |more: &[&str]| {
        let mut arguments = vec![
            "plan", "team", "--out", "out", "--effort", "0", "--rounds", "1", "--days", "700",
            "--json",
        ];
        arguments.extend(more);
        let summary = run(temp.path(), &arguments).well().json();
        summary["rounds"][0]["promised"].as_f64().unwrap()
    };
    let (usual, exact) = (promised(&[]), promised(&["--no-busyness"]));
    assert!(exact > usual, "{exact} {usual}");
}
