//! The rest of the plan, with what has come today.

use crate::calendar::Instant;
use crate::forecast::{ForecastError, HistoryPoint, QueueForecast, forecast_today};
use crate::history::{History, QueueHistory, Record};
use crate::scenario::domain::{QueueIndex, Scenario};

use super::demand::Demand;
use super::foresee::{foresee, handle_time, points, with_forecast_input};
use super::passed_on::{is_fed, pass_on};

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
    let minutes = |index: usize| {
        let past = history.queues.get(index);
        past.and_then(|past| past.interval_minutes)
            .unwrap_or(scenario.interval_minutes)
    };
    let unclear = (actuals.queues.iter().enumerate())
        .any(|(index, today)| may_have_gaps(today, minutes(index)));
    // What the day was to be tells what rows stand for, and what waits for the second level.
    let any_fed = (0..scenario.queues.len()).any(|to| is_fed(scenario, history.queues.get(to), to));
    let plain = (unclear || any_fed)
        .then(|| foresee(scenario, history))
        .transpose()?;
    let today: Vec<Vec<HistoryPoint>> = (actuals.queues.iter().enumerate())
        .map(|(index, today)| {
            let own = match &plain {
                Some(plain) if may_have_gaps(today, minutes(index)) => {
                    told_minutes(scenario, index, today, minutes(index), plain)
                }
                _ => today.interval_minutes.unwrap_or(minutes(index)),
            };
            in_intervals(today, own, minutes(index))
        })
        .collect();
    let (target, made) = with_forecast_input(scenario, history, |input| {
        forecast_today(input, now.timestamp(), &today)
    })?;
    let grid = scenario.grid();
    let first = ((target.start - grid.start.timestamp()) / i64::from(target.step_s)) as usize;
    let mut queues = made.queues;
    for (index, (made, queue)) in queues.iter_mut().zip(&scenario.queues).enumerate() {
        let seconds = handle_time(scenario, queue, QueueIndex(index), made);
        made.handle_time_s = seconds.into_iter().map(Some).collect();
    }
    if let Some(plain) = plain {
        take_what_is_passed_on(scenario, history, plain, first, &mut queues);
    }
    Ok((first, queues))
}

/// Makes a demand what is to be expected at `now`, with what has come today; what is over stays as it was.
///
/// # Errors
/// As [`foresee_today`].
pub fn correct_by_today(
    scenario: &Scenario,
    history: &History,
    now: Instant,
    actuals: &History,
    demand: &mut Demand,
) -> Result<(), Vec<ForecastError>> {
    let (first, queues) = foresee_today(scenario, history, now, actuals)?;
    for (demand, made) in demand.queues.iter_mut().zip(queues) {
        demand.contacts[first..].copy_from_slice(&made.contacts);
        for (at, [_, low, middle, high, _]) in (first..).zip(made.quantiles) {
            (demand.p10[at], demand.p50[at], demand.p90[at]) = (low, middle, high);
        }
        for (at, seconds) in (first..).zip(made.handle_time_s) {
            demand.handle_time_s[at] = seconds.unwrap_or(demand.handle_time_s[at]);
        }
    }
    Ok(())
}

/// Gives second levels without a past what the corrected first levels pass on; what came before `first` and still waits is taken as forecast.
fn take_what_is_passed_on(
    scenario: &Scenario,
    history: &History,
    mut demand: Demand,
    first: usize,
    queues: &mut [QueueForecast],
) {
    for (demand, made) in demand.queues.iter_mut().zip(queues.iter()) {
        demand.contacts[first..].copy_from_slice(&made.contacts);
    }
    pass_on(scenario, history, &mut demand);
    for (to, made) in queues.iter_mut().enumerate() {
        let demand = &demand.queues[to];
        if !is_fed(scenario, history.queues.get(to), to) {
            receive(made, &demand.contacts[first..]);
            continue;
        }
        made.contacts.copy_from_slice(&demand.contacts[first..]);
        for (quantiles, at) in made.quantiles.iter_mut().zip(first..) {
            let (low, middle, high) = (demand.p10[at], demand.p50[at], demand.p90[at]);
            let far = OUTER * (high - middle);
            *quantiles = [(middle - far).max(0.0), low, middle, high, middle + far];
        }
    }
}

/// Makes more contacts of these, which an outage of a second level sent here.
fn receive(made: &mut QueueForecast, contacts: &[f64]) {
    let moved = made
        .contacts
        .iter_mut()
        .zip(&mut made.quantiles)
        .zip(contacts);
    for ((before, quantiles), &after) in moved.filter(|((before, _), after)| *after > *before) {
        for quantile in quantiles {
            match *before > 0.0 {
                true => *quantile *= after / *before,
                false => *quantile += after,
            }
        }
        *before = after;
    }
}

/// The outermost of the quantiles against the next one, each from the middle, where contacts are normal.
const OUTER: f64 = 1.96 / 1.2816;

/// Whether the rows of today stand further apart than the intervals of the past: either they are longer, or some are not there.
fn may_have_gaps(today: &QueueHistory, minutes: u32) -> bool {
    let own = today.interval_minutes.unwrap_or(minutes);
    own > minutes && own.is_multiple_of(minutes)
}

/// Minutes that a row of today stands for where [`may_have_gaps`]: those of the past, unless the contacts are nearer to what was expected of all the
/// time up to the next row.
fn told_minutes(
    scenario: &Scenario,
    index: usize,
    today: &QueueHistory,
    minutes: u32,
    plain: &Demand,
) -> u32 {
    let own = today.interval_minutes.unwrap_or(minutes);
    let grid = scenario.grid();
    let (begin, step) = (grid.start.timestamp() / 60, i64::from(grid.step_minutes));
    let contacts = &plain.queues[index].contacts;
    let expected = |from: i64, length: u32| -> f64 {
        let until = from + i64::from(length);
        let cells = (from - begin).div_euclid(step)..=(until - 1 - begin).div_euclid(step);
        let of_cell = |cell: i64| {
            let start = begin + cell * step;
            let overlap = until.min(start + step) - from.max(start);
            let in_plan = usize::try_from(cell).ok().and_then(|at| contacts.get(at));
            in_plan.map_or(0.0, |all| all * overlap as f64 / step as f64)
        };
        cells.map(of_cell).sum()
    };
    let (mut came, mut gaps, mut whole) = (0.0, 0.0, 0.0);
    for record in &today.records {
        let short = expected(record.start, minutes);
        if short > 0.0 {
            came += record.contacts;
            gaps += short;
            whole += expected(record.start, own);
        }
    }
    // Nearer by the ratio.
    if came * came > gaps * whole {
        own
    } else {
        minutes
    }
}

/// Today's records of `own` minutes in intervals as long as the history's: finer ones are added up where all of an interval are there, coarser ones split evenly.
fn in_intervals(today: &QueueHistory, own: u32, minutes: u32) -> Vec<HistoryPoint> {
    let (own, minutes) = (i64::from(own), i64::from(minutes));
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
            in_intervals(today, today.interval_minutes.unwrap_or(30), 30)
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
