//! What each kind of person can work: every allowed shift of the plan with its pay, grouped so that identical people share one menu.

use std::collections::HashMap;

use chrono::Timelike;

use crate::roster::problem::{Minute, Problem, Shift, Span, Tour, Wants, WorkRules};
use crate::roster::rules::{
    Candidate, Rule, Worked, class_of, is_night_shift, is_unpopular_start, longest_rest,
    paid_of_length, soft,
};

use super::graph::TourGraph;

/// One shift that may be worked, without its breaks' places.
#[derive(Debug, Clone, Copy)]
pub struct Duty {
    pub day: u32,
    /// First slot.
    pub start: u32,
    /// Slots from clock-in to clock-out.
    pub length: u32,
    /// Which of the menu's break shapes it has.
    pub shape: u32,
    /// Index into the menu's kinds.
    pub kind: u32,
    /// Wishes broken by working it, in money.
    pub cost: f64,
    /// Latest end of the shift before that leaves enough rest, on the day's axis of ends (see `ends`).
    pub rested: u32,
    /// Its start on the day's axis of ends.
    pub begins: u32,
    /// Its own end on the next day's axis.
    pub end: u32,
}

/// The breaks of a shift in slots after clock-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shape {
    pub breaks: Vec<ShapeBreak>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShapeBreak {
    /// Index into the contract's breaks.
    pub which: usize,
    pub first: u32,
    /// Last slot offset at which it may begin.
    pub last: u32,
    pub length: u32,
    pub paid: bool,
}

/// Everything that people of one class can work.
#[derive(Debug, Clone)]
pub struct Menu {
    /// The people of the class, ascending; all interchangeable.
    pub people: Vec<usize>,
    pub pool: Option<usize>,
    pub site: usize,
    /// Per rostered day its duties, by kind, then by start.
    pub duties: Vec<Vec<Duty>>,
    pub shapes: Vec<Shape>,
    /// Money for a day off (a wish to work).
    pub off_cost: Vec<f64>,
    /// Money for one slot of paid time.
    pub pay: Vec<f64>,
    /// Ends of shifts are indices on an axis that begins at the midnight before, or sooner where a rule asks for a longer rest than that: 0 = long
    /// ago, k = k slots after its beginning. This is its length.
    pub ends: usize,
    /// Whether soft rules of work cost these people anything.
    pub soft: bool,
    /// Per day: slots from the midnight before to its own midnight.
    pub day_slots: Vec<u32>,
    /// Per day: its end on its axis.
    pub day_ends: Vec<u32>,
    /// End of the last shift before the plan, on the first day's axis.
    pub rested_from: u32,
    pub graph: TourGraph,
    /// Covers that count members of the class, with the sign of their presence (1 = member; -1 = member of what must not be too many; -1/one_per =
    /// counted).
    pub covers: Vec<(usize, f64)>,
}

/// Splits people into classes and lists what each class can work.
pub fn menus(problem: &Problem, kept: &[&Rule]) -> Vec<Menu> {
    let mut classes: HashMap<String, usize> = HashMap::new();
    let mut members: Vec<Vec<usize>> = Vec::new();
    let covers: Vec<Vec<(usize, f64)>> = (0..problem.people.len()).map(|_| Vec::new()).collect();
    let covers = covers_of(problem, covers);
    for (person, its_covers) in covers.iter().enumerate() {
        let p = &problem.people[person];
        let key = format!(
            "{} {} {:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
            p.site,
            p.contract,
            p.pool,
            p.window,
            p.cost_per_hour,
            p.absences,
            p.absent_days,
            p.locked,
            p.before,
            p.wishes,
            p.record,
            its_covers
        );
        let class = *classes.entry(key).or_insert_with(|| {
            members.push(Vec::new());
            members.len() - 1
        });
        members[class].push(person);
    }
    members
        .into_iter()
        .map(|people| {
            let covers = covers[people[0]].clone();
            menu(problem, people, covers, kept)
        })
        .collect()
}

fn covers_of(problem: &Problem, mut covers: Vec<Vec<(usize, f64)>>) -> Vec<Vec<(usize, f64)>> {
    for (index, cover) in problem.covers.iter().enumerate() {
        let sign = if cover.max.is_some() { -1.0 } else { 1.0 };
        for &person in &cover.members {
            covers[person].push((index, sign));
        }
        if let Some(per) = cover.one_per {
            for &person in cover
                .counted
                .iter()
                .filter(|person| !cover.members.contains(person))
            {
                covers[person].push((index, -1.0 / f64::from(per)));
            }
        }
    }
    covers
}

