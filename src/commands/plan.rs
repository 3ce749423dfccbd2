//! `followsun plan`: the whole way from last year's contacts to next week's roster.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::export;
use crate::planning::{
    Demand, PlanError, PlanOptions, Planned, PlayOptions, RunFacts, Start, Watcher, learnt_json,
    people_and_rules, plan, publish,
};
use crate::report::{report_html, terminal_summary};
use crate::results::PlanResults;
use crate::roster::problem::{Problem, Tour};
use crate::roster::rules::Broken;
use crate::roster::{Warm, check};
use crate::scenario::Scenario;

use super::exit::Failure;
use super::folder::Folder;
use super::limits::{FromFlag, SearchFlags, TO_PLAN, stopped_by};
use super::progress::Terminal;
use super::simulate::plans_in;
use super::{Common, inputs, roster_file};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    /// Folder for the results
    #[arg(long, default_value = "roster")]
    out: PathBuf,
    #[command(flatten)]
    search: SearchFlags<TO_PLAN>,
    #[command(flatten)]
    start: FromFlag,
    /// Rounds of planning and playing
    #[arg(long, default_value_t = 3, allow_negative_numbers = true, value_parser = super::numbers::whole::<u32>)]
    rounds: u32,
    /// Days to simulate at the end, in whole plans
    #[arg(long, default_value_t = 2800, allow_negative_numbers = true, value_parser = super::numbers::whole::<usize>)]
    days: usize,
    /// Take the forecast as exact: curves and play know no days that are busier than forecast
    #[arg(long)]
    no_busyness: bool,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let folder = Folder::open_for(&arguments.out, &FILES, &SUBFOLDERS)?;
    let terminal = Terminal::start(arguments.search.seconds(), arguments.common.quiet);
    terminal.stage("reading");
    let scenario = inputs::scenario(&arguments.scenario, arguments.common.quiet)?;
    let (results, learnt) = arguments
        .common
        .on_threads(|| make(arguments, &scenario, &terminal))??;
    folder.write("learnt.json", learnt.as_bytes())?;
    write_all(&folder, &results)?;
    let words = || {
        format!(
            "{}\nEverything is in {}: open report.html first.\n",
            terminal_summary(&results),
            folder.path().display()
        )
    };
    let json = || export::summary_json(&results);
    Ok(terminal.answer(&arguments.common, json, words))
}

fn make(
    arguments: &Arguments,
    scenario: &Scenario,
    terminal: &Terminal,
) -> Result<(PlanResults, String), Failure> {
    terminal.stage("forecast");
    let demand = inputs::demand(scenario, arguments.common.quiet)?;
    let demand = if arguments.no_busyness {
        demand.exact()
    } else {
        demand
    };
    let start = arguments.start.from.as_deref();
    let start = start.map(|path| start_from(path, scenario)).transpose()?;
    let how = HowToPlan {
        rounds: arguments.rounds.max(1),
        days: arguments.days,
        later_plays: 0,
    };
    let (planned, facts) = planned(scenario, &demand, &arguments.search, &how, start, terminal)?;
    let learnt = learnt_json(scenario, &planned);
    Ok((publish(scenario, &demand, &planned, &facts), learnt))
}

/// How often is planned and played, beyond what the flags of every search say.
pub(super) struct HowToPlan {
    pub rounds: u32,
    /// Days to simulate at the end.
    pub days: usize,
    /// Plays that come after the plan.
    pub later_plays: usize,
}

/// A plan that keeps every rule, and the facts of its run.
pub(super) fn planned<const USUAL: u32>(
    scenario: &Scenario,
    demand: &Demand,
    search: &SearchFlags<USUAL>,
    how: &HowToPlan,
    start: Option<Start>,
    terminal: &Terminal,
) -> Result<(Planned, RunFacts), Failure> {
    let seed = search.seed.or(scenario.seed).unwrap_or(1);
    let plays = plans_in(how.days, scenario);
    let options = PlanOptions {
        gap: search.gap(),
        gap_by_steps: search.gap_by_steps(),
        effort: search.effort,
        seed,
        rounds: how.rounds,
        quick_plays: (plays / 2).clamp(20, 200),
        final_plays: plays,
        later_plays: how.later_plays,
        play: PlayOptions::default(),
    };
    let planned = plan(scenario, demand, &options, start, terminal).map_err(no_plan)?;
    keeps_every_rule(scenario, &planned.problem, &planned.solution.tours)?;
    terminal.stage("writing");
    let facts = RunFacts {
        seconds: terminal.seconds(),
        seed,
        stopped_by: stopped_by(planned.solution.ended, search, terminal),
        broken: Vec::new(),
    };
    Ok((planned, facts))
}

/// A roster to start from, and what the plan that wrote it has learnt.
fn start_from(path: &Path, scenario: &Scenario) -> Result<Start, Failure> {
    let (tours, of_these_weeks) =
        roster_file::read_start(path, scenario, &people_and_rules(scenario))?;
    Ok(Start {
        known: of_these_weeks.then(|| tours.clone()),
        ..start_at(tours, path, scenario)
    })
}

