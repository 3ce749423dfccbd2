//! `followsun compare`: scenarios planned alike, played on the same random contacts, and laid side by side.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::expansion::{
    Candidate, Run, Search, Setup, asks, hired, money, once, play_tours, reach, rows, side_by_side,
    solve_hires, standing_week,
};
use crate::export;
use crate::planning::{Demand, PlanOptions, PlayOptions, RunFacts, Watcher, plan, publish};
use crate::report::{compare_html, compare_terminal};
use crate::results::Comparison;
use crate::scenario::Scenario;

use super::exit::Failure;
use super::folder::Folder;
use super::limits::PlansFlags;
use super::plan::{keeps_every_rule, no_plan};
use super::progress::Terminal;
use super::simulate::plans_in;
use super::together::{self, Share};
use super::{Common, inputs};

/// Seconds allowed where neither time nor effort is given.
const DEFAULT_SECONDS: u32 = 150;
/// Share of the time by which all rosters are made; the rest plays them and tries what is missing.
const ROSTERS_UNTIL: f64 = 0.75;
/// Share of the time by which the last trial begins.
const TRIALS_UNTIL: f64 = 0.95;
/// Seeds of repeated searches lie this far apart.
const REPEAT_SEED: u64 = 10_007;
/// Turns the seed of the plans into that of the weeks on which all of them are played.
const PLAY_SEED: u64 = 0x0c0_4fa1_2e5a;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Scenarios: folders with scenario.toml, or the files themselves; the first is what the others are compared with
    #[arg(required = true, num_args = 1..)]
    scenarios: Vec<PathBuf>,
    /// Folder for compare.html, compare.csv and compare.xlsx
    #[arg(long, default_value = "comparison")]
    out: PathBuf,
    #[command(flatten)]
    plans: PlansFlags<DEFAULT_SECONDS>,
    /// Times that each scenario is planned: what differs between them is noise
    #[arg(long, default_value_t = 2, allow_negative_numbers = true, value_parser = clap::value_parser!(u32).range(1..=20))]
    repeats: u32,
    /// Random days on which every roster is played, in whole plans
    #[arg(long, default_value_t = 2800, allow_negative_numbers = true, value_parser = super::numbers::whole::<usize>)]
    days: usize,
    #[command(flatten)]
    common: Common,
}

/// A scenario read and foreseen.
struct Contender {
    path: String,
    scenario: Scenario,
    demand: Demand,
    same_as: Option<usize>,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let limit = arguments.plans.seconds();
    let folder = Folder::open(&arguments.out)?;
    let terminal = Terminal::start(limit, arguments.common.quiet);
    terminal.stage("reading");
    let options = read(arguments)?;
    let comparison = compare(arguments, &options, limit, &terminal)?;
    write(&folder, &comparison)?;
    let words = || {
        format!(
            "{}\nPictures and all figures are in {}: open compare.html first.\n",
            compare_terminal(&comparison),
            folder.path().display()
        )
    };
    let json = || export::compare_json(&comparison);
    Ok(terminal.answer(&arguments.common, json, words))
}

fn read(arguments: &Arguments) -> Result<Vec<Contender>, Failure> {
    let mut options: Vec<Contender> = Vec::new();
    for path in &arguments.scenarios {
        // What is odd about the first one is odd about those that extend it, too.
        let quiet = arguments.common.quiet || !options.is_empty();
        let scenario = inputs::scenario_with_open_hires(path, quiet)?;
        comparable(&options, &scenario, path)?;
        let same_as = options
            .iter()
            .position(|option| option.scenario == scenario);
        let demand = match same_as {
            Some(same) => options[same].demand.clone(),
            None => inputs::demand(&scenario, quiet)?,
        };
        options.push(Contender {
            path: path.display().to_string(),
            scenario,
            demand,
            same_as,
        });
    }
    Ok(options)
}

/// Money of two currencies and weeks of two seasons cannot be laid side by side.
fn comparable(
    options: &[Contender],
    scenario: &Scenario,
    path: &std::path::Path,
) -> Result<(), Failure> {
    let Some(first) = options.first() else {
        return Ok(());
    };
    let mut wrong = Vec::new();
    if scenario.currency != first.scenario.currency {
        wrong.push(format!(
            "{}: its money is {}, that of {} is {}; write both in one currency",
            path.display(),
            scenario.currency,
            first.path,
            first.scenario.currency
        ));
    }
    if scenario.weeks != first.scenario.weeks {
        wrong.push(format!(
            "{}: it has weeks = {}, {} has weeks = {}; give both the same",
            path.display(),
            scenario.weeks,
            first.path,
            first.scenario.weeks
        ));
    }
    if wrong.is_empty() {
        Ok(())
    } else {
        Err(Failure::Input(wrong))
    }
}

