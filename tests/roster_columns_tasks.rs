//! The pricer of shifts with tasks against trying every tour.

use followsun::roster::columns::pricers::tasks::{TaskPricer, TaskRules};
use followsun::roster::columns::{
    Ask, Care, Cell, CoverCost, Group, Pricer, Problem, Solution, solve,
};
use followsun::roster::{Ended, Limits, NoClock};
use proptest::prelude::*;

/// Days of six slots; shifts of two or three slots, stays of one or more, two slots of rest.
fn rules(worked: (usize, usize), max_run: usize, stay: usize) -> TaskRules {
    let slots = 18;
    TaskRules {
        tasks: 2,
        day: (0..slots as u32).map(|slot| slot / 6).collect(),
        starts: (0..slots).map(|slot| slot % 3 != 1).collect(),
        length: (2, 4),
        rest: 2,
        stay,
        max_run,
        worked,
    }
}

/// Least cost over all tours, by trying each task or none in each slot.
fn best(rules: &TaskRules, values: &[f64]) -> f64 {
    let mut best = if rules.worked.0 == 0 {
        0.0
    } else {
        f64::INFINITY
    };
    go(rules, values, 0, &mut Vec::new(), 0, 0.0, &mut best);
    best
}

/// Builds tours shift by shift.
fn go(
    rules: &TaskRules,
    values: &[f64],
    from: usize,
    days: &mut Vec<usize>,
    worked: usize,
    cost: f64,
    best: &mut f64,
) {
    if (rules.worked.0..=rules.worked.1).contains(&worked) {
        *best = best.min(cost);
    }
    for start in (from..rules.slots()).filter(|&start| rules.starts[start]) {
        let day = rules.day[start] as usize;
        if days.last() == Some(&day) {
            continue;
        }
        let run = (1..=days.len())
            .take_while(|back| days[days.len() - back] + back == day)
            .count();
        if run + 1 > rules.max_run {
            continue;
        }
        for length in rules.length.0..=rules.length.1.min(rules.slots() - start) {
            for code in 0..1usize << length {
                let tasks: Vec<usize> = (0..length).map(|slot| code >> slot & 1).collect();
                if tasks
                    .chunk_by(|a, b| a == b)
                    .any(|stay| stay.len() < rules.stay)
                {
                    continue;
                }
                let gain: f64 = tasks
                    .iter()
                    .enumerate()
                    .map(|(slot, &task)| values[rules.cell(start + slot, task)])
                    .sum();
                days.push(day);
                go(
                    rules,
                    values,
                    start + length + rules.rest,
                    days,
                    worked + length,
                    cost - gain,
                    best,
                );
                days.pop();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn best_tour_of_shifts(values in prop::collection::vec(-5i32..6, 36), least in 0usize..6, run in 1usize..4, stay in 1usize..3) {
        let rules = rules((least, least + 4), run, stay);
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let pricer = TaskPricer::new(rules.clone(), (0..18).map(|slot| slot / 6).collect());
        let answer = pricer.price(&Ask { values: &values, below: f64::INFINITY, most: 5, care: Care::Quick, keep: None, memory: &[] });
        let expected = best(&rules, &values);
        prop_assert_eq!(answer.tours.is_empty(), expected == f64::INFINITY);
        if let Some(tour) = answer.tours.first() {
            prop_assert!((tour.reduced(&values) - expected).abs() < 1e-6, "{} instead of {}", tour.reduced(&values), expected);
            prop_assert!(answer.bound <= expected + 1e-9 && answer.bound > expected - 1e-3);
        }
    }

    /// A tour that must keep all but one period is the same outside it.
    #[test]
    fn kept_periods_stay(values in prop::collection::vec(-5i32..6, 36), free in 0u32..3) {
        let rules = rules((2, 9), 3, 1);
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let pricer = TaskPricer::new(rules.clone(), (0..18).map(|slot| slot / 6).collect());
        let ask = Ask { values: &vec![1.0; 36], below: f64::INFINITY, most: 1, care: Care::Quick, keep: None, memory: &[] };
        let first = pricer.price(&ask).tours.remove(0);
        let outside = |cells: &[u32]| -> Vec<u32> { cells.iter().copied().filter(|cell| cell / 12 != free).collect() };
        let open: Vec<bool> = (0..3).map(|period| period == free).collect();
        let answer = pricer.price(&Ask { values: &values, keep: Some((&first, &open)), most: 3, ..ask });
        prop_assert!(!answer.tours.is_empty());
        for tour in &answer.tours {
            prop_assert_eq!(outside(&tour.cells), outside(&first.cells));
            prop_assert!(tour.reduced(&values) >= answer.bound - 1e-6);
        }
        prop_assert!(answer.tours[0].reduced(&values) <= first.reduced(&values) + 1e-9);
    }
}

/// `people` alike who work `worked` slots; `need` = cover of each cell, neither less nor (without cost) more.
fn team(people: usize, worked: (usize, usize), need: &[u32]) -> Problem<'static> {
    let period: Vec<u32> = (0..18).map(|slot| slot / 3).collect();
    let cells = (need.iter().enumerate())
        .map(|(cell, &need)| Cell {
            cost: CoverCost::squared_surplus(need, need, 50.0, people as u32),
            period: period[cell / 2],
        })
        .collect();
    let pricer = TaskPricer::new(rules(worked, 3, 1), period);
    Problem {
        cells,
        groups: vec![Group {
            people,
            pricer: Box::new(pricer),
        }],
        whole_tour_costs: true,
    }
}

fn solved(problem: &Problem, effort: u64) -> Solution {
    let limits = Limits {
        gap: 0.0,
        effort: Some(effort),
        seed: 4,
        ascent_steps: None,
    };
    solve(problem, &limits, &NoClock).expect("a roster exists")
}

/// Three people must work four slots each where eight are needed: four too many, at best one at a time. One price for all cells proves it, so no round
/// of the search is needed.
#[test]
fn surplus_that_contracts_force_is_proven() {
    let need: Vec<u32> = (0..36)
        .map(|cell| u32::from(cell < 16 && cell % 2 == 0))
        .collect();
    let solution = solved(&team(3, (4, 8), &need), 0);
    assert_eq!(
        (solution.cost, solution.bound, solution.ended),
        (4.0, 4.0, Ended::Gap)
    );
}

/// Same seed and effort, same roster, whatever the number of threads; the cost is that of its cover.
#[test]
fn threads_do_not_change_the_tours() {
    let need: Vec<u32> = (0..36).map(|cell| 1 + u32::from(cell % 7 == 0)).collect();
    let problem = team(9, (4, 9), &need);
    let with = |threads: usize| {
        let pool =
            (rayon::ThreadPoolBuilder::new().num_threads(threads).build()).expect("a thread pool");
        pool.install(|| solved(&problem, 2))
    };
    let (one, three) = (with(1), with(3));
    assert_eq!(one.tours, three.tours);
    assert_eq!((one.bound, &one.values), (three.bound, &three.values));
    let cover = |cell: usize| {
        one.tours
            .iter()
            .filter(|tour| tour.cells.contains(&(cell as u32)))
            .count() as u32
    };
    let cost: f64 = (problem.cells.iter().enumerate())
        .map(|(cell, at)| at.cost.cost(cover(cell)))
        .sum();
    assert_eq!(one.cost, cost);
    assert!(one.bound <= cost);
}

/// Costs of cover are what they say.
#[test]
fn cover_costs() {
    let band = CoverCost::band(2, 10.0, 3.0);
    assert_eq!(
        [0, 1, 2, 3, 5].map(|n| band.cost(n)),
        [20.0, 10.0, 0.0, 3.0, 9.0]
    );
    let squared = CoverCost::squared_surplus(1, 2, 100.0, 6);
    assert_eq!(
        [0, 1, 2, 3, 4, 6].map(|n| squared.cost(n)),
        [100.0, 0.0, 0.0, 1.0, 4.0, 16.0]
    );
    assert_eq!(squared.enough(0), 1);
    assert!(band.is_whole() && !CoverCost::band(1, 0.5, 1.0).is_whole());
}
