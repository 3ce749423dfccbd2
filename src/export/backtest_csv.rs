//! `backtest.csv`: how good forecasts would have been, one row a queue and week ahead.

use super::text::{csv_text, decimal};
use crate::results::TestedForecasts;

/// Errors are shares of the mean volume, coverages shares of the intervals, models `name:weight` with `;` between.
pub fn backtest_csv(tested: &TestedForecasts) -> String {
    let rows = tested.queues.iter().flat_map(|queue| {
        queue.weeks.iter().map(|w| {
            let mix: Vec<String> = w
                .models
                .iter()
                .map(|(name, weight)| format!("{name}:{weight:.3}"))
                .collect();
            [
                queue.id.clone(),
                w.week.to_string(),
                w.intervals.to_string(),
                decimal(w.wape, 5),
                decimal(w.bias, 5),
                decimal(w.pinball, 5),
                decimal(w.cover80, 4),
                decimal(w.cover95, 4),
                decimal(w.mase, 4),
                decimal(w.floor, 5),
                decimal(w.six_wape, 5),
                decimal(w.six_pinball, 5),
                mix.join(";"),
            ]
        })
    });
    csv_text(
        [
            "queue",
            "week",
            "intervals",
            "wape",
            "bias",
            "pinball",
            "cover80",
            "cover95",
            "mase",
            "poisson_floor",
            "median_of_six_wape",
            "median_of_six_pinball",
            "models",
        ],
        rows,
    )
}
