//! Forecasts of queues whose truth is known: rates, intervals, small queues, the same bytes, common busyness.

mod forecast_support;

use followsun::forecast::{ForecastInput, SpecialDay, SpecialKind, backtest, forecast};
use forecast_support::{DAY, Dice, HOUR, date_at, history, one, queue, rate, utc, wape, week};

#[test]
fn finds_the_true_rates_and_handle_times() {
    let target = week("2026-06-01", 1800);
    let made = one(
        queue("q", history("2026-01-05", 147, 1800, 7, 0, |_| 1.0), 1800),
        target,
    );
    assert!(
        wape(&made.contacts, target, 1.0) < 0.06,
        "{}",
        wape(&made.contacts, target, 1.0)
    );
    let inside = made
        .quantiles
        .iter()
        .filter(|q| q.windows(2).all(|w| w[0] <= w[1]) && q[0] >= 0.0)
        .count();
    assert_eq!(inside, target.len);
    let (day, evening) = (
        made.handle_time_s[24].unwrap(),
        made.handle_time_s[45].unwrap(),
    );
    assert!(
        (day - 300.0).abs() < 6.0 && (evening - 360.0).abs() < 12.0,
        "{day} {evening}"
    );
    assert!(made.notes.is_empty(), "{:?}", made.notes);
}

#[test]
fn intervals_hold_out_of_sample() {
    let input = ForecastInput {
        queues: vec![queue(
            "q",
            history("2025-01-06", 364, 3600, 3, 0, |_| 1.0),
            3600,
        )],
        target: week("2026-01-05", 3600),
    };
    let tested = backtest(&input, 12, &[1, 4]).unwrap().remove(0);
    for week in &tested.weeks {
        let s = week.scores;
        assert!(
            (0.77..=0.84).contains(&s.cover80),
            "week {}: {}",
            week.week,
            s.cover80
        );
        assert!(
            (0.93..=0.975).contains(&s.cover95),
            "week {}: {}",
            week.week,
            s.cover95
        );
        assert!(s.pinball < week.median_of_six.pinball, "{s:?}");
        assert!(
            s.wape < 1.1 * s.poisson_floor,
            "{} {}",
            s.wape,
            s.poisson_floor
        );
    }
}

#[test]
fn a_night_queue_full_of_zeros_keeps_its_mean() {
    let target = week("2026-06-01", 1800);
    let made = one(
        queue(
            "night",
            history("2026-01-05", 147, 1800, 21, 0, |_| 0.01),
            1800,
        ),
        target,
    );
    let truth: f64 = (0..336)
        .map(|i| 0.005 * rate(target.start + i * 1800))
        .sum();
    let sum: f64 = made.contacts.iter().sum();
    assert!((sum / truth - 1.0).abs() < 0.25, "{sum} {truth}");
}

#[test]
fn next_to_nothing_keeps_its_mean_and_its_shape() {
    // One contact a day in the mean, most of them by day.
    let target = week("2026-06-01", 3600);
    let truth = |i: i64| 0.002 * rate(target.start + i * HOUR);
    let total: f64 = (0..168).map(truth).sum();
    let (mut sum, mut off, mut queues) = (0.0, 0.0, 0.0);
    for seed in 1..17 {
        let past = history("2025-09-22", 252, 3600, seed * 0x9E37_79B9, 0, |_| 0.002);
        let made = one(queue("few", past, 3600), target);
        sum += made.contacts.iter().sum::<f64>();
        let wrong = |(i, mean): (usize, &f64)| (mean - truth(i as i64)).abs();
        off += made.contacts.iter().enumerate().map(wrong).sum::<f64>();
        queues += 1.0;
    }
    let bias = sum / total / queues - 1.0;
    assert!(bias.abs() < 0.1, "{bias:.3}");
    assert!(off / total / queues < 0.4, "{:.3}", off / total / queues);
}