/// A start at these weeks, with what stands beside the roster from which they come.
pub(super) fn start_at(tours: Vec<Tour>, path: &Path, scenario: &Scenario) -> Start {
    let start = Start {
        roster: Warm::from_tours(tours),
        lessons: None,
        known: None,
        underway: None,
    };
    let Some(learnt) = roster_file::learnt_beside(path, scenario) else {
        return start;
    };
    let roster = start.roster.with_places(learnt.places);
    Start {
        roster: match learnt.prices {
            Some(prices) => roster.with_prices(prices),
            None => roster,
        },
        lessons: Some(learnt.lessons),
        ..start
    }
}

/// What a plan leaves.
pub(super) const FILES: [&str; 11] = [
    "learnt.json",
    "forecast.csv",
    "requirement.csv",
    "service.csv",
    "roster.csv",
    "payroll.csv",
    "balance.csv",
    "on_call.csv",
    "roster.xlsx",
    "report.html",
    "summary.json",
];
pub(super) const SUBFOLDERS: [&str; 1] = ["calendar"];

/// The checker has the last word: a roster that breaks a rule is never written.
pub(super) fn keeps_every_rule(
    scenario: &Scenario,
    problem: &Problem,
    tours: &[Tour],
) -> Result<(), Failure> {
    match check(problem, tours).as_slice() {
        [] => Ok(()),
        broken => Err(Failure::Impossible(no_roster(scenario, broken))),
    }
}

/// Why the best roster found may not be published: each week alone is possible, all of them together are not.
fn no_roster(scenario: &Scenario, broken: &[Broken]) -> String {
    let mut text =
        "no roster was found that keeps every hard rule; the best one breaks these:\n".to_owned();
    for broken in broken.iter().take(5) {
        let who = broken.person.map_or(String::new(), |person| {
            format!("{}: ", scenario.agents[person].id)
        });
        text += &format!("  {}: {who}{}\n", broken.rule, broken.text);
    }
    if broken.len() > 5 {
        text += &format!("  and {} more\n", broken.len() - 5);
    }
    let breaks = |rule: &str| broken.iter().any(|broken| broken.rule == rule);
    let hint = if breaks("cover") {
        let mut roles: Vec<String> = scenario
            .cover
            .iter()
            .filter(|cover| cover.hard)
            .map(|cover| cover.who.words(scenario))
            .collect();
        roles.dedup();
        format!(
            "the [[cover]] of {} is a hard rule: give more people the role, shorten its hours, or leave out hard = true",
            roles.join(" and ")
        )
    } else if breaks("seats") {
        "everybody must work the least days of their contract, and there are too few seats for that: give the site more seats, spread the starts (shift_starts, windows), or lower days_per_week".to_owned()
    } else {
        "more time may find one (--seconds); if it does not, loosen the rules that are named"
            .to_owned()
    };
    format!("{text}hint: {hint}")
}

/// Why there is no plan, for people.
pub(super) fn no_plan(error: PlanError) -> Failure {
    match error {
        PlanError::Impossible(why) => Failure::Impossible(why),
        other => Failure::input(other.to_string()),
    }
}

pub(super) fn write_all(folder: &Folder, results: &PlanResults) -> Result<(), Failure> {
    folder.write("forecast.csv", export::forecast_csv(results).as_bytes())?;
    folder.write(
        "requirement.csv",
        export::requirement_csv(results).as_bytes(),
    )?;
    // `roster` may have left one of another roster.
    folder.remove("coverage.csv");
    folder.write("service.csv", export::service_csv(results).as_bytes())?;
    let workbook = export::roster_xlsx(results, results.grid.start)
        .map_err(|error| Failure::input(format!("roster.xlsx: {error}")))?;
    folder.write("roster.xlsx", &workbook)?;
    write_people(folder, results)?;
    folder.write("report.html", report_html(results).as_bytes())?;
    // Last, so that whoever waits for it finds all the others.
    folder.write("summary.json", export::summary_json(results).as_bytes())
}

/// What people take away of any roster: shifts, pay, the balance for the next one, and calendars.
pub(super) fn write_people(folder: &Folder, results: &PlanResults) -> Result<(), Failure> {
    // Calendars say when the plan begins, not when it was made: the same plan gives the same bytes. One made anew is of the instant that it was asked at.
    let anew = results.replanned.as_ref().map(|replanned| replanned.now);
    let stamp = anew.unwrap_or(results.grid.start);
    folder.write("roster.csv", export::roster_csv(results).as_bytes())?;
    folder.write("payroll.csv", export::payroll_csv(results).as_bytes())?;
    folder.write("balance.csv", export::balance_csv(results).as_bytes())?;
    if results.on_call.is_empty() {
        folder.remove("on_call.csv");
    } else {
        folder.write("on_call.csv", export::on_call_csv(results).as_bytes())?;
    }
    folder.clear("calendar", "ics");
    let names = export::calendar_file_names(&results.people);
    for (person, name) in results.people.iter().zip(names) {
        let name = format!("calendar/{name}");
        folder.write(
            &name,
            export::agent_calendar(results, person, stamp).as_bytes(),
        )?;
    }
    Ok(())
}
