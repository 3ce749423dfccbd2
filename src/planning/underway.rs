//! A plan in the middle of its weeks: what has begun stays, who is newly absent is gone, and the rest is made anew with few changes.

use crate::calendar::Instant;
use crate::roster::problem::{Minute, Problem, Shift, Span, ToldDuty, Tour, WeekLimits};
use crate::scenario::domain::{Absence, AgentIndex, FixedShift, Scenario};

use super::changes::known;
use super::worths::mean_hourly_pay;

/// Hours of average pay that a changed shift weighs where the scenario does not say: as much as two contacts not answered in time. Short of that a
/// roster is as good as it was, and people can rely on it.
const HOURS_PER_CHANGE: f64 = 10.0;
/// A shift whose breaks alone are moved weighs this share of a changed one.
const SHARE_OF_MOVED_BREAKS: f64 = 0.25;

/// What a plan under way is held to.
#[derive(Debug, Clone)]
pub struct Underway {
    /// Nobody starts before it but those who have been told to.
    pub free_from: Instant,
    /// What people have been told and can still keep, minutes as in the scenario's problem.
    pub told: Vec<Tour>,
    /// Per agent: newly absent. They are not asked to make up for it.
    pub absent: Vec<bool>,
    /// Duties to stand by that people have been told.
    pub duties: Vec<ToldDuty>,
    /// Shifts that fell to the new absences.
    pub lost: Vec<LostShift>,
}

/// A shift that somebody who is absent cannot work.
#[derive(Debug, Clone, PartialEq)]
pub struct LostShift {
    pub agent: AgentIndex,
    pub shift: Shift,
    pub reason: String,
    /// When its person left it, if it had begun by then.
    pub left_at: Option<Instant>,
}

/// The scenario as it is from now on, and what its plan is held to.
///
/// New absences hold; shifts that they touch are gone, but what has been worked of one that had begun at `now` still counts; shifts that start before
/// `free_from` are locked. `roster` and `duties` are what people have been told, in
/// minutes of the scenario's problem.
pub fn under_way(
    scenario: &Scenario,
    problem: &Problem,
    (roster, duties): (&[Tour], &[ToldDuty]),
    absences: Vec<Absence>,
    (now, free_from): (Instant, Instant),
) -> (Scenario, Underway) {
    let mut scenario = scenario.clone();
    let mut underway = Underway {
        free_from,
        told: roster.to_vec(),
        absent: vec![false; roster.len()],
        duties: duties.to_vec(),
        lost: Vec::new(),
    };
    let fixed = |person: usize, shift: &Shift| fixed_shift(problem, person, shift);
    for absence in absences {
        let person = absence.agent.0;
        let away = Span {
            start: problem.minute(absence.from),
            end: problem.minute(absence.until),
        };
        underway.absent[person] = true;
        let tour = &mut underway.told[person];
        for shift in tour
            .shifts
            .extract_if(.., |shift| shift.span.overlaps(away))
        {
            let begun = problem.instant(shift.span.start) < now.min(absence.from);
            if begun {
                scenario.previous.push(fixed(person, &shift));
            }
            underway.lost.push(LostShift {
                agent: absence.agent,
                shift,
                reason: absence.reason.clone(),
                left_at: begun.then_some(absence.from),
            });
        }
        let touched = |shift: &FixedShift| {
            shift.agent == absence.agent && shift.start < absence.until && absence.from < shift.end
        };
        scenario.locked.retain(|shift| !touched(shift));
        scenario.absences.push(absence);
    }
    for (person, tour) in underway.told.iter().enumerate() {
        let begun =
            (tour.shifts.iter()).filter(|shift| problem.instant(shift.span.start) < free_from);
        for shift in begun.map(|shift| fixed(person, shift)) {
            let same =
                |known: &FixedShift| known.agent == shift.agent && known.start == shift.start;
            if !scenario.locked.iter().any(same) {
                scenario.locked.push(shift);
            }
        }
    }
    for shifts in [&mut scenario.previous, &mut scenario.locked] {
        shifts.sort_by_key(|shift| (shift.agent, shift.start));
    }
    underway
        .lost
        .sort_by_key(|lost| (lost.shift.span.start, lost.agent));
    (scenario, underway)
}

fn fixed_shift(problem: &Problem, person: usize, shift: &Shift) -> FixedShift {
    let pauses = shift.breaks.iter();
    FixedShift {
        agent: AgentIndex(person),
        start: problem.instant(shift.span.start),
        end: problem.instant(shift.span.end),
        pauses: pauses
            .map(|(_, span)| (problem.instant(span.start), problem.instant(span.end)))
            .collect(),
    }
}

/// Holds a question to it.
pub(super) fn hold(problem: &mut Problem, scenario: &Scenario, underway: &Underway) {
    problem.free_from = problem.minute(underway.free_from);
    problem.told_duties.clone_from(&underway.duties);
    if problem.soft.changed_shift <= 0.0 {
        problem.soft.changed_shift = HOURS_PER_CHANGE * mean_hourly_pay(scenario);
    }
    problem.soft.moved_breaks = SHARE_OF_MOVED_BREAKS * problem.soft.changed_shift;
    for (person, tour) in underway.told.iter().enumerate() {
        let pieces = |shift: &Shift| Some(shift.breaks.clone());
        let known = known(problem, person, tour, pieces);
        let spared = spared(problem, person, tour, underway.absent[person]);
        problem.people[person].known = known;
        problem.people[person].spared = spared;
    }
}

/// What weeks may hold besides what the contract says: all that has begun, and for who is newly absent no more than what is left of their shifts.
fn spared(problem: &Problem, person: usize, tour: &Tour, absent: bool) -> Vec<WeekLimits> {
    let (rules, days) = (problem.rules(person), &problem.site(person).days);
    let held = |week: usize, before: Minute| {
        let shifts = (tour.shifts.iter())
            .filter(|shift| days.get(shift.day).is_some_and(|day| day.week == week))
            .filter(|shift| shift.span.start < before);
        let paid = shifts.clone().map(|shift| shift.paid_minutes(rules)).sum();
        (shifts.count() as u32, paid)
    };
    let limits = |week: usize| {
        let (begun_days, begun_paid): (u32, i32) = held(week, problem.free_from);
        let (left_days, left_paid) = match absent {
            true => held(week, Minute::MAX),
            false => (u32::MAX, i32::MAX),
        };
        WeekLimits {
            days: (left_days, begun_days),
            paid: (left_paid, begun_paid),
        }
    };
    (0..problem.weeks).map(limits).collect()
}
