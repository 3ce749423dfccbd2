//! Law packs: reading them, and where a contract is looser than the law of a site where it is worked.

use std::collections::BTreeMap;
use std::path::Path;

use super::law_of_days::looser_days;
use super::{Check, report_shape};
use crate::calendar::format_minutes;
use crate::scenario::diagnostic::{Code, nearest};
use crate::scenario::domain::{
    Agent, Break, Contract, Law, LawRule, LawTerms, Limit, Protection, Site,
};
use crate::scenario::file::{LawFile, LawRuleTable, TermsTable};
use crate::scenario::law::PACKS;
use crate::scenario::source::{Placed, Span};
use crate::scenario::tree::{parse, read};

/// Where each key of a contract is written.
pub type KeySpans = BTreeMap<&'static str, Span>;

impl Check<'_> {
    /// The pack of a name.
    pub fn law(&mut self, name: &Placed<String>) -> Option<Law> {
        let wanted = name.value.trim();
        let Some((id, text)) = PACKS.iter().find(|(id, _)| *id == wanted) else {
            let ids = || PACKS.iter().map(|(id, _)| *id);
            let known = ids().collect::<Vec<_>>().join(", ");
            let hint = match nearest(wanted, ids()) {
                Some(near) => format!("did you mean \"{near}\"? Known: {known}"),
                None => format!(
                    "known: {known}; for another country leave `law` out and write its rules into the contracts"
                ),
            };
            self.problems
                .error(
                    Code::UnknownName,
                    name.span,
                    format!("`law`: there is no law pack \"{wanted}\""),
                )
                .hint(hint);
            return None;
        };
        let number = self
            .sources
            .add(Path::new(&format!("law/{id}.toml")), (*text).to_owned());
        let tree = parse(number, text, self.problems);
        let file: LawFile = read(tree, self.problems, report_shape);
        let rules = file.rule.unwrap_or_default();
        Some(Law {
            id: file.id.map_or_else(String::new, |id| id.value),
            name: file.name.map_or_else(String::new, |name| name.value),
            rules: rules
                .into_iter()
                .filter_map(|rule| self.law_rule(rule))
                .collect(),
        })
    }

    fn law_rule(&mut self, table: Placed<LawRuleTable>) -> Option<LawRule> {
        let (span, table) = (table.span, table.value);
        let source = self.need(span, "this [[rule]]", "source", table.source)?;
        let who = match &table.who {
            Some(who) => Some(self.protection(who)?),
            None => None,
        };
        let mut breaks = Vec::new();
        for part in table.breaks.unwrap_or_default() {
            breaks.extend(self.one_break(part));
        }
        let mut hours = |key: &str, number: &Option<Placed<f64>>| {
            self.hours_number(key, number.as_ref()?, 168.0)
        };
        let max_minutes_per_week = hours("max_hours_per_week", &table.max_hours_per_week);
        let overtime_after = hours("overtime_after", &table.overtime_after);
        Some(LawRule {
            who,
            source: source.value,
            note: table.note.map(|note| note.value),
            asks: LawTerms {
                rest_between_shifts: table
                    .rest_between_shifts
                    .and_then(|rest| self.minutes("rest_between_shifts", &rest)),
                max_consecutive_days: table
                    .max_consecutive_days
                    .and_then(|days| self.whole("max_consecutive_days", &days, 1..=366)),
                max_minutes_per_week,
                overtime_after,
                overtime_factor: table
                    .overtime_factor
                    .and_then(|factor| self.at_least("overtime_factor", &factor, 1.0, false)),
                premium: table.premium.map(|premium| self.premium(premium)),
                breaks,
                terms: self.terms(TermsTable {
                    max_paid_hours_per_day: table.max_paid_hours_per_day,
                    weekly_rest: table.weekly_rest,
                    long_rest: table.long_rest,
                    work_without_break: table.work_without_break,
                    daily_overtime: table.daily_overtime,
                    night_work: table.night_work,
                    limits: table.limits,
                    average_hours: table.average_hours,
                    ..TermsTable::default()
                }),
            },
        })
    }

    /// A word of `protection`.
    pub fn protection(&mut self, text: &Placed<String>) -> Option<Protection> {
        let name = text.value.trim().to_lowercase();
        let found = Protection::ALL.iter().find(|(known, _)| *known == name);
        if found.is_none() {
            let names = || Protection::ALL.iter().map(|(known, _)| *known);
            let hint = match nearest(&name, names()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("known: {}", names().collect::<Vec<_>>().join(", ")),
            };
            self.problems
                .error(
                    Code::UnknownName,
                    text.span,
                    format!("`protection`: there is none called \"{}\"", text.value),
                )
                .hint(hint)
                .alike("protection");
        }
        found.map(|(_, protection)| *protection)
    }

    /// Says where a contract is looser than the law of a site where somebody works under it.
    pub fn looser_than_law(
        &mut self,
        agents: &[Option<Agent>],
        sites: &[Option<Site>],
        contracts: &[Option<Contract>],
        keys: &[KeySpans],
    ) {
        let mut seen: Vec<(usize, usize)> = agents
            .iter()
            .flatten()
            .map(|agent| (agent.contract.0, agent.site.0))
            .collect();
        seen.sort_unstable();
        seen.dedup();
        for (contract, site) in seen {
            let (Some(Some(terms)), Some(Some(site))) = (contracts.get(contract), sites.get(site))
            else {
                continue;
            };
            let Some(law) = &site.law else { continue };
            let places = keys.get(contract);
            for rule in law.rules.iter().filter(|rule| rule.who.is_none()) {
                for (key, message, remedy) in looser(terms, &rule.asks) {
                    let span = places.and_then(|keys| keys.get(key).or_else(|| keys.get("id")));
                    let note = rule
                        .note
                        .as_ref()
                        .map_or_else(String::new, |note| format!("; {note}"));
                    self.problems
                        .warning(
                            Code::LooserThanLaw,
                            span.copied(),
                            format!(
                                "contract \"{}\" is looser than the law of site \"{}\" ({}): {message} ({})",
                                terms.id, site.id, law.name, rule.source
                            ),
                        )
                        .hint(format!("{remedy}{note} (no legal advice)"));
                }
            }
            self.breaks_against_law(terms, site, law, places);
        }
    }

    fn breaks_against_law(
        &mut self,
        contract: &Contract,
        site: &Site,
        law: &Law,
        places: Option<&KeySpans>,
    ) {
        for &length in &contract.shift_lengths {
            let due: Vec<(&Break, &LawRule)> = law
                .rules
                .iter()
                .filter(|rule| rule.who.is_none())
                .flat_map(|rule| rule.asks.breaks.iter().map(move |part| (part, rule)))
                .filter(|(part, _)| length > part.if_shift_over)
                .collect();
            let total: u32 = due.iter().map(|(part, _)| part.length).sum();
            let taken: u32 = contract.breaks_of(length).map(|part| part.length).sum();
            let late = due.iter().find(|(part, _)| {
                part.before.is_some_and(|by| {
                    !contract
                        .breaks_of(length)
                        .any(|own| own.length >= part.length && own.before.unwrap_or(length) <= by)
                })
            });
            let hours = |minutes: u32| format_minutes(minutes.into());
            let (message, sources) = if taken < total {
                let sources: Vec<&str> = due.iter().map(|(_, rule)| rule.source.as_str()).collect();
                (
                    format!(
                        "a shift of {} has {} of breaks, and the law asks for {}",
                        hours(length),
                        hours(taken),
                        hours(total)
                    ),
                    sources.join("; "),
                )
            } else if let Some((part, rule)) = late {
                (
                    format!(
                        "a shift of {} has no break of {} that has ended {} after its start",
                        hours(length),
                        hours(part.length),
                        hours(part.before.unwrap_or(0))
                    ),
                    rule.source.clone(),
                )
            } else {
                continue;
            };
            let remedy: Vec<String> = due
                .iter()
                .map(|(part, _)| {
                    let before = part
                        .before
                        .map_or_else(String::new, |by| format!(", before = \"{}\"", hours(by)));
                    format!(
                        "{{ name = \"{}\", length = \"{}\"{before}, if_shift_over = \"{}\" }}",
                        part.name,
                        hours(part.length),
                        hours(part.if_shift_over)
                    )
                })
                .collect();
            let span =
                places.and_then(|keys| keys.get("breaks").or_else(|| keys.get("id")).copied());
            self.problems
                .warning(
                    Code::LooserThanLaw,
                    span,
                    format!(
                        "contract \"{}\" is looser than the law of site \"{}\" ({}): {message} ({sources})",
                        contract.id, site.id, law.name
                    ),
                )
                .hint(format!(
                    "breaks that would do: {} (no legal advice)",
                    remedy.join(", ")
                ));
        }
    }
}

