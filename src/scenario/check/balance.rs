//! What the weeks before held for each person: the balance that is carried from roster to roster.

use chrono::NaiveDate;

use super::Check;
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{AgentIndex, BalanceWeek};
use crate::scenario::file::Text;

const COLUMNS: [&str; 6] = [
    "agent",
    "week",
    "paid_hours",
    "nights",
    "weekend_days",
    "unpopular_starts",
];

impl Check<'_> {
    /// The rows ordered by agent and week. Weeks of the plan itself and later ones are left out: they are about to be planned anew.
    pub fn balance(&mut self, path: Text, start: Option<NaiveDate>) -> Vec<BalanceWeek> {
        let Some(table) = path.and_then(|path| self.csv("balance", &path)) else {
            return Vec::new();
        };
        if !table.expect(&COLUMNS[..3], &COLUMNS[3..], self.problems) {
            return Vec::new();
        }
        let mut weeks: Vec<BalanceWeek> = Vec::new();
        for row in table.rows() {
            let agent = self.agent_of(&table, row);
            let Some(date) = table.get(row, "week").cloned() else {
                self.problems
                    .error(Code::MissingKey, row.span, "this row names no week")
                    .hint("write the first day of the week: 2026-10-19")
                    .alike("week");
                continue;
            };
            let week = self.date("week", &date);
            let mut number = |column: &str, most: f64| {
                let number = self.number_field(&table, row, column)?;
                let value = self.at_least(column, &number, 0.0, false)?;
                Some(value.min(most))
            };
            let hours = number("paid_hours", 168.0);
            let mut count = |column: &str| number(column, 14.0).map_or(0, |number| number as u32);
            let (nights, weekend_days) = (count("nights"), count("weekend_days"));
            let unpopular_starts = count("unpopular_starts");
            let (Some(agent), Some(week), Some(hours)) = (agent, week, hours) else {
                continue;
            };
            if start.is_some_and(|start| week >= start) {
                continue;
            }
            let agent = AgentIndex(agent);
            if weeks
                .iter()
                .any(|known| known.agent == agent && known.week == week)
            {
                self.problems
                    .error(
                        Code::DuplicateId,
                        row.span,
                        format!("the week {week} of this agent is there twice"),
                    )
                    .hint("keep one row for each person and week")
                    .alike("twice");
                continue;
            }
            weeks.push(BalanceWeek {
                agent,
                week,
                paid_minutes: (hours * 60.0).round() as u32,
                nights,
                weekend_days,
                unpopular_starts,
            });
        }
        weeks.sort_by_key(|week| (week.agent, week.week));
        weeks
    }
}