#[test]
fn the_same_bytes_on_any_number_of_threads() {
    let input = || ForecastInput {
        queues: (0..5)
            .map(|i| {
                queue(
                    &format!("q{i}"),
                    history("2026-02-02", 119, 3600, 3 + i, 0, |_| 0.2 + i as f64),
                    3600,
                )
            })
            .collect(),
        target: week("2026-06-01", 1800),
    };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        format!("{:?}", pool.install(|| forecast(&input()).unwrap()))
    };
    assert_eq!(on(1), on(4));
}

#[test]
fn busyness_is_common_only_where_it_is() {
    let shared = |seed: u64| {
        // A factor a day, the same for all queues with the same seed.
        move |t: i64| {
            1.0 + 0.4
                * (Dice((t.div_euclid(DAY) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ seed)
                    .uniform()
                    - 0.5)
        }
    };
    let common = |seeds: [u64; 3]| {
        let queues = seeds
            .iter()
            .enumerate()
            .map(|(i, &s)| {
                queue(
                    &format!("q{i}"),
                    history("2025-06-02", 364, 3600, 3 + i as u64, 0, shared(s)),
                    3600,
                )
            })
            .collect();
        forecast(&ForecastInput {
            queues,
            target: week("2026-06-01", 3600),
        })
        .unwrap()
        .common_busyness
    };
    let (same, apart) = (common([1, 1, 1]), common([1, 1 << 40, 1 << 50]));
    assert!(same > 0.6 && apart < 0.35, "{same} {apart}");
}

#[test]
fn quantiles_of_few_contacts_are_whole() {
    let few = |t: i64| {
        if t.rem_euclid(DAY) < 8 * HOUR {
            0.02
        } else {
            1.0
        }
    };
    let queue = queue("q", history("2026-01-05", 140, 3600, 3, 0, few), 3600);
    let made = one(queue, week("2026-05-25", 3600));
    let (mut whole, mut fine) = (0, 0);
    for (mean, quantiles) in made.contacts.iter().zip(&made.quantiles) {
        let all_whole = quantiles.iter().all(|q| q.fract() == 0.0);
        if *mean < 2.0 {
            assert!(all_whole, "{mean}: {quantiles:?}");
            whole += 1;
        } else if *mean > 4.0 && !all_whole {
            fine += 1;
        }
    }
    assert!(whole > 40 && fine > 80, "{whole} {fine}");
}

#[test]
fn a_backtest_does_not_know_from_other_queues_what_came_later() {
    let holiday = utc("2026-05-13");
    let of_the_big_one = |nights: f64, on_holiday: f64| {
        let mut points = history("2025-06-02", 364, 3600, 3, 0, |_| 5.0);
        for point in points.iter_mut().filter(|p| p.utc >= utc("2026-05-04")) {
            if point.utc.rem_euclid(DAY) < 6 * HOUR {
                point.contacts *= nights;
            }
            if (holiday..holiday + DAY).contains(&point.utc) {
                point.contacts *= on_holiday;
            }
        }
        let tested = backtest(
            &ForecastInput {
                queues: vec![
                    queue(
                        "small",
                        history("2025-06-02", 364, 3600, 5, 0, |_| 0.05),
                        3600,
                    ),
                    queue("big", points, 3600),
                ]
                .into_iter()
                .map(|mut queue| {
                    queue.special_days = vec![SpecialDay {
                        date: date_at(holiday),
                        name: "Jubilee".into(),
                        kind: SpecialKind::PublicHoliday,
                    }];
                    queue
                })
                .collect(),
                target: week("2026-06-01", 3600),
            },
            1,
            &[2, 4],
        );
        let small = tested.unwrap().remove(0);
        format!("{:?} {:?}", small.weeks, small.models)
    };
    let usual = of_the_big_one(1.0, 1.0);
    assert_eq!(usual, of_the_big_one(3.0, 1.0));
    assert_eq!(usual, of_the_big_one(1.0, 0.2));
}
