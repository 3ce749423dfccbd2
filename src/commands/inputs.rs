//! Scenario and history from their files.

use std::fs::File;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use crate::calendar::Instant;
use crate::expansion::with_hires;
use crate::forecast::ForecastError;
use crate::history::{
    Finding, FindingKind, History, HistoryReader, IMPORTERS, Importer, KnownQueues, importer,
    render as render_findings,
};
use crate::planning::{Demand, correct_by_today, foresee};
use crate::scenario::domain::{Absence, HireCount, HistorySource, QueueIndex};
use crate::scenario::{HistoryAsked, Loaded, Refused, Scenario, load, load_with_absences, render};

use super::exit::Failure;

/// The scenario, with its warnings told on standard error. People of a `[[hire]]` whose number is known are in it; of the others it is told that
/// nobody is.
pub fn scenario(path: &Path, quiet: bool) -> Result<Scenario, Failure> {
    let scenario = scenario_with_open_hires(path, quiet)?;
    if !quiet {
        eprint!("{}", open_hires(&scenario));
    }
    Ok(scenario)
}

/// The same for whoever answers `count = "solve"`.
pub fn scenario_with_open_hires(path: &Path, quiet: bool) -> Result<Scenario, Failure> {
    let loaded = load(path).map_err(refused)?;
    tell_warnings(&loaded, quiet);
    Ok(with_hires(&loaded.scenario))
}

/// The scenario as [`scenario`] reads it, and absences of a file that came to be known later.
pub fn scenario_and_absences(
    path: &Path,
    absences: Option<&Path>,
    quiet: bool,
) -> Result<(Scenario, Vec<Absence>), Failure> {
    let Some(absences) = absences else {
        return Ok((scenario(path, quiet)?, Vec::new()));
    };
    let loaded = load_with_absences(path, absences).map_err(refused)?;
    tell_warnings(&loaded, quiet);
    Ok((with_hires(&loaded.scenario), loaded.later_absences))
}

fn tell_warnings(loaded: &Loaded, quiet: bool) {
    if !quiet {
        eprint!(
            "{}",
            render(&loaded.warnings, std::io::stderr().is_terminal())
        );
    }
}

/// A scenario that is wrong, with what is wrong with its history besides: everything is told in one run.
fn refused(refused: Refused) -> Failure {
    let history = refused.history.map(|asked| errors_of(&asked));
    Failure::Scenario(refused.problems, history.unwrap_or_default())
}

/// Errors of the history of a scenario that is itself wrong; files that are not there and unknown formats are told elsewhere.
fn errors_of(asked: &HistoryAsked) -> Vec<Finding> {
    let Some(importer) = importer(&asked.source.format) else {
        return Vec::new();
    };
    let mut reader = HistoryReader::new(KnownQueues {
        ids: asked.queues.clone(),
        map: names(&asked.source),
        ignored: asked.source.removed.clone(),
        ..KnownQueues::default()
    });
    for path in &asked.source.files {
        if let Ok(mut file) = File::open(path) {
            (importer.read)(&mut reader, &path.display().to_string(), &mut file);
        }
    }
    let report = reader.finish().report;
    report.into_iter().filter(Finding::is_error).collect()
}

/// A warning of groups that nobody is hired of yet.
fn open_hires(scenario: &Scenario) -> String {
    let mut text = String::new();
    let open: Vec<&str> = scenario
        .hires
        .iter()
        .filter(|hire| hire.count == HireCount::Solve)
        .map(|hire| hire.id.as_str())
        .collect();
    if !open.is_empty() {
        text += &format!(
            "warning: nobody is hired yet of {}: count = \"solve\" asks how many\n   = hint: `followsun hire` answers; or write a number\n\n",
            open.join(", ")
        );
    }
    text
}

/// The history that a scenario names.
///
/// What is odd about it is told on standard error.
pub fn history(scenario: &Scenario, quiet: bool) -> Result<History, Failure> {
    let history = read_history(scenario)?;
    if !quiet {
        eprint!("{}", render_findings(&history.report));
    }
    Ok(history)
}

fn read_history(scenario: &Scenario) -> Result<History, Failure> {
    let Some(source) = &scenario.history else {
        return Err(Failure::input("the scenario names no history; add [history] with files = [\"history.csv\"] and format = \"intervals\"".to_owned()));
    };
    let Some(importer) = importer(&source.format) else {
        let known: Vec<String> = IMPORTERS
            .iter()
            .map(|importer| format!("format = \"{}\"", importer.name))
            .collect();
        return Err(Failure::input(format!(
            "history format \"{}\" is not known; write {}",
            source.format,
            known.join(" or ")
        )));
    };
    let known = KnownQueues {
        map: names(source),
        ignored: source.removed.clone(),
        ..known_queues(scenario)
    };
    read_files(
        known,
        importer,
        &source.files,
        "check the path under [history] files",
    )
}

/// Contacts of the running day, from a file in the form of the history beside which it stands.
///
/// What is odd about it is told on standard error.
pub fn actuals(
    scenario: &Scenario,
    history: &History,
    path: &Path,
    quiet: bool,
) -> Result<History, Failure> {
    let source = scenario.history.as_ref();
    let format = source.and_then(|source| importer(&source.format));
    let importer = format.unwrap_or(&IMPORTERS[0]);
    let (map, removed) = source.map_or_else(Default::default, |source| {
        (names(source), source.removed.clone())
    });
    let files = [path.to_owned()];
    let known = KnownQueues {
        map,
        ignored: removed,
        // Not every queue's contacts of the day are at hand.
        optional: (0..scenario.queues.len()).collect(),
        minutes: (history.queues.iter())
            .map(|queue| queue.interval_minutes)
            .collect(),
        ..known_queues(scenario)
    };
    let today = read_files(known, importer, &files, "check the path after --actuals")?;
    if !quiet {
        // What is not there yet is no gap.
        let odd = today.report.iter();
        let odd = odd.filter(|finding| finding.kind != FindingKind::Gap);
        eprint!("{}", render_findings(&odd.cloned().collect::<Vec<_>>()));
    }
    Ok(today)
}

