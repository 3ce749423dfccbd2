//! Scenarios side by side, and how many to hire where.
//!
//! Everything here is pure; files, clocks and threads belong to the commands.

mod hired;
mod measure;
mod paired;
mod reach;
mod side_by_side;
mod words;

pub use hired::{hired, once, standing_week, with_hires, with_people};
pub use measure::{Money, Played, Row, Run, money, play_tours, rows};
pub use reach::reach;
pub use side_by_side::{Candidate, Setup, side_by_side};
