//! Ways to find the best tour of one person.

pub mod days;
pub mod tasks;
