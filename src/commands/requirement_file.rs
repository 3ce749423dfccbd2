//! A requirement that somebody else worked out: agents per queue and interval.

use std::path::Path;

use crate::planning::Required;
use crate::scenario::{Scenario, parse_instant};

use super::exit::Failure;

/// Reads a file with the columns `queue,start_utc,agents`; intervals without a row want nobody. Every problem is told at once.
pub fn read(path: &Path, scenario: &Scenario) -> Result<Required, Failure> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        Failure::input(format!(
            "{name}: cannot be read: {error}; give a file with queue,start_utc,agents with --requirement"
        ))
    })?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .from_reader(bytes.as_slice());
    let headers = reader
        .headers()
        .map_err(|error| Failure::input(format!("{name}:1: {error}")))?
        .clone();
    let column = |wanted: &str| {
        let mut headers = headers.iter();
        headers.position(|header| header.trim_start_matches('\u{feff}').trim() == wanted)
    };
    let wanted = ["queue", "start_utc", "agents"];
    let missing = wanted.iter().filter(|name| column(name).is_none());
    let missing: Vec<String> = missing
        .map(|column| {
            format!("{name}:1: there is no column \"{column}\"; a requirement has queue,start_utc,agents")
        })
        .collect();
    if !missing.is_empty() {
        return Err(Failure::Input(missing));
    }
    let at = wanted.map(|name| column(name).unwrap_or(0));
    let grid = scenario.grid();
    let mut agents: Vec<Vec<Option<f64>>> = vec![vec![None; grid.len]; scenario.queues.len()];
    let mut problems = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| Failure::input(format!("{name}: {error}")))?;
        let line = record.position().map_or(0, csv::Position::line);
        let field = |index: usize| record.get(at[index]).unwrap_or("").trim();
        let mut complain = |what: String| problems.push(format!("{name}:{line}: {what}"));
        let known = scenario.queues.iter();
        let queue = known.clone().position(|queue| queue.id == field(0));
        if queue.is_none() {
            let known: Vec<&str> = known.map(|queue| queue.id.as_str()).collect();
            complain(format!(
                "there is no queue \"{}\" in the scenario; it has {}",
                field(0),
                known.join(", ")
            ));
        }
        let minutes = parse_instant(field(1)).map(|instant| (instant - grid.start).num_minutes());
        let step = i64::from(grid.step_minutes);
        let interval = match minutes {
            None => {
                complain(format!(
                    "\"{}\" is no instant; write 2026-10-25T00:30Z",
                    field(1)
                ));
                None
            }
            Some(minutes) if minutes.rem_euclid(step) != 0 => {
                complain(format!(
                    "{} is not the start of an interval; the scenario's are {step} minutes long, counted from {}",
                    field(1),
                    grid.start.format("%Y-%m-%dT%H:%MZ")
                ));
                None
            }
            Some(minutes) => match usize::try_from(minutes / step) {
                Ok(interval) if interval < grid.len => Some(interval),
                _ => {
                    complain(format!(
                        "{} lies outside the plan, which runs from {} to {}; leave the row out or change `start`",
                        field(1),
                        grid.start.format("%Y-%m-%dT%H:%MZ"),
                        grid.end().format("%Y-%m-%dT%H:%MZ")
                    ));
                    None
                }
            },
        };
        let number = field(2).parse().ok();
        let number = number.filter(|agents: &f64| (0.0..=MOST_AGENTS).contains(agents));
        if number.is_none() {
            complain(format!(
                "agents \"{}\": write a number from 0 to {MOST_AGENTS}, such as 3 or 2.5",
                field(2)
            ));
        }
        if let (Some(queue), Some(interval), Some(number)) = (queue, interval, number)
            && agents[queue][interval].replace(number).is_some()
        {
            complain(format!(
                "{} at {} stands here for the second time; leave one row",
                field(0),
                field(1)
            ));
        }
    }
    if !problems.is_empty() {
        return Err(Failure::Input(problems));
    }
    let all = |queue: Vec<Option<f64>>| queue.into_iter().map(Option::unwrap_or_default).collect();
    Ok(Required {
        agents: agents.into_iter().map(all).collect(),
    })
}

/// More agents than this on one queue are a slip of the pen.
const MOST_AGENTS: f64 = 100_000.0;
