//! `followsun check`: what is understood of a scenario.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::scenario::understood;

use super::exit::Failure;
use super::{Common, inputs};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let scenario = inputs::scenario(&arguments.scenario, arguments.common.quiet)?;
    let history = scenario
        .history
        .as_ref()
        .map(|_| inputs::history(&scenario, arguments.common.quiet))
        .transpose()?;
    if arguments.common.json {
        let queues: Vec<&str> = scenario
            .queues
            .iter()
            .map(|queue| queue.id.as_str())
            .collect();
        let value = serde_json::json!({"name": scenario.name, "start": scenario.start.to_string(), "weeks": scenario.weeks, "queues": queues, "people": scenario.agents.len()});
        println!("{value}");
    } else if !arguments.common.quiet {
        print!("{}", understood(&scenario));
        if let Some(history) = history {
            print!("{}", history.summary());
        }
    }
    Ok(ExitCode::SUCCESS)
}
