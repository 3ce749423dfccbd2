//! What the roster room is asked: people, the rules they work under, and what their presence is worth in every slot.
//!
//! The room knows no queue by name. Minutes count from [`Problem::origin`]; slots are equal pieces of that axis, short enough that every shift
//! and break begins and ends on a slot boundary.

use chrono::{NaiveDate, Weekday};

use crate::calendar::{DailyWindow, Instant, Zone};

pub use super::carried::Carried;
pub use super::terms::{
    Average, Counted, Limit, LongRest, Mark, OvertimeStep, Pattern, Period, Record,
    RestAfterNights, Shares, ShiftClass, SoftPrices, Strength, Terms, WorkWithoutBreak,
};

/// Minutes since [`Problem::origin`]; negative before it.
pub type Minute = i32;

/// A half-open span of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: Minute,
    pub end: Minute,
}

impl Span {
    pub fn minutes(self) -> i32 {
        self.end - self.start
    }

    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Everything that decides a roster.
#[derive(Debug, Clone)]
pub struct Problem {
    pub origin: Instant,
    pub slot_minutes: i32,
    pub slots: usize,
    /// What starts before this minute has begun, or will too soon to be changed: nobody starts before it but those who have been told to.
    pub free_from: Minute,
    pub weeks: usize,
    pub sites: Vec<Site>,
    pub contracts: Vec<WorkRules>,
    pub pools: Vec<Pool>,
    pub people: Vec<Person>,
    pub service: ServiceDemand,
    pub covers: Vec<Cover>,
    /// Duties to stand by that people have been told.
    pub told_duties: Vec<ToldDuty>,
    /// Training and meetings; in a shift they stand among its breaks, numbered on from the contract's.
    pub activities: Vec<Activity>,
    /// Cost in money of a wish of weight 1 that is not met.
    pub wish_cost: f64,
    pub soft: SoftPrices,
}

/// A place of work: its clock and its working days.
#[derive(Debug, Clone)]
pub struct Site {
    pub zone: Zone,
    /// The rostered local dates, in order.
    pub days: Vec<Day>,
    /// Most people on shift at once.
    pub seats: Option<u32>,
    /// Public holidays, ascending.
    pub holidays: Vec<NaiveDate>,
    /// Slots at which the site is closed to everybody (empty = always open).
    pub closed: Vec<bool>,
}

/// A local calendar day of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub date: NaiveDate,
    pub span: Span,
    /// Number of the planning week, from 0.
    pub week: usize,
}

impl Day {
    pub fn weekday(&self) -> Weekday {
        use chrono::Datelike;
        self.date.weekday()
    }
}

/// A contract's rules in minutes; `None` = no such rule.
#[derive(Debug, Clone, PartialEq)]
pub struct WorkRules {
    pub paid_minutes_per_week: (i32, i32),
    pub days_per_week: (u32, u32),
    pub shift_minutes: Vec<i32>,
    pub start_every: i32,
    /// Minutes after local midnight.
    pub earliest_start: Option<i32>,
    pub latest_start: Option<i32>,
    pub rest: i32,
    pub max_consecutive_days: Option<u32>,
    pub min_consecutive_days_off: Option<u32>,
    pub max_nights_per_week: Option<u32>,
    pub max_consecutive_nights: Option<u32>,
    /// (at least this many off, of so many weekends in a row).
    pub weekends_off: Option<(u32, u32)>,
    pub same_start_within: Option<i32>,
    pub breaks: Vec<Break>,
    /// (most minutes a week above the paid maximum, cost factor).
    pub overtime: Option<(i32, f64)>,
    pub premium: Premium,
    /// People who may also not be taken on at all: a week without a shift is allowed whatever the least hours and days, and a week with one
    /// costs this much money beyond wages. `None`: people who are there.
    pub hire: Option<f64>,
    /// The rarer rules.
    pub terms: Terms,
}

/// Training, a meeting: a piece of a shift in which nobody serves.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    pub name: String,
    pub minutes: i32,
    /// Per person: whether it is for them.
    pub who: Vec<bool>,
    pub times_per_week: u32,
    /// Per site and slot: whether it may take place then; empty: always.
    pub window: Vec<Vec<bool>>,
    /// Whether all who take it do so at the same time.
    pub together: bool,
}

