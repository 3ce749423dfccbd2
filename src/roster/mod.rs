//! Assigns weeks of work to people under rules: a roster, a bound from below, and the prices behind it.
//!
//! The room knows people, rules, slots and worths; it knows no queue by name and no file. [`check`] re-reads every roster without the optimiser.

mod carried;
mod check;
mod engine;
pub mod explain;
pub mod on_call;
pub mod problem;
pub mod rules;
mod terms;

pub use check::{check, check_under};
pub use engine::columns;
pub use engine::{
    Appraiser, Ask, Effect, JointClash, JointRule, Market, QueueEffect, barred_by, barring,
    has_any_week, joint_clashes, off_the_grid, start_on,
};
pub use engine::{
    Control, Ended, Impossible, Limits, NoClock, PriceList, Progress, Solution, Warm, solve,
    solve_under, wages, wish_met,
};
