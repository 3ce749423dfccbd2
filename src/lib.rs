//! Workforce scheduling for customer-service teams that answer in many languages, around the clock, from sites in several time zones.
//!
//! One way through, a room a stage: a [`scenario`] and its [`history`] become a [`forecast`], the forecast service curves ([`staffing`]), the curves a
//! [`roster`], the roster is played ([`simulation`]), and what was found goes out through [`report`] and [`export`]. `docs/architecture.md` says which
//! room may use which.

pub mod calendar;
pub mod commands;
pub mod expansion;
pub mod export;
pub mod forecast;
pub mod generate;
pub mod history;
pub mod payroll;
pub mod planning;
pub mod report;
pub mod results;
pub mod roster;
pub mod scenario;
pub mod simulation;
pub mod staffing;
