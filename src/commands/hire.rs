//! `followsun hire`: how many to hire where.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::expansion::{
    BreakEven, Hired, Search, Terms, asks, break_even, hired, once, person_week, skill_words,
    solve_hires, standing_week,
};
use crate::export;
use crate::planning::{PlanOptions, PlayOptions, RunFacts, Watcher, publish};
use crate::report::{hire_html, hire_terminal};
use crate::results::{
    HireGroup, HireLevel, HirePlan, HireQueue, PlanResults, QueueFall, TargetPrice,
};
use crate::scenario::Scenario;
use crate::scenario::domain::{Contract, Hire, HireCount};

use super::exit::Failure;
use super::folder::Folder;
use super::limits::{seconds, time_limit};
use super::plan::{keeps_every_rule, no_plan, write_all};
use super::progress::Terminal;
use super::simulate::plans_in;
use super::{Common, inputs};

/// Seconds allowed where neither time nor effort is given.
const DEFAULT_SECONDS: f64 = 175.0;
/// Share of the time for the search; the rest is for playing and writing.
const TIME_TO_SEARCH: f64 = 0.92;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself; it has [[hire]] groups with count = "solve"
    scenario: PathBuf,
    /// Folder for hire.html, hire.json, hired.toml and everything that `plan` writes
    #[arg(long, default_value = "hire")]
    out: PathBuf,
    /// Most seconds for all of it [default: 175 without --effort]
    #[arg(long, value_parser = seconds)]
    seconds: Option<f64>,
    /// Most steps of each search, so that the same input gives the same bytes on any machine
    #[arg(long)]
    effort: Option<u64>,
    /// Seed of all random numbers [default: the scenario's, else 1]
    #[arg(long)]
    seed: Option<u64>,
    /// Do not price other service levels and targets: all the time goes into the people themselves
    #[arg(long)]
    no_prices: bool,
    /// Days to simulate at the end, in whole plans
    #[arg(long, default_value_t = 2800)]
    days: usize,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let limit = time_limit(arguments.seconds, arguments.effort, DEFAULT_SECONDS);
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
    let seed = arguments.seed.or(scenario.seed).unwrap_or(1);
    let options = PlanOptions {
        gap: 0.001,
        effort: arguments.effort,
        seed,
        rounds: 3,
        quick_plays: 60,
        final_plays: plans_in(arguments.days, scenario),
        play: PlayOptions::default(),
    };
    let search = Search {
        scenario,
        demand: &demand,
        seed,
        watcher: terminal,
        effort: arguments.effort,
        prices: !arguments.no_prices,
    };
    let found = solve_hires(&search, &options).map_err(no_plan)?;
    let made = &found.planned;
    keeps_every_rule(&found.scenario, &made.problem, &made.solution.tours)?;
    terminal.stage("writing");
    let facts = RunFacts {
        seconds: terminal.seconds(),
        seed,
        stopped_by: if arguments.effort.is_some() {
            "effort"
        } else {
            "time"
        }
        .to_owned(),
        broken: Vec::new(),
    };
    let results = publish(&found.scenario, &demand, &found.planned, &facts);
    Ok((hire_plan(scenario, &found, &results), results))
}

fn hire_plan(asked: &Scenario, found: &Hired, results: &PlanResults) -> HirePlan {
    let scenario = &found.scenario;
    let weeks = f64::from(scenario.weeks.max(1));
    let standing = standing_week(scenario);
    let groups: Vec<HireGroup> = asked
        .hires
        .iter()
        .enumerate()
        .map(|(index, hire)| group(scenario, index, hire, found, results, weeks))
        .collect();
    let names = |queues: &[usize]| -> Vec<String> {
        queues
            .iter()
            .map(|&queue| scenario.queues[queue].id.clone())
            .collect()
    };
    let beyond: Vec<usize> = (0..scenario.queues.len())
        .filter(|queue| !found.within_reach.contains(queue))
        .filter(|&queue| results.queues[queue].summary.high < results.queues[queue].target.answered)
        .collect();
    let cost_week = results.summary.cost / weeks + standing;
    HirePlan {
        name: scenario.name.clone(),
        first_day: scenario.start,
        currency: scenario.currency.clone(),
        seed: results.summary.seed,
        version: results.summary.version.clone(),
        hired_week: groups
            .iter()
            .map(|group| group.wages + group.standing)
            .sum(),
        groups,
        queues: found
            .within_reach
            .iter()
            .map(|&queue| {
                let result = &results.queues[queue];
                HireQueue {
                    id: result.id.clone(),
                    target: result.target.answered,
                    words: result.target.text.clone(),
                    before: found.before[queue],
                    after: result.summary.simulated,
                    low: result.summary.low,
                    high: result.summary.high,
                }
            })
            .collect(),
        beyond: names(&beyond),
        cost_week,
        once: once(scenario),
        overtime_hours: results
            .payroll
            .iter()
            .map(|row| row.overtime_minutes)
            .sum::<i64>() as f64
            / 60.0
            / weeks,
        gap: ((found.objective - found.bound) / found.objective.max(1e-9)).max(0.0),
        tried_all: found.tried_all,
        levels: found
            .levels
            .iter()
            .map(|level| HireLevel {
                answered: level.answered,
                cost_week: level.cost_week - found.cost_week + cost_week,
                people: people(asked, &level.counts),
                met: level.met,
            })
            .collect(),
        targets: found
            .relaxed
            .iter()
            .map(|relaxed| TargetPrice {
                queue: scenario.queues[relaxed.queue].id.clone(),
                by: relaxed.by,
                saves: relaxed.saves,
            })
            .collect(),
        break_even: break_evens(asked),
    }
}