/// What a class can work under some of the rules.
pub(super) fn menu(
    problem: &Problem,
    people: Vec<usize>,
    covers: Vec<(usize, f64)>,
    kept: &[&Rule],
) -> Menu {
    let person = people[0];
    let rules = problem.rules(person);
    let site = problem.site(person);
    // A day may be an hour short, so the axis reaches back far enough from its start on the shortest.
    let back = (longest_rest(rules) - 1380).max(0);
    let back = (back + problem.slot_minutes - 1) / problem.slot_minutes * problem.slot_minutes;
    let axis = EndAxis {
        problem,
        person,
        back,
        ends: ((1500 + back + rules.shift_minutes.iter().max().copied().unwrap_or(0))
            / problem.slot_minutes) as usize
            + 2,
    };
    let mut shapes: Vec<Shape> = Vec::new();
    let mut kinds: Vec<Worked> = Vec::new();
    let mut duties = Vec::with_capacity(site.days.len());
    for day in 0..site.days.len() {
        let mut of_day: Vec<Duty> = candidates(problem, person, day)
            .into_iter()
            .filter(|candidate| {
                kept.iter()
                    .filter_map(|rule| rule.allows)
                    .all(|allows| allows(problem, person, candidate))
            })
            .filter_map(|candidate| {
                let shape = position_or_push(
                    &mut shapes,
                    shape(rules, candidate.span.minutes(), problem.slot_minutes)?,
                );
                let worked = worked(problem, person, &candidate);
                Some(Duty {
                    day: day as u32,
                    start: (candidate.span.start / problem.slot_minutes) as u32,
                    length: (candidate.span.minutes() / problem.slot_minutes) as u32,
                    shape: shape as u32,
                    kind: position_or_push(&mut kinds, worked) as u32,
                    cost: wish_cost(problem, person, day, Some(candidate.wall_start)),
                    rested: axis.rested(day, &candidate),
                    begins: axis.begins(day, &candidate),
                    end: axis.end(day, &candidate),
                })
            })
            .collect();
        of_day.sort_by_key(|duty| (duty.kind, duty.start, duty.length));
        duties.push(of_day);
    }
    let off_cost: Vec<f64> = (0..site.days.len())
        .map(|day| wish_cost(problem, person, day, None))
        .collect();
    let graph = TourGraph::build(problem, person, &duties, &kinds, kept);
    Menu {
        pool: problem.people[person].pool,
        site: problem.people[person].site,
        duties,
        shapes,
        off_cost,
        pay: pay_per_slot(problem, person),
        ends: axis.ends,
        soft: people
            .first()
            .is_some_and(|&person| soft::any(problem, person)),
        day_ends: (0..site.days.len())
            .map(|day| axis.unclipped(axis.day_minutes(day) + site.days[day].span.minutes()))
            .collect(),
        day_slots: (0..site.days.len())
            .map(|day| (axis.day_minutes(day) / problem.slot_minutes) as u32)
            .collect(),
        rested_from: axis.rested_from(),
        graph,
        covers,
        people,
    }
}

/// Where ends of shifts lie on the axes of a person's days.
struct EndAxis<'a> {
    problem: &'a Problem,
    person: usize,
    /// Minutes by which it begins before the midnight before.
    back: Minute,
    ends: usize,
}

impl EndAxis<'_> {
    /// Minutes from the midnight that a day's axis counts from to its own midnight; the first day's axis counts from a day before the plan.
    fn day_minutes(&self, day: usize) -> Minute {
        let days = &self.problem.site(self.person).days;
        if day == 0 {
            1440
        } else {
            days[day].span.start - days[day - 1].span.start
        }
    }

    /// Where something lies that is so many minutes after the midnight before, on the axis or beyond its end.
    fn unclipped(&self, minutes: Minute) -> u32 {
        ((minutes + self.back).max(0) / self.problem.slot_minutes) as u32
    }

    /// The same for what the axis holds.
    fn index(&self, minutes: Minute) -> u32 {
        self.unclipped(minutes).min(self.ends as u32 - 1)
    }

    fn rested(&self, day: usize, candidate: &Candidate) -> u32 {
        let start = candidate.span.start - self.problem.site(self.person).days[day].span.start;
        self.index(start + self.day_minutes(day) - self.problem.rules(self.person).rest)
    }

    fn begins(&self, day: usize, candidate: &Candidate) -> u32 {
        let start = candidate.span.start - self.problem.site(self.person).days[day].span.start;
        self.unclipped(start + self.day_minutes(day))
    }

    fn end(&self, day: usize, candidate: &Candidate) -> u32 {
        self.index(candidate.span.end - self.problem.site(self.person).days[day].span.start)
    }

    fn rested_from(&self) -> u32 {
        let first = self
            .problem
            .site(self.person)
            .days
            .first()
            .map_or(0, |day| day.span.start);
        let last_end = self.problem.people[self.person]
            .before
            .iter()
            .map(|span| span.end)
            .max();
        last_end.map_or(0, |end| self.index(end - first + 1440))
    }
}

