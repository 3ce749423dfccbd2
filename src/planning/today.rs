//! The rest of the plan, with what has come today.

use crate::calendar::Instant;
use crate::forecast::{ForecastError, HistoryPoint, QueueForecast, forecast_today};
use crate::history::{History, QueueHistory, Record};
use crate::scenario::domain::Scenario;

use super::foresee::{points, with_forecast_input};

/// What is left of the plan at `now`: contacts and handle times, corrected by what has come today. Gives the first interval that is left and, per
/// queue, its forecast.
///
/// # Errors
/// Every queue that cannot be forecast, or that nothing is left of the plan.
pub fn foresee_today(
    scenario: &Scenario,
    history: &History,
    now: Instant,
    actuals: &History,
) -> Result<(usize, Vec<QueueForecast>), Vec<ForecastError>> {
    let today: Vec<Vec<HistoryPoint>> = (actuals.queues.iter().enumerate())
        .map(|(index, today)| {
            let past = history.queues.get(index);
            let minutes = past
                .and_then(|past| past.interval_minutes)
                .unwrap_or(scenario.interval_minutes);
            in_intervals(today, minutes)
        })
        .collect();
    let (target, made) = with_forecast_input(scenario, history, |input| {
        forecast_today(input, now.timestamp(), &today)
    })?;
    let grid = scenario.grid();
    let first = (target.start - grid.start.timestamp()) / i64::from(target.step_s);
    Ok((first as usize, made.queues))
}

/// Today's records in intervals as long as the history's: finer ones are added up where all of an interval are there, coarser ones split evenly.
fn in_intervals(today: &QueueHistory, minutes: u32) -> Vec<HistoryPoint> {
    let (own, minutes) = (
        i64::from(today.interval_minutes.unwrap_or(minutes)),
        i64::from(minutes),
    );
    if own > minutes && own % minutes == 0 {
        let parts = own / minutes;
        return (today.records.iter())
            .flat_map(|record| (0..parts).map(move |part| (record, part)))
            .map(|(record, part)| HistoryPoint {
                utc: 60 * (record.start + part * minutes),
                contacts: record.contacts / parts as f64,
                handle_time_s: record.handle_time_s,
            })
            .collect();
    }
    if own < minutes && minutes % own == 0 {
        let interval = |record: &Record| record.start.div_euclid(minutes);
        return today
            .records
            .chunk_by(|a, b| interval(a) == interval(b))
            .filter(|parts| parts.len() as i64 == minutes / own)
            .map(|parts| HistoryPoint {
                utc: 60 * minutes * interval(&parts[0]),
                contacts: parts.iter().map(|part| part.contacts).sum(),
                handle_time_s: mean_handle_time(parts),
            })
            .collect();
    }
    points(today)
}

/// Mean over the contacts whose handle time is known.
fn mean_handle_time(parts: &[Record]) -> Option<f64> {
    let known = || {
        parts
            .iter()
            .filter_map(|p| Some((p.contacts, p.handle_time_s?)))
    };
    let contacts: f64 = known().map(|(contacts, _)| contacts).sum();
    let worked: f64 = known().map(|(contacts, seconds)| contacts * seconds).sum();
    (contacts > 0.0).then(|| worked / contacts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every(minutes: i64, contacts: &[f64]) -> QueueHistory {
        let record = |(i, contacts): (usize, &f64)| Record {
            start: 600 + minutes * i as i64,
            contacts: *contacts,
            handle_time_s: Some(100.0 + 100.0 * i as f64),
            service: None,
        };
        QueueHistory {
            interval_minutes: Some(minutes as u32),
            records: contacts.iter().enumerate().map(record).collect(),
            ..QueueHistory::default()
        }
    }

    #[test]
    fn finer_and_coarser_records_of_today_are_read_in_the_history_s_intervals() {
        let of = |today: &QueueHistory| -> Vec<(i64, f64, Option<f64>)> {
            in_intervals(today, 30)
                .iter()
                .map(|p| (p.utc / 60, p.contacts, p.handle_time_s))
                .collect()
        };
        // The third quarter hour is alone in its half hour so far.
        assert_eq!(of(&every(15, &[1.0, 3.0, 5.0])), [(600, 4.0, Some(175.0))]);
        assert_eq!(
            of(&every(60, &[8.0])),
            [(600, 4.0, Some(100.0)), (630, 4.0, Some(100.0))]
        );
        assert_eq!(of(&every(30, &[8.0])), [(600, 8.0, Some(100.0))]);
    }
}
