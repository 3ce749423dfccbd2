//! A locked shift stays as it is, so it must keep the rules that it can be held against on its own.

use super::Check;
use super::times::clock;
use super::values::Zones;
use crate::calendar::{Zone, format_minutes};
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{Absence, Agent, Contract, FixedShift};
use crate::scenario::source::Placed;
use chrono::{TimeDelta, Timelike};

impl Check<'_> {
    /// `locked` and `previous` are ordered by agent and start.
    pub fn locked_rules(
        &mut self,
        locked: &[Placed<FixedShift>],
        previous: &[Placed<FixedShift>],
        absences: &[Placed<Absence>],
        agents: &[Option<Agent>],
        contracts: &[Option<Contract>],
        zones: &Zones,
    ) {
        for (at, shift) in locked.iter().enumerate() {
            let index = shift.value.agent.0;
            let Some(agent) = agents.get(index).and_then(Option::as_ref) else {
                continue;
            };
            let contract = contracts.get(agent.contract.0).and_then(Option::as_ref);
            let (Some(contract), Some(zone)) = (contract, zones.of(index)) else {
                continue;
            };
            self.locked_alone(shift, agent, contract, zone);
            for absence in absences {
                let away = &absence.value;
                if away.agent == shift.value.agent
                    && away.from < shift.value.end
                    && shift.value.start < away.until
                {
                    let place = self.sources.place(absence.span);
                    self.locked_problem(
                        shift,
                        "absence",
                        format!("it touches the absence \"{}\" ({place})", away.reason),
                        "take the shift or the absence out",
                    );
                }
            }
            let same_agent = |before: &&Placed<FixedShift>| before.value.agent == shift.value.agent;
            let before = at.checked_sub(1).map(|before| &locked[before]);
            // The last shift of the week before that begins before this one.
            let last_week = previous
                .iter()
                .filter(same_agent)
                .rfind(|last| last.value.start <= shift.value.start);
            let befores = [
                (before.filter(same_agent), "the locked shift in line"),
                (last_week, "the shift of the week before in"),
            ];
            for (before, which) in befores {
                let Some(before) = before else { continue };
                let place = self.sources.place(before.span);
                let which = if which.ends_with("line") {
                    format!("{which} {}", place.line)
                } else {
                    format!("{which} {place}")
                };
                let rest = (shift.value.start - before.value.end).num_minutes();
                let needed = contract.rest_between_shifts.unwrap_or(0);
                if rest < 0 {
                    self.locked_problem(
                        shift,
                        "overlap",
                        format!("it overlaps {which}"),
                        "nobody works two shifts at once; mend one of them",
                    );
                } else if zone.date(shift.value.start) == zone.date(before.value.start) {
                    self.locked_problem(
                        shift,
                        "one shift a day",
                        format!("it starts on the same date as {which}"),
                        "nobody works two shifts a day; make one shift of them or take one out",
                    );
                } else if rest < i64::from(needed) {
                    self.locked_problem(
                        shift,
                        "rest_between_shifts",
                        format!(
                            "it leaves {} of rest after {which}, and contract \"{}\" asks for {}",
                            format_minutes(rest),
                            contract.id,
                            format_minutes(needed.into())
                        ),
                        "move or shorten one of the two",
                    );
                }
            }
        }
    }

    fn locked_alone(
        &mut self,
        shift: &Placed<FixedShift>,
        agent: &Agent,
        contract: &Contract,
        zone: &Zone,
    ) {
        let length = (shift.value.end - shift.value.start).num_minutes() as u32;
        if !contract.shift_lengths.contains(&length) {
            let allowed: Vec<String> = contract
                .shift_lengths
                .iter()
                .map(|length| format_minutes((*length).into()))
                .collect();
            self.locked_problem(
                shift,
                "shift_lengths",
                format!(
                    "it is {} long, and contract \"{}\" allows {}",
                    format_minutes(length.into()),
                    contract.id,
                    allowed.join(", ")
                ),
                "mend its end, or add the length to the contract's shift_lengths",
            );
        }
        let start = zone.to_local(shift.value.start);
        let minute = start.hour() * 60 + start.minute();
        if !contract.shift_starts.allows(minute) || start.second() != 0 {
            let starts = contract.shift_starts;
            self.locked_problem(
                shift,
                "shift_starts",
                format!(
                    "it starts at {} local time, and contract \"{}\" starts every {} from {} to {}",
                    start.format("%H:%M"),
                    contract.id,
                    format_minutes(starts.every.into()),
                    clock(starts.earliest),
                    clock(starts.latest)
                ),
                "mend its start, or the contract's shift_starts",
            );
        }
        let end = zone.to_local(shift.value.end);
        let midnight = start.date().and_time(chrono::NaiveTime::MIN);
        let end_minute = (end - midnight).num_minutes().max(0) as u32;
        if let Some(window) = agent.window
            && !window.allows(minute, end_minute)
        {
            self.locked_problem(
                shift,
                "window",
                format!(
                    "it is {} to {} local time, outside the agent's window {}-{}",
                    start.format("%H:%M"),
                    end.format("%H:%M"),
                    clock(window.earliest_start),
                    clock(window.latest_end % 1440)
                ),
                "move the shift, or widen the window",
            );
        }
        let date = start.date();
        let last = (end - TimeDelta::seconds(1)).date();
        if agent.from.is_some_and(|from| date < from)
            || agent.until.is_some_and(|until| last > until)
        {
            self.locked_problem(
                shift,
                "from/until",
                format!("\"{}\" does not work here on that date", agent.id),
                "mend the date, or the agent's from and until",
            );
        }
    }

    fn locked_problem(&mut self, shift: &Placed<FixedShift>, rule: &str, what: String, hint: &str) {
        let agent = &self.known.agents.list()[shift.value.agent.0];
        self.problems
            .error(
                Code::LockedShift,
                shift.span,
                format!("this locked shift of \"{agent}\" breaks the rule {rule}: {what}"),
            )
            .hint(hint)
            .alike(rule);
    }
}
