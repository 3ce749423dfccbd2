//! Shifts of `previous` that still run when the plan starts: their people are at work in it, and it does not choose them.

use crate::calendar::Instant;
use crate::roster::problem::{Carried, Person, Problem, Span};
use crate::scenario::domain::{AgentIndex, Scenario};

use super::axis::Axis;

/// What such a shift leaves to be worked in the plan.
struct Rest {
    from: Instant,
    until: Instant,
    work: Vec<(Instant, Instant)>,
}

/// The rests of an agent's shifts from `origin` on, in order of time. Whoever falls ill in one of them is gone from then on.
fn rests(scenario: &Scenario, index: usize, origin: Instant) -> Vec<Rest> {
    let agent = AgentIndex(index);
    let of_shift = |shift: &crate::scenario::domain::FixedShift| {
        let from = shift.start.max(origin);
        let ill = scenario.absences.iter().filter(|absence| {
            absence.agent == agent && absence.from < shift.end && from < absence.until
        });
        let until = ill
            .map(|absence| absence.from)
            .fold(shift.end, Instant::min);
        if from >= until {
            return None;
        }
        let mut work = Vec::new();
        let mut at = from;
        for &(pause, over) in &shift.pauses {
            if at < pause.min(until) {
                work.push((at, pause.min(until)));
            }
            at = at.max(over);
        }
        if at < until {
            work.push((at, until));
        }
        Some(Rest { from, until, work })
    };
    let own = scenario
        .previous
        .iter()
        .filter(|shift| shift.agent == agent);
    own.filter_map(of_shift).collect()
}

/// The same on the slots of the roster: whoever is there for a part of a slot takes a seat in it, whoever works in all of it counts as at work.
pub fn carried(scenario: &Scenario, axis: &Axis, index: usize) -> Vec<Carried> {
    let minute = |at: Instant| (at - axis.origin).num_minutes() as i32;
    let slot = axis.slot_minutes;
    let down = |minute: i32| minute.div_euclid(slot) * slot;
    let up = |minute: i32| -down(-minute);
    let whole = |rest: Rest| Carried {
        span: Span {
            start: down(minute(rest.from)),
            end: up(minute(rest.until)),
        },
        work: (rest.work.iter())
            .map(|&(from, until)| Span {
                start: up(minute(from)),
                end: down(minute(until)),
            })
            .filter(|span| span.start < span.end)
            .collect(),
    };
    rests(scenario, index, axis.origin)
        .into_iter()
        .map(whole)
        .collect()
}

/// Seconds after `start` between which an agent is at work from before the plan, one list for each shift.
pub fn carried_work(
    scenario: &Scenario,
    index: usize,
    origin: Instant,
    start: Instant,
) -> Vec<Vec<(f64, f64)>> {
    let second = |at: Instant| (at - start).num_seconds() as f64;
    let work = |rest: Rest| {
        let spans = rest.work.into_iter();
        spans
            .map(|(from, until)| (second(from), second(until)))
            .collect()
    };
    rests(scenario, index, origin)
        .into_iter()
        .map(work)
        .collect()
}

/// Says who is still on shift when the plan starts; `None` where nobody is.
pub fn carried_note(problem: &Problem, axis: &Axis) -> Option<String> {
    let start = axis.first as i32 * axis.slot_minutes;
    let after = |span: &Span| match span.start <= start {
        true => (span.end - start).max(0),
        false => 0,
    };
    let there: Vec<&Person> = (problem.people.iter())
        .filter(|person| {
            person
                .carried
                .iter()
                .any(|carried| after(&carried.span) > 0)
        })
        .collect();
    let work = there.iter().flat_map(|person| &person.carried);
    let minutes: i32 = work.flat_map(|carried| &carried.work).map(after).sum();
    let hours = f64::from(minutes) / 60.0;
    let who = match there.len() {
        0 => return None,
        1 => "1 person is".to_owned(),
        more => format!("{more} people are"),
    };
    Some(format!(
        "{who} still on shift from the week before when the plan starts: {hours:.1} hours of work that count for service, requirement, covers and \
         seats, though not in roster.csv and payroll.csv, as the week before has them."
    ))
}
