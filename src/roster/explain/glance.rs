//! What keeps somebody from work at a time, at a glance: no week is built for it, so that a whole plan can be told in moments.

use std::ops::Range;

use crate::roster::{Appraiser, barred_by};

/// What keeps somebody, the first that holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Glance {
    AtWork,
    /// On shift, at least partly on a break.
    OnBreak,
    /// A rule that alone forbids every shift then, by its name; none where the contract has no such shift.
    Barred(Option<&'static str>),
    /// Works the same day at another time.
    OtherTime,
    /// Too little rest to the shift before or after.
    Rest,
    /// The week already has its days.
    Days,
    /// The week already has its paid hours.
    Hours,
    /// Nothing but what it would cost elsewhere.
    Cost,
}

/// What keeps a person from work in all of these slots.
pub fn glance(appraiser: &Appraiser, person: usize, slots: &Range<usize>) -> Glance {
    let problem = appraiser.problem();
    if appraiser.at_work(person, slots) {
        return Glance::AtWork;
    }
    if appraiser.on_shift(person, slots) {
        return Glance::OnBreak;
    }
    if let Some(rule) = barred_by(problem, person, slots) {
        return Glance::Barred(rule);
    }
    let tour = &appraiser.tours()[person];
    let rules = problem.rules(person);
    let minutes = problem.slot_minutes;
    let (from, until) = (slots.start as i32 * minutes, slots.end as i32 * minutes);
    let days = &problem.site(person).days;
    let day = days
        .iter()
        .position(|day| (day.span.start..day.span.end).contains(&from));
    if tour.shifts.iter().any(|shift| Some(shift.day) == day) {
        return Glance::OtherTime;
    }
    let near = |start: i32, end: i32| {
        (end <= from && from - end < rules.rest) || (until <= start && start - until < rules.rest)
    };
    let others = problem.people[person].before.iter().copied();
    if tour
        .shifts
        .iter()
        .map(|shift| shift.span)
        .chain(others)
        .any(|span| near(span.start, span.end))
    {
        return Glance::Rest;
    }
    let week = day.map_or(0, |day| days[day].week);
    let of_week = || {
        tour.shifts
            .iter()
            .filter(|shift| days[shift.day].week == week)
    };
    let limits = problem.week_limits(person, week);
    if of_week().count() as u32 >= limits.days.1 {
        return Glance::Days;
    }
    let paid: i32 = of_week().map(|shift| shift.paid_minutes(rules)).sum();
    let overtime = rules.overtime.map_or(0, |(most, _)| most);
    let shortest = rules.shift_minutes.iter().min().copied().unwrap_or(0);
    if paid + shortest > limits.paid.1 + overtime {
        return Glance::Hours;
    }
    Glance::Cost
}
