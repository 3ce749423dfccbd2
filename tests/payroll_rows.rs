//! A person's payroll: dates, overtime by week, absences.

mod sample_plan;

use chrono::{NaiveTime, TimeDelta};
use followsun::payroll::{OvertimeStep, PayTerms, Premium, WeekRules, absent_days, rows};
use followsun::results::{AbsenceSpan, Person, Shift};
use sample_plan::{date, pieces, small_plan, utc};

const TERMS: PayTerms = PayTerms {
    rate: 15.0,
    premium: Premium {
        night: 0.3,
        saturday: 0.0,
        sunday: 0.5,
        holiday: 1.0,
    },
    overtime_factor: 1.5,
    daily_overtime: &[],
};

fn rules() -> WeekRules {
    WeekRules {
        max_minutes: 2400,
        max_days: 5,
        first_day: date("2026-10-19"),
        weeks: 1,
        employed: (None, None),
    }
}

/// Somebody with day shifts of nine paid hours (08:00-17:00 in Vilnius) on the given dates of October 2026.
fn somebody(days: &[u32]) -> Person {
    let mut person = small_plan().people.swap_remove(0);
    person.shifts = days
        .iter()
        .zip(1..)
        .map(|(day, number)| {
            let day = date(&format!("2026-10-{day}"));
            let start = person
                .zone
                .earliest(day.and_time(NaiveTime::MIN) + TimeDelta::hours(8));
            Shift {
                number,
                segments: pieces(start, start + TimeDelta::hours(9), &[]),
                why: None,
            }
        })
        .collect();
    person
}

fn away(start: &str, end: &str, paid: bool) -> AbsenceSpan {
    AbsenceSpan {
        reason: "leave".into(),
        start: utc(start),
        end: utc(end),
        paid,
    }
}

#[test]
fn a_night_shift_belongs_to_the_date_of_its_start() {
    let plan = small_plan();
    let found = rows(&plan.people[0], &TERMS, &rules(), &|_| false);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].date, date("2026-10-24"));
    assert_eq!(
        (
            found[0].paid_minutes,
            found[0].night_minutes,
            found[0].sunday_minutes
        ),
        (510, 510, 390),
    );
    // 15 * (510 + 510 * 0.3 + 390 * 0.5) / 60
    assert!((found[0].cost - 214.5).abs() < 1e-9);
}

#[test]
fn overtime_is_what_exceeds_the_week_and_falls_on_its_end() {
    let found = rows(&somebody(&[19, 20, 21, 22, 23]), &TERMS, &rules(), &|_| {
        false
    });
    let overtime: Vec<i64> = found.iter().map(|row| row.overtime_minutes).collect();
    assert_eq!(overtime, [0, 0, 0, 0, 300]);
    // 15 * 540 / 60 and half of the rate again for five hours.
    assert!((found[4].cost - (135.0 + 37.5)).abs() < 1e-9);
}

#[test]
fn overtime_by_the_day_is_not_counted_by_the_week_again() {
    let by_the_day = [
        OvertimeStep {
            after: 480,
            factor: 1.5,
        },
        OvertimeStep {
            after: 510,
            factor: 2.0,
        },
    ];
    let terms = PayTerms {
        daily_overtime: &by_the_day,
        ..TERMS
    };
    let week = somebody(&[19, 20, 21, 22, 23]);
    let found = rows(&week, &terms, &rules(), &|_| false);
    // 480 of each 540 minutes are straight time, and 5 * 480 is the whole week.
    assert!(found.iter().all(|row| row.overtime_minutes == 60));
    // Half an hour at 1.5 and half an hour at 2 times the rate.
    for row in &found {
        assert!((row.cost - (135.0 + 15.0 * 0.25 + 15.0 * 0.5)).abs() < 1e-9);
    }
    let six = somebody(&[19, 20, 21, 22, 23, 24]);
    let found = rows(&six, &terms, &rules(), &|_| false);
    assert_eq!(found[5].overtime_minutes, 540);
    assert!((found[5].cost - (135.0 + 11.25 + 15.0 * 8.0 * 0.5)).abs() < 1e-9);
}

#[test]
fn overtime_counts_each_week_alone() {
    let two_weeks = WeekRules {
        weeks: 2,
        ..rules()
    };
    let found = rows(
        &somebody(&[22, 23, 24, 26, 27, 28]),
        &TERMS,
        &two_weeks,
        &|_| false,
    );
    assert!(found.iter().all(|row| row.overtime_minutes == 0));
}

#[test]
fn an_absent_day_counts_an_average_day_and_lowers_the_week() {
    let mut person = somebody(&[20, 21, 22, 23]);
    person.absences = vec![away("2026-10-18T21:00Z", "2026-10-19T21:00Z", true)];
    let found = rows(&person, &TERMS, &rules(), &|_| false);
    assert_eq!(found[0].date, date("2026-10-19"));
    assert_eq!((found[0].absence_minutes, found[0].paid_minutes), (480, 0));
    assert!((found[0].cost - 120.0).abs() < 1e-9);
    // 4 * 540 worked against 2400 - 480.
    assert_eq!(found[4].overtime_minutes, 240);
}

#[test]
fn days_outside_the_employment_lower_the_week_and_are_no_absence() {
    // Four days of nine hours in a week that begins on its second day; leave before that is nobody's.
    let mut person = somebody(&[20, 21, 22, 23]);
    person.absences = vec![away("2026-10-18T21:00Z", "2026-10-19T21:00Z", true)];
    let joined = WeekRules {
        employed: (Some(date("2026-10-20")), None),
        ..rules()
    };
    let found = rows(&person, &TERMS, &joined, &|_| false);
    assert_eq!(found.len(), 4);
    assert!(found.iter().all(|row| row.absence_minutes == 0));
    let overtime: i64 = found.iter().map(|row| row.overtime_minutes).sum();
    assert_eq!(overtime, 4 * 540 - (2400 - 480));
}

#[test]
fn unpaid_absence_has_minutes_but_no_cost() {
    let mut person = somebody(&[]);
    person.absences = vec![away("2026-10-19T08:00Z", "2026-10-19T09:00Z", false)];
    let found = rows(&person, &TERMS, &rules(), &|_| false);
    assert_eq!((found[0].absence_minutes, found[0].cost), (480, 0.0));
}

#[test]
fn a_week_away_counts_no_more_than_a_week_of_work() {
    let mut person = somebody(&[]);
    person.absences = vec![away("2026-10-10T00:00Z", "2026-11-10T00:00Z", true)];
    let found = rows(&person, &TERMS, &rules(), &|_| false);
    assert_eq!(found.len(), 7);
    assert_eq!(
        found.iter().map(|row| row.absence_minutes).sum::<i64>(),
        2400
    );
}

#[test]
fn absent_days_are_the_local_dates_touched() {
    let vilnius = sample_plan::zone("Europe/Vilnius");
    let spans = [
        away("2026-10-23T21:00Z", "2026-10-24T21:00Z", false),
        away("2026-10-24T20:00Z", "2026-10-24T21:30Z", true),
    ];
    let found: Vec<_> = absent_days(&spans, &vilnius)
        .iter()
        .map(|day| (day.date, day.paid))
        .collect();
    assert_eq!(
        found,
        [(date("2026-10-24"), true), (date("2026-10-25"), true)]
    );
}
