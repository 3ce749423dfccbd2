//! Scenarios side by side, and how many to hire where.
//!
//! Everything here is pure; files, clocks and threads belong to the commands.

mod break_even;
mod hire;
mod hire_plan;
mod hired;
mod measure;
mod paired;
mod reach;
mod rearrange;
mod side_by_side;
mod words;

pub use break_even::{BreakEven, Terms, break_even};
pub use hire::{Fall, Held, Hired, LeftOut, Level, Relaxed, Search, asks, solve_hires};
pub use hire_plan::hire_plan;
pub use hired::{hired, once, person_week, standing_week, to_hire, with_hires};
pub use measure::{Money, Played, Row, Run, money, play_tours, rows};
pub use reach::reach;
pub use side_by_side::{Candidate, Setup, side_by_side};
pub use words::skill_words;
