//! Small cases with a known course.

use followsun::simulation::{
    Kind, Measure, Retry, Routing, RunPlan, Shape, SimulationInput, replay, simulate,
};

use crate::case::{agent, exponential, phone, skill};
use crate::diary::{left, work_of};

/// What began before the end of the shift is finished after it, and nothing new is begun.
#[test]
fn a_shift_ends_after_the_contact_in_hand() {
    let mut queue = phone(vec![60.0; 4], 600.0, None, 20.0);
    queue.handle_time_shape = Shape::Deterministic;
    let input = SimulationInput {
        interval_s: 900.0,
        intervals: 4,
        day_of_interval: vec![0; 4],
        queues: vec![queue],
        agents: vec![agent(0, vec![skill(0)], &[(0.0, 1500.0)])],
        routing: Routing::default(),
    };
    let records = replay(&input, 3, 0).expect("a sound case");
    let work = work_of(0, &records);
    assert_eq!(work.len(), 3);
    assert!(work[2].2 > 1500.0 && (work[2].2 - work[2].1 - 600.0).abs() < 1e-9);
    let result = simulate(&input, &RunPlan::fixed(1, 3)).expect("a sound case");
    assert!((result.occupancy.staffed_s - work[2].2).abs() < 1e-6);
}

/// The threshold of a deferred queue counts open hours only, up to completion.
#[test]
fn deferred_work_is_measured_on_its_own_clock() {
    let mut queue = phone(vec![0.0, 30.0, 0.0, 0.0], 60.0, None, 1000.0);
    queue.handle_time_shape = Shape::Deterministic;
    queue.kind = Kind::Deferred;
    queue.measure = Measure::Completion;
    queue.open = Some(vec![true, true, false, true]);
    let mut input = SimulationInput {
        interval_s: 900.0,
        intervals: 4,
        day_of_interval: vec![0; 4],
        queues: vec![queue],
        // Work begins 1800 s after the interval of arrival began, half of them closed.
        agents: (0..60)
            .map(|id| agent(id, vec![skill(0)], &[(2700.0, 3600.0)]))
            .collect(),
        routing: Routing::default(),
    };
    let level = |input: &SimulationInput| {
        let result = simulate(input, &RunPlan::fixed(20, 3)).expect("a sound case");
        let total = &result.queues[0].total;
        total.in_time() / total.offered()
    };
    // At most 900 + 60 s open.
    assert_eq!(level(&input), 1.0);
    // Handled at 2760 s: in time for arrivals with at most 540 s open before closing, six tenths of them.
    input.queues[0].threshold_s = 600.0;
    let share = level(&input);
    assert!((share - 0.6).abs() < 0.08, "{share}");
    input.queues[0].open = None;
    assert_eq!(level(&input), 0.0);
}

/// Retrials are new attempts: everybody who hangs up comes back until they are answered or the day is over.
#[test]
fn who_hangs_up_comes_back() {
    let mut queue = phone(vec![20.0; 8], 300.0, Some(30.0), 20.0);
    queue.retry = Some(Retry {
        probability: 1.0,
        delay: exponential(60.0),
    });
    let mut input = SimulationInput {
        interval_s: 900.0,
        intervals: 8,
        day_of_interval: vec![0; 8],
        queues: vec![queue],
        agents: (0..4)
            .map(|id| agent(id, vec![skill(0)], &[(0.0, 1e6)]))
            .collect(),
        routing: Routing::default(),
    };
    let records = replay(&input, 11, 0).expect("a sound case");
    let lost = records.iter().filter(|r| !left(r).1).count();
    let again = records.iter().filter(|r| r.attempt > 0).count();
    let late = records
        .iter()
        .filter(|r| !left(r).1 && left(r).0 > 6500.0)
        .count();
    assert!(
        lost > 100 && again <= lost && lost - again <= late,
        "{lost} {again} {late}"
    );
    input.queues[0].retry = None;
    let without = replay(&input, 11, 0).expect("a sound case");
    assert!(without.iter().all(|r| r.attempt == 0));
}

/// Shifts are missed as often as asked, each on its own.
#[test]
fn missed_shifts() {
    let mut input = SimulationInput {
        interval_s: 900.0,
        intervals: 4,
        day_of_interval: vec![0; 4],
        queues: vec![phone(vec![1.0; 4], 60.0, None, 20.0)],
        agents: (0..100)
            .map(|id| agent(id, vec![skill(0)], &[(0.0, 900.0), (1800.0, 2700.0)]))
            .collect(),
        routing: Routing::default(),
    };
    input
        .agents
        .iter_mut()
        .for_each(|a| a.shrinkage = Some(0.3));
    let result = simulate(&input, &RunPlan::fixed(100, 3)).expect("a sound case");
    let staffed = |i: usize| result.occupancy_of_parts[i].staffed_s / 900.0 / 10_000.0;
    assert!((staffed(0) - 0.7).abs() < 0.02, "{}", staffed(0));
    assert!((staffed(2) - 0.7).abs() < 0.02, "{}", staffed(2));
}

/// The handle time is that of the interval of arrival, divided by the agent's speed.
#[test]
fn handle_times_by_interval_and_speed() {
    let mut queue = phone(vec![3.0; 4], 0.0, None, 20.0);
    queue.handle_time_s = vec![10.0, 20.0, 30.0, 40.0];
    queue.handle_time_shape = Shape::Deterministic;
    let mut slow = skill(0);
    slow.speed = 0.8;
    let input = SimulationInput {
        interval_s: 900.0,
        intervals: 4,
        day_of_interval: vec![0; 4],
        queues: vec![queue],
        agents: (0..20)
            .map(|id| agent(id, vec![slow], &[(0.0, 1e6)]))
            .collect(),
        routing: Routing::default(),
    };
    for r in replay(&input, 3, 0).expect("a sound case") {
        let followsun::simulation::Outcome::Answered {
            from_s, until_s, ..
        } = r.outcome
        else {
            panic!("everybody is answered");
        };
        let mean = [10.0, 20.0, 30.0, 40.0][(r.arrived_s / 900.0) as usize];
        assert!((until_s - from_s - mean / 0.8).abs() < 1e-6);
    }
}
