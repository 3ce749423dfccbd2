//! `followsun export`: any roster as schedules, hours and premiums for payroll, calendars and spreadsheets.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use chrono::NaiveDate;
use clap::builder::{PossibleValue, PossibleValuesParser};

use crate::export::{FORMATS, Handed, Made, kinds_of_hours};
use crate::planning::{people_and_rules, publish_people};
use crate::results::PlanResults;
use crate::scenario::domain::Absence;
use crate::scenario::{Scenario, parse_date};

use super::csv_file::{self, Row};
use super::exit::Failure;
use super::folder::Folder;
use super::simulate::tell_broken;
use super::{inputs, roster_file};

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    /// The roster, as a plan wrote it or as somebody changed it
    #[arg(long, value_name = "FILE")]
    roster: PathBuf,
    /// What to make of it
    #[arg(long = "as", value_name = "FORMAT", value_parser = formats())]
    format: String,
    /// First date, on each person's clock [default: the plan's]
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Last date, on each person's clock [default: the plan's]
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// These people alone (repeatable)
    #[arg(long, value_name = "AGENT")]
    agent: Vec<String>,
    /// People of these sites alone (repeatable)
    #[arg(long, value_name = "SITE")]
    site: Vec<String>,
    /// For wages: a CSV file kind,code that says how the payroll program calls paid, night, saturday, sunday, holiday, overtime and absence
    #[arg(long, value_name = "FILE")]
    codes: Option<PathBuf>,
    /// File for it, or folder for calendars [default: what is text is printed]
    #[arg(long)]
    out: Option<PathBuf>,
    /// Say nothing but problems
    #[arg(long)]
    quiet: bool,
}

/// How the payroll program calls kinds of hours.
type Codes = BTreeMap<String, String>;