fn group(
    scenario: &Scenario,
    index: usize,
    hire: &Hire,
    found: &Hired,
    results: &PlanResults,
    weeks: f64,
) -> HireGroup {
    let prefix = format!("hire-{}-", hire.id);
    let rows = || {
        results
            .payroll
            .iter()
            .filter(|row| row.agent.starts_with(&prefix))
    };
    let count = hired(scenario, hire);
    HireGroup {
        id: hire.id.clone(),
        count,
        site: scenario.sites[hire.site.0].id.clone(),
        contract: scenario.contracts[hire.contract.0].id.clone(),
        skills: skill_words(scenario, &hire.languages, hire.channels),
        hours: rows().map(|row| row.paid_minutes).sum::<i64>() as f64 / 60.0 / weeks,
        // A sum of nothing is -0.
        wages: rows().map(|row| row.cost).fold(0.0, |sum, cost| sum + cost) / weeks,
        standing: f64::from(count) * person_week(scenario, hire),
        dearer: found.held_by[index].dearer,
        held_by: found.held_by[index]
            .falls
            .iter()
            .map(|fall| QueueFall {
                queue: scenario.queues[fall.queue].id.clone(),
                service: fall.service,
            })
            .collect(),
    }
}

fn people(scenario: &Scenario, counts: &[u32]) -> Vec<String> {
    let named = scenario.hires.iter().zip(counts);
    named
        .filter(|(_, count)| **count > 0)
        .map(|(hire, count)| format!("{count} × {}", hire.id))
        .collect()
}

fn terms(contract: &Contract, per_week: f64) -> Terms {
    Terms {
        per_hour: contract.cost_per_hour,
        per_week,
        least_hours: f64::from(contract.paid_minutes_per_week.min) / 60.0,
        most_hours: f64::from(contract.paid_minutes_per_week.max) / 60.0,
    }
}

/// Each group against the others; a group that is alone, against the contracts that people are here on.
fn break_evens(scenario: &Scenario) -> Vec<String> {
    let mut lines = Vec::new();
    let solved: Vec<&Hire> = scenario
        .hires
        .iter()
        .filter(|hire| hire.count == HireCount::Solve)
        .collect();
    for (place, hire) in solved.iter().enumerate() {
        let mine = terms(
            &scenario.contracts[hire.contract.0],
            person_week(scenario, hire),
        );
        for other in &solved[place + 1..] {
            let theirs = terms(
                &scenario.contracts[other.contract.0],
                person_week(scenario, other),
            );
            lines.push(sentence(scenario, &hire.id, &mine, &other.id, &theirs));
        }
        for (index, contract) in scenario.contracts.iter().enumerate() {
            let used = scenario
                .agents
                .iter()
                .any(|agent| agent.contract.0 == index);
            if solved.len() == 1 && used && index != hire.contract.0 {
                let theirs = terms(contract, 0.0);
                lines.push(sentence(scenario, &hire.id, &mine, &contract.id, &theirs));
            }
        }
    }
    lines
}

fn sentence(scenario: &Scenario, a: &str, first: &Terms, b: &str, second: &Terms) -> String {
    let most = first.most_hours.min(second.most_hours);
    let at_most = |terms: &Terms| format!("{} {:.0}", scenario.currency, terms.cost(most));
    // The one that is cheaper when much is needed comes first.
    match (break_even(first, second), break_even(second, first)) {
        (BreakEven::At(hours), _) => format!(
            "{a} costs less than {b} from {hours:.1} hours a week on ({most:.0} h: {} against {})",
            at_most(first),
            at_most(second)
        ),
        (_, BreakEven::At(hours)) => format!(
            "{b} costs less than {a} from {hours:.1} hours a week on ({most:.0} h: {} against {})",
            at_most(second),
            at_most(first)
        ),
        (BreakEven::First, _) => format!(
            "{a} costs no more than {b}, whatever the hours ({most:.0} h: {} against {})",
            at_most(first),
            at_most(second)
        ),
        (BreakEven::Second, _) => format!(
            "{b} costs no more than {a}, whatever the hours ({most:.0} h: {} against {})",
            at_most(second),
            at_most(first)
        ),
    }
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
