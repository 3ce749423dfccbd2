//! Service curves: what they are made of, and the laws they obey.

use followsun::staffing::*;
use proptest::prelude::*;

fn phone(contacts: f64, patience_s: Option<f64>) -> CurveInput {
    CurveInput::new(contacts, 300.0, 900.0, LiveChannel::phone(patience_s), 20.0)
}

fn steady(input: &CurveInput, agents: usize) -> f64 {
    let channel = input.channel;
    let load = ChatLoad::with_slowdown(
        input.contacts * input.load_factor / input.interval_s,
        input.handle_time_s,
        channel.concurrency,
        channel.slowdown,
        channel.patience_s,
    );
    chat(agents as u32, &load, input.threshold_s)
        .service
        .answered_in_time
}

/// Against the formulas one by one.
fn assert_is_the_formula(input: &CurveInput) {
    let curve = service_curve(input).unwrap();
    for (n, g) in curve.answered.iter().enumerate() {
        let exact = input.contacts * steady(input, n);
        assert!(
            (g - exact).abs() < 2e-7 * input.contacts,
            "{input:?} n={n}: {g} {exact}"
        );
    }
    assert!(curve.service_level(curve.n_max()) >= 0.9995);
    assert!(curve.n_max() == 0 || curve.service_level(curve.n_max() - 1) < 0.9995);
}

#[test]
fn a_certain_curve_is_the_formula() {
    for contacts in [1e-6, 0.3, 3.0, 30.0, 300.0, 3000.0] {
        for patience_s in [
            None,
            Some(1.0),
            Some(30.0),
            Some(180.0),
            Some(3600.0),
            Some(1e6),
        ] {
            for threshold_s in [0.0, 20.0, 600.0] {
                assert_is_the_formula(&CurveInput {
                    threshold_s,
                    ..phone(contacts, patience_s)
                });
            }
        }
    }
    for concurrency in [2, 3] {
        let channel = LiveChannel {
            patience_s: Some(120.0),
            concurrency,
            slowdown: 1.3,
        };
        assert_is_the_formula(&CurveInput {
            channel,
            ..phone(40.0, None)
        });
    }
    assert_is_the_formula(&CurveInput {
        load_factor: 1.1,
        ..phone(30.0, Some(180.0))
    });
}

/// Mean over gamma rates by a fine midpoint sum over the density.
fn mean_over_gamma(cv: f64, value: impl Fn(f64) -> f64) -> f64 {
    let shape = 1.0 / (cv * cv);
    let steps = 3000;
    let width = (1.0 + 10.0 * cv) / steps as f64;
    let (mut sum, mut mass) = (0.0, 0.0);
    for i in 0..steps {
        let x = (i as f64 + 0.5) * width;
        let density = ((shape - 1.0) * x.ln() - shape * (x - 1.0)).exp();
        if density < 1e-12 {
            continue;
        }
        mass += density;
        sum += density * value(x);
    }
    sum / mass
}

#[test]
fn uncertainty_is_the_mean_over_rates() {
    for patience_s in [None, Some(180.0), Some(900.0)] {
        for cv in [0.05, 0.1, 0.2, 0.4, 0.7] {
            for contacts in [6.0, 60.0, 300.0] {
                let uncertainty = Uncertainty::Gamma { cv };
                let curve = service_curve(&CurveInput {
                    uncertainty,
                    ..phone(contacts, patience_s)
                })
                .unwrap();
                for n in (0..=curve.n_max()).step_by(curve.n_max() / 5 + 1) {
                    let exact =
                        mean_over_gamma(cv, |x| x * steady(&phone(contacts * x, patience_s), n));
                    let error = (curve.service_level(n) - exact).abs();
                    let room = if patience_s.is_some() && cv <= 0.4 {
                        2e-3
                    } else {
                        5e-3
                    };
                    assert!(
                        error < room,
                        "{patience_s:?} cv {cv} contacts {contacts} n {n}: {error}"
                    );
                }
            }
        }
    }
}

#[test]
fn shrinkage_is_people_missing_one_by_one() {
    let plain = service_curve(&phone(30.0, Some(180.0))).unwrap();
    let missing = plain.with_shrinkage(0.3);
    let mut binomial = vec![1.0];
    for n in 0..=missing.n_max() {
        let mean: f64 = binomial
            .iter()
            .enumerate()
            .map(|(k, p)| p * plain.at(k as f64))
            .sum();
        assert!((mean - missing.answered[n]).abs() < 1e-10, "{n}");
        let mut next = vec![0.0; n + 2];
        for (k, p) in binomial.iter().enumerate() {
            next[k] += 0.3 * p;
            next[k + 1] += 0.7 * p;
        }
        binomial = next;
    }
    let input = CurveInput {
        shrinkage: Shrinkage::from_share(0.3).unwrap(),
        ..phone(30.0, Some(180.0))
    };
    let direct = service_curve(&input).unwrap();
    assert!((direct.answered[14] - missing.answered[14]).abs() < 1e-3);
    assert!(direct.service_level(direct.n_max()) >= 0.9995);
}

