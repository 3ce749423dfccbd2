//! `followsun init`: a new scenario by questions.

use std::io::{BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use chrono::{Datelike, NaiveDate, TimeDelta, Utc};

use crate::calendar::{OpeningHours, Zone};
use crate::generate::{FirstChannel, FirstSite, FirstTeam, first_team};
use crate::scenario::{load, parse_date};

use super::exit::Failure;
use super::folder::Folder;

#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Folder of the new scenario; it must not hold anything yet
    folder: PathBuf,
    /// Ask nothing: a small team to be changed in its files
    #[arg(long)]
    defaults: bool,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let shown = arguments.folder.display();
    let holds_something = |mut entries: std::fs::ReadDir| entries.next().is_some();
    if arguments.folder.is_file() || std::fs::read_dir(&arguments.folder).is_ok_and(holds_something)
    {
        return Err(Failure::input(format!(
            "{shown}: there is something already, and nothing of yours is overwritten; give a new folder"
        )));
    }
    let mut questions = Questions {
        asks: !arguments.defaults,
        again: std::io::stdin().is_terminal(),
        asked: 0,
    };
    let team = team(&mut questions, &arguments.folder)?;
    let made = first_team(&team).map_err(|error| Failure::input(error.to_string()))?;
    let folder = Folder::open(&arguments.folder)?;
    for (name, text) in &made.files {
        folder.write(name, text.as_bytes())?;
    }
    load(&arguments.folder).map_err(|refused| Failure::Scenario(refused.problems, Vec::new()))?;
    let gap = if questions.asked > 0 { "\n" } else { "" };
    println!("{gap}{shown} is ready. Plan it at once, and open first-roster/report.html:\n");
    println!("    followsun plan {shown} --out first-roster --seconds 20\n");
    println!(
        "Then make it yours: names in agents.csv and contacts in history.csv (they are made up now), hours, targets and contracts in"
    );
    println!("scenario.toml. This says whether all is understood:\n\n    followsun check {shown}");
    Ok(ExitCode::SUCCESS)
}

fn team(questions: &mut Questions, folder: &std::path::Path) -> Result<FirstTeam, Failure> {
    let folder_name = folder
        .file_name()
        .map_or("My team".into(), |name| name.to_string_lossy().into_owned());
    let name = questions.ask("What is the team called?", &folder_name, plain)?;
    let monday = next_monday().to_string();
    let start = questions.ask("First day of the first plan, a Monday", &monday, a_monday)?;
    let zone = questions.ask(
        "Your time zone, as in Europe/Vilnius",
        "Europe/Vilnius",
        a_zone,
    )?;
    let currency = questions.ask("Currency of wages", "EUR", plain)?;
    let languages = questions.ask(
        "Which languages do customers use? As in: lt, en",
        "lt, en",
        words,
    )?;
    let channels = questions.ask(
        "How do they reach you? Of: phone, chat, email",
        "phone, email",
        channels,
    )?;
    let hours = questions.ask(
        "When are you open, on your customers' clock? As in: Mon-Fri 08:00-18:00, Sat 10:00-14:00, or 24/7",
        "Mon-Fri 08:00-18:00",
        opening_hours,
    )?;
    let contacts_per_week = questions.ask(
        "Roughly how many contacts a week in each language on each channel? (for made-up figures, until yours are there)",
        "300",
        |text| number(text, 1.0..=100_000.0),
    )?;
    let places = questions.ask(
        "Where do people work? Short names, as in: vilnius, athens",
        "vilnius",
        words,
    )?;
    let mut sites = Vec::new();
    for id in places {
        sites.push(FirstSite {
            zone: questions.ask(&format!("{id}: its time zone"), &zone, a_zone)?,
            country: questions.ask(
                &format!("{id}: its country, two letters, for public holidays"),
                "LT",
                country,
            )?,
            languages: questions.ask(
                &format!("{id}: languages that people there serve"),
                &languages.join(", "),
                |text| known_words(text, &languages),
            )?,
            people: questions.ask(&format!("{id}: how many people?"), "8", |text| {
                number(text, 1.0..=500.0).map(|people| people as u32)
            })?,
            id,
        });
    }
    let paid_hours_per_week = questions.ask("Paid hours of a full week", "40", |text| {
        number(text, 8.0..=48.0).map(|hours| hours as u32)
    })?;
    let cost_per_hour =
        questions.ask("What an hour costs", "15", |text| number(text, 0.01..=1e6))?;
    Ok(FirstTeam {
        name,
        start,
        zone,
        currency,
        sites,
        languages,
        channels,
        hours,
        contacts_per_week,
        paid_hours_per_week,
        cost_per_hour,
    })
}

