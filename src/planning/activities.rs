//! Training and meetings on the roster: pieces of finished shifts, placed where they cost least service.
//!
//! What an agent is worth in a slot is what the least needed of their queues would miss without them, given the roster; each piece goes where that
//! sum is least, longest activities first, and what is taken is taken into account for the next one.

use crate::roster::Solution;
use crate::roster::explain::fits;
use crate::roster::problem::{Activity, Problem, QueueDemand, Span, Tour};
use crate::roster::rules::activity_room::{asked, cost_of_unplaced};
use crate::scenario::domain::{self as scenario, AgentIndex, Scenario};

use super::axis::Axis;

/// The scenario's activities as the roster room knows them.
pub fn activities(scenario: &Scenario, axis: &Axis) -> Vec<Activity> {
    let grid = scenario.grid();
    let of = |activity: &scenario::Activity| Activity {
        name: activity.name.clone(),
        minutes: activity.length_minutes as i32,
        who: scenario
            .agents
            .iter()
            .enumerate()
            .map(|(index, agent)| activity.who.matches(AgentIndex(index), agent))
            .collect(),
        times_per_week: activity.times_per_week,
        window: activity.window.as_ref().map_or(Vec::new(), |window| {
            let of_site = |site: &scenario::Site| {
                (0..axis.slots)
                    .map(|slot| window.contains(site.zone.to_local(axis.instant(&grid, slot))))
                    .collect()
            };
            scenario.sites.iter().map(of_site).collect()
        }),
        together: activity.together,
    };
    scenario.activities.iter().map(of).collect()
}

/// Puts every activity anew into the shifts of a solution; what finds no place, or loses more than it is worth, is left out and costs what it weighs.
pub fn place(problem: &Problem, solution: &mut Solution) {
    if problem.activities.is_empty() {
        return;
    }
    for (person, tour) in solution.tours.iter_mut().enumerate() {
        for shift in &mut tour.shifts {
            shift.drop_activities(problem.rules(person));
        }
    }
    put_back(problem, solution);
    let mut order: Vec<usize> = (0..problem.activities.len()).collect();
    order.sort_by_key(|&activity| {
        let facts = &problem.activities[activity];
        (!facts.together, std::cmp::Reverse(facts.minutes))
    });
    for activity in order {
        for week in 0..problem.weeks {
            for time in 1..=problem.activities[activity].times_per_week {
                if problem.activities[activity].together {
                    all_at_once(problem, solution, activity, (week, time));
                } else {
                    each_alone(problem, solution, activity, (week, time));
                }
            }
        }
    }
    let tours = solution.tours.iter().enumerate();
    solution.objective += tours
        .map(|(person, tour)| cost_of_unplaced(problem, person, tour))
        .sum::<f64>();
}

/// Puts back what people know of their training and meetings: what has begun as it was, the rest where there is still room for it.
fn put_back(problem: &Problem, solution: &mut Solution) {
    for (person, facts) in problem.people.iter().enumerate() {
        let breaks = problem.rules(person).breaks.len();
        for told in facts.known.iter().flatten() {
            let mut shifts = solution.tours[person].shifts.iter();
            let Some(index) = shifts.position(|shift| shift.span == told.span) else {
                continue;
            };
            for &(which, span) in told.pieces.iter().flatten() {
                let Some(activity) = which.checked_sub(breaks) else {
                    continue;
                };
                let shift = &solution.tours[person].shifts[index];
                if problem.has_begun(told.span) || fits(problem, activity, person, shift, span) {
                    take(problem, solution, activity, person, index, span);
                }
            }
        }
    }
}

/// What it may lose at most that somebody takes an activity.
fn worth(problem: &Problem) -> f64 {
    problem.soft.missed_activity.unwrap_or(f64::INFINITY)
}

