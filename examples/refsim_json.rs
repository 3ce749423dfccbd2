//! Plays an input file of the reference simulator (JSON, see the README of refsim) and prints, per queue, what the
//! reference prints: `cargo run --release --example refsim_json -- FILE [REPLICATIONS [SEED]]`.

use followsun::simulation::{
    AgentPicks, Busyness, ContactPicks, Distribution, Estimate, Kind, Measure, Patience, Retry,
    Routing, RunPlan, ServiceLevel, Shape, Shift, SimAgent, SimQueue, SimulationInput, Skill,
    simulate,
};
use serde_json::Value;

type Fallible<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> Fallible<()> {
    let mut args = std::env::args().skip(1);
    let file = args
        .next()
        .ok_or("usage: refsim_json FILE [REPLICATIONS [SEED]]")?;
    let json: Value = serde_json::from_str(&std::fs::read_to_string(file)?)?;
    let number = |arg: Option<String>, key: &str| match arg {
        Some(text) => text.parse::<u64>(),
        None => Ok(json[key].as_u64().unwrap_or(20)),
    };
    let replications = number(args.next(), "replications")? as usize;
    let seed = number(args.next(), "seed")?;

    let input = read(&json)?;
    let warm_up = json["warmup_intervals"].as_u64().unwrap_or(0) as usize;
    let cool_down = json["cooldown_intervals"].as_u64().unwrap_or(0) as usize;
    // Part 1 is what counts; part 0 is warming up and cooling down.
    let counted = warm_up..input.intervals - cool_down;
    let parts: Vec<u32> = (0..input.intervals)
        .map(|i| u32::from(counted.contains(&i)))
        .collect();
    let part = usize::from(parts.contains(&1));
    let result = simulate(&input, &RunPlan::quick(replications, seed, parts))?;

    println!(
        "queue,offered,sl_offered,ci,sl_net,sl_answered,sl_incl_ab,p_abandon,p_abandon_ci,p_wait,p_wait_ci,asa_s,asa_ci,mean_wait_all_s,mean_wait_ci,occupancy"
    );
    for (queue, found) in array(&json["queues"]).iter().zip(&result.queues) {
        let m = &found.parts[part];
        let mean = |definition| m.service_level(definition).map_or(f64::NAN, |e| e.mean);
        let pair = |e: Option<Estimate>| match e {
            Some(e) => format!("{:.6},{:.6}", e.mean, e.half_width.unwrap_or(f64::NAN)),
            None => "NaN,NaN".to_string(),
        };
        println!(
            "{},{:.3},{},{:.6},{:.6},{:.6},{},{},{},{},{:.6}",
            queue["name"].as_str().unwrap_or("?"),
            m.offered(),
            pair(m.service_level(ServiceLevel::Offered)),
            mean(ServiceLevel::Net),
            mean(ServiceLevel::Answered),
            mean(ServiceLevel::InclAbandoned),
            pair(m.abandoned_share()),
            pair(m.delayed_share()),
            pair(m.asa_s()),
            pair(m.mean_wait_s()),
            found.occupancy_of_parts[part].share().unwrap_or(f64::NAN),
        );
    }
    let all = &result.occupancy_of_parts[part];
    println!("all,,,,,,,,,,,,,,,{:.6}", all.share().unwrap_or(f64::NAN));
    Ok(())
}

fn read(json: &Value) -> Fallible<SimulationInput> {
    let queues = array(&json["queues"]);
    let intervals = queues
        .iter()
        .map(|q| array(&q["arrivals"]).len())
        .max()
        .unwrap_or(0);
    let names: Vec<&str> = queues
        .iter()
        .map(|q| q["name"].as_str().unwrap_or(""))
        .collect();
    let mut agents = Vec::new();
    for a in array(&json["agents"]) {
        for _ in 0..a["count"].as_u64().unwrap_or(1) {
            agents.push(agent(a, &names, agents.len() as u64)?);
        }
    }
    Ok(SimulationInput {
        interval_s: json["interval_s"].as_f64().ok_or("no interval_s")?,
        intervals,
        day_of_interval: vec![0; intervals],
        queues: queues
            .iter()
            .map(|q| queue(q, intervals))
            .collect::<Fallible<_>>()?,
        agents,
        routing: Routing {
            contact_picks: match json["routing"]["contact_picks"].as_str() {
                Some("longest_idle") => ContactPicks::LongestIdle,
                Some("skill_priority_longest_idle") => ContactPicks::SkillPriority,
                _ => ContactPicks::FewestSkills,
            },
            agent_picks: match json["routing"]["agent_picks"].as_str() {
                Some("skill_priority") => AgentPicks::SkillPriority,
                Some("scaled_wait") => AgentPicks::ScaledWait,
                _ => AgentPicks::Oldest,
            },
        },
    })
}

