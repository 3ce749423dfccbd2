//! Steady-state formulas against tables computed with 40 digits.

mod golden_table;

use followsun::staffing::ServiceLevelDefinition::{
    Answered, IncludingAbandoned, Net, Offered, Virtual,
};
use followsun::staffing::*;
use golden_table::{Row, Table};

const SHARE: f64 = 1e-11;
const TIME: f64 = 1e-9;

fn live(row: &Row, load: &str) -> LiveLoad {
    let handle_time_s = row.number("aht_s");
    let contacts_per_s = row.number(load) / handle_time_s;
    LiveLoad {
        contacts_per_s,
        handle_time_s,
        patience_s: row.some("mean_patience_s"),
    }
}

#[test]
fn erlang_b_table() {
    for row in Table::read("erlang_b").rows() {
        row.close(
            "blocking",
            erlang_b(row.count("n"), row.number("a_erlangs")),
            SHARE,
        );
    }
}

#[test]
fn erlang_c_table() {
    for row in Table::read("erlang_c").rows() {
        let (n, a, h) = (row.count("n"), row.number("a_erlangs"), row.number("aht_s"));
        let load = LiveLoad {
            contacts_per_s: a / h,
            handle_time_s: h,
            patience_s: None,
        };
        let s = erlang_a(n, &load, row.number("T_s"));
        row.close("p_wait", erlang_c(n, a), SHARE);
        row.close("p_wait", s.p_wait, SHARE);
        row.close("sl", s.answered_in_time, SHARE);
        row.close_relative("asa_s", s.asa_s, TIME);
        row.close("occupancy", s.occupancy, SHARE);
        row.close_relative("mean_queue", s.mean_queue, TIME);
    }
}

#[test]
fn erlang_b_and_c_for_real_agents() {
    for row in Table::read("erlang_c_real_n").rows() {
        let (n, a) = (row.number("n_real"), row.number("a_erlangs"));
        row.close("erlang_b", erlang_b_real(n, a), SHARE);
        row.close("erlang_c", erlang_c_real(n, a), SHARE);
    }
    for n in [0, 1, 7, 40] {
        assert!((erlang_b_real(n as f64, 12.5) - erlang_b(n, 12.5)).abs() < 1e-14);
    }
}

#[test]
fn erlang_a_table() {
    for row in Table::read("erlang_a").rows() {
        let s = erlang_a(row.count("n"), &live(&row, "a_erlangs"), row.number("T_s"));
        row.close("p_wait", s.p_wait, SHARE);
        row.close("p_abandon", s.p_abandon, SHARE);
        row.close("sl_offered", s.service_level(Offered), SHARE);
        row.close("sl_answered", s.service_level(Answered), SHARE);
        row.close("sl_net", s.service_level(Net), SHARE);
        row.close("sl_incl_ab", s.service_level(IncludingAbandoned), SHARE);
        row.close("sl_virtual", s.service_level(Virtual), SHARE);
        row.close("p_abandon_within_T", s.abandoned_in_time, SHARE);
        row.close_relative("asa_served_s", s.asa_s, TIME);
        row.close_relative("mean_wait_all_s", s.mean_wait_s, TIME);
        row.close_relative("mean_queue", s.mean_queue, TIME);
        row.close("occupancy", s.occupancy, SHARE);
    }
}

#[test]
fn general_patience_table() {
    for row in Table::read("mmng_patience").rows() {
        let p: Vec<f64> = row
            .text("params")
            .split('/')
            .map(|x| x.parse().unwrap())
            .collect();
        let patience = match row.text("patience_kind") {
            "exp" => Patience::Exponential { mean_s: p[0] },
            "det" => Patience::Deterministic { wait_s: p[0] },
            "weibull_scale_shape" => Patience::Weibull {
                scale_s: p[0],
                shape: p[1],
            },
            "balk_prob_then_exp" => Patience::HangUpOnHold {
                share: p[0],
                mean_s: p[1],
            },
            other => panic!("{other}"),
        };
        let h = row.number("aht_s");
        let load = LiveLoad {
            contacts_per_s: row.number("a_erlangs") / h,
            handle_time_s: h,
            patience_s: None,
        };
        let s = general_patience(row.count("n"), &load, &patience, row.number("T_s"));
        // The table's quadrature is off by up to 1e-8 where the survival function is steep at 0 (see the test below).
        let (share, time) = if p.get(1) == Some(&0.7) {
            (2e-8, 1e-6)
        } else {
            (SHARE, TIME)
        };
        row.close("p_offered_wait", s.p_wait, share);
        row.close("p_abandon", s.p_abandon, share);
        row.close("sl_offered", s.answered_in_time, share);
        row.close("p_abandon_within_T", s.abandoned_in_time, share);
        row.close(
            "p_wait_gt_T",
            1.0 - s.answered_in_time - s.abandoned_in_time,
            share,
        );
        row.close_relative("asa_served_s", s.asa_s, time);
        row.close("occupancy", s.occupancy, share);
    }
}

