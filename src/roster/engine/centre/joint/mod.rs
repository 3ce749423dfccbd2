//! Why everybody's weeks do not fit together though each has one: seats, hard covers and pairs against what people's own rules leave them.
//!
//! If every person chooses a mixture of weeks and still some seat or cover is short, no roster exists; the linear program that looks for such a
//! mixture (weeks as columns, priced by shortest paths) then ends with prices under which even everybody's best week is too little. Those prices
//! are the proof, and they say quickly which rules can be left out of it. What the mixture allows and whole weeks do not is not found here.

mod fit;
mod rows;
mod smallest;

use chrono::NaiveDate;

use crate::roster::problem::Problem;

pub use rows::JointRule;
use smallest::Case;

/// Rules that cannot all be kept though any one of them less could.
#[derive(Debug, Clone, PartialEq)]
pub struct JointClash {
    /// Seats and covers, each with the dates (on the site's clock) on which it is part of the clash.
    pub joint: Vec<(JointRule, Vec<NaiveDate>)>,
    /// People and the names of those of their rules that are part of it.
    pub people: Vec<(usize, Vec<&'static str>)>,
}

/// Clashes told at once.
const MOST: usize = 5;

/// Independent clashes of seats and hard covers with people's rules, each a set from which nothing can be left out. `stuck` are people whose own
/// rules leave them no week: they are held to none here.
pub fn joint_clashes(problem: &Problem, stuck: &[usize]) -> Vec<JointClash> {
    let mut joint = rows::parts(problem);
    let mut found = Vec::new();
    if joint.is_empty() {
        return found;
    }
    while found.len() < MOST {
        let mut case = Case::new(problem, joint.clone(), stuck);
        let Some(clash) = case.smallest() else {
            break;
        };
        // What is left without this clash may hold others.
        let named = case.joint().to_vec();
        joint.retain(|part| !named.contains(part));
        found.push(clash);
        if joint.is_empty() {
            break;
        }
    }
    found
}
