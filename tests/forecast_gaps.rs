//! Gaps are gaps, not zeros: open hours of which a history says nothing.

mod forecast_support;

use chrono::NaiveDate;
use followsun::forecast::{ForecastInput, HistoryPoint, Note, QueueForecast, Scores, backtest};
use forecast_support::{DAY, Dice, HOUR, history, one, queue, rate, utc, week};

const STEP: i64 = 1800;

fn second(at: i64) -> i64 {
    at.rem_euclid(DAY)
}

/// Half hours of 35 weeks, those of each day alone that are recorded.
fn recorded(kept: impl Fn(i64) -> bool) -> Vec<HistoryPoint> {
    let mut points = history("2025-09-29", 245, STEP, 6, 0, |_| 1.0);
    points.retain(|point| kept(point.utc));
    points
}

fn hours(from: i64, to: i64) -> impl Fn(i64) -> bool {
    move |at| (from * HOUR..to * HOUR).contains(&second(at))
}

fn forecast(
    points: Vec<HistoryPoint>,
    open: &(dyn Fn(NaiveDate, u32) -> bool + Sync),
) -> QueueForecast {
    let mut input = queue("q", points, STEP);
    input.open = &open;
    one(input, week("2026-06-01", STEP))
}

/// Contacts and what is true of them, of the intervals in these hours.
fn sums(made: &QueueForecast, from: i64, to: i64) -> (f64, f64) {
    let inside = hours(from, to);
    let all = (made.contacts.iter().enumerate())
        .map(|(i, contacts)| (utc("2026-06-01") + i as i64 * STEP, contacts));
    all.filter(|(at, _)| inside(*at))
        .fold((0.0, 0.0), |sum, (at, contacts)| {
            (sum.0 + contacts, sum.1 + rate(at) * STEP as f64 / 3600.0)
        })
}

#[test]
fn hours_that_were_never_recorded_are_no_zeros_and_no_holes() {
    let day = |_: NaiveDate, minute: u32| (480..1020).contains(&minute);
    let long = |_: NaiveDate, minute: u32| (420..1320).contains(&minute);
    let before = forecast(recorded(hours(8, 17)), &day);
    let made = forecast(recorded(hours(8, 17)), &long);
    assert!((sums(&made, 8, 17).0 / sums(&before, 8, 17).0 - 1.0).abs() < 0.03);
    // The hours beside, half as much with each hour.
    let beside = sums(&made, 16, 17).0;
    assert!(
        (0.4..0.8).contains(&(sums(&made, 17, 18).0 / beside)),
        "{}",
        sums(&made, 17, 18).0 / beside
    );
    assert!((0.01..0.1).contains(&(sums(&made, 21, 22).0 / beside)));
    assert!(sums(&made, 7, 8).0 > 0.0);
    let told = Note::Unheard {
        times: vec![(420, 480), (1020, 1320)],
        weekdays: Vec::new(),
    };
    assert!(made.notes.contains(&told), "{:?}", made.notes);
    assert!(!before.notes.contains(&told));
}

#[test]
fn hours_that_were_added_a_while_ago_are_forecast_from_what_came_since() {
    let until_midnight = |_: NaiveDate, minute: u32| minute >= 480;
    for days in [7, 14, 35, 84] {
        let since = utc("2026-06-01") - days * DAY;
        let kept = |at: i64| hours(8, 17)(at) || (at >= since && second(at) >= 8 * HOUR);
        let made = forecast(recorded(kept), &until_midnight);
        for (from, to) in [(8, 17), (17, 20), (20, 24)] {
            let (came, truth) = sums(&made, from, to);
            assert!(
                (came / truth - 1.0).abs() < 0.15,
                "{days} days, {from} to {to}: {came} of {truth}"
            );
        }
        assert!(
            made.notes
                .iter()
                .all(|note| !matches!(note, Note::Unheard { .. }))
        );
    }
}

#[test]
fn days_of_the_week_that_were_never_recorded_are_told() {
    let working_days = |at: i64| (at.div_euclid(DAY) + 3).rem_euclid(7) < 5;
    let made = forecast(recorded(working_days), &|_: NaiveDate, _: u32| true);
    let told = Note::Unheard {
        times: Vec::new(),
        weekdays: vec![5, 6],
    };
    assert!(made.notes.contains(&told), "{:?}", made.notes);
}

#[test]
fn a_half_hour_that_is_open_in_part_counts() {
    let quarters = |_: NaiveDate, minute: u32| (495..1185).contains(&minute);
    let inside = |at: i64| (8 * HOUR..20 * HOUR).contains(&second(at));
    let made = forecast(recorded(inside), &quarters);
    let (came, truth) = sums(&made, 8, 20);
    assert!((came / truth - 1.0).abs() < 0.03, "{came} of {truth}");
    assert!(
        made.notes
            .iter()
            .all(|note| !matches!(note, Note::OutsideHours { .. }))
    );
}

/// 35 weeks of pure chance about a rate, each row missing by so much of a chance.
fn with_rows_missing(share: f64, seed: u64) -> Vec<HistoryPoint> {
    let mut points = history("2025-09-29", 245, STEP, seed, 0, |_| 4.0);
    let mut dice = Dice(seed + 77);
    // The last day is whole, so that the forecast starts after it.
    let last = utc("2026-05-31");
    points.retain(|point| dice.uniform() >= share || point.utc >= last);
    points
}

/// Scores one week ahead on the twelve last weeks, and rows that there are of them.
fn scored(share: f64, seed: u64) -> (Scores, usize) {
    let points = with_rows_missing(share, seed);
    let last = utc("2026-06-01") - 12 * 7 * DAY;
    let rows = points.iter().filter(|point| point.utc >= last).count();
    let input = ForecastInput {
        queues: vec![queue("q", points, STEP)],
        target: week("2026-06-01", STEP),
    };
    let backtest = backtest(&input, 12, &[1]).unwrap().remove(0);
    (backtest.weeks[0].scores, rows)
}

#[test]
fn what_was_filled_in_is_not_scored_nor_learned_from_as_if_it_had_come() {
    for share in [0.0, 0.1, 0.3] {
        let (mut covered, mut wape, mut floor, mut seeds) = (0.0, 0.0, 0.0, 0.0);
        for seed in [3, 5, 11, 23, 31, 47, 59, 67] {
            let (scores, rows) = scored(share, seed);
            assert_eq!(scores.intervals, rows, "{share} missing, seed {seed}");
            covered += scores.cover80;
            wape += scores.wape;
            floor += scores.poisson_floor;
            seeds += 1.0;
        }
        assert!(
            (0.77..0.83).contains(&(covered / seeds)),
            "{share} missing: {}",
            covered / seeds
        );
        assert!(
            wape > 0.985 * floor && wape < 1.15 * floor,
            "{share} missing: {wape} {floor}"
        );
    }
}
