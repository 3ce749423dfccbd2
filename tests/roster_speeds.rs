//! People of less than full speed: their deferred work counts as done, and the search does not shuffle it about for nothing.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use followsun::calendar::Zone;
use followsun::roster::problem::{
    Day, Person, Pool, Premium, Problem, QueueDemand, ServiceDemand, Site, Span, WorkRules,
    WorkUnit,
};
use followsun::roster::{Control, Limits, Progress, check, solve};

struct Unwatched;

impl Control for Unwatched {
    fn stop(&self) -> bool {
        false
    }
    fn time_used(&self) -> f64 {
        0.0
    }
    fn report(&self, _: Progress) {}
}

/// Twelve people of one site with a phone queue and e-mail, all of the same speed.
fn team(speed: f64) -> Problem {
    let zone = Zone::named("Europe/Vilnius").expect("a zone");
    let first = NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date");
    let origin = zone.start_of_day(first);
    let days = (0..7)
        .map(|d| Day {
            date: first + TimeDelta::days(d),
            span: Span {
                start: d as i32 * 1440,
                end: (d as i32 + 1) * 1440,
            },
            week: 0,
        })
        .collect();
    let slots = 8 * 48;
    let open = |slot: usize| slot < 7 * 48 && (16..40).contains(&(slot % 48));
    let calls: Arc<[f64]> = Arc::from([90.0, 70.0, 30.0, 8.0]);
    let none: Arc<[f64]> = Arc::from([]);
    let live = (0..slots).map(|s| if open(s) { calls.clone() } else { none.clone() });
    // Pieces of what one of these people does in a slot, as planning cuts them.
    let open_slots: Vec<usize> = (0..slots).filter(|&s| open(s)).collect();
    let pieces = (open_slots.len() as f64 / speed) as usize;
    let units = (0..pieces).map(|piece| {
        let slot = open_slots[(piece as f64 * speed) as usize];
        WorkUnit {
            release: slot as u32,
            due: slot as u32 + 12,
            worth: 40.0 * speed,
        }
    });
    let rules = WorkRules {
        paid_minutes_per_week: (1800, 2400),
        days_per_week: (4, 5),
        shift_minutes: vec![480],
        start_every: 60,
        earliest_start: None,
        latest_start: None,
        rest: 660,
        max_consecutive_days: None,
        min_consecutive_days_off: None,
        max_nights_per_week: None,
        max_consecutive_nights: None,
        weekends_off: None,
        same_start_within: None,
        breaks: Vec::new(),
        overtime: None,
        premium: Premium::default(),
        hire: None,
        terms: Default::default(),
    };
    let person = Person {
        site: 0,
        contract: 0,
        pool: Some(0),
        window: None,
        cost_per_hour: 15.0,
        absences: Vec::new(),
        absent_days: vec![false; 7],
        locked: Vec::new(),
        before: Vec::new(),
        wishes: Vec::new(),
        record: Default::default(),
    };
    Problem {
        origin,
        slot_minutes: 30,
        slots,
        weeks: 1,
        sites: vec![Site {
            zone,
            days,
            seats: None,
            holidays: Vec::new(),
            closed: Vec::new(),
        }],
        contracts: vec![rules],
        pools: vec![Pool {
            skills: vec![(0, speed), (1, 1.0)],
        }],
        people: vec![person; 12],
        service: ServiceDemand {
            queues: vec![
                QueueDemand::Live {
                    worth: live.collect(),
                },
                QueueDemand::Deferred {
                    units: units.collect(),
                },
            ],
        },
        covers: Vec::new(),
        activities: Vec::new(),
        wish_cost: 10.0,
    }
}

#[test]
fn slightly_slower_people_cost_slightly_more() {
    let limits = Limits {
        gap: 0.0,
        effort: Some(6),
        seed: 1,
        ascent_steps: 300,
    };
    let plan = |speed: f64| {
        let problem = team(speed);
        let solution = solve(&problem, &limits, None, &Unwatched).expect("there is a roster");
        assert!(check(&problem, &solution.tours).is_empty());
        assert!(solution.bound <= solution.objective + 1e-6);
        solution.objective
    };
    let (full, slower) = (plan(1.0), plan(0.97));
    assert!(slower >= full * 0.995, "{slower} against {full}");
    assert!(slower <= full * 1.06, "{slower} against {full}");
}
