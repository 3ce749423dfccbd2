//! The smallest teams in which a rule of work can bite.

use std::sync::Arc;

use chrono::{NaiveDate, TimeDelta};
use followsun::calendar::Zone;
use followsun::roster::problem::{
    Cover, Day, Person, Pool, Premium, Problem, QueueDemand, ServiceDemand, Shift, Site, Span,
    Terms, Tour, WorkRules,
};
use followsun::roster::rules::{RULES, Rule};
use followsun::roster::{Control, Limits, Progress};

pub struct Unwatched;

impl Control for Unwatched {
    fn stop(&self) -> bool {
        false
    }
    fn time_used(&self) -> f64 {
        0.0
    }
    fn report(&self, _: Progress) {}
}

pub const QUICK: Limits = Limits {
    gap: 0.0,
    effort: Some(2),
    seed: 1,
    ascent_steps: 60,
};

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

/// So many people under the free contract for so many weeks; an agent at work in an hour saves `worth(day, hour)`, everybody alike.
pub fn team(people: usize, weeks: usize, worth: impl Fn(usize, usize) -> f64) -> Problem {
    let zone = Zone::named("Europe/Vilnius").expect("a zone");
    let days = 7 * weeks;
    let slots = (days + 2) * 24;
    let of_slot = |slot: usize| -> Arc<[f64]> {
        let value = worth(slot / 24, slot % 24);
        if value > 0.0 {
            Arc::from(vec![value; people])
        } else {
            Arc::from([])
        }
    };
    let person = Person {
        site: 0,
        contract: 0,
        pool: Some(0),
        window: None,
        cost_per_hour: 10.0,
        absences: Vec::new(),
        absent_days: vec![false; days],
        locked: Vec::new(),
        before: Vec::new(),
        wishes: Vec::new(),
        record: Default::default(),
    };
    Problem {
        activities: Vec::new(),
        origin: zone.start_of_day(first_day()),
        slot_minutes: 60,
        slots,
        weeks,
        sites: vec![Site {
            zone,
            days: (0..days)
                .map(|day| Day {
                    date: first_day() + TimeDelta::days(day as i64),
                    span: hours(day as i32 * 24, 24),
                    week: day / 7,
                })
                .collect(),
            seats: None,
            holidays: Vec::new(),
            closed: Vec::new(),
        }],
        contracts: vec![free_contract()],
        pools: vec![Pool {
            skills: vec![(0, 1.0)],
        }],
        people: vec![person; people],
        service: ServiceDemand {
            queues: vec![QueueDemand::Live {
                worth: (0..slots).map(of_slot).collect(),
            }],
        },
        covers: Vec::new(),
        wish_cost: 10.0,
    }
}

/// One person for one week.
pub fn alone(
    worth: impl Fn(usize, usize) -> f64,
    change: impl FnOnce(&mut WorkRules, &mut Person),
) -> Problem {
    alone_for(1, worth, change)
}

/// One person for some weeks.
pub fn alone_for(
    weeks: usize,
    worth: impl Fn(usize, usize) -> f64,
    change: impl FnOnce(&mut WorkRules, &mut Person),
) -> Problem {
    let mut problem = team(1, weeks, worth);
    change(&mut problem.contracts[0], &mut problem.people[0]);
    problem
}

/// A span that begins so many hours after the plan's start.
pub fn hours(start: i32, length: i32) -> Span {
    Span {
        start: start * 60,
        end: (start + length) * 60,
    }
}

/// A shift of eight hours without breaks.
pub fn shift(day: usize, hour: i32) -> Shift {
    Shift {
        day,
        span: hours(day as i32 * 24 + hour, 8),
        breaks: Vec::new(),
    }
}

pub fn tour(shifts: &[(usize, i32)]) -> Tour {
    Tour {
        shifts: shifts.iter().map(|&(day, hour)| shift(day, hour)).collect(),
    }
}

/// Worth in these hours of the day, every day.
pub fn between(from: usize, until: usize) -> impl Fn(usize, usize) -> f64 {
    move |_, hour| {
        if (from..until).contains(&hour) {
            50.0
        } else {
            0.0
        }
    }
}

pub fn always(_: usize, _: usize) -> f64 {
    50.0
}

/// A cover over all hours that nobody counts in yet.
pub fn cover(members: Vec<usize>, slots: usize) -> Cover {
    Cover {
        members,
        counted: Vec::new(),
        min: 0,
        one_per: None,
        max: None,
        said: "[[cover]] of this test".to_owned(),
        active: vec![true; slots],
        cost: 100.0,
        hard: true,
    }
}

pub fn rule(name: &str) -> &'static Rule {
    RULES
        .iter()
        .find(|rule| rule.name == name)
        .unwrap_or_else(|| panic!("no rule is named {name}"))
}

pub fn all_but(name: &str) -> Vec<&'static Rule> {
    rule(name);
    RULES.iter().filter(|rule| rule.name != name).collect()
}
