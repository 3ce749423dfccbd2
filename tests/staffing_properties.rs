//! Laws that hold for any queue.

use followsun::staffing::*;
use proptest::prelude::*;

const DEFINITIONS: [ServiceLevelDefinition; 5] = [
    ServiceLevelDefinition::Offered,
    ServiceLevelDefinition::Answered,
    ServiceLevelDefinition::Net,
    ServiceLevelDefinition::IncludingAbandoned,
    ServiceLevelDefinition::Virtual,
];

fn assert_sane(s: &Service, stable: bool) {
    for share in [
        s.p_wait,
        s.p_abandon,
        s.answered_in_time,
        s.abandoned_in_time,
        s.virtual_in_time,
    ] {
        assert!((-1e-12..=1.0 + 1e-12).contains(&share), "{s:?}");
    }
    assert!((0.0..=1.0 + 1e-9).contains(&s.occupancy), "{s:?}");
    if stable {
        assert!(
            s.asa_s.is_finite() && s.mean_wait_s.is_finite() && s.mean_queue.is_finite(),
            "{s:?}"
        );
    }
    for d in DEFINITIONS {
        assert!((0.0..=1.0).contains(&s.service_level(d)), "{s:?} {d:?}");
    }
}

#[test]
fn extremes_stay_finite() {
    for erlangs in [1e-6, 1e-3, 1.0, 10.0, 1000.0, 10_000.0, 50_000.0] {
        for agents in [1, 2, 10, 100, 1000, 10_000] {
            for patience_s in [Some(0.1), Some(10.0), Some(600.0), Some(1e6), None] {
                for threshold_s in [0.0, 20.0, 86_400.0] {
                    let load = LiveLoad {
                        contacts_per_s: erlangs / 300.0,
                        handle_time_s: 300.0,
                        patience_s,
                    };
                    let s = erlang_a(agents, &load, threshold_s);
                    let stable = patience_s.is_some() || erlangs < f64::from(agents);
                    assert_sane(&s, stable);
                    if patience_s.is_some() {
                        // What is not abandoned is served.
                        let served = erlangs * (1.0 - s.p_abandon);
                        let busy = s.occupancy * f64::from(agents);
                        assert!(
                            (served - busy).abs() <= 1e-9 * busy,
                            "{erlangs} {agents} {s:?}"
                        );
                        if erlangs > 1.5 * f64::from(agents) && agents >= 1000 {
                            let fluid = 1.0 - f64::from(agents) / erlangs;
                            assert!(
                                (s.p_abandon - fluid).abs() < 1e-3,
                                "{erlangs} {agents} {s:?}"
                            );
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn nonsense_is_answered_by_nan_and_at_once() {
    let good = LiveLoad {
        contacts_per_s: 0.1,
        handle_time_s: 300.0,
        patience_s: Some(60.0),
    };
    for bad in [
        LiveLoad {
            contacts_per_s: f64::NAN,
            ..good
        },
        LiveLoad {
            contacts_per_s: f64::INFINITY,
            ..good
        },
        LiveLoad {
            handle_time_s: 0.0,
            ..good
        },
        LiveLoad {
            handle_time_s: -1.0,
            ..good
        },
        LiveLoad {
            patience_s: Some(0.0),
            ..good
        },
        LiveLoad {
            patience_s: Some(f64::NAN),
            ..good
        },
    ] {
        assert!(erlang_a(5, &bad, 20.0).answered_in_time.is_nan(), "{bad:?}");
        assert!(required_agents(&bad, &Target::answered(0.8, 20.0)).is_err());
    }
    let empty = ChatLoad {
        contacts_per_s: 0.1,
        handle_times_s: vec![],
        patience_s: None,
    };
    assert!(chat(3, &empty, 20.0).service.p_wait.is_nan());
    assert!(required_chat_agents(&empty, &Target::answered(0.8, 20.0)).is_err());
}

#[test]
fn calling_again_for_ever_ends() {
    let load = LiveLoad {
        contacts_per_s: 0.1,
        handle_time_s: 300.0,
        patience_s: Some(60.0),
    };
    assert!(erlang_x(10, &load, 1.0, 20.0).attempts_per_contact > 9e5);
    assert!(erlang_x(40, &load, 1.0, 20.0).attempts_per_contact < 2.0);
}

#[test]
fn deep_overload_agrees_with_the_series() {
    // On both sides of the switch from the series to the integral.
    let at = |patience_s| {
        let load = LiveLoad {
            contacts_per_s: 100.0,
            handle_time_s: 300.0,
            patience_s: Some(patience_s),
        };
        erlang_a(10_000, &load, 2000.0)
    };
    let (a, b) = (at(2999.0), at(3001.0));
    assert!((a.p_abandon - b.p_abandon).abs() < 1e-9);
    assert!(
        (a.asa_s / b.asa_s - 2999.0 / 3001.0).abs() < 1e-6,
        "{} {}",
        a.asa_s,
        b.asa_s
    );
    assert!((a.answered_in_time - b.answered_in_time).abs() < 1e-3);
}

#[test]
fn real_agents_lie_between_whole_ones() {
    let load = LiveLoad::per_interval(100.0, 1800.0, 300.0, Some(120.0));
    for n in 0..30 {
        assert_eq!(
            erlang_a_real(f64::from(n), &load, 20.0),
            erlang_a(n, &load, 20.0)
        );
    }
    let levels: Vec<f64> = (0..300)
        .map(|i| erlang_a_real(f64::from(i) / 10.0, &load, 20.0).answered_in_time)
        .collect();
    assert!(levels.windows(2).all(|w| w[0] <= w[1]));
    assert!(erlang_a_real(0.5, &load, 20.0).asa_s.is_infinite());
    assert!(erlang_b_real(3.0, 2.0) > erlang_b_real(3.01, 2.0));
}

#[test]
fn shrinkage_is_the_integer_law() {
    for points in 0..10_000u16 {
        let shrinkage = Shrinkage::from_basis_points(points).unwrap();
        for n in [0u32, 1, 9, 14, 21, 399, 100_000] {
            let scheduled = shrinkage.scheduled(n);
            let left = u64::from(10_000 - points);
            assert!(scheduled * left >= u64::from(n) * 10_000);
            assert!(scheduled == 0 || (scheduled - 1) * left < u64::from(n) * 10_000);
        }
    }
    // Where ceil(n / (1 - s)) in floats is one too many.
    assert_eq!(Shrinkage::from_share(0.30).unwrap().scheduled(21), 30);
    assert_eq!(Shrinkage::from_share(0.55).unwrap().scheduled(9), 20);
    assert_eq!(Shrinkage::from_share(0.30).unwrap().scheduled(14), 20);
    assert!(Shrinkage::from_share(1.0).is_err() && Shrinkage::from_share(f64::NAN).is_err());
    assert!(Shrinkage::from_share(-0.1).is_err() && Shrinkage::from_basis_points(10_000).is_err());
    assert_eq!(Shrinkage::from_share(0.125).unwrap().basis_points(), 1250);
}

#[test]
fn patience_shapes_that_are_the_same_agree() {
    let load = LiveLoad::per_interval(100.0, 1800.0, 300.0, Some(120.0));
    for n in [0, 1, 10, 17, 30] {
        let a = erlang_a(n, &load, 20.0);
        for patience in [
            Patience::Exponential { mean_s: 120.0 },
            Patience::Weibull {
                scale_s: 120.0,
                shape: 1.0,
            },
            Patience::HangUpOnHold {
                share: 0.0,
                mean_s: 120.0,
            },
        ] {
            let b = general_patience(n, &load, &patience, 20.0);
            assert!(
                (a.answered_in_time - b.answered_in_time).abs() < 1e-12,
                "{patience:?}"
            );
            assert!(
                (a.abandoned_in_time - b.abandoned_in_time).abs() < 1e-12,
                "{patience:?}"
            );
            assert!((a.mean_wait_s - b.mean_wait_s).abs() < 1e-9, "{patience:?}");
        }
    }
}

#[test]
fn chat_at_one_speed_is_erlang_a_with_more_slots() {
    let load = ChatLoad::with_slowdown(0.05, 300.0, 3, 1.0, Some(100.0));
    let slots = LiveLoad {
        contacts_per_s: 0.05,
        handle_time_s: 300.0,
        patience_s: Some(100.0),
    };
    for n in 1..12 {
        let (a, b) = (chat(n, &load, 20.0).service, erlang_a(3 * n, &slots, 20.0));
        assert!((a.answered_in_time - b.answered_in_time).abs() < 1e-13);
        assert!((a.occupancy - b.occupancy).abs() < 1e-12);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn required_is_the_least(
        contacts in 0.01f64..500.0,
        handle_time_s in 20.0f64..2000.0,
        patience_s in prop::option::of(5.0f64..5000.0),
        threshold_s in 0.0f64..300.0,
        service_level in 0.05f64..0.99,
        definition in prop::sample::select(DEFINITIONS.to_vec()),
        max_occupancy in prop::option::of(0.3f64..1.0),
        max_abandoned in prop::option::of(0.005f64..0.5),
    ) {
        let load = LiveLoad::per_interval(contacts, 1800.0, handle_time_s, patience_s);
        let target = Target { definition, max_occupancy, max_abandoned, ..Target::answered(service_level, threshold_s) };
        let n = required_agents(&load, &target).unwrap();
        let meets = |n: u32| {
            let s = erlang_a(n, &load, threshold_s);
            s.service_level(definition) >= service_level
                && max_abandoned.is_none_or(|most| s.p_abandon <= most)
                && max_occupancy.is_none_or(|most| s.occupancy <= most * (1.0 + 1e-9))
        };
        prop_assert!(n >= 1 && meets(n));
        prop_assert!(n == 1 || !meets(n - 1), "n - 1 = {} would do", n - 1);
        prop_assert!(meets(n + 1));
    }

    #[test]
    fn chat_required_is_the_least(
        per_s in 0.0001f64..0.2,
        handle_time_s in 60.0f64..900.0,
        concurrency in 1u32..5,
        slowdown in 1.0f64..1.4,
        patience_s in prop::option::of(20.0f64..1000.0),
        service_level in 0.2f64..0.95,
    ) {
        let load = ChatLoad::with_slowdown(per_s, handle_time_s, concurrency, slowdown, patience_s);
        let r = chat_requirement(&load, &Target::answered(service_level, 30.0), Shrinkage::NONE).unwrap();
        prop_assert!(r.service_level >= service_level);
        prop_assert!(r.agents == 1 || r.service_level_one_fewer < service_level);
        prop_assert!(r.service_level_one_more >= r.service_level);
    }

    #[test]
    fn more_agents_never_hurt(
        erlangs in 0.001f64..300.0,
        agents in 1u32..400,
        patience_s in prop::option::of(1.0f64..1e4),
        threshold_s in 0.0f64..600.0,
    ) {
        let load = LiveLoad { contacts_per_s: erlangs / 300.0, handle_time_s: 300.0, patience_s };
        let (few, more) = (erlang_a(agents, &load, threshold_s), erlang_a(agents + 1, &load, threshold_s));
        assert_sane(&few, patience_s.is_some() || erlangs < f64::from(agents));
        prop_assert!(more.answered_in_time >= few.answered_in_time - 1e-12);
        prop_assert!(more.p_abandon <= few.p_abandon + 1e-12);
        prop_assert!(more.p_wait <= few.p_wait + 1e-12);
        prop_assert!(more.occupancy <= few.occupancy + 1e-12);
    }
}
