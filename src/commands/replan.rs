//! `followsun replan`: a roster that people have been told, made anew for who is absent and what has come today, with few changes.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{TimeDelta, Utc};

use crate::calendar::{Instant, parse_duration};
use crate::export;
use crate::planning::{
    Before, Demand, Start, Underway, Watcher, learnt_json, people_and_rules, publish, replanned,
    under_way,
};
use crate::report::{replanned_summary, terminal_summary};
use crate::results::PlanResults;
use crate::roster::problem::{ToldDuty, Tour};
use crate::scenario::domain::{Absence, AgentIndex};
use crate::scenario::{Scenario, parse_date, parse_instant};

use super::exit::Failure;
use super::folder::Folder;
use super::limits::SearchFlags;
use super::plan::{self, HowToPlan, planned, start_at, write_all};
use super::progress::Terminal;
use super::simulate::plans_in;
use super::{Common, inputs, roster_file};

/// Seconds allowed: whoever asks has somebody missing now.
const TO_REPLAN: u32 = 20;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    /// The roster that people have been told
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// Who is ill from now on: until the end of the day, or to the end of a date (a0027=2026-10-23); repeatable
    #[arg(long, value_name = "AGENT[=DATE]")]
    ill: Vec<String>,
    /// Absences that the scenario does not know yet, in the form of its own absences
    #[arg(long, value_name = "FILE")]
    absences: Option<PathBuf>,
    /// Contacts of today so far, in the form of a history: what is left is forecast anew
    #[arg(long, value_name = "FILE")]
    actuals: Option<PathBuf>,
    /// The instant at which this is asked, such as 2026-10-21T10:00Z [default: the clock]
    #[arg(long, value_name = "T")]
    now: Option<String>,
    /// How long before its start people must know of a shift: what starts sooner stays as it is
    #[arg(long, value_name = "TIME", default_value = "2h")]
    notice: String,
    /// Folder for the results
    #[arg(long, default_value = "replan")]
    out: PathBuf,
    #[command(flatten)]
    search: SearchFlags<TO_REPLAN>,
    /// Days to simulate at the end, in whole plans
    #[arg(long, default_value_t = 1400, allow_negative_numbers = true, value_parser = super::numbers::whole::<usize>)]
    days: usize,
    #[command(flatten)]
    common: Common,
}

/// What it leaves beside the files of a plan.
const FILES: [&str; 2] = ["changes.csv", "absences.csv"];

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let files = [plan::FILES.as_slice(), &FILES].concat();
    let folder = Folder::open_for(&arguments.out, &files, &plan::SUBFOLDERS)?;
    let terminal = Terminal::start(arguments.search.seconds(), arguments.common.quiet);
    terminal.stage("reading");
    let asked = read(arguments)?;
    let (results, learnt) = arguments
        .common
        .on_threads(|| make(arguments, &asked, &terminal))??;
    folder.write("learnt.json", learnt.as_bytes())?;
    if let Some(replanned) = &results.replanned {
        folder.write("changes.csv", export::changes_csv(replanned).as_bytes())?;
    }
    let absences = roster_file::absences_csv(&asked.scenario, &asked.absences);
    folder.write("absences.csv", absences.as_bytes())?;
    write_all(&folder, &results)?;
    let words = || {
        format!(
            "{}\n{}\nEverything is in {}: changes.csv says whom to tell, report.html shows it.\n",
            terminal_summary(&results),
            replanned_summary(&results),
            folder.path().display()
        )
    };
    let json = || export::summary_json(&results);
    Ok(terminal.answer(&arguments.common, json, words))
}

/// What is asked, read and found sound.
struct Asked {
    /// As the roster was made for.
    scenario: Scenario,
    roster: Vec<Tour>,
    duties: Vec<ToldDuty>,
    /// Unknown to the scenario.
    absences: Vec<Absence>,
    now: Instant,
    free_from: Instant,
}

/// Everything that is wrong with what was given is told at once.
fn read(arguments: &Arguments) -> Result<Asked, Failure> {
    let (scenario, mut absences) = inputs::scenario_and_absences(
        &arguments.scenario,
        arguments.absences.as_deref(),
        arguments.common.quiet,
    )?;
    let mut problems = Vec::new();
    let mut or_told = |problem: String| problems.push(problem);
    let now = match &arguments.now {
        None => Utc::now(),
        Some(text) => parse_instant(text).unwrap_or_else(|| {
            or_told(format!(
                "--now \"{text}\" is no instant; write 2026-10-21T10:00Z"
            ));
            scenario.grid().start
        }),
    };
    let end = scenario.grid().end();
    if now >= end {
        let given = if arguments.now.is_some() {
            ""
        } else {
            ", the clock's time,"
        };
        or_told(format!(
            "--now {}{given} is after the plan, which ends at {}: nothing of it is left to change; give the instant with --now",
            now.format("%Y-%m-%dT%H:%MZ"),
            end.format("%Y-%m-%dT%H:%MZ")
        ));
    }
    let notice = parse_duration(&arguments.notice).unwrap_or_else(|error| {
        or_told(format!(
            "--notice \"{}\": {error}; write it like 2h or 90m",
            arguments.notice
        ));
        0
    });
    let known = people_and_rules(&scenario);
    let mut roster = Vec::new();
    match roster_file::read_told(&arguments.roster, &scenario, &known) {
        Ok((tours, of_the_roster)) => {
            roster = tours;
            // What an earlier replan was told is still true.
            for absence in of_the_roster {
                let same = |known: &&Absence| known.overlaps(&absence);
                if !scenario
                    .absences
                    .iter()
                    .chain(&absences)
                    .any(|known| same(&known))
                {
                    absences.push(absence);
                }
            }
        }
        Err(Failure::Input(more)) => more.into_iter().for_each(&mut or_told),
        Err(other) => return Err(other),
    }
    let duties = match roster_file::duties_beside(&arguments.roster, &scenario, &known) {
        Ok(duties) => duties,
        Err(Failure::Input(more)) => {
            more.into_iter().for_each(&mut or_told);
            Vec::new()
        }
        Err(other) => return Err(other),
    };
    for text in &arguments.ill {
        match ill(&scenario, text, now) {
            Ok(absence) => {
                absences.retain(|known| !known.overlaps(&absence));
                absences.push(absence);
            }
            Err(problem) => or_told(problem),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::Input(problems));
    }
    absences.sort_by_key(|absence| (absence.agent, absence.from));
    let free_from = now + TimeDelta::seconds(notice as i64);
    Ok(Asked {
        scenario,
        roster,
        duties,
        absences,
        now,
        free_from,
    })
}

