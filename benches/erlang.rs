//! Speed of the formulas: `cargo bench --bench erlang`. Prints the time of one call.

use followsun::staffing::*;
use std::hint::black_box;
use std::time::Instant;

fn time(name: &str, calls: u32, mut call: impl FnMut(u32)) {
    call(0);
    let best = (0..5)
        .map(|_| {
            let start = Instant::now();
            (0..calls).for_each(&mut call);
            start.elapsed().as_nanos() as f64 / calls as f64
        })
        .fold(f64::INFINITY, f64::min);
    println!("{name:<58} {best:>12.0} ns");
}

fn main() {
    for (n, calls) in [(10, 200_000), (100, 50_000), (1000, 10_000), (10_000, 1000)] {
        let load = LiveLoad {
            contacts_per_s: n as f64 * 0.98 / 300.0,
            handle_time_s: 300.0,
            patience_s: Some(120.0),
        };
        time(
            &format!("Erlang A, n = {n}, load 98 %, patience 120 s"),
            calls,
            |_| {
                black_box(erlang_a(black_box(n), &load, 20.0));
            },
        );
    }
    let load = LiveLoad {
        contacts_per_s: 100.0 / 300.0,
        handle_time_s: 300.0,
        patience_s: Some(120.0),
    };
    time("required agents, 100 Erlangs, 80 % in 20 s", 10_000, |_| {
        black_box(required_agents(
            black_box(&load),
            &Target::answered(0.8, 20.0),
        ))
        .ok();
    });
    for (name, concurrency, contacts) in [
        ("phone, 5 Erlangs", 1, 15.0),
        ("phone, 20 Erlangs", 1, 60.0),
        ("phone, 100 Erlangs", 1, 300.0),
        ("chat x 3", 3, 45.0),
    ] {
        for (kind, uncertainty) in [
            ("certain", Uncertainty::Ignore),
            ("cv 0.1", Uncertainty::Gamma { cv: 0.1 }),
        ] {
            let input = CurveInput {
                uncertainty,
                shrinkage: Shrinkage::from_share(0.1).expect("a share"),
                ..CurveInput::new(
                    contacts,
                    300.0,
                    900.0,
                    LiveChannel {
                        patience_s: Some(180.0),
                        concurrency,
                        slowdown: 1.1,
                    },
                    20.0,
                )
            };
            time(
                &format!("service curve and envelope, {name}, {kind}"),
                500,
                |_| {
                    black_box(service_curve(black_box(&input)).map(|c| c.concave_envelope())).ok();
                },
            );
        }
    }
    let big = CurveInput {
        uncertainty: Uncertainty::Gamma { cv: 0.1 },
        ..CurveInput::new(3000.0, 300.0, 900.0, LiveChannel::phone(Some(180.0)), 20.0)
    };
    time(
        "service curve and envelope, phone, 1000 Erlangs, cv 0.1",
        3,
        |_| {
            black_box(service_curve(black_box(&big)).map(|c| c.concave_envelope())).ok();
        },
    );
    for (name, size) in [("10", 1), ("100", 10)] {
        let day = Day {
            interval_s: 900.0,
            handle_time_s: 300.0,
            patience_s: Some(120.0),
            threshold_s: 20.0,
            contacts: (0..96).map(|i| f64::from(size * (25 + i % 8))).collect(),
            agents: (0..96).map(|i| (size * (9 + i % 8 / 3)) as u32).collect(),
            discipline: LeaveDiscipline::Finish,
        };
        time(
            &format!("transient, 96 quarter hours, about {name} Erlangs"),
            2,
            |_| {
                black_box(transient_service(black_box(&day))).ok();
            },
        );
    }
    let start = Instant::now();
    let mut sum = 0.0;
    for queue in 0..200u32 {
        for interval in 0..672u32 {
            let shape = 1.0 + (interval as f64 * 0.0654).sin();
            let contacts = (1.0 + (queue % 40) as f64) * shape;
            let input = CurveInput {
                uncertainty: Uncertainty::Gamma { cv: 0.1 },
                shrinkage: Shrinkage::from_share(0.1).expect("a share"),
                ..CurveInput::new(
                    contacts,
                    300.0,
                    900.0,
                    LiveChannel::phone(Some(180.0)),
                    20.0,
                )
            };
            sum += service_curve(&input).map_or(0.0, |c| c.concave_envelope().values.len() as f64);
        }
    }
    println!(
        "200 queues x 672 intervals, 0..26 Erlangs, cv 0.1, 10 % missing: {:.2} s ({sum} points)",
        start.elapsed().as_secs_f64()
    );
}
