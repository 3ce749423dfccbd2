//! The column engine against enumeration, and the same answer on any number of threads.

use followsun::roster::columns::pricers::days::{DayPricer, DayRules, ShiftType};
use followsun::roster::columns::{
    Ask, Care, Cell, Column, CoverCost, Group, Pricer, Problem, Solution, Stretch, solve,
};
use followsun::roster::{Ended, Limits, NoClock};
use proptest::prelude::*;

/// A person's rules, written down for the count by hand.
#[derive(Debug, Clone)]
struct Case {
    days: usize,
    people: Vec<DayRules>,
    need: Vec<u32>,
}

const TYPES: usize = 2;

fn rules(
    days: usize,
    most_late: u32,
    least: u32,
    min_run: usize,
    wish: (usize, usize, f64),
    off: usize,
) -> DayRules {
    let mut off_cost = vec![0.0; days];
    let mut work_cost = vec![0.0; days * TYPES];
    let (day, kind, weight) = (wish.0 % days, wish.1, wish.2);
    off_cost[day] += weight;
    work_cost[day * TYPES + 1 - kind] += weight;
    DayRules {
        types: vec![
            ShiftType {
                minutes: 480,
                not_next: vec![],
            },
            ShiftType {
                minutes: 600,
                not_next: vec![0],
            },
        ],
        most: vec![days as u32, most_late],
        minutes: (least * 480, (least + 2) * 480),
        max_run: 3,
        min_run,
        min_off: 2,
        max_weekends: (days as u32 / 3).max(2) - 1,
        weekend: (0..days)
            .map(|day| (day % 3 > 0).then_some((day / 3) as u32))
            .collect(),
        off: (0..days).map(|day| day == off).collect(),
        off_cost,
        work_cost,
        cells: (0..(days * TYPES) as u32).collect(),
        period: (0..days as u32).collect(),
    }
}

/// Every rule, checked one by one on a grid row.
fn allowed(rules: &DayRules, row: &[Option<usize>]) -> bool {
    let days = row.len();
    let minutes: u32 = row.iter().flatten().map(|&t| rules.types[t].minutes).sum();
    let mut fine = (rules.minutes.0..=rules.minutes.1).contains(&minutes);
    fine &= (0..TYPES)
        .all(|t| row.iter().filter(|kind| **kind == Some(t)).count() as u32 <= rules.most[t]);
    fine &= (0..days).all(|day| !rules.off[day] || row[day].is_none());
    fine &= row.windows(2).all(|pair| match (pair[0], pair[1]) {
        (Some(a), Some(b)) => !rules.types[a].not_next.contains(&b),
        _ => true,
    });
    let mut weekends: Vec<u32> = (0..days)
        .filter(|&day| row[day].is_some())
        .filter_map(|day| rules.weekend[day])
        .collect();
    weekends.dedup();
    fine &= weekends.len() as u32 <= rules.max_weekends;
    let mut first = 0;
    for day in 1..=days {
        if day < days && row[day].is_some() == row[first].is_some() {
            continue;
        }
        let (length, edge) = (day - first, first == 0 || day == days);
        fine &= match row[first] {
            Some(_) => length <= rules.max_run && (edge || length >= rules.min_run),
            None => edge || length >= rules.min_off,
        };
        first = day;
    }
    fine
}

fn rows(days: usize) -> Vec<Vec<Option<usize>>> {
    let mut all = vec![vec![]];
    for _ in 0..days {
        all = all
            .into_iter()
            .flat_map(|row| [None, Some(0), Some(1)].map(|kind| [row.clone(), vec![kind]].concat()))
            .collect();
    }
    all
}

fn own_cost(rules: &DayRules, row: &[Option<usize>]) -> f64 {
    row.iter()
        .enumerate()
        .map(|(day, kind)| kind.map_or(rules.off_cost[day], |t| rules.work_cost[day * TYPES + t]))
        .sum()
}