/// Somebody who is ill from `now` to the end of a local date.
fn ill(scenario: &Scenario, text: &str, now: Instant) -> Result<Absence, String> {
    let (id, date) = match text.split_once('=') {
        Some((id, date)) => (id.trim(), Some(date)),
        None => (text.trim(), None),
    };
    let agent = scenario.agents.iter().position(|agent| agent.id == id);
    let Some(agent) = agent else {
        return Err(format!(
            "--ill {text}: there is no agent \"{id}\" in the scenario"
        ));
    };
    let zone = &scenario.sites[scenario.agents[agent].site.0].zone;
    // Somebody who calls before the plan begins is ill in it.
    let from = now.max(zone.start_of_day(scenario.start));
    let first = zone.date(from);
    let last = match date {
        None => first,
        Some(date) => parse_date(date).filter(|date| *date >= first).ok_or_else(|| {
            format!("--ill {text}: \"{date}\" is no date from {first} on; write {id}={first}, the last day of it")
        })?,
    };
    let until = zone.start_of_day(last + TimeDelta::days(1));
    let absence = Absence {
        agent: AgentIndex(agent),
        from,
        until,
        dates: first.iter_days().take_while(|date| *date <= last).collect(),
        reason: "ill".to_owned(),
        paid: true,
    };
    match scenario
        .absences
        .iter()
        .find(|known| known.overlaps(&absence))
    {
        None => Ok(absence),
        Some(known) => Err(format!(
            "--ill {text}: \"{id}\" is absent then already ({}, until {}); nothing needs to be changed for that",
            known.reason,
            zone.format(known.until)
        )),
    }
}

fn make(
    arguments: &Arguments,
    asked: &Asked,
    terminal: &Terminal,
) -> Result<(PlanResults, String), Failure> {
    terminal.stage("forecast");
    let known = people_and_rules(&asked.scenario);
    let (scenario, underway) = under_way(
        &asked.scenario,
        &known,
        (&asked.roster, &asked.duties),
        asked.absences.clone(),
        (asked.now, asked.free_from),
    );
    let demand = demand(arguments, &scenario, asked.now)?;
    let start = Start {
        underway: Some(underway.clone()),
        ..start_at(underway.told.clone(), &arguments.roster, &scenario)
    };
    let plays = plans_in(arguments.days, &scenario).min(MOST_PLAYS);
    let how = HowToPlan {
        rounds: ROUNDS,
        days: arguments.days,
        later_plays: ROSTERS_COMPARED * plays,
    };
    let (planned, facts) = planned(
        &scenario,
        &demand,
        &arguments.search,
        &how,
        Some(start),
        terminal,
    )?;
    let mut results = publish(&scenario, &demand, &planned, &facts);
    let before = Before {
        scenario: &asked.scenario,
        roster: &asked.roster,
    };
    let what = (asked.now, plays, facts.seed);
    let replanned = replanned(
        &before, &scenario, &demand, &planned, &underway, &results, what,
    )
    .map_err(|error| Failure::input(error.to_string()))?;
    results.notes.extend(note_of_left(&scenario, &underway));
    results.replanned = Some(replanned);
    Ok((results, learnt_json(&scenario, &planned)))
}

/// Rounds of planning and playing where nothing was learnt yet.
const ROUNDS: u32 = 2;
/// Rosters that are laid side by side, each played at most so often.
const ROSTERS_COMPARED: usize = 3;
const MOST_PLAYS: usize = 100;

fn demand(arguments: &Arguments, scenario: &Scenario, now: Instant) -> Result<Demand, Failure> {
    let quiet = arguments.common.quiet;
    match &arguments.actuals {
        None => inputs::demand(scenario, quiet),
        Some(actuals) => inputs::demand_today(scenario, actuals, now, quiet),
    }
}

/// Says what becomes of the hours of people who went home.
fn note_of_left(scenario: &Scenario, underway: &Underway) -> Option<String> {
    let left = underway.lost.iter().filter(|lost| lost.left_at.is_some());
    let ids: Vec<&str> = left
        .map(|lost| scenario.agents[lost.agent.0].id.as_str())
        .collect();
    (!ids.is_empty()).then(|| {
        format!(
            "{} left in the middle of a shift: what was worked of it counts for service, but stands in no roster.csv; in payroll.csv the day is one of absence.",
            ids.join(", ")
        )
    })
}