/// Keys of a contract that allow more than a law does: (key, what differs, remedy).
fn looser(contract: &Contract, law: &LawTerms) -> Vec<(&'static str, String, String)> {
    let hours = |minutes: u32| format_minutes(minutes.into());
    let plain = |minutes: u32| f64::from(minutes) / 60.0;
    let (own, asked) = (&contract.terms, &law.terms);
    let mut found = Vec::new();
    let mut say = |key: &'static str, has: String, asks: String, remedy: String| {
        found.push((key, format!("it has {has}, the law {asks}"), remedy));
    };
    if let (Some(has), Some(asks)) = (contract.rest_between_shifts, law.rest_between_shifts)
        && has < asks
    {
        let remedy = format!("write rest_between_shifts = \"{}\"", hours(asks));
        say(
            "rest_between_shifts",
            format!("{} of rest between shifts", hours(has)),
            hours(asks),
            remedy,
        );
    }
    if let (Some(has), Some(asks)) = (own.weekly_rest, asked.weekly_rest)
        && has < asks
    {
        let remedy = format!("write weekly_rest = \"{}\"", hours(asks));
        say(
            "weekly_rest",
            format!("{} of rest once a week", hours(has)),
            hours(asks),
            remedy,
        );
    }
    if let (Some(has), Some(asks)) = (contract.max_consecutive_days, law.max_consecutive_days)
        && has > asks
    {
        say(
            "max_consecutive_days",
            format!("{has} days in a row"),
            asks.to_string(),
            format!("write max_consecutive_days = {asks}"),
        );
    }
    if let (Some(has), Some(asks)) = (own.max_paid_minutes_per_day, asked.max_paid_minutes_per_day)
        && has > asks
    {
        let remedy = format!("write max_paid_hours_per_day = {}", plain(asks));
        say(
            "max_paid_hours_per_day",
            format!("{} paid a day", hours(has)),
            hours(asks),
            remedy,
        );
    }
    if let (Some(has), Some(asks)) = (own.average_hours, asked.average_hours)
        && (has.minutes_per_week > asks.minutes_per_week || has.weeks > asks.weeks)
    {
        let remedy = format!(
            "write average_hours = {{ at_most = {}, over = \"{}w\" }}",
            plain(asks.minutes_per_week),
            asks.weeks
        );
        say(
            "average_hours",
            format!(
                "{} a week over {} weeks",
                hours(has.minutes_per_week),
                has.weeks
            ),
            format!("{} over {}", hours(asks.minutes_per_week), asks.weeks),
            remedy,
        );
    }
    for asks in &asked.limits {
        let same = |has: &&Limit| has.counted == asks.counted && has.period == asks.period;
        if let Some(has) = own.limits.iter().find(same)
            && has.at_most.unwrap_or(u32::MAX) > asks.at_most.unwrap_or(u32::MAX)
        {
            say(
                "limits",
                format!("a wider limit on {}", has.counted.name()),
                "a tighter one".to_owned(),
                "take the limit out, and the law's holds".to_owned(),
            );
        }
    }
    found.extend(looser_days(contract, law));
    let mut say = |key: &'static str, has: String, asks: String, remedy: String| {
        found.push((key, format!("it has {has}, the law {asks}"), remedy));
    };
    let paid = contract.paid_minutes_per_week.max;
    let with_overtime = paid + contract.overtime.map_or(0, |overtime| overtime.max_minutes);
    if let Some(asks) = law.max_minutes_per_week
        && with_overtime > asks
    {
        say(
            "paid_hours_per_week",
            format!("up to {} a week with overtime", hours(with_overtime)),
            format!("at most {}", hours(asks)),
            "lower paid_hours_per_week or overtime.max_hours".to_owned(),
        );
    }
    if let Some(asks) = law.overtime_after
        && paid > asks
    {
        say(
            "paid_hours_per_week",
            format!("up to {} a week at the plain rate", hours(paid)),
            format!("makes overtime of what goes beyond {}", hours(asks)),
            format!(
                "write max = {} in paid_hours_per_week, and the rest into `overtime`",
                plain(asks)
            ),
        );
    }
    if let (Some(has), Some(asks)) = (contract.overtime, law.overtime_factor)
        && has.factor < asks
    {
        say(
            "overtime",
            format!("overtime at {} times the rate", has.factor),
            format!("at {asks}"),
            format!("write factor = {asks}"),
        );
    }
    if let Some(asks) = law.premium {
        let parts = [
            ("night", contract.premium.night, asks.night),
            ("saturday", contract.premium.saturday, asks.saturday),
            ("sunday", contract.premium.sunday, asks.sunday),
            ("holiday", contract.premium.holiday, asks.holiday),
        ];
        for (name, has, asks) in parts.into_iter().filter(|(_, has, asks)| has < asks) {
            say(
                "premium",
                format!("a premium of {:.0} % ({name})", has * 100.0),
                format!("{:.0} %", asks * 100.0),
                format!("write premium = {{ {name} = {asks:.2} }}"),
            );
        }
    }
    found
}
