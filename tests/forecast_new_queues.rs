//! Queues with little or no history of their own.

mod forecast_support;

use followsun::forecast::{ForecastInput, HistoryPoint, Like, Note, forecast};
use forecast_support::{DAY, Dice, HOUR, date_at, history, one, queue, rate, wape, week};

#[test]
fn short_histories_are_forecast_with_wider_intervals() {
    let target = week("2026-06-01", 1800);
    let spread = |days: i64| {
        let from = date_at(target.start - days * DAY).to_string();
        let made = one(
            queue("q", history(&from, days, 1800, 9, 0, |_| 1.0), 1800),
            target,
        );
        assert!(
            wape(&made.contacts, target, 1.0) < 0.2,
            "{days} days: {}",
            wape(&made.contacts, target, 1.0)
        );
        (
            made.quantiles.iter().map(|q| q[3] - q[1]).sum::<f64>(),
            made.notes.iter().any(|n| matches!(n, Note::Short { .. })),
        )
    };
    let (two_weeks, noted) = spread(14);
    let (half_a_year, not_noted) = spread(182);
    // These days differ by chance alone, so that two weeks know nearly all.
    assert!(two_weeks > 1.02 * half_a_year, "{two_weeks} {half_a_year}");
    assert!(noted && !not_noted);
}

#[test]
fn a_new_market_borrows_shape_on_its_own_clock_and_learns_its_volume() {
    let tokyo = |_: i64| 9 * 3600;
    let target = week("2026-06-01", 1800);
    let model = || queue("en", history("2026-01-05", 147, 1800, 4, 0, |_| 1.0), 1800);
    let new = |own: Vec<HistoryPoint>, ramp_weeks: f64| {
        let mut q = queue("ja", own, 1800);
        q.clock = &tokyo;
        q.like = Some(Like {
            queue: 0,
            contacts: 0.5,
            ramp_weeks,
        });
        forecast(&ForecastInput {
            queues: vec![model(), q],
            target,
        })
        .unwrap()
        .queues
        .remove(1)
    };
    let fresh = new(Vec::new(), 0.0);
    let truth = |t: i64| 0.25 * rate(t + 9 * HOUR);
    let error: f64 = fresh
        .contacts
        .iter()
        .enumerate()
        .map(|(i, c)| (c - truth(target.start + i as i64 * 1800)).abs())
        .sum();
    let all: f64 = (0..336).map(|i| truth(target.start + i * 1800)).sum();
    assert!(error / all < 0.1, "{}", error / all);
    let ramped: f64 = new(Vec::new(), 8.0).contacts.iter().sum();
    let full: f64 = fresh.contacts.iter().sum();
    assert!(
        ramped > 0.01 * full && ramped < 0.15 * full,
        "{ramped} of {full}"
    );
    // Three own weeks at twice what was expected.
    let learned = new(history("2026-05-11", 21, 1800, 8, 9 * HOUR, |_| 1.0), 0.0);
    let sum: f64 = learned.contacts.iter().sum();
    assert!(sum > 1.6 * full && sum < 2.1 * full, "{sum} of {full}");
    let cv = |f: &followsun::forecast::QueueForecast| f.day_cv[100];
    assert!(
        cv(&fresh) > 0.45 && cv(&learned) < 0.5 * cv(&fresh),
        "{} {}",
        cv(&fresh),
        cv(&learned)
    );
}

#[test]
fn a_steady_young_queue_is_sure_of_itself() {
    // Large and steady: its few weeks hardly differ, and the intervals say so.
    let width = |wild: f64| {
        let mut dice = Dice(9);
        let mut day = 1.0;
        let mut points = history("2026-04-27", 21, 3600, 5, 0, |_| 100.0);
        for (i, point) in points.iter_mut().enumerate() {
            if i % 24 == 0 {
                day = 1.0 + wild * (dice.uniform() - 0.5);
            }
            point.contacts = (point.contacts * day).round();
        }
        let made = one(queue("q", points, 3600), week("2026-05-18", 3600));
        let widths = made.quantiles.iter().map(|q| q[3] - q[1]).sum::<f64>();
        widths / made.contacts.iter().sum::<f64>()
    };
    let (steady, wild) = (width(0.0), width(0.8));
    // Poisson alone makes 0.06 to 0.1.
    assert!(steady < 0.25, "{steady}");
    assert!(wild > 2.0 * steady, "{wild} {steady}");
}
