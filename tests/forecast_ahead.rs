//! The rest of today and the months ahead.

mod forecast_support;

use followsun::forecast::{ForecastInput, HistoryPoint, forecast, forecast_today, months};
use forecast_support::{DAY, Dice, HOUR, history, queue, rate, utc, week};

#[test]
fn the_rest_of_today_follows_the_morning_in_part() {
    // Every day has its own busyness, so mornings tell about afternoons.
    let day_factor = |t: i64| {
        1.0 + 0.8
            * (Dice((t.div_euclid(DAY) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15)).uniform() - 0.5)
    };
    let target = week("2026-06-01", 1800);
    let input = ForecastInput {
        queues: vec![queue(
            "q",
            history("2025-06-02", 364, 1800, 4, 0, day_factor),
            1800,
        )],
        target,
    };
    let calm = forecast(&input).unwrap().queues.remove(0);
    let now = target.start + 12 * HOUR;
    let morning: Vec<HistoryPoint> = (0..30)
        .map(|i| HistoryPoint {
            utc: target.start + i * 1800,
            contacts: (1.3 * calm.contacts[i as usize]).round(),
            handle_time_s: Some(360.0),
        })
        .collect();
    let (left, made) = forecast_today(&input, now, &[morning]).unwrap();
    assert_eq!((left.start, left.len), (now, target.len - 24));
    let made = &made.queues[0];
    let sum = |values: &[f64]| values.iter().sum::<f64>();
    let ratio = sum(&made.contacts[..24]) / sum(&calm.contacts[24..48]);
    assert!((1.1..1.3).contains(&ratio), "{ratio}");
    let handle = made.handle_time_s[0].unwrap() / calm.handle_time_s[24].unwrap();
    assert!((1.05..1.2).contains(&handle), "{handle}");
    assert!(made.day_cv[0] < 0.9 * calm.day_cv[24]);
    let tomorrow = (made.contacts[24] - calm.contacts[48]).abs() / calm.contacts[48];
    assert!(tomorrow < 1e-9, "{tomorrow}");
}

#[test]
fn months_ahead_per_queue() {
    let input = ForecastInput {
        queues: vec![
            queue("q", history("2025-06-02", 364, HOUR, 4, 0, |_| 1.0), HOUR),
            queue("none", Vec::new(), HOUR),
        ],
        target: week("2026-06-01", HOUR),
    };
    let made = months(&input, 26);
    let weeks = made[0].as_ref().unwrap();
    assert_eq!(
        (weeks.len(), weeks[0].monday),
        (26, "2026-06-01".parse().unwrap())
    );
    let truth: f64 = (0..168).map(|h| rate(utc("2026-06-01") + h * HOUR)).sum();
    assert!(
        weeks
            .iter()
            .all(|w| (w.contacts / truth - 1.0).abs() < 0.03)
    );
    assert!(made[1].is_err());
}
