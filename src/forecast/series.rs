//! Backtest of a plain series, by the protocol of reference/forecasting.md section 2.
//!
//! Six origins, all on Mondays; the last is the last Monday with four whole weeks after it (a week whose missing days are
//! days on which the series is usually closed is whole). They lie two weeks apart in series of less than a year, and as
//! far apart as fits, up to eight weeks, in longer ones. From each origin, with nothing later known but opening days and
//! holidays, weeks 1 and 4 are scored; figures are pooled over origins.

pub use super::series_file::{
    Absent, SeriesFileError, leaves_out_zeros, parse_series, series_interval, yearly_name,
};

use super::grid::Grid;
use super::local::LocalSeries;
use super::origins::Origin;
use super::rolling::{FEWEST_DAYS, Lead, WEEKS_AHEAD, WeekScores, origins_before, score};
use chrono::NaiveDate;
use rayon::prelude::*;
use thiserror::Error;

/// Origins scored.
const SCORED: usize = 6;
/// Weeks between origins in a series shorter than a year, and at most.
const SHORT_STEP: usize = 2;
const LONG_STEP: usize = 8;
/// Weeks of history that the first origin of a long series should have.
const HISTORY_WEEKS: usize = 28;

/// What a backtest found.
#[derive(Clone, Debug)]
pub struct SeriesReport {
    /// Dates of the origins, newest first.
    pub origins: Vec<NaiveDate>,
    /// Weeks 1 and 4.
    pub weeks: Vec<WeekScores>,
    /// Models and weights used for week 1 and week 4 at the newest origin.
    pub models: Vec<Vec<(&'static str, f64)>>,
}

/// Why a series cannot be backtested.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum SeriesError {
    #[error(
        "the series has {days} days; a backtest of week 4 needs at least {needed} (two weeks of history, a Monday, four weeks to score)"
    )]
    TooShort { days: usize, needed: usize },
    #[error(
        "no day before {before} is known well enough to forecast from; if rows are missing because the queue is closed then, say --closed"
    )]
    NothingKnown { before: NaiveDate },
}

/// Runs the backtest; `step_weeks` overrides the distance between origins.
///
/// # Errors
/// If no origin has two weeks before and four weeks after it, or the newest no day before it that is known.
pub fn backtest_series(
    series: &LocalSeries,
    step_weeks: Option<usize>,
) -> Result<SeriesReport, SeriesError> {
    let grid = Grid::new(series);
    let needed = FEWEST_DAYS + 7 * WEEKS_AHEAD + 6;
    let too_short = SeriesError::TooShort {
        days: grid.days,
        needed,
    };
    let mut whole = grid.days;
    if grid.days == 0 {
        return Err(too_short);
    }
    while !grid.usually_open[(grid.weekday[0] + whole) % 7] && whole < grid.days + 6 {
        whole += 1;
    }
    let last = (0..=whole.saturating_sub(7 * WEEKS_AHEAD))
        .rev()
        .find(|&d| d < grid.days && grid.weekday[d] == 0);
    let Some(last) = last.filter(|&d| d >= FEWEST_DAYS && d + 7 * WEEKS_AHEAD <= whole) else {
        return Err(too_short);
    };
    if (0..last).all(|d| !grid.total[d].is_finite()) {
        return Err(SeriesError::NothingKnown {
            before: grid.date(last),
        });
    }
    let step = 7 * step_weeks.unwrap_or_else(|| step_for(grid.days / 7)).max(1);
    let scored: Vec<usize> = (0..SCORED)
        .map_while(|k| last.checked_sub(k * step))
        .filter(|&o| o >= FEWEST_DAYS)
        .collect();
    let mut starts: Vec<usize> = scored
        .iter()
        .flat_map(|&o| origins_before(o).chain([o]))
        .collect();
    starts.sort_unstable();
    starts.dedup();
    let fits: Vec<Origin> = starts
        .par_iter()
        .map(|&o| Origin::fit(&grid, o, (o + 7 * WEEKS_AHEAD).min(grid.days)))
        .collect();
    let leads = [1, WEEKS_AHEAD];
    let weeks = score(&grid, &fits, &scored, &leads);
    let models = leads
        .iter()
        .map(|&week| Lead::choose(&grid, &fits, last, week).mix.names())
        .collect();
    Ok(SeriesReport {
        origins: scored.iter().map(|&o| grid.date(o)).collect(),
        weeks,
        models,
    })
}

impl SeriesReport {
    /// `{"series", "weeks": [{"week", "wape", "pinball", "bias", "cover80", "cover95", ...}]}`, shares of mean volume.
    pub fn to_json(&self, series: &str) -> String {
        let name: String = series
            .chars()
            .filter(|c| !c.is_control())
            .flat_map(|c| {
                ['\\']
                    .into_iter()
                    .filter(move |_| matches!(c, '"' | '\\'))
                    .chain([c])
            })
            .collect();
        let weeks: Vec<String> = self
            .weeks
            .iter()
            .map(|w| {
                let s = w.scores;
                format!(
                    "{{\"week\": {}, \"wape\": {:.6}, \"pinball\": {:.6}, \"bias\": {:.6}, \"cover80\": {:.6}, \"cover95\": {:.6}, \
                     \"mase\": {:.6}, \"poisson_floor\": {:.6}, \"median_of_six\": {{\"wape\": {:.6}, \"pinball\": {:.6}}}}}",
                    w.week, s.wape, s.pinball, s.bias, s.cover80, s.cover95, s.mase, s.poisson_floor,
                    w.median_of_six.wape, w.median_of_six.pinball
                )
            })
            .collect();
        format!(
            "{{\"series\": \"{name}\", \"weeks\": [{}]}}",
            weeks.join(", ")
        )
    }
}

fn step_for(weeks: usize) -> usize {
    if weeks < 52 {
        SHORT_STEP
    } else {
        (weeks.saturating_sub(HISTORY_WEEKS + WEEKS_AHEAD) / (SCORED - 1))
            .clamp(SHORT_STEP, LONG_STEP)
    }
}

#[cfg(test)]
mod tests {
    use super::step_for;

    #[test]
    fn steps_follow_the_protocol() {
        assert_eq!(step_for(34), 2, "bank_na");
        assert_eq!(step_for(31), 2, "nyc_taxi");
        assert_eq!(step_for(248), 8, "ed_iowa");
        assert_eq!(step_for(70), 7);
    }
}
