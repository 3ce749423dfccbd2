//! Cover and activities.

use super::Check;
use super::names::Found;
use super::values::owner;
use crate::calendar::OpeningHours;
use crate::scenario::diagnostic::{Code, nearest};
use crate::scenario::domain::{
    Activity, Agent, AgentFilter, AgentIndex, Cover, CoverNeed, CoverWho, Hire, LanguageIndex,
    RoleIndex, SiteIndex,
};
use crate::scenario::file::{ActivityTable, CoverTable, Names, Number, Tables, Text, WhoTable};
use crate::scenario::source::{Placed, Span};

/// The roles that people have or will have.
pub struct Taken {
    roles: Vec<RoleIndex>,
    /// Whether everybody is known.
    everybody: bool,
}

impl Check<'_> {
    /// Call after all people are known.
    pub fn taken_roles(&self, agents: &[Option<Agent>], hires: &[Option<Hire>]) -> Taken {
        Taken {
            roles: agents
                .iter()
                .flatten()
                .map(|agent| agent.role)
                .chain(hires.iter().flatten().map(|hire| hire.role))
                .collect(),
            everybody: self.known.agents_complete
                && agents.iter().all(Option::is_some)
                && hires.iter().all(Option::is_some),
        }
    }

    /// Call after all people are known: a role that nobody has is a mistake.
    pub fn cover(&mut self, tables: Tables<CoverTable>, taken: &Taken) -> Vec<Cover> {
        tables
            .unwrap_or_default()
            .into_iter()
            .filter_map(|table| self.one_cover(table, taken))
            .collect()
    }

    fn one_cover(&mut self, table: Placed<CoverTable>, taken: &Taken) -> Option<Cover> {
        let (span, table) = (table.span, table.value);
        let owner = owner("cover", &table.role);
        let keys = [&table.role, &table.language, &table.channel];
        let who = self.who_counts(span, "cover", keys, &table.seniority, taken)?;
        let need = self.cover_need(span, &owner, &table);
        let hours = match &table.hours {
            Some(hours) => self.hours("hours", hours),
            None => Some(OpeningHours::always()),
        };
        let site = self.site_of_cover(table.site)?;
        Some(Cover {
            who,
            need: need?,
            hours: hours?,
            site,
            hard: table.hard.unwrap_or(false),
        })
    }

    /// Who counts in a cover or stands by; `None` where it is not said, which is then reported.
    pub fn who_counts(
        &mut self,
        span: Span,
        table: &str,
        [role, language, channel]: [&Text; 3],
        seniority: &Number,
        taken: &Taken,
    ) -> Option<CoverWho> {
        let role = match role {
            Some(role) => Some(self.used_role(role, &taken.roles, taken.everybody)?),
            None => None,
        };
        let language = match language {
            Some(language) => {
                let at = self.word(language, "language", |known| &known.languages)?;
                Some(LanguageIndex(at))
            }
            None => None,
        };
        let channel = match channel {
            Some(channel) => Some(self.channel(channel)?),
            None => None,
        };
        let seniority = match seniority {
            Some(seniority) => Some(self.at_least("seniority", seniority, 0.0, false)?),
            None => None,
        };
        let who = CoverWho {
            role,
            language,
            channel,
            seniority,
        };
        if who != CoverWho::default() {
            return Some(who);
        }
        let spoilt = ["role", "language", "channel", "seniority"];
        if !spoilt.iter().any(|key| self.problems.is_spoilt(span, key)) {
            self.problems
                .error(
                    Code::MissingKey,
                    span,
                    format!(
                        "this [[{table}]] has no `role`, and no language, channel or seniority either"
                    ),
                )
                .hint("add: role = \"supervisor\", or language = \"de\"");
        }
        None
    }

    /// The site that something is for, if any; `None` where it is gone or wrong: what is for a site that is gone is gone too.
    pub fn site_of_cover(&mut self, site: Text) -> Option<Option<SiteIndex>> {
        match site {
            Some(site) if self.known.sites.find(site.value.trim()) == Found::Gone => None,
            Some(site) => {
                let at = self.known.sites.look_up(&site, self.problems)?;
                Some(Some(SiteIndex(at)))
            }
            None => Some(None),
        }
    }

    fn cover_need(&mut self, span: Span, owner: &str, table: &CoverTable) -> Option<CoverNeed> {
        let mut written = Vec::new();
        if let Some(number) = &table.min {
            let min = self.whole("min", number, 1..=100_000);
            written.push(min.map(CoverNeed::Min));
        }
        if let Some(number) = &table.one_per {
            let per = self.whole("one_per", number, 1..=100_000);
            written.push(per.map(CoverNeed::OnePer));
        }
        if let Some(number) = &table.max {
            let max = self.whole("max", number, 0..=100_000);
            written.push(max.map(CoverNeed::Max));
        }
        match written[..] {
            [need] => need,
            [] => {
                let spoilt = |key| self.problems.is_spoilt(span, key);
                if !spoilt("min") && !spoilt("one_per") && !spoilt("max") {
                    self.problems
                        .error(Code::MissingKey, span, format!("{owner} says not how many"))
                        .hint("add: min = 1, one_per = 12 or max = 2");
                }
                None
            }
            _ => {
                self.problems
                    .error(
                        Code::Contradiction,
                        span,
                        format!("{owner} has both: only one of `min`, `one_per` and `max`"),
                    )
                    .hint("write two [[cover]], one with each");
                None
            }
        }
    }

    /// A role that somebody has.
    fn used_role(
        &mut self,
        role: &Placed<String>,
        taken: &[RoleIndex],
        everybody: bool,
    ) -> Option<RoleIndex> {
        let name = role.value.trim();
        let roles = &self.known.roles;
        let at = roles
            .iter()
            .position(|known| known.eq_ignore_ascii_case(name));
        let index = at.map(RoleIndex).filter(|index| taken.contains(index));
        if index.is_none() && everybody {
            let known = roles
                .iter()
                .enumerate()
                .filter(|(at, _)| taken.contains(&RoleIndex(*at)))
                .map(|(_, name)| name.as_str());
            let hint = match nearest(name, known.clone()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!(
                    "roles that people have: {}",
                    known.collect::<Vec<_>>().join(", ")
                ),
            };
            self.problems
                .error(
                    Code::UnknownName,
                    role.span,
                    format!("nobody has the role \"{name}\""),
                )
                .hint(hint);
        }
        index
    }

    pub fn activities(&mut self, tables: Tables<ActivityTable>) -> Vec<Activity> {
        let tables = tables.unwrap_or_default();
        tables
            .into_iter()
            .filter_map(|table| self.activity(table))
            .collect()
    }

    fn activity(&mut self, table: Placed<ActivityTable>) -> Option<Activity> {
        let (span, table) = (table.span, table.value);
        let owner = owner("activity", &table.name);
        let name = self.need(span, &owner, "name", table.name);
        let length = self
            .need(span, &owner, "length", table.length)
            .and_then(|length| {
                self.positive_seconds("length", &length)?;
                self.minutes("length", &length)
            });
        let who = match table.who {
            Some(who) => self.who(who.value),
            None => AgentFilter::default(),
        };
        let times = table.times_per_week.map_or(Some(1), |times| {
            self.whole("times_per_week", &times, 1..=50)
        });
        let window = table
            .window
            .and_then(|window| self.hours("window", &window));
        Some(Activity {
            name: name?.value,
            length_minutes: length?,
            who,
            times_per_week: times?,
            window,
            together: table.together.unwrap_or(false),
            paid: table.paid.unwrap_or(true),
        })
    }

    fn who(&mut self, table: WhoTable) -> AgentFilter {
        let list = |names: Names| names.map(|names| names.names()).unwrap_or_default();
        let mut who = AgentFilter::default();
        for site in list(table.site) {
            let site = self.known.sites.look_up(&site, self.problems);
            who.sites.extend(site.map(SiteIndex));
        }
        for agent in list(table.agent) {
            match self.known.agents.find(agent.value.trim()) {
                Found::At(at) => who.agents.push(AgentIndex(at)),
                Found::Gone => {}
                Found::Unknown if !self.known.agents_complete => {}
                Found::Unknown => self.known.agents.report_unknown(&agent, self.problems),
            }
        }
        for language in list(table.language) {
            let at = self.word(&language, "language", |known| &known.languages);
            who.languages.extend(at.map(LanguageIndex));
        }
        for role in list(table.role) {
            let at = self.word(&role, "role", |known| &known.roles);
            who.roles.extend(at.map(RoleIndex));
        }
        who
    }

    /// The position of a language or role that somebody has.
    fn word(
        &mut self,
        word: &Placed<String>,
        kind: &str,
        list: impl Fn(&super::Known) -> &Vec<String>,
    ) -> Option<usize> {
        let known = list(&self.known);
        let at = known
            .iter()
            .position(|known| known.eq_ignore_ascii_case(word.value.trim()));
        if at.is_none() && self.known.agents_complete {
            let hint = match nearest(&word.value, known.iter().map(String::as_str)) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("known: {}", known.join(", ")),
            };
            self.problems
                .error(
                    Code::UnknownName,
                    word.span,
                    format!("nobody has the {kind} \"{}\"", word.value),
                )
                .hint(hint);
        }
        at
    }
}
