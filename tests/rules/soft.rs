//! Soft rules: broken where that pays, and at the price that is written.

use followsun::roster::problem::{
    Activity, Counted, Limit, OvertimeStep, Period, Problem, Shares, Strength, Told, Tour,
};
use followsun::roster::rules::{activity_room, without};
use followsun::roster::{NoClock, check, solve};

use super::team::{QUICK, alone, always, between, cover, rule, team, tour};

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

#[test]
fn an_hour_of_overtime_weighs_beyond_what_it_costs() {
    // Seven shifts of eight hours, each worth 320 beyond its wage; the contract ends at 40 hours and pays overtime like any other hour.
    let at = |weight: f64| {
        let mut problem = alone(between(8, 16), |rules, _| {
            rules.paid_minutes_per_week = (0, 2400);
            rules.overtime = Some((960, 1.0));
        });
        problem.soft.overtime_hour = weight;
        objective(&problem)
    };
    let (free, seven) = at(0.0);
    let (priced, still_seven) = at(10.0);
    let (kept, five) = at(50.0);
    assert_eq!((seven, still_seven, five), (7, 7, 5));
    assert!((priced - free - 160.0).abs() < 1e-6, "{priced} and {free}");
    assert!((kept - free - 640.0).abs() < 1e-6, "{kept} and {free}");
}

#[test]
fn overtime_by_the_day_weighs_as_well_and_once() {
    let at = |weight: f64| {
        let mut problem = alone(between(8, 18), |rules, _| {
            rules.shift_minutes = vec![600];
            rules.paid_minutes_per_week = (0, 2400);
            rules.overtime = Some((600, 1.0));
            rules.days_per_week = (0, 5);
            rules.terms.daily_overtime = vec![OvertimeStep {
                after: 480,
                factor: 1.0,
            }];
        });
        problem.soft.overtime_hour = weight;
        objective(&problem)
    };
    let ((free, five), (priced, still_five)) = (at(0.0), at(60.0));
    assert_eq!((five, still_five), (5, 5));
    // Ten hours by the day; of the ten above forty by the week none is left, else the fifth day would not pay.
    assert!((priced - free - 600.0).abs() < 1e-6, "{priced} and {free}");
}

#[test]
fn a_shift_that_people_know_is_moved_where_that_pays() {
    // An hour later there is one hour more to be served, worth 50.
    let late = |day: usize, hour: usize| match (day, hour) {
        (0, 8..17) => 50.0,
        _ => 0.0,
    };
    let at = |weight: f64, known: &[(usize, i32)]| {
        let mut problem = alone(late, |rules, _| rules.shift_minutes = vec![480, 540]);
        problem.soft.changed_shift = weight;
        if !known.is_empty() {
            let mut days = vec![None; 7];
            for (day, hour) in known {
                days[*day] = Some(told(*day as i32 * 24 + hour, 8));
            }
            problem.people[0].known = days;
        }
        objective(&problem)
    };
    let (best, one) = at(15.0, &[]);
    let (moved, still_one) = at(15.0, &[(0, 8)]);
    let (kept, the_same) = at(45.0, &[(0, 8)]);
    assert_eq!((one, still_one, the_same), (1, 1, 1));
    assert!((moved - best - 15.0).abs() < 1e-6, "{moved} and {best}");
    assert!((kept - best - 40.0).abs() < 1e-6, "{kept} and {best}");
    // A day off that somebody knows, and a shift that is not needed any more.
    let (gone, one) = at(15.0, &[(3, 8)]);
    assert_eq!(one, 1);
    assert!((gone - best - 30.0).abs() < 1e-6, "{gone} and {best}");
    // Who is absent cannot keep it.
    let mut ill = alone(late, |_, person| {
        person.absent_days[0] = true;
        person.absences.push(super::team::hours(0, 24));
    });
    ill.soft.changed_shift = 15.0;
    ill.people[0].known = vec![None; 7];
    ill.people[0].known[0] = Some(told(8, 8));
    let known = objective(&ill).0;
    ill.people[0].known.clear();
    assert!((known - objective(&ill).0).abs() < 1e-6);
}

fn told(from: i32, hours: i32) -> Told {
    Told {
        span: super::team::hours(from, hours),
        pieces: None,
    }
}

/// A late shift on Monday saves 50 more than the best one that has room for a meeting of an hour between nine and noon.
fn with_meeting(weight: Option<f64>, times: u32) -> Problem {
    let worth = |day: usize, hour: usize| match (day, hour) {
        (0, 8..16) => 50.0,
        (0, 16..24) => 60.0,
        _ => 0.0,
    };
    let mut problem = alone(worth, |_, _| {});
    let window = (0..problem.slots).map(|slot| (9..12).contains(&(slot % 24)));
    problem.activities = vec![Activity {
        name: "meeting".to_owned(),
        minutes: 60,
        who: vec![true],
        times_per_week: times,
        window: vec![window.collect()],
        together: false,
    }];
    problem.soft.missed_activity = weight;
    problem
}

#[test]
fn a_week_without_room_for_a_meeting_costs_what_the_meeting_weighs() {
    let (plain, one) = objective(&with_meeting(None, 1));
    let (missed, still_one) = objective(&with_meeting(Some(30.0), 1));
    let (kept, by_day) = objective(&with_meeting(Some(200.0), 1));
    assert_eq!((one, still_one, by_day), (1, 1, 1));
    assert!((missed - plain - 30.0).abs() < 1e-6, "{missed} and {plain}");
    assert!((kept - plain - 50.0).abs() < 1e-6, "{kept} and {plain}");
    // Twice: a second shift that serves nobody costs its wage of 80.
    let (twice, two) = objective(&with_meeting(Some(200.0), 2));
    assert_eq!(two, 2);
    assert!((twice - plain - 130.0).abs() < 1e-6, "{twice} and {plain}");
}

#[test]
fn a_meeting_with_room_and_without_a_place_costs_what_the_search_could_not_know() {
    let problem = with_meeting(Some(30.0), 1);
    let cost = |tour: &Tour| activity_room::cost_of_unplaced(&problem, 0, tour);
    let mut day = tour(&[(0, 8)]);
    assert_eq!(cost(&day), 30.0);
    day.shifts[0].breaks.push((0, super::team::hours(9, 1)));
    assert_eq!(cost(&day), 0.0);
    // The search has paid for what has no room.
    assert_eq!(cost(&tour(&[(0, 16)])), 0.0);
}
