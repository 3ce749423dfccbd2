//! Carry-over between intervals, against chains solved by another program.

mod golden_table;

use followsun::staffing::*;
use golden_table::{Row, Table};

const EXACT: f64 = 1e-7;
/// The tables' means over time come from a quadrature (their states do not): see the balance test for which side is exact.
const MEAN: f64 = 3e-7;

fn numbers(row: &Row, column: &str) -> Vec<f64> {
    row.text(column)
        .split(' ')
        .map(|x| x.parse().unwrap())
        .collect()
}

fn day(row: &Row) -> Day {
    Day {
        interval_s: row.number("L"),
        handle_time_s: row.number("aht"),
        patience_s: row.some("patience"),
        threshold_s: row.number("T"),
        contacts: numbers(row, "calls"),
        agents: numbers(row, "ns").iter().map(|&n| n as u32).collect(),
        discipline: match row.text("discipline") {
            "finish" => LeaveDiscipline::Finish,
            "preempt" => LeaveDiscipline::Preempt,
            other => panic!("{other}"),
        },
    }
}

#[test]
fn every_golden_day() {
    for plan in Table::read("transient/summary").rows() {
        let day = day(&plan);
        let played = transient_service(&day).unwrap();
        let name = format!(
            "{}__{}__{}",
            plan.text("example"),
            plan.text("plan"),
            plan.text("discipline")
        );
        let table = Table::read(&format!("transient/{name}"));
        assert_eq!(table.rows().count(), played.len());
        for (row, s) in table.rows().zip(&played) {
            row.close("sl_offered", s.answered_in_time, EXACT);
            row.close("p_wait", s.p_wait, MEAN);
            row.close("mean_queue", s.mean_queue, MEAN);
            row.close("busy_on_shift", s.busy_on_shift, MEAN);
            row.close("busy_overtime", s.busy_overtime, MEAN);
            row.close("occupancy", s.occupancy, MEAN);
            row.close(
                "exp_abandons",
                s.abandoned,
                MEAN * day.interval_s / day.patience_s.unwrap_or(1e9),
            );
            row.close("queue_end", s.queue_at_end, EXACT);
            row.close("in_system_end", s.in_system_at_end, EXACT);
        }
        let level = |s: &IntervalService| s.answered_in_time;
        let contacts: f64 = day.contacts.iter().sum();
        let day_sl = played
            .iter()
            .zip(&day.contacts)
            .map(|(s, c)| level(s) * c)
            .sum::<f64>()
            / contacts;
        plan.close("day_sl", day_sl, EXACT);
        plan.close(
            "min_interval_sl",
            played.iter().map(level).fold(1.0, f64::min),
            EXACT,
        );
        let below = played.iter().filter(|s| level(s) < 0.8).count();
        assert_eq!(below as u32, plan.count("intervals_below_target"));
    }
}

#[test]
fn contacts_are_neither_lost_nor_invented() {
    for plan in Table::read("transient/summary").rows() {
        let day = day(&plan);
        let mut before = 0.0;
        for (s, contacts) in transient_service(&day).unwrap().iter().zip(&day.contacts) {
            let ended = (s.busy_on_shift + s.busy_overtime) * day.interval_s / day.handle_time_s;
            let after = before + contacts - ended - s.abandoned;
            assert!(
                (after - s.in_system_at_end).abs() < 1e-9,
                "{after} {}",
                s.in_system_at_end
            );
            before = s.in_system_at_end;
        }
    }
}

#[test]
fn a_long_quiet_day_is_the_steady_state() {
    let load = LiveLoad::per_interval(200.0, 3600.0, 180.0, Some(90.0));
    let day = Day {
        interval_s: 3600.0,
        handle_time_s: 180.0,
        patience_s: Some(90.0),
        threshold_s: 20.0,
        contacts: vec![200.0; 3],
        agents: vec![11; 3],
        discipline: LeaveDiscipline::Finish,
    };
    let last = transient_service(&day).unwrap()[2];
    let steady = erlang_a(11, &load, 20.0);
    assert!((last.answered_in_time - steady.answered_in_time).abs() < 1e-9);
    assert!((last.p_wait - steady.p_wait).abs() < 1e-9);
    assert!((last.mean_queue - steady.mean_queue).abs() < 1e-9);
}

#[test]
fn a_deadline_may_lie_several_changes_ahead() {
    // The threshold spans more than an interval; cutting the same day finer must not matter.
    let coarse = Day {
        interval_s: 600.0,
        handle_time_s: 300.0,
        patience_s: Some(400.0),
        threshold_s: 900.0,
        contacts: vec![20.0, 24.0, 10.0, 6.0],
        agents: vec![6, 9, 5, 7],
        discipline: LeaveDiscipline::Finish,
    };
    let fine = Day {
        interval_s: 300.0,
        contacts: coarse.contacts.iter().flat_map(|c| [c / 2.0; 2]).collect(),
        agents: coarse.agents.iter().flat_map(|&n| [n; 2]).collect(),
        ..coarse.clone()
    };
    let (a, b) = (
        transient_service(&coarse).unwrap(),
        transient_service(&fine).unwrap(),
    );
    for (i, a) in a.iter().enumerate() {
        let mean = 0.5 * (b[2 * i].answered_in_time + b[2 * i + 1].answered_in_time);
        assert!(
            (a.answered_in_time - mean).abs() < 1e-9,
            "{i}: {} {mean}",
            a.answered_in_time
        );
    }
}

#[test]
fn close_to_the_limit_without_hang_ups_nothing_is_cut_off() {
    // 90 % load: the queue has a long tail, and it takes hours to be there.
    let day = Day {
        interval_s: 86_400.0,
        handle_time_s: 60.0,
        patience_s: None,
        threshold_s: 30.0,
        contacts: vec![0.9 * 3.0 * 1440.0; 3],
        agents: vec![3; 3],
        discipline: LeaveDiscipline::Finish,
    };
    let last = transient_service(&day).unwrap()[2];
    let load = LiveLoad::per_interval(day.contacts[0], 86_400.0, 60.0, None);
    let steady = erlang_a(3, &load, 30.0);
    assert!(
        (last.queue_at_end / steady.mean_queue - 1.0).abs() < 1e-7,
        "{} {}",
        last.queue_at_end,
        steady.mean_queue
    );
    assert!((last.answered_in_time - steady.answered_in_time).abs() < 1e-7);
}
