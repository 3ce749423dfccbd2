//! Joins the stages: what one stage yields is turned into what the next one asks, and back into results for people.
//!
//! Everything here is pure; files, clocks and progress belong to the commands.

mod axis;
mod correction;
mod curves;
mod demand;
mod foresee;
mod play;
mod problem;
mod publish;

mod rounds;
mod tested;

pub use curves::{Curves, QueueCurves, curves};
pub use demand::{Demand, QueueDemand};
pub use foresee::{foresee, foresee_today, with_forecast_input};
pub use play::{PlayOptions, play};
pub use problem::roster_problem;

pub use publish::{RunFacts, outline, publish};
pub use rounds::{PlanError, PlanOptions, Planned, RoundResult, Watcher, plan};
pub use tested::{test_forecasts, tested_week};
