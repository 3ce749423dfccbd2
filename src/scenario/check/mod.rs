//! From what was written to what is meant: every value is checked, every name resolved, and every problem collected.

mod absences;
mod agents;
mod balance;
mod coherence;
mod contract;
mod day_terms;
mod demand;
mod events;
mod examples;
mod feasible;
mod key_spans;
mod law;
mod law_of_days;
mod leavers;
mod locked;
mod names;
mod on_call;
mod pairs;
mod people;
mod requests;
mod shape;
mod shifts;
mod terms;
mod times;
mod top;
mod values;
mod words;
mod work;

use std::path::{Path, PathBuf};

use super::csv::{Table, decode};
use super::diagnostic::{Code, Problems};
use super::domain::{
    Absence, Agent, AgentIndex, CoverWho, Event, FixedShift, HistorySource, LanguageIndex,
    RoleIndex, Scenario, Site,
};
use super::file::ScenarioFile;
use super::files::{Files, tidy};
use super::source::{Placed, Sources, Span};
use super::tree::Removed;

pub use shape::report_shape;
pub use times::{parse_date, parse_instant, parse_local};

use leavers::leave;
use names::Names;

/// What checking needs at hand, and what it has found.
pub struct Check<'a> {
    pub files: &'a dyn Files,
    pub sources: &'a mut Sources,
    pub problems: &'a mut Problems,
    pub removed: &'a Removed,
    known: Known,
}

/// The history that a scenario asks for, known also where the scenario itself is wrong.
#[derive(Debug)]
pub struct HistoryAsked {
    pub source: HistorySource,
    /// Ids of the scenario's queues.
    pub queues: Vec<String>,
}

/// Names that tables refer to, and the words that are numbered as they appear.
#[derive(Default)]
struct Known {
    queues: Names,
    sites: Names,
    contracts: Names,
    agents: Names,
    /// False where the agents file could not be read, so that its people are not reported as unknown.
    agents_complete: bool,
    languages: Vec<String>,
    roles: Vec<String>,
    /// Where the keys of each contract are written.
    contract_keys: Vec<law::KeySpans>,
    history: Option<HistoryAsked>,
}

/// What a check yields.
#[derive(Default)]
pub struct Checked {
    /// `None` where there is an error.
    pub scenario: Option<Scenario>,
    /// The history that it asks for, in either case.
    pub history: Option<HistoryAsked>,
    /// Absences of the file beside the scenario.
    pub later_absences: Vec<Absence>,
}

/// Checks a whole scenario, and a file of absences beside it that came to be known later.
pub fn check(
    file: ScenarioFile,
    later_absences: Option<&Path>,
    files: &dyn Files,
    sources: &mut Sources,
    problems: &mut Problems,
    removed: &Removed,
) -> Checked {
    let mut check = Check {
        files,
        sources,
        problems,
        removed,
        known: Known::default(),
    };
    let (scenario, later_absences) = match check.scenario(file, later_absences) {
        Some((scenario, later)) => (Some(scenario), later),
        None => (None, Vec::new()),
    };
    Checked {
        scenario: scenario.filter(|_| !check.problems.any_error()),
        history: check.known.history,
        later_absences,
    }
}

