//! Shifts rotate forward: from one day to the next early may become day, late or night, never the other way round. A day off starts anew.

use super::{
    Broken, DayFacts, Rule, Sequence, Worked, by_day, class_of, each_person, shift_yesterday,
};
use crate::roster::problem::{Problem, ShiftClass, Strength, Tour};

pub const RULE: Rule = Rule {
    name: "forward-rotation",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// State: 0 = off yesterday, else 1 + class of yesterday's shift.
struct Forward {
    before: u32,
    strength: Strength,
}

fn state(class: ShiftClass) -> u32 {
    1 + class as u32
}

impl Sequence for Forward {
    fn initial(&self) -> u32 {
        self.before
    }

    fn after(&self, before: u32, _: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let next = worked.map_or(0, |shift| shift.class.map_or(0, state));
        let cost = if next > 0 && next < before {
            self.strength.price()?
        } else {
            0.0
        };
        Some((next, cost))
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let strength = problem.rules(person).terms.rotation?;
    let before =
        shift_yesterday(problem, person).map_or(0, |span| state(class_of(problem, person, span)));
    Some(Box::new(Forward { before, strength }))
}

/// Days whose shift goes backward.
fn backward(problem: &Problem, person: usize, tour: &Tour) -> Vec<usize> {
    let mut yesterday =
        shift_yesterday(problem, person).map(|span| class_of(problem, person, span));
    let mut found = Vec::new();
    for (day, shift) in by_day(problem, person, tour).iter().enumerate() {
        let today = shift.map(|shift| class_of(problem, person, shift.span));
        if let (Some(before), Some(now)) = (yesterday, today)
            && now < before
        {
            found.push(day);
        }
        yesterday = today;
    }
    found
}

/// Money for the backward steps of a tour where the rule is soft.
pub fn cost(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    match problem.rules(person).terms.rotation {
        Some(Strength::Soft(price)) => backward(problem, person, tour).len() as f64 * price,
        _ => 0.0,
    }
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        if problem.rules(person).terms.rotation != Some(Strength::Hard) {
            continue;
        }
        for day in backward(problem, person, tour) {
            let date = problem.site(person).days[day].date;
            broken.push(Broken {
                rule: RULE.name,
                person: Some(person),
                date: Some(date),
                text: format!(
                    "the shift of {date} goes back against the day before; rotation goes early, day, late, night"
                ),
            });
        }
    }
}
