//! Turns files of contacts into counts and handle times per queue and interval, and says how complete they are.
//!
//! Gaps are gaps, not zeros: an interval without a row is unknown.

mod finding;
mod finish;
mod intervals;
mod known;
mod model;
mod number;
mod plausible;
mod stamp;
mod summary;

pub use finding::{Finding, FindingKind, Level, render};
pub use intervals::HistoryReader;
pub use known::KnownQueues;
pub use model::{Gap, History, QueueHistory, Record, Service};
pub use stamp::{Stamp, parse_stamp};
