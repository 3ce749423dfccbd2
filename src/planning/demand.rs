//! What is expected to come, per queue and interval of the plan.

use crate::results::TestedWeek;
use crate::scenario::Scenario;

/// Expected contacts of all queues, in the scenario's order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Demand {
    pub queues: Vec<QueueDemand>,
    /// What the planner should know of the history and the forecast.
    pub notes: Vec<String>,
    /// How many of the notes, the first ones, are about the history.
    pub history_notes: usize,
}

/// One queue; every vector has one entry per interval of the plan.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueueDemand {
    /// Contacts expected, 0 where the queue is closed.
    pub contacts: Vec<f64>,
    pub p10: Vec<f64>,
    pub p50: Vec<f64>,
    pub p90: Vec<f64>,
    /// Mean, seconds, above 0.
    pub handle_time_s: Vec<f64>,
    /// Whether the queue is open.
    pub open: Vec<bool>,
    /// How much a whole day's contacts vary around their forecast (coefficient of variation).
    pub day_cv: f64,
    /// Actual contacts of the last weeks on the same intervals, newest week first.
    pub last_weeks: Vec<Vec<Option<f64>>>,
    /// How well such forecasts did on the weeks from which the models were chosen.
    pub tested: Option<TestedWeek>,
}

impl Demand {
    /// The same with the forecast taken as exact: no day is busier than forecast, only chance within the hour remains.
    pub fn exact(mut self) -> Demand {
        self.queues.iter_mut().for_each(|queue| queue.day_cv = 0.0);
        self
    }

    /// No contacts at all, as where only a requirement is known.
    pub(super) fn nothing(scenario: &Scenario) -> Demand {
        let intervals = scenario.grid().len;
        let nothing = QueueDemand {
            contacts: vec![0.0; intervals],
            p10: vec![0.0; intervals],
            p50: vec![0.0; intervals],
            p90: vec![0.0; intervals],
            handle_time_s: vec![1.0; intervals],
            open: vec![true; intervals],
            day_cv: 0.0,
            last_weeks: Vec::new(),
            tested: None,
        };
        Demand {
            queues: vec![nothing; scenario.queues.len()],
            ..Demand::default()
        }
    }
}
