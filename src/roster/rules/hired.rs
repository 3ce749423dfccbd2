//! What it costs to take somebody on: a week with work in it costs a sum beyond wages, a week without costs nothing. It forbids nothing.

use super::{Broken, DayFacts, Rule, Sequence, Worked};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "hired",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// State: whether the week has a shift yet.
struct TakenOn {
    cost: f64,
}

impl Sequence for TakenOn {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let works = state == 1 || worked.is_some();
        if day.last_of_week {
            return Some((0, if works { self.cost } else { 0.0 }));
        }
        Some((u32::from(works), 0.0))
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let cost = problem.rules(person).hire.filter(|cost| *cost > 0.0)?;
    Some(Box::new(TakenOn { cost }))
}

fn check(_: &Problem, _: &[Tour], _: &mut Vec<Broken>) {}
