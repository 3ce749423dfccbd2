//! Contracts.

use super::key_spans::key_spans;
use super::values::owner;
use super::{Check, feasible};
use crate::calendar::format_minutes;
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{
    Break, Contract, DaysRange, Overtime, PaidMinutesRange, Premium, ShiftStarts, WeekendsOff,
};
use crate::scenario::file::{
    BreakTable, ContractTable, NumberRange, OvertimeTable, PremiumTable, ShiftStartsTable, Tables,
    WeekendsOffTable, Whole,
};
use crate::scenario::source::{Placed, Span};

impl Check<'_> {
    /// The contracts; shifts start every `interval` minutes where nothing else is written.
    pub fn contracts(
        &mut self,
        tables: Tables<ContractTable>,
        interval: u32,
    ) -> Vec<Option<Contract>> {
        let tables = tables.unwrap_or_default();
        if tables.is_empty() {
            self.problems
                .error(Code::MissingKey, Span::ROOT, "the scenario has no [[contract]]")
                .hint("add one: [[contract]] with id, paid_hours_per_week, days_per_week, shift_lengths");
        }
        let mut contracts = Vec::new();
        for table in tables {
            contracts.push(self.contract(table, interval));
        }
        contracts
    }

    fn contract(&mut self, table: Placed<ContractTable>, interval: u32) -> Option<Contract> {
        let (span, mut table) = (table.span, table.value);
        let keys = key_spans(span, &table);
        self.known.contract_keys.push(keys);
        let terms = self.terms(table.take_terms());
        let owner = owner("contract", &table.id);
        let id = self.id(span, &owner, table.id);
        let paid_range = self.need(
            span,
            &owner,
            "paid_hours_per_week",
            table.paid_hours_per_week,
        );
        let paid_span = paid_range.as_ref().map_or(span, |range| range.span);
        let paid = paid_range.and_then(|range| self.range("paid_hours_per_week", range, 168.0));
        let days = self
            .need(span, &owner, "days_per_week", table.days_per_week)
            .and_then(|range| self.days(range));
        let lengths = self.need(span, &owner, "shift_lengths", table.shift_lengths);
        let lengths = lengths.and_then(|lengths| self.shift_lengths(lengths));
        let starts = self.shift_starts(table.shift_starts, interval);
        let rest = table
            .rest_between_shifts
            .as_ref()
            .and_then(|rest| self.minutes("rest_between_shifts", rest));
        let mut count = |key: &str, number: &Whole, least: i64, most: i64| {
            self.whole(key, number.as_ref()?, least..=most)
        };
        let max_consecutive_days =
            count("max_consecutive_days", &table.max_consecutive_days, 1, 366);
        let min_consecutive_days_off = count(
            "min_consecutive_days_off",
            &table.min_consecutive_days_off,
            1,
            7,
        );
        let max_nights_per_week = count("max_nights_per_week", &table.max_nights_per_week, 0, 7);
        let max_consecutive_nights = count(
            "max_consecutive_nights",
            &table.max_consecutive_nights,
            0,
            366,
        );
        let weekends_off = table
            .weekends_off
            .and_then(|weekends| self.weekends_off(weekends));
        let same_start_within = table
            .same_start_within
            .as_ref()
            .and_then(|text| self.minutes("same_start_within", text));
        let mut breaks = Vec::new();
        for part in table.breaks.unwrap_or_default() {
            let place = part.span;
            if let Some(part) = self.one_break(part) {
                breaks.push((place, part));
            }
        }
        let cost_per_hour = match &table.cost_per_hour {
            Some(cost) => self.at_least("cost_per_hour", cost, 0.0, false)?,
            None => 0.0,
        };
        let overtime = table.overtime.and_then(|overtime| self.overtime(overtime));
        let premium = table
            .premium
            .map(|premium| self.premium(premium))
            .unwrap_or_default();
        let contract = Contract {
            id: id?.value,
            paid_minutes_per_week: paid.map(|(min, max)| PaidMinutesRange {
                min: (min * 60.0).ceil() as u32,
                max: (max * 60.0).floor() as u32,
            })?,
            days_per_week: days?,
            shift_lengths: lengths?,
            shift_starts: starts?,
            rest_between_shifts: rest,
            max_consecutive_days,
            min_consecutive_days_off,
            max_nights_per_week,
            max_consecutive_nights,
            weekends_off,
            same_start_within,
            breaks: breaks.iter().map(|(_, part)| part.clone()).collect(),
            cost_per_hour,
            overtime,
            premium,
            terms,
            hire: None,
            place: self.sources.place(span),
        };
        for (place, part) in &breaks {
            if let Some((message, hint)) = feasible::break_problem(&contract, part) {
                self.problems
                    .error(Code::ImpossibleContract, *place, message)
                    .hint(hint);
            }
        }
        if let Some((message, hint)) = feasible::week_problem(&contract) {
            self.problems
                .error(
                    Code::ImpossibleContract,
                    paid_span,
                    format!("{owner}: {message}"),
                )
                .hint(hint);
        }
        Some(contract)
    }

    fn range(&mut self, key: &str, range: Placed<NumberRange>, most: f64) -> Option<(f64, f64)> {
        let (span, table) = (range.span, range.value);
        let name = format!("`{key}`");
        let min = match table.min {
            Some(min) => self.at_least("min", &min, 0.0, false),
            None => Some(0.0),
        };
        let max = self.need(span, &name, "max", table.max);
        let max_span = max.as_ref().map_or(span, |max| max.span);
        let max = max.and_then(|max| self.at_least("max", &max, 0.0, false));
        let (min, max) = (min?, max?);
        if max > most {
            self.bad(
                Code::BadValue,
                max_span,
                format!("`{key}`: a week has no more than {most}, not {max}"),
                key,
            );
            return None;
        }
        if min > max {
            self.bad(
                Code::BadValue,
                span,
                format!("`{key}`: min {min} is more than max {max}"),
                key,
            );
            return None;
        }
        Some((min, max))
    }

    fn days(&mut self, range: Placed<NumberRange>) -> Option<DaysRange> {
        let span = range.span;
        let (min, max) = self.range("days_per_week", range, 7.0)?;
        if min.fract() != 0.0 || max.fract() != 0.0 {
            let message = "`days_per_week` are whole days".to_owned();
            self.bad(Code::BadValue, span, message, "days_per_week");
            return None;
        }
        Some(DaysRange {
            min: min as u32,
            max: max as u32,
        })
    }

    fn shift_lengths(&mut self, lengths: Placed<Vec<Placed<String>>>) -> Option<Vec<u32>> {
        let mut minutes = Vec::new();
        for text in &lengths.value {
            let length = self.minutes("shift_lengths", text)?;
            if length == 0 || length > 1440 {
                let message = format!(
                    "a shift of {} is not between a minute and a day",
                    format_minutes(length.into())
                );
                self.bad(Code::BadDuration, text.span, message, "shift_lengths");
                return None;
            }
            minutes.push(length);
        }
        if minutes.is_empty() {
            if !self.problems.is_spoilt(lengths.span, "shift_lengths") {
                let message = "`shift_lengths` is empty".to_owned();
                self.bad(Code::BadValue, lengths.span, message, "shift_lengths");
            }
            return None;
        }
        minutes.sort_unstable();
        minutes.dedup();
        Some(minutes)
    }

    fn shift_starts(
        &mut self,
        table: Option<Placed<ShiftStartsTable>>,
        interval: u32,
    ) -> Option<ShiftStarts> {
        let whole_day = ShiftStarts {
            every: interval,
            earliest: 0,
            latest: 1439,
        };
        let Some(Placed { span, value: table }) = table else {
            return Some(whole_day);
        };
        let every = match &table.every {
            Some(text) => {
                let every = self.minutes("every", text)?;
                if every == 0 || every > 1440 {
                    let message = "`every` is between a minute and a day".to_owned();
                    self.bad(Code::BadDuration, text.span, message, "every");
                    return None;
                }
                every
            }
            None => interval,
        };
        let mut minute = |key: &str, text: &Option<Placed<String>>, default: u32| match text {
            Some(text) => self.minute_of_day(key, text),
            None => Some(default),
        };
        let earliest = minute("earliest", &table.earliest, 0)?;
        let latest = minute("latest", &table.latest, 1439)?;
        let starts = ShiftStarts {
            every,
            earliest,
            latest,
        };
        if !(0..1440).any(|minute| starts.allows(minute)) {
            let message = if earliest > latest {
                "`latest` comes before `earliest`".to_owned()
            } else {
                "no start lies between `earliest` and `latest`".to_owned()
            };
            self.bad(Code::BadValue, span, message, "shift_starts");
            return None;
        }
        Some(starts)
    }

    fn weekends_off(&mut self, table: Placed<WeekendsOffTable>) -> Option<WeekendsOff> {
        let (span, table) = (table.span, table.value);
        let at_least = self
            .need(span, "`weekends_off`", "at_least", table.at_least)
            .and_then(|number| self.whole("at_least", &number, 0..=53));
        let of = self
            .need(span, "`weekends_off`", "of", table.of)
            .and_then(|number| self.whole("of", &number, 1..=53));
        let (at_least, of) = (at_least?, of?);
        if at_least > of {
            let message = format!("{at_least} free weekends of {of} are too many");
            self.bad(Code::BadValue, span, message, "weekends_off");
            return None;
        }
        Some(WeekendsOff { at_least, of })
    }

    pub fn one_break(&mut self, table: Placed<BreakTable>) -> Option<Break> {
        let (span, table) = (table.span, table.value);
        let name = match table.name {
            Some(name) => name.value.trim().to_owned(),
            None => "rest".to_owned(),
        };
        let length = self
            .need(span, "this break", "length", table.length)
            .and_then(|length| {
                self.positive_seconds("length", &length)?;
                self.minutes("length", &length)
            });
        let mut minutes = |key: &str, text: &Option<Placed<String>>| match text {
            Some(text) => self.minutes(key, text).map(Some),
            None => Some(None),
        };
        let after = minutes("after", &table.after)?.unwrap_or(0);
        let before = minutes("before", &table.before)?;
        let if_shift_over = minutes("if_shift_over", &table.if_shift_over)?.unwrap_or(0);
        Some(Break {
            name,
            length: length?,
            paid: table.paid.unwrap_or(false),
            after,
            before,
            if_shift_over,
        })
    }

    fn overtime(&mut self, table: Placed<OvertimeTable>) -> Option<Overtime> {
        let (span, table) = (table.span, table.value);
        let hours = self
            .need(span, "`overtime`", "max_hours", table.max_hours)
            .and_then(|hours| self.at_least("max_hours", &hours, 0.0, false));
        let factor = table.factor.map_or(Some(1.0), |factor| {
            self.at_least("factor", &factor, 1.0, false)
        });
        Some(Overtime {
            max_minutes: (hours?.min(168.0) * 60.0).round() as u32,
            factor: factor?,
        })
    }

    pub fn premium(&mut self, table: Placed<PremiumTable>) -> Premium {
        let table = table.value;
        let mut share = |key: &str, number: Option<Placed<f64>>| {
            let number = number?;
            if number.value > 5.0 && number.value <= 500.0 {
                self.problems
                    .error(
                        Code::BadValue,
                        number.span,
                        format!(
                            "a `{key}` premium of {} would be {} % more",
                            number.value,
                            number.value * 100.0
                        ),
                    )
                    .hint(format!(
                        "write {} % more as {:.2}",
                        number.value,
                        number.value / 100.0
                    ));
                return None;
            }
            self.at_least(key, &number, 0.0, false)
        };
        Premium {
            night: share("night", table.night).unwrap_or(0.0),
            saturday: share("saturday", table.saturday).unwrap_or(0.0),
            sunday: share("sunday", table.sunday).unwrap_or(0.0),
            holiday: share("holiday", table.holiday).unwrap_or(0.0),
        }
    }
}
