//! Training and meetings need shifts to lie in: a week with fewer shifts that have room for one than it is to be taken costs money, where somebody gave
//! that a price. Whether it finds its place beside breaks and other activities shows when the week is finished; no more of it can than has room.

use super::rolling::{Periods, Side};
use super::{Broken, DayFacts, Rule, Sequence, Worked};
use crate::roster::problem::{Activity, Problem, Span, Tour};

pub const RULE: Rule = Rule {
    name: "activity-room",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// Activities whose room is looked at: so many fit into a shift's facts.
const MOST: usize = 32;

/// The activities that a person is to take and somebody gave a price, with it.
fn weighed(problem: &Problem, person: usize) -> impl Iterator<Item = (usize, &Activity, f64)> {
    let price = problem.soft.missed_activity.filter(|price| *price > 0.0);
    let all = problem.activities.iter().enumerate().take(MOST);
    all.filter(move |(_, activity)| activity.who.get(person) == Some(&true))
        .filter_map(move |(index, activity)| Some((index, activity, price?)))
}

/// Times that somebody can be asked to take an activity in a week: not more often than there are days to work on.
pub fn asked(problem: &Problem, person: usize, activity: &Activity, week: usize) -> u32 {
    let most = problem.week_limits(person, week).days.1;
    activity.times_per_week.min(most)
}

/// The weighed activities that a shift has room for, one bit each.
pub fn room(problem: &Problem, person: usize, span: Span) -> u32 {
    let site = problem.people[person].site;
    weighed(problem, person)
        .filter(|(_, activity, _)| {
            let needed = (activity.minutes / problem.slot_minutes) as usize;
            let slots = problem.slots_of(span);
            match activity.window.get(site) {
                None => slots.len() >= needed,
                Some(window) => {
                    let mut run = 0;
                    slots.into_iter().any(|slot| {
                        run = if window[slot] { run + 1 } else { 0 };
                        run >= needed
                    })
                }
            }
        })
        .fold(0, |bits, (index, ..)| bits | 1 << index)
}

/// The weighed activities of a person, one bit each.
pub fn taken_by(problem: &Problem, person: usize) -> u32 {
    weighed(problem, person).fold(0, |bits, (index, ..)| bits | 1 << index)
}

/// Whether any activity's room is looked at for a person.
pub fn any(problem: &Problem, person: usize) -> bool {
    weighed(problem, person).next().is_some()
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let of_day = || {
        problem
            .site(person)
            .days
            .iter()
            .map(|day| day.week)
            .collect()
    };
    let machine = |(index, activity, price): (usize, &Activity, f64)| {
        let periods = Periods {
            of_day: of_day(),
            limits: (0..problem.weeks)
                .map(|week| (asked(problem, person, activity, week), None))
                .collect(),
            most_a_day: 1,
            price: Some(price),
            amount: Box::new(move |_: &DayFacts, worked: &Worked| worked.room >> index & 1),
        };
        let bites = periods.can_bite() && !always(problem, person, activity);
        bites.then(|| Box::new(periods) as Box<dyn Sequence>)
    };
    Side::by_side(weighed(problem, person).filter_map(machine).collect())
}

/// Whether every week that a person may work has shifts enough for an activity.
fn always(problem: &Problem, person: usize, activity: &Activity) -> bool {
    let rules = problem.rules(person);
    let shortest = rules.shift_minutes.iter().min().copied().unwrap_or(0);
    let shifts = |week: usize| problem.week_limits(person, week).days.0;
    activity.window.is_empty()
        && activity.minutes <= shortest
        && rules.hire.is_none()
        && (0..problem.weeks).all(|week| asked(problem, person, activity, week) <= shifts(week))
}

/// Times that a tour has no room for an activity.
fn without_room(problem: &Problem, person: usize, tour: &Tour, index: usize) -> u32 {
    let days = &problem.site(person).days;
    let mut having = vec![0; problem.weeks];
    for shift in &tour.shifts {
        if let Some(day) = days.get(shift.day) {
            having[day.week] += room(problem, person, shift.span) >> index & 1;
        }
    }
    let activity = &problem.activities[index];
    let short = |(week, having): (usize, u32)| {
        asked(problem, person, activity, week).saturating_sub(having)
    };
    having.into_iter().enumerate().map(short).sum()
}

/// Money for the activities that a tour has no room for.
pub fn cost(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    weighed(problem, person)
        .map(|(index, _, price)| price * f64::from(without_room(problem, person, tour, index)))
        .sum()
}

/// Money for those that a finished tour has room for and that found no place all the same.
pub fn cost_of_unplaced(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    let days = &problem.site(person).days;
    let breaks = problem.rules(person).breaks.len();
    weighed(problem, person)
        .map(|(index, activity, price)| {
            let mut placed = vec![0; problem.weeks];
            for shift in &tour.shifts {
                let here = shift
                    .breaks
                    .iter()
                    .filter(|(which, _)| *which == breaks + index);
                placed[days[shift.day].week] += here.count() as u32;
            }
            let missing = |(week, placed): (usize, u32)| {
                asked(problem, person, activity, week).saturating_sub(placed)
            };
            let missing: u32 = placed.into_iter().enumerate().map(missing).sum();
            let told = without_room(problem, person, tour, index);
            price * f64::from(missing.saturating_sub(told))
        })
        .sum()
}

fn check(_: &Problem, _: &[Tour], _: &mut Vec<Broken>) {}
