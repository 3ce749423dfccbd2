use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::roster::engine::lp::Program;
use crate::roster::problem::{Pool, QueueDemand, ServiceDemand, WorkUnit};

const SLOTS: usize = 3;
/// Queues of each pool.
const POOLS: [&[usize]; 4] = [&[0, 1], &[1, 2], &[2], &[0]];

/// Two live queues and a deferred one, with pools that overlap in a chain, each of one speed.
fn model(worths: &[f64], speeds: [f64; 4]) -> ServiceModel {
    let falling = |from: &[f64]| -> Arc<[f64]> {
        let mut worth = from.to_vec();
        worth.sort_by(|a, b| b.total_cmp(a));
        worth.into()
    };
    let live = |from: &[f64]| QueueDemand::Live {
        worth: vec![falling(from); SLOTS],
    };
    let unit = |release: u32, worth: f64| WorkUnit {
        release,
        due: SLOTS as u32,
        worth,
    };
    let units = vec![unit(0, worths[6]), unit(0, worths[7]), unit(1, worths[8])];
    let pool = |number: usize| Pool {
        skills: (POOLS[number].iter())
            .map(|&queue| (queue, speeds[number]))
            .collect(),
    };
    ServiceModel::of(
        SLOTS,
        12,
        &[0, 1, 2, 3].map(pool),
        &ServiceDemand {
            queues: vec![
                live(&worths[..3]),
                live(&worths[3..6]),
                QueueDemand::Deferred { units },
            ],
        },
    )
}

fn snapshot(model: &ServiceModel, state: &mut ServiceState) -> (Vec<f64>, Vec<Vec<f64>>) {
    let cells = (0..SLOTS).flat_map(|slot| (0..model.queues).map(move |queue| (queue, slot)));
    let values = cells
        .map(|(queue, slot)| {
            vec![
                state.level(queue, slot),
                state.gain_at(model, queue, slot),
                state.gain_by_piece(model, queue, slot),
                state.loss_by_piece(model, queue, slot),
            ]
        })
        .collect();
    (vec![state.lost], values)
}

proptest! {
    /// What is told of one more or one fewer is what happens, and a transaction that is taken back leaves nothing behind.
    #[test]
    fn gains_and_losses_come_true(
        worths in proptest::collection::vec(0.0..100.0f64, 9),
        people in proptest::collection::vec((0..4usize, 0..SLOTS), 1..12),
        (moved, to) in (0..3u32, 1..SLOTS as u32),
    ) {
        let model = model(&worths, [1.0; 4]);
        let mut state = model.empty(|_, _, unit| unit.release);
        for &(pool, slot) in &people {
            let (told, before) = (state.gain_of(&model, pool, slot), state.lost);
            state.add(&model, pool, slot);
            prop_assert!((before - state.lost - told).abs() < 1e-6);
        }
        for &(pool, slot) in &people {
            let kept = snapshot(&model, &mut state);
            state.begin(&model);
            let (told, before) = (state.loss_of(&model, pool, slot), state.lost);
            state.remove(&model, pool, slot);
            prop_assert!((state.lost - before - told).abs() < 1e-6);
            state.move_unit(&model, 2, moved, to);
            state.rollback(&model);
            prop_assert_eq!(&kept, &snapshot(&model, &mut state));
        }
    }

    /// Where each pool has its own speed, time is dealt out nearly as well as a linear program does it, and nothing is left behind by what is taken back.
    #[test]
    fn people_of_other_speeds_are_dealt_out_best(
        worths in proptest::collection::vec(0.0..100.0f64, 9),
        speeds in proptest::array::uniform4(0.6..1.3f64),
        people in proptest::collection::vec((0..4usize, 0..SLOTS), 1..12),
        leavers in 0..4usize,
    ) {
        let model = model(&worths, speeds);
        let mut state = model.empty(|_, _, unit| unit.release);
        for &(pool, slot) in &people {
            state.add(&model, pool, slot);
        }
        let kept = snapshot(&model, &mut state);
        state.begin(&model);
        for &(pool, slot) in people.iter().take(leavers) {
            state.remove(&model, pool, slot);
        }
        let there = &people[leavers.min(people.len())..];
        let best = best_service(&model, &state, there, speeds);
        let served = model.everything - state.lost;
        prop_assert!(served <= best + 1e-6, "{served} is more than can be: {best}");
        prop_assert!(served >= best - WORTH_OF_GRAINS, "{served} of {best}");
        state.rollback(&model);
        prop_assert_eq!(&kept, &snapshot(&model, &mut state));
    }
}

/// An agent of speed 0.9 answers at a live queue, where the first is worth 10; in the time of one two pieces of other work could be done, and there is one,
/// worth 3. Half an agent's time is enough for it, and half of the one who answers would be missed at 10 an agent.
#[test]
fn a_piece_takes_its_part_of_an_agents_time() {
    let unit = WorkUnit {
        release: 0,
        due: 1,
        worth: 3.0,
    };
    let service = ServiceDemand {
        queues: vec![
            QueueDemand::Live {
                worth: vec![vec![10.0, 4.0].into()],
            },
            QueueDemand::Deferred { units: vec![unit] },
        ],
    };
    let pool = Pool {
        skills: vec![(0, 0.9), (1, 1.8)],
    };
    let model = ServiceModel::of(1, 1, &[pool], &service);
    let mut state = model.empty(|_, _, unit| unit.release);
    state.add(&model, 0, 0);
    assert!((state.gain_by_piece(&model, 1, 0) - 3.0).abs() < 1e-9);
    assert!((state.loss_by_piece(&model, 1, 0) - 5.0).abs() < 1e-9);
}

#[test]
fn the_longest_wait_is_that_of_any_unit() {
    let unit = |due: u32| WorkUnit {
        release: 0,
        due,
        worth: 1.0,
    };
    let units = vec![unit(1), unit(3), unit(2)];
    let service = ServiceDemand {
        queues: vec![QueueDemand::Deferred { units }],
    };
    let pool = Pool {
        skills: vec![(0, 1.0)],
    };
    assert_eq!(ServiceModel::of(4, 1, &[pool], &service).longest_wait(0), 2);
}

/// What may be lost where levels miss whole agents by parts of a grain: six grains in all, worth at most 100 an agent.
const WORTH_OF_GRAINS: f64 = 6.0 * 100.0 / 64.0;

/// What these people can serve at most, by a linear program.
fn best_service(
    model: &ServiceModel,
    state: &ServiceState,
    people: &[(usize, usize)],
    speeds: [f64; 4],
) -> f64 {
    let mut program = Program::new().expect("a program");
    for slot in 0..SLOTS {
        let mut supplied = Vec::new();
        for queue in 0..model.queues {
            let row = program.add_row(0.0, f64::INFINITY).expect("a row");
            for agent in 0..3 {
                let worth = state.nth_worth(model, queue, slot, agent);
                let step = program.add_column(-worth, 1.0, &[row], &[-1.0]);
                step.expect("a column");
            }
            supplied.push(row);
        }
        for (pool, queues) in POOLS.iter().enumerate() {
            let there = people.iter().filter(|who| **who == (pool, slot)).count();
            let time = program.add_row(0.0, there as f64).expect("a row");
            for &queue in *queues {
                let rows = [supplied[queue], time];
                let part = program.add_column(0.0, f64::INFINITY, &rows, &[speeds[pool], 1.0]);
                part.expect("a column");
            }
        }
    }
    -program
        .solve()
        .expect("nobody serving is allowed")
        .objective
}
