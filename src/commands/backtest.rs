//! `followsun backtest`: how good forecasts would have been.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::export::backtest_csv;
use crate::forecast::Note;
use crate::forecast::series::{
    Absent, backtest_series, leaves_out_zeros, parse_series, series_interval,
};
use crate::planning::{test_forecasts, tested_week};
use crate::report::backtest_html;
use crate::results::{TestedForecasts, TestedQueue, TestedWeek};

use super::exit::Failure;
use super::folder::Folder;
use super::{Common, inputs};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    #[arg(required_unless_present = "series")]
    scenario: Option<PathBuf>,
    /// A plain series (columns ts, y and perhaps holiday) instead of a scenario
    #[arg(long, conflicts_with = "scenario")]
    series: Option<PathBuf>,
    /// Length of the series' intervals, such as 30m [default: from row to row]
    #[arg(long)]
    interval: Option<String>,
    /// What a missing row means: the queue is closed then, data are missing, or a guess (whole days and times of day
    /// without any row are closed; if no row says 0, nothing came in the others); --closed alone says closed
    #[arg(long, value_enum, default_value = "guess", default_missing_value = "closed", num_args = 0..=1, require_equals = true)]
    closed: Absence,
    /// Weekly origins to forecast from; a series always has six, up to eight weeks apart
    #[arg(long, default_value_t = 6, conflicts_with = "series", value_parser = clap::value_parser!(u32).range(1..=520))]
    origins: u32,
    /// Folder for backtest.html, the picture, and backtest.csv
    #[arg(long)]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Absence {
    Guess,
    Closed,
    Missing,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    match (&arguments.series, &arguments.scenario) {
        (Some(series), _) => of_series(arguments, series),
        (None, Some(scenario)) => of_scenario(arguments, scenario),
        (None, None) => Err(Failure::input(
            "name a scenario or give --series FILE".to_owned(),
        )),
    }
}

fn of_series(arguments: &Arguments, path: &Path) -> Result<ExitCode, Failure> {
    let folder = arguments.out.as_deref().map(Folder::open).transpose()?;
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::input(format!("{name}: cannot be read: {error}")))?;
    let wrong = |error| Failure::input(format!("{name}: {error}"));
    let minutes = match &arguments.interval {
        Some(interval) => whole_minutes(interval)?,
        None => series_interval(&text).map_err(wrong)?,
    };
    let absent = match arguments.closed {
        Absence::Guess => Absent::Guess,
        Absence::Closed => Absent::Closed,
        Absence::Missing => Absent::Missing,
    };
    let series = parse_series(&text, minutes, absent).map_err(wrong)?;
    let no_zeros = absent == Absent::Guess && leaves_out_zeros(&text, minutes).map_err(wrong)?;
    let no_zeros = no_zeros.then_some(Note::NoZeros).into_iter();
    let opened = series.opened().map(|date| Note::Opened { date });
    let notes: Vec<Note> = no_zeros.chain(opened).collect();
    let report = arguments
        .common
        .on_threads(|| backtest_series(&series, None))?
        .map_err(|error| Failure::input(format!("{name}: {error}")))?;
    if report.weeks.iter().any(|week| week.scores.intervals == 0) {
        return Err(Failure::input(format!(
            "{name}: no interval of the tested weeks is known, so nothing can be scored; if rows are missing because the queue is closed then, say --closed"
        )));
    }
    if report.weeks.iter().any(|week| week.scores.contacts == 0.0) {
        return Err(Failure::input(format!(
            "{name}: nothing came in the tested weeks, so no error can be a share of it"
        )));
    }
    let stem = path
        .file_stem()
        .map_or(name.clone(), |stem| stem.to_string_lossy().into_owned());
    let weeks = report.weeks.iter().zip(&report.models);
    let tested = TestedForecasts {
        name: stem.clone(),
        origins: report.origins.len(),
        queues: vec![TestedQueue {
            weeks: weeks
                .map(|(week, models)| tested_week(week, models))
                .collect(),
            borrowed: false,
            notes: notes.iter().map(Note::to_string).collect(),
            id: stem.clone(),
        }],
    };
    if let Some(folder) = &folder {
        write(folder, &tested)?;
    }
    if arguments.common.json {
        println!("{}", report.to_json(&stem));
    } else if !arguments.common.quiet {
        println!(
            "{stem}: {} origins, from {} to {}",
            report.origins.len(),
            report.origins[report.origins.len() - 1],
            report.origins[0]
        );
        say(&tested, folder.as_ref());
    }
    Ok(ExitCode::SUCCESS)
}