fn compare(
    arguments: &Arguments,
    options: &[Contender],
    limit: Option<f64>,
    terminal: &Terminal,
) -> Result<Comparison, Failure> {
    let seed = arguments
        .plans
        .seed
        .or(options[0].scenario.seed)
        .unwrap_or(1);
    let weeks = plans_in(arguments.days, &options[0].scenario);
    let mut tasks: Vec<together::Task<'_, (Scenario, Run)>> = Vec::new();
    let mut owner: Vec<usize> = Vec::new();
    for (index, option) in options
        .iter()
        .enumerate()
        .filter(|(_, option)| option.same_as.is_none())
    {
        for repeat in 0..u64::from(arguments.repeats) {
            owner.push(index);
            tasks.push(Box::new(move || {
                let search = PlanOptions {
                    gap: arguments.plans.gap(),
                    gap_by_steps: arguments.plans.gap_by_steps(),
                    effort: arguments.plans.effort,
                    seed: seed.wrapping_add(repeat * REPEAT_SEED),
                    rounds: 3,
                    quick_plays: 60,
                    final_plays: 100,
                    later_plays: 0,
                    play: PlayOptions::default(),
                };
                one(
                    &option.scenario,
                    &option.demand,
                    &search,
                    seed ^ PLAY_SEED,
                    weeks,
                    limit,
                    terminal,
                )
            }));
        }
    }
    let made = together::side_by_side(tasks, arguments.common.threads, terminal, "planning")?;
    let mut candidates: Vec<Candidate> = Vec::new();
    for (index, option) in options.iter().enumerate() {
        let origin = option.same_as.unwrap_or(index);
        let mut mine: Vec<(Scenario, Run)> = owner
            .iter()
            .zip(&made)
            .filter(|(owner, _)| **owner == origin)
            .map(|(_, made)| made.clone())
            .collect();
        mine.sort_by(|(_, a), (_, b)| a.objective.total_cmp(&b.objective));
        let scenario = mine[0].0.clone();
        candidates.push(Candidate {
            name: scenario.name.clone(),
            path: option.path.clone(),
            runs: mine.into_iter().map(|(_, run)| run).collect(),
            hired: scenario
                .hires
                .iter()
                .map(|hire| (hired(&scenario, hire), &hire.id))
                .filter(|(count, _)| *count > 0)
                .map(|(count, id)| format!("{count} × {id}"))
                .collect(),
            same_as: option.same_as,
        });
    }
    Ok(side_by_side(
        &candidates,
        Setup {
            seed,
            weeks_played: weeks,
            repeats: arguments.repeats as usize,
        },
    ))
}

/// Plans one scenario once (and finds whom to hire where it asks), plays it, and tries what is missing to its targets.
fn one(
    scenario: &Scenario,
    demand: &Demand,
    search: &PlanOptions,
    play_seed: u64,
    weeks: usize,
    limit: Option<f64>,
    terminal: &Terminal,
) -> Result<(Scenario, Run), Failure> {
    let share = Share::until(terminal, limit.map(|limit| limit * ROSTERS_UNTIL));
    let (scenario, planned) = if asks(scenario) {
        let hire = Search {
            scenario,
            demand,
            seed: search.seed,
            watcher: &share,
            effort: search.effort,
            prices: false,
        };
        let hired = solve_hires(&hire, search).map_err(no_plan)?;
        (hired.scenario, hired.planned)
    } else {
        let planned = plan(scenario, demand, search, None, &share).map_err(no_plan)?;
        (scenario.clone(), planned)
    };
    keeps_every_rule(&scenario, &planned.problem, &planned.solution.tours)?;
    let facts = RunFacts {
        seconds: terminal.seconds(),
        seed: search.seed,
        stopped_by: "time".to_owned(),
        broken: Vec::new(),
    };
    let results = publish(&scenario, demand, &planned, &facts);
    let wrong = |error: crate::simulation::SimulationError| Failure::input(error.to_string());
    let tours = &planned.solution.tours;
    let played =
        play_tours(&scenario, demand, &planned.problem, tours, weeks, play_seed).map_err(wrong)?;
    let figures = money(
        &scenario,
        &results,
        standing_week(&scenario),
        once(&scenario),
    );
    let trials = Share::until(terminal, limit.map(|limit| limit * TRIALS_UNTIL));
    let at_target = reach(
        &scenario,
        demand,
        &planned,
        &played,
        figures.week(),
        play_seed,
        &|| trials.over(),
    )
    .map_err(no_plan)?;
    let run = Run {
        objective: planned.solution.objective,
        bound: planned.solution.bound,
        money: figures,
        at_target,
        rows: rows(&scenario, &results, &played.weeks),
        results,
    };
    Ok((scenario, run))
}

fn write(folder: &Folder, comparison: &Comparison) -> Result<(), Failure> {
    folder.write("compare.csv", export::compare_csv(comparison).as_bytes())?;
    let workbook = export::compare_xlsx(comparison)
        .map_err(|error| Failure::input(format!("compare.xlsx: {error}")))?;
    folder.write("compare.xlsx", &workbook)?;
    folder.write("compare.json", export::compare_json(comparison).as_bytes())?;
    folder.write("compare.html", compare_html(comparison).as_bytes())
}