fn position_or_push<T: PartialEq>(list: &mut Vec<T>, item: T) -> usize {
    list.iter()
        .position(|known| *known == item)
        .unwrap_or_else(|| {
            list.push(item);
            list.len() - 1
        })
}

/// Every start of the contract on one day with every length; a start that the clock skips does not exist, one that it repeats is two.
pub(super) fn candidates(problem: &Problem, person: usize, day: usize) -> Vec<Candidate> {
    let rules = problem.rules(person);
    let site = problem.site(person);
    let whole = site.days[day].span;
    let midnight = site.days[day].date.and_time(chrono::NaiveTime::MIN);
    let mut found = Vec::new();
    let mut minute = whole.start;
    while minute < whole.end {
        let local = site.zone.to_local(problem.instant(minute));
        let wall_start = (local.hour() * 60 + local.minute()) as i32;
        let in_hours = rules
            .earliest_start
            .is_none_or(|earliest| wall_start >= earliest)
            && rules.latest_start.is_none_or(|latest| wall_start <= latest);
        if wall_start % rules.start_every == 0 && in_hours {
            for &length in &rules.shift_minutes {
                let span = Span {
                    start: minute,
                    end: minute + length,
                };
                let wall_end =
                    (site.zone.to_local(problem.instant(span.end)) - midnight).num_minutes() as i32;
                found.push(Candidate {
                    day,
                    span,
                    wall_start,
                    wall_end,
                });
            }
        }
        minute += problem.slot_minutes;
    }
    found
}

/// `None` where the breaks do not fit into the shift.
fn shape(rules: &WorkRules, minutes: i32, slot: i32) -> Option<Shape> {
    let breaks: Option<Vec<ShapeBreak>> = rules
        .breaks_of(minutes)
        .into_iter()
        .map(|which| {
            let rule = &rules.breaks[which];
            let last = rule.before.min(minutes) - rule.minutes;
            let first = (rule.after + slot - 1).div_euclid(slot);
            (last >= first * slot).then(|| ShapeBreak {
                which,
                first: first as u32,
                last: (last / slot) as u32,
                length: (rule.minutes / slot) as u32,
                paid: rule.paid,
            })
        })
        .collect();
    let shape = Shape { breaks: breaks? };
    // In order and without overlap even when each is taken as early as can be.
    let mut free = 0;
    for b in &shape.breaks {
        let at = b.first.max(free);
        if at > b.last {
            return None;
        }
        free = at + b.length;
    }
    Some(shape)
}

fn worked(problem: &Problem, person: usize, candidate: &Candidate) -> Worked {
    let rules = problem.rules(person);
    let looks = Looks::of(problem, person);
    let span = candidate.span;
    Worked {
        paid_minutes: paid_of_length(rules, span.minutes()),
        night: looks.at_nights && is_night_shift(problem, person, span),
        wall_start: if looks.at_starts {
            candidate.wall_start
        } else {
            0
        },
        class: looks.at_classes.then(|| class_of(problem, person, span)),
        unpopular: looks.at_shares && is_unpopular_start(candidate.wall_start),
    }
}

/// What a person's rules look at, so that shifts that are alike to them stay alike.
struct Looks {
    at_nights: bool,
    at_starts: bool,
    at_classes: bool,
    at_shares: bool,
}

impl Looks {
    fn of(problem: &Problem, person: usize) -> Looks {
        use crate::roster::problem::Counted;
        let rules = problem.rules(person);
        let terms = &rules.terms;
        let counts = |wanted: &[Counted]| {
            terms
                .limits
                .iter()
                .any(|limit| wanted.contains(&limit.counted))
        };
        let at_shares = problem.people[person].record.shares.is_some();
        Looks {
            at_nights: rules.max_nights_per_week.is_some()
                || rules.max_consecutive_nights.is_some()
                || terms.rest_after_nights.is_some()
                || counts(&[Counted::Nights])
                || at_shares,
            at_starts: rules.same_start_within.is_some() || terms.same_start_over_weeks.is_some(),
            at_classes: terms.rotation.is_some() || counts(&[Counted::Early, Counted::Late]),
            at_shares,
        }
    }
}

/// Money for the wishes that a start (or a day off) on this day leaves unmet.
pub fn wish_cost(problem: &Problem, person: usize, day: usize, wall_start: Option<i32>) -> f64 {
    problem.people[person]
        .wishes
        .iter()
        .filter(|wish| wish.day == day && !wish_met(wish.wants, wall_start))
        .map(|wish| wish.weight * problem.wish_cost)
        .sum()
}