/// The numbers of the queues that the files name otherwise.
fn names(source: &HistorySource) -> Vec<(String, usize)> {
    let map = source.queue_map.iter();
    map.map(|(name, queue)| (name.clone(), queue.0)).collect()
}

/// The scenario's queues, as its files are read for them.
fn known_queues(scenario: &Scenario) -> KnownQueues {
    let queues = || scenario.queues.iter();
    KnownQueues {
        ids: queues().map(|queue| queue.id.clone()).collect(),
        open: queues()
            .map(|queue| (queue.zone.clone(), queue.hours.clone()))
            .collect(),
        optional: queues()
            .enumerate()
            .filter(|(index, queue)| {
                queue.like.is_some() || scenario.first_levels(QueueIndex(*index)).next().is_some()
            })
            .map(|(index, _)| index)
            .collect(),
        ..KnownQueues::default()
    }
}

fn read_files(
    known: KnownQueues,
    importer: &Importer,
    files: &[PathBuf],
    hint: &str,
) -> Result<History, Failure> {
    let mut reader = HistoryReader::new(known);
    for path in files {
        let name = path.display().to_string();
        let mut file = File::open(path)
            .map_err(|error| Failure::input(format!("{name}: cannot be read: {error}; {hint}")))?;
        (importer.read)(&mut reader, &name, &mut file);
    }
    let history = reader.finish();
    if history.has_errors() {
        let errors: Vec<_> = history
            .report
            .iter()
            .filter(|finding| finding.is_error())
            .cloned()
            .collect();
        eprint!("{}", render_findings(&errors));
        return Err(Failure::Input(Vec::new()));
    }
    Ok(history)
}

/// Demand as the history lets expect it; what is odd about the history is told on standard error and goes into the demand's notes.
pub fn demand(scenario: &Scenario, quiet: bool) -> Result<Demand, Failure> {
    demand_after(scenario, &history(scenario, quiet)?, quiet)
}

/// The same with what has come today by `now`: what is left of the plan is corrected by it.
pub fn demand_today(
    scenario: &Scenario,
    actuals_file: &Path,
    now: Instant,
    quiet: bool,
) -> Result<Demand, Failure> {
    let history = history(scenario, quiet)?;
    let mut demand = demand_after(scenario, &history, quiet)?;
    let today = actuals(scenario, &history, actuals_file, quiet)?;
    correct_by_today(scenario, &history, now, &today, &mut demand)
        .map_err(|errors| Failure::Input(errors.iter().map(ToString::to_string).collect()))?;
    Ok(demand)
}

fn demand_after(scenario: &Scenario, history: &History, quiet: bool) -> Result<Demand, Failure> {
    let mut demand = foresee(scenario, history).map_err(|errors| {
        if quiet {
            // Now what is odd may be why.
            eprint!("{}", render_findings(&history.report));
        }
        Failure::Input(
            errors
                .iter()
                .map(|error| unforeseen(scenario, history, error))
                .collect(),
        )
    })?;
    if !quiet {
        eprint!("{}", stale(scenario, history));
    }
    // Already told; people also find them in the report.
    demand.history_notes = history.report.len();
    let notes = history.report.iter().map(|finding| finding.message.clone());
    demand.notes.splice(0..0, notes);
    Ok(demand)
}

/// A warning if the newest history is old.
fn stale(scenario: &Scenario, history: &History) -> String {
    let newest = history
        .queues
        .iter()
        .filter_map(|queue| queue.records.last())
        .map(|record| record.start)
        .max();
    let days = newest.map_or(0, |newest| {
        (scenario.grid().start.timestamp() / 60 - newest) / 1440
    });
    if days <= OLD_DAYS {
        return String::new();
    }
    format!(
        "warning: the history ends {days} days before the plan begins, and forecasts grow less sure with every week\n   = hint: add newer files to [history], or check `start`\n\n"
    )
}

/// Days before the plan at which a history that ends is old.
const OLD_DAYS: i64 = 28;

/// Why a queue cannot be forecast; a history that begins after the plan is not called too short but what it is.
fn unforeseen(scenario: &Scenario, history: &History, error: &ForecastError) -> String {
    let start = scenario.grid().start;
    let late = history.queues.iter().find_map(|queue| {
        let first = queue.records.first()?;
        let too_short =
            matches!(error, ForecastError::TooShort { queue: id, .. } if *id == queue.id);
        let first = (too_short && first.start * 60 >= start.timestamp())
            .then(|| chrono::DateTime::from_timestamp(first.start * 60, 0))??;
        Some((queue.id.as_str(), first))
    });
    match late {
        Some((queue, first)) => format!(
            "queue {queue}: its first row in the history is of {}, after the plan begins ({}); check the years in the file, or `start`",
            first.format("%Y-%m-%dT%H:%MZ"),
            start.format("%Y-%m-%dT%H:%MZ")
        ),
        None => error.to_string(),
    }
}