/// A break in every shift longer than `if_shift_over`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    pub name: String,
    pub minutes: i32,
    pub paid: bool,
    /// It lies between these minutes after clock-in.
    pub after: i32,
    pub before: i32,
    pub if_shift_over: i32,
}

/// Extra pay as shares of the hourly cost.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Premium {
    pub night: f64,
    pub saturday: f64,
    pub sunday: f64,
    pub holiday: f64,
}

/// People with the same skills: the queues they serve, each with the agent's speed there (1 = full).
#[derive(Debug, Clone, PartialEq)]
pub struct Pool {
    pub skills: Vec<(usize, f64)>,
}

#[derive(Debug, Clone)]
pub struct Person {
    pub site: usize,
    pub contract: usize,
    /// Nobody's skills, if they serve no queue (a manager on duty).
    pub pool: Option<usize>,
    pub window: Option<DailyWindow>,
    pub cost_per_hour: f64,
    pub absences: Vec<Span>,
    /// Per rostered day: touched by an absence or outside employment.
    pub absent_days: Vec<bool>,
    /// Shifts that stay as they are.
    pub locked: Vec<Span>,
    /// Shifts worked before the plan, in order of time.
    pub before: Vec<Span>,
    /// What of those reaches into the plan.
    pub carried: Vec<Carried>,
    /// Per rostered day the shift that the person has been told; empty where nobody has told them any.
    pub known: Vec<Option<Told>>,
    /// Per planning week what it may hold at least as well: less than the contract's least for who falls ill, more than its most where that much has
    /// been worked by then. Empty: nothing.
    pub spared: Vec<WeekLimits>,
    pub wishes: Vec<Wish>,
    pub record: Record,
}

/// A shift that its person has been told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    pub span: Span,
    /// Its breaks, training and meetings, as in [`Shift::breaks`], where moving them is a change too.
    pub pieces: Option<Vec<(usize, Span)>>,
}

/// A duty to stand by that its person has been told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ToldDuty {
    /// What asks for it, in the scenario's words.
    pub said: String,
    pub person: usize,
    pub span: Span,
}

/// What somebody asked for on one rostered day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    pub day: usize,
    pub wants: Wants,
    pub weight: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wants {
    Off,
    On,
    /// A start before noon.
    Early,
    /// A start at noon or later.
    Late,
    /// A start at this minute of the local day.
    StartAt(i32),
}

/// What agents at work are worth, per queue and slot.
#[derive(Debug, Clone)]
pub struct ServiceDemand {
    pub queues: Vec<QueueDemand>,
}

/// One queue, seen by the roster.
#[derive(Debug, Clone)]
pub enum QueueDemand {
    /// `worth[slot][n]` = money that the (n+1)-th agent saves in this slot; non-increasing in n (concave), 0 beyond its end.
    Live { worth: Vec<std::sync::Arc<[f64]>> },
    /// Work that may wait: units of one agent-slot each.
    Deferred { units: Vec<WorkUnit> },
}

/// One slot's work of one agent, to be done in a slot of `release..due`; undone it costs `worth`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct WorkUnit {
    pub release: u32,
    pub due: u32,
    pub worth: f64,
}

/// People of a kind who must be present.
#[derive(Debug, Clone)]
pub struct Cover {
    /// The people who count.
    pub members: Vec<usize>,
    /// The people whose presence asks for cover (`one_per`); empty with `one_per == None`.
    pub counted: Vec<usize>,
    pub min: u32,
    pub one_per: Option<u32>,
    /// At most so many of them.
    pub max: Option<u32>,
    /// What asks for it, in the scenario's words: `[[cover]] of supervisor`.
    pub said: String,
    /// Slots in which the rule holds.
    pub active: Vec<bool>,
    /// Money for one person missing (or too many) through one slot.
    pub cost: f64,
    pub hard: bool,
}

/// A person's finished plan.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tour {
    /// In order of time, at most one a day.
    pub shifts: Vec<Shift>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shift {
    /// Index into the site's days.
    pub day: usize,
    pub span: Span,
    /// In order of time: index into the contract's breaks (beyond them: of the problem's activities), and when.
    pub breaks: Vec<(usize, Span)>,
}

impl Shift {
    /// Minutes paid: the shift less its unpaid breaks.
    pub fn paid_minutes(&self, rules: &WorkRules) -> i32 {
        let unpaid: i32 = self
            .breaks
            .iter()
            .filter(|(which, _)| rules.is_unpaid(*which))
            .map(|(_, span)| span.minutes())
            .sum();
        self.span.minutes() - unpaid
    }

