//! Joins the stages: what one stage yields is turned into what the next one asks, and back into results for people.
//!
//! Everything here is pure; files, clocks and progress belong to the commands.

mod activities;
mod axis;
mod carried;
mod changes;
mod correction;
mod curves;
mod demand;
mod explain;
mod foresee;
mod on_call;
mod passed_on;
mod play;
mod pools;
mod problem;
mod promise;
mod publish;
mod replanned;
mod required;
mod rounds;
mod staffed;
mod terms;
mod tested;
mod today;
mod underway;
mod weights;
mod window;
mod work_units;
mod worths;

pub use activities::place as place_activities;
pub use changes::know;
pub use curves::{Curves, QueueCurves, curves};
pub use demand::{Demand, QueueDemand};
pub use explain::{
    Answer, Explainer, Learnt, explain_agent, explain_interval, explain_worth, impossible_words,
    learn_from, learnt_json, read_learnt, under,
};
pub use foresee::{foresee, with_forecast_input};
pub use play::{PlayOptions, play};
pub use problem::{people_and_rules, roster_problem};

pub use promise::Lessons;
pub use publish::{RunFacts, outline, publish, publish_people, publish_roster, with_roster};
pub use replanned::{Before, replanned};
pub use required::{Required, required_problem};
pub use rounds::{
    FINAL_PLAY, OPTIMAL_WITHIN, PlanError, PlanOptions, Planned, RoundResult, Start, Watcher, plan,
};
pub use staffed::staffed;
pub use tested::{test_forecasts, tested_week};
pub use today::{correct_by_today, foresee_today};
pub use underway::{LostShift, Underway, under_way};
pub use window::Window;
pub use worths::weighed_by_these;
