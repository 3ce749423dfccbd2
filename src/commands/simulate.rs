//! `followsun simulate`: any roster against a scenario.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::planning::{PlayOptions, curves, play, roster_problem};
use crate::roster::check;
use crate::roster::problem::{Problem, Tour};
use crate::scenario::Scenario;
use crate::simulation::{RunPlan, ServiceLevel, SimulationResult, Stop, simulate};

use super::exit::Failure;
use super::folder::Folder;
use super::numbers::{factor, share, whole};
use super::{Common, inputs, roster_file};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    /// The roster to play
    #[arg(long)]
    roster: PathBuf,
    /// Folder for service.csv and summary.json
    #[arg(long)]
    out: Option<PathBuf>,
    /// Most days to play, in whole plans; fewer if every queue's service level is known closely before
    #[arg(long, default_value_t = 2800, allow_negative_numbers = true, value_parser = whole::<usize>)]
    days: usize,
    /// Play until the 95 % interval of every queue's service level is at most this share on either side
    #[arg(long, value_name = "SHARE", default_value_t = 0.005, allow_negative_numbers = true, value_parser = share)]
    within: f64,
    /// Seed of all random numbers [default: the scenario's, else 1]
    #[arg(long, allow_negative_numbers = true, value_parser = whole::<u64>)]
    seed: Option<u64>,
    /// Play the roster as it is written: nobody misses a shift
    #[arg(long)]
    no_shrinkage: bool,
    /// Take the forecast as exact: days are as busy as forecast, only chance remains
    #[arg(long)]
    no_busyness: bool,
    /// What if this agent does not come (repeatable)
    #[arg(long, value_name = "AGENT")]
    absent: Vec<String>,
    /// What if contacts are so many times the forecast
    #[arg(long, default_value_t = 1.0, allow_negative_numbers = true, value_parser = factor)]
    contacts: f64,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = arguments.out.as_deref().map(Folder::open).transpose()?;
    let scenario = inputs::scenario(&arguments.scenario, arguments.common.quiet)?;
    let demand = inputs::demand(&scenario, arguments.common.quiet)?;
    let grid = scenario.grid();
    let needed = curves(&scenario, &demand, grid.step_seconds())
        .map_err(|error| Failure::input(error.to_string()))?;
    let problem = roster_problem(
        &scenario,
        &demand,
        &needed,
        &vec![1.0; scenario.queues.len()],
    );
    let mut tours = roster_file::read(&arguments.roster, &scenario, &problem)?;
    if !arguments.common.quiet {
        tell_broken(&scenario, &problem, &tours);
    }
    for absent in &arguments.absent {
        let Some(person) = scenario.agents.iter().position(|agent| agent.id == *absent) else {
            return Err(Failure::input(format!(
                "--absent {absent}: there is no such agent"
            )));
        };
        tours[person] = Default::default();
    }
    let options = PlayOptions {
        shrinkage: !arguments.no_shrinkage,
        contacts: arguments.contacts,
        busyness: !arguments.no_busyness,
    };
    let input = play(&scenario, &demand, &problem, &tours, &options);
    let seed = arguments.seed.or(scenario.seed).unwrap_or(1);
    let plans = plans_in(arguments.days, &scenario);
    let run_plan = RunPlan {
        replications_min: plans.min(LEAST_PLANS),
        half_width: Some(arguments.within),
        ..RunPlan::fixed(plans, seed)
    };
    let result = arguments
        .common
        .on_threads(|| simulate(&input, &run_plan))?
        .map_err(|error| Failure::input(error.to_string()))?;
    if let Some(folder) = &folder {
        let mut text = "queue,start_utc,offered,answered_within,abandoned,service_level,low,high,asa_s,occupancy\n".to_owned();
        for (queue, result) in scenario.queues.iter().zip(&result.queues) {
            for (interval, (part, occupancy)) in result
                .parts
                .iter()
                .zip(&result.occupancy_of_parts)
                .enumerate()
            {
                let level = part.service_level(ServiceLevel::Offered);
                let number =
                    |value: Option<f64>| value.map_or(String::new(), |value| format!("{value:.4}"));
                text.push_str(&format!(
                    "{},{},{:.4},{:.4},{:.4},{},{},{},{},{}\n",
                    queue.id,
                    grid.at(interval).format("%Y-%m-%dT%H:%MZ"),
                    part.offered(),
                    part.in_time(),
                    part.abandoned(),
                    number(level.map(|level| level.mean)),
                    number(level.map(|level| level.range_of_share().0)),
                    number(level.map(|level| level.range_of_share().1)),
                    number(part.asa_s().map(|wait| wait.mean)),
                    number(occupancy.share())
                ));
            }
        }
        folder.write("service.csv", text.as_bytes())?;
    }
    let summary = summary(&scenario, &result, seed);
    if let Some(folder) = folder {
        folder.write("summary.json", format!("{summary:#}\n").as_bytes())?;
    }
    if arguments.common.json {
        println!("{summary}");
    } else if !arguments.common.quiet {
        println!(
            "{} days played, {}, seed {seed}{}",
            result.replications * 7 * scenario.weeks as usize,
            ended(result.stop),
            if arguments.no_shrinkage {
                ", nobody missing"
            } else {
                ""
            }
        );
        println!(
            "{:<16} {:>8} {:>9} {:>17} {:>10} {:>9} {:>10}",
            "queue", "target", "in time", "95 % interval", "hang up", "wait", "occupancy"
        );
        for (queue, result) in scenario.queues.iter().zip(&result.queues) {
            let Some(level) = result.total.service_level(ServiceLevel::Offered) else {
                continue;
            };
            println!(
                "{:<16} {:>6.1} % {:>7.1} % {:>7.1} to {:>5.1} % {:>8.1} % {:>7.0} s {:>8.1} %",
                queue.id,
                queue.target.answered * 100.0,
                level.mean * 100.0,
                level.range_of_share().0 * 100.0,
                level.range_of_share().1 * 100.0,
                result
                    .total
                    .abandoned_share()
                    .map_or(0.0, |share| share.mean)
                    * 100.0,
                result.total.asa_s().map_or(0.0, |wait| wait.mean),
                result.occupancy.share().unwrap_or(0.0) * 100.0
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Warns of rules that a roster breaks.
pub(super) fn tell_broken(scenario: &Scenario, problem: &Problem, tours: &[Tour]) {
    let broken = check(problem, tours);
    for broken in broken.iter().take(TOLD) {
        let who = broken.person.map_or(String::new(), |person| {
            format!("{}: ", scenario.agents[person].id)
        });
        eprintln!(
            "warning: the roster breaks \"{}\": {who}{}",
            broken.rule, broken.text
        );
    }
    if broken.len() > TOLD {
        eprintln!("... and {} more like these", broken.len() - TOLD);
    }
}

/// Broken rules that are told one by one.
const TOLD: usize = 10;

/// Fewest plans played before the intervals are looked at.
const LEAST_PLANS: usize = 20;

/// Whole plans that have at least so many days; 2 at least, or there is no interval.
pub(super) fn plans_in(days: usize, scenario: &Scenario) -> usize {
    days.div_ceil(7 * scenario.weeks as usize).max(2)
}

fn ended(stop: Stop) -> &'static str {
    match stop {
        Stop::NarrowEnough => "until every interval was narrow enough",
        Stop::Limit => "the most that --days allows",
        Stop::Cancelled => "stopped",
    }
}

fn summary(scenario: &Scenario, result: &SimulationResult, seed: u64) -> serde_json::Value {
    let queues = scenario
        .queues
        .iter()
        .zip(&result.queues)
        .map(|(queue, result)| {
            let level = result.total.service_level(ServiceLevel::Offered);
            let value = serde_json::json!({
                "target": queue.target.answered,
                "simulated": level.map(|level| level.mean),
                "low": level.map(|level| level.range_of_share().0),
                "high": level.map(|level| level.range_of_share().1),
                "abandoned": result.total.abandoned_share().map(|share| share.mean),
                "asa_s": result.total.asa_s().map(|wait| wait.mean),
                "occupancy": result.occupancy.share(),
            });
            (queue.id.clone(), value)
        });
    serde_json::json!({
        "days_played": result.replications * 7 * scenario.weeks as usize,
        "stopped_by": match result.stop {
            Stop::NarrowEnough => "interval",
            Stop::Limit => "days",
            Stop::Cancelled => "user",
        },
        "seed": seed,
        "queues": queues.collect::<serde_json::Map<_, _>>(),
    })
}
