//! What a finished tour's soft rules cost: recounted from the shifts, apart from the machines that built it.

use super::{activity_room, limits, rotation, shares};
use crate::roster::problem::{Problem, Strength, Tour};

/// Whether anything soft holds for a person at all.
pub fn any(problem: &Problem, person: usize) -> bool {
    let terms = &problem.rules(person).terms;
    problem.people[person].record.shares.is_some()
        || activity_room::any(problem, person)
        || matches!(terms.rotation, Some(Strength::Soft(_)))
        || terms
            .limits
            .iter()
            .any(|limit| limit.strength.price().is_some())
}

/// Money for a person's soft rules of work; wishes, covers and overtime are counted elsewhere.
pub fn cost(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    limits::cost(problem, person, tour)
        + rotation::cost(problem, person, tour)
        + shares::cost(problem, person, tour)
        + activity_room::cost(problem, person, tour)
}
