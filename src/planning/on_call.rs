//! On-call duties of the scenario: as the roster room knows them, given out on a finished roster, and as results.

use chrono::TimeDelta;

use crate::calendar::Instant;
use crate::results::{OnCallRow, PayrollRow, Person};
use crate::roster::on_call::{OnCall, StandBy, check_on_call, give_out_beside, pay};
use crate::roster::problem::{Problem, Span, Tour};
use crate::scenario::Scenario;
use crate::scenario::domain as scenario;

/// Minutes between the times at which hours are looked up; they are written in steps of this.
const STEP: i64 = 5;
/// Longest duty, in minutes; what is longer is cut at midnight.
const LONGEST: i64 = 1440;

/// The duties that begin in the plan, as spans of time.
fn duties(scenario: &Scenario, on_call: &scenario::OnCall) -> Vec<(Instant, Instant)> {
    let zone = on_call
        .site
        .map_or(&scenario.zone, |site| &scenario.sites[site.0].zone);
    let first = zone.start_of_day(scenario.start);
    let end = zone.start_of_day(scenario.last_date() + TimeDelta::days(1));
    let step = TimeDelta::minutes(STEP);
    let on = |at: Instant| on_call.hours.contains(zone.to_local(at));
    let mut duties: Vec<(Instant, Instant)> = Vec::new();
    let mut at = first;
    // What began before the plan is the last plan's.
    while !on_call.hours.is_always() && on(at) && on(at - step) && at < end {
        at += step;
    }
    while at < end {
        if !on(at) {
            at += step;
            continue;
        }
        let begin = at;
        while on(at) && (at - begin).num_minutes() <= LONGEST {
            at += step;
        }
        if (at - begin).num_minutes() > LONGEST {
            at = zone.start_of_day(zone.date(begin) + TimeDelta::days(1));
        }
        duties.push((begin, at));
    }
    duties
}

fn stand_bys(scenario: &Scenario, problem: &Problem) -> Vec<StandBy> {
    let stand_by = |on_call: &scenario::OnCall| {
        let may = |&person: &usize| {
            let agent = &scenario.agents[person];
            on_call.site.is_none_or(|site| agent.site == site) && on_call.who.matches(agent)
        };
        StandBy {
            said: format!("[[on_call]] of {}", on_call.who.words(scenario)),
            members: (0..scenario.agents.len()).filter(may).collect(),
            duties: duties(scenario, on_call)
                .into_iter()
                .map(|(start, end)| Span {
                    start: problem.minute(start),
                    end: problem.minute(end),
                })
                .collect(),
            people: on_call.people,
            pay: on_call.pay,
            rest: on_call.rest as i32,
            most_per_week: on_call.most_per_week,
        }
    };
    scenario.on_call.iter().map(stand_by).collect()
}

/// The duties with who takes them, in order of the scenario and of time; a row without a person for each place that nobody can take.
pub fn on_call_rows(scenario: &Scenario, problem: &Problem, tours: &[Tour]) -> Vec<OnCallRow> {
    let asked = stand_bys(scenario, problem);
    let told = problem.told_duties.iter().filter_map(|told| {
        let number = asked.iter().position(|asked| asked.said == told.said)?;
        let mut duties = asked[number].duties.iter();
        Some(OnCall {
            asked: number,
            duty: duties.position(|duty| *duty == told.span)?,
            person: told.person,
        })
    });
    let told: Vec<OnCall> = told.collect();
    let mut taken = give_out_beside(problem, tours, &asked, &told);
    // The checker has the last word: nobody is put on a duty that breaks a rule.
    let broken = check_on_call(problem, tours, &asked, &taken);
    taken.retain(|one| {
        !broken
            .iter()
            .any(|broken| broken.person == Some(one.person))
    });
    let mut rows = Vec::new();
    for (number, stand_by) in asked.iter().enumerate() {
        for (duty, &span) in stand_by.duties.iter().enumerate() {
            let people = taken
                .iter()
                .filter(|one| (one.asked, one.duty) == (number, duty))
                .map(|one| Some(one.person));
            let missing = (stand_by.people as usize).saturating_sub(people.clone().count());
            for person in people.chain(std::iter::repeat_n(None, missing)) {
                rows.push(OnCallRow {
                    duty: stand_by.said.clone(),
                    agent: person.map(|person| scenario.agents[person].id.clone()),
                    start: problem.instant(span.start),
                    end: problem.instant(span.end),
                    cost: person.map_or(0.0, |person| pay(problem, stand_by, span, person)),
                });
            }
        }
    }
    rows
}

/// Adds what standing by costs to the rows of payroll: to the day on which a duty begins.
pub fn pay_on_call(payroll: &mut Vec<PayrollRow>, people: &[Person], on_call: &[OnCallRow]) {
    for row in on_call {
        let Some(person) = people
            .iter()
            .find(|person| row.agent.as_ref() == Some(&person.id))
        else {
            continue;
        };
        let date = person.zone.date(row.start);
        let of_day = |known: &&mut PayrollRow| known.agent == person.id && known.date == date;
        if let Some(known) = payroll.iter_mut().find(of_day) {
            known.cost += row.cost;
            continue;
        }
        // Rows lie by agent in the order of people, then by date.
        let place = |agent: &str| people.iter().position(|person| person.id == agent);
        let after = payroll
            .partition_point(|known| (place(&known.agent), known.date) < (place(&person.id), date));
        payroll.insert(
            after,
            PayrollRow {
                agent: person.id.clone(),
                name: person.name.clone(),
                site: person.site.clone(),
                contract: person.contract.clone(),
                date,
                paid_minutes: 0,
                night_minutes: 0,
                saturday_minutes: 0,
                sunday_minutes: 0,
                holiday_minutes: 0,
                overtime_minutes: 0,
                absence_minutes: 0,
                cost: row.cost,
            },
        );
    }
}
