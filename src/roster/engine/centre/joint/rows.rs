//! Seats, hard covers and pairs (which are covers) as rows of a linear program, cut by date so that a clash names its days.

use chrono::NaiveDate;

use crate::roster::problem::Problem;

/// A rule that joins people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JointRule {
    /// Of a site.
    Seats(usize),
    /// Index into the problem's covers.
    Cover(usize),
}

/// One date of a joint rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub rule: JointRule,
    pub date: NaiveDate,
}

/// What a joint rule asks for in a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// So many people at least.
    Least,
    /// One for every so many others (`one_per`).
    Span,
    /// So many at most: people count as less than nobody.
    Most,
}

impl Asked {
    pub const ALL: [Asked; 3] = [Asked::Least, Asked::Span, Asked::Most];
}

/// One slot of a part: people's presence, weighed by [`weight`], must reach `least`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    pub rule: JointRule,
    pub asked: Asked,
    pub slot: usize,
    pub least: f64,
}

/// Site on whose clock a joint rule's dates are told.
pub fn site_of(problem: &Problem, rule: JointRule) -> usize {
    match rule {
        JointRule::Seats(site) => site,
        JointRule::Cover(cover) => problem.covers[cover]
            .members
            .first()
            .map_or(0, |&person| problem.people[person].site),
    }
}

fn date_of(problem: &Problem, rule: JointRule, slot: usize) -> NaiveDate {
    let minute = slot as i32 * problem.slot_minutes;
    problem.sites[site_of(problem, rule)]
        .zone
        .date(problem.instant(minute))
}

/// Every date of every joint rule that could bite.
pub fn parts(problem: &Problem) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let mut add = |rule: JointRule, slot: usize| {
        let part = Part {
            rule,
            date: date_of(problem, rule, slot),
        };
        if parts.last() != Some(&part) {
            parts.push(part);
        }
    };
    for (index, site) in problem.sites.iter().enumerate() {
        let people = problem.people.iter().filter(|p| p.site == index).count();
        if site.seats.is_some_and(|seats| (seats as usize) < people) {
            (0..problem.slots).for_each(|slot| add(JointRule::Seats(index), slot));
        }
    }
    for (index, cover) in problem.covers.iter().enumerate() {
        let many = |most: u32| (most as usize) < cover.members.len();
        if cover.hard && (cover.min > 0 || cover.one_per.is_some() || cover.max.is_some_and(many)) {
            (0..problem.slots)
                .filter(|&slot| cover.active[slot])
                .for_each(|slot| add(JointRule::Cover(index), slot));
        }
    }
    parts
}

/// Slots of a block in which whoever is on shift at its start stays to its end: every shift begins and ends on a multiple of it.
fn block(problem: &Problem) -> usize {
    let slot = problem.slot_minutes;
    let starts = problem.contracts.iter().flat_map(|rules| {
        let lengths = rules.shift_minutes.iter().copied();
        lengths.chain([rules.start_every])
    });
    let midnights = problem.sites.iter().flat_map(|site| {
        site.days
            .iter()
            .flat_map(|day| [day.span.start, day.span.end])
    });
    let before = problem.people.iter().flat_map(|person| &person.carried);
    let ends = before.flat_map(|carried| [carried.span.start, carried.span.end]);
    let minutes = starts.chain(midnights).chain(ends).fold(0, gcd);
    (minutes / slot).max(1) as usize
}

fn gcd(a: i32, b: i32) -> i32 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// The rows of some parts; of slots in which the same people are on shift one speaks for all.
pub fn rows(problem: &Problem, parts: &[Part]) -> Vec<Row> {
    let mut rows = Vec::new();
    let block = block(problem);
    for rule in rules_of(parts) {
        let active = |slot: usize| match rule {
            JointRule::Seats(_) => true,
            JointRule::Cover(cover) => problem.covers[cover].active[slot],
        };
        let slots = (0..problem.slots).filter(|&slot| {
            if slot % block != 0 && active(slot - 1) {
                return false;
            }
            let date = date_of(problem, rule, slot);
            parts
                .iter()
                .any(|part| part.rule == rule && part.date == date)
        });
        let beside = Beside::of(problem, rule);
        for slot in slots {
            let row = |asked: Asked, least: f64| Row {
                rule,
                asked,
                slot,
                least,
            };
            match rule {
                JointRule::Seats(_) => {
                    let free = beside.most.get(slot).copied().unwrap_or(u32::MAX);
                    rows.push(row(Asked::Most, -f64::from(free)));
                }
                JointRule::Cover(cover) => {
                    if !active(slot) {
                        continue;
                    }
                    let cover = &problem.covers[cover];
                    let there = f64::from(beside.there[slot]);
                    if cover.min > 0 {
                        rows.push(row(Asked::Least, f64::from(cover.min) - there));
                    }
                    if cover.one_per.is_some() {
                        rows.push(row(Asked::Span, -there));
                    }
                    if cover.max.is_some() {
                        rows.push(row(Asked::Most, -f64::from(beside.most[slot])));
                    }
                }
            }
        }
    }
    rows
}

/// What those who are on shift from before the plan leave of a joint rule, per slot.
struct Beside {
    /// Members who are there.
    there: Vec<u32>,
    /// How many more there may be, where that is limited.
    most: Vec<u32>,
}

impl Beside {
    fn of(problem: &Problem, rule: JointRule) -> Beside {
        match rule {
            JointRule::Seats(site) => Beside {
                there: Vec::new(),
                most: problem.free_seats(site).unwrap_or_default(),
            },
            JointRule::Cover(cover) => {
                let cover = &problem.covers[cover];
                Beside {
                    there: problem.carried_members(cover),
                    most: problem.room_beside_carried(cover).unwrap_or_default(),
                }
            }
        }
    }
}

/// The rules of some parts, each once, in their order.
pub fn rules_of(parts: &[Part]) -> Vec<JointRule> {
    let mut rules: Vec<JointRule> = Vec::new();
    for part in parts {
        if !rules.contains(&part.rule) {
            rules.push(part.rule);
        }
    }
    rules
}

/// What a person on shift adds to a row of this kind.
pub fn weight(problem: &Problem, person: usize, rule: JointRule, asked: Asked) -> f64 {
    let one_if = |yes: bool| f64::from(u8::from(yes));
    match rule {
        JointRule::Seats(site) => match asked {
            Asked::Most => -one_if(problem.people[person].site == site),
            Asked::Least | Asked::Span => 0.0,
        },
        JointRule::Cover(cover) => {
            let cover = &problem.covers[cover];
            let member = one_if(cover.members.contains(&person));
            match asked {
                Asked::Least if cover.min > 0 => member,
                Asked::Span => cover.one_per.map_or(0.0, |per| {
                    member - one_if(cover.counted.contains(&person)) / f64::from(per)
                }),
                Asked::Most if cover.max.is_some() => -member,
                Asked::Least | Asked::Most => 0.0,
            }
        }
    }
}