#[test]
fn weibull_patience_at_25_digits() {
    // mpmath: lam J / (1/B(4, a) + lam J) with H(x) by the incomplete gamma function.
    let load = LiveLoad {
        contacts_per_s: 0.015,
        handle_time_s: 300.0,
        patience_s: None,
    };
    let s = general_patience(
        5,
        &load,
        &Patience::Weibull {
            scale_s: 120.0,
            shape: 0.7,
        },
        20.0,
    );
    assert!(
        (s.p_wait - 0.378_035_092_373_296_1).abs() < 1e-13,
        "{}",
        s.p_wait
    );
}

#[test]
fn steps_of_patience_come_near_to_the_curve_they_approximate() {
    let exact = Patience::Weibull {
        scale_s: 120.0,
        shape: 1.5,
    };
    let steps = (0..2000)
        .map(|i| (i as f64, exact.survival(i as f64 + 0.5)))
        .collect();
    let load = LiveLoad::per_interval(100.0, 1800.0, 300.0, None);
    let a = general_patience(17, &load, &exact, 20.0);
    let b = general_patience(17, &load, &Patience::Steps(steps), 20.0);
    assert!((a.answered_in_time - b.answered_in_time).abs() < 1e-4);
    assert!((a.p_abandon - b.p_abandon).abs() < 1e-4);
}

#[test]
fn retrial_table() {
    for row in Table::read("erlang_x_retrial").rows() {
        let r = erlang_x(
            row.count("n"),
            &live(&row, "a_fresh_erlangs"),
            row.number("retry_prob"),
            row.number("T_s"),
        );
        let s = r.service;
        row.close_relative("lam_total_over_fresh", r.attempts_per_contact, TIME);
        row.close("p_wait", s.p_wait, SHARE);
        row.close("p_abandon_attempt", s.p_abandon, SHARE);
        row.close("sl_offered", s.service_level(Offered), SHARE);
        row.close("sl_answered", s.service_level(Answered), SHARE);
        row.close("sl_net", s.service_level(Net), SHARE);
        row.close("sl_virtual", s.service_level(Virtual), SHARE);
        row.close_relative("asa_s", s.asa_s, TIME);
        row.close("p_customer_lost", r.customers_lost, SHARE);
        row.close("occupancy", s.occupancy, SHARE);
    }
}

#[test]
fn chat_table() {
    for row in Table::read("chat").rows() {
        if row.text("p_wait") == "unstable" {
            continue;
        }
        let load = ChatLoad {
            contacts_per_s: row.number("chats_per_hour") / 3600.0,
            handle_times_s: row
                .text("aht_by_concurrency_s")
                .split(' ')
                .map(|x| x.parse().unwrap())
                .collect(),
            patience_s: row.some("mean_patience_s"),
        };
        assert_eq!(load.concurrency(), row.count("max_concurrency"));
        let c = chat(row.count("n_agents"), &load, row.number("T_s"));
        row.close("p_wait", c.service.p_wait, SHARE);
        row.close("p_abandon", c.service.p_abandon, SHARE);
        row.close("sl_offered", c.service.service_level(Offered), SHARE);
        if row.some("sl_answered").is_some() {
            row.close("sl_answered", c.service.service_level(Answered), SHARE);
        }
        row.close_relative("asa_s", c.service.asa_s, TIME);
        row.close("agent_busy_fraction_balanced_model", c.agents_busy, SHARE);
        row.close(
            "mean_chats_per_agent_balanced_model",
            c.chats_per_agent,
            SHARE,
        );
        row.close("slot_occupancy", c.service.occupancy, SHARE);
    }
}

#[test]
fn slowdown_multiplies_for_each_further_chat() {
    let load = ChatLoad::with_slowdown(0.01, 300.0, 3, 1.2, None);
    assert_eq!(load.handle_times_s, [300.0, 360.0, 300.0 * 1.2f64.powi(2)]);
    assert!((load.erlangs() - 0.01 * 432.0 / 3.0).abs() < 1e-12);
}

#[test]
fn blending_table() {
    for row in Table::read("blend_threshold").rows() {
        let load = live(&row, "a_inbound_erlangs");
        let b = blended(
            row.count("n"),
            row.count("idle_reserved"),
            &load,
            row.number("T_s"),
        )
        .unwrap();
        row.close("p_wait", b.service.p_wait, SHARE);
        row.close("p_abandon", b.service.p_abandon, SHARE);
        row.close("sl_offered", b.service.service_level(Offered), SHARE);
        row.close("sl_net", b.service.service_level(Net), SHARE);
        row.close_relative("asa_s", b.service.asa_s, TIME);
        row.close_relative("outbound_per_hour", 3600.0 * b.deferred_per_s, TIME);
        row.close("occupancy", b.service.occupancy, SHARE);
    }
}