fn cells(row: &[Option<usize>]) -> Vec<u32> {
    row.iter()
        .enumerate()
        .filter_map(|(day, kind)| kind.map(|t| (day * TYPES + t) as u32))
        .collect()
}

fn problem(case: &Case) -> Problem<'static> {
    Problem {
        cells: case
            .need
            .iter()
            .enumerate()
            .map(|(cell, &need)| Cell {
                cost: CoverCost::band(need, 10.0, 3.0),
                period: (cell / TYPES) as u32,
            })
            .collect(),
        groups: case
            .people
            .iter()
            .map(|rules| Group {
                people: 1,
                pricer: Box::new(DayPricer::new(rules.clone())) as Box<_>,
            })
            .collect(),
        whole_tour_costs: true,
    }
}

fn cover_cost(case: &Case, tours: &[Vec<u32>]) -> f64 {
    (case.need.iter().enumerate())
        .map(|(cell, &need)| {
            let here = tours
                .iter()
                .filter(|cells| cells.contains(&(cell as u32)))
                .count() as f64;
            10.0 * (f64::from(need) - here).max(0.0) + 3.0 * (here - f64::from(need)).max(0.0)
        })
        .sum()
}

/// The cheapest roster by trying all.
fn best_by_trying(case: &Case) -> Option<f64> {
    let all = rows(case.days);
    let mut partial: Vec<(f64, Vec<Vec<u32>>)> = vec![(0.0, Vec::new())];
    for rules in &case.people {
        let own: Vec<(f64, Vec<u32>)> = all
            .iter()
            .filter(|row| allowed(rules, row))
            .map(|row| (own_cost(rules, row), cells(row)))
            .collect();
        partial = partial
            .into_iter()
            .flat_map(|(cost, tours)| {
                own.iter()
                    .map(move |(more, cells)| {
                        (cost + more, [tours.clone(), vec![cells.clone()]].concat())
                    })
                    .collect::<Vec<_>>()
            })
            .collect();
    }
    partial
        .into_iter()
        .map(|(cost, tours)| cost + cover_cost(case, &tours))
        .min_by(f64::total_cmp)
}

fn checked(case: &Case, solution: &Solution) -> f64 {
    let mut own = 0.0;
    for (rules, tour) in case.people.iter().zip(&solution.tours) {
        let row: Vec<Option<usize>> = (0..case.days)
            .map(|day| (0..TYPES).find(|t| tour.cells.contains(&((day * TYPES + t) as u32))))
            .collect();
        assert!(allowed(rules, &row), "a tour breaks a rule: {row:?}");
        own += own_cost(rules, &row);
    }
    let tours: Vec<Vec<u32>> = solution
        .tours
        .iter()
        .map(|tour| tour.cells.clone())
        .collect();
    own + cover_cost(case, &tours)
}

