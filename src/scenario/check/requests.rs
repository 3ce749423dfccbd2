//! Wishes.

use chrono::NaiveDate;
use std::collections::BTreeMap;

use super::Check;
use super::times::parse_minute;
use super::values::{PlanDates, Zones};
use crate::scenario::diagnostic::{Code, nearest};
use crate::scenario::domain::{Absence, AgentIndex, FixedShift, Request, Wish};
use crate::scenario::file::Text;
use crate::scenario::source::Placed;

impl Check<'_> {
    /// The requests in the order of the file, each with the place of its row.
    pub fn requests(
        &mut self,
        path: Text,
        zones: &Zones,
        plan: Option<&PlanDates>,
    ) -> Vec<Placed<Request>> {
        let Some(table) = path.and_then(|path| self.csv("requests", &path)) else {
            return Vec::new();
        };
        if !table.expect(&["agent", "date", "wants"], &["weight"], self.problems) {
            return Vec::new();
        }
        let mut requests = Vec::new();
        for row in table.rows() {
            let agent = self.agent_of(&table, row);
            let (Some(date), Some(wants)) = (table.get(row, "date"), table.get(row, "wants"))
            else {
                self.problems
                    .error(
                        Code::MissingKey,
                        row.span,
                        "this request has no date or says not what is wanted",
                    )
                    .hint("write agent,date,wants: a0001,2026-10-23,off")
                    .alike("wants");
                continue;
            };
            let date = self.date("date", date);
            let wish = self.wish(wants);
            let weight = self
                .number_field(&table, row, "weight")
                .map_or(Some(1.0), |weight| {
                    self.at_least("weight", &weight, 0.0, true)
                });
            let (Some(agent), Some(date), Some(wants), Some(weight)) = (agent, date, wish, weight)
            else {
                continue;
            };
            if zones.of(agent).is_none() {
                continue;
            }
            if let Some(plan) = plan
                && !plan.holds(date)
            {
                self.problems
                    .warning(
                        Code::OutsidePlan,
                        row.span,
                        format!("this request lies outside the plan ({})", plan.words()),
                    )
                    .hint("it changes nothing; check the year if it should")
                    .alike("outside");
            }
            let request = Request {
                agent: AgentIndex(agent),
                date,
                wants,
                weight,
            };
            requests.push(Placed::new(row.span, request));
        }
        requests
    }

    fn wish(&mut self, text: &Placed<String>) -> Option<Wish> {
        let word = text.value.to_lowercase();
        let wish = match word.as_str() {
            "off" => Some(Wish::Off),
            "on" => Some(Wish::On),
            "early" => Some(Wish::Early),
            "late" => Some(Wish::Late),
            time => parse_minute(time).map(Wish::StartAt),
        };
        if wish.is_none() {
            let hint = match nearest(&word, ["off", "on", "early", "late"]) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "write off, on, early, late or a start time such as 09:00".to_owned(),
            };
            self.problems
                .error(
                    Code::BadValue,
                    text.span,
                    format!("`wants`: nobody can want \"{}\"", text.value),
                )
                .hint(hint)
                .alike("wants");
        }
        wish
    }

    /// Wishes that cannot be met, or say two things of one day.
    pub fn wishes_against_facts(
        &mut self,
        requests: &[Placed<Request>],
        absences: &[Placed<Absence>],
        locked: &[Placed<FixedShift>],
        zones: &Zones,
    ) {
        let mut first: BTreeMap<(AgentIndex, NaiveDate), &Placed<Request>> = BTreeMap::new();
        let mut working: BTreeMap<(AgentIndex, NaiveDate), ()> = BTreeMap::new();
        for shift in locked {
            if let Some(zone) = zones.of(shift.value.agent.0) {
                working.insert((shift.value.agent, zone.date(shift.value.start)), ());
            }
        }
        let absent: BTreeMap<(AgentIndex, NaiveDate), ()> = absences
            .iter()
            .flat_map(|absence| {
                absence
                    .value
                    .dates
                    .iter()
                    .map(|date| ((absence.value.agent, *date), ()))
            })
            .collect();
        for request in requests {
            let key = (request.value.agent, request.value.date);
            let off = request.value.wants == Wish::Off;
            if let Some(before) = first.get(&key) {
                if before.value.wants != request.value.wants {
                    let line = self.sources.place(before.span).line;
                    self.problems
                        .warning(
                            Code::Contradiction,
                            request.span,
                            format!("line {line} wants something else for the same day"),
                        )
                        .hint("both are weighed, but at most one can be met")
                        .alike("two wishes");
                }
            } else {
                first.insert(key, request);
            }
            if off && working.contains_key(&key) {
                self.problems
                    .warning(
                        Code::Contradiction,
                        request.span,
                        "this day off cannot be: a locked shift starts on that day",
                    )
                    .hint("take the request out, or the locked shift")
                    .alike("locked");
            }
            if !off && absent.contains_key(&key) {
                self.problems
                    .warning(
                        Code::Contradiction,
                        request.span,
                        "this request is for a day of absence",
                    )
                    .hint("it may not be met; take it out, or mend the absence")
                    .alike("absent");
            }
        }
    }
}
