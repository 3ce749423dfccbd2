//! The simulator against exact results, and against its own rules.

mod behaviour;
mod case;
mod centres;
mod diary;
mod golden;
mod multiskill;
mod routing;
mod rules;
mod runs;
mod stationary;
mod streams;
mod transient;