impl Check<'_> {
    fn scenario(
        &mut self,
        file: ScenarioFile,
        later_absences: Option<&Path>,
    ) -> Option<(Scenario, Vec<Absence>)> {
        let root = Span::ROOT;
        self.known.roles.push("agent".to_owned());
        self.known.queues = self.names("queue", &file.queue, |table| &table.id);
        self.known.sites = self.names("site", &file.site, |table| &table.id);
        self.known.contracts = self.names("contract", &file.contract, |table| &table.id);
        let top = self.top(&file, root);
        let calendar = top.calendar();
        let holidays = self.holidays(file.holiday);
        let queues = self.queues(file.queue, &holidays);
        let sites = self.sites(file.site, &holidays);
        let contracts = self.contracts(file.contract, top.interval_minutes.unwrap_or(5));
        let staff = file.staff;
        let agents = self.agents(&staff, file.agent, root);
        let zones = values::Zones::new(&agents, &sites);
        let staff = staff.map(|staff| staff.value).unwrap_or_default();
        let leavers = self.leavers(&staff, top.start);
        let absences = staff.absences.and_then(|path| self.csv("absences", &path));
        let absences = self.absences(absences, &[], &zones, calendar.as_ref());
        let later = later_absences.and_then(|path| self.csv_at("--absences", path, root));
        let later = self.absences(later, &absences, &zones, calendar.as_ref());
        let requests = self.requests(staff.requests, &zones, calendar.as_ref());
        let locked = self.fixed_shifts(staff.locked, &zones, calendar.as_ref(), false);
        let previous = self.fixed_shifts(staff.previous, &zones, calendar.as_ref(), true);
        let balance = self.balance(staff.balance, top.start);
        let hires = self.hires(file.hire);
        let pairs = self.pairs(file.pair);
        let taken = self.taken_roles(&agents, &hires);
        let cover = self.cover(file.cover, &taken);
        let on_call = self.on_call(file.on_call, &taken);
        let activities = self.activities(file.activity);
        let events = self.events(file.event, &queues, calendar.as_ref());
        let changes = self.changes(file.change);
        let shrinkage = self.shrinkage(file.shrinkage);
        let objective = self.objective(file.objective);
        let history = self.history(file.history);
        self.known.history = history.clone().map(|source| HistoryAsked {
            source,
            queues: self.known.queues.list().to_vec(),
        });
        self.history_needed(root, history.is_some(), &queues);
        let asked: Vec<CoverWho> = cover
            .iter()
            .map(|cover| cover.who)
            .chain(on_call.iter().map(|on_call| on_call.who))
            .collect();
        self.who_serves(&queues, &agents, &hires, &asked, calendar.as_ref());
        self.windows(&agents, &contracts);
        let keys = std::mem::take(&mut self.known.contract_keys);
        self.looser_than_law(&agents, &sites, &contracts, &keys);
        self.locked_rules(&locked, &previous, &absences, &agents, &contracts, &zones);
        self.wishes_against_facts(&requests, &absences, &locked, &zones);
        let mut agents: Vec<Agent> = agents.into_iter().collect::<Option<_>>()?;
        let locked: Vec<FixedShift> = locked.into_iter().map(|shift| shift.value).collect();
        let leavers = leavers
            .zip(calendar.as_ref())
            .map(|(leavers, calendar)| leave(&mut agents, leavers, calendar.last, &locked));
        let sites: Vec<Site> = sites.into_iter().collect::<Option<_>>()?;
        let mut absences: Vec<Absence> =
            absences.into_iter().map(|absence| absence.value).collect();
        absences.extend(site_absences(&events, &agents, &sites));
        let scenario = Scenario {
            name: top.name,
            start: top.start?,
            weeks: top.weeks?,
            interval_minutes: top.interval_minutes?,
            zone: top.zone?,
            currency: top.currency,
            seed: top.seed,
            history,
            languages: std::mem::take(&mut self.known.languages),
            roles: std::mem::take(&mut self.known.roles),
            queues: queues.into_iter().collect::<Option<_>>()?,
            sites,
            contracts: contracts.into_iter().collect::<Option<_>>()?,
            agents,
            leavers,
            shrinkage,
            absences,
            requests: requests.into_iter().map(|request| request.value).collect(),
            locked,
            previous: previous.into_iter().map(|shift| shift.value).collect(),
            balance,
            cover,
            pairs,
            on_call,
            activities,
            events,
            changes,
            hires: hires.into_iter().collect::<Option<_>>()?,
            objective,
        };
        let later = later.into_iter().map(|absence| absence.value);
        Some((scenario, later.collect()))
    }

    fn names<T>(
        &self,
        kind: &'static str,
        tables: &super::file::Tables<T>,
        id: impl Fn(&T) -> &super::file::Text,
    ) -> Names {
        let ids = tables.iter().flatten().map(|table| {
            id(&table.value)
                .as_ref()
                .map(|id| id.value.trim().to_owned())
                .unwrap_or_default()
        });
        Names::new(kind, ids.collect(), self.gone(kind))
    }

    fn gone(&self, kind: &str) -> Vec<String> {
        let gone = self.removed.ids.iter().filter(|(known, _)| known == kind);
        gone.map(|(_, id)| id.clone()).collect()
    }

    /// The number of a language; the same word in other letters is the same language.
    fn language(&mut self, name: &str) -> LanguageIndex {
        LanguageIndex(number_of(&mut self.known.languages, name))
    }

    fn role(&mut self, name: &str) -> RoleIndex {
        RoleIndex(number_of(&mut self.known.roles, name))
    }

    /// The path that a scenario names, from the folder of the file that names it.
    fn path(&self, path: &Placed<String>) -> PathBuf {
        tidy(&self.sources.folder(path.span.file).join(path.value.trim()))
    }

    /// Reads and splits a CSV file; `None` where it cannot be read, which is then reported.
    fn csv(&mut self, key: &str, path: &Placed<String>) -> Option<Table> {
        let full = self.path(path);
        self.csv_at(key, &full, path.span)
    }

    /// The same of a file named at a place.
    fn csv_at(&mut self, key: &str, full: &Path, place: Span) -> Option<Table> {
        let bytes = match self.files.read(full) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.report_missing_file(key, full, place, &error);
                return None;
            }
        };
        if bytes.len() > u32::MAX as usize / 2 {
            self.problems
                .error(
                    Code::BadValue,
                    place,
                    format!("{} is too large", full.display()),
                )
                .hint("a file about people has less than 2 GB");
            return None;
        }
        let (text, is_utf8) = decode(&bytes);
        let number = self.sources.add(full, text);
        if !is_utf8 {
            let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
            self.problems
                .error(
                    Code::Encoding,
                    place,
                    format!(
                        "{} is not UTF-8 text{}",
                        full.display(),
                        if utf16 { " but UTF-16" } else { "" }
                    ),
                )
                .hint("save it as \"CSV UTF-8\" (Excel: Save As, type CSV UTF-8)");
            return None;
        }
        let text = self.sources.file(number).text.clone();
        Some(Table::parse(number, &text, self.problems))
    }

    fn report_missing_file(&mut self, key: &str, full: &Path, place: Span, error: &std::io::Error) {
        let (message, hint) = if self.files.is_folder(full) {
            (
                format!("{} is a folder, not a file", full.display()),
                format!("`{key}` names one file"),
            )
        } else if error.kind() == std::io::ErrorKind::NotFound {
            (
                format!("there is no file {}", full.display()),
                match place == Span::ROOT {
                    true => format!("check the path after {key}"),
                    false => "paths are relative to the scenario file that names them".to_owned(),
                },
            )
        } else {
            (
                format!("{} cannot be read: {error}", full.display()),
                "check who may read it".to_owned(),
            )
        };
        self.problems.error(Code::NoFile, place, message).hint(hint);
    }
}

fn number_of(list: &mut Vec<String>, name: &str) -> usize {
    let name = name.trim();
    let same = |known: &String| known.eq_ignore_ascii_case(name);
    list.iter().position(same).unwrap_or_else(|| {
        list.push(name.to_owned());
        list.len() - 1
    })
}

/// Whom events keep away whose site is down.
fn site_absences(events: &[Event], agents: &[Agent], sites: &[Site]) -> Vec<Absence> {
    let mut absences = Vec::new();
    for event in events {
        let there = agents
            .iter()
            .enumerate()
            .filter(|(_, agent)| event.site == Some(agent.site));
        absences.extend(
            there.map(|(index, agent)| event.absence(AgentIndex(index), &sites[agent.site.0].zone)),
        );
    }
    absences
}
