//! Sites, public holidays and hires.

use chrono::NaiveDate;

use super::Check;
use super::names::Found;
use super::values::owner;
use crate::calendar::{Holiday, known_country, nearest_country, public_holidays};
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{
    ChannelSet, ContractIndex, Hire, HireCount, LanguageSkill, Site, SiteIndex,
};
use crate::scenario::file::{Count, HireTable, HolidayTable, SiteTable, Tables};
use crate::scenario::source::{Placed, Span};

/// A `[[holiday]]` and for whom it is.
pub struct ExtraHoliday {
    holiday: Holiday,
    country: Option<String>,
    site: Option<usize>,
}

impl Check<'_> {
    pub fn holidays(&mut self, tables: Tables<HolidayTable>) -> Vec<ExtraHoliday> {
        let tables = tables.unwrap_or_default();
        tables
            .into_iter()
            .filter_map(|table| self.holiday(table))
            .collect()
    }

    fn holiday(&mut self, table: Placed<HolidayTable>) -> Option<ExtraHoliday> {
        let (span, table) = (table.span, table.value);
        let owner = owner("holiday", &table.name);
        let date = self
            .need(span, &owner, "date", table.date)
            .and_then(|date| self.date("date", &date));
        if table.country.is_none() && table.site.is_none() {
            let spoilt = |key| self.problems.is_spoilt(span, key);
            if !spoilt("country") && !spoilt("site") {
                self.problems
                    .error(
                        Code::MissingKey,
                        span,
                        format!("{owner} says neither `country` nor `site`"),
                    )
                    .hint("add: country = \"DE\", or site = \"berlin\"");
            }
            return None;
        }
        let country = match table.country {
            Some(country) => Some(self.country(&country)?),
            None => None,
        };
        let site = match table.site {
            Some(site) if self.known.sites.find(site.value.trim()) == Found::Gone => return None,
            Some(site) => Some(self.known.sites.look_up(&site, self.problems)?),
            None => None,
        };
        let name = table
            .name
            .map_or_else(|| "Holiday".to_owned(), |name| name.value);
        Some(ExtraHoliday {
            holiday: Holiday { date: date?, name },
            country,
            site,
        })
    }

    /// The public holidays of a country and what the scenario adds for it or for a site, by date.
    pub fn holidays_of(
        &self,
        country: Option<&str>,
        site: Option<usize>,
        extra: &[ExtraHoliday],
    ) -> Vec<Holiday> {
        let mut holidays: Vec<Holiday> = country.map_or(&[][..], public_holidays).to_vec();
        let meant = |extra: &&ExtraHoliday| match (extra.site, &extra.country) {
            (Some(meant), _) => Some(meant) == site,
            (None, meant) => meant.as_deref() == country,
        };
        holidays.extend(
            extra
                .iter()
                .filter(meant)
                .map(|extra| extra.holiday.clone()),
        );
        holidays.sort_by_key(|holiday| holiday.date);
        holidays
    }

    pub fn country(&mut self, text: &Placed<String>) -> Option<String> {
        let code = text.value.trim();
        if known_country(code) {
            return Some(code.to_owned());
        }
        let usual = match code.to_uppercase().as_str() {
            "UK" => Some("GB"),
            "EL" => Some("GR"),
            _ => nearest_country(code),
        };
        let hint = match usual {
            Some(near) if code.chars().count() <= 3 => format!("did you mean \"{near}\"?"),
            _ => "write the two letters of ISO 3166: \"LT\", \"GR\", \"PH\"".to_owned(),
        };
        self.problems
            .error(
                Code::UnknownName,
                text.span,
                format!("`country`: no country has the code \"{code}\""),
            )
            .hint(hint);
        None
    }

    pub fn sites(
        &mut self,
        tables: Tables<SiteTable>,
        holidays: &[ExtraHoliday],
    ) -> Vec<Option<Site>> {
        let tables = tables.unwrap_or_default();
        if tables.is_empty() {
            self.problems
                .error(Code::MissingKey, Span::ROOT, "the scenario has no [[site]]")
                .hint("add one: [[site]] with id, time_zone, country");
        }
        let mut sites = Vec::new();
        for (at, table) in tables.into_iter().enumerate() {
            sites.push(self.site(at, table, holidays));
        }
        sites
    }

    fn site(
        &mut self,
        at: usize,
        table: Placed<SiteTable>,
        holidays: &[ExtraHoliday],
    ) -> Option<Site> {
        let (span, table) = (table.span, table.value);
        let owner = owner("site", &table.id);
        let id = self.id(span, &owner, table.id);
        let zone = self
            .need(span, &owner, "time_zone", table.time_zone)
            .and_then(|zone| self.zone("time_zone", &zone));
        let country = table.country.and_then(|country| self.country(&country));
        let hours = table.hours.and_then(|hours| self.hours("hours", &hours));
        let seats = table
            .seats
            .and_then(|seats| self.whole("seats", &seats, 1..=1_000_000));
        let law = table.law.and_then(|law| self.law(&law));
        let holidays = self.holidays_of(country.as_deref(), Some(at), holidays);
        Some(Site {
            id: id?.value,
            zone: zone?,
            country,
            holidays,
            hours,
            seats,
            law,
            place: self.sources.place(span),
        })
    }

    pub fn hires(&mut self, tables: Tables<HireTable>) -> Vec<Option<Hire>> {
        let tables = tables.unwrap_or_default();
        tables.into_iter().map(|table| self.hire(table)).collect()
    }

    fn hire(&mut self, table: Placed<HireTable>) -> Option<Hire> {
        let (span, table) = (table.span, table.value);
        let owner = owner("hire", &table.id);
        let id = self.id(span, &owner, table.id);
        let count = self
            .need(span, &owner, "count", table.count)
            .and_then(|count| self.hire_count(&count));
        let site = self
            .need(span, &owner, "site", table.site)
            .and_then(|site| self.known.sites.look_up(&site, self.problems));
        let contract = self
            .need(span, &owner, "contract", table.contract)
            .and_then(|contract| self.known.contracts.look_up(&contract, self.problems));
        let role = match &table.role {
            Some(role) => self.role(&role.value),
            None => self.role("agent"),
        };
        let languages = self
            .need(span, &owner, "languages", table.languages)
            .map(|names| self.languages(&names.names()));
        let channels = self
            .need(span, &owner, "channels", table.channels)
            .map(|names| self.channels(&names.names()));
        let window = table.window.and_then(|window| self.daily_window(&window));
        let from = table.from.and_then(|from| self.date("from", &from));
        let ramp = self.ramp(table.ramp.unwrap_or_default());
        let cost = table
            .cost
            .and_then(|cost| self.at_least("cost", &cost, 0.0, false));
        let cost_per_week = table
            .cost_per_week
            .and_then(|cost| self.at_least("cost_per_week", &cost, 0.0, false));
        let training_weeks = table
            .training
            .and_then(|training| self.whole_weeks("training", &training));
        let leavers = table
            .leavers
            .and_then(|leavers| self.at_least("leavers", &leavers, 0.0, false));
        Some(Hire {
            id: id?.value,
            count: count?,
            site: SiteIndex(site?),
            contract: ContractIndex(contract?),
            role,
            languages: languages?,
            channels: channels?,
            window,
            from,
            ramp,
            cost,
            cost_per_week,
            training_weeks: training_weeks.unwrap_or(0),
            leavers,
            place: self.sources.place(span),
        })
    }

    fn hire_count(&mut self, count: &Placed<Count>) -> Option<HireCount> {
        match &count.value {
            Count::Word(word) if word.trim() == "solve" => Some(HireCount::Solve),
            Count::Word(word) => {
                let message = format!("`count` is a whole number or \"solve\", not \"{word}\"");
                self.bad(Code::BadValue, count.span, message, "count");
                None
            }
            Count::Number(number) => {
                let number = Placed::new(count.span, *number);
                self.whole("count", &number, 0..=100_000)
                    .map(HireCount::Number)
            }
        }
    }

    fn ramp(&mut self, shares: Vec<Placed<f64>>) -> Vec<f64> {
        let mut ramp = Vec::new();
        for share in shares {
            ramp.extend(self.share("ramp", &share, false));
        }
        ramp
    }

    /// Languages with their speeds: `en`, `de:0.8`; each once.
    pub fn languages(&mut self, names: &[Placed<String>]) -> Vec<LanguageSkill> {
        let mut skills: Vec<LanguageSkill> = Vec::new();
        for name in names {
            let (word, speed) = match name.value.split_once(':') {
                None => (name.value.trim(), Some(1.0)),
                Some((word, speed)) => {
                    let speed: Option<f64> = speed.trim().parse().ok();
                    (
                        word.trim(),
                        speed.filter(|speed| *speed > 0.0 && *speed <= 5.0),
                    )
                }
            };
            let Some(speed) = speed.filter(|_| !word.is_empty()) else {
                self.problems
                    .error(
                        Code::BadValue,
                        name.span,
                        format!("\"{}\" is not a language with a speed", name.value),
                    )
                    .hint("write de, or de:0.8 for somebody who does 0.8 times as much in it (0 to 5)")
                    .alike("speed");
                continue;
            };
            let language = self.language(word);
            if skills.iter().any(|skill| skill.language == language) {
                self.problems
                    .error(
                        Code::DuplicateId,
                        name.span,
                        format!("the language \"{word}\" is named twice"),
                    )
                    .hint("name each language once")
                    .alike("language");
                continue;
            }
            skills.push(LanguageSkill { language, speed });
        }
        skills
    }

    pub fn channels(&mut self, names: &[Placed<String>]) -> ChannelSet {
        let mut channels = ChannelSet::default();
        for name in names {
            if let Some(channel) = self.channel(name) {
                channels.insert(channel);
            }
        }
        channels
    }

    /// From and until of an employment, in order.
    pub fn employment(
        &mut self,
        from: Option<&Placed<String>>,
        until: Option<&Placed<String>>,
        span: Span,
    ) -> (Option<NaiveDate>, Option<NaiveDate>) {
        let from = from.and_then(|from| self.date("from", from));
        let until_text = until;
        let until = until_text.and_then(|until| self.date("until", until));
        if let (Some(first), Some(last)) = (from, until)
            && last < first
        {
            self.problems
                .error(
                    Code::BadTime,
                    until_text.map_or(span, |until| until.span),
                    format!("`until` ({last}) comes before `from` ({first})"),
                )
                .hint("`until` is the last day of work")
                .alike("until");
        }
        (from, until)
    }
}
