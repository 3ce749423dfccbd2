//! What each kind of person can work: every allowed shift of the plan with its pay, grouped so that identical people share one menu.

use std::collections::HashMap;
use std::ops::Range;

use chrono::Timelike;

use crate::roster::problem::{Problem, Shift, Span, WorkRules};
use crate::roster::rules::{
    Candidate, Rule, Worked, activity_room, class_of, is_night_shift, is_unpopular_start,
    paid_of_length, soft, work_without_break,
};

use super::bands::{Bands, take_bands};
use super::ends::EndAxis;
use super::graph::TourGraph;
use super::money::{change_cost, pay_per_slot, wish_cost};
use super::shapes::Shape;

/// One shift that may be worked, without its breaks' places.
#[derive(Debug, Clone, Copy)]
pub struct Duty {
    pub day: u32,
    /// Minutes after local midnight.
    pub wall_start: i32,
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
    /// Per day the slots from its first start to its last end; empty without duties.
    reaches: Vec<Range<usize>>,
    /// Per day: its end on its axis.
    pub day_ends: Vec<u32>,
    /// End of the last shift before the plan, on the first day's axis.
    pub rested_from: u32,
    pub graph: TourGraph,
    /// Bands one of which holds the starts of every week, where a rule asks for that; each with what it leaves is a menu by itself.
    pub bands: Option<Bands>,
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
            "{} {} {:?} {:?} {} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?} {:?}",
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
            its_covers,
            p.known,
            p.spared,
            activity_room::taken_by(problem, person)
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
    let axis = EndAxis::of(problem, person);
    let mut with_breaks = rules.clone();
    let is_kept = |name: &str| kept.iter().any(|rule| rule.name == name);
    if !is_kept(work_without_break::RULE.name) {
        with_breaks.terms.work_without_break = None;
    }
    let mut rules_over_days = kept
        .iter()
        .filter_map(|rule| rule.sequence?(problem, person))
        .collect();
    let bands = take_bands(&mut rules_over_days);
    let looks = Looks::of(problem, person, bands.is_some());
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
            .flat_map(|candidate| {
                let ways = ways_to_work(problem, &with_breaks, person, &candidate);
                ways.into_iter().map(move |way| (candidate, way))
            })
            .map(|(candidate, (shape, change))| {
                let shape = position_or_push(&mut shapes, shape);
                let worked = worked(problem, person, &looks, &candidate);
                Duty {
                    day: day as u32,
                    wall_start: candidate.wall_start,
                    start: (candidate.span.start / problem.slot_minutes) as u32,
                    length: (candidate.span.minutes() / problem.slot_minutes) as u32,
                    shape: shape as u32,
                    kind: position_or_push(&mut kinds, worked) as u32,
                    cost: wish_cost(problem, person, day, Some(candidate.wall_start)) + change,
                    rested: axis.rested(day, &candidate),
                    begins: axis.begins(day, &candidate),
                    end: axis.end(day, &candidate),
                }
            })
            .collect();
        of_day.sort_by_key(|duty| (duty.kind, duty.start, duty.length));
        duties.push(of_day);
    }
    let off_cost: Vec<f64> = (0..site.days.len())
        .map(|day| wish_cost(problem, person, day, None) + change_cost(problem, person, day, None))
        .collect();
    let graph = TourGraph::build(problem, person, &duties, &kinds, &rules_over_days);
    let bands = bands.map(|bands| Bands::new(bands, &graph));
    let reaches = duties.iter().map(|of_day| reach_of(of_day)).collect();
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
        day_ends: (0..site.days.len()).map(|day| axis.day_end(day)).collect(),
        day_slots: (0..site.days.len())
            .map(|day| (axis.day_minutes(day) / problem.slot_minutes) as u32)
            .collect(),
        reaches,
        rested_from: axis.rested_from(),
        graph,
        bands,
        covers,
        people,
    }
}

/// The breaks that a shift may have, with the money that the change from what is known weighs: a shift that somebody was told with its breaks is kept as
/// it is or has others, and keeps them once it has begun. Nothing where the breaks do not fit into it.
fn ways_to_work(
    problem: &Problem,
    rules: &WorkRules,
    person: usize,
    candidate: &Candidate,
) -> Vec<(Shape, f64)> {
    let (day, span) = (candidate.day, candidate.span);
    let Some(free) = Shape::of(rules, span.minutes(), problem.slot_minutes) else {
        return Vec::new();
    };
    let change = change_cost(problem, person, day, Some(span));
    let told = problem.people[person]
        .known
        .get(day)
        .and_then(Option::as_ref);
    let as_told = told
        .filter(|told| told.span == span)
        .and_then(|told| free.with_breaks_at(span, told.pieces.as_ref()?, problem.slot_minutes));
    match as_told {
        None => vec![(free, change)],
        Some(as_told) if problem.has_begun(span) => vec![(as_told, change)],
        Some(as_told) => vec![
            (as_told, change),
            (free, change + problem.soft.moved_breaks),
        ],
    }
}

fn reach_of(duties: &[Duty]) -> Range<usize> {
    let first = duties.iter().map(|duty| duty.start).min().unwrap_or(0);
    let ends = duties.iter().map(|duty| duty.start + duty.length);
    first as usize..ends.max().unwrap_or(0) as usize
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

fn worked(problem: &Problem, person: usize, looks: &Looks, candidate: &Candidate) -> Worked {
    let rules = problem.rules(person);
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
        room: activity_room::room(problem, person, span),
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
    /// `banded`: one of the rules about starts is kept by bands instead.
    fn of(problem: &Problem, person: usize, banded: bool) -> Looks {
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
            at_starts: [rules.same_start_within, terms.same_start_over_weeks]
                .iter()
                .flatten()
                .count()
                > usize::from(banded),
            at_classes: terms.rotation.is_some() || counts(&[Counted::Early, Counted::Late]),
            at_shares,
        }
    }
}

impl Menu {
    /// The slots that duties of these days can lie in, and all between them.
    pub fn reach(&self, days: Range<usize>) -> Range<usize> {
        let reaches = self.reaches[days].iter().filter(|reach| !reach.is_empty());
        let first = reaches.clone().map(|reach| reach.start).min().unwrap_or(0);
        first..reaches.map(|reach| reach.end).max().unwrap_or(0)
    }

    /// The duty that a shift is; `None` where the menu has none like it.
    pub fn duty_of(&self, problem: &Problem, shift: &Shift) -> Option<u32> {
        let start = (shift.span.start / problem.slot_minutes) as u32;
        let length = (shift.span.minutes() / problem.slot_minutes) as u32;
        let duties = self.duties[shift.day].iter().enumerate();
        let alike =
            || (duties.clone()).filter(|(_, duty)| duty.start == start && duty.length == length);
        let shape = |duty: &Duty| &self.shapes[duty.shape as usize];
        let same = |duty: &Duty| shape(duty).holds(shift, problem.slot_minutes);
        let found = alike().find(|(_, duty)| same(duty)).or(alike().next())?;
        Some(found.0 as u32)
    }

    /// Makes every week free: no pay, no wishes, no soft rules.
    pub fn leave_out_money(&mut self) {
        self.pay.fill(0.0);
        self.off_cost.fill(0.0);
        let duties = self.duties.iter_mut().flatten();
        duties.for_each(|duty| duty.cost = 0.0);
        let steps = self.graph.layers.iter_mut().flatten();
        steps.for_each(|step| step.cost = 0.0);
    }

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
}
