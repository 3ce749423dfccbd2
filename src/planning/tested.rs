//! A backtest of the forecast as results for people.

use crate::forecast::{ForecastError, Note, WeekScores, backtest};
use crate::history::History;
use crate::results::{TestedForecasts, TestedQueue, TestedWeek};
use crate::scenario::domain::Scenario;

use super::with_forecast_input;

/// Weeks ahead that are scored.
const LEADS: [usize; 2] = [1, 4];

/// Forecasts every queue from weekly origins in its past, with nothing later known, and scores weeks 1 and 4.
///
/// # Errors
/// Every queue that cannot be forecast.
pub fn test_forecasts(
    scenario: &Scenario,
    history: &History,
    origins: usize,
) -> Result<TestedForecasts, Vec<ForecastError>> {
    let tested = with_forecast_input(scenario, history, |input| backtest(input, origins, &LEADS))?;
    let queues = tested.into_iter().map(|queue| {
        // What a queue has borrowed is another one's past: nothing of its own is tested by it.
        let borrowed = |note: &Note| matches!(note, Note::Borrowed { .. });
        let borrowed = queue.notes.iter().any(borrowed);
        let (came, empty): (Vec<_>, Vec<_>) = (queue.weeks.iter().zip(&queue.models))
            .filter(|_| !borrowed)
            .partition(|(week, _)| week.scores.contacts > 0.0);
        let empty = empty.iter().map(|(week, _)| nothing_came(week.week));
        TestedQueue {
            weeks: (came.iter())
                .map(|(week, models)| tested_week(week, models))
                .collect(),
            notes: (queue.notes.iter().map(ToString::to_string))
                .chain(empty)
                .collect(),
            borrowed,
            id: queue.id,
        }
    });
    Ok(TestedForecasts {
        name: scenario.name.clone(),
        origins,
        queues: queues.collect(),
    })
}

/// Errors are shares of what came.
fn nothing_came(week: usize) -> String {
    format!("week {week}: nothing came in the weeks tested, so no error can be a share of it")
}

/// Scores of one lead with the mix that was used.
pub fn tested_week(week: &WeekScores, models: &[(&'static str, f64)]) -> TestedWeek {
    let (scores, six) = (&week.scores, &week.median_of_six);
    TestedWeek {
        week: week.week,
        intervals: scores.intervals,
        wape: scores.wape,
        bias: scores.bias,
        pinball: scores.pinball,
        cover80: scores.cover80,
        cover95: scores.cover95,
        mase: scores.mase,
        floor: scores.poisson_floor,
        six_wape: six.wape,
        six_pinball: six.pinball,
        models: models
            .iter()
            .map(|(name, weight)| ((*name).to_owned(), *weight))
            .collect(),
    }
}
