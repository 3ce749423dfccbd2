//! `followsun staff`: how many agents it takes, per queue and interval.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::export::{pooled_csv, staffing_csv};
use crate::planning::{QueueCurves, curves, staffed};
use crate::report::staffing_html;

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
    let needed = curves(&scenario, &demand, grid.step_seconds(), &[])
        .map_err(|error| Failure::input(error.to_string()))?;
    let staffing = staffed(&scenario, &demand, &needed);
    if let Some(folder) = folder {
        folder.write("requirement.csv", staffing_csv(&staffing).as_bytes())?;
        folder.write("pooled.csv", pooled_csv(&staffing).as_bytes())?;
        folder.write("staff.html", staffing_html(&staffing).as_bytes())?;
    }
    if arguments.common.quiet {
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "Agents at work that each queue needs by itself, before shrinkage ({} intervals of {} minutes):",
        grid.len, grid.step_minutes
    );
    println!(
        "{:<16} {:>9} {:>10} {:>8} {:>8} {:>12} {:>12}",
        "queue", "contacts", "mean load", "most", "hours", "one fewer", "one more"
    );
    let interval_hours = grid.step_seconds() / 3600.0;
    for (queue, (facts, needed)) in scenario.queues.iter().zip(&needed.queues).enumerate() {
        let contacts = &demand.queues[queue].contacts;
        let total: f64 = contacts.iter().sum();
        match needed {
            QueueCurves::Live { required, .. } => {
                let load = required.iter().map(|need| need.load_erlang).sum::<f64>()
                    / required.len().max(1) as f64;
                let most = required.iter().map(|need| need.agents).max().unwrap_or(0);
                let hours: f64 = required
                    .iter()
                    .map(|need| f64::from(need.agents))
                    .sum::<f64>()
                    * interval_hours;
                let weighted = |level: &dyn Fn(&crate::staffing::Requirement) -> f64| {
                    required
                        .iter()
                        .zip(contacts)
                        .map(|(need, contacts)| level(need) * contacts)
                        .sum::<f64>()
                        / total.max(1e-9)
                        * 100.0
                };
                println!(
                    "{:<16} {:>9.0} {:>10.2} {:>8} {:>8.0} {:>10.1} % {:>10.1} %",
                    facts.id,
                    total,
                    load,
                    most,
                    hours,
                    weighted(&|need| need.service_level_one_fewer),
                    weighted(&|need| need.service_level_one_more)
                );
            }
            QueueCurves::Deferred { load, .. } => {
                let mean = load.iter().sum::<f64>() / load.len().max(1) as f64;
                println!(
                    "{:<16} {:>9.0} {:>10.2} {:>8} {:>8.0} {:>12} {:>12}",
                    facts.id,
                    total,
                    mean,
                    "-",
                    load.iter().sum::<f64>() * interval_hours,
                    "may wait",
                    ""
                );
            }
        }
    }
    println!(
        "\"one fewer\" and \"one more\": the week's service level with an agent fewer or more in every interval."
    );
    println!(
        "\nAgent-hours of live contacts, if every queue has its own people and if people serve what they are able to:\n{:<16} {:>8} {:>10}",
        "together", "apart", "at least"
    );
    for group in &staffing.groups {
        let hours = |agents: &[f64]| agents.iter().sum::<f64>() * interval_hours;
        println!(
            "{:<16} {:>8.0} {:>10.0}",
            group.name,
            hours(&group.apart),
            hours(&group.pooled)
        );
    }
    Ok(ExitCode::SUCCESS)
}
