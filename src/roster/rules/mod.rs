//! The rules of work, one file each: what a rule forbids while a week is being built, how a finished roster is checked against it, and how it
//! is said in words. A new rule is one file and one line in [`RULES`].
//!
//! Checks read the finished shifts and the problem alone; they share nothing with the optimiser but the words.

mod absence;
mod activity;
pub mod activity_room;
mod average;
mod begun;
mod breaks;
mod consecutive_days;
mod consecutive_days_off;
mod consecutive_nights;
mod cover;
mod cover_max;
pub(super) mod daily_overtime;
mod days_per_week;
mod hired;
mod hours_per_day;
mod hours_per_week;
mod limits;
mod locked;
mod long_rest;
mod nights_per_week;
mod no_nights;
mod no_sundays;
mod one_shift_a_day;
mod pattern;
mod relaxed;
pub(super) mod rest;
mod rest_after_nights;
mod rolling;
mod rotation;
mod same_start;
mod same_start_over_weeks;
mod seats;
mod shares;
mod shift_length;
mod shift_start;
mod site_hours;
pub(super) mod soft;
mod weekends_off;
mod weekly_rest;
mod window;
mod words;
mod words_more;
pub(super) mod work_without_break;

pub use relaxed::without;
pub use shares::counted as counted_shares;
pub(super) use shares::is_unpopular_start;
pub use words::said;

use chrono::{NaiveDate, Weekday};

use super::problem::{Minute, Problem, Shift, ShiftClass, Span, Tour, WorkRules};

/// Every rule, in the order in which people are told.
pub const RULES: &[Rule] = &[
    one_shift_a_day::RULE,
    locked::RULE,
    begun::RULE,
    absence::RULE,
    shift_length::RULE,
    shift_start::RULE,
    window::RULE,
    site_hours::RULE,
    breaks::RULE,
    work_without_break::RULE,
    activity::RULE,
    hours_per_day::RULE,
    no_nights::RULE,
    no_sundays::RULE,
    pattern::RULE,
    rest::RULE,
    rest_after_nights::RULE,
    weekly_rest::RULE,
    long_rest::RULE,
    days_per_week::RULE,
    hours_per_week::RULE,
    daily_overtime::RULE,
    hired::RULE,
    average::RULE,
    limits::RULE,
    consecutive_days::RULE,
    consecutive_days_off::RULE,
    nights_per_week::RULE,
    consecutive_nights::RULE,
    weekends_off::RULE,
    same_start::RULE,
    same_start_over_weeks::RULE,
    rotation::RULE,
    shares::RULE,
    activity_room::RULE,
    seats::RULE,
    cover::RULE,
    cover_max::RULE,
];

/// Makes a rule's state machine for one person.
pub type MakeSequence = fn(&Problem, usize) -> Option<Box<dyn Sequence>>;

/// One rule of work.
pub struct Rule {
    /// Stable name, as in messages and the docs.
    pub name: &'static str,
    /// Whether a person may work this shift on this day at all, whatever else they work.
    pub allows: Option<fn(&Problem, usize, &Candidate) -> bool>,
    /// The rule over a person's days, as a small state machine; `None` where it cannot bite for this person.
    pub sequence: Option<MakeSequence>,
    /// Every breach in a finished roster.
    pub check: fn(&Problem, &[Tour], &mut Vec<Broken>),
}

/// A breach of a hard rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    pub rule: &'static str,
    pub person: Option<usize>,
    /// Local date that it concerns.
    pub date: Option<NaiveDate>,
    /// In words, without the person's name.
    pub text: String,
}

/// A shift that somebody might work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    pub day: usize,
    pub span: Span,
    /// Wall-clock start, minutes after local midnight of the day.
    pub wall_start: i32,
    /// Wall-clock end, minutes after local midnight of the day of the start.
    pub wall_end: i32,
}

/// What rules over days see of a worked shift.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Worked {
    pub paid_minutes: i32,
    pub night: bool,
    /// Minutes after local midnight; 0 for everybody whose contract does not ask for like starts, so that like shifts stay alike.
    pub wall_start: i32,
    /// `None` for everybody whose rules do not look at it.
    pub class: Option<ShiftClass>,
    /// An early or late start, where shares are counted.
    pub unpopular: bool,
    /// The activities with a price that it has room for, one bit each.
    pub room: u32,
}

