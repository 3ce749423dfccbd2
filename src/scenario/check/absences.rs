//! Known time away.

use super::Check;
use super::values::{PlanDates, Twice, Zones};
use crate::scenario::csv::Table;
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{Absence, AgentIndex};
use crate::scenario::source::Placed;
use chrono::TimeDelta;

impl Check<'_> {
    /// The absences in the order of the file, each with the place of its row. None of them may overlap one of `others`.
    pub fn absences(
        &mut self,
        table: Option<Table>,
        others: &[Placed<Absence>],
        zones: &Zones,
        plan: Option<&PlanDates>,
    ) -> Vec<Placed<Absence>> {
        let Some(table) = table else {
            return Vec::new();
        };
        if !table.expect(
            &["agent", "start", "end"],
            &["reason", "paid"],
            self.problems,
        ) {
            return Vec::new();
        }
        let mut absences: Vec<Placed<Absence>> = Vec::new();
        for row in table.rows() {
            let agent = self.agent_of(&table, row);
            let (Some(start), Some(end)) = (table.get(row, "start"), table.get(row, "end")) else {
                self.problems
                    .error(
                        Code::MissingKey,
                        row.span,
                        "this absence has no start or no end",
                    )
                    .hint("write both in the agent's local time: 2026-10-21T00:00,2026-10-22T00:00")
                    .alike("start");
                continue;
            };
            let from = self.local("start", start, false);
            let until = self.local("end", end, true);
            let paid = match table
                .get(row, "paid")
                .map(|paid| (paid, paid.value.to_lowercase()))
            {
                None => true,
                Some((_, word)) if ["true", "yes", "1"].contains(&word.as_str()) => true,
                Some((_, word)) if ["false", "no", "0"].contains(&word.as_str()) => false,
                Some((paid, _)) => {
                    self.problems
                        .error(
                            Code::BadValue,
                            paid.span,
                            format!("`paid`: \"{}\" is neither true nor false", paid.value),
                        )
                        .hint("write true or false")
                        .alike("paid");
                    false
                }
            };
            let (Some(agent), Some(from), Some(until)) = (agent, from, until) else {
                continue;
            };
            if until <= from {
                self.problems
                    .error(
                        Code::BadTime,
                        end.span,
                        "this absence ends before it begins",
                    )
                    .hint(format!(
                        "`end` is when the person is back: for all of {} write {}T00:00",
                        from.date(),
                        from.date() + TimeDelta::days(1)
                    ))
                    .alike("order");
                continue;
            }
            let Some(zone) = zones.of(agent) else {
                continue;
            };
            let begin = self.resolve("start", start.span, from, zone, Twice::First);
            let back = self.resolve("end", end.span, until, zone, Twice::Second);
            let (Some(begin), Some(back)) = (begin, back) else {
                continue;
            };
            // The last touched date is that of the last moment before the end.
            let last = (until - TimeDelta::seconds(1)).date();
            let days = (last - from.date()).num_days().min(40_000);
            let dates: Vec<_> = (0..=days)
                .map(|day| from.date() + TimeDelta::days(day))
                .collect();
            if let Some(plan) = plan
                && !dates.iter().any(|date| plan.holds(*date))
            {
                self.problems
                    .warning(
                        Code::OutsidePlan,
                        row.span,
                        format!("this absence lies outside the plan ({})", plan.words()),
                    )
                    .hint("it changes nothing; check the year if it should")
                    .alike("outside");
            }
            let reason = table
                .get(row, "reason")
                .map_or_else(|| "absent".to_owned(), |reason| reason.value.clone());
            let absence = Absence {
                agent: AgentIndex(agent),
                from: begin,
                until: back,
                dates,
                reason,
                paid,
            };
            absences.push(Placed::new(row.span, absence));
        }
        self.overlapping(others, &absences);
        absences
    }

    fn overlapping(&mut self, others: &[Placed<Absence>], absences: &[Placed<Absence>]) {
        let mut sorted: Vec<&Placed<Absence>> = others.iter().chain(absences).collect();
        sorted.sort_by_key(|absence| (absence.value.agent, absence.value.from));
        let mut longest: Option<&Placed<Absence>> = None;
        for next in sorted {
            if let Some(before) = longest
                && before.value.agent == next.value.agent
                && next.value.from < before.value.until
            {
                let line = self.sources.place(before.span).line;
                let agent = &self.known.agents.list()[next.value.agent.0];
                self.problems
                    .error(
                        Code::OverlappingAbsences,
                        next.span,
                        format!("this absence of \"{agent}\" overlaps the one in line {line}"),
                    )
                    .hint("nobody is away twice at once: make one absence of the two, or mend the dates")
                    .alike("overlap");
            }
            if longest.is_none_or(|before| {
                before.value.agent != next.value.agent || before.value.until < next.value.until
            }) {
                longest = Some(next);
            }
        }
    }
}
