//! Soft rules: broken where that pays, and at the price that is written.

use followsun::roster::problem::{Counted, Limit, OvertimeStep, Period, Problem, Shares, Strength};
use followsun::roster::rules::without;
use followsun::roster::{NoClock, check, solve};

use super::team::{QUICK, alone, always, between, cover, rule, team};

fn objective(problem: &Problem) -> (f64, usize) {
    let solved = solve(problem, &QUICK, None, &NoClock).expect("a roster");
    assert!(check(problem, &solved.tours).is_empty());
    assert!(solved.bound <= solved.objective + 1e-6);
    let shifts = solved.tours.iter().map(|tour| tour.shifts.len()).sum();
    (solved.objective, shifts)
}

fn days_at_most(most: u32, price: f64) -> Problem {
    // Each shift saves 8 x 50 and costs 8 x 10 in wages.
    alone(between(8, 16), |rules, _| {
        rules.terms.limits = vec![Limit {
            counted: Counted::Days,
            at_most: Some(most),
            at_least: None,
            period: Period::Week,
            strength: Strength::Soft(price),
        }];
    })
}

#[test]
fn a_soft_limit_is_broken_where_that_pays() {
    let (all, seven) = objective(&days_at_most(7, 100.0));
    let (dearer, still_seven) = objective(&days_at_most(5, 100.0));
    assert_eq!((seven, still_seven), (7, 7));
    assert!((dearer - all - 200.0).abs() < 1e-6, "{dearer} and {all}");
    let (kept, five) = objective(&days_at_most(5, 1000.0));
    assert_eq!(five, 5);
    assert!((kept - all - 2.0 * 320.0).abs() < 1e-6, "{kept} and {all}");
}

#[test]
fn somebody_is_taken_on_where_that_pays() {
    // Seven shifts save 7 x 320.
    let at = |price| objective(&alone(between(8, 16), |rules, _| rules.hire = price));
    let (free, seven) = at(None);
    let (priced, still_seven) = at(Some(500.0));
    let (too_dear, none) = at(Some(3000.0));
    assert_eq!((seven, still_seven, none), (7, 7, 0));
    assert!((priced - free - 500.0).abs() < 1e-6, "{priced} and {free}");
    assert!((too_dear - free - 7.0 * 320.0).abs() < 1e-6);
}

/// Shifts of ten hours save 10 x 40 a day beyond 10 x 10 of wages; hours nine and ten cost more and more.
#[test]
fn overtime_by_the_day_costs_its_steps_and_is_not_counted_by_the_week_as_well() {
    let at = |days: u32, steps: &[(i32, f64)], overtime| {
        objective(&alone(between(8, 18), |rules, _| {
            rules.shift_minutes = vec![480, 600];
            rules.paid_minutes_per_week = (0, 2400);
            rules.days_per_week = (0, days);
            rules.overtime = overtime;
            rules.terms.daily_overtime = steps
                .iter()
                .map(|&(after, factor)| OvertimeStep { after, factor })
                .collect();
        }))
    };
    let (plain, four) = at(4, &[], None);
    let (dearer, still_four) = at(4, &[(480, 1.5), (540, 3.0)], None);
    assert_eq!((four, still_four), (4, 4));
    assert!(
        (dearer - plain - 4.0 * (5.0 + 20.0)).abs() < 1e-6,
        "{dearer} and {plain}"
    );
    // Dearer than what an hour saves: four short days.
    let (short, still_four) = at(4, &[(480, 9.0)], None);
    assert_eq!(still_four, 4);
    assert!(
        (short - plain - 4.0 * 80.0).abs() < 1e-6,
        "{short} and {plain}"
    );
    // A fifth long day: 50 hours in the week, 10 of them overtime by the day, none by the week.
    let (week, five) = at(5, &[(480, 1.5)], Some((600, 2.0)));
    assert_eq!(five, 5);
    assert!(
        (week - plain + 400.0 - 5.0 * 10.0).abs() < 1e-6,
        "{week} and {plain}"
    );
    // A sixth makes 60: 12 by the day, and 8 of the other 48 by the week.
    let (more, six) = at(6, &[(480, 1.5)], Some((1200, 2.0)));
    assert_eq!(six, 6);
    assert!(
        (more - plain + 800.0 - 6.0 * 10.0 - 80.0).abs() < 1e-6,
        "{more} and {plain}"
    );
}

#[test]
fn a_soft_rotation_costs_what_each_step_back_costs() {
    let back = |day: usize, hour: usize| match day {
        0 if (14..22).contains(&hour) => 15.0,
        1 if (6..14).contains(&hour) => 15.0,
        _ => 0.0,
    };
    let at = |strength| objective(&alone(back, |rules, _| rules.terms.rotation = strength));
    let (free, two) = at(None);
    let (priced, still_two) = at(Some(Strength::Soft(30.0)));
    let (hard, one) = at(Some(Strength::Hard));
    assert_eq!((two, still_two, one), (2, 2, 1));
    assert!((priced - free - 30.0).abs() < 1e-6);
    assert!((hard - free - 40.0).abs() < 1e-6);
}

/// Two people and one night to work: whoever had fewer nights before gets it, and without the rule nobody could tell.
#[test]
fn shares_even_out_over_time() {
    let night = |day: usize, hour: usize| match (day, hour) {
        (2, 22..) | (3, ..6) => 50.0,
        _ => 0.0,
    };
    for tired in 0..2 {
        let mut problem = team(2, 1, night);
        for (person, worker) in problem.people.iter_mut().enumerate() {
            worker.record.shares = Some(Shares {
                price: 1.0,
                nights: if person == tired { 6.0 } else { 0.0 },
                weekend_days: 0.0,
                unpopular_starts: 0.0,
            });
        }
        // One is wanted, not two.
        let one = cover(vec![0, 1], problem.slots);
        problem.covers = vec![followsun::roster::problem::Cover {
            max: Some(1),
            ..one
        }];
        let solved = solve(&problem, &QUICK, None, &NoClock).expect("a roster");
        let nights: Vec<usize> = solved.tours.iter().map(|tour| tour.shifts.len()).collect();
        assert_eq!(nights[tired], 0, "{nights:?}");
        assert_eq!(nights[1 - tired], 1, "{nights:?}");
        assert!(solved.bound <= solved.objective + 1e-6);
    }
}

/// Nights, weekend days and unpopular starts cost more one after the other: the cost of n is n squared.
#[test]
fn each_further_unpopular_shift_costs_more() {
    let priced = |price: f64| {
        objective(&alone(between(15, 23), |_, person| {
            person.record.shares = Some(Shares {
                price,
                nights: 0.0,
                weekend_days: 0.0,
                unpopular_starts: 0.0,
            });
        }))
    };
    let (free, seven) = priced(0.0);
    let (with, still) = priced(1.0);
    assert_eq!((seven, still), (7, 7));
    // Five late starts on weekdays and two on the weekend, which count twice each: nine in all.
    assert!((with - free - 81.0).abs() < 1e-6, "{with} and {free}");
}

#[test]
fn leaving_a_rule_out_changes_only_its_own_part() {
    let problem = alone(always, |rules, _| rules.rest = 660);
    assert_eq!(without(problem.clone(), rule("rest")).contracts[0].rest, 0);
    assert_eq!(without(problem, rule("seats")).contracts[0].rest, 660);
}
