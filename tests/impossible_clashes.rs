//! Rosters that cannot be, more than two hundred: what is named as the clash is one, and nothing in it can be left out.
//!
//! Whether a roster exists is asked of the search and the checker, not of what named the clash: rules are taken away by changing the problem.

mod roster_support;

use std::collections::BTreeSet;

use followsun::calendar::DailyWindow;
use followsun::roster::problem::{Break, Cover, Problem, Span, WorkRules};
use followsun::roster::{JointRule, Limits, NoClock, check, joint_clashes, solve};
use rayon::prelude::*;

use roster_support::{Dice, free_contract, idle};

/// So many of the numbers below `n`, ascending.
fn some_of(dice: &mut Dice, n: usize, count: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (0..n).collect();
    for i in (1..n).rev() {
        all.swap(i, dice.below(i + 1));
    }
    all.truncate(count);
    all.sort();
    all
}

/// A site with so many people, each with a contract of their own, and nothing that clashes.
fn peaceful(people: usize) -> Problem {
    let mut problem = idle(people, 1, 60);
    let rules = WorkRules {
        paid_minutes_per_week: (0, 2400),
        days_per_week: (0, 5),
        earliest_start: Some(360),
        latest_start: Some(840),
        rest: 660,
        max_consecutive_days: Some(5),
        breaks: vec![Break {
            name: "meal".to_owned(),
            minutes: 60,
            paid: false,
            after: 180,
            before: 330,
            if_shift_over: 360,
        }],
        ..free_contract()
    };
    problem.contracts = vec![rules; people];
    for (number, person) in problem.people.iter_mut().enumerate() {
        person.contract = number;
        person.pool = None;
        person.cost_per_hour = 15.0;
    }
    problem
}

fn lock(problem: &mut Problem, person: usize, day: usize, hour: i32) {
    let start = day as i32 * 1440 + hour * 60;
    problem.people[person].locked.push(Span {
        start,
        end: start + 480,
    });
}

fn away(problem: &mut Problem, person: usize, day: usize) {
    problem.people[person].absences.push(Span {
        start: day as i32 * 1440,
        end: (day as i32 + 1) * 1440,
    });
    problem.people[person].absent_days[day] = true;
}

fn ask_for(
    problem: &mut Problem,
    members: Vec<usize>,
    min: u32,
    day: usize,
    hours: (usize, usize),
) {
    problem.covers.push(Cover {
        min,
        active: (0..problem.slots)
            .map(|slot| slot / 24 == day && (hours.0..hours.1).contains(&(slot % 24)))
            .collect(),
        ..cover(problem, members)
    });
}

/// A hard cover that asks for one at no time.
fn cover(problem: &Problem, members: Vec<usize>) -> Cover {
    Cover {
        members,
        counted: Vec::new(),
        min: 1,
        one_per: None,
        max: None,
        said: "[[cover]]".to_owned(),
        active: vec![false; problem.slots],
        cost: 50.0,
        hard: true,
    }
}

/// More locked shifts at once than seats.
fn seats_and_locks(problem: &mut Problem, dice: &mut Dice, day: usize) {
    let seats = 1 + dice.below(3);
    problem.sites[0].seats = Some(seats as u32);
    let hour = 8 + dice.below(4) as i32;
    for person in some_of(dice, problem.people.len(), seats + 1) {
        let hour = hour + dice.below(3) as i32;
        lock(problem, person, day, hour);
    }
}

/// A hard cover for which absences and windows leave too few; `alone` where nothing else clashes.
fn cover_and_people(problem: &mut Problem, dice: &mut Dice, day: usize, alone: bool) {
    let count = 2 + dice.below(3);
    let members = some_of(dice, problem.people.len(), count);
    let min = if alone { 1 + dice.below(count) } else { 1 };
    let from = 7 + dice.below(2);
    // So many that exactly one is missing.
    for &person in &members[min - 1..] {
        if !alone || dice.below(2) == 0 {
            away(problem, person, day);
        } else {
            let window = DailyWindow::parse("12:00-23:00").expect("a window");
            problem.people[person].window = Some(window);
        }
    }
    ask_for(problem, members, min as u32, day, (from, from + 3));
}

/// A locked shift of somebody who needs somebody in charge, who is away.
fn span_of_control(problem: &mut Problem, dice: &mut Dice) {
    let day = dice.below(7);
    let per = 1 + dice.below(3);
    let chief = 0;
    let person = 1 + dice.below(problem.people.len() - 1);
    lock(problem, person, day, 9);
    away(problem, chief, day);
    problem.covers.push(Cover {
        counted: (1..problem.people.len()).collect(),
        min: 0,
        one_per: Some(per as u32),
        active: (0..problem.slots).map(|slot| slot < 7 * 24).collect(),
        ..cover(problem, vec![chief])
    });
}

