//! `followsun roster`: a roster for somebody else's requirement; no forecast, no simulation.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::export;
use crate::planning::{
    RunFacts, Watcher, Window, impossible_words, know, place_activities, publish_roster,
    required_problem,
};
use crate::results::{PlanResults, QueueResult};
use crate::roster::{Limits, Warm, solve};
use crate::scenario::Scenario;

use super::exit::Failure;
use super::folder::Folder;
use super::limits::{FromFlag, SearchFlags, TO_PLAN, stopped_by};
use super::plan::{SUBFOLDERS, keeps_every_rule, write_people};
use super::progress::Terminal;
use super::{Common, inputs, requirement_file, roster_file};

/// Steps of dual ascent: a requirement is solved once, from scratch.
const ASCENT_STEPS: usize = 2500;

/// What it leaves.
const FILES: [&str; 6] = [
    "coverage.csv",
    "roster.csv",
    "payroll.csv",
    "balance.csv",
    "on_call.csv",
    "summary.json",
];

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    /// CSV file with queue,start_utc,agents: how many are to be at work
    #[arg(long, value_name = "FILE")]
    requirement: PathBuf,
    /// Folder for the results
    #[arg(long, default_value = "roster")]
    out: PathBuf,
    #[command(flatten)]
    search: SearchFlags<TO_PLAN>,
    #[command(flatten)]
    start: FromFlag,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = Folder::open_for(&arguments.out, &FILES, &SUBFOLDERS)?;
    let terminal = Terminal::start(arguments.search.seconds(), arguments.common.quiet);
    terminal.stage("reading");
    let scenario = inputs::scenario(&arguments.scenario, arguments.common.quiet)?;
    let results = arguments
        .common
        .on_threads(|| make(arguments, &scenario, &terminal))??;
    write_people(&folder, &results)?;
    // A plan's pictures of another roster would not fit this one.
    for name in ["roster.xlsx", "report.html", "service.csv"] {
        folder.remove(name);
    }
    folder.write("coverage.csv", export::coverage_csv(&results).as_bytes())?;
    let summary = export::roster_summary_json(&results);
    folder.write("summary.json", summary.as_bytes())?;
    let words = || {
        format!(
            "{}\nEverything is in {}.\n",
            tell(&results),
            folder.path().display()
        )
    };
    Ok(terminal.answer(&arguments.common, || summary.clone(), words))
}

fn make(
    arguments: &Arguments,
    scenario: &Scenario,
    terminal: &Terminal,
) -> Result<PlanResults, Failure> {
    let required = requirement_file::read(&arguments.requirement, scenario)?;
    let mut problem = required_problem(scenario, &required);
    let start = arguments.start.from.as_deref();
    let start = start
        .map(|path| roster_file::read_start(path, scenario, &problem))
        .transpose()?;
    if let Some((told, true)) = &start {
        know(&mut problem, told);
    }
    let start = start.map(|(tours, _)| Warm::from_tours(tours));
    let seed = arguments.search.seed.or(scenario.seed).unwrap_or(1);
    let limits = Limits {
        gap: arguments.search.gap(),
        effort: arguments.search.effort,
        seed,
        ascent_steps: Some(ASCENT_STEPS),
    };
    terminal.stage("roster");
    let time =
        Window::between(terminal, 0.0, TIME_TO_SEARCH).by_steps(arguments.search.gap_by_steps());
    let mut solution = solve(&problem, &limits, start.as_ref(), &time)
        .map_err(|why| Failure::Impossible(impossible_words(scenario, &problem, &why)))?;
    place_activities(&problem, &mut solution);
    keeps_every_rule(scenario, &problem, &solution.tours)?;
    terminal.stage("writing");
    let facts = RunFacts {
        seconds: terminal.seconds(),
        seed,
        stopped_by: stopped_by(solution.ended, &arguments.search, terminal),
        broken: Vec::new(),
    };
    Ok(publish_roster(
        scenario,
        &problem,
        &solution,
        &required.agents,
        &facts,
    ))
}

/// The search ends in time to write what it found.
const TIME_TO_SEARCH: f64 = 0.97;

/// Shortage per queue, and what the roster costs; lines ended by `\n`.
fn tell(results: &PlanResults) -> String {
    let summary = &results.summary;
    let mut text = format!(
        "{:<16} {:>16} {:>10} {:>8}\n",
        "queue", "agent-intervals", "short", "met"
    );
    let line = |name: &str, wanted: f64, short: f64| {
        let met = if wanted > 0.0 {
            1.0 - short / wanted
        } else {
            1.0
        };
        format!(
            "{name:<16} {wanted:>16.1} {short:>10.2} {:>6.1} %\n",
            met * 100.0
        )
    };
    let wanted = |queue: &QueueResult| {
        queue
            .required
            .iter()
            .map(|point| point.scheduled)
            .sum::<f64>()
    };
    for queue in &results.queues {
        text += &line(&queue.id, wanted(queue), queue.shortage());
    }
    let queues = results.queues.iter();
    let short: f64 = queues.clone().map(QueueResult::shortage).sum();
    text += &line("all", queues.map(wanted).sum(), short);
    for note in &results.notes {
        text += &format!("\n{note}\n");
    }
    text + &format!(
        "\ncost {:.2} {}; with shortage weighed first, no roster can be more than {:.2} % better\n",
        summary.cost,
        results.currency,
        summary.gap * 100.0
    )
}
