//! `followsun forecast`: contacts and handle times to come.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::calendar::Instant;
use crate::export::{forecast_csv, months_csv, rows_json};
use crate::forecast::months;
use crate::history::History;
use crate::planning::{curves, foresee_today, outline, with_forecast_input};
use crate::scenario::{Scenario, parse_instant};

use super::exit::Failure;
use super::folder::Folder;
use super::{Common, inputs};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    /// Folder for forecast.csv or months.csv; without it the forecast is printed
    #[arg(long)]
    out: Option<PathBuf>,
    /// Forecast what is left at this instant, such as 2026-10-21T10:00Z, with what has come today
    #[arg(long, requires = "actuals")]
    now: Option<String>,
    /// Contacts of today so far, in the form of a history
    #[arg(long, requires = "now")]
    actuals: Option<PathBuf>,
    /// Totals of the weeks of so many months after the history, 1 to 18, with an interval that widens, for capacity
    #[arg(long, conflicts_with = "now", allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=18))]
    months: Option<u32>,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = arguments.out.as_deref().map(Folder::open).transpose()?;
    let scenario = inputs::scenario(&arguments.scenario, arguments.common.quiet)?;
    let text = arguments.common.on_threads(|| {
        match (&arguments.now, &arguments.actuals, arguments.months) {
            (Some(now), Some(actuals), _) => rest_of_plan(arguments, &scenario, now, actuals),
            (_, _, Some(months)) => months_ahead(arguments, &scenario, months),
            _ => whole_plan(arguments, &scenario),
        }
    })??;
    let name = if arguments.months.is_some() {
        "months.csv"
    } else {
        "forecast.csv"
    };
    if let Some(folder) = &folder {
        folder.write(name, text.as_bytes())?;
    }
    if arguments.common.json {
        println!("{:#}", rows_json(&text));
    } else if folder.is_none() {
        print!("{text}");
    }
    Ok(ExitCode::SUCCESS)
}

fn whole_plan(arguments: &Arguments, scenario: &Scenario) -> Result<String, Failure> {
    let demand = inputs::demand(scenario, arguments.common.quiet)?;
    if !arguments.common.quiet {
        // What the history's own warnings say already is not said twice.
        for note in demand.notes.iter().skip(demand.history_notes) {
            eprintln!("note: {note}");
        }
    }
    let needed = curves(scenario, &demand, scenario.grid().step_seconds())
        .map_err(|error| Failure::input(error.to_string()))?;
    Ok(forecast_csv(&outline(scenario, &demand, &needed, 0)))
}

/// Week totals of every queue. A queue that cannot look so far ahead is named; it is an error if none can.
fn months_ahead(arguments: &Arguments, scenario: &Scenario, count: u32) -> Result<String, Failure> {
    let history = inputs::history(scenario, arguments.common.quiet)?;
    let weeks = (f64::from(count) * 365.25 / 12.0 / 7.0).round() as usize;
    let made = with_forecast_input(scenario, &history, |input| months(input, weeks));
    let (mut rows, mut refused) = (Vec::new(), Vec::new());
    for (queue, made) in scenario.queues.iter().zip(made) {
        match made {
            Ok(weeks) => {
                if !arguments.common.quiet && weeks.iter().all(|w| w.contacts == 0.0) {
                    eprintln!(
                        "note: {}: nothing has come of late: taken as closed, forecast is zero",
                        queue.id
                    );
                }
                rows.extend(
                    weeks
                        .into_iter()
                        .map(|w| (queue.id.as_str(), w.monday, w.contacts, w.quantiles)),
                );
            }
            Err(error) => refused.push(format!("queue {}: {error}", queue.id)),
        }
    }
    if rows.is_empty() {
        return Err(Failure::Input(refused));
    }
    if !arguments.common.quiet {
        for queue in &refused {
            eprintln!("warning: {queue}; it is left out");
        }
    }
    Ok(months_csv(rows.into_iter()))
}

/// Whether anything is told of the 24 hours before an instant.
fn has_come(today: &History, now: Instant) -> bool {
    let now = now.timestamp().div_euclid(60);
    let day = now - 24 * 60..now;
    let mut records = today.queues.iter().flat_map(|queue| &queue.records);
    records.any(|record| day.contains(&record.start))
}

/// A warning of queues whose past has no times of day with which today's could be compared.
fn not_compared(history: &History, today: &History) -> String {
    let both = history.queues.iter().zip(&today.queues);
    both.filter(|(past, today)| {
        past.interval_minutes >= Some(24 * 60) && !today.records.is_empty()
    })
    .map(|(past, _)| {
        format!(
            "warning: queue {}: its history has totals of whole days, with which contacts of a part of the day cannot be compared; nothing is corrected\n",
            past.id
        )
    })
    .collect()
}

/// The intervals that are left, in the form of forecast.csv.
fn rest_of_plan(
    arguments: &Arguments,
    scenario: &Scenario,
    now: &str,
    actuals: &Path,
) -> Result<String, Failure> {
    let Some(now) = parse_instant(now) else {
        return Err(Failure::input(format!(
            "--now \"{now}\" is no instant; write 2026-10-21T10:00Z"
        )));
    };
    let grid = scenario.grid();
    if now >= grid.end() {
        return Err(Failure::input(format!(
            "--now {} is after the plan, which ends at {}: nothing of it is left",
            now.format("%Y-%m-%dT%H:%MZ"),
            grid.end().format("%Y-%m-%dT%H:%MZ")
        )));
    }
    let history = inputs::history(scenario, arguments.common.quiet)?;
    let today = inputs::actuals(scenario, &history, actuals, arguments.common.quiet)?;
    if !arguments.common.quiet && !has_come(&today, now) {
        eprintln!(
            "warning: {}: no row lies in the day before --now {}, so nothing is corrected",
            actuals.display(),
            now.format("%Y-%m-%dT%H:%MZ")
        );
    }
    if !arguments.common.quiet {
        eprint!("{}", not_compared(&history, &today));
    }
    let (first, queues) = foresee_today(scenario, &history, now, &today)
        .map_err(|errors| Failure::Input(errors.iter().map(ToString::to_string).collect()))?;
    let mut text = "queue,start_utc,contacts,p10,p50,p90,handle_time_s\n".to_owned();
    for queue in &queues {
        for (index, (contacts, quantiles)) in
            queue.contacts.iter().zip(&queue.quantiles).enumerate()
        {
            let seconds = queue.handle_time_s[index].map_or(String::new(), |s| format!("{s:.1}"));
            text.push_str(&format!(
                "{},{},{contacts:.3},{:.3},{:.3},{:.3},{seconds}\n",
                queue.id,
                grid.at(first + index).format("%Y-%m-%dT%H:%MZ"),
                quantiles[1],
                quantiles[2],
                quantiles[3],
            ));
        }
    }
    Ok(text)
}