/// Locked shifts at one time of people who must not meet, or more of a kind than are allowed.
fn too_many(problem: &mut Problem, dice: &mut Dice) {
    let count = 2 + dice.below(3);
    let members = some_of(dice, problem.people.len(), count);
    let most = 1 + dice.below(count - 1);
    let (day, hour) = (dice.below(7), 8 + dice.below(4) as i32);
    for &person in &members[..=most] {
        lock(problem, person, day, hour + dice.below(3) as i32);
    }
    problem.covers.push(Cover {
        min: 0,
        max: Some(most as u32),
        active: vec![true; problem.slots],
        ..cover(problem, members)
    });
}

/// People who must not meet and who all have to work more days than there is room for at the one start of the day.
fn days_apart(problem: &mut Problem, dice: &mut Dice) {
    let pair = some_of(dice, problem.people.len(), 2);
    for (turn, &person) in pair.iter().enumerate() {
        let rules = &mut problem.contracts[person];
        (rules.earliest_start, rules.latest_start) = (Some(540), Some(540));
        rules.days_per_week.0 = 3 + turn as u32 + dice.below(2) as u32;
        if rules.days_per_week.0 == 3 {
            rules.days_per_week.0 = 4;
        }
    }
    problem.covers.push(Cover {
        min: 0,
        max: Some(1),
        active: vec![true; problem.slots],
        ..cover(problem, pair)
    });
}

/// Days that contracts demand against seats and one start for all.
fn days_and_seats(problem: &mut Problem, dice: &mut Dice) {
    let seats = 1 + dice.below(2);
    problem.sites[0].seats = Some(seats as u32);
    for rules in &mut problem.contracts {
        rules.earliest_start = Some(540);
        rules.latest_start = Some(540);
    }
    // Shifts that must be worked: one more than seats on all seven days.
    let mut due = 7 * seats + 1;
    for rules in &mut problem.contracts {
        let days = due.min(5);
        rules.days_per_week.0 = days as u32;
        due -= days;
    }
}

/// One person whose rules leave them no week.
fn one_person(problem: &mut Problem, dice: &mut Dice) {
    let person = dice.below(problem.people.len());
    match dice.below(5) {
        0 => {
            let day = dice.below(7);
            lock(problem, person, day, 10);
            away(problem, person, day);
        }
        1 => {
            let day = dice.below(6);
            lock(problem, person, day, 14);
            lock(problem, person, day + 1, 6);
        }
        2 => {
            for day in some_of(dice, 7, 6) {
                lock(problem, person, day, 9);
            }
            problem.contracts[person].max_consecutive_days = None;
            problem.contracts[person].paid_minutes_per_week.1 = 3000;
        }
        3 => {
            let day = dice.below(7);
            lock(problem, person, day, 7);
            let window = DailyWindow::parse("08:00-22:00").expect("a window");
            problem.people[person].window = Some(window);
        }
        _ => {
            problem.contracts[person].days_per_week = (2, 3);
            problem.contracts[person].paid_minutes_per_week = (1600, 2400);
        }
    }
}

/// Something that is kept.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Kept {
    Seats,
    Cover(usize),
    /// A rule of a person.
    Own(usize, &'static str),
}

/// Takes a rule of a person away.
fn loosen(problem: &mut Problem, person: usize, rule: &str) {
    let own = &mut problem.people[person];
    let rules = &mut problem.contracts[own.contract];
    match rule {
        "locked-shift" => own.locked.clear(),
        "absence" => own.absences.clear(),
        "window" => own.window = None,
        // Absences shorten what a week may hold; without them it is looser still.
        "days-per-week" => rules.days_per_week = (0, 7),
        "hours-per-week" => rules.paid_minutes_per_week = (0, 7 * 1440),
        "rest" => rules.rest = 0,
        "consecutive-days" => rules.max_consecutive_days = None,
        other => panic!("nobody set {other}"),
    }
}

const OWN: [&str; 7] = [
    "locked-shift",
    "absence",
    "window",
    "days-per-week",
    "hours-per-week",
    "rest",
    "consecutive-days",
];

/// The problem with nothing kept but this.
fn only(problem: &Problem, kept: &[Kept]) -> Problem {
    let mut other = problem.clone();
    if !kept.contains(&Kept::Seats) {
        other.sites[0].seats = None;
    }
    for (index, cover) in other.covers.iter_mut().enumerate() {
        cover.hard = kept.contains(&Kept::Cover(index));
    }
    for person in 0..problem.people.len() {
        for rule in OWN {
            if !kept.contains(&Kept::Own(person, rule)) {
                loosen(&mut other, person, rule);
            }
        }
    }
    other
}

