//! The optimiser: a person's whole stretch of work is the unit of choice, prices say what work is worth and prove a bound, and people who answer the
//! prices one after the other make the rosters.
//!
//! [`columns`] knows cells to cover and pricers, and nothing else of the world; [`centre`] knows contact centres: pools of skills, queues, work that can
//! wait. What is here serves both.

mod adam;
mod anneal;
mod centre;
pub mod columns;
mod control;
mod dice;
mod live;
mod lp;

pub use centre::{
    Appraiser, Ask, Effect, Impossible, JointClash, JointRule, Market, PriceList, QueueEffect,
    Solution, Warm, barred_by, barring, has_any_week, joint_clashes, off_the_grid, solve,
    solve_under, start_on, wages, wish_met,
};
pub use control::{Control, Ended, Limits, NoClock, Progress};
