//! `followsun forecast`: contacts and handle times to come.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::export::forecast_csv;
use crate::planning::{curves, outline};

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
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = arguments.out.as_deref().map(Folder::open).transpose()?;
    let scenario = inputs::scenario(&arguments.scenario, arguments.common.quiet)?;
    let demand = arguments
        .common
        .on_threads(|| inputs::demand(&scenario, arguments.common.quiet))??;
    if !arguments.common.quiet {
        // What the history's own warnings say already is not said twice.
        for note in demand.notes.iter().skip(demand.history_notes) {
            eprintln!("note: {note}");
        }
    }
    let needed = curves(&scenario, &demand, scenario.grid().step_seconds(), &[])
        .map_err(|error| Failure::input(error.to_string()))?;
    let text = forecast_csv(&outline(&scenario, &demand, &needed, 0));
    match folder {
        Some(folder) => folder.write("forecast.csv", text.as_bytes())?,
        None => print!("{text}"),
    }
    Ok(ExitCode::SUCCESS)
}
