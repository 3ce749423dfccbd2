//! Carry-over: the exact chain of a single-skill queue through a day whose load and staffing change.
//!
//! Intervals are not independent: what waits at the end of one is there at the start of the next, and agents who go home
//! finish (or drop) what they have in hand. Uniformisation is exact up to the cut-off of the state space (about 1e-10).

mod chain;
mod day;
mod leaving;
mod tagged;

pub use day::{Day, IntervalService, LeaveDiscipline, transient_service};
