//! What a plan made anew in the middle of its weeks changes, for people and for customers.

use crate::calendar::Instant;
use crate::results::{
    ChangeKind, PlanResults, Replanned, Share, ShiftChange, StandingBy, TouchedQueue,
};
use crate::roster::problem::{Problem, Shift, Span, Tour};
use crate::scenario::Scenario;
use crate::simulation::{Moments, Prepared, RunPlan, ServiceLevel, SimulationError, run};

use super::demand::Demand;
use super::play::{PlayOptions, play};
use super::publish::target_words;
use super::rounds::Planned;
use super::underway::{LostShift, Underway};

/// The roster as people had been told it, in the scenario as it was then.
pub struct Before<'a> {
    pub scenario: &'a Scenario,
    pub roster: &'a [Tour],
}

/// The part of the horizon that is looked at.
const LOOKED_AT: u32 = 1;

/// Compares a plan made anew with the roster from which it was made. `plays`: how often each of three rosters is played, at least 2.
///
/// # Errors
/// Where a roster cannot be played.
pub fn replanned(
    before: &Before,
    scenario: &Scenario,
    demand: &Demand,
    planned: &Planned,
    underway: &Underway,
    results: &PlanResults,
    (now, plays, seed): (Instant, usize, u64),
) -> Result<Replanned, SimulationError> {
    let problem = &planned.problem;
    let hours = hours(scenario, problem, underway, now);
    let grid = scenario.grid();
    let looked_at = |interval: usize| {
        let (start, end) = (grid.at(interval), grid.at(interval + 1));
        hours
            .iter()
            .any(|(from, until)| *from < end && start < *until)
    };
    let parts: Vec<u32> = (0..grid.len)
        .map(|interval| if looked_at(interval) { LOOKED_AT } else { 0 })
        .collect();
    let plan = RunPlan::quick(plays, seed, parts.clone());
    let served =
        |scenario: &Scenario, tours: &[Tour]| -> Result<Vec<Option<Share>>, SimulationError> {
            let input = play(scenario, demand, problem, tours, &PlayOptions::default());
            let played = run(&Prepared::new(&input)?, &plan, &|_| true)?;
            Ok(played
                .queues
                .iter()
                .map(|queue| share(queue.parts.get(LOOKED_AT as usize)))
                .collect())
        };
    let told = served(before.scenario, before.roster)?;
    let unmended = served(scenario, &underway.told)?;
    let mended = served(scenario, &planned.solution.tours)?;
    let touched = |queue: usize| {
        let facts = &scenario.queues[queue];
        let contacts = demand.queues[queue].contacts.iter().zip(&parts);
        Some(TouchedQueue {
            id: facts.id.clone(),
            target: target_words(&facts.target),
            answered: facts.target.answered,
            contacts: contacts
                .filter(|(_, part)| **part == LOOKED_AT)
                .map(|(n, _)| n)
                .sum(),
            told: told[queue]?,
            unmended: unmended[queue]?,
            mended: mended[queue]?,
        })
    };
    Ok(Replanned {
        now,
        free_from: underway.free_from,
        change_weighs: problem.soft.changed_shift,
        on_call: on_call(scenario, results, &hours),
        changes: changes(scenario, before.roster, planned, underway, results),
        queues: (0..scenario.queues.len()).filter_map(touched).collect(),
        hours,
    })
}

/// Who stands by in some of these hours.
fn on_call(
    scenario: &Scenario,
    results: &PlanResults,
    hours: &[(Instant, Instant)],
) -> Vec<StandingBy> {
    let rows = results.on_call.iter().filter(|row| {
        let missed = |(from, until): &(Instant, Instant)| *from < row.end && row.start < *until;
        hours.iter().any(missed)
    });
    rows.filter_map(|row| {
        let mut agents = scenario.agents.iter();
        let agent = agents.find(|agent| Some(&agent.id) == row.agent.as_ref())?;
        Some(StandingBy {
            agent: agent.id.clone(),
            name: agent.name.clone(),
            start: row.start,
            end: row.end,
        })
    })
    .collect()
}

fn share(part: Option<&Moments>) -> Option<Share> {
    let level = part?.service_level(ServiceLevel::Offered)?;
    let (low, high) = level.range_of_share();
    Some(Share {
        mean: level.mean,
        low,
        high,
    })
}

/// When people are missing from `now` on, joined where they touch; what is left of the planner's day where nobody is.
fn hours(
    scenario: &Scenario,
    problem: &Problem,
    underway: &Underway,
    now: Instant,
) -> Vec<(Instant, Instant)> {
    let grid = scenario.grid();
    let within = |(from, until): (Instant, Instant)| {
        let span = (from.max(now).max(grid.start), until.min(grid.end()));
        (span.0 < span.1).then_some(span)
    };
    let missing = |lost: &LostShift| {
        let from = lost
            .left_at
            .unwrap_or(problem.instant(lost.shift.span.start));
        (from, problem.instant(lost.shift.span.end))
    };
    let mut spans: Vec<_> = (underway.lost.iter())
        .map(missing)
        .filter_map(within)
        .collect();
    if spans.is_empty() {
        let from = now.max(grid.start);
        let tomorrow = scenario.zone.date(from) + chrono::TimeDelta::days(1);
        spans.extend(within((from, scenario.zone.start_of_day(tomorrow))));
    }
    spans.sort();
    let mut joined: Vec<(Instant, Instant)> = Vec::new();
    for span in spans {
        match joined.last_mut() {
            Some(last) if span.0 <= last.1 => last.1 = last.1.max(span.1),
            _ => joined.push(span),
        }
    }
    joined
}