/// The week's shifts of a person that do not have the activity yet and can still have it.
fn open_shifts(
    problem: &Problem,
    tours: &[Tour],
    activity: usize,
    person: usize,
    week: usize,
) -> Vec<usize> {
    let which = problem.rules(person).breaks.len() + activity;
    let shifts = tours[person].shifts.iter().enumerate();
    shifts
        .filter(|(_, shift)| problem.site(person).days[shift.day].week == week)
        .filter(|(_, shift)| !problem.has_begun(shift.span))
        .filter(|(_, shift)| shift.breaks.iter().all(|(taken, _)| *taken != which))
        .map(|(index, _)| index)
        .collect()
}

/// In which weeks somebody takes an activity less often than can be asked of them.
pub fn missed_weeks(
    problem: &Problem,
    tours: &[Tour],
    activity: usize,
    person: usize,
) -> Vec<usize> {
    let facts = &problem.activities[activity];
    let missed = |week: &usize| {
        facts.who[person]
            && taken(problem, &tours[person], activity, person, *week)
                < asked(problem, person, facts, *week)
    };
    (0..problem.weeks).filter(missed).collect()
}

/// Whether an activity that somebody misses in a week was left out for what it would lose: a shift of theirs has room for it.
pub fn was_too_dear(
    problem: &Problem,
    tours: &[Tour],
    activity: usize,
    person: usize,
    week: usize,
) -> bool {
    let others_meet = problem.activities[activity].together
        && (0..tours.len()).any(|other| taken(problem, &tours[other], activity, other, week) > 0);
    let has_room = |index: usize| {
        let shift = &tours[person].shifts[index];
        spans(problem, activity, shift.span)
            .any(|span| fits(problem, activity, person, shift, span))
    };
    problem.soft.missed_activity.is_some()
        && !others_meet
        && open_shifts(problem, tours, activity, person, week)
            .into_iter()
            .any(has_room)
}

/// How often somebody takes an activity in a week.
fn taken(problem: &Problem, tour: &Tour, activity: usize, person: usize, week: usize) -> u32 {
    let which = problem.rules(person).breaks.len() + activity;
    let of_week =
        (tour.shifts.iter()).filter(|shift| problem.site(person).days[shift.day].week == week);
    let pieces = of_week.flat_map(|shift| &shift.breaks);
    pieces.filter(|(piece, _)| *piece == which).count() as u32
}

fn slots(problem: &Problem, span: Span) -> std::ops::Range<usize> {
    (span.start / problem.slot_minutes) as usize..(span.end / problem.slot_minutes) as usize
}

/// `time`: how often everybody has it then, if it can be.
fn each_alone(
    problem: &Problem,
    solution: &mut Solution,
    activity: usize,
    (week, time): (usize, u32),
) {
    for person in 0..problem.people.len() {
        let enough = taken(problem, &solution.tours[person], activity, person, week) >= time;
        if !problem.activities[activity].who[person] || enough {
            continue;
        }
        let mut best: Option<(f64, usize, Span)> = None;
        for index in open_shifts(problem, &solution.tours, activity, person, week) {
            let shift = &solution.tours[person].shifts[index];
            for span in spans(problem, activity, shift.span) {
                if !fits(problem, activity, person, shift, span) {
                    continue;
                }
                let loss = slots(problem, span).map(|slot| loss(problem, solution, person, slot).0);
                let loss: f64 = loss.sum();
                let best_yet = best.map_or(f64::INFINITY, |(least, _, _)| least - 1e-9);
                if loss < best_yet && loss <= worth(problem) {
                    best = Some((loss, index, span));
                }
            }
        }
        if let Some((_, index, span)) = best {
            take(problem, solution, activity, person, index, span);
        }
    }
}

