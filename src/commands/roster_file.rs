//! A roster.csv read back: our own or anybody's in the same form.

use std::collections::BTreeMap;
use std::path::Path;

use crate::calendar::Instant;
use crate::planning::{Learnt, read_learnt};
use crate::roster::problem::{Problem, Shift, Span, ToldDuty, Tour};
use crate::scenario::domain::{Absence, AgentIndex};
use crate::scenario::{Scenario, parse_instant};

use super::csv_file::{self, Row};
use super::exit::Failure;

const COLUMNS: [&str; 5] = ["agent", "shift", "activity", "start_utc", "end_utc"];

/// What the plan that wrote a roster has learnt: `learnt.json` beside it, if it is of this scenario's queues and week.
pub fn learnt_beside(roster: &Path, scenario: &Scenario) -> Option<Learnt> {
    let text = std::fs::read_to_string(roster.with_file_name("learnt.json")).ok()?;
    read_learnt(scenario, &text)
}

/// A row: activity, start, end.
type Piece = (String, Instant, Instant);

/// The roster that people have been told, and the absences of whom it says that they are away.
///
/// # Errors
/// Everything that is wrong with it, or that it is of other weeks.
pub fn read_told(
    path: &Path,
    scenario: &Scenario,
    problem: &Problem,
) -> Result<(Vec<Tour>, Vec<Absence>), Failure> {
    let tours = read(path, scenario, problem)?;
    let outside = |shift: &&Shift| shift.day == usize::MAX;
    let mut shifts = tours.iter().enumerate().flat_map(|(person, tour)| {
        (tour.shifts.iter().filter(outside)).map(move |shift| (person, shift.span.start))
    });
    if let Some((person, start)) = shifts.next() {
        let zone = &problem.site(person).zone;
        return Err(Failure::input(format!(
            "{}: {} has a shift of {}, and the plan has the dates {} to {}; give the roster of these weeks with --roster",
            path.display(),
            scenario.agents[person].id,
            zone.to_local(problem.instant(start))
                .format("%Y-%m-%d %H:%M"),
            scenario.start,
            scenario.last_date()
        )));
    }
    Ok((tours, read_absences(path, scenario)?))
}

fn read_absences(path: &Path, scenario: &Scenario) -> Result<Vec<Absence>, Failure> {
    let columns = ["agent", "shift", "activity", "start_utc", "end_utc", "paid"];
    let mut absences = Vec::new();
    for Row { fields, .. } in csv_file::rows(path, "a roster", "--roster", columns)? {
        let [id, number, reason, start, end, paid] = &fields;
        let agent = scenario.agents.iter().position(|agent| agent.id == *id);
        let (Some(agent), Some(from), Some(until)) =
            (agent, parse_instant(start), parse_instant(end))
        else {
            continue;
        };
        if number.is_empty() && from < until {
            let zone = &scenario.sites[scenario.agents[agent].site.0].zone;
            let last = zone.date(until - chrono::TimeDelta::seconds(1));
            let dates = zone.date(from).iter_days();
            absences.push(Absence {
                agent: AgentIndex(agent),
                from,
                until,
                dates: dates.take_while(|date| *date <= last).collect(),
                reason: reason.clone(),
                paid: paid != "false",
            });
        }
    }
    Ok(absences)
}

/// Duties to stand by that `on_call.csv` beside a roster tells; none where there is no such file.
///
/// # Errors
/// Everything that is wrong with it.
pub fn duties_beside(
    roster: &Path,
    scenario: &Scenario,
    problem: &Problem,
) -> Result<Vec<ToldDuty>, Failure> {
    let path = roster.with_file_name("on_call.csv");
    if !path.exists() {
        return Ok(Vec::new());
    }
    let (mut duties, mut problems) = (Vec::new(), Vec::new());
    let columns = ["agent", "duty", "start_utc", "end_utc"];
    for Row { place, fields } in csv_file::rows(&path, "a list of duties", "--roster", columns)? {
        let [id, said, start, end] = &fields;
        if id.is_empty() {
            continue;
        }
        let person = scenario.agents.iter().position(|agent| agent.id == *id);
        match (person, parse_instant(start), parse_instant(end)) {
            (Some(person), Some(start), Some(end)) => duties.push(ToldDuty {
                said: said.clone(),
                person,
                span: Span {
                    start: problem.minute(start),
                    end: problem.minute(end),
                },
            }),
            (None, ..) => problems.push(format!(
                "{place}: there is no agent \"{id}\" in the scenario"
            )),
            _ => problems.push(format!(
                "{place}: \"{start}\" to \"{end}\" is no span of time; write 2026-10-25T00:30Z"
            )),
        }
    }
    match problems.is_empty() {
        true => Ok(duties),
        false => Err(Failure::Input(problems)),
    }
}

