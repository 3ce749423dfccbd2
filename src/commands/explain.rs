//! `followsun explain`: why an interval is short, why a person works then, and what would mend it.

use std::path::PathBuf;
use std::process::ExitCode;

use chrono::NaiveDate;

use crate::calendar::Instant;
use crate::export::roster_csv;
use crate::planning::{
    Answer, Explainer, PlanError, explain_agent, explain_interval, explain_worth, learn_from,
    people_and_rules, under, with_roster,
};
use crate::roster::off_the_grid;
use crate::scenario::{Scenario, nearest, parse_instant, parse_local};

use super::exit::Failure;
use super::folder::Folder;
use super::{Common, inputs, roster_file};

/// Weeks of play that correct the formulas.
const WEEKS_PLAYED: usize = 100;

#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("question").required(true).args(["queue", "agent", "worth"]))]
pub struct Arguments {
    /// Folder with scenario.toml, or the file itself
    scenario: PathBuf,
    /// The roster to explain
    #[arg(long)]
    roster: PathBuf,
    /// Why is this queue short at the time given by --at?
    #[arg(long, requires = "at")]
    queue: Option<String>,
    /// A time of the plan: 2026-10-25T03:30 on the planner's clock, or 2026-10-25T00:30Z
    #[arg(long, requires = "queue", value_name = "T")]
    at: Option<String>,
    /// Why does this agent work when they do?
    #[arg(long)]
    agent: Option<String>,
    /// With --agent: this day alone, and who else could work then
    #[arg(long, requires = "agent")]
    date: Option<String>,
    /// What would one more person of each kind be worth, and which rule costs how much?
    #[arg(long)]
    worth: bool,
    /// Make the change offered under this number; needs --out
    #[arg(long, value_name = "N", requires = "out", allow_negative_numbers = true, value_parser = super::numbers::at_least_one)]
    apply: Option<usize>,
    /// Folder for the changed roster.csv
    #[arg(long, requires = "apply")]
    out: Option<PathBuf>,
    #[command(flatten)]
    common: Common,
}

pub fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let quiet = arguments.common.quiet || arguments.common.json;
    let scenario = inputs::scenario(&arguments.scenario, quiet)?;
    let question = question(arguments, &scenario)?;
    let demand = inputs::demand(&scenario, true)?;
    let wrong = |error: PlanError| Failure::input(error.to_string());
    let people = people_and_rules(&scenario);
    let tours = roster_file::read(&arguments.roster, &scenario, &people)?;
    let outside = off_the_grid(&people, &tours);
    if !outside.is_empty() {
        let who: Vec<&str> = outside
            .iter()
            .take(5)
            .map(|&person| scenario.agents[person].id.as_str())
            .collect();
        return Err(Failure::input(format!(
            "{}: shifts of {} do not lie within the plan ({} to {}) and on its {}-minute grid; explain the roster with the scenario that it was made for",
            arguments.roster.display(),
            who.join(", "),
            scenario.start,
            scenario.last_date(),
            people.slot_minutes
        )));
    }
    let seed = scenario.seed.unwrap_or(1);
    let lessons = match roster_file::learnt_beside(&arguments.roster, &scenario) {
        Some(learnt) => learnt.lessons,
        None => arguments
            .common
            .on_threads(|| learn_from(&scenario, &demand, &tours, WEEKS_PLAYED, seed))?
            .map_err(wrong)?,
    };
    let (staffing, problem) = under(&scenario, &demand, &lessons).map_err(wrong)?;
    let (answer, changed) = arguments.common.on_threads(|| {
        let mut explainer = Explainer::new(&scenario, &demand, &staffing, &problem, &tours);
        if !explainer.known.is_empty() && !quiet {
            eprintln!(
                "warning: the roster breaks {} hard rules already; an offer breaks none more\n   = hint: `followsun simulate` names them",
                explainer.known.len()
            );
        }
        let answer = match question {
            Question::Interval(queue, interval) => {
                explain_interval(&mut explainer, queue, interval)
            }
            Question::Agent(person, day) => explain_agent(&mut explainer, person, day),
            Question::Worth => explain_worth(&mut explainer),
        };
        let changed = arguments.apply.map(|number| {
            let offer = answer.offers.iter().find(|offer| offer.number == number);
            offer.map(|told| explainer.after(&told.offer))
        });
        (answer, changed)
    })?;
    if let Some(changed) = changed {
        let Some(tours) = changed else {
            return Err(Failure::input(format!(
                "--apply {}: {}",
                arguments.apply.unwrap_or(0),
                match answer.offers.len() {
                    0 => "nothing was offered".to_owned(),
                    most => format!("offers are numbered 1 to {most}"),
                }
            )));
        };
        let folder = arguments.out.as_deref().map(Folder::open).transpose()?;
        if let Some(folder) = folder {
            let results = with_roster(&scenario, &demand, &staffing, &problem, &tours);
            folder.write("roster.csv", roster_csv(&results).as_bytes())?;
        }
    }
    if arguments.common.json {
        let text = serde_json::to_string_pretty(&answer)
            .map_err(|error| Failure::input(error.to_string()))?;
        println!("{text}");
    } else if !arguments.common.quiet {
        print!("{}", in_words(&answer, arguments));
    }
    Ok(ExitCode::SUCCESS)
}