fn all_at_once(
    problem: &Problem,
    solution: &mut Solution,
    activity: usize,
    (week, time): (usize, u32),
) {
    let has_it =
        |person: usize| taken(problem, &solution.tours[person], activity, person, week) >= time;
    let who: Vec<usize> = (0..problem.people.len())
        .filter(|&person| problem.activities[activity].who[person])
        .collect();
    // Those who meet already would not sit there twice for who is left.
    if who.iter().any(|&person| has_it(person)) {
        return;
    }
    let open: Vec<Vec<usize>> = who
        .iter()
        .map(|&person| open_shifts(problem, &solution.tours, activity, person, week))
        .collect();
    let minutes = problem.activities[activity].minutes;
    let mut best: Option<(usize, f64, Span)> = None;
    for slot in 0..problem.slots {
        let start = slot as i32 * problem.slot_minutes;
        let span = Span {
            start,
            end: start + minutes,
        };
        let (mut there, mut lost) = (0, 0.0);
        for (&person, open) in who.iter().zip(&open) {
            let shifts = &solution.tours[person].shifts;
            let free = |&&index: &&usize| fits(problem, activity, person, &shifts[index], span);
            if open.iter().any(|index| free(&index)) {
                there += 1;
                lost += slots(problem, span)
                    .map(|slot| loss(problem, solution, person, slot).0)
                    .sum::<f64>();
            }
        }
        let better = best.is_none_or(|(most, least, _)| match problem.soft.missed_activity {
            None => there > most || (there == most && lost < least - 1e-9),
            Some(worth) => worth * there as f64 - lost > worth * most as f64 - least + 1e-9,
        });
        let pays = lost <= worth(problem) * there as f64;
        if there > 0 && better && pays {
            best = Some((there, lost, span));
        }
    }
    let Some((_, _, span)) = best else { return };
    for (&person, open) in who.iter().zip(&open) {
        let shifts = &solution.tours[person].shifts;
        let index = open
            .iter()
            .find(|index| fits(problem, activity, person, &shifts[**index], span));
        if let Some(&index) = index {
            take(problem, solution, activity, person, index, span);
        }
    }
}

/// Every place of an activity within a shift.
fn spans(problem: &Problem, activity: usize, shift: Span) -> impl Iterator<Item = Span> {
    let (step, minutes) = (problem.slot_minutes, problem.activities[activity].minutes);
    (0..)
        .map(move |n| shift.start + n * step)
        .map_while(move |start| {
            let end = start + minutes;
            (end <= shift.end).then_some(Span { start, end })
        })
}

/// Money missed if a person is not there in a slot, and the queue that misses it, with the agents by which its level falls: the one that can best do
/// without them.
fn loss(
    problem: &Problem,
    solution: &Solution,
    person: usize,
    slot: usize,
) -> (f64, Option<(usize, f64)>) {
    let mut least: Option<(f64, (usize, f64))> = None;
    let skills = problem.people[person]
        .pool
        .map_or(&[][..], |pool| &problem.pools[pool].skills);
    for &(queue, speed) in skills {
        let level = solution.allocated[queue][slot];
        if level < 1e-6 {
            continue;
        }
        let (worth, agents) = match &problem.service.queues[queue] {
            QueueDemand::Live { worth } => {
                let last = level.ceil() as usize - 1;
                (worth[slot].get(last).copied().unwrap_or(0.0), speed)
            }
            QueueDemand::Deferred { .. } => (
                solution.prices[queue].get(slot).copied().unwrap_or(0.0),
                1.0,
            ),
        };
        if least.is_none_or(|(known, _)| worth * speed < known) {
            least = Some((worth * speed, (queue, agents)));
        }
    }
    least.map_or((0.0, None), |(worth, which)| (worth, Some(which)))
}

fn take(
    problem: &Problem,
    solution: &mut Solution,
    activity: usize,
    person: usize,
    index: usize,
    span: Span,
) {
    for slot in slots(problem, span) {
        if let (_, Some((queue, agents))) = loss(problem, solution, person, slot) {
            let level = &mut solution.allocated[queue][slot];
            *level = (*level - agents).max(0.0);
        }
    }
    let which = problem.rules(person).breaks.len() + activity;
    let breaks = &mut solution.tours[person].shifts[index].breaks;
    breaks.push((which, span));
    breaks.sort_by_key(|(_, span)| span.start);
}