/// Absences in the form in which a scenario reads them, on each agent's clock.
pub fn absences_csv(scenario: &Scenario, absences: &[Absence]) -> String {
    let mut text = "agent,start,end,reason,paid\n".to_owned();
    for absence in absences {
        let agent = &scenario.agents[absence.agent.0];
        let zone = &scenario.sites[agent.site.0].zone;
        let local = |at: Instant| zone.to_local(at).format("%Y-%m-%dT%H:%M").to_string();
        let reason = absence.reason.replace('"', "\"\"");
        text += &format!(
            "{},{},{},\"{reason}\",{}\n",
            agent.id,
            local(absence.from),
            local(absence.until),
            absence.paid
        );
    }
    text
}

/// Everybody's shifts from a file with the columns `agent,shift,activity,start_utc,end_utc`; rows without a shift (absences) are passed over.
pub fn read(path: &Path, scenario: &Scenario, problem: &Problem) -> Result<Vec<Tour>, Failure> {
    let mut pieces: BTreeMap<(usize, String), Vec<Piece>> = BTreeMap::new();
    let mut problems = Vec::new();
    for Row { place, fields } in csv_file::rows(path, "a roster", "--roster or --from", COLUMNS)? {
        let [id, number, activity, start, end] = &fields;
        if number.is_empty() {
            continue;
        }
        let Some(person) = scenario.agents.iter().position(|agent| agent.id == *id) else {
            problems.push(format!(
                "{place}: there is no agent \"{id}\" in the scenario"
            ));
            continue;
        };
        match (parse_instant(start), parse_instant(end)) {
            (Some(from), Some(until)) if from < until => pieces
                .entry((person, number.clone()))
                .or_default()
                .push((activity.clone(), from, until)),
            _ => problems.push(format!(
                "{place}: \"{start}\" to \"{end}\" is no span of time; write 2026-10-25T00:30Z"
            )),
        }
    }
    if !problems.is_empty() {
        return Err(Failure::Input(problems));
    }
    let mut tours = vec![Tour::default(); scenario.agents.len()];
    for ((person, _), mut pieces) in pieces {
        pieces.sort_by_key(|piece| piece.1);
        tours[person].shifts.push(shift(problem, person, &pieces));
    }
    for tour in &mut tours {
        tour.shifts.sort_by_key(|shift| shift.span.start);
    }
    Ok(tours)
}

/// A roster to start from, and whether it is of this plan's weeks. One that lies whole weeks beside the plan (last week's) is carried over to it, on each
/// person's own clock.
pub fn read_start(
    path: &Path,
    scenario: &Scenario,
    problem: &Problem,
) -> Result<(Vec<Tour>, bool), Failure> {
    let mut tours = read(path, scenario, problem)?;
    let outside = |tour: &Tour| tour.shifts.iter().all(|shift| shift.day == usize::MAX);
    let first = (0..tours.len())
        .flat_map(|person| {
            let zone = &problem.site(person).zone;
            let shifts = tours[person].shifts.iter();
            shifts.map(|shift| zone.date(problem.instant(shift.span.start)))
        })
        .min();
    let weeks = match first {
        Some(first) if tours.iter().all(outside) => {
            let days = (scenario.start - first).num_days();
            // Rounded up: the earliest shift must not come to lie before the plan.
            -(-days).div_euclid(7)
        }
        _ => 0,
    };
    for (person, tour) in tours.iter_mut().enumerate() {
        let site = problem.site(person);
        for shift in tour.shifts.iter_mut().filter(|_| weeks != 0) {
            let local = site.zone.to_local(problem.instant(shift.span.start));
            let moved = local + chrono::TimeDelta::weeks(weeks);
            let by = problem.minute(site.zone.earliest(moved)) - shift.span.start;
            let later = |span: &mut Span| {
                span.start += by;
                span.end += by;
            };
            later(&mut shift.span);
            shift.breaks.iter_mut().for_each(|(_, span)| later(span));
            let day = site.days.iter().position(|day| day.date == moved.date());
            shift.day = day.unwrap_or(usize::MAX);
        }
        // Days that the plan does not have are no concern of it.
        tour.shifts.retain(|shift| shift.day != usize::MAX);
    }
    Ok((tours, weeks == 0))
}

/// Breaks are matched to the contract's by name, in order.
fn shift(problem: &Problem, person: usize, pieces: &[Piece]) -> Shift {
    let span = |from: Instant, until: Instant| Span {
        start: problem.minute(from),
        end: problem.minute(until),
    };
    let whole = span(
        pieces[0].1,
        pieces
            .iter()
            .map(|piece| piece.2)
            .max()
            .unwrap_or(pieces[0].2),
    );
    let rules = problem.rules(person);
    let mut due = rules.breaks_of(whole.minutes());
    let mut breaks = Vec::new();
    for (activity, from, until) in pieces {
        if let Some(position) = due
            .iter()
            .position(|&which| rules.breaks[which].name == *activity)
        {
            breaks.push((due.remove(position), span(*from, *until)));
        } else if let Some(number) = problem
            .activities
            .iter()
            .position(|known| known.name == *activity)
        {
            breaks.push((rules.breaks.len() + number, span(*from, *until)));
        }
    }
    let date = problem.site(person).zone.date(pieces[0].1);
    let day = problem
        .site(person)
        .days
        .iter()
        .position(|day| day.date == date)
        .unwrap_or(usize::MAX);
    Shift {
        day,
        span: whole,
        breaks,
    }
}