/// Whether the search finds a roster that the checker passes.
fn possible(problem: &Problem) -> bool {
    for (effort, ascent_steps) in [(1, 1), (12, 60)] {
        let limits = Limits {
            gap: 0.0,
            effort: Some(effort),
            seed: 1,
            ascent_steps: Some(ascent_steps),
        };
        match solve(problem, &limits, None, &NoClock) {
            Ok(found) if check(problem, &found.tours).is_empty() => return true,
            Ok(_) => {}
            // Proved to be impossible: trying harder is no use.
            Err(_) => return false,
        }
    }
    false
}

/// What is named: each clash as what it keeps.
fn named(problem: &Problem) -> Vec<Vec<Kept>> {
    let limits = Limits {
        gap: 0.0,
        effort: Some(1),
        seed: 1,
        ascent_steps: Some(1),
    };
    let why = solve(problem, &limits, None, &NoClock).expect_err("it is impossible");
    let alone = why.people.iter().zip(&why.clashes).map(|(&person, rules)| {
        let own = rules.iter().map(|&rule| Kept::Own(person, rule));
        own.collect::<Vec<Kept>>()
    });
    let joint = why.joint.iter().map(|clash| {
        let mut kept: BTreeSet<Kept> = BTreeSet::new();
        for (rule, dates) in &clash.joint {
            assert!(!dates.is_empty());
            kept.insert(match rule {
                JointRule::Seats(_) => Kept::Seats,
                JointRule::Cover(cover) => Kept::Cover(*cover),
            });
        }
        for (person, rules) in &clash.people {
            kept.extend(rules.iter().map(|&rule| Kept::Own(*person, rule)));
        }
        kept.into_iter().collect()
    });
    alone.chain(joint).collect()
}

fn minimal(problem: &Problem, clash: &[Kept], case: &str) {
    assert!(
        !possible(&only(problem, clash)),
        "{case}: {clash:?} can be kept"
    );
    for out in clash {
        let rest: Vec<Kept> = clash.iter().filter(|kept| *kept != out).cloned().collect();
        assert!(
            possible(&only(problem, &rest)),
            "{case}: {clash:?} is impossible without {out:?} too"
        );
    }
}

#[test]
fn what_is_named_is_impossible_and_nothing_of_it_can_be_left_out() {
    let cases: Vec<u64> = (0..240).collect();
    let sizes: Vec<usize> = cases
        .par_iter()
        .map(|&case| {
            let mut dice = Dice(case.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 7);
            let mut problem = peaceful(6);
            let expected = match case % 8 {
                0 => {
                    let day = dice.below(7);
                    seats_and_locks(&mut problem, &mut dice, day);
                    1
                }
                1 => {
                    let day = dice.below(7);
                    cover_and_people(&mut problem, &mut dice, day, true);
                    1
                }
                2 => {
                    span_of_control(&mut problem, &mut dice);
                    1
                }
                3 => {
                    days_and_seats(&mut problem, &mut dice);
                    1
                }
                4 => {
                    too_many(&mut problem, &mut dice);
                    1
                }
                5 => {
                    days_apart(&mut problem, &mut dice);
                    1
                }
                6 => {
                    one_person(&mut problem, &mut dice);
                    1
                }
                _ => {
                    seats_and_locks(&mut problem, &mut dice, 0);
                    cover_and_people(&mut problem, &mut dice, 3, false);
                    2
                }
            };
            let clashes = named(&problem);
            assert_eq!(clashes.len(), expected, "case {case}: {clashes:?}");
            for clash in &clashes {
                minimal(&problem, clash, &format!("case {case}"));
            }
            // One rule less of each clash, and the whole becomes possible.
            for turn in 0..clashes.iter().map(Vec::len).max().unwrap_or(0) {
                let mut other = problem.clone();
                for clash in &clashes {
                    match &clash[turn % clash.len()] {
                        Kept::Seats => other.sites[0].seats = None,
                        Kept::Cover(cover) => other.covers[*cover].hard = false,
                        Kept::Own(person, rule) => loosen(&mut other, *person, rule),
                    }
                }
                assert!(possible(&other), "case {case}, turn {turn}: {clashes:?}");
            }
            clashes.iter().map(Vec::len).sum()
        })
        .collect();
    assert!(
        sizes.iter().max() > Some(&5),
        "some clashes join many people"
    );
}

#[test]
fn what_is_possible_is_not_called_impossible() {
    for seed in 0..20 {
        let mut dice = Dice(seed + 100);
        let mut problem = peaceful(6);
        problem.sites[0].seats = Some(2);
        for person in 0..2 {
            let day = dice.below(7);
            lock(&mut problem, person, day, 9);
        }
        ask_for(&mut problem, vec![0, 1, 2], 1, 3, (8, 17));
        assert_eq!(joint_clashes(&problem, &[]), [], "seed {seed}");
        assert!(possible(&problem), "seed {seed}");
    }
}
