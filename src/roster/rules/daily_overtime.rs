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
    terms: Terms,
}

impl Sequence for ByTheDay {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, _: u32, _: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let worth = worked.map_or(0.0, |shift| self.terms.overtime_worth(shift.paid_minutes));
        Some((0, worth * self.minute))
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let rules = problem.rules(person);
    let longest = super::most_paid_in_a_day(problem, person) as i32;
    (rules.terms.overtime_worth(longest) > 0.0).then(|| {
        Box::new(ByTheDay {
            minute: problem.people[person].cost_per_hour / 60.0,
            terms: rules.terms.clone(),
        }) as Box<dyn Sequence>
    })
}

/// Money that a tour's overtime by the day costs beyond its normal wage.
pub fn cost(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    let rules = problem.rules(person);
    if rules.terms.daily_overtime.is_empty() {
        return 0.0;
    }
    let shifts = tour.shifts.iter();
    let worth: f64 = shifts
        .map(|shift| rules.terms.overtime_worth(shift.paid_minutes(rules)))
        .sum();
    worth * problem.people[person].cost_per_hour / 60.0
}

fn check(_: &Problem, _: &[Tour], _: &mut Vec<Broken>) {}
