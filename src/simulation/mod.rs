//! Plays a roster against random contacts and counts what customers feel.
//!
//! An event simulation of a contact centre with several skills and channels: [`simulate`] takes a
//! [`SimulationInput`] (demand, people, routing) and a [`RunPlan`] (how many replications, which seed) and
//! returns service levels, waits and occupancy with 95 % intervals; [`replay`] tells one replication contact by
//! contact. No queueing formula is used anywhere in here, so that the simulation can prove the formulas wrong.
//!
//! Everything is a pure function of its arguments: the same input, plan and seed give the same bytes on any
//! number of threads. All times are seconds from the start of the horizon.
//!
//! The rules, in short: first come first served inside a queue; a contact in hand is never interrupted, and what is
//! begun is finished after the shift; who hangs up does so when their patience ends; the horizon starts empty, and
//! after its end the agents on shift work on until nothing is left to do (who still waits then is *unserved*).

mod arrivals;
mod clock;
mod distribution;
mod engine;
mod estimate;
mod idle;
mod input;
mod prepared;
mod replay;
mod result;
mod retrials;
mod routing;
mod run;
mod service;
mod streams;
mod tally;
mod tournament;
mod validate;
mod waiting;
mod weeks;

pub use distribution::{Distribution, Shape};
pub use estimate::{Estimate, Moments, ServiceLevel, student_t_975};
pub use input::{
    AgentPicks, Busyness, ContactPicks, Kind, Measure, Patience, Retry, Routing, Shift, SimAgent,
    SimQueue, SimulationInput, Skill,
};
pub use prepared::Prepared;
pub use replay::{ContactRecord, Outcome, replay};
pub use result::{Occupancy, QueueResult, SimulationResult, Stop};
pub use run::{Detail, Level, RunPlan, run, simulate};
pub use validate::SimulationError;
pub use weeks::{DayCounts, WeekCounts, Weeks, weeks};
