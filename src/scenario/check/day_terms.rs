//! Rules of a contract about single days and the rests between them: long rests, work without a break, overtime by the day.

use super::Check;
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{LongRest, OvertimeStep, WorkWithoutBreak};
use crate::scenario::file::{DailyOvertimeTable, LongRestTable, Tables, WorkWithoutBreakTable};
use crate::scenario::source::Placed;

impl Check<'_> {
    pub fn long_rest(&mut self, table: Placed<LongRestTable>) -> Option<LongRest> {
        let (span, table) = (table.span, table.value);
        let owner = "`long_rest`";
        let at_least = self.need(span, owner, "at_least", table.at_least);
        let in_any = self.need(span, owner, "in_any", table.in_any);
        let (at_least, in_any) = (at_least?, in_any?);
        let rest = self.minutes("at_least", &at_least);
        let days = self.whole_days("in_any", &in_any);
        let (rest, days) = (rest?, days?);
        if !(2..=92).contains(&days) {
            let message = "`in_any` is 2 days to 92 days".to_owned();
            self.bad(Code::BadDuration, in_any.span, message, "in_any");
            return None;
        }
        if !(1440..days * 1440).contains(&rest) {
            let message = format!(
                "`at_least` is a day or more of the {days} days, not \"{}\"",
                at_least.value
            );
            self.bad(Code::BadDuration, at_least.span, message, "long_rest");
            return None;
        }
        Some(LongRest { rest, days })
    }

    pub fn work_without_break(
        &mut self,
        table: Placed<WorkWithoutBreakTable>,
    ) -> Option<WorkWithoutBreak> {
        let (span, table) = (table.span, table.value);
        let at_most = self.need(span, "`work_without_break`", "at_most", table.at_most);
        let break_of = match &table.break_of {
            Some(text) => self.minutes("break_of", text),
            None => Some(0),
        };
        let at_most = at_most?;
        let minutes = self.minutes("at_most", &at_most)?;
        if minutes == 0 {
            let message = "`at_most` is more than nothing".to_owned();
            self.bad(
                Code::BadDuration,
                at_most.span,
                message,
                "work_without_break",
            );
            return None;
        }
        Some(WorkWithoutBreak {
            at_most: minutes,
            break_of: break_of?,
        })
    }

    pub fn daily_overtime(&mut self, tables: Tables<DailyOvertimeTable>) -> Vec<OvertimeStep> {
        let mut steps: Vec<OvertimeStep> = Vec::new();
        for Placed { span, value: table } in tables.unwrap_or_default() {
            let owner = "this step of `daily_overtime`";
            let after = self.need(span, owner, "after", table.after);
            let factor = self.need(span, owner, "factor", table.factor);
            let (Some(after), Some(factor)) = (after, factor) else {
                continue;
            };
            let minutes = self.minutes("after", &after);
            let factor = self.at_least("factor", &factor, 1.0, false);
            let (Some(minutes), Some(factor)) = (minutes, factor) else {
                continue;
            };
            if steps.last().is_some_and(|last| last.after >= minutes) {
                let message = "`daily_overtime` goes from fewer hours to more".to_owned();
                self.bad(Code::BadValue, after.span, message, "daily_overtime");
                continue;
            }
            steps.push(OvertimeStep {
                after: minutes,
                factor,
            });
        }
        steps
    }
}