/// What rules over days see of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayFacts {
    pub index: usize,
    pub week: usize,
    pub weekday: Weekday,
    pub last_of_week: bool,
    pub last: bool,
}

/// A rule over the days of one person, as a state machine with small states.
pub trait Sequence: Send + Sync {
    /// State before the first day (what was worked before the plan counts).
    fn initial(&self) -> u32;
    /// State after a day worked or off, and what the step costs beyond wages; `None` where the rule forbids it.
    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)>;
    /// Whether steps ask for rest or can go several ways, so that `ways` says more than `after`.
    fn has_ways(&self) -> bool {
        false
    }
    /// Where the rule is nothing but a choice, once for the whole plan, of one of these bands in which every start lies. It need not be remembered
    /// from day to day then: the bands can be tried one by one.
    fn bands(&self) -> Option<Vec<StartBand>> {
        None
    }
    /// Every way to go on after a day worked or off.
    fn ways(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Vec<Way> {
        let way = self.after(state, day, worked);
        way.into_iter()
            .map(|(state, cost)| Way {
                cost,
                ..Way::to(state)
            })
            .collect()
    }
}

/// Wall-clock starts that lie close together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartBand {
    /// Minutes after local midnight.
    pub from: i32,
    /// Less than a day.
    pub minutes: i32,
}

impl StartBand {
    /// Whether a start (minutes after local midnight) lies in the band, midnight passed or not.
    pub fn holds(&self, wall_start: i32) -> bool {
        let after = wall_start - self.from;
        let after = if after < 0 { after + 1440 } else { after };
        after <= self.minutes
    }
}

/// One way from day to day, open to those who have rested enough.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Way {
    pub state: u32,
    pub cost: f64,
    /// Least minutes from the end of the last shift to the start of this one; on a day off, to the end of the day.
    pub rest: Minute,
    /// The shift starts no sooner.
    pub not_before: Option<Minute>,
}

impl Way {
    /// A way that is open to everybody.
    pub fn to(state: u32) -> Way {
        Way {
            state,
            cost: 0.0,
            rest: 0,
            not_before: None,
        }
    }
}

/// A shift counts as night work if at least this many of its minutes lie between 22:00 and 06:00 on the agent's clock
/// (directive 2003/88/EC, article 2: three hours).
pub const NIGHT_SHIFT_MINUTES: i32 = 180;

/// Minutes of a span between 22:00 and 06:00 on the person's clock.
pub fn night_minutes(problem: &Problem, person: usize, span: Span) -> i32 {
    use chrono::Timelike;
    let zone = &problem.site(person).zone;
    let night = |minute: i32| {
        let hour = zone.to_local(problem.instant(minute)).hour();
        !(6..22).contains(&hour)
    };
    // Offsets change on whole quarter hours at the earliest, so quarters decide whole minutes exactly except at the span's ends.
    let mut minutes = 0;
    let mut at = span.start;
    while at < span.end {
        let next = (at - at.rem_euclid(15) + 15).min(span.end);
        if night(at) {
            minutes += next - at;
        }
        at = next;
    }
    minutes
}

pub fn is_night_shift(problem: &Problem, person: usize, span: Span) -> bool {
    night_minutes(problem, person, span) >= NIGHT_SHIFT_MINUTES
}

/// Early, day, late or night: the kind of a shift for rotation and patterns.
pub fn class_of(problem: &Problem, person: usize, span: Span) -> ShiftClass {
    if is_night_shift(problem, person, span) {
        return ShiftClass::Night;
    }
    match same_start::wall_start(problem, person, span) {
        ..600 => ShiftClass::Early,
        600..840 => ShiftClass::Day,
        _ => ShiftClass::Late,
    }
}

/// Paid minutes of a shift of this length: less its unpaid breaks.
pub fn paid_of_length(rules: &WorkRules, minutes: i32) -> i32 {
    let unpaid: i32 = rules
        .breaks_of(minutes)
        .into_iter()
        .filter(|&b| !rules.breaks[b].paid)
        .map(|b| rules.breaks[b].minutes)
        .sum();
    minutes - unpaid
}