/// What is asked, in the scenario's numbers.
enum Question {
    Interval(usize, usize),
    Agent(usize, Option<usize>),
    Worth,
}

fn question(arguments: &Arguments, scenario: &Scenario) -> Result<Question, Failure> {
    if arguments.worth {
        return Ok(Question::Worth);
    }
    if let Some(id) = &arguments.queue {
        let queue = scenario.queues.iter().position(|queue| queue.id == *id);
        let queue = queue.ok_or_else(|| {
            unknown(
                "--queue",
                "queue",
                id,
                scenario.queues.iter().map(|q| q.id.as_str()),
            )
        })?;
        let text = arguments.at.as_deref().unwrap_or_default();
        let at = instant(scenario, text).ok_or_else(|| {
            Failure::input(format!(
                "--at {text}: this is no time; write 2026-10-25T03:30 on the clock of {}, or 2026-10-25T00:30Z",
                scenario.zone
            ))
        })?;
        let grid = scenario.grid();
        let interval = grid.index(at).ok_or_else(|| {
            Failure::input(format!(
                "--at {text}: the plan runs from {} to {}",
                scenario.zone.format(grid.start),
                scenario.zone.format(grid.end())
            ))
        })?;
        return Ok(Question::Interval(queue, interval));
    }
    let id = arguments.agent.as_deref().unwrap_or_default();
    let person = scenario.agents.iter().position(|agent| agent.id == id);
    let person = person.ok_or_else(|| {
        unknown(
            "--agent",
            "agent",
            id,
            scenario.agents.iter().map(|a| a.id.as_str()),
        )
    })?;
    let Some(text) = &arguments.date else {
        return Ok(Question::Agent(person, None));
    };
    let date: NaiveDate = text.parse().map_err(|_| {
        Failure::input(format!(
            "--date {text}: this is no date; write {}",
            scenario.start
        ))
    })?;
    let day = scenario
        .dates()
        .position(|day| day == date)
        .ok_or_else(|| {
            Failure::input(format!(
                "--date {text}: the plan runs from {} to {}",
                scenario.start,
                scenario.last_date()
            ))
        })?;
    Ok(Question::Agent(person, Some(day)))
}

fn instant(scenario: &Scenario, text: &str) -> Option<Instant> {
    parse_instant(text).or_else(|| parse_local(text).map(|local| scenario.zone.earliest(local)))
}

fn unknown<'a>(flag: &str, what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let hint =
        nearest(id, known).map_or(String::new(), |near| format!("; did you mean \"{near}\"?"));
    Failure::input(format!("{flag} {id}: there is no such {what}{hint}"))
}

fn in_words(answer: &Answer, arguments: &Arguments) -> String {
    let mut text = format!("{}\n\n", answer.about);
    for sentence in &answer.because {
        text += &wrapped(sentence, "", "  ");
    }
    if !answer.offers.is_empty() {
        text += "\nWhat could be changed within the rules, cheapest first:\n";
        for offer in &answer.offers {
            let cost = if offer.cost > 0.005 {
                format!("{:.2} dearer in all", offer.cost)
            } else if offer.cost < -0.005 {
                format!("{:.2} cheaper in all", -offer.cost)
            } else {
                "no dearer in all".to_owned()
            };
            let number = format!("{:>3}. ", offer.number);
            text += &wrapped(&offer.what, &number, "     ");
            text += &wrapped(&format!("{cost}: {}", offer.effect), "     ", "     ");
        }
        if arguments.apply.is_none() {
            text += "\nAdd --apply N --out FOLDER to make one of them.\n";
        }
    }
    text
}

/// Lines of at most 100 characters.
fn wrapped(text: &str, first: &str, rest: &str) -> String {
    const WIDTH: usize = 100;
    let mut out = String::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in text.split_whitespace() {
        if !empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out += &line;
            out.push('\n');
            line = rest.to_owned();
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line += word;
        empty = false;
    }
    out + &line + "\n"
}
