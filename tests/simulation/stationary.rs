//! Steady state: Erlang C, Erlang A, other laws of patience, chats, and work that may wait.

use followsun::simulation::{
    Distribution, Kind, Patience, QueueResult, RunPlan, ServiceLevel, Shape, SimQueue,
    SimulationInput, simulate,
};

use crate::case::{always, exponential, hours, phone, skill, steady, steady_parts};
use crate::golden::{Row, Score, exact, number, table};

fn play(input: &SimulationInput, replications: usize) -> Vec<QueueResult> {
    let plan = RunPlan::quick(replications, 20_26, steady_parts());
    simulate(input, &plan).expect("a sound case").queues
}

/// The queue of one row of a table: `a_erlangs`, `aht_s`, `T_s`.
fn queue(row: &Row, patience: Option<Patience>) -> SimQueue {
    let handle_time_s = exact(row, "aht_s");
    let per_hour = exact(row, "a_erlangs") * 3600.0 / handle_time_s;
    SimQueue {
        patience,
        ..phone(
            vec![per_hour; hours()],
            handle_time_s,
            None,
            exact(row, "T_s"),
        )
    }
}

fn patience(distribution: Distribution) -> Option<Patience> {
    Some(Patience {
        distribution,
        balk: 0.0,
    })
}

/// Enough replications for about this many contacts.
fn replications(queue: &SimQueue, contacts: f64) -> usize {
    ((contacts / (queue.arrivals[0] * hours() as f64)) as usize).clamp(30, 3000)
}

fn hold_against(score: &mut Score, name: &str, row: &Row, found: &QueueResult) {
    let part = &found.parts[1];
    let definitions = [
        ("sl", ServiceLevel::Offered),
        ("sl_offered", ServiceLevel::Offered),
        ("sl_net", ServiceLevel::Net),
        ("sl_answered", ServiceLevel::Answered),
        ("sl_incl_ab", ServiceLevel::InclAbandoned),
    ];
    for (column, definition) in definitions {
        if row.contains_key(column) && number(row, column).is_some() {
            score.add(
                format!("{name} {column}"),
                part.service_level(definition),
                exact(row, column),
            );
        }
    }
    let others = [
        ("p_wait", part.delayed_share()),
        ("p_abandon", part.abandoned_share()),
        ("asa_s", part.asa_s()),
        ("asa_served_s", part.asa_s()),
        ("mean_wait_all_s", part.mean_wait_s()),
    ];
    for (column, estimate) in others {
        let wanted = row.contains_key(column).then(|| exact(row, column));
        if let Some(wanted) = wanted
            && !(column == "p_abandon" && wanted == 0.0)
        {
            score.add(format!("{name} {column}"), estimate, wanted);
        }
    }
    if row.contains_key("occupancy") {
        let share = found.occupancy_of_parts[1]
            .share()
            .expect("people were there");
        let wanted = exact(row, "occupancy");
        assert!(
            (share - wanted).abs() < 0.01,
            "{name} occupancy {share}, exact {wanted}"
        );
    }
}

#[test]
fn erlang_c() {
    let mut score = Score::default();
    for row in table("erlang_c.csv") {
        let (n, a) = (exact(&row, "n"), exact(&row, "a_erlangs"));
        let wanted = [(1.0, 0.503), (4.0, 2.824), (10.0, 8.018), (20.0, 17.105)];
        if !wanted.contains(&(n, a)) {
            continue;
        }
        let queue = queue(&row, None);
        let replications = replications(&queue, 400_000.0);
        let input = steady(vec![queue], always(n as usize, 0, &[skill(0)]));
        hold_against(
            &mut score,
            &format!("M/M/{n}, a {a}"),
            &row,
            &play(&input, replications)[0],
        );
    }
    score.judge(3.0);
}

#[test]
fn erlang_a() {
    let mut score = Score::default();
    for row in table("erlang_a.csv") {
        let (n, a) = (exact(&row, "n"), exact(&row, "a_erlangs"));
        let wanted = [
            (1.0, 0.7),
            (3.0, 3.9),
            (8.0, 6.8),
            (14.0, 11.9),
            (20.0, 22.0),
            (50.0, 50.0),
        ];
        if !wanted.contains(&(n, a)) {
            continue;
        }
        let queue = queue(&row, patience(exponential(exact(&row, "mean_patience_s"))));
        let replications = replications(&queue, 400_000.0);
        let input = steady(vec![queue], always(n as usize, 0, &[skill(0)]));
        hold_against(
            &mut score,
            &format!("M/M/{n}+M, a {a}"),
            &row,
            &play(&input, replications)[0],
        );
    }
    score.judge(5.0);
}

