//! Each person with their shifts, absences and wishes, and what they are paid.

use chrono::{NaiveDate, Timelike};

use crate::payroll::{OvertimeStep, PayTerms, Premium, WeekRules, rows};
use crate::results::{AbsenceSpan, PayrollRow, Person, Segment, Shift, Wish};
use crate::roster::problem::{Problem, Tour};
use crate::roster::wish_met;
use crate::scenario::domain::{self as scenario, AgentIndex, Scenario};

use crate::planning::problem::wants;

pub fn person(scenario: &Scenario, problem: &Problem, tour: &Tour, index: usize) -> Person {
    let agent = &scenario.agents[index];
    let site = &scenario.sites[agent.site.0];
    let contract = &scenario.contracts[agent.contract.0];
    let shifts = tour
        .shifts
        .iter()
        .zip(1..)
        .map(|(shift, number)| {
            let segment = |activity: &str, start: i32, end: i32, paid: bool| Segment {
                activity: activity.to_owned(),
                start: problem.instant(start),
                end: problem.instant(end),
                paid,
            };
            let mut segments = Vec::with_capacity(2 * shift.breaks.len() + 1);
            let mut at = shift.span.start;
            for (which, rest) in &shift.breaks {
                if at < rest.start {
                    segments.push(segment("work", at, rest.start, true));
                }
                let (name, paid) = match contract.breaks.get(*which) {
                    Some(part) => (part.name.as_str(), part.paid),
                    None => {
                        let activity = &scenario.activities[*which - contract.breaks.len()];
                        (activity.name.as_str(), activity.paid)
                    }
                };
                segments.push(segment(name, rest.start, rest.end, paid));
                at = rest.end;
            }
            if at < shift.span.end {
                segments.push(segment("work", at, shift.span.end, true));
            }
            Shift {
                number,
                segments,
                why: None,
            }
        })
        .collect();
    let absences = scenario
        .absences
        .iter()
        .filter(|absence| absence.agent == AgentIndex(index))
        .map(|absence| AbsenceSpan {
            reason: absence.reason.clone(),
            start: absence.from,
            end: absence.until,
            paid: absence.paid,
        });
    Person {
        id: agent.id.clone(),
        name: agent.name.clone(),
        site: site.id.clone(),
        zone: site.zone.clone(),
        contract: contract.id.clone(),
        role: scenario.roles[agent.role.0].clone(),
        languages: scenario.language_names(agent),
        channels: agent.channels.names(),
        shifts,
        absences: absences.collect(),
        wishes: wishes(scenario, problem, tour, index),
    }
}

fn wishes(scenario: &Scenario, problem: &Problem, tour: &Tour, index: usize) -> Vec<Wish> {
    let zone = &scenario.sites[scenario.agents[index].site.0].zone;
    let days = &problem.site(index).days;
    let mut wishes: Vec<Wish> = scenario
        .requests
        .iter()
        .filter(|request| {
            request.agent == AgentIndex(index) && days.iter().any(|day| day.date == request.date)
        })
        .map(|request| {
            let start = tour
                .shifts
                .iter()
                .find(|shift| days[shift.day].date == request.date)
                .map(|shift| {
                    let local = zone.to_local(problem.instant(shift.span.start));
                    (local.hour() * 60 + local.minute()) as i32
                });
            let granted = wish_met(wants(request.wants), start);
            Wish {
                date: request.date,
                wants: wish_word(request.wants),
                granted,
                why: (!granted).then(|| match start {
                    Some(minute) => format!("works from {:02}:{:02}", minute / 60, minute % 60),
                    None => "is off".to_owned(),
                }),
            }
        })
        .collect();
    wishes.sort_by_key(|wish| wish.date);
    wishes
}

fn wish_word(wish: scenario::Wish) -> String {
    match wish {
        scenario::Wish::Off => "off".to_owned(),
        scenario::Wish::On => "on".to_owned(),
        scenario::Wish::Early => "early".to_owned(),
        scenario::Wish::Late => "late".to_owned(),
        scenario::Wish::StartAt(minute) => format!("{:02}:{:02}", minute / 60, minute % 60),
    }
}

pub fn payroll_of(scenario: &Scenario, index: usize, person: &Person) -> Vec<PayrollRow> {
    let agent = &scenario.agents[index];
    let contract = &scenario.contracts[agent.contract.0];
    let site = &scenario.sites[agent.site.0];
    let steps = contract.terms.daily_overtime.iter();
    let daily_overtime: Vec<OvertimeStep> = steps
        .map(|step| OvertimeStep {
            after: i64::from(step.after),
            factor: step.factor,
        })
        .collect();
    let terms = PayTerms {
        daily_overtime: &daily_overtime,
        rate: agent.cost_per_hour.unwrap_or(contract.cost_per_hour),
        premium: Premium {
            night: contract.premium.night,
            saturday: contract.premium.saturday,
            sunday: contract.premium.sunday,
            holiday: contract.premium.holiday,
        },
        overtime_factor: contract.overtime.map_or(1.0, |overtime| overtime.factor),
    };
    let rules = WeekRules {
        max_minutes: i64::from(contract.paid_minutes_per_week.max),
        max_days: contract.days_per_week.max,
        first_day: scenario.start,
        weeks: scenario.weeks,
        employed: (agent.from, agent.until),
    };
    rows(person, &terms, &rules, &|date: NaiveDate| {
        site.is_holiday(date)
    })
}
