//! A requirement that somebody else worked out: agents per queue and interval.

use std::path::Path;

use crate::planning::Required;
use crate::scenario::{Scenario, parse_instant};

use super::csv_file::{self, Row};
use super::exit::Failure;

const COLUMNS: [&str; 3] = ["queue", "start_utc", "agents"];

/// Reads a file with the columns `queue,start_utc,agents`; intervals without a row want nobody. Every problem is told at once.
pub fn read(path: &Path, scenario: &Scenario) -> Result<Required, Failure> {
    let grid = scenario.grid();
    let mut agents: Vec<Vec<Option<f64>>> = vec![vec![None; grid.len]; scenario.queues.len()];
    let mut problems = Vec::new();
    for Row { place, fields } in csv_file::rows(path, "a requirement", "--requirement", COLUMNS)? {
        let [id, start, count] = &fields;
        let mut complain = |what: String| problems.push(format!("{place}: {what}"));
        let known = scenario.queues.iter();
        let queue = known.clone().position(|queue| queue.id == *id);
        if queue.is_none() {
            let known: Vec<&str> = known.map(|queue| queue.id.as_str()).collect();
            complain(format!(
                "there is no queue \"{id}\" in the scenario; it has {}",
                known.join(", ")
            ));
        }
        let minutes = parse_instant(start).map(|instant| (instant - grid.start).num_minutes());
        let step = i64::from(grid.step_minutes);
        let interval = match minutes {
            None => {
                complain(format!(
                    "\"{start}\" is no instant; write 2026-10-25T00:30Z"
                ));
                None
            }
            Some(minutes) if minutes.rem_euclid(step) != 0 => {
                complain(format!(
                    "{start} is not the start of an interval; the scenario's are {step} minutes long, counted from {}",
                    grid.start.format("%Y-%m-%dT%H:%MZ")
                ));
                None
            }
            Some(minutes) => match usize::try_from(minutes / step) {
                Ok(interval) if interval < grid.len => Some(interval),
                _ => {
                    complain(format!(
                        "{start} lies outside the plan, which runs from {} to {}; leave the row out or change `start`",
                        grid.start.format("%Y-%m-%dT%H:%MZ"),
                        grid.end().format("%Y-%m-%dT%H:%MZ")
                    ));
                    None
                }
            },
        };
        let number = count.parse().ok();
        let number = number.filter(|agents: &f64| (0.0..=MOST_AGENTS).contains(agents));
        if number.is_none() {
            complain(format!(
                "agents \"{count}\": write a number from 0 to {MOST_AGENTS}, such as 3 or 2.5"
            ));
        }
        if let (Some(queue), Some(interval), Some(number)) = (queue, interval, number)
            && agents[queue][interval].replace(number).is_some()
        {
            complain(format!(
                "{id} at {start} stands here for the second time; leave one row"
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
