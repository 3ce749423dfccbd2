//! `followsun forecast`: contacts and handle times to come.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::export::forecast_csv;
use crate::planning::{curves, foresee_today, outline};
use crate::scenario::{Scenario, parse_instant};

use super::exit::Failure;
use super::folder::Folder;
use super::{Common, inputs};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    /// Folder for forecast.csv; without it the forecast is printed
    #[arg(long)]
    out: Option<PathBuf>,
    /// Forecast what is left at this instant, such as 2026-10-21T10:00Z, with what has come today
    #[arg(long, requires = "actuals")]
    now: Option<String>,
    /// Contacts of today so far, in the form of a history
    #[arg(long, requires = "now")]
    actuals: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = arguments.out.as_deref().map(Folder::open).transpose()?;
    let scenario = inputs::scenario(&arguments.scenario, arguments.common.quiet)?;
    let text = arguments
        .common
        .on_threads(|| match (&arguments.now, &arguments.actuals) {
            (Some(now), Some(actuals)) => rest_of_plan(arguments, &scenario, now, actuals),
            _ => whole_plan(arguments, &scenario),
        })??;
    match folder {
        Some(folder) => folder.write("forecast.csv", text.as_bytes())?,
        None => print!("{text}"),
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
    let needed = curves(scenario, &demand, scenario.grid().step_seconds(), &[])
        .map_err(|error| Failure::input(error.to_string()))?;
    Ok(forecast_csv(&outline(scenario, &demand, &needed, 0)))
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
    let history = inputs::history(scenario, arguments.common.quiet)?;
    let today = inputs::actuals(scenario, actuals)?;
    let (first, queues) = foresee_today(scenario, &history, now, &today)
        .map_err(|errors| Failure::Input(errors.iter().map(ToString::to_string).collect()))?;
    let grid = scenario.grid();
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
