//! The commands: the only place with files, clocks, threads and progress. One file a command.

mod backtest;
mod check;
mod compare;
mod csv_file;
mod exit;
mod explain;
mod export;
mod folder;
mod forecast;
mod hire;
mod init;
mod inputs;
mod limits;
mod numbers;
mod plan;
mod progress;
mod replan;
mod requirement_file;
mod roster;
mod roster_file;
mod schema;
mod simulate;
mod staff;
mod together;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use exit::Failure;

/// Workforce scheduling for customer-service teams that answer in many languages, around the clock.
#[derive(Debug, Parser)]
#[command(
    name = "followsun",
    version,
    propagate_version = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new scenario by questions
    Init(init::Arguments),
    /// Forecast, staff, roster and simulate a scenario, and write everything that people take away
    Plan(plan::Arguments),
    /// Say what is understood of a scenario, or everything that is wrong with it
    Check(check::Arguments),
    /// Forecast contacts and handle times
    Forecast(forecast::Arguments),
    /// Measure how good forecasts would have been, on a scenario's history or on a plain series
    Backtest(backtest::Arguments),
    /// Say how many agents it takes, per queue and interval
    Staff(staff::Arguments),
    /// Mend a roster that people have been told: who is ill, what has come today, with few changes
    Replan(replan::Arguments),
    /// Make a roster for a requirement that somebody else worked out; no forecast, no simulation
    Roster(roster::Arguments),
    /// Play any roster against a scenario and say what customers will feel
    Simulate(simulate::Arguments),
    /// Plan scenarios alike and lay them side by side: service, cost, people, and which differences are more than noise
    Compare(compare::Arguments),
    /// Say how many to hire where: the cheapest people of the [[hire]] groups with count = "solve" that meet the targets
    Hire(hire::Arguments),
    /// Hand any roster on: to payroll, calendars and spreadsheets, for some people and dates
    Export(export::Arguments),
    /// Say why an interval is short or why somebody works then, and what would mend it
    Explain(explain::Arguments),
    /// Print the JSON Schema of a scenario, for editors
    Schema,
}

/// What all commands share.
#[derive(Debug, Clone, clap::Args)]
struct Common {
    /// Threads to use; results do not depend on it [default: all cores]
    #[arg(long, allow_negative_numbers = true, value_parser = numbers::at_least_one)]
    threads: Option<usize>,
    /// Print machine-readable JSON
    #[arg(long)]
    json: bool,
    /// Say nothing but problems
    #[arg(long)]
    quiet: bool,
}

/// Runs the program on its arguments: 0 done, 1 the input is wrong, 2 usage, 3 no roster can satisfy the hard rules, 4 stopped early.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Nothing can be done about a closed terminal.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let result = match cli.command {
        Command::Init(arguments) => init::run(&arguments),
        Command::Plan(arguments) => plan::run(&arguments),
        Command::Check(arguments) => check::run(&arguments),
        Command::Forecast(arguments) => forecast::run(&arguments),
        Command::Backtest(arguments) => backtest::run(&arguments),
        Command::Staff(arguments) => staff::run(&arguments),
        Command::Replan(arguments) => replan::run(&arguments),
        Command::Roster(arguments) => roster::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Compare(arguments) => compare::run(&arguments),
        Command::Hire(arguments) => hire::run(&arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Explain(arguments) => explain::run(&arguments),
        Command::Schema => schema::run(),
    };
    match result {
        Ok(code) => code,
        Err(failure) => failure.tell(),
    }
}

impl Common {
    /// Runs `work` on the threads asked for.
    fn on_threads<T: Send>(&self, work: impl FnOnce() -> T + Send) -> Result<T, Failure> {
        match self.threads {
            None => Ok(work()),
            Some(threads) => {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
                pool.map(|pool| pool.install(work)).map_err(|error| {
                    Failure::input(format!("cannot start {threads} threads: {error}"))
                })
            }
        }
    }
}
