//! Contacts per second of the simulator, on one thread: `cargo bench --bench simulation`.

use std::time::Instant;

use followsun::simulation::{
    Detail, Distribution, Kind, Measure, Patience, Prepared, Routing, RunPlan, Shape, Shift,
    SimAgent, SimQueue, SimulationInput, Skill, run,
};

fn main() {
    let one_thread = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .expect("one thread can be had");
    one_thread.install(|| {
        measure("one phone queue, 200 agents, a day", &one_queue(), 60);
        measure(
            "17 queues, 120 agents of mixed skills, a week",
            &mixed_week(120),
            20,
        );
        measure(
            "17 queues, 400 agents of mixed skills, a week",
            &mixed_week(400),
            8,
        );
    });
}

fn measure(name: &str, input: &SimulationInput, replications: usize) {
    let start = Instant::now();
    let prepared = Prepared::new(input).expect("the case is sound");
    println!(
        "{name}: prepared in {:.2} ms",
        1e3 * start.elapsed().as_secs_f64()
    );
    let half_days: Vec<u32> = (0..input.intervals as u32).map(|i| i / 48).collect();
    for (detail, what) in [
        (Detail::Intervals, "per interval"),
        (Detail::Parts(half_days), "quick"),
    ] {
        let plan = RunPlan {
            detail,
            ..RunPlan::fixed(replications, 7)
        };
        let best = (0..3)
            .map(|_| {
                let start = Instant::now();
                let result = run(&prepared, &plan, &|_| true).expect("the plan is sound");
                let seconds = start.elapsed().as_secs_f64();
                let contacts = result.queues.iter().map(|q| q.total.offered()).sum::<f64>()
                    * replications as f64;
                let in_time = result.queues.iter().map(|q| q.total.in_time()).sum::<f64>()
                    * replications as f64;
                (
                    contacts / seconds,
                    in_time / contacts,
                    contacts / replications as f64,
                )
            })
            .fold(
                (0.0, 0.0, 0.0),
                |a: (f64, f64, f64), b| if b.0 > a.0 { b } else { a },
            );
        println!(
            "{name}, {what}: {:.2} million contacts/s ({:.0} contacts a replication, {:.1} % in time)",
            best.0 / 1e6,
            best.2,
            100.0 * best.1
        );
    }
}

/// 190 Erlang on 200 agents, mean patience two minutes, a day of quarter hours.
fn one_queue() -> SimulationInput {
    let queue = SimQueue {
        threshold_s: 20.0,
        ..queue(vec![190.0 * 3.0; 96], 300.0, Kind::Phone, Some(120.0))
    };
    let agents = (0..200).map(|id| SimAgent {
        id,
        skills: vec![skill(0)],
        chat_capacity: 1,
        shifts: vec![Shift {
            number: 0,
            work: vec![(0.0, 86_400.0)],
        }],
        shrinkage: None,
    });
    SimulationInput {
        interval_s: 900.0,
        intervals: 96,
        day_of_interval: vec![0; 96],
        queues: vec![queue],
        agents: agents.collect(),
        routing: Routing::default(),
    }
}

/// Six languages by phone, chat and e-mail (the sixth has no e-mail): 17 small queues of 0.3 to 3 Erlang, people
/// with one to three languages and channels, five shifts of eight hours with three breaks.
fn mixed_week(people: u64) -> SimulationInput {
    let scale = people as f64 / 120.0;
    let mut queues = Vec::new();
    let mut place = Vec::new();
    for language in 0..6usize {
        for channel in 0..3usize {
            if (language, channel) == (5, 2) {
                continue;
            }
            let handle_time = [300.0, 500.0, 420.0][channel];
            let erlang =
                scale * [3.0, 2.0, 1.5, 1.0, 0.6, 0.3][language] * [1.0, 0.8, 0.7][channel];
            let hour = |i: usize| i % 96 / 4;
            let arrivals = (0..672)
                .map(|i| {
                    erlang * 900.0 / handle_time
                        * if (7..22).contains(&hour(i)) { 1.4 } else { 0.4 }
                })
                .collect();
            let kind = match channel {
                0 => Kind::Phone,
                1 => Kind::Chat {
                    slowdown: vec![1.0, 1.1, 1.25],
                },
                _ => Kind::Deferred,
            };
            let patience = [Some(150.0), Some(240.0), None][channel];
            queues.push(SimQueue {
                threshold_s: [20.0, 60.0, 14_400.0][channel],
                measure: if channel == 2 {
                    Measure::Completion
                } else {
                    Measure::Answer
                },
                priority: u32::from(channel == 2),
                ..queue(arrivals, handle_time, kind, patience)
            });
            place.push((language, channel));
        }
    }
    SimulationInput {
        interval_s: 900.0,
        intervals: 672,
        day_of_interval: (0..672).map(|i| i / 96).collect(),
        queues,
        agents: (0..people).map(|id| mixed_agent(id, &place)).collect(),
        routing: Routing::default(),
    }
}

fn mixed_agent(id: u64, place: &[(usize, usize)]) -> SimAgent {
    let chance =
        |salt: u64| ((id * 64 + salt + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40) as usize;
    // Most people speak the first languages, as most contacts are in them.
    let language = |j: u64| [0, 0, 0, 1, 1, 2, 2, 3, 4, 5][chance(j) % 10];
    let languages: Vec<usize> = (0..=chance(10) as u64 % 3).map(language).collect();
    let channels: Vec<usize> = (0..=chance(11) % 3).map(|j| (chance(12) + j) % 3).collect();
    let served = |q: &usize| languages.contains(&place[*q].0) && channels.contains(&place[*q].1);
    let mut skills: Vec<Skill> = (0..place.len()).filter(served).map(skill).collect();
    if skills.is_empty() {
        skills.push(skill(0));
    }
    let first = [6.0, 8.0, 10.0, 14.0, 22.0][(id % 5) as usize] * 3600.0;
    let shift = |day: u64| {
        let t = ((day + id) % 7) as f64 * 86_400.0 + first;
        let work = [
            (0.0, 7_200.0),
            (8_100.0, 14_400.0),
            (16_200.0, 21_600.0),
            (22_500.0, 28_800.0),
        ];
        Shift {
            number: (day + id) % 7,
            work: work.iter().map(|&(a, b)| (t + a, t + b)).collect(),
        }
    };
    let mut shifts: Vec<Shift> = (0..5).map(shift).collect();
    shifts.sort_by_key(|s| s.number);
    SimAgent {
        id,
        skills,
        chat_capacity: 3,
        shifts,
        shrinkage: Some(0.05),
    }
}

fn queue(arrivals: Vec<f64>, handle_time_s: f64, kind: Kind, patience_s: Option<f64>) -> SimQueue {
    SimQueue {
        arrivals,
        handle_time_s: vec![handle_time_s],
        handle_time_shape: Shape::Exponential,
        patience: patience_s.map(|mean_s| Patience {
            distribution: Distribution {
                mean_s,
                shape: Shape::Exponential,
            },
            balk: 0.0,
        }),
        threshold_s: 20.0,
        measure: Measure::Answer,
        kind,
        priority: 0,
        min_idle: 0,
        retry: None,
        busyness: None,
        open: None,
    }
}

fn skill(queue: usize) -> Skill {
    Skill {
        queue,
        priority: 1,
        after_s: 0.0,
        speed: 1.0,
    }
}