/// Questions on standard error, answers from standard input, a line each; an empty line takes what stands in brackets.
struct Questions {
    asks: bool,
    /// Somebody sits there who can answer once more.
    again: bool,
    asked: usize,
}

impl Questions {
    /// An answer that `read` takes; it says what is wrong with one that it does not.
    fn ask<T>(
        &mut self,
        question: &str,
        usual: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<T, Failure> {
        let unusable = |why: String| Failure::input(format!("{question}: {why}"));
        if !self.asks {
            return read(usual).map_err(unusable);
        }
        loop {
            self.asked += 1;
            eprint!("{question} [{usual}]: ");
            // A terminal that takes no text will not give any either.
            let _ = std::io::stderr().flush();
            let mut line = String::new();
            let read_octets = std::io::stdin().lock().read_line(&mut line);
            read_octets.map_err(|error| unusable(error.to_string()))?;
            let answer = match line.trim() {
                "" => usual,
                answer => answer,
            };
            match read(answer) {
                Ok(value) => return Ok(value),
                Err(why) if self.again => eprintln!("  {why}"),
                Err(why) => return Err(unusable(format!("\"{answer}\": {why}"))),
            }
        }
    }
}

/// The Monday after next Friday noon, by which a roster is to be made.
fn next_monday() -> NaiveDate {
    let today = Utc::now().date_naive();
    today + TimeDelta::days(7 - i64::from(today.weekday().num_days_from_monday()))
}

fn plain(text: &str) -> Result<String, String> {
    match text.contains(['"', '\\']) || text.chars().any(char::is_control) {
        true => Err("write it without quotation marks and backslashes".to_owned()),
        false => Ok(text.to_owned()),
    }
}

fn a_monday(text: &str) -> Result<NaiveDate, String> {
    let date = parse_date(text).ok_or("write a date like 2026-11-30")?;
    match date.weekday() {
        chrono::Weekday::Mon => Ok(date),
        other => Err(format!(
            "{date} is a {other}; the Monday after it is {}",
            date + TimeDelta::days(7 - i64::from(other.num_days_from_monday()))
        )),
    }
}

fn a_zone(text: &str) -> Result<String, String> {
    let zone = Zone::named(text).map_err(|error| error.to_string())?;
    Ok(zone.name().to_owned())
}

fn opening_hours(text: &str) -> Result<String, String> {
    let hours = OpeningHours::parse(text).map_err(|error| error.to_string());
    hours.map(|_| text.to_owned())
}

fn country(text: &str) -> Result<String, String> {
    let two_letters = text.len() == 2 && text.chars().all(|letter| letter.is_ascii_alphabetic());
    match two_letters {
        true => Ok(text.to_uppercase()),
        false => Err("write two letters, such as LT, PL, GR or GB".to_owned()),
    }
}

/// Short names, at least one, none twice.
fn words(text: &str) -> Result<Vec<String>, String> {
    let mut found: Vec<String> = Vec::new();
    for word in text
        .split([',', ';'])
        .map(|word| word.trim().to_lowercase())
    {
        let fits = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
        if !fits {
            return Err(format!(
                "\"{word}\" is no short name: write letters, digits and - with commas between them"
            ));
        }
        if !found.contains(&word) {
            found.push(word);
        }
    }
    Ok(found)
}

fn known_words(text: &str, known: &[String]) -> Result<Vec<String>, String> {
    let found = words(text)?;
    match found.iter().find(|word| !known.contains(word)) {
        None => Ok(found),
        Some(word) => Err(format!("\"{word}\" is none of {}", known.join(", "))),
    }
}

fn channels(text: &str) -> Result<Vec<FirstChannel>, String> {
    let channel = |word: &String| {
        let mut all = FirstChannel::ALL.into_iter();
        let found = all.find(|channel| channel.name() == word.replace('-', ""));
        found.ok_or_else(|| format!("\"{word}\" is none of phone, chat, email"))
    };
    words(text)?.iter().map(channel).collect()
}

fn number(text: &str, range: std::ops::RangeInclusive<f64>) -> Result<f64, String> {
    let value: Option<f64> = text.replace(',', ".").parse().ok();
    value
        .filter(|value| range.contains(value))
        .ok_or_else(|| format!("write a number from {} to {}", range.start(), range.end()))
}
