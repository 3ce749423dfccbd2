//! Cover and activities.

use super::Check;
use super::names::Found;
use super::values::owner;
use crate::calendar::OpeningHours;
use crate::scenario::diagnostic::{Code, nearest};
use crate::scenario::domain::{
    Activity, Agent, AgentFilter, AgentIndex, Cover, CoverNeed, Hire, LanguageIndex, RoleIndex,
    SiteIndex,
};
use crate::scenario::file::{ActivityTable, CoverTable, Names, Tables, WhoTable};
use crate::scenario::source::Placed;

impl Check<'_> {
    /// Call after all people are known: a role that nobody has is a mistake.
    pub fn cover(
        &mut self,
        tables: Tables<CoverTable>,
        agents: &[Option<Agent>],
        hires: &[Option<Hire>],
    ) -> Vec<Cover> {
        let taken: Vec<RoleIndex> = agents
            .iter()
            .flatten()
            .map(|agent| agent.role)
            .chain(hires.iter().flatten().map(|hire| hire.role))
            .collect();
        let everybody = self.known.agents_complete
            && agents.iter().all(Option::is_some)
            && hires.iter().all(Option::is_some);
        tables
            .unwrap_or_default()
            .into_iter()
            .filter_map(|table| self.one_cover(table, &taken, everybody))
            .collect()
    }

    fn one_cover(
        &mut self,
        table: Placed<CoverTable>,
        taken: &[RoleIndex],
        everybody: bool,
    ) -> Option<Cover> {
        let (span, table) = (table.span, table.value);
        let owner = owner("cover", &table.role);
        let role = self
            .id(span, &owner, table.role)
            .and_then(|role| self.used_role(&role, taken, everybody));
        let min = table
            .min
            .as_ref()
            .map(|min| self.whole("min", min, 1..=100_000).map(CoverNeed::Min));
        let one_per = table.one_per.as_ref().map(|per| {
            self.whole("one_per", per, 1..=100_000)
                .map(CoverNeed::OnePer)
        });
        let need = match (min, one_per) {
            (Some(_), Some(_)) => {
                self.problems
                    .error(
                        Code::Contradiction,
                        span,
                        format!("{owner} has both `min` and `one_per`"),
                    )
                    .hint("write two [[cover]], one with each");
                None
            }
            (Some(need), None) | (None, Some(need)) => need,
            (None, None) => {
                let spoilt = |key| self.problems.is_spoilt(span, key);
                if !spoilt("min") && !spoilt("one_per") {
                    self.problems
                        .error(Code::MissingKey, span, format!("{owner} says not how many"))
                        .hint("add: min = 1, or one_per = 12");
                }
                None
            }
        };
        let hours = match &table.hours {
            Some(hours) => self.hours("hours", hours),
            None => Some(OpeningHours::always()),
        };
        let site = match table.site {
            // Cover for a site that is gone is gone too.
            Some(site) if self.known.sites.find(site.value.trim()) == Found::Gone => return None,
            Some(site) => Some(self.known.sites.look_up(&site, self.problems)?),
            None => None,
        };
        Some(Cover {
            role: role?,
            need: need?,
            hours: hours?,
            site: site.map(SiteIndex),
            hard: table.hard.unwrap_or(false),
        })
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
