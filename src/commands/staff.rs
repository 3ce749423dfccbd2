//! `followsun staff`: how many agents it takes, per queue and interval.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::export::{pooled_csv, rows_json, staffing_csv};
use crate::planning::{curves, staffed};
use crate::report::{staffing_html, staffing_terminal};

use super::exit::Failure;
use super::folder::Folder;
use super::{Common, inputs};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    /// Folder for requirement.csv, pooled.csv and staff.html, their picture
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
    let grid = scenario.grid();
    let needed = curves(&scenario, &demand, grid.step_seconds())
        .map_err(|error| Failure::input(error.to_string()))?;
    let staffing = staffed(&scenario, &demand, &needed);
    let (requirement, pooled) = (staffing_csv(&staffing), pooled_csv(&staffing));
    if let Some(folder) = folder {
        folder.write("requirement.csv", requirement.as_bytes())?;
        folder.write("pooled.csv", pooled.as_bytes())?;
        folder.write("staff.html", staffing_html(&staffing).as_bytes())?;
    }
    if arguments.common.json {
        let value = serde_json::json!({
            "requirement": rows_json(&requirement),
            "pooled": rows_json(&pooled),
        });
        println!("{value:#}");
    } else if !arguments.common.quiet {
        print!("{}", staffing_terminal(&staffing));
    }
    Ok(ExitCode::SUCCESS)
}
