//! The smallest teams in which a rule of work can bite.

use std::sync::Arc;

use followsun::roster::Limits;
use followsun::roster::problem::{
    Cover, Person, Pool, Problem, QueueDemand, Shift, Span, Tour, WorkRules,
};
use followsun::roster::rules::{RULES, Rule};

pub use crate::roster_support::first_day;

use crate::roster_support::idle;

pub const QUICK: Limits = Limits {
    gap: 0.0,
    effort: Some(2),
    seed: 1,
    ascent_steps: Some(60),
};

/// So many people under the free contract for so many weeks; an agent at work in an hour saves `worth(day, hour)`, everybody alike.
pub fn team(people: usize, weeks: usize, worth: impl Fn(usize, usize) -> f64) -> Problem {
    let mut problem = idle(people, weeks, 60);
    problem.slots += 24;
    let of_slot = |slot: usize| -> Arc<[f64]> {
        let value = worth(slot / 24, slot % 24);
        if value > 0.0 {
            Arc::from(vec![value; people])
        } else {
            Arc::from([])
        }
    };
    problem.pools = vec![Pool {
        skills: vec![(0, 1.0)],
    }];
    problem.service.queues = vec![QueueDemand::Live {
        worth: (0..problem.slots).map(of_slot).collect(),
    }];
    problem
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
