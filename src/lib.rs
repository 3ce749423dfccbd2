pub mod calendar;
pub mod roster;