fn queue(q: &Value, intervals: usize) -> Fallible<SimQueue> {
    let mut arrivals: Vec<f64> = array(&q["arrivals"])
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    arrivals.resize(intervals, 0.0);
    let by_number: Vec<f64> = array(&q["aht_by_concurrency"])
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    let handle_time = distribution(&q["aht"])?.ok_or("no aht")?;
    Ok(SimQueue {
        arrivals,
        handle_time_s: vec![handle_time.mean_s],
        handle_time_shape: handle_time.shape,
        patience: distribution(&q["patience"])?.map(|distribution| Patience {
            distribution,
            balk: q["patience"]["balk"].as_f64().unwrap_or(0.0),
        }),
        threshold_s: q["target"]["T"].as_f64().ok_or("no target.T")?,
        measure: Measure::Answer,
        kind: match q["channel"].as_str() {
            Some("chat") => Kind::Chat {
                slowdown: by_number.iter().map(|h| h / by_number[0]).collect(),
            },
            _ => Kind::Phone,
        },
        priority: q["priority"].as_u64().unwrap_or(0) as u32,
        min_idle: q["min_idle"].as_u64().unwrap_or(0) as u32,
        retry: match distribution(&q["retry"]["delay"])? {
            None => None,
            Some(delay) => Some(Retry {
                probability: q["retry"]["prob"].as_f64().ok_or("no retry.prob")?,
                delay,
            }),
        },
        busyness: q["arrival_cv"]
            .as_f64()
            .map(|cv| Busyness { cv, group: None }),
        open: None,
    })
}

fn agent(a: &Value, names: &[&str], id: u64) -> Fallible<SimAgent> {
    let queue = |name: &str| {
        names
            .iter()
            .position(|n| *n == name)
            .ok_or("a skill names no queue")
    };
    let mut skills = Vec::new();
    let mut add = |name: &str, value: Option<&Value>| -> Fallible<()> {
        let priority = value.map_or(Some(1), |v| v.as_u64().or_else(|| v["priority"].as_u64()));
        skills.push(Skill {
            queue: queue(name)?,
            priority: priority.unwrap_or(1) as u32,
            after_s: value.and_then(|v| v["after_s"].as_f64()).unwrap_or(0.0),
            speed: 1.0
                / a["speed"][name]
                    .as_f64()
                    .or(a["speed"].as_f64())
                    .unwrap_or(1.0),
        });
        Ok(())
    };
    match &a["skills"] {
        Value::Array(list) => {
            for name in list.iter().filter_map(Value::as_str) {
                add(name, None)?;
            }
        }
        Value::Object(map) => {
            for (name, value) in map {
                add(name, Some(value))?;
            }
        }
        _ => return Err("an agent without skills".into()),
    }
    let work = array(&a["shifts"])
        .iter()
        .map(|span| Some((span[0].as_f64()?, span[1].as_f64()?)))
        .collect::<Option<_>>()
        .ok_or("a shift is [start, end]")?;
    Ok(SimAgent {
        id,
        skills,
        chat_capacity: a["chat_capacity"].as_u64().unwrap_or(1) as u32,
        shifts: vec![Shift { number: 0, work }],
        shrinkage: None,
    })
}

fn distribution(d: &Value) -> Fallible<Option<Distribution>> {
    let number = |key: &str| {
        d[key]
            .as_f64()
            .ok_or_else(|| format!("a distribution without {key}"))
    };
    let shape = match d["dist"].as_str() {
        None | Some("inf" | "none") => return Ok(None),
        Some("exp") => Shape::Exponential,
        Some("det") => Shape::Deterministic,
        Some("lognormal") => Shape::LogNormal { cv: number("cv")? },
        Some("gamma") => Shape::Gamma { cv: number("cv")? },
        Some("weibull") => Shape::Weibull {
            shape: number("shape")?,
        },
        Some("hyperexp2") => Shape::HyperExponential { cv: number("cv")? },
        Some(other) => return Err(format!("unknown distribution {other}").into()),
    };
    Ok(Some(Distribution {
        mean_s: number("mean")?,
        shape,
    }))
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}
