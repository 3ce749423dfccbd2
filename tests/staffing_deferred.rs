//! Deferred work: the fluid against exact fractions, and the two clocks.

mod golden_table;

use followsun::staffing::*;
use golden_table::{Row, Table};
use proptest::prelude::*;

fn work(rows: &[Row]) -> (DeferredWork, Vec<f64>) {
    let agents: Vec<f64> = rows.iter().map(|r| r.number("agents")).collect();
    let work = DeferredWork {
        interval_s: 3600.0,
        contacts: rows.iter().map(|r| r.number("contacts")).collect(),
        handle_time_s: rows.iter().map(|r| r.number("aht_s")).collect(),
        open: vec![true; rows.len()],
        response_s: rows[0].number("response_target_s"),
        clock: ResponseClock::Elapsed,
    };
    (work, agents)
}

#[test]
fn fluid_table() {
    let table = Table::read("deferred_fluid");
    for example in ["mail_day_R4h", "mail_2shifts_R8h"] {
        let rows: Vec<Row> = table
            .rows()
            .filter(|r| r.text("example") == example)
            .collect();
        let (mut work, agents) = work(&rows);
        for closed_by_flag in [false, true] {
            if closed_by_flag {
                work.open = agents.iter().map(|&n| n > 0.0).collect();
            }
            let s = deferred_service(&work, &agents).unwrap();
            let due = due_work(&work, 1.0).unwrap();
            for (i, row) in rows.iter().enumerate() {
                row.close("on_time_fraction_by_arrival_interval", s.on_time[i], 1e-9);
                row.close("backlog_end_agent_s", s.backlog_s[i], 1e-6);
                row.close("backlog_end_contacts", s.backlog_contacts[i], 1e-9);
                row.close("min_cumulative_capacity_agent_s", due[i], 1e-6);
            }
        }
    }
}

/// Open from 8 to 20 on two days.
fn open_hours(response_s: f64, contacts: Vec<f64>) -> DeferredWork {
    DeferredWork {
        interval_s: 3600.0,
        handle_time_s: vec![360.0; contacts.len()],
        open: (0..contacts.len())
            .map(|h| (8..20).contains(&(h % 24)))
            .collect(),
        contacts,
        response_s,
        clock: ResponseClock::OpenHours,
    }
}

#[test]
fn the_night_does_not_count_on_the_open_hours_clock() {
    let mut contacts = vec![0.0; 48];
    contacts[22] = 20.0; // at night: counts from 8:00 on the second day
    contacts[19] = 10.0; // in the last open hour: between one and two hours of the second day are left
    let work = open_hours(2.0 * 3600.0, contacts);
    let due = due_work(&work, 1.0).unwrap();
    assert_eq!(due[19], 0.0);
    assert_eq!(due[31], 0.0);
    assert_eq!(due[32], 0.0, "the evening's work is due from 9:00 on");
    assert_eq!(
        due[33], 10_800.0,
        "all of it and the night's is due by 10:00"
    );
    // One agent from 8:00: evening done at 9:00, night (2 h) at 11:00, half of it too late.
    let mut agents = vec![0.0; 48];
    agents[32..44].fill(1.0);
    let s = deferred_service(&work, &agents).unwrap();
    assert_eq!(s.backlog_s[31], 10_800.0);
    assert!((s.on_time[22] - 0.5).abs() < 1e-9, "{}", s.on_time[22]);
    assert!((s.on_time[19] - 1.0).abs() < 1e-9, "{}", s.on_time[19]);
    // By the wall clock all of it is late.
    let wall = DeferredWork {
        clock: ResponseClock::Elapsed,
        ..work
    };
    let s = deferred_service(&wall, &agents).unwrap();
    assert_eq!((s.on_time[19], s.on_time[22]), (0.0, 0.0));
}

#[test]
fn closed_agents_do_nothing_and_lists_must_fit() {
    let work = open_hours(3600.0, vec![1.0; 48]);
    let all_day = vec![1.0; 48];
    let open_only: Vec<f64> = work.open.iter().map(|&o| f64::from(o)).collect();
    assert_eq!(
        deferred_service(&work, &all_day),
        deferred_service(&work, &open_only)
    );
    assert!(matches!(
        deferred_service(&work, &[1.0]),
        Err(StaffingError::Length { .. })
    ));
    assert!(due_work(&work, 1.5).is_err());
}

#[test]
fn even_agents_are_the_least() {
    let work = open_hours(4.0 * 3600.0, vec![12.0; 48]);
    let n = least_even_agents(&work, 1.0).unwrap().unwrap();
    let missing = |n: u32| {
        shortfall(&work, &[f64::from(n); 48], 1.0)
            .unwrap()
            .iter()
            .sum::<f64>()
    };
    assert_eq!(missing(n), 0.0);
    assert!(missing(n - 1) > 0.0);
    assert!(least_even_agents(&work, 0.8).unwrap().unwrap() < n);
    // By the wall clock the night's work is due before anybody opens.
    let wall = DeferredWork {
        clock: ResponseClock::Elapsed,
        ..work
    };
    assert_eq!(least_even_agents(&wall, 1.0), Ok(None));
}

proptest! {
    /// Meeting the due curve is the same as being in time, if the target is a whole number of intervals.
    #[test]
    fn due_curve_met_iff_all_in_time(
        contacts in prop::collection::vec(0u32..30, 48),
        agents in prop::collection::vec(0u32..8, 48),
        hours in 1u32..12,
        by_open_hours in any::<bool>(),
    ) {
        let contacts: Vec<f64> = contacts.into_iter().map(f64::from).collect();
        let agents: Vec<f64> = agents.into_iter().map(f64::from).collect();
        let mut work = open_hours(3600.0 * f64::from(hours), contacts);
        if !by_open_hours {
            work.clock = ResponseClock::Elapsed;
        }
        let s = deferred_service(&work, &agents).unwrap();
        let missing = shortfall(&work, &agents, 1.0).unwrap();
        // Judge only what is due within the horizon.
        let due_inside = due_work(&work, 1.0).unwrap()[47];
        let mut arrived = 0.0;
        let mut in_time = true;
        for i in 0..48 {
            arrived += work.contacts[i] * 360.0;
            in_time &= arrived > due_inside || s.on_time[i] > 1.0 - 1e-9;
        }
        prop_assert_eq!(in_time, missing.iter().all(|&m| m < 1e-6));
        // Work is conserved.
        let capacity: f64 = agents.iter().zip(&work.open).map(|(n, o)| if *o { n * 3600.0 } else { 0.0 }).sum();
        prop_assert!(s.backlog_s[47] + 1e-6 >= arrived - capacity);
    }
}