#[test]
fn other_laws_of_patience() {
    let mut score = Score::default();
    for row in table("mmng_patience.csv")
        .iter()
        .filter(|row| exact(row, "n") == 20.0)
    {
        let parameters: Vec<f64> = row["params"]
            .split('/')
            .map(|x| x.parse().expect("a number"))
            .collect();
        let law = match (row["patience_kind"].as_str(), parameters.as_slice()) {
            ("det", &[mean_s]) => patience(Distribution {
                mean_s,
                shape: Shape::Deterministic,
            }),
            ("weibull_scale_shape", &[scale, shape]) => {
                // Mean = scale * Gamma(1 + 1/shape): 1.265823 at 0.7, 0.902745 at 1.5.
                let factor = if shape < 1.0 {
                    1.265_823_506_7
                } else {
                    0.902_745_292_9
                };
                patience(Distribution {
                    mean_s: scale * factor,
                    shape: Shape::Weibull { shape },
                })
            }
            ("balk_prob_then_exp", &[balk, mean]) => Some(Patience {
                distribution: exponential(mean),
                balk,
            }),
            _ => continue,
        };
        let queue = queue(row, law);
        let replications = replications(&queue, 300_000.0);
        let input = steady(vec![queue], always(20, 0, &[skill(0)]));
        let name = format!("{} {}", row["patience_kind"], row["params"]);
        hold_against(&mut score, &name, row, &play(&input, replications)[0]);
    }
    score.judge(3.0);
}

/// Chats side by side at full speed are as many phone agents as there are slots.
#[test]
fn chats_without_slowdown_are_slots() {
    let mut score = Score::default();
    for row in table("erlang_a.csv") {
        let (n, a) = (exact(&row, "n"), exact(&row, "a_erlangs"));
        let capacity = match (n, a) {
            (8.0, 6.8) => 4,
            (14.0, 14.0) => 2,
            _ => continue,
        };
        let mut queue = queue(&row, patience(exponential(exact(&row, "mean_patience_s"))));
        queue.kind = Kind::Chat {
            slowdown: Vec::new(),
        };
        let replications = replications(&queue, 400_000.0);
        let mut agents = always(n as usize / capacity, 0, &[skill(0)]);
        agents
            .iter_mut()
            .for_each(|agent| agent.chat_capacity = capacity as u32);
        let input = steady(vec![queue], agents);
        let mut row = row.clone();
        row.remove("occupancy");
        hold_against(
            &mut score,
            &format!("{capacity} chats each, a {a}"),
            &row,
            &play(&input, replications)[0],
        );
    }
    score.judge(5.0);
}

/// One agent whose chats slow each other down is an exact birth-death chain.
#[test]
fn chats_with_slowdown_on_one_agent() {
    let mut score = Score::default();
    for row in table("chat.csv") {
        let times: Vec<f64> = row["aht_by_concurrency_s"]
            .split(' ')
            .map(|x| x.parse().expect("seconds"))
            .collect();
        if row["n_agents"] != "1" || times.len() < 2 || row["p_wait"].is_empty() {
            continue;
        }
        let mut queue = phone(
            vec![exact(&row, "chats_per_hour"); hours()],
            times[0],
            number(&row, "mean_patience_s"),
            exact(&row, "T_s"),
        );
        queue.kind = Kind::Chat {
            slowdown: times.iter().map(|t| t / times[0]).collect(),
        };
        let mut agents = always(1, 0, &[skill(0)]);
        agents[0].chat_capacity = times.len() as u32;
        let input = steady(vec![queue], agents);
        let found = &play(&input, 1500)[0];
        hold_against(&mut score, &format!("chats of {times:?} s"), &row, found);
        let share = found.occupancy_of_parts[1]
            .share()
            .expect("somebody was there");
        let wanted = exact(&row, "agent_busy_fraction_balanced_model");
        assert!(
            (share - wanted).abs() < 0.01,
            "busy {share}, exact {wanted}"
        );
    }
    score.judge(5.0);
}

/// Deferred work without end starts only while more than `idle_reserved` agents are free.
#[test]
fn work_that_may_wait_keeps_a_reserve() {
    let mut score = Score::default();
    for row in table("blend_threshold.csv") {
        let case = (
            exact(&row, "n"),
            exact(&row, "idle_reserved"),
            exact(&row, "mean_patience_s"),
        );
        let n = case.0 as usize;
        if ![
            (5.0, 1.0, 60.0),
            (5.0, 2.0, 300.0),
            (10.0, 2.0, 60.0),
            (20.0, 2.0, 300.0),
        ]
        .contains(&case)
        {
            continue;
        }
        let handle_time_s = exact(&row, "aht_s");
        let inbound_per_hour = exact(&row, "a_inbound_erlangs") * 3600.0 / handle_time_s;
        let inbound = SimQueue {
            patience: patience(exponential(case.2)),
            ..phone(
                vec![inbound_per_hour; hours()],
                handle_time_s,
                None,
                exact(&row, "T_s"),
            )
        };
        // More than all agents together can do, so that it never runs dry.
        let mut deferred = phone(vec![0.0; hours()], handle_time_s, None, 0.0);
        deferred.arrivals[0] = (n * hours()) as f64 * 3600.0 / handle_time_s;
        deferred.kind = Kind::Deferred;
        deferred.priority = 1;
        deferred.min_idle = case.1 as u32;
        let replications = replications(&inbound, 300_000.0);
        let input = steady(vec![inbound, deferred], always(n, 0, &[skill(0), skill(1)]));
        hold_against(
            &mut score,
            &format!("blend {case:?}"),
            &row,
            &play(&input, replications)[0],
        );
    }
    score.judge(4.0);
}
