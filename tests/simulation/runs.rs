//! Runs of many replications: threads, stopping, levels of detail, and what is refused.

use std::cell::Cell;

use followsun::simulation::{
    Detail, Level, Prepared, Routing, RunPlan, ServiceLevel, SimulationError, SimulationInput,
    Stop, run, simulate,
};

use crate::case::{agent, phone, skill};

fn centre() -> SimulationInput {
    let mut agents: Vec<_> = (0..6)
        .map(|id| agent(id, vec![skill(0), skill(1)], &[(0.0, 14_400.0)]))
        .collect();
    agents.extend((6..10).map(|id| agent(id, vec![skill(1)], &[(1800.0, 16_000.0)])));
    agents.iter_mut().for_each(|a| a.shrinkage = Some(0.1));
    SimulationInput {
        interval_s: 900.0,
        intervals: 16,
        day_of_interval: (0..16).map(|i| i / 8).collect(),
        queues: vec![
            phone(vec![12.0; 16], 300.0, Some(90.0), 20.0),
            phone((0..16).map(f64::from).collect(), 240.0, Some(60.0), 20.0),
        ],
        agents,
        routing: Routing::default(),
    }
}

#[test]
fn the_number_of_threads_changes_no_byte() {
    let plan = RunPlan {
        half_width: Some(0.012),
        replications_max: 500,
        ..RunPlan::fixed(20, 3)
    };
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("threads");
        pool.install(|| format!("{:?}", simulate(&centre(), &plan)))
    };
    let one = on(1);
    assert!(one.contains("NarrowEnough"));
    assert_eq!(one, on(2));
    assert_eq!(one, on(3));
}

#[test]
fn stops_when_narrow_enough_or_at_the_limit() {
    let plan = |half_width, level| RunPlan {
        half_width: Some(half_width),
        replications_max: 400,
        level,
        ..RunPlan::fixed(10, 3)
    };
    let total = simulate(&centre(), &plan(0.03, Level::Total)).expect("a sound plan");
    assert_eq!(total.stop, Stop::NarrowEnough);
    assert!(total.replications < 400);
    for queue in &total.queues {
        let level = queue
            .total
            .service_level(ServiceLevel::Offered)
            .expect("contacts");
        assert!(level.half_width.expect("replications") <= 0.03);
        assert!(level.low() < level.mean && level.mean < level.high());
    }
    let daily = simulate(&centre(), &plan(0.03, Level::Day)).expect("a sound plan");
    assert!(daily.replications > total.replications);
    let limit = simulate(&centre(), &plan(1e-6, Level::Total)).expect("a sound plan");
    assert_eq!((limit.stop, limit.replications), (Stop::Limit, 400));
}

#[test]
fn the_caller_may_stop_it() {
    let asked = Cell::new(0);
    let go_on = |done: usize| {
        asked.set(asked.get() + 1);
        done < 60
    };
    let prepared = Prepared::new(&centre()).expect("a sound case");
    let result = run(&prepared, &RunPlan::fixed(1000, 3), &go_on).expect("a sound plan");
    assert_eq!(result.stop, Stop::Cancelled);
    assert!((60..200).contains(&result.replications) && asked.get() > 1);
    // What is there is what a shorter run gives.
    let shorter =
        simulate(&centre(), &RunPlan::fixed(result.replications, 3)).expect("a sound plan");
    assert_eq!(shorter.queues, result.queues);
}

#[test]
fn parts_and_days_are_sums_of_intervals() {
    let fine = simulate(&centre(), &RunPlan::fixed(30, 3)).expect("a sound plan");
    let parts: Vec<u32> = (0..16).map(|i| i % 4 / 2).collect();
    let coarse = simulate(&centre(), &RunPlan::quick(30, 3, parts.clone())).expect("a sound plan");
    for (fine, coarse) in fine.queues.iter().zip(&coarse.queues) {
        for part in 0..2 {
            let sum: f64 = (0..16)
                .filter(|&i| parts[i] == part)
                .map(|i| fine.parts[i].in_time())
                .sum();
            assert!((sum - coarse.parts[part as usize].in_time()).abs() < 1e-9);
        }
        // Waits are added in another order there, so only counts agree to the last digit.
        assert_eq!(
            fine.total.service_level(ServiceLevel::Net),
            coarse.total.service_level(ServiceLevel::Net)
        );
        assert_eq!(fine.days.len(), 2);
        let days: f64 = fine.days.iter().map(|d| d.abandoned()).sum();
        assert!((days - fine.total.abandoned()).abs() < 1e-9);
        assert!((fine.occupancy.busy_s - coarse.occupancy.busy_s).abs() < 1e-3);
    }
    // Service levels are ordered as their definitions say.
    let total = &fine.queues[0].total;
    let level = |definition| total.service_level(definition).expect("contacts").mean;
    assert!(level(ServiceLevel::Offered) < level(ServiceLevel::Net));
    assert!(level(ServiceLevel::Net) < level(ServiceLevel::Answered));
    assert!(level(ServiceLevel::Offered) < level(ServiceLevel::InclAbandoned));
}

