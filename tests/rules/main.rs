//! Every rule of work is kept by the builder and by the checker, each on its own: for each there is a smallest scenario, and taking the rule out of
//! either one changes what happens there.

mod against_brute_force;
mod cases;
mod page;
#[path = "../roster_support/mod.rs"]
mod roster_support;
mod soft;
mod team;

use std::collections::BTreeSet;

use followsun::roster::problem::{Activity, Span};
use followsun::roster::rules::{RULES, Rule};
use followsun::roster::{NoClock, check, check_under, solve, solve_under};

use cases::cases;
use team::{QUICK, all_but, alone, always, rule, tour};

fn every_rule() -> Vec<&'static Rule> {
    RULES.iter().collect()
}

/// The search keeps the rule, and only because the rule is in its list: without it the same search breaks it.
#[test]
fn the_builder_keeps_each_rule_and_breaks_it_where_it_is_switched_off() {
    for (number, case) in cases().iter().enumerate() {
        let (name, problem) = (case.rule, &case.problem);
        let kept = solve(problem, &QUICK, None, &NoClock)
            .unwrap_or_else(|stuck| panic!("case {number}, {name}: {:?}", stuck.clashes));
        let broken = check(problem, &kept.tours);
        assert!(broken.is_empty(), "case {number}, {name}: {broken:?}");
        assert!(kept.bound <= kept.objective + 1e-6, "case {number}, {name}");
        let without = solve_under(problem, &QUICK, &NoClock, &all_but(name))
            .unwrap_or_else(|stuck| panic!("case {number}, {name}: {:?}", stuck.clashes));
        let broken = check(problem, &without.tours);
        assert!(
            broken.iter().any(|broken| broken.rule == name),
            "case {number}: without the rule {name} nothing breaks it: {broken:?}"
        );
    }
}

/// What breaks the rule is found by the rule's own check and by no other.
#[test]
fn the_checker_finds_each_breach_and_misses_it_where_it_is_switched_off() {
    for (number, case) in cases().iter().enumerate() {
        let (name, problem) = (case.rule, &case.problem);
        let without = solve_under(problem, &QUICK, &NoClock, &all_but(name))
            .unwrap_or_else(|stuck| panic!("case {number}, {name}: {:?}", stuck.clashes));
        let alone = check_under(problem, &without.tours, &[rule(name)]);
        assert!(!alone.is_empty(), "case {number}: {name} misses its breach");
        assert!(alone.iter().all(|broken| broken.rule == name));
        for broken in &alone {
            assert!(!broken.text.is_empty() && broken.text != name, "{broken:?}");
        }
        let others = check_under(problem, &without.tours, &all_but(name));
        assert!(others.is_empty(), "case {number}, {name}: {others:?}");
    }
}

/// The builder cannot even express two shifts on one day, so this breach is made by hand.
#[test]
fn two_shifts_on_one_day_are_found() {
    let problem = alone(always, |_, _| {});
    let twice = [tour(&[(2, 0), (2, 12)])];
    let broken = check(&problem, &twice);
    assert_eq!(broken.len(), 1);
    assert_eq!(broken[0].rule, "one-shift-a-day");
    assert!(check_under(&problem, &twice, &all_but("one-shift-a-day")).is_empty());
    let solved = solve(&problem, &QUICK, None, &NoClock).expect("a roster");
    assert_eq!(solved.tours[0].shifts.len(), 7);
}

/// Activities are placed into finished shifts, so these breaches are made by hand.
#[test]
fn activities_out_of_place_are_found() {
    let mut problem = alone(always, |_, _| {});
    let mornings = (0..problem.slots).map(|slot| slot % 24 < 12).collect();
    problem.activities = vec![Activity {
        name: "training".to_owned(),
        minutes: 60,
        who: vec![true],
        times_per_week: 1,
        window: vec![mornings],
        together: false,
    }];
    let with = |pieces: &[(usize, i32, i32)]| {
        let mut shift = tour(&[(2, 8)]);
        let start = shift.shifts[0].span.start;
        let span = |from: i32, minutes: i32| Span {
            start: start + from,
            end: start + from + minutes,
        };
        let pieces = pieces.iter();
        shift.shifts[0].breaks = pieces
            .map(|&(which, from, minutes)| (which, span(from, minutes)))
            .collect();
        [shift]
    };
    assert!(check(&problem, &with(&[(0, 60, 60)])).is_empty());
    for (wrong, said) in [
        (with(&[(0, 60, 120)]), "lasts 120 minutes"),
        (with(&[(0, 240, 60)]), "outside its window"),
        (with(&[(0, 450, 60)]), "outside the shift"),
        (with(&[(0, 0, 60), (0, 120, 60)]), "2 times in a week"),
        (with(&[(1, 60, 60)]), "neither a break nor an activity"),
    ] {
        let broken = check_under(&problem, &wrong, &[rule("activity")]);
        assert!(
            broken.iter().any(|broken| broken.text.contains(said)),
            "{said}: {broken:?}"
        );
    }
    problem.activities[0].who = vec![false];
    let broken = check_under(&problem, &with(&[(0, 60, 60)]), &[rule("activity")]);
    assert!(broken[0].text.contains("not for this person"), "{broken:?}");
}

#[test]
fn every_rule_has_a_case() {
    let tried: BTreeSet<&str> = cases().iter().map(|case| case.rule).collect();
    for rule in every_rule() {
        // These have tests of their own: two shifts a day and activities are not the builder's, what is only a price has nothing to check.
        let elsewhere = [
            "one-shift-a-day",
            "equal-shares",
            "activity",
            "activity-room",
            "hired",
            "daily-overtime",
        ];
        let elsewhere = elsewhere.contains(&rule.name);
        assert!(elsewhere || tried.contains(rule.name), "{}", rule.name);
    }
}
