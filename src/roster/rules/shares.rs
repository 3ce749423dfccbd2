//! Equal shares over time: whoever had more nights, weekend days and unpopular starts than others costs more for the next one, and each further one
//! in the same week costs more than the one before. Soft, so nothing to check in a finished roster.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Broken, DayFacts, Rule, Sequence, Worked, is_night_shift};
use crate::roster::problem::{Problem, Shares, Span, Tour};

pub const RULE: Rule = Rule {
    name: "equal-shares",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// A start that few like: before 07:00, or at 14:00 or later. Minutes after local midnight.
pub fn is_unpopular_start(wall_start: i32) -> bool {
    !(420..840).contains(&wall_start)
}

fn is_weekend(weekday: Weekday) -> bool {
    matches!(weekday, Weekday::Sat | Weekday::Sun)
}

/// Money for one shift, after `already` unpopular shifts in its week; and how many it adds.
fn price(shares: Shares, already: u32, night: bool, weekend: bool, unpopular: bool) -> (f64, u32) {
    let parts = [
        (night, shares.nights),
        (weekend, shares.weekend_days),
        (unpopular && !night, shares.unpopular_starts),
    ];
    let (mut money, mut count) = (0.0, 0);
    for (_, before) in parts.into_iter().filter(|(is, _)| *is) {
        // The next step of a square: (n+1)^2 - n^2, with what was had before the plan and in the week.
        money += shares.price * (2.0 * before + 2.0 * f64::from(already + count) + 1.0);
        count += 1;
    }
    (money, count)
}

/// State: unpopular shifts of the week so far.
struct Growing(Shares);

impl Sequence for Growing {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let Some(shift) = worked else {
            return Some((if day.last_of_week { 0 } else { state }, 0.0));
        };
        let weekend = is_weekend(day.weekday);
        let (money, count) = price(self.0, state, shift.night, weekend, shift.unpopular);
        let next = if day.last_of_week { 0 } else { state + count };
        Some((next, money))
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let shares = problem.people[person].record.shares?;
    Some(Box::new(Growing(shares)))
}

/// What one shift counts as: (night, weekend day, unpopular start that is no night).
pub fn counted(problem: &Problem, person: usize, span: Span) -> (bool, bool, bool) {
    let local = problem
        .site(person)
        .zone
        .to_local(problem.instant(span.start));
    let minute = super::same_start::wall_start(problem, person, span);
    let date: NaiveDate = local.date();
    let night = is_night_shift(problem, person, span);
    (
        night,
        is_weekend(date.weekday()),
        is_unpopular_start(minute) && !night,
    )
}

/// Money for a tour's unpopular shifts.
pub fn cost(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    let Some(shares) = problem.people[person].record.shares else {
        return 0.0;
    };
    let days = &problem.site(person).days;
    let (mut money, mut already, mut week) = (0.0, 0, 0);
    for shift in &tour.shifts {
        let this_week = days.get(shift.day).map_or(week, |day| day.week);
        if this_week != week {
            (already, week) = (0, this_week);
        }
        let (night, weekend, unpopular) = counted(problem, person, shift.span);
        let (more, count) = price(shares, already, night, weekend, unpopular);
        money += more;
        already += count;
    }
    money
}

fn check(_: &Problem, _: &[Tour], _: &mut Vec<Broken>) {}