#[test]
fn half_widths_are_those_of_a_confidence_interval() {
    // Of 200 intervals from 20 replications each, about 95 % hold the value of a long run.
    let truth = simulate(&centre(), &RunPlan::fixed(4000, 999)).expect("a sound plan");
    let truth = truth.queues[0]
        .total
        .service_level(ServiceLevel::Offered)
        .expect("contacts")
        .mean;
    let held = (0..200)
        .filter(|&seed| {
            let result = simulate(&centre(), &RunPlan::fixed(20, seed)).expect("a sound plan");
            let level = result.queues[0]
                .total
                .service_level(ServiceLevel::Offered)
                .expect("contacts");
            level.low() <= truth && truth <= level.high()
        })
        .count();
    assert!((178..=198).contains(&held), "{held} of 200");
}

#[test]
fn nothing_to_do_is_no_trouble() {
    let mut input = centre();
    input.agents.clear();
    let result = simulate(&input, &RunPlan::fixed(2, 1)).expect("nobody works");
    assert_eq!(
        result.queues[0].total.abandoned(),
        result.queues[0].total.offered()
    );
    assert_eq!(result.occupancy.share(), None);
    input.queues.clear();
    assert!(
        simulate(&input, &RunPlan::fixed(2, 1))
            .expect("nothing at all")
            .queues
            .is_empty()
    );
    let mut input = centre();
    input.queues[0].arrivals = vec![0.0; 16];
    let result = simulate(&input, &RunPlan::fixed(2, 1)).expect("an empty queue");
    assert_eq!(
        result.queues[0].total.service_level(ServiceLevel::Offered),
        None
    );
}

#[test]
fn unsound_inputs_are_refused() {
    let plan = RunPlan::fixed(1, 1);
    let refused = |change: &dyn Fn(&mut SimulationInput)| {
        let mut input = centre();
        change(&mut input);
        simulate(&input, &plan).expect_err("unsound")
    };
    assert_eq!(refused(&|i| i.interval_s = 0.0), SimulationError::Horizon);
    assert!(matches!(
        refused(&|i| i.queues[1].arrivals.truncate(3)),
        SimulationError::Length { found: 3, .. }
    ));
    assert!(matches!(
        refused(&|i| i.day_of_interval.clear()),
        SimulationError::Length { .. }
    ));
    assert!(matches!(
        refused(&|i| i.queues[1].arrivals[0] = f64::NAN),
        SimulationError::Queue { queue: 1, .. }
    ));
    assert!(matches!(
        refused(&|i| i.queues[0].threshold_s = -1.0),
        SimulationError::Queue { queue: 0, .. }
    ));
    assert!(matches!(
        refused(&|i| i.agents[2].skills[0].queue = 9),
        SimulationError::Agent { agent: 2, .. }
    ));
    assert!(matches!(
        refused(&|i| i.agents[2].id = 3),
        SimulationError::Agent { .. }
    ));
    assert!(matches!(
        refused(&|i| i.agents[0].shifts[0].work[0] = (5.0, 5.0)),
        SimulationError::Agent { .. }
    ));
    assert!(matches!(
        refused(&|i| i.agents[0].chat_capacity = 0),
        SimulationError::Agent { .. }
    ));
    assert!(matches!(
        simulate(&centre(), &RunPlan::fixed(0, 1)),
        Err(SimulationError::Plan(_))
    ));
    let parts = RunPlan {
        detail: Detail::Parts(vec![99; 16]),
        ..plan.clone()
    };
    assert!(matches!(
        simulate(&centre(), &parts),
        Err(SimulationError::Plan(_))
    ));
}
