//! Rosters by column generation: the unit of choice is a whole tour of one person, found by a pricer that alone knows the rules.
//!
//! The engine knows cells to cover and groups of people, nothing of nurses, shifts or queues. A linear program over the tours found so far gives
//! prices and, with the pricers' answers, a bound from below; rosters come from diving into it and from making pieces anew.

mod anneal;
mod ascent;
mod branch;
mod choice;
mod cost;
mod dive;
mod draw;
mod excerpt;
mod finish;
mod generate;
mod level;
mod live;
mod make;
mod master;
mod missing;
mod neighbours;
mod piece;
mod plunge;
pub mod pricers;
mod problem;
mod prove;
mod respond;
mod root;
mod roster;
mod search;
mod settle;
mod solve;
mod stretches;
mod sweeps;

pub use cost::CoverCost;
pub use problem::{Answer, Ask, Care, Cell, Column, Group, Pricer, Problem, Stretch, Within};
pub use solve::{Failure, Impossible, Solution, solve};

pub use super::lp::LpFailed;