/// Most paid minutes that one shift of a person can have.
fn most_paid_in_a_day(problem: &Problem, person: usize) -> u32 {
    let rules = problem.rules(person);
    let lengths = rules.shift_minutes.iter();
    lengths
        .map(|&minutes| paid_of_length(rules, minutes).max(0) as u32)
        .max()
        .unwrap_or(0)
}

/// A person's shifts before the plan and in it, in order, each with whether it is planned.
fn fixed_and_planned(problem: &Problem, person: usize, tour: &Tour) -> Vec<(Span, bool)> {
    let before = problem.people[person].before.iter();
    let planned = tour.shifts.iter().map(|shift| (shift.span, true));
    let mut shifts: Vec<(Span, bool)> = before.map(|span| (*span, false)).chain(planned).collect();
    shifts.sort_by_key(|(span, _)| span.start);
    shifts
}

/// The shift that started on the day before the plan.
fn shift_yesterday(problem: &Problem, person: usize) -> Option<Span> {
    let site = problem.site(person);
    let yesterday = site.days.first()?.date.pred_opt()?;
    let before = problem.people[person].before.iter();
    before
        .copied()
        .find(|span| site.zone.date(problem.instant(span.start)) == yesterday)
}

/// Longest rest that a rule may ask for before a shift, beyond `rest_between_shifts`; minutes, 0 if none does.
pub fn longest_rest(rules: &WorkRules) -> Minute {
    let terms = &rules.terms;
    let asked = [
        terms.weekly_rest,
        terms.rest_after_nights.map(|rule| rule.rest),
        terms.long_rest.map(|rule| rule.rest),
    ];
    asked.into_iter().flatten().max().unwrap_or(0)
}

/// For each person, their rostered days with the shift of each, for checks that count days.
fn by_day<'a>(problem: &Problem, person: usize, tour: &'a Tour) -> Vec<Option<&'a Shift>> {
    let mut days = vec![None; problem.site(person).days.len()];
    for shift in &tour.shifts {
        if let Some(day) = days.get_mut(shift.day) {
            *day = Some(shift);
        }
    }
    days
}

/// Days in a row worked right before the plan, and how many of the last of them were nights.
fn run_before(problem: &Problem, person: usize) -> (u32, u32) {
    let site = problem.site(person);
    let Some(first) = site.days.first() else {
        return (0, 0);
    };
    let (mut days, mut nights) = (0, 0);
    let mut nights_running = true;
    for back in 1.. {
        let date = first.date - chrono::TimeDelta::days(back);
        let worked = problem.people[person]
            .before
            .iter()
            .find(|span| site.zone.date(problem.instant(span.start)) == date);
        let Some(span) = worked else { break };
        days += 1;
        nights_running &= is_night_shift(problem, person, *span);
        nights += u32::from(nights_running);
    }
    (days, nights)
}

fn each_person(tours: &[Tour]) -> impl Iterator<Item = (usize, &Tour)> {
    tours.iter().enumerate()
}

/// A counter that restarts every week and must end each week within limits that may differ by week.
struct WeeklyCount<F> {
    limits: Vec<(u32, u32)>,
    /// Whether a week of nothing is allowed besides.
    or_none: bool,
    amount: F,
}

impl<F: Fn(&Worked) -> u32 + Send + Sync> Sequence for WeeklyCount<F> {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let (least, most) = self.limits[day.week];
        let count = state + worked.map_or(0, &self.amount);
        if count > most || (day.last_of_week && count < least && !(self.or_none && count == 0)) {
            return None;
        }
        Some((if day.last_of_week { 0 } else { count }, 0.0))
    }
}

/// A run of days that match, never longer than `most`.
struct RunLimit<F> {
    before: u32,
    most: u32,
    matches: F,
}

impl<F: Fn(&Worked) -> bool + Send + Sync> Sequence for RunLimit<F> {
    fn initial(&self) -> u32 {
        self.before
    }

    fn after(&self, state: u32, _: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        match worked {
            Some(shift) if (self.matches)(shift) => (state < self.most).then_some((state + 1, 0.0)),
            _ => Some((0, 0.0)),
        }
    }
}