#[test]
fn next_to_no_load_is_all_answered() {
    let channel = LiveChannel {
        patience_s: Some(120.0),
        concurrency: 100,
        slowdown: 1.0,
    };
    let curve = service_curve(&CurveInput {
        channel,
        ..phone(1e-6, None)
    })
    .unwrap();
    assert_eq!(curve.answered, [0.0, 1e-6]);
}

#[test]
fn factors_move_load_and_agents() {
    let plain = service_curve(&phone(30.0, Some(180.0))).unwrap();
    let half = service_curve(&CurveInput {
        agents_factor: 0.5,
        ..phone(30.0, Some(180.0))
    })
    .unwrap();
    for n in 0..plain.n_max() {
        assert!((half.at(2.0 * n as f64) - plain.answered[n]).abs() < 1e-12);
    }
    let busier = service_curve(&CurveInput {
        load_factor: 1.2,
        ..phone(30.0, Some(180.0))
    })
    .unwrap();
    assert!(busier.answered[12] < plain.answered[12]);
    assert_eq!(busier.offered, 30.0);
}

#[test]
fn an_empty_interval_is_worth_nothing() {
    let curve = service_curve(&phone(0.0, Some(180.0))).unwrap();
    assert_eq!(
        (curve.answered.as_slice(), curve.service_level(0)),
        (&[0.0][..], 1.0)
    );
    assert!(curve.concave_envelope().gains.is_empty());
    for bad in [
        phone(f64::NAN, None),
        phone(-1.0, None),
        phone(1.0, Some(0.0)),
        CurveInput {
            handle_time_s: 0.0,
            ..phone(1.0, None)
        },
        CurveInput {
            uncertainty: Uncertainty::Gamma { cv: -0.1 },
            ..phone(1.0, None)
        },
    ] {
        assert!(service_curve(&bad).is_err(), "{bad:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn laws_of_curves_and_envelopes(
        contacts in 0.01f64..200.0,
        handle_time_s in 30.0f64..1200.0,
        patience_s in prop::option::of(5.0f64..3000.0),
        threshold_s in 0.0f64..300.0,
        concurrency in 1u32..4,
        slowdown in 1.0f64..1.5,
        cv in 0.0f64..0.6,
        missing in 0u16..6000,
        agents_factor in 0.7f64..1.3,
    ) {
        let input = CurveInput {
            contacts,
            handle_time_s,
            interval_s: 900.0,
            channel: LiveChannel { patience_s, concurrency, slowdown },
            threshold_s,
            uncertainty: Uncertainty::Gamma { cv },
            shrinkage: Shrinkage::from_basis_points(missing).unwrap(),
            load_factor: 1.0,
            agents_factor,
        };
        let curve = service_curve(&input).unwrap();
        let g = &curve.answered;
        prop_assert_eq!(g[0], 0.0);
        prop_assert!(g.windows(2).all(|w| w[0] <= w[1]));
        prop_assert!(g.iter().all(|&x| x <= contacts * (1.0 + 1e-9)));
        prop_assert!(g[curve.n_max()] >= 0.9995 * contacts);
        let e = curve.concave_envelope();
        prop_assert_eq!(e.values.len(), g.len());
        prop_assert_eq!(e.gains.len(), curve.n_max());
        prop_assert!(e.gains.windows(2).all(|w| w[0] >= w[1] - 1e-12 * contacts));
        prop_assert!(e.gains.iter().all(|&x| x >= 0.0));
        let mut sum = 0.0;
        for (n, &here) in g.iter().enumerate() {
            prop_assert!(e.values[n] >= here - 1e-12 * contacts);
            prop_assert!((e.values[n] - sum).abs() < 1e-9 * contacts);
            sum += e.gains.get(n).copied().unwrap_or(0.0);
            // The least such curve: it touches g at both ends of every straight stretch.
            let bends = n == 0 || n == curve.n_max() || e.gains[n] < e.gains[n - 1] * (1.0 - 1e-9);
            prop_assert!(!bends || (e.values[n] - here).abs() < 1e-12 * contacts);
        }
    }
}
