//! Shifts that are not the planner's to choose: locked ones, and those of the weeks before.

use std::collections::BTreeMap;

use super::values::{PlanDates, Twice, Zones};
use super::{Check, parse_date, parse_instant};
use crate::calendar::{Instant, Zone};
use crate::scenario::csv::Table;
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{AgentIndex, FixedShift};
use crate::scenario::file::Text;
use crate::scenario::source::{Placed, Span};

impl Check<'_> {
    /// Shifts ordered by agent and start, each with the place of its (first) row.
    pub fn fixed_shifts(
        &mut self,
        path: Text,
        zones: &Zones,
        plan: Option<&PlanDates>,
        previous: bool,
    ) -> Vec<Placed<FixedShift>> {
        let key = if previous { "previous" } else { "locked" };
        let Some(table) = path.and_then(|path| self.csv(key, &path)) else {
            return Vec::new();
        };
        let mut shifts = if table.has("start_utc") {
            self.roster_shifts(&table)
        } else {
            self.plain_shifts(&table, zones)
        };
        shifts.sort_by_key(|shift| (shift.value.agent, shift.value.start));
        for shift in &shifts {
            let Some((plan, zone)) = plan.zip(zones.of(shift.value.agent.0)) else {
                continue;
            };
            let date = zone.date(shift.value.start);
            if !previous && !plan.holds(date) {
                self.problems
                    .warning(
                        Code::OutsidePlan,
                        shift.span,
                        format!(
                            "this locked shift starts outside the plan ({})",
                            plan.words()
                        ),
                    )
                    .hint("it changes nothing; shifts of the week before belong into `previous`")
                    .alike("outside");
            }
            if previous && date >= plan.first {
                self.problems
                    .warning(
                        Code::OutsidePlan,
                        shift.span,
                        format!(
                            "this shift of the weeks before starts in or after the plan ({})",
                            plan.words()
                        ),
                    )
                    .hint("it is left out; a shift that stays as it is belongs into `locked`")
                    .alike("outside");
            }
        }
        shifts.retain(|shift| {
            let known = plan.zip(zones.of(shift.value.agent.0));
            !previous || known.is_none_or(|(plan, zone)| zone.date(shift.value.start) < plan.first)
        });
        for pair in shifts.windows(2) {
            let (first, second) = (&pair[0].value, &pair[1].value);
            if previous && first.agent == second.agent && second.start < first.end {
                let line = self.sources.place(pair[0].span).line;
                self.problems
                    .error(
                        Code::Contradiction,
                        pair[1].span,
                        format!("this shift overlaps the same agent's shift in line {line}"),
                    )
                    .hint("nobody works two shifts at once; mend one of them")
                    .alike("overlap");
            }
        }
        shifts
    }

    fn plain_shifts(&mut self, table: &Table, zones: &Zones) -> Vec<Placed<FixedShift>> {
        let mut shifts = Vec::new();
        if !table.expect(&["agent", "start", "end"], &[], self.problems) {
            return shifts;
        }
        for row in table.rows() {
            let agent = self.agent_of(table, row);
            let (Some(start), Some(end)) = (table.get(row, "start"), table.get(row, "end")) else {
                self.problems
                    .error(
                        Code::MissingKey,
                        row.span,
                        "this shift has no start or no end",
                    )
                    .hint("write both: a0001,2026-10-21T08:00,2026-10-21T16:00")
                    .alike("start");
                continue;
            };
            let zone = agent.and_then(|agent| zones.of(agent));
            let begin = self.shift_time("start", start, zone);
            let finish = self.shift_time("end", end, zone);
            if let (Some(agent), Some(begin), Some(finish)) = (agent, begin, finish) {
                let shift =
                    self.fixed_shift(agent, row.span, end.span, (begin, finish), Vec::new());
                shifts.extend(shift);
            }
        }
        shifts
    }

    /// The pieces of each shift of a roster.csv put together; what is no work, such as an absence, is left out.
    fn roster_shifts(&mut self, table: &Table) -> Vec<Placed<FixedShift>> {
        let optional = [
            "name",
            "site",
            "activity",
            "start_local",
            "end_local",
            "time_zone",
            "paid",
        ];
        if !table.expect(
            &["agent", "shift", "start_utc", "end_utc"],
            &optional,
            self.problems,
        ) {
            return Vec::new();
        }
        struct Pieces {
            first: Span,
            start: Instant,
            end: Instant,
            pauses: Vec<(Instant, Instant)>,
            works: bool,
        }
        let mut all: BTreeMap<(usize, String), Pieces> = BTreeMap::new();
        for row in table.rows() {
            let Some(shift) = table.get(row, "shift") else {
                continue;
            };
            let Some(agent) = self.agent_of(table, row) else {
                continue;
            };
            let mut instant = |column: &str| {
                let field = table.get(row, column)?;
                self.shift_time(column, field, None)
            };
            let (Some(start), Some(end)) = (instant("start_utc"), instant("end_utc")) else {
                continue;
            };
            let works = table
                .get(row, "activity")
                .is_none_or(|activity| activity.value == "work");
            let pieces = all
                .entry((agent, shift.value.clone()))
                .or_insert_with(|| Pieces {
                    first: row.span,
                    start,
                    end,
                    pauses: Vec::new(),
                    works: false,
                });
            pieces.start = pieces.start.min(start);
            pieces.end = pieces.end.max(end);
            pieces.works |= works;
            if !works && start < end {
                pieces.pauses.push((start, end));
            }
        }
        let mut shifts = Vec::new();
        for ((agent, _), mut pieces) in all {
            if pieces.works {
                pieces.pauses.sort_unstable();
                let (first, span) = (pieces.first, (pieces.start, pieces.end));
                shifts.extend(self.fixed_shift(agent, first, first, span, pieces.pauses));
            }
        }
        shifts
    }

    fn fixed_shift(
        &mut self,
        agent: usize,
        span: Span,
        end_span: Span,
        (start, end): (Instant, Instant),
        pauses: Vec<(Instant, Instant)>,
    ) -> Option<Placed<FixedShift>> {
        let minutes = (end - start).num_minutes();
        if minutes <= 0 || minutes > 1440 {
            let (message, hint) = if minutes <= 0 {
                (
                    "this shift ends before it begins",
                    "a shift past midnight ends on the next date",
                )
            } else {
                (
                    "this shift is longer than a day",
                    "check the date of its end",
                )
            };
            self.problems
                .error(Code::BadTime, end_span, message)
                .hint(hint)
                .alike(message);
            return None;
        }
        let agent = AgentIndex(agent);
        let shift = FixedShift {
            agent,
            start,
            end,
            pauses,
        };
        Some(Placed::new(span, shift))
    }

    /// An instant: UTC, with an offset, or local time where the zone is known.
    fn shift_time(
        &mut self,
        key: &str,
        text: &Placed<String>,
        zone: Option<&Zone>,
    ) -> Option<Instant> {
        if let Some(instant) = parse_instant(&text.value) {
            return Some(instant);
        }
        if key.ends_with("_utc") || parse_date(&text.value).is_some() {
            let hint = if key.ends_with("_utc") {
                "write UTC with a Z: 2026-10-21T05:00Z"
            } else {
                "write the time as well: 2026-10-21T08:00"
            };
            self.problems
                .error(
                    Code::BadTime,
                    text.span,
                    format!("`{key}`: \"{}\" is not an instant", text.value),
                )
                .hint(hint)
                .alike(key);
            return None;
        }
        let local = self.local(key, text, false)?;
        self.resolve(key, text.span, local, zone?, Twice::Ask)
    }
}
