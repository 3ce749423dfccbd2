//! What it costs to take somebody on: a week with work in it costs a sum beyond wages, a week without costs nothing. Who is taken on works in every
//! week in which the contract asks for work; who is not works in none.

use super::{Broken, DayFacts, Rule, Sequence, Worked};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "hired",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// State: whether the week has a shift yet (0, 1), and twice whether the weeks before had (0: no week yet, 1: yes, 2: no).
struct TakenOn {
    cost: f64,
    /// Per week: whether the contract asks for work at all.
    due: Vec<bool>,
}

impl Sequence for TakenOn {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let works = state % 2 == 1 || worked.is_some();
        let mut before = state / 2;
        if !day.last_of_week {
            return Some((2 * before + u32::from(works), 0.0));
        }
        if self.due[day.week] {
            if before != 0 && (before == 1) != works {
                return None;
            }
            before = if works { 1 } else { 2 };
        }
        Some((2 * before, if works { self.cost } else { 0.0 }))
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let rules = problem.rules(person);
    let cost = rules.hire?;
    let least = |week: usize| {
        let limits = problem.week_limits(person, week);
        limits.days.0 > 0 || limits.paid.0 > 0
    };
    Some(Box::new(TakenOn {
        cost,
        due: (0..problem.weeks).map(least).collect(),
    }))
}

fn check(_: &Problem, _: &[Tour], _: &mut Vec<Broken>) {}