fn formats() -> PossibleValuesParser {
    let value = |format: &crate::export::Format| PossibleValue::new(format.name).help(format.what);
    PossibleValuesParser::new(FORMATS.iter().map(value))
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let scenario = inputs::scenario(&arguments.scenario, arguments.quiet)?;
    let (mut roster, dates, codes) = read(arguments, scenario)?;
    cut(&mut roster, &dates, &arguments.agent, &arguments.site);
    let format = FORMATS
        .iter()
        .find(|format| format.name == arguments.format);
    let format = format.expect("the argument's values are the formats' names");
    let handed = Handed {
        roster: &roster,
        dates: &dates,
        codes: &codes,
    };
    let made = (format.make)(&handed)
        .map_err(|error| Failure::input(format!("{}: {error}", format.name)))?;
    match (made, &arguments.out) {
        (Made::Text(text), Some(path)) => write_file(path, text.as_bytes())?,
        (Made::Binary(bytes), Some(path)) => write_file(path, &bytes)?,
        (Made::Folder(files), Some(path)) => {
            let folder = Folder::open(path)?;
            for (name, text) in files {
                folder.write(&name, text.as_bytes())?;
            }
        }
        (Made::Text(text), None) => {
            // Whoever closes the pipe has read enough.
            let _ = std::io::stdout().write_all(text.as_bytes());
        }
        (Made::Binary(_) | Made::Folder(_), None) => {
            return Err(Failure::input(format!(
                "--as {0} cannot be printed; say where it is to go: --out {0}{1}",
                format.name,
                if format.name == "workbook" {
                    ".xlsx"
                } else {
                    ""
                }
            )));
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let name = path.file_name().and_then(|name| name.to_str());
    let Some(name) = name.filter(|_| !path.is_dir()) else {
        return Err(Failure::input(format!(
            "{}: is a folder; give a file with --out",
            path.display()
        )));
    };
    Folder::open(path.parent().unwrap_or(Path::new("")))?.write(name, bytes)
}

/// Everything that is wrong with what was given is told at once.
fn read(
    arguments: &Arguments,
    mut scenario: Scenario,
) -> Result<(PlanResults, Vec<NaiveDate>, Codes), Failure> {
    let mut problems = Vec::new();
    for id in &arguments.agent {
        if !scenario.agents.iter().any(|agent| agent.id == *id) {
            problems.push(format!(
                "--agent {id}: there is no agent \"{id}\" in the scenario"
            ));
        }
    }
    for id in &arguments.site {
        let sites: Vec<&str> = scenario.sites.iter().map(|site| site.id.as_str()).collect();
        if !sites.contains(&id.as_str()) {
            problems.push(format!(
                "--site {id}: there is no such site; there are {}",
                sites.join(", ")
            ));
        }
    }
    let all: Vec<NaiveDate> = scenario.dates().collect();
    let mut date = |flag: &str, text: &Option<String>, usual: NaiveDate| match text {
        None => usual,
        Some(text) => parse_date(text).unwrap_or_else(|| {
            problems.push(format!("{flag} \"{text}\" is no date; write {usual}"));
            usual
        }),
    };
    let from = date("--from", &arguments.from, scenario.start);
    let to = date("--to", &arguments.to, scenario.last_date());
    let dates: Vec<NaiveDate> = all
        .into_iter()
        .filter(|date| (from..=to).contains(date))
        .collect();
    if dates.is_empty() {
        problems.push(format!(
            "--from {from} --to {to}: no date of the plan lies there; it has {} to {}",
            scenario.start,
            scenario.last_date()
        ));
    }
    let mut codes = BTreeMap::new();
    match arguments.codes.as_deref().map(read_codes).transpose() {
        Ok(read) => codes = read.unwrap_or_default(),
        Err(failure) => add(failure, &mut problems)?,
    }
    let problem = people_and_rules(&scenario);
    match roster_file::read_told(&arguments.roster, &scenario, &problem) {
        Ok((tours, absences)) if problems.is_empty() => {
            // A roster that was mended knows who is ill; the scenario does not.
            let is_new = |absence: &Absence| {
                let mut known = scenario.absences.iter();
                !known.any(|known| known.overlaps(absence))
            };
            let new: Vec<Absence> = absences.into_iter().filter(is_new).collect();
            scenario.absences.extend(new);
            let mut problem = people_and_rules(&scenario);
            problem.told_duties =
                roster_file::duties_beside(&arguments.roster, &scenario, &problem)?;
            if !arguments.quiet {
                tell_broken(&scenario, &problem, &tours);
            }
            let roster = publish_people(&scenario, &problem, &tours);
            return Ok((roster, dates, codes));
        }
        Ok(_) => {}
        Err(failure) => add(failure, &mut problems)?,
    }
    Err(Failure::Input(problems))
}

/// Adds what is wrong with a file to what is wrong besides; what is no such problem ends all.
fn add(failure: Failure, problems: &mut Vec<String>) -> Result<(), Failure> {
    match failure {
        Failure::Input(more) => {
            problems.extend(more);
            Ok(())
        }
        other => Err(other),
    }
}

/// Codes by kind of hours.
fn read_codes(path: &Path) -> Result<Codes, Failure> {
    let (mut codes, mut problems) = (BTreeMap::new(), Vec::new());
    for Row {
        place,
        fields: [kind, code],
    } in csv_file::rows(path, "pay codes", "--codes", ["kind", "code"])?
    {
        if kinds_of_hours().any(|known| known == kind) {
            codes.insert(kind, code);
        } else {
            let known: Vec<&str> = kinds_of_hours().collect();
            problems.push(format!(
                "{place}: \"{kind}\" is no kind of hours; there are {}",
                known.join(", ")
            ));
        }
    }
    match problems.is_empty() {
        true => Ok(codes),
        false => Err(Failure::Input(problems)),
    }
}

/// Leaves the people and dates asked for. Overtime has been told of whole weeks by then.
fn cut(roster: &mut PlanResults, dates: &[NaiveDate], agents: &[String], sites: &[String]) {
    let asked = |id: &String, site: &String| {
        (agents.is_empty() || agents.contains(id)) && (sites.is_empty() || sites.contains(site))
    };
    roster
        .people
        .retain(|person| asked(&person.id, &person.site));
    roster
        .payroll
        .retain(|row| asked(&row.agent, &row.site) && dates.contains(&row.date));
    for person in &mut roster.people {
        let zone = person.zone.clone();
        person
            .shifts
            .retain(|shift| dates.contains(&shift.date(&zone)));
        person.absences.retain(|absence| {
            let last = zone.date(absence.end - chrono::TimeDelta::seconds(1));
            dates
                .iter()
                .any(|date| (zone.date(absence.start)..=last).contains(date))
        });
    }
    let people = &roster.people;
    roster.on_call.retain(|row| {
        let person = people
            .iter()
            .find(|person| Some(&person.id) == row.agent.as_ref());
        person.is_some_and(|person| dates.contains(&person.zone.date(row.start)))
    });
}
