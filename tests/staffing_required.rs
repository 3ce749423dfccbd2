//! Least staffing against exact tables, and the published examples.

mod golden_table;

use followsun::staffing::ServiceLevelDefinition as Definition;
use followsun::staffing::*;
use golden_table::Table;

#[test]
fn erlang_c_required_table() {
    for row in Table::read("erlang_c_required").rows() {
        let load = LiveLoad::per_interval(
            row.number("calls"),
            row.number("interval_s"),
            row.number("aht_s"),
            None,
        );
        let plain = Target::answered(row.number("sl_target"), row.number("T_s"));
        let capped = Target {
            max_occupancy: Some(row.number("max_occupancy")),
            ..plain
        };
        let shrinkage = Shrinkage::from_share(row.number("shrinkage")).unwrap();
        assert_eq!(required_agents(&load, &plain), Ok(row.count("n_sl_only")));
        let r = requirement(&load, &capped, shrinkage).unwrap();
        assert_eq!(r.agents, row.count("n_required"));
        assert_eq!(r.scheduled, row.count("scheduled_ceil") as u64);
        row.close("a_erlangs", r.load_erlang, 1e-11);
        row.close("sl_at_n", r.service_level, 1e-11);
        row.close("sl_at_n_minus_1", r.service_level_one_fewer, 1e-11);
        row.close("occ_at_n", r.occupancy, 1e-11);
        row.close_relative("asa_at_n", r.asa_s, 1e-9);
    }
}

#[test]
fn erlang_a_required_table() {
    for row in Table::read("erlang_a_required").rows() {
        let load = LiveLoad::per_interval(
            row.number("calls"),
            row.number("interval_s"),
            row.number("aht_s"),
            row.some("mean_patience_s"),
        );
        let definition = match row.text("sl_definition") {
            "sl_offered" => Definition::Offered,
            "sl_answered" => Definition::Answered,
            "sl_net" => Definition::Net,
            "sl_incl_ab" => Definition::IncludingAbandoned,
            "sl_virtual" => Definition::Virtual,
            other => panic!("{other}"),
        };
        let target = Target {
            definition,
            ..Target::answered(row.number("sl_target"), row.number("T_s"))
        };
        let r = requirement(&load, &target, Shrinkage::NONE).unwrap();
        assert_eq!(r.agents, row.count("n_required"));
        row.close("sl_at_n", r.service_level, 1e-11);
        if r.agents > 1 {
            row.close("sl_at_n_minus_1", r.service_level_one_fewer, 1e-11);
        }
        row.close("p_abandon_at_n", r.abandoned, 1e-11);
        row.close("occ_at_n", r.occupancy, 1e-11);
        row.close_relative("asa_at_n", r.asa_s, 1e-9);
    }
}

#[test]
fn published_examples() {
    let mut used = 0;
    for row in Table::read("published").rows() {
        if row.text("verdict") == "DISAGREES" {
            continue;
        }
        let Some((load, n)) = published_case(row.text("source"), row.text("case")) else {
            continue;
        };
        let at = |threshold_s| erlang_a(n, &load, threshold_s);
        let value = match row.text("metric") {
            "ASA_s" => at(20.0).asa_s,
            "mean wait s" | "mean wait all s" => at(20.0).mean_wait_s,
            "SL(30s)" => at(30.0).answered_in_time,
            "SL(20s)" => at(20.0).answered_in_time,
            "occupancy" => at(20.0).occupancy,
            "P(wait)" => at(20.0).p_wait,
            "P(abandon)" => at(20.0).p_abandon,
            "mean queue" => at(20.0).mean_queue,
            "required n" => {
                let threshold_s = if row.text("case").ends_with("80/30") {
                    30.0
                } else {
                    20.0
                };
                required_agents(&load, &Target::answered(0.8, threshold_s)).unwrap() as f64
            }
            "scheduled" => Shrinkage::from_share(0.3).unwrap().scheduled(n) as f64,
            other => panic!("{other}"),
        };
        row.close("published", value, row.number("tolerance"));
        row.close("exact_recomputed", value, 1e-8 * value.abs().max(1.0));
        used += 1;
    }
    assert_eq!(used, 49);
}

/// Load and agents of a published example.
fn published_case(source: &str, case: &str) -> Option<(LiveLoad, u32)> {
    let per_hour = |calls, aht, patience| LiveLoad::per_interval(calls, 3600.0, aht, patience);
    let after = |mark: &str| case.split(mark).nth(1).map(|x| x.parse().unwrap());
    if source.starts_with("Klenke") {
        Some((per_hour(350.0, 300.0, None), after("n=")?))
    } else if source.starts_with("Cleveland") {
        Some((per_hour(500.0, 210.0, None), after("n=")?))
    } else if source.starts_with("Call Centre Helper") {
        Some((per_hour(200.0, 180.0, None), 14))
    } else if source.starts_with("jonesthenet") {
        Some((per_hour(250.0, 330.0, None), 28))
    } else if source.starts_with("A-Herzog") {
        let patience = (case.contains("patience 5 min") || case.ends_with("c=9")).then_some(300.0);
        Some((
            per_hour(210.0, 180.0, patience),
            if case.ends_with("c=9") { 9 } else { 13 },
        ))
    } else if source.starts_with("Garnett") {
        match case {
            "M/M/50" => Some((per_hour(2880.0, 60.0, None), 50)),
            "M/M/50+M" => Some((per_hour(2880.0, 60.0, Some(120.0)), 50)),
            _ => Some((per_hour(2880.0 * (1.0 - 0.031), 60.0, None), 50)),
        }
    } else {
        None
    }
}

#[test]
fn limits_of_the_target() {
    let load = LiveLoad::per_interval(100.0, 1800.0, 300.0, Some(120.0));
    let plain = Target::answered(0.8, 20.0);
    let n = required_agents(&load, &plain).unwrap();
    let few = Target {
        max_abandoned: Some(0.01),
        ..plain
    };
    let more = required_agents(&load, &few).unwrap();
    assert!(more > n);
    assert!(
        erlang_a(more, &load, 20.0).p_abandon <= 0.01
            && erlang_a(more - 1, &load, 20.0).p_abandon > 0.01
    );
    assert_eq!(
        required_agents(
            &load,
            &Target {
                min_staff: 50,
                ..plain
            }
        ),
        Ok(50)
    );
    let nobody = LiveLoad {
        contacts_per_s: 0.0,
        ..load
    };
    assert_eq!(required_agents(&nobody, &plain), Ok(0));
    assert_eq!(
        required_agents(
            &nobody,
            &Target {
                min_staff: 2,
                ..plain
            }
        ),
        Ok(2)
    );
    assert!(matches!(
        required_agents(
            &load,
            &Target {
                service_level: 1.2,
                ..plain
            }
        ),
        Err(StaffingError::OutOfRange { .. })
    ));
    assert!(
        required_agents(
            &LiveLoad {
                handle_time_s: f64::NAN,
                ..load
            },
            &plain
        )
        .is_err()
    );
    // 8 agents at exactly 0.8 of occupancy: the rounding of floats must not ask for a ninth.
    let exact = LiveLoad {
        contacts_per_s: 6.4 / 300.0,
        handle_time_s: 300.0,
        patience_s: None,
    };
    let cap = Target {
        max_occupancy: Some(0.8),
        ..Target::answered(0.0, 20.0)
    };
    assert_eq!(required_agents(&exact, &cap), Ok(8));
}