    /// Its breaks alone, without training and meetings.
    pub fn rests<'a>(&'a self, rules: &'a WorkRules) -> impl Iterator<Item = &'a (usize, Span)> {
        rests(&self.breaks, rules)
    }

    /// Takes training and meetings out again: the search knows breaks alone, and what lies beside them is put into finished shifts.
    pub fn drop_activities(&mut self, rules: &WorkRules) {
        self.breaks.retain(|(which, _)| *which < rules.breaks.len());
    }
}

impl Told {
    /// Whether a shift is this one with all its breaks where they were, as far as they were told.
    pub fn is_kept_whole(&self, shift: &Shift, rules: &WorkRules) -> bool {
        let as_told = |pieces: &Vec<(usize, Span)>| rests(pieces, rules).eq(shift.rests(rules));
        self.span == shift.span && self.pieces.as_ref().is_none_or(as_told)
    }
}

fn rests<'a>(
    pieces: &'a [(usize, Span)],
    rules: &WorkRules,
) -> impl Iterator<Item = &'a (usize, Span)> {
    let breaks = rules.breaks.len();
    pieces.iter().filter(move |(which, _)| *which < breaks)
}

impl WorkRules {
    /// Whether a piece of a shift is a break that is not paid; activities beyond the breaks are not.
    pub fn is_unpaid(&self, which: usize) -> bool {
        self.breaks.get(which).is_some_and(|rule| !rule.paid)
    }

    /// The breaks that a shift of this length has, in order of their earliest time.
    pub fn breaks_of(&self, shift_minutes: i32) -> Vec<usize> {
        let mut which: Vec<usize> = (0..self.breaks.len())
            .filter(|&b| shift_minutes > self.breaks[b].if_shift_over)
            .collect();
        which.sort_by_key(|&b| self.breaks[b].after);
        which
    }

    /// Days and paid minutes that a week asks for and allows once `absent` of its days are lost (formats.md, "Absence"). Overtime not included.
    pub fn week_limits(&self, absent: u32) -> WeekLimits {
        let (min_days, max_days) = self.days_per_week;
        let (min_paid, max_paid) = self.paid_minutes_per_week;
        let average = if max_days == 0 {
            0.0
        } else {
            f64::from(max_paid) / f64::from(max_days)
        };
        let less = |minutes: i32| (f64::from(minutes) - f64::from(absent) * average).max(0.0);
        WeekLimits {
            days: (
                min_days.saturating_sub(absent),
                max_days.saturating_sub(absent),
            ),
            paid: (less(min_paid).ceil() as i32, less(max_paid).floor() as i32),
        }
    }
}

/// What one week may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WeekLimits {
    pub days: (u32, u32),
    pub paid: (i32, i32),
}

impl Problem {
    pub fn rules(&self, person: usize) -> &WorkRules {
        &self.contracts[self.people[person].contract]
    }

    pub fn site(&self, person: usize) -> &Site {
        &self.sites[self.people[person].site]
    }

    /// What a planning week of a person may hold, overtime not included.
    pub fn week_limits(&self, person: usize, week: usize) -> WeekLimits {
        let limits = self
            .rules(person)
            .week_limits(self.absent_in_week(person, week));
        match self.people[person].spared.get(week) {
            None => limits,
            Some(spared) => WeekLimits {
                days: (
                    limits.days.0.min(spared.days.0),
                    limits.days.1.max(spared.days.1),
                ),
                paid: (
                    limits.paid.0.min(spared.paid.0),
                    limits.paid.1.max(spared.paid.1),
                ),
            },
        }
    }

    /// Whether a shift has begun, or will too soon to be changed.
    pub fn has_begun(&self, span: Span) -> bool {
        span.start < self.free_from
    }

    /// Absent days of a person in one planning week.
    pub fn absent_in_week(&self, person: usize, week: usize) -> u32 {
        let days = &self.site(person).days;
        let absent = &self.people[person].absent_days;
        days.iter()
            .zip(absent)
            .filter(|(day, gone)| day.week == week && **gone)
            .count() as u32
    }

    pub fn instant(&self, minute: Minute) -> Instant {
        self.origin + chrono::TimeDelta::minutes(minute.into())
    }

    pub fn minute(&self, at: Instant) -> Minute {
        (at - self.origin).num_minutes() as Minute
    }
}
