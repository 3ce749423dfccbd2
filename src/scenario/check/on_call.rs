//! People who stand by outside their shifts.

use super::Check;
use super::values::owner;
use super::work::Taken;
use crate::scenario::domain::OnCall;
use crate::scenario::file::{OnCallTable, Tables};
use crate::scenario::source::Placed;

impl Check<'_> {
    pub fn on_call(&mut self, tables: Tables<OnCallTable>, taken: &Taken) -> Vec<OnCall> {
        tables
            .unwrap_or_default()
            .into_iter()
            .filter_map(|table| self.one_on_call(table, taken))
            .collect()
    }

    fn one_on_call(&mut self, table: Placed<OnCallTable>, taken: &Taken) -> Option<OnCall> {
        let (span, table) = (table.span, table.value);
        let keys = [&table.role, &table.language, &table.channel];
        let who = self.who_counts(span, "on_call", keys, &table.seniority, taken)?;
        let owner = owner("on_call", &table.role);
        let hours = self
            .need(span, &owner, "hours", table.hours)
            .and_then(|hours| self.hours("hours", &hours));
        let people = match &table.people {
            Some(number) => self.whole("people", number, 1..=1000),
            None => Some(1),
        };
        let pay = match &table.pay {
            Some(pay) => self.at_least("pay", pay, 0.0, false),
            None => Some(0.0),
        };
        let rest = match &table.rest {
            Some(rest) => self.minutes("rest", rest),
            None => Some(0),
        };
        let most = match &table.max_per_week {
            Some(number) => self.whole("max_per_week", number, 1..=100).map(Some),
            None => Some(None),
        };
        let site = self.site_of_cover(table.site)?;
        Some(OnCall {
            who,
            people: people?,
            hours: hours?,
            site,
            pay: pay?,
            rest: rest?,
            most_per_week: most?,
        })
    }
}
