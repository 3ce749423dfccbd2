//! How good a centre's forecasts would have been, as plain values.

/// The backtest of a scenario's queues.
#[derive(Debug, Clone, PartialEq)]
pub struct TestedForecasts {
    /// Name of the scenario.
    pub name: String,
    /// Weekly origins that were asked for; a short history has fewer.
    pub origins: usize,
    pub queues: Vec<TestedQueue>,
}

/// One queue.
#[derive(Debug, Clone, PartialEq)]
pub struct TestedQueue {
    pub id: String,
    /// By week ahead; empty if the history is too short for any, or nothing came.
    pub weeks: Vec<TestedWeek>,
    /// Its past is another queue's, so nothing of its own can be tested.
    pub borrowed: bool,
    /// What was odd about the history.
    pub notes: Vec<String>,
}

impl TestedQueue {
    /// Why there are no weeks.
    pub fn untested(&self) -> &'static str {
        if self.borrowed {
            "borrowed from another queue: no past of its own to be tested"
        } else {
            "the history is too short to be tested, or nothing came"
        }
    }
}

/// One queue at one lead. Errors are shares of the mean volume, coverages shares of the intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct TestedWeek {
    /// 1 = the week after the origin.
    pub week: usize,
    /// Intervals scored.
    pub intervals: usize,
    pub wape: f64,
    /// Above 0 = forecast too high.
    pub bias: f64,
    pub pinball: f64,
    pub cover80: f64,
    pub cover95: f64,
    /// Error as a share of that of "as last week".
    pub mase: f64,
    /// WAPE of somebody who knows the true rate of Poisson contacts. No forecast of the rate has less but by luck; where an interval
    /// has less than about one contact, "nothing comes" has less, and staffs nobody.
    pub floor: f64,
    /// The same of the median of the last six weeks.
    pub six_wape: f64,
    pub six_pinball: f64,
    /// Models and weights at the newest origin, heaviest first.
    pub models: Vec<(String, f64)>,
}

impl TestedWeek {
    /// `low-rank 31 %, calendar-median 28 %`.
    pub fn mix(&self) -> String {
        let parts: Vec<String> = self
            .models
            .iter()
            .map(|(name, weight)| format!("{name} {:.0} %", 100.0 * weight))
            .collect();
        parts.join(", ")
    }
}