fn case(days: usize, people: usize) -> impl Strategy<Value = Case> {
    let person = (
        1u32..3,
        1u32..3,
        1usize..3,
        (0usize..days, 0usize..TYPES, 1u32..5),
        0usize..days,
    )
        .prop_map(move |(late, least, run, wish, off)| {
            rules(
                days,
                late,
                least,
                run,
                (wish.0, wish.1, f64::from(wish.2)),
                off,
            )
        });
    (
        prop::collection::vec(person, people),
        prop::collection::vec(0u32..2, days * TYPES),
    )
        .prop_map(move |(people, need)| Case { days, people, need })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// The pricer's best tour is the best of all, its bound is no higher, and its list is complete.
    #[test]
    fn pricer_finds_the_best_tour(case in case(6, 1), values in prop::collection::vec(-4i32..12, 12)) {
        let rules = &case.people[0];
        let pricer = DayPricer::new(rules.clone());
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let worth = |row: &Vec<Option<usize>>| Column { cells: cells(row), cost: own_cost(rules, row) }.reduced(&values);
        let mut all: Vec<f64> = rows(6).iter().filter(|row| allowed(rules, row)).map(worth).collect();
        all.sort_by(f64::total_cmp);
        let ask = Ask { values: &values, below: f64::INFINITY, most: 4, care: Care::Thorough, keep: None, memory: &[] };
        let answer = pricer.price(&ask);
        prop_assert_eq!(answer.tours.is_empty(), all.is_empty());
        if let Some(best) = all.first() {
            prop_assert!((answer.tours[0].reduced(&values) - best).abs() < 1e-6);
            prop_assert!(answer.bound <= best + 1e-6 && answer.bound > best - 1e-6);
            let listed = pricer.enumerate(&Ask { below: best + 5.0, most: 10_000, ..ask.clone() }).expect("so few tours can be listed");
            prop_assert_eq!(listed.len(), all.iter().filter(|cost| **cost < best + 5.0).count());
        }
    }

    /// The best stretch of a tour, asked by itself, is the best of all tours that agree with it elsewhere.
    #[test]
    fn a_stretch_is_the_best_beside_the_rest(
        case in case(10, 1), values in prop::collection::vec(-4i32..12, 20), pick in 0usize..10_000, from in 0usize..9, length in 1usize..5,
    ) {
        let rules = &case.people[0];
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let all: Vec<_> = rows(10).into_iter().filter(|row| allowed(rules, row)).collect();
        prop_assume!(!all.is_empty());
        let row = &all[pick % all.len()];
        let to = (from + length).min(10);
        let free: Vec<bool> = (0..10).map(|day| (from..to).contains(&day)).collect();
        let elsewhere = |other: &Vec<Option<usize>>| (0..10).all(|day| free[day] || other[day] == row[day]);
        let worth = |row: &Vec<Option<usize>>| Column { cells: cells(row), cost: own_cost(rules, row) }.reduced(&values);
        let best = all.iter().filter(|other| elsewhere(other)).map(worth).fold(f64::INFINITY, f64::min);
        let tour = Column { cells: cells(row), cost: own_cost(rules, row) };
        let first = (from * TYPES) as u32;
        let pricer = DayPricer::new(rules.clone());
        let within = pricer
            .within(&Stretch { tour: &tour, free: &free, first_cell: first, first_period: from as u32, share: (0, 1) })
            .expect("tours of days can be cut");
        let small = &values[from * TYPES..to * TYPES];
        let ask = Ask { values: small, below: f64::INFINITY, most: 2, care: Care::Thorough, keep: None, memory: &[] };
        let found = within.pricer.price(&ask).tours[0].reduced(small);
        prop_assert!((worth(row) - within.now.reduced(small) + found - best).abs() < 1e-6);
        // The same question, asked of the whole.
        let kept = Ask { values: &values, keep: Some((&tour, &free)), ..ask };
        let found = pricer.price(&kept).tours[0].reduced(&values);
        prop_assert!((found - best).abs() < 1e-6, "{} is not the best beside the rest, {}", found, best);
    }

    /// On small cases the engine ends with the optimum and never with a bound above it.
    #[test]
    fn small_rosters_are_optimal(case in case(5, 2)) {
        let Some(best) = best_by_trying(&case) else { return Ok(()) };
        let solution = solve(&problem(&case), &Limits { gap: 0.0, effort: Some(30), seed: 3, ascent_steps: None }, &NoClock).expect("a roster exists");
        let cost = checked(&case, &solution);
        prop_assert!((cost - solution.cost).abs() < 1e-6);
        prop_assert!((cost - best).abs() < 1e-6, "{} is not the best, {}", cost, best);
        prop_assert!(solution.bound <= best + 1e-6);
    }

    /// Generate, solve, count again: larger cases keep every rule, and the bound stays below the cost.
    #[test]
    fn larger_rosters_keep_the_rules(case in case(14, 5)) {
        let Ok(solution) = solve(&problem(&case), &Limits { gap: 0.0, effort: Some(3), seed: 5, ascent_steps: None }, &NoClock) else { return Ok(()) };
        let cost = checked(&case, &solution);
        prop_assert!((cost - solution.cost).abs() < 1e-6);
        prop_assert!(solution.bound <= cost + 1e-6);
        prop_assert!(solution.ended != Ended::Stopped);
    }
}

