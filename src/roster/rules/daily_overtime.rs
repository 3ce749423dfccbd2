//! Overtime by the day: paid minutes of a day beyond a number of hours cost more, in steps (California: beyond 8 hours 1.5 times, beyond 12 twice).
//! It only has a price; how long a day may be at most is another rule's. Minutes that are overtime by the day are not counted again by the week.

use super::{Broken, DayFacts, Rule, Sequence, Worked};
use crate::roster::problem::{Problem, Terms, Tour};

pub const RULE: Rule = Rule {
    name: "daily-overtime",
    allows: None,
    sequence: Some(sequence),
    check,
};

struct ByTheDay {
    /// Money for a minute at the normal rate.
    minute: f64,
    /// What such a minute of overtime weighs beyond its cost.
    more: f64,
    terms: Terms,
}

impl ByTheDay {
    fn of(problem: &Problem, person: usize) -> ByTheDay {
        ByTheDay {
            minute: problem.people[person].cost_per_hour / 60.0,
            more: problem.soft.overtime_hour / 60.0,
            terms: problem.rules(person).terms.clone(),
        }
    }

    fn cost(&self, paid_minutes: i32) -> f64 {
        self.terms.overtime_worth(paid_minutes) * self.minute
            + f64::from(self.terms.overtime_of_day(paid_minutes)) * self.more
    }
}

impl Sequence for ByTheDay {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, _: u32, _: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        Some((0, worked.map_or(0.0, |shift| self.cost(shift.paid_minutes))))
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let longest = super::most_paid_in_a_day(problem, person) as i32;
    let by_the_day = ByTheDay::of(problem, person);
    (by_the_day.cost(longest) > 0.0).then(|| Box::new(by_the_day) as Box<dyn Sequence>)
}

/// Money that a tour's overtime by the day costs beyond its normal wage, with what it weighs besides.
pub fn cost(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    let rules = problem.rules(person);
    if rules.terms.daily_overtime.is_empty() {
        return 0.0;
    }
    let paid = || tour.shifts.iter().map(|shift| shift.paid_minutes(rules));
    let worth: f64 = paid().map(|paid| rules.terms.overtime_worth(paid)).sum();
    let minutes: i32 = paid().map(|paid| rules.terms.overtime_of_day(paid)).sum();
    worth * problem.people[person].cost_per_hour / 60.0
        + f64::from(minutes) * problem.soft.overtime_hour / 60.0
}

fn check(_: &Problem, _: &[Tour], _: &mut Vec<Broken>) {}
