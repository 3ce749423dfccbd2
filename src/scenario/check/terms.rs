//! The rarer rules of a contract.

use super::Check;
use crate::scenario::diagnostic::{Code, nearest};
use crate::scenario::domain::{
    AverageHours, Counted, Limit, Mark, Pattern, Period, RestAfterNights, Strictness, Terms,
};
use crate::scenario::file::{
    AverageHoursTable, LimitTable, Number, RestAfterNightsTable, TermsTable, Text, Yes, YesOrWeight,
};
use crate::scenario::source::{Placed, Span};

impl Check<'_> {
    pub fn terms(&mut self, table: TermsTable) -> Terms {
        let hours_per_day = table.max_paid_hours_per_day.as_ref();
        Terms {
            max_paid_minutes_per_day: hours_per_day
                .and_then(|hours| self.hours_number("max_paid_hours_per_day", hours, 24.0)),
            weekly_rest: table
                .weekly_rest
                .as_ref()
                .and_then(|text| self.weekly_rest(text)),
            long_rest: table.long_rest.and_then(|table| self.long_rest(table)),
            work_without_break: table
                .work_without_break
                .and_then(|table| self.work_without_break(table)),
            daily_overtime: self.daily_overtime(table.daily_overtime),
            rest_after_nights: table
                .rest_after_nights
                .and_then(|table| self.rest_after_nights(table)),
            night_work: table.night_work,
            sunday_work: table.sunday_work,
            holiday_work: table.holiday_work,
            limits: table
                .limits
                .unwrap_or_default()
                .into_iter()
                .filter_map(|limit| self.limit(limit))
                .collect(),
            average_hours: table
                .average_hours
                .and_then(|table| self.average_hours(table)),
            forward_rotation: self.rotation(table.forward_rotation),
            pattern: self.pattern(table.pattern, table.pattern_from),
            same_start_over_weeks: table
                .same_start_over_weeks
                .as_ref()
                .and_then(|text| self.minutes("same_start_over_weeks", text)),
        }
    }

    /// Hours as minutes, above 0 and at most `most` hours.
    pub fn hours_number(&mut self, key: &str, number: &Placed<f64>, most: f64) -> Option<u32> {
        let hours = self.at_least(key, number, 0.0, true)?;
        if hours > most {
            let message = format!("`{key}` is at most {most}, not {hours}");
            self.bad(Code::BadValue, number.span, message, key);
            return None;
        }
        Some((hours * 60.0).floor() as u32)
    }

    fn weekly_rest(&mut self, text: &Placed<String>) -> Option<u32> {
        let minutes = self.minutes("weekly_rest", text)?;
        if !(1440..=7 * 1440 - 60).contains(&minutes) {
            let message = format!(
                "`weekly_rest` is a day or more of each week, not \"{}\"",
                text.value
            );
            self.bad(Code::BadDuration, text.span, message, "weekly_rest");
            return None;
        }
        Some(minutes)
    }

    fn rest_after_nights(
        &mut self,
        table: Placed<RestAfterNightsTable>,
    ) -> Option<RestAfterNights> {
        let (span, table) = (table.span, table.value);
        let in_a_row = match &table.in_a_row {
            Some(number) => self.whole("in_a_row", number, 1..=31),
            None => Some(1),
        };
        let rest = self
            .need(span, "`rest_after_nights`", "rest", table.rest)
            .and_then(|rest| self.minutes("rest", &rest));
        Some(RestAfterNights {
            in_a_row: in_a_row?,
            rest: rest?,
        })
    }

    fn limit(&mut self, table: Placed<LimitTable>) -> Option<Limit> {
        let (span, table) = (table.span, table.value);
        let counted = self
            .need(span, "this limit", "count", table.count)
            .and_then(|count| self.counted(&count))?;
        let mut amount = |key: &str, number: &Number| match number {
            None => Some(None),
            Some(number) => {
                let value = self.at_least(key, number, 0.0, false)?;
                if counted == Counted::Hours {
                    return Some(Some((value.min(1e5) * 60.0).round() as u32));
                }
                if value.fract() != 0.0 || value > 1e5 {
                    let message = format!("`{key}` is a whole number of {}", counted.name());
                    self.bad(Code::BadValue, number.span, message, key);
                    return None;
                }
                Some(Some(value as u32))
            }
        };
        let at_most = amount("at_most", &table.at_most)?;
        let at_least = amount("at_least", &table.at_least)?;
        if at_most.is_none() && at_least.is_none() {
            self.problems
                .error(
                    Code::MissingKey,
                    span,
                    "this limit says neither `at_most` nor `at_least`",
                )
                .hint("add: at_most = 4");
            return None;
        }
        if let (Some(least), Some(most)) = (at_least, at_most)
            && least > most
        {
            let message = "this limit's `at_least` is more than its `at_most`".to_owned();
            self.bad(Code::Contradiction, span, message, "limits");
            return None;
        }
        let period = self.period(span, &table.per, &table.in_any)?;
        if matches!(period, Period::AnyDays(_)) && at_least.is_some() {
            self.problems
                .error(
                    Code::BadValue,
                    span,
                    "`at_least` needs a period that begins and ends: a week, a month or the plan",
                )
                .hint("write per = \"week\" instead of `in_any`");
            return None;
        }
        Some(Limit {
            counted,
            at_most,
            at_least,
            period,
            strictness: self.strictness(&table.weight)?,
        })
    }

    fn counted(&mut self, text: &Placed<String>) -> Option<Counted> {
        let name = text.value.trim();
        let found = Counted::ALL.iter().find(|(known, _)| *known == name);
        if found.is_none() {
            let names = || Counted::ALL.iter().map(|(known, _)| *known);
            let hint = match nearest(name, names()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("known: {}", names().collect::<Vec<_>>().join(", ")),
            };
            self.problems
                .error(
                    Code::UnknownName,
                    text.span,
                    format!("`count`: \"{name}\" cannot be counted"),
                )
                .hint(hint);
        }
        found.map(|(_, counted)| *counted)
    }

    fn period(&mut self, span: Span, per: &Text, in_any: &Text) -> Option<Period> {
        match (per, in_any) {
            (Some(per), None) => match per.value.trim() {
                "week" => Some(Period::Week),
                "month" => Some(Period::Month),
                "plan" => Some(Period::Plan),
                other => {
                    self.problems
                        .error(
                            Code::BadValue,
                            per.span,
                            format!("`per` is \"week\", \"month\" or \"plan\", not \"{other}\""),
                        )
                        .hint("for any days in a row write in_any = \"14d\"");
                    None
                }
            },
            (None, Some(in_any)) => {
                let days = self.whole_days("in_any", in_any)?;
                if !(2..=92).contains(&days) {
                    let message = "`in_any` is 2 days to 92 days".to_owned();
                    self.bad(Code::BadDuration, in_any.span, message, "in_any");
                    return None;
                }
                Some(Period::AnyDays(days))
            }
            (Some(_), Some(_)) => {
                let message = "this limit has both `per` and `in_any`".to_owned();
                self.bad(Code::Contradiction, span, message, "limits");
                None
            }
            (None, None) => {
                self.problems
                    .error(Code::MissingKey, span, "this limit says no period")
                    .hint("add: per = \"week\", or in_any = \"14d\"");
                None
            }
        }
    }

    pub fn whole_days(&mut self, key: &str, text: &Placed<String>) -> Option<u32> {
        let seconds = self.seconds(key, text)?;
        if seconds == 0 || seconds % 86_400 != 0 {
            let message = format!("`{key}` is whole days or weeks, not \"{}\"", text.value);
            self.bad(Code::BadDuration, text.span, message, key);
            return None;
        }
        u32::try_from(seconds / 86_400).ok()
    }

    /// Hard without a weight. `None` where the weight is wrong, which is then reported.
    pub fn strictness(&mut self, weight: &Number) -> Option<Strictness> {
        match weight {
            None => Some(Strictness::Hard),
            Some(weight) => self
                .at_least("weight", weight, 0.0, true)
                .map(Strictness::Soft),
        }
    }

    fn average_hours(&mut self, table: Placed<AverageHoursTable>) -> Option<AverageHours> {
        let (span, table) = (table.span, table.value);
        let owner = "`average_hours`";
        let hours = self
            .need(span, owner, "at_most", table.at_most)
            .and_then(|hours| self.hours_number("at_most", &hours, 168.0));
        let over = self.need(span, owner, "over", table.over)?;
        let days = self.whole_days("over", &over)?;
        if days % 7 != 0 || days > 53 * 7 {
            let message = format!("`over` is 1 to 53 weeks, not \"{}\"", over.value);
            self.bad(Code::BadDuration, over.span, message, "over");
            return None;
        }
        Some(AverageHours {
            minutes_per_week: hours?,
            weeks: days / 7,
        })
    }

    fn rotation(&mut self, rotation: Yes) -> Option<Strictness> {
        let rotation = rotation?;
        match rotation.value {
            YesOrWeight::Yes(yes) => yes.then_some(Strictness::Hard),
            YesOrWeight::Weight(weight) => {
                let weight = Placed::new(rotation.span, weight);
                self.at_least("forward_rotation", &weight, 0.0, true)
                    .map(Strictness::Soft)
            }
        }
    }

    fn pattern(
        &mut self,
        weeks: Option<Placed<Vec<Placed<String>>>>,
        from: Text,
    ) -> Option<Pattern> {
        let weeks = weeks?;
        let from = self
            .need(weeks.span, "`pattern`", "pattern_from", from)
            .and_then(|from| self.date("pattern_from", &from));
        let mut marks = Vec::new();
        for week in &weeks.value {
            match week_marks(week.value.trim()) {
                Some(week) => marks.push(week),
                None => {
                    let message =
                        format!("`pattern`: \"{}\" is no week of seven marks", week.value);
                    self.bad(Code::BadValue, week.span, message, "pattern");
                    return None;
                }
            }
        }
        if marks.is_empty() {
            let message = "`pattern` has no week".to_owned();
            self.bad(Code::BadValue, weeks.span, message, "pattern");
            return None;
        }
        Some(Pattern {
            weeks: marks,
            from: from?,
        })
    }
}

fn week_marks(text: &str) -> Option<[Mark; 7]> {
    let marks: Option<Vec<Mark>> = text
        .chars()
        .map(|mark| {
            Some(match mark.to_ascii_uppercase() {
                '-' => Mark::Off,
                'W' => Mark::Work,
                '?' => Mark::Open,
                'E' => Mark::Early,
                'D' => Mark::Day,
                'L' => Mark::Late,
                'N' => Mark::Night,
                _ => return None,
            })
        })
        .collect();
    marks?.try_into().ok()
}