/// The length of an interval that is given.
fn whole_minutes(interval: &str) -> Result<u32, Failure> {
    crate::calendar::parse_duration(interval)
        .ok()
        .filter(|s| *s > 0 && s % 60 == 0 && 86_400 % s == 0)
        .map(|s| (s / 60) as u32)
        .ok_or_else(|| {
            Failure::input(format!(
                "--interval \"{interval}\" does not divide a day; write 15m, 30m or 1h"
            ))
        })
}

const HEAD: &str = "queue            week   WAPE %   bias %  pinball %  cover 80  cover 95   MASE  floor %  median-of-six: WAPE %, pinball %   models";

fn row(queue: &str, w: &TestedWeek) -> String {
    format!(
        "{queue:<16} {:>4} {:>8.2} {:>8.2} {:>10.2} {:>9.1} {:>9.1} {:>6.2} {:>8.2} {:>21.2} {:>11.2}   {}",
        w.week,
        w.wape * 100.0,
        w.bias * 100.0,
        w.pinball * 100.0,
        w.cover80 * 100.0,
        w.cover95 * 100.0,
        w.mase,
        w.floor * 100.0,
        w.six_wape * 100.0,
        w.six_pinball * 100.0,
        w.mix()
    )
}

fn of_scenario(arguments: &Arguments, path: &Path) -> Result<ExitCode, Failure> {
    if path.extension().is_some_and(|extension| extension == "csv") {
        return Err(Failure::input(format!(
            "{0}: a table is no scenario; a plain series is tested with --series {0}",
            path.display()
        )));
    }
    let folder = arguments.out.as_deref().map(Folder::open).transpose()?;
    let scenario = inputs::scenario(path, arguments.common.quiet)?;
    let history = inputs::history(&scenario, arguments.common.quiet)?;
    let tested = arguments
        .common
        .on_threads(|| test_forecasts(&scenario, &history, arguments.origins as usize))?
        .map_err(|errors| Failure::Input(errors.iter().map(ToString::to_string).collect()))?;
    if let Some(folder) = &folder {
        write(folder, &tested)?;
    }
    if arguments.common.json {
        println!("{}", json(&tested));
    } else if !arguments.common.quiet {
        say(&tested, folder.as_ref());
    }
    Ok(ExitCode::SUCCESS)
}

fn write(folder: &Folder, tested: &TestedForecasts) -> Result<(), Failure> {
    folder.write("backtest.csv", backtest_csv(tested).as_bytes())?;
    folder.write("backtest.html", backtest_html(tested).as_bytes())
}

fn say(tested: &TestedForecasts, folder: Option<&Folder>) {
    println!("{HEAD}");
    for queue in &tested.queues {
        for week in &queue.weeks {
            println!("{}", row(&queue.id, week));
        }
        if queue.weeks.is_empty() {
            println!("{:<16} {}", queue.id, queue.untested());
        }
        for note in &queue.notes {
            println!("{:<16} {note}", "");
        }
    }
    println!(
        "floor: the WAPE of somebody who knows the true rate; where contacts are few, forecasting nothing has less, and staffs nobody."
    );
    if let Some(folder) = folder {
        println!(
            "The picture is {}, the table backtest.csv beside it.",
            folder.path().join("backtest.html").display()
        );
    }
}

fn json(tested: &TestedForecasts) -> serde_json::Value {
    let queues = tested.queues.iter().map(|queue| {
        let weeks = queue.weeks.iter().map(|w| {
            let models = w.models.iter().map(|(name, weight)| serde_json::json!({"model": name, "weight": weight}));
            serde_json::json!({
                "week": w.week, "intervals": w.intervals, "wape": w.wape, "bias": w.bias, "pinball": w.pinball,
                "cover80": w.cover80, "cover95": w.cover95, "mase": w.mase, "poisson_floor": w.floor,
                "median_of_six": {"wape": w.six_wape, "pinball": w.six_pinball},
                "models": models.collect::<Vec<_>>(),
            })
        });
        serde_json::json!({"queue": queue.id, "borrowed": queue.borrowed, "weeks": weeks.collect::<Vec<_>>(), "notes": queue.notes})
    });
    serde_json::json!({ "queues": queues.collect::<Vec<_>>() })
}
