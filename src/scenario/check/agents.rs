//! The people of the agents file, as `[[agent]]` changes them.

use std::collections::BTreeMap;

use super::Check;
use super::names::{Found, Names};
use crate::scenario::csv::{Row, Table};
use crate::scenario::diagnostic::{Code, nearest};
use crate::scenario::domain::{Agent, ContractIndex, SiteIndex};
use crate::scenario::file::{AgentTable, StaffTable, Tables, Text};
use crate::scenario::source::{Placed, Span};

const NEEDED: [&str; 5] = ["id", "site", "contract", "languages", "channels"];
const OPTIONAL: [&str; 9] = [
    "name",
    "role",
    "window",
    "from",
    "until",
    "cost_per_hour",
    "seniority",
    "pattern_week",
    "protection",
];

/// A person before anything is checked.
struct Draft {
    span: Span,
    id: Placed<String>,
    name: Text,
    site: Text,
    contract: Text,
    role: Text,
    languages: Option<Vec<Placed<String>>>,
    channels: Option<Vec<Placed<String>>>,
    window: Text,
    from: Text,
    until: Text,
    cost_per_hour: Option<Placed<f64>>,
    seniority: Option<Placed<f64>>,
    pattern_week: Option<Placed<f64>>,
    protection: Option<Vec<Placed<String>>>,
}

