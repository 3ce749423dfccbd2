//! `followsun hire`: how many to hire where.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::expansion::{Search, asks, hire_plan, solve_hires};
use crate::export;
use crate::planning::{PlanOptions, PlayOptions, RunFacts, Watcher, publish};
use crate::report::{hire_html, hire_terminal};
use crate::results::{HirePlan, PlanResults};
use crate::scenario::Scenario;

use super::exit::Failure;
use super::folder::Folder;
use super::limits::PlansFlags;
use super::plan::{keeps_every_rule, no_plan, write_all};
use super::progress::Terminal;
use super::simulate::plans_in;
use super::{Common, inputs};

/// Seconds allowed where neither time nor effort is given.
const DEFAULT_SECONDS: u32 = 175;
/// Share of the time for the search; the rest is for playing and writing.
const TIME_TO_SEARCH: f64 = 0.92;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself; it has [[hire]] groups with count = "solve"
    scenario: PathBuf,
    /// Folder for hire.html, hire.json, hired.toml and everything that `plan` writes
    #[arg(long, default_value = "hire")]
    out: PathBuf,
    #[command(flatten)]
    plans: PlansFlags<DEFAULT_SECONDS>,
    /// Do not price other service levels and targets: all the time goes into the people themselves
    #[arg(long)]
    no_prices: bool,
    /// Days to simulate at the end, in whole plans
    #[arg(long, default_value_t = 2800, allow_negative_numbers = true, value_parser = super::numbers::whole::<usize>)]
    days: usize,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let limit = arguments.plans.seconds();
    let folder = Folder::open(&arguments.out)?;
    let terminal = Terminal::start(
        limit.map(|limit| limit * TIME_TO_SEARCH),
        arguments.common.quiet,
    );
    terminal.stage("reading");
    let scenario = inputs::scenario_with_open_hires(&arguments.scenario, arguments.common.quiet)?;
    if !asks(&scenario) {
        return Err(Failure::input(format!(
            "{}: no [[hire]] has count = \"solve\", so there is nothing to find; add a group that may be hired, or use `plan`",
            arguments.scenario.display()
        )));
    }
    let (plan, results) = arguments
        .common
        .on_threads(|| make(arguments, &scenario, &terminal))??;
    write_all(&folder, &results)?;
    folder.write(
        "hired.toml",
        hired_toml(&arguments.scenario, &plan).as_bytes(),
    )?;
    folder.write("hire.json", export::hire_json(&plan).as_bytes())?;
    folder.write("hire.html", hire_html(&plan).as_bytes())?;
    let words = || {
        format!(
            "{}\nThe same with pictures is in {1}/hire.html, the roster with these people in {1}/report.html; {1}/hired.toml is the scenario with these numbers.\n",
            hire_terminal(&plan),
            folder.path().display()
        )
    };
    let json = || export::hire_json(&plan);
    Ok(terminal.answer(&arguments.common, json, words))
}

fn make(
    arguments: &Arguments,
    scenario: &Scenario,
    terminal: &Terminal,
) -> Result<(HirePlan, PlanResults), Failure> {
    terminal.stage("forecast");
    let demand = inputs::demand(scenario, arguments.common.quiet)?;
    let seed = arguments.plans.seed.or(scenario.seed).unwrap_or(1);
    let options = PlanOptions {
        gap: arguments.plans.gap(),
        // How many are tried is up to the clock anyway.
        gap_by_steps: false,
        effort: arguments.plans.effort,
        seed,
        rounds: 3,
        quick_plays: 60,
        final_plays: plans_in(arguments.days, scenario),
        later_plays: 0,
        play: PlayOptions::default(),
    };
    let search = Search {
        scenario,
        demand: &demand,
        seed,
        watcher: terminal,
        effort: arguments.plans.effort,
        prices: !arguments.no_prices,
    };
    let found = solve_hires(&search, &options).map_err(no_plan)?;
    let made = &found.planned;
    keeps_every_rule(&found.scenario, &made.problem, &made.solution.tours)?;
    terminal.stage("writing");
    let facts = RunFacts {
        seconds: terminal.seconds(),
        seed,
        stopped_by: if arguments.plans.effort.is_some() {
            "effort"
        } else {
            "time"
        }
        .to_owned(),
        broken: Vec::new(),
    };
    let results = publish(&found.scenario, &demand, &found.planned, &facts);
    let limit = arguments.plans.seconds();
    Ok((hire_plan(scenario, &found, &results, limit), results))
}

/// The scenario with the numbers found, as an extension of the one that asked.
fn hired_toml(path: &Path, plan: &HirePlan) -> String {
    let file = if path.is_dir() {
        path.join("scenario.toml")
    } else {
        path.to_owned()
    };
    let file = std::fs::canonicalize(&file).unwrap_or(file);
    let mut text = format!(
        "# Made by followsun hire, seed {}.\nextends = {}\nname = {}\n",
        plan.seed,
        quoted(&file.display().to_string()),
        quoted(&format!("{}, hired", plan.name))
    );
    for group in &plan.groups {
        text += &format!(
            "\n[[hire]]\nid = {}\ncount = {}\n",
            quoted(&group.id),
            group.count
        );
    }
    text
}

/// A TOML string.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
