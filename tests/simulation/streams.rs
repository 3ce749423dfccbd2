//! Common random numbers: what belongs to a contact stays with it.

use followsun::simulation::{
    Busyness, ContactRecord, Outcome, Routing, RunPlan, SimulationInput, replay, simulate,
};

use crate::case::{agent, phone, skill};

fn centre(agents: usize) -> SimulationInput {
    let mut second = phone(vec![30.0; 8], 240.0, Some(60.0), 20.0);
    second.retry = Some(followsun::simulation::Retry {
        probability: 0.5,
        delay: crate::case::exponential(120.0),
    });
    SimulationInput {
        interval_s: 900.0,
        intervals: 8,
        day_of_interval: vec![0; 8],
        queues: vec![phone(vec![40.0; 8], 300.0, Some(90.0), 20.0), second],
        agents: (0..agents as u64)
            .map(|id| agent(id, vec![skill(0), skill(1)], &[(0.0, 7200.0)]))
            .collect(),
        routing: Routing::default(),
    }
}

fn first_attempts(records: &[ContactRecord], queue: usize) -> Vec<&ContactRecord> {
    records
        .iter()
        .filter(|r| r.queue == queue && r.attempt == 0)
        .collect()
}

#[test]
fn the_roster_changes_nothing_about_a_contact() {
    let few = replay(&centre(15), 5, 3).expect("a sound case");
    let many = replay(&centre(19), 5, 3).expect("a sound case");
    let (mut same_work, mut same_patience) = (0, 0);
    for queue in 0..2 {
        let (a, b) = (first_attempts(&few, queue), first_attempts(&many, queue));
        assert_eq!(a.len(), b.len());
        for (a, b) in a.iter().zip(&b) {
            assert_eq!(a.arrived_s, b.arrived_s);
        }
    }
    // Retrials too: the same attempt has the same work and patience, whenever it is made.
    for a in &few {
        let key = |r: &ContactRecord| (r.queue, r.number, r.attempt);
        let Some(b) = many.iter().find(|b| key(b) == key(a)) else {
            continue;
        };
        match (a.outcome, b.outcome) {
            (
                Outcome::Answered {
                    from_s, until_s, ..
                },
                Outcome::Answered {
                    from_s: from,
                    until_s: until,
                    ..
                },
            ) => {
                assert!(((until_s - from_s) - (until - from)).abs() < 1e-6);
                same_work += 1;
            }
            (Outcome::Abandoned { at_s }, Outcome::Abandoned { at_s: at }) => {
                assert!(((at_s - a.arrived_s) - (at - b.arrived_s)).abs() < 1e-6);
                same_patience += 1;
            }
            _ => {}
        }
    }
    assert!(
        same_work > 200 && same_patience > 20,
        "{same_work} {same_patience}"
    );
}

#[test]
fn one_queue_changes_nothing_about_another() {
    let mut input = centre(15);
    let before = replay(&input, 5, 0).expect("a sound case");
    input.queues[1].arrivals = vec![80.0; 8];
    let after = replay(&input, 5, 0).expect("a sound case");
    let arrivals = |records: &[ContactRecord], queue| -> Vec<f64> {
        first_attempts(records, queue)
            .iter()
            .map(|r| r.arrived_s)
            .collect()
    };
    assert_eq!(arrivals(&before, 0), arrivals(&after, 0));
    assert_ne!(arrivals(&before, 1), arrivals(&after, 1));
}

#[test]
fn replications_seeds_and_queues_differ() {
    let arrivals = |seed, replication, queue| -> Vec<f64> {
        let records = replay(&centre(15), seed, replication).expect("a sound case");
        first_attempts(&records, queue)
            .iter()
            .map(|r| r.arrived_s)
            .collect()
    };
    assert_eq!(arrivals(5, 0, 0), arrivals(5, 0, 0));
    assert_ne!(arrivals(5, 0, 0), arrivals(5, 1, 0));
    assert_ne!(arrivals(5, 0, 0), arrivals(6, 0, 0));
    assert_ne!(arrivals(5, 0, 0)[..20], arrivals(5, 0, 1)[..20]);
}

/// A missed shift is tied to the person and the shift, not to who else is there.
#[test]
fn a_new_colleague_changes_nobodys_missed_shifts() {
    let mut input = centre(6);
    for a in &mut input.agents {
        a.shrinkage = Some(0.4);
    }
    let workers = |input: &SimulationInput, replication| -> Vec<u64> {
        let records = replay(input, 5, replication).expect("a sound case");
        let mut ids: Vec<u64> = records
            .iter()
            .filter_map(|r| match r.outcome {
                Outcome::Answered { agent, .. } => Some(input.agents[agent].id),
                _ => None,
            })
            .collect();
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| *id < 100);
        ids
    };
    for replication in 0..10 {
        let before = workers(&input, replication);
        let mut larger = input.clone();
        larger
            .agents
            .insert(0, agent(100, vec![skill(0)], &[(0.0, 7200.0)]));
        larger
            .agents
            .push(agent(101, vec![skill(1)], &[(0.0, 7200.0)]));
        assert_eq!(before, workers(&larger, replication));
    }
}

/// Busy days have mean 1 and the asked scatter; queues of a group share them, others do not.
#[test]
fn busy_days() {
    let day = |cv, group| {
        let mut queue = phone(vec![2000.0; 2], 10.0, None, 20.0);
        queue.busyness = Some(Busyness { cv, group });
        queue
    };
    let input = SimulationInput {
        interval_s: 86_400.0,
        intervals: 2,
        day_of_interval: vec![0, 1],
        queues: vec![
            day(0.2, Some(4)),
            day(0.1, Some(4)),
            day(0.2, None),
            day(0.2, None),
        ],
        agents: Vec::new(),
        routing: Routing::default(),
    };
    let days = 400;
    let mut contacts = vec![Vec::new(); 5];
    for seed in 0..days {
        let result = simulate(&input, &RunPlan::fixed(1, seed)).expect("a sound case");
        for (queue, found) in result.queues.iter().enumerate() {
            contacts[queue].push(found.days[0].offered() / 2000.0);
        }
        contacts[4].push(result.queues[0].days[1].offered() / 2000.0);
    }
    let mean = |x: &[f64]| x.iter().sum::<f64>() / x.len() as f64;
    let covariance = |x: &[f64], y: &[f64]| {
        let products: Vec<f64> = x
            .iter()
            .zip(y)
            .map(|(a, b)| (a - mean(x)) * (b - mean(y)))
            .collect();
        mean(&products)
    };
    let sd = |x: &[f64]| covariance(x, x).sqrt();
    let correlation = |x: &[f64], y: &[f64]| covariance(x, y) / sd(x) / sd(y);
    for (queue, cv) in [(0, 0.2), (1, 0.1), (2, 0.2)] {
        let x = &contacts[queue];
        assert!((mean(x) - 1.0).abs() < 0.035, "{}", mean(x));
        // Poisson scatter of 2,000 contacts comes on top.
        let wanted: f64 = (cv * cv + 1.0 / 2000.0f64).sqrt();
        assert!((sd(x) / wanted - 1.0).abs() < 0.12, "{} {wanted}", sd(x));
    }
    assert!(correlation(&contacts[0], &contacts[1]) > 0.95);
    assert!(correlation(&contacts[0], &contacts[2]).abs() < 0.2);
    assert!(correlation(&contacts[2], &contacts[3]).abs() < 0.2);
    assert!(correlation(&contacts[0], &contacts[4]).abs() < 0.2);
}
