//! Paid minutes on the agent's own clock, exact over clock changes.

mod sample_plan;

use chrono::{Datelike, NaiveDate, TimeDelta, Timelike, Weekday};
use followsun::calendar::{Instant, Zone};
use followsun::payroll::{Minutes, PayTerms, Piece, Premium, overtime_cost, shift_cost, split};
use proptest::prelude::*;
use sample_plan::{date, utc, zone};

fn paid(start: &str, end: &str) -> Piece {
    Piece {
        start: utc(start),
        end: utc(end),
        paid: true,
    }
}

fn never(_: NaiveDate) -> bool {
    false
}

fn minutes(paid: i64, night: i64, saturday: i64, sunday: i64, holiday: i64) -> Minutes {
    Minutes {
        paid,
        night,
        saturday,
        sunday,
        holiday,
    }
}

#[test]
fn vilnius_night_has_nine_hours_in_october_and_seven_in_march() {
    let vilnius = zone("Europe/Vilnius");
    // Saturday 22:00 to Sunday 06:00 on the wall clock.
    let october = split(
        [paid("2026-10-24T19:00Z", "2026-10-25T04:00Z")],
        &vilnius,
        &never,
    );
    assert_eq!(october, minutes(540, 540, 120, 420, 0));
    let march = split(
        [paid("2026-03-28T20:00Z", "2026-03-29T03:00Z")],
        &vilnius,
        &never,
    );
    assert_eq!(march, minutes(420, 420, 120, 300, 0));
}

#[test]
fn new_york_clock_jumps_from_two_to_three() {
    // Sunday 8 March 2026, 00:00 EST (05:00Z) to 08:00 EDT (12:00Z): seven hours, five of them before 06:00.
    let found = split(
        [paid("2026-03-08T05:00Z", "2026-03-08T12:00Z")],
        &zone("America/New_York"),
        &never,
    );
    assert_eq!(found, minutes(420, 300, 0, 420, 0));
}

#[test]
fn lord_howe_moves_by_half_an_hour() {
    // Sunday 5 April 2026, 02:00 (+11) back to 01:30 (+10:30): Saturday 22:00 to Sunday 06:00 has eight and a half hours.
    let found = split(
        [paid("2026-04-04T11:00Z", "2026-04-04T19:30Z")],
        &zone("Australia/Lord_Howe"),
        &never,
    );
    assert_eq!(found, minutes(510, 510, 120, 390, 0));
}

#[test]
fn dublin_whose_winter_is_the_exception() {
    // Sunday 25 October 2026: 21:00Z Saturday is 22:00 IST, 06:00Z Sunday is 06:00 GMT.
    let found = split(
        [paid("2026-10-24T21:00Z", "2026-10-25T06:00Z")],
        &zone("Europe/Dublin"),
        &never,
    );
    assert_eq!(found, minutes(540, 540, 120, 420, 0));
}

#[test]
fn a_premium_follows_the_minute_and_not_the_shift() {
    let holiday = |day| day == date("2026-05-01");
    // Thursday 30 April 20:00 to Friday 1 May 04:00 in Warsaw.
    let found = split(
        [paid("2026-04-30T18:00Z", "2026-05-01T02:00Z")],
        &zone("Europe/Warsaw"),
        &holiday,
    );
    assert_eq!(found, minutes(480, 360, 0, 0, 240));
}

#[test]
fn unpaid_pieces_count_nothing() {
    let mut pieces = vec![
        paid("2026-10-24T19:00Z", "2026-10-24T23:00Z"),
        paid("2026-10-24T23:00Z", "2026-10-24T23:30Z"),
        paid("2026-10-24T23:30Z", "2026-10-25T04:00Z"),
    ];
    pieces[1].paid = false;
    assert_eq!(
        split(pieces, &zone("Europe/Vilnius"), &never),
        minutes(510, 510, 120, 390, 0)
    );
}