impl Check<'_> {
    /// The agents; their names are known from here on.
    pub fn agents(
        &mut self,
        staff: &Option<Placed<StaffTable>>,
        changes: Tables<AgentTable>,
        root: Span,
    ) -> Vec<Option<Agent>> {
        let mut drafts = Vec::new();
        let mut complete = true;
        match staff {
            None => {
                if changes.is_none() && !self.problems.is_spoilt(root, "staff") {
                    self.problems
                        .error(Code::MissingKey, Span::ROOT, "the scenario has no [staff]")
                        .hint("add: [staff] with agents = \"agents.csv\"");
                }
            }
            Some(staff) => {
                let mut path = staff.value.agents.clone();
                if path.is_none() && changes.is_none() {
                    path = self.need(staff.span, "[staff]", "agents", path);
                }
                complete = path.is_some() || changes.is_some();
                if let Some(path) = path {
                    match self.csv("agents", &path) {
                        Some(table) => complete = self.drafts(&table, &mut drafts),
                        None => complete = false,
                    }
                }
            }
        }
        let gone = self.change_drafts(&mut drafts, changes.unwrap_or_default(), complete);
        if drafts.is_empty() && complete && staff.is_some() {
            let message = "nobody is on the roster: the agents file has no rows";
            self.problems
                .error(Code::MissingKey, Span::ROOT, message)
                .hint(format!(
                    "its header is {},{}",
                    NEEDED.join(","),
                    OPTIONAL.join(",")
                ));
        }
        let ids = drafts.iter().map(|draft| draft.id.value.clone());
        self.known.agents = Names::new("agent", ids.collect(), gone);
        self.known.agents_complete = complete;
        drafts.into_iter().map(|draft| self.agent(draft)).collect()
    }

    fn drafts(&mut self, table: &Table, drafts: &mut Vec<Draft>) -> bool {
        if !table.expect(&NEEDED, &OPTIONAL, self.problems) {
            return false;
        }
        let mut lines: BTreeMap<String, usize> = BTreeMap::new();
        let mut complete = true;
        for row in table.rows() {
            let Some(id) = table.get(row, "id").cloned() else {
                self.problems
                    .error(Code::MissingKey, row.span, "this row has no id")
                    .hint("give every person an id of their own")
                    .alike("id");
                complete = false;
                continue;
            };
            let line = self.sources.place(id.span).line as usize;
            if let Some(first) = lines.insert(id.value.clone(), line) {
                self.problems
                    .error(
                        Code::DuplicateId,
                        id.span,
                        format!(
                            "there are two agents \"{}\"; the other one is in line {first}",
                            id.value
                        ),
                    )
                    .hint("give every person an id of their own")
                    .alike("agent");
                continue;
            }
            let field = |column: &str| table.get(row, column).cloned();
            drafts.push(Draft {
                span: row.span,
                name: field("name"),
                site: field("site"),
                contract: field("contract"),
                role: field("role"),
                languages: field("languages").map(|list| self.split(&list)),
                channels: field("channels").map(|list| self.split(&list)),
                window: field("window"),
                from: field("from"),
                until: field("until"),
                cost_per_hour: self.number_field(table, row, "cost_per_hour"),
                seniority: self.number_field(table, row, "seniority"),
                pattern_week: self.number_field(table, row, "pattern_week"),
                protection: field("protection").map(|list| self.split(&list)),
                id,
            });
        }
        complete
    }

    /// A number in a CSV field.
    pub fn number_field(&mut self, table: &Table, row: &Row, column: &str) -> Option<Placed<f64>> {
        let field = table.get(row, column)?;
        match field.value.parse::<f64>() {
            Ok(number) => Some(Placed::new(field.span, number)),
            Err(_) => {
                let hint = if field.value.replacen(',', ".", 1).parse::<f64>().is_ok() {
                    format!(
                        "write the decimals with a point: {}",
                        field.value.replacen(',', ".", 1)
                    )
                } else {
                    "write digits alone, such as 2 or 14.50".to_owned()
                };
                self.problems
                    .error(
                        Code::BadValue,
                        field.span,
                        format!("`{column}`: \"{}\" is not a number", field.value),
                    )
                    .hint(hint)
                    .alike(column);
                None
            }
        }
    }

    /// The parts of a list field, each with its place.
    fn split(&self, list: &Placed<String>) -> Vec<Placed<String>> {
        let quoted = self.sources.text(list.span).starts_with('"');
        let mut at = list.span.start + u32::from(quoted);
        let mut parts = Vec::new();
        for part in list.value.split([';', '|', ',']) {
            let trimmed = part.trim();
            let start = at + (part.len() - part.trim_start().len()) as u32;
            let end = start + trimmed.len() as u32;
            if !trimmed.is_empty() {
                let span = Span {
                    start,
                    end,
                    ..list.span
                };
                parts.push(Placed::new(span, trimmed.to_owned()));
            }
            at += part.len() as u32 + 1;
        }
        parts
    }

    /// Applies the `[[agent]]` tables; gives the ids of those who were taken away.
    fn change_drafts(
        &mut self,
        drafts: &mut Vec<Draft>,
        changes: Vec<Placed<AgentTable>>,
        complete: bool,
    ) -> Vec<String> {
        let mut gone = Vec::new();
        for Placed { span, value: table } in changes {
            let Some(id) = self.id(span, "this [[agent]]", table.id) else {
                continue;
            };
            let at = drafts.iter().position(|draft| draft.id.value == id.value);
            if table.remove.is_some_and(|remove| remove.value) {
                match at {
                    Some(at) => {
                        drafts.remove(at);
                        gone.push(id.value);
                    }
                    None if complete => {
                        let known = drafts.iter().map(|draft| draft.id.value.as_str());
                        let hint = nearest(&id.value, known)
                            .map(|near| format!("did you mean \"{near}\"?"));
                        self.problems
                            .error(
                                Code::NothingToRemove,
                                id.span,
                                format!("there is no agent \"{}\" to remove", id.value),
                            )
                            .hint("the id must be one of the agents file")
                            .hint_if(hint);
                    }
                    None => {}
                }
                continue;
            }
            let over = Draft {
                span,
                name: table.name,
                site: table.site,
                contract: table.contract,
                role: table.role,
                languages: table.languages.map(|names| self.parts(names.names())),
                channels: table.channels.map(|names| self.parts(names.names())),
                window: table.window,
                from: table.from,
                until: table.until,
                cost_per_hour: table.cost_per_hour,
                seniority: table.seniority,
                pattern_week: table.pattern_week,
                protection: table.protection.map(|names| self.parts(names.names())),
                id,
            };
            match at {
                Some(at) => drafts[at].take(over),
                None => drafts.push(over),
            }
        }
        gone
    }

    fn parts(&self, names: Vec<Placed<String>>) -> Vec<Placed<String>> {
        names.iter().flat_map(|name| self.split(name)).collect()
    }

    fn agent(&mut self, draft: Draft) -> Option<Agent> {
        let id = draft.id.value.clone();
        let site = self.known_one(&draft, "site", &draft.site);
        let contract = self.known_one(&draft, "contract", &draft.contract);
        let role = match &draft.role {
            Some(role) => self.role(&role.value.to_lowercase()),
            None => self.role("agent"),
        };
        let languages = self.languages(draft.languages.as_deref().unwrap_or_default());
        let channels = self.channels(draft.channels.as_deref().unwrap_or_default());
        let window = draft
            .window
            .as_ref()
            .and_then(|window| self.daily_window(window));
        let (from, until) = self.employment(draft.from.as_ref(), draft.until.as_ref(), draft.span);
        let mut number = |key: &str, number: &Option<Placed<f64>>| {
            self.at_least(key, number.as_ref()?, 0.0, false)
        };
        let cost_per_hour = number("cost_per_hour", &draft.cost_per_hour);
        let seniority = number("seniority", &draft.seniority);
        let pattern_ahead = match &draft.pattern_week {
            Some(week) => self
                .at_least("pattern_week", week, 1.0, false)
                .map_or(0, |week| week.min(1e6) as u32 - 1),
            None => 0,
        };
        let mut protection = Vec::new();
        for word in draft.protection.as_deref().unwrap_or_default() {
            protection.extend(self.protection(word));
        }
        protection.sort_unstable();
        protection.dedup();
        Some(Agent {
            name: draft.name.map_or_else(|| id.clone(), |name| name.value),
            id,
            site: SiteIndex(site?),
            contract: ContractIndex(contract?),
            role,
            languages,
            channels,
            window,
            from,
            until,
            cost_per_hour,
            seniority,
            pattern_ahead,
            protection,
            ramp: Vec::new(),
            place: self.sources.place(draft.id.span),
        })
    }

    /// The position of the agent's site or contract, which must be there.
    fn known_one(&mut self, draft: &Draft, column: &str, name: &Text) -> Option<usize> {
        let Some(name) = name else {
            self.problems
                .error(
                    Code::MissingKey,
                    draft.id.span,
                    format!("agent \"{}\" has no {column}", draft.id.value),
                )
                .hint(format!(
                    "write the id of a [[{column}]] in the column \"{column}\""
                ))
                .alike(column);
            return None;
        };
        let names = if column == "site" {
            &self.known.sites
        } else {
            &self.known.contracts
        };
        names.look_up(name, self.problems)
    }

    /// The agent of a row of another file; those who were taken away are passed over.
    pub fn agent_of(&mut self, table: &Table, row: &Row) -> Option<usize> {
        let Some(name) = table.get(row, "agent").cloned() else {
            self.problems
                .error(Code::MissingKey, row.span, "this row names no agent")
                .hint("write the id of an agent in the column \"agent\"")
                .alike("agent");
            return None;
        };
        match self.known.agents.find(&name.value) {
            Found::At(at) => Some(at),
            Found::Gone => None,
            Found::Unknown => {
                if self.known.agents_complete {
                    self.known.agents.warn_unknown(&name, self.problems);
                }
                None
            }
        }
    }
}

impl Draft {
    /// Key by key: what `over` has goes before.
    fn take(&mut self, over: Draft) {
        fn one<T>(known: &mut Option<T>, over: Option<T>) {
            if over.is_some() {
                *known = over;
            }
        }
        one(&mut self.name, over.name);
        one(&mut self.site, over.site);
        one(&mut self.contract, over.contract);
        one(&mut self.role, over.role);
        one(&mut self.languages, over.languages);
        one(&mut self.channels, over.channels);
        one(&mut self.window, over.window);
        one(&mut self.from, over.from);
        one(&mut self.until, over.until);
        one(&mut self.cost_per_hour, over.cost_per_hour);
        one(&mut self.seniority, over.seniority);
        one(&mut self.pattern_week, over.pattern_week);
        one(&mut self.protection, over.protection);
    }
}
