//! Why a roster is as it is, and what changes of it would cost. Whatever is offered has passed [`check`](super::check): it breaks no rule that the
//! roster does not break already.

mod activities;
mod glance;
mod looser;
mod offer;
mod shift;
mod short;
mod wish;
mod worth;

pub use activities::fits;
pub use glance::{Glance, glance};
pub use looser::Change;
pub use offer::{Offer, changed_days, with};
pub use shift::{Reason, TakenOver, without};
pub use short::{Able, Kept, Short, able, if_rules_gave_way, short};
pub use wish::{granted, refused};
pub use worth::{Looser, OneMore, looser_rules, one_more};

use super::problem::Problem;

/// Hours of a person's pay that a day of theirs which an offer changes counts for, so that small changes go before large ones that are a little
/// cheaper. It is no part of what an offer is said to cost.
const STAY_HOURS: f64 = 6.0;

fn stay(problem: &Problem, person: usize) -> f64 {
    STAY_HOURS * problem.people[person].cost_per_hour.max(1.0)
}