#[test]
fn cost_adds_premiums_and_overtime() {
    let terms = PayTerms {
        rate: 15.0,
        premium: Premium {
            night: 0.3,
            saturday: 0.1,
            sunday: 0.5,
            holiday: 1.0,
        },
        overtime_factor: 1.5,
        daily_overtime: &[],
    };
    // 15 * (540 + 540 * 0.3 + 120 * 0.1 + 420 * 0.5 + 60 * 1) / 60
    let cost = shift_cost(&minutes(540, 540, 120, 420, 60), &terms);
    assert!((cost - 246.0).abs() < 1e-9, "{cost}");
    assert!((overtime_cost(60, &terms) - 7.5).abs() < 1e-9);
}

/// Minute by minute, the slow and obvious way.
fn by_the_minute(
    start: Instant,
    end: Instant,
    zone: &Zone,
    holiday: &dyn Fn(NaiveDate) -> bool,
) -> Minutes {
    let mut total = Minutes::default();
    let mut at = start;
    while at < end {
        let local = zone.to_local(at);
        total += minutes(
            1,
            i64::from(local.hour() < 6 || local.hour() >= 22),
            i64::from(local.weekday() == Weekday::Sat),
            i64::from(local.weekday() == Weekday::Sun),
            i64::from(holiday(local.date())),
        );
        at += TimeDelta::minutes(1);
    }
    total
}

const ZONES: [&str; 7] = [
    "Europe/Vilnius",
    "America/New_York",
    "Australia/Lord_Howe",
    "Europe/Dublin",
    "Africa/Casablanca",
    "Asia/Kathmandu",
    "America/Santiago",
];

proptest! {
    #[test]
    fn split_agrees_with_counting_minutes(start in 0i64..525_600, length in 1i64..1200, z in 0usize..7) {
        let zone = zone(ZONES[z]);
        let start = utc("2026-01-01T00:00Z") + TimeDelta::minutes(start);
        let end = start + TimeDelta::minutes(length);
        let holiday = |day: NaiveDate| day.day().is_multiple_of(9);
        let found = split([Piece { start, end, paid: true }], &zone, &holiday);
        prop_assert_eq!(found, by_the_minute(start, end, &zone, &holiday));
        for kind in [found.night, found.saturday, found.sunday, found.holiday] {
            prop_assert!((0..=found.paid).contains(&kind));
        }
    }

    #[test]
    fn near_clock_changes_too(offset in -900i64..900, length in 1i64..900, z in 0usize..4) {
        let change = ["2026-10-25T01:00Z", "2026-03-08T07:00Z", "2026-04-04T15:00Z", "2026-03-29T01:00Z"][z];
        let zone = zone(ZONES[z]);
        let start = utc(change) + TimeDelta::minutes(offset);
        let end = start + TimeDelta::minutes(length);
        let found = split([Piece { start, end, paid: true }], &zone, &never);
        prop_assert_eq!(found, by_the_minute(start, end, &zone, &never));
    }

    #[test]
    fn cutting_a_shift_changes_nothing(start in 0i64..525_600, length in 2i64..900, cut in 0.0f64..1.0, z in 0usize..7) {
        let zone = zone(ZONES[z]);
        let start = utc("2026-01-01T00:00Z") + TimeDelta::minutes(start);
        let end = start + TimeDelta::minutes(length);
        let middle = start + TimeDelta::minutes((length as f64 * cut) as i64);
        let piece = |start, end| Piece { start, end, paid: true };
        let whole = split([piece(start, end)], &zone, &never);
        let first = split([piece(start, middle)], &zone, &never);
        let second = split([piece(middle, end)], &zone, &never);
        prop_assert_eq!(whole, first + second);
        let terms = PayTerms {
            rate: 14.0,
            premium: Premium { night: 0.3, saturday: 0.25, sunday: 0.5, holiday: 1.0 },
            overtime_factor: 1.0,
        daily_overtime: &[],
        };
        let apart = shift_cost(&first, &terms) + shift_cost(&second, &terms);
        prop_assert!((shift_cost(&whole, &terms) - apart).abs() < 1e-9);
    }
}