fn changes(
    scenario: &Scenario,
    told: &[Tour],
    planned: &Planned,
    underway: &Underway,
    results: &PlanResults,
) -> Vec<ShiftChange> {
    let problem = &planned.problem;
    let mut changes = Vec::new();
    for (person, agent) in scenario.agents.iter().enumerate() {
        let site = &scenario.sites[agent.site.0];
        let instants = |span: Span| (problem.instant(span.start), problem.instant(span.end));
        for (index, day) in problem.site(person).days.iter().enumerate() {
            let on_day = |tour: &&Shift| tour.day == index;
            let was = told[person].shifts.iter().find(on_day);
            let now = planned.solution.tours[person].shifts.iter().find(on_day);
            let lost = (underway.lost.iter())
                .find(|lost| lost.agent.0 == person && lost.shift.day == index);
            let Some(kind) = kind(was, now, lost) else {
                continue;
            };
            let worked = lost.and_then(|lost| {
                let until = lost.left_at?;
                Some((problem.instant(lost.shift.span.start), until))
            });
            changes.push(ShiftChange {
                agent: agent.id.clone(),
                name: agent.name.clone(),
                site: site.id.clone(),
                zone: site.zone.clone(),
                date: day.date,
                kind,
                was: was.map(|shift| instants(shift.span)),
                now: now.map(|shift| instants(shift.span)).or(worked),
                why: match lost {
                    Some(lost) => lost.reason.clone(),
                    None => why(results, problem, person, now, kind),
                },
            });
        }
    }
    changes.extend(duties_changed(scenario, problem, underway, results));
    changes.sort_by_key(|change| change.now.or(change.was));
    changes
}

/// Duties to stand by that somebody else has now. Where nobody had been told of any, there is nothing to compare.
fn duties_changed(
    scenario: &Scenario,
    problem: &Problem,
    underway: &Underway,
    results: &PlanResults,
) -> Vec<ShiftChange> {
    let instants = |span: Span| (problem.instant(span.start), problem.instant(span.end));
    let told: Vec<(usize, (Instant, Instant))> = (underway.duties.iter())
        .map(|duty| (duty.person, instants(duty.span)))
        .collect();
    let now: Vec<(usize, (Instant, Instant))> = (results.on_call.iter())
        .filter_map(|row| {
            let mut agents = scenario.agents.iter();
            let person = agents.position(|agent| Some(&agent.id) == row.agent.as_ref())?;
            Some((person, (row.start, row.end)))
        })
        .collect();
    let change = |&(person, span): &(usize, (Instant, Instant)), kind: ChangeKind| {
        let agent = &scenario.agents[person];
        let site = &scenario.sites[agent.site.0];
        ShiftChange {
            agent: agent.id.clone(),
            name: agent.name.clone(),
            site: site.id.clone(),
            zone: site.zone.clone(),
            date: site.zone.date(span.0),
            kind,
            was: (kind == ChangeKind::OffCall).then_some(span),
            now: (kind == ChangeKind::OnCall).then_some(span),
            why: String::new(),
        }
    };
    let gone = told.iter().filter(|duty| !now.contains(duty));
    let new = now
        .iter()
        .filter(|duty| !told.is_empty() && !told.contains(duty));
    gone.map(|duty| change(duty, ChangeKind::OffCall))
        .chain(new.map(|duty| change(duty, ChangeKind::OnCall)))
        .collect()
}

fn kind(was: Option<&Shift>, now: Option<&Shift>, lost: Option<&LostShift>) -> Option<ChangeKind> {
    match (was, now) {
        (None, None) => None,
        (None, Some(_)) => Some(ChangeKind::Added),
        (Some(_), None) => Some(match lost {
            None => ChangeKind::Freed,
            Some(lost) if lost.left_at.is_some() => ChangeKind::Left,
            Some(_) => ChangeKind::Absent,
        }),
        (Some(was), Some(now)) if was.span != now.span => Some(ChangeKind::Moved),
        (Some(was), Some(now)) => (was.breaks != now.breaks).then_some(ChangeKind::Breaks),
    }
}

/// What the plan says of the new shift.
fn why(
    results: &PlanResults,
    problem: &Problem,
    person: usize,
    now: Option<&Shift>,
    kind: ChangeKind,
) -> String {
    let start = now.map(|shift| problem.instant(shift.span.start));
    let mut shifts = results.people[person].shifts.iter();
    let shift = shifts.find(|shift| Some(shift.start()) == start);
    match (kind, shift.and_then(|shift| shift.why.clone())) {
        (ChangeKind::Added | ChangeKind::Moved, Some(why)) => why,
        _ => String::new(),
    }
}
