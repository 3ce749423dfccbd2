//! The plainest people, rules and problem, for tests that change one thing of them.

#![allow(dead_code, reason = "each test uses its own part")]

use chrono::{NaiveDate, TimeDelta};
use followsun::calendar::Zone;
use followsun::roster::problem::{
    Day, Person, Premium, Problem, ServiceDemand, Site, Span, Terms, WorkRules,
};

/// Small random numbers, the same everywhere.
pub struct Dice(pub u64);

impl Dice {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }
}

/// Monday.
pub fn first_day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 6, 1).expect("a date")
}

/// Shifts of eight hours at any full hour, as many as one likes.
pub fn free_contract() -> WorkRules {
    WorkRules {
        hire: None,
        paid_minutes_per_week: (0, 10_080),
        days_per_week: (0, 7),
        shift_minutes: vec![480],
        start_every: 60,
        earliest_start: None,
        latest_start: None,
        rest: 0,
        max_consecutive_days: None,
        min_consecutive_days_off: None,
        max_nights_per_week: None,
        max_consecutive_nights: None,
        weekends_off: None,
        same_start_within: None,
        breaks: Vec::new(),
        overtime: None,
        premium: Premium::default(),
        terms: Terms::default(),
    }
}

/// Somebody of the first site, contract and pool who is always there and wants nothing.
pub fn plain_person(days: usize) -> Person {
    Person {
        site: 0,
        contract: 0,
        pool: Some(0),
        window: None,
        cost_per_hour: 10.0,
        absences: Vec::new(),
        absent_days: vec![false; days],
        locked: Vec::new(),
        before: Vec::new(),
        carried: Vec::new(),
        known: Vec::new(),
        spared: Vec::new(),
        wishes: Vec::new(),
        record: Default::default(),
    }
}

/// People at one site under the free contract, with a day of slots after the plan, no skills and nothing to do.
pub fn idle(people: usize, weeks: usize, slot_minutes: i32) -> Problem {
    let zone = Zone::named("Europe/Vilnius").expect("a zone");
    let days = 7 * weeks;
    let day = |number: usize| Day {
        date: first_day() + TimeDelta::days(number as i64),
        span: Span {
            start: number as i32 * 1440,
            end: (number as i32 + 1) * 1440,
        },
        week: number / 7,
    };
    Problem {
        activities: Vec::new(),
        origin: zone.start_of_day(first_day()),
        slot_minutes,
        slots: (days + 1) * (1440 / slot_minutes) as usize,
        free_from: i32::MIN,
        told_duties: Vec::new(),
        weeks,
        sites: vec![Site {
            zone,
            days: (0..days).map(day).collect(),
            seats: None,
            holidays: Vec::new(),
            closed: Vec::new(),
        }],
        contracts: vec![free_contract()],
        pools: Vec::new(),
        people: vec![plain_person(days); people],
        service: ServiceDemand { queues: Vec::new() },
        covers: Vec::new(),
        wish_cost: 10.0,
        soft: Default::default(),
    }
}
