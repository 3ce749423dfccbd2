//! What work costs: the paid minutes of a shift split into those that bear a premium, and money from minutes.
//!
//! Everything is exact to the minute on the agent's own clock, also over a clock change. The cost of a roster is the sum of the costs of its
//! shifts, so a single shift can be priced alone with [`shift_cost`]; overtime, which needs a whole week, is added by [`rows`].

mod cost;
mod rows;
mod split;

pub use cost::{
    Minutes, OvertimeStep, PayTerms, Premium, daily_overtime, overtime_cost, shift_cost,
};
pub use rows::{AbsentDay, WeekRules, absent_days, rows};
pub use split::{Piece, split};