/// Whether a start (`None` = day off) is what somebody wanted. Wishes about the time of a start leave a day off alone.
pub fn wish_met(wants: Wants, wall_start: Option<i32>) -> bool {
    match (wants, wall_start) {
        (Wants::Off, start) => start.is_none(),
        (Wants::On, start) => start.is_some(),
        (_, None) => true,
        (Wants::Early, Some(start)) => start < 720,
        (Wants::Late, Some(start)) => start >= 720,
        (Wants::StartAt(wanted), Some(start)) => start == wanted,
    }
}

/// Money for one paid slot, premiums included.
fn pay_per_slot(problem: &Problem, person: usize) -> Vec<f64> {
    let rules = problem.rules(person);
    let site = problem.site(person);
    let per_minute = problem.people[person].cost_per_hour / 60.0;
    (0..problem.slots)
        .map(|slot| {
            let start = slot as i32 * problem.slot_minutes;
            let local = site.zone.to_local(problem.instant(start));
            let date = local.date();
            let weekday = chrono::Datelike::weekday(&date);
            let mut share = 1.0;
            if !(6..22).contains(&local.hour()) {
                share += rules.premium.night;
            }
            if weekday == chrono::Weekday::Sat {
                share += rules.premium.saturday;
            }
            if weekday == chrono::Weekday::Sun {
                share += rules.premium.sunday;
            }
            if site.holidays.binary_search(&date).is_ok() {
                share += rules.premium.holiday;
            }
            share * per_minute * f64::from(problem.slot_minutes)
        })
        .collect()
}

/// Wages of a tour with their premiums, in money; no overtime, no wishes.
pub fn wages(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    let pay = pay_per_slot(problem, person);
    let slot = problem.slot_minutes;
    let of = |span: Span| -> f64 {
        (span.start / slot..span.end / slot)
            .map(|s| pay[s as usize])
            .sum()
    };
    let rules = problem.rules(person);
    tour.shifts
        .iter()
        .map(|shift| {
            let unpaid = shift
                .breaks
                .iter()
                .filter(|(which, _)| rules.is_unpaid(*which));
            of(shift.span) - unpaid.map(|(_, span)| of(*span)).sum::<f64>()
        })
        .sum()
}

impl Menu {
    /// The shift that a duty and the slots of its breaks make.
    pub fn shift(&self, problem: &Problem, duty: &Duty, break_slots: &[u32]) -> Shift {
        let slot = problem.slot_minutes;
        let breaks = self.shapes[duty.shape as usize]
            .breaks
            .iter()
            .zip(break_slots)
            .map(|(b, &at)| {
                let start = at as i32 * slot;
                (
                    b.which,
                    Span {
                        start,
                        end: start + b.length as i32 * slot,
                    },
                )
            })
            .collect();
        Shift {
            day: duty.day as usize,
            span: Span {
                start: duty.start as i32 * slot,
                end: (duty.start + duty.length) as i32 * slot,
            },
            breaks,
        }
    }

    /// Wages, overtime and unmet wishes of a tour of this class, in money.
    pub fn cost(&self, problem: &Problem, tour: &Tour) -> f64 {
        let person = self.people[0];
        let rules = problem.rules(person);
        let slot = problem.slot_minutes;
        let pay = |span: Span| -> f64 {
            (span.start / slot..span.end / slot)
                .map(|s| self.pay[s as usize])
                .sum()
        };
        let mut off = vec![true; self.off_cost.len()];
        let mut paid_in_week = vec![0; problem.weeks];
        let mut cost = 0.0;
        let site = problem.site(person);
        for shift in &tour.shifts {
            off[shift.day] = false;
            paid_in_week[site.days[shift.day].week] += shift.paid_minutes(rules);
            cost += pay(shift.span);
            cost -= shift
                .breaks
                .iter()
                .filter(|(which, _)| rules.is_unpaid(*which))
                .map(|(_, span)| pay(*span))
                .sum::<f64>();
            let local = site.zone.to_local(problem.instant(shift.span.start));
            cost += wish_cost(
                problem,
                person,
                shift.day,
                Some((local.hour() * 60 + local.minute()) as i32),
            );
        }
        cost += off
            .iter()
            .zip(&self.off_cost)
            .filter(|(off, _)| **off)
            .map(|(_, cost)| cost)
            .sum::<f64>();
        if let Some(hire) = rules.hire {
            let weeks = paid_in_week.iter().filter(|paid| **paid > 0).count();
            cost += weeks as f64 * hire;
        }
        if self.soft {
            cost += soft::cost(problem, person, tour);
        }
        if let Some((_, factor)) = rules.overtime {
            for (week, paid) in paid_in_week.into_iter().enumerate() {
                let most = rules
                    .week_limits(problem.absent_in_week(person, week))
                    .paid
                    .1;
                cost += f64::from((paid - most).max(0)) * problem.people[person].cost_per_hour
                    / 60.0
                    * (factor - 1.0);
            }
        }
        cost
    }
}