/// Who may work each of thirty types of shift but a few times has tours that keep every one of these limits, however much a shift of one type is worth.
#[test]
fn limits_on_many_types_are_all_kept() {
    let (days, types) = (21, 30);
    let favoured = types - 1;
    let rules = DayRules {
        types: vec![
            ShiftType {
                minutes: 480,
                not_next: vec![],
            };
            types
        ],
        most: (0..types)
            .map(|t| if t == favoured { 3 } else { 1 })
            .collect(),
        minutes: (0, 21 * 480),
        max_run: days,
        min_run: 1,
        min_off: 1,
        max_weekends: 3,
        weekend: (0..days)
            .map(|day| (day % 7 >= 5).then_some(day as u32 / 7))
            .collect(),
        off: vec![false; days],
        off_cost: vec![0.0; days],
        work_cost: vec![0.0; days * types],
        cells: (0..(days * types) as u32).collect(),
        period: (0..days as u32).collect(),
    };
    let values: Vec<f64> = (0..days * types)
        .map(|cell| if cell % types == favoured { 10.0 } else { 1.0 })
        .collect();
    let pricer = DayPricer::new(rules);
    for care in [Care::Quick, Care::Thorough] {
        let answer = pricer.price(&Ask {
            values: &values,
            below: f64::INFINITY,
            most: 3,
            care,
            keep: None,
            memory: &[],
        });
        assert!(!answer.tours.is_empty(), "{care:?}");
        for tour in &answer.tours {
            let times = |t: usize| {
                (tour
                    .cells
                    .iter()
                    .filter(|&&cell| cell as usize % types == t))
                .count()
            };
            assert!(
                (0..favoured).all(|t| times(t) <= 1) && times(favoured) <= 3,
                "{care:?}"
            );
            assert!(answer.bound <= tour.reduced(&values) + 1e-6);
        }
    }
}

/// Same seed and effort, same roster, whatever the number of threads.
#[test]
fn threads_do_not_change_the_roster() {
    let people = (0..8)
        .map(|i| rules(14, 3, 4, 1 + i % 2, (i, i % 2, 2.0), 13 - i))
        .collect();
    let case = Case {
        days: 14,
        people,
        need: (0..28).map(|cell| 1 + (cell % 3 == 0) as u32).collect(),
    };
    let solved = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .expect("a thread pool");
        pool.install(|| {
            solve(
                &problem(&case),
                &Limits {
                    gap: 0.0,
                    effort: Some(4),
                    seed: 9,
                    ascent_steps: None,
                },
                &NoClock,
            )
            .expect("a roster exists")
        })
    };
    let (one, two) = (solved(1), solved(2));
    assert_eq!(one.tours, two.tours);
    assert_eq!(
        (one.cost, one.bound, one.values),
        (two.cost, two.bound, two.values)
    );
}

/// Somebody who can keep no rule is named.
#[test]
fn impossible_people_are_named() {
    let case = Case {
        days: 5,
        people: vec![
            rules(5, 2, 2, 1, (0, 0, 1.0), 0),
            rules(5, 0, 5, 1, (0, 0, 1.0), 0),
        ],
        need: vec![1; 10],
    };
    match solve(
        &problem(&case),
        &Limits {
            gap: 0.0,
            effort: Some(1),
            seed: 1,
            ascent_steps: None,
        },
        &NoClock,
    ) {
        Err(followsun::roster::columns::Failure::Impossible(found)) => {
            assert_eq!(found.groups, vec![1])
        }
        other => panic!("expected an impossible group, got {other:?}"),
    }
}
