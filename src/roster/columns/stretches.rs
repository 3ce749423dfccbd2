//! Long horizons, stretch by stretch: some weeks of everybody are searched as a problem by themselves while the rest stays, then others.
//!
//! Two stretches far apart in one problem trade what a person has only once: minutes, weekends, shifts of a kind.

use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::dice::Dice;
use super::excerpt::Excerpt;
use super::lp::LpFailed;
use super::piece::Piece;
use super::problem::Problem;
use super::respond::{improve_each, marginal_values};
use super::roster::Roster;
use super::search::search;
use super::solve::{Ended, Limits, Progress, Watch};

/// Cells times people of a stretch that is searched well within seconds.
const SIZE: usize = 12_000;
/// Least periods of a stretch, as shorter ones are mostly their own margins, and most, as programs over long tours are slow.
const PERIODS: (usize, usize) = (7, 21);
/// Stretches in a horizon from which it is a long one.
const MANY: usize = 5;
/// Share of the cost below which what a sweep saves is little.
const LITTLE: f64 = 0.01;
/// Stretches searched side by side; the same on any number of threads.
const SIDE_BY_SIDE: usize = 2;

/// Periods of a stretch of everybody that is quick to search; `None` where the horizon holds but a few of them.
pub fn length_of(problem: &Problem) -> Option<usize> {
    let periods = problem.periods() as usize;
    let of_period = problem.cells.len() * problem.people() / periods.max(1);
    let length = (SIZE / of_period.max(1)).clamp(PERIODS.0, PERIODS.1);
    (periods >= MANY * length).then_some(length)
}

/// What came of a stretch.
pub struct Searched {
    /// Nothing better can be there.
    pub exhausted: bool,
    pub gain: f64,
}

/// The search of a stretch ends with the whole's, and what it reports is nobody's concern.
struct Inside<'w>(&'w dyn Watch);

impl Watch for Inside<'_> {
    fn stop(&self) -> bool {
        self.0.stop()
    }
    fn time_used(&self) -> f64 {
        0.0
    }
    fn seconds_left(&self) -> f64 {
        self.0.seconds_left()
    }
    fn report(&self, _: Progress) {}
}

/// Searches stretches of everybody side by side, those that do not touch one another, and puts what is better into the roster. `prices` get what
/// covering the free cells is worth there.
pub fn search_side_by_side(
    problem: &Problem,
    groups: &[usize],
    roster: &mut Roster,
    stretches: &[Arc<[bool]>],
    prices: &mut [f64],
    watch: &dyn Watch,
    dice: &mut Dice,
) -> Result<Vec<Searched>, LpFailed> {
    let cut = cut_apart(problem, groups, roster, stretches);
    let seeds: Vec<u64> = cut.iter().map(|_| (dice.unit() * 1e15) as u64).collect();
    let known = &prices[..];
    let found: Vec<Result<_, LpFailed>> = (cut.par_iter().zip(seeds))
        .map(|(cut, seed)| {
            let small = &cut.problem;
            let start = Roster::new(small, cut.now.clone());
            let limits = Limits {
                gap: 0.0,
                effort: Some(0),
                seed,
            };
            search(
                small,
                start,
                &[],
                Some(known[cut.cells.clone()].to_vec()),
                &limits,
                &Inside(watch),
                &mut Dice::new(seed),
            )
        })
        .collect();
    let mut searched = Vec::new();
    for (cut, found) in cut.iter().zip(found) {
        let found = found?;
        let before = roster.cost;
        let next = roster.with(problem, &cut.put_back(roster, &found.best.tours));
        if next.cost <= roster.cost + 1e-7 {
            *roster = next;
        }
        for (cell, value) in cut.cells.clone().zip(found.values) {
            if cut.free()[problem.cells[cell].period as usize] {
                prices[cell] = value;
            }
        }
        searched.push(Searched {
            exhausted: found.ended == Ended::Gap,
            gain: before - roster.cost,
        });
    }
    Ok(searched)
}

/// Everybody's stretches as problems, without those that touch one before.
fn cut_apart<'p>(
    problem: &'p Problem,
    groups: &[usize],
    roster: &Roster,
    stretches: &[Arc<[bool]>],
) -> Vec<Excerpt<'p>> {
    let cut = |free: &Arc<[bool]>, share| {
        let piece = Piece {
            people: (0..groups.len()).collect(),
            window: Some(free.clone()),
        };
        Excerpt::new(problem, groups, roster, piece, share)
    };
    let mut apart: Vec<Excerpt> = Vec::new();
    for (turn, free) in stretches.iter().enumerate() {
        let share = (turn as u32, stretches.len() as u32);
        if let Some(next) = cut(free, share)
            && apart.iter().all(|other| !next.touches(other))
        {
            apart.push(next);
        }
    }
    apart
}

/// How the stretches of a sweep are made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sweep {
    /// One after the other.
    Single,
    /// Two in one, by chance.
    Paired,
}

/// Once through the whole horizon in stretches of so many periods that follow each other, those cut by either end included; `offset` = where the
/// second one begins. False if tours cannot be cut.
#[expect(clippy::too_many_arguments)]
pub fn sweep(
    problem: &Problem,
    groups: &[usize],
    roster: &mut Roster,
    kind: Sweep,
    (length, offset): (usize, usize),
    prices: &mut [f64],
    watch: &dyn Watch,
    dice: &mut Dice,
) -> Result<bool, LpFailed> {
    let periods = problem.periods() as usize;
    for batch in turns(periods, kind, length, offset, dice).chunks(SIDE_BY_SIDE) {
        if watch.stop() {
            break;
        }
        let searched = search_side_by_side(problem, groups, roster, batch, prices, watch, dice)?;
        if searched.is_empty() {
            return Ok(false);
        }
        watch.report(Progress {
            phase: "stretches",
            cost: roster.cost,
            bound: f64::NEG_INFINITY,
        });
    }
    Ok(true)
}

/// The free periods of the stretches of a sweep, in their order.
fn turns(
    periods: usize,
    kind: Sweep,
    length: usize,
    offset: usize,
    dice: &mut Dice,
) -> Vec<Arc<[bool]>> {
    let mut ends: Vec<usize> = (offset..periods).step_by(length).collect();
    ends.push(periods);
    let mut from = 0;
    let mut all: Vec<Range<usize>> = Vec::new();
    for end in ends.into_iter().filter(|&end| end > 0) {
        all.push(from..end);
        from = end;
    }
    let free = |parts: &[Range<usize>]| -> Arc<[bool]> {
        (0..periods)
            .map(|period| parts.iter().any(|part| part.contains(&period)))
            .collect()
    };
    match kind {
        // Every other one, then those between, so that neighbours are not searched at once.
        Sweep::Single => (0..2)
            .flat_map(|odd| all.iter().skip(odd).step_by(2))
            .map(|part| free(std::slice::from_ref(part)))
            .collect(),
        Sweep::Paired => {
            dice.shuffle(&mut all);
            all.chunks(2).map(free).collect()
        }
    }
}

/// Each stretch by itself, cut elsewhere at each sweep, until a sweep saves little; then pairs of them likewise. What covering each cell is worth in
/// the end; `None` if tours cannot be cut.
pub fn sweep_all(
    problem: &Problem,
    groups: &[usize],
    roster: &mut Roster,
    length: usize,
    watch: &dyn Watch,
    dice: &mut Dice,
) -> Result<Option<Vec<f64>>, LpFailed> {
    let mut prices = marginal_values(problem, &roster.cover);
    let everybody: Vec<usize> = (0..groups.len()).collect();
    for kind in [Sweep::Single, Sweep::Paired] {
        loop {
            let before = roster.cost;
            let course = (length, 1 + dice.below(length));
            if !sweep(
                problem,
                groups,
                roster,
                kind,
                course,
                &mut prices,
                watch,
                dice,
            )? {
                return Ok(None);
            }
            let stop = || watch.stop();
            improve_each(problem, roster, &everybody, 1, &stop, &mut |_, _| ());
            if watch.stop() || before - roster.cost < LITTLE * before.abs() {
                break;
            }
        }
    }
    Ok(Some(prices))
}

/// Stretches to search side by side: each is two of so many periods, the first around a costly one, the second anywhere.
pub fn draw(
    periods: usize,
    length: usize,
    costly: &mut dyn FnMut(&mut Dice) -> usize,
    dice: &mut Dice,
) -> Vec<Arc<[bool]>> {
    let length = length.clamp(1, periods);
    (0..SIDE_BY_SIDE)
        .map(|_| {
            let middle = costly(dice);
            let one = middle
                .saturating_sub(dice.below(length))
                .min(periods - length);
            let two = dice.below(periods - length + 1);
            (0..periods)
                .map(|p| (one..one + length).contains(&p) || (two..two + length).contains(&p))
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::columns::pricers::days::{DayPricer, DayRules, ShiftType};
    use crate::roster::columns::problem::{Ask, Care, Cell, Column, Group};
    use crate::roster::columns::respond::first_roster;
    use crate::roster::columns::roster::groups_of;
    use crate::roster::columns::{CoverCost, Watch};

    struct NoClock;

    impl Watch for NoClock {
        fn stop(&self) -> bool {
            false
        }
        fn time_used(&self) -> f64 {
            0.0
        }
        fn seconds_left(&self) -> f64 {
            f64::INFINITY
        }
        fn report(&self, _: Progress) {}
    }

    const DAYS: usize = 35;

    /// Somebody who works early or late, with few of everything to spare.
    fn rules(person: usize) -> DayRules {
        let kind = |not_next: Vec<usize>| ShiftType {
            minutes: 480,
            not_next,
        };
        DayRules {
            types: vec![kind(vec![]), kind(vec![0])],
            most: vec![20, 6 + person as u32 % 3],
            minutes: (19 * 480, 21 * 480),
            max_run: 5,
            min_run: 2,
            min_off: 2,
            max_weekends: 3,
            weekend: (0..DAYS)
                .map(|day| (day % 7 >= 5).then_some((day / 7) as u32))
                .collect(),
            off: (0..DAYS).map(|day| day == 4 * person).collect(),
            off_cost: vec![0.0; DAYS],
            work_cost: (0..2 * DAYS)
                .map(|place| f64::from(place % (5 + person) == 0))
                .collect(),
            cells: (0..2 * DAYS as u32).collect(),
            period: (0..DAYS as u32).collect(),
        }
    }

    fn problem() -> Problem<'static> {
        Problem {
            cells: (0..2 * DAYS)
                .map(|place| Cell {
                    cost: CoverCost::band(2 + (place % 3 == 0) as u32, 50.0, 1.0),
                    period: place as u32 / 2,
                })
                .collect(),
            groups: (0..8)
                .map(|person| Group {
                    people: 1,
                    pricer: Box::new(DayPricer::new(rules(person))) as Box<_>,
                })
                .collect(),
            whole_tour_costs: true,
        }
    }

    fn swept(threads: usize) -> (f64, Roster) {
        let problem = problem();
        let groups = groups_of(&problem);
        let order: Vec<usize> = (0..groups.len()).collect();
        let mut roster =
            first_roster(&problem, &order, &mut |_, _| ()).expect("everybody has a tour");
        let before = roster.cost;
        let mut prices = vec![0.0; problem.cells.len()];
        let pool =
            (rayon::ThreadPoolBuilder::new().num_threads(threads).build()).expect("a thread pool");
        let cut = pool.install(|| {
            let (prices, dice) = (&mut prices[..], &mut Dice::new(5));
            sweep(
                &problem,
                &groups,
                &mut roster,
                Sweep::Single,
                (8, 5),
                prices,
                &NoClock,
                dice,
            )
        });
        assert_eq!(cut, Ok(true));
        (before, roster)
    }

    #[test]
    fn a_sweep_keeps_the_rules_and_the_books_and_saves() {
        let (before, roster) = swept(1);
        let problem = problem();
        let again = Roster::new(&problem, roster.tours.clone());
        assert_eq!(again.cover, roster.cover);
        assert!((again.cost - roster.cost).abs() < 1e-6);
        assert!(roster.cost < before);
        for (group, tour) in problem.groups.iter().zip(&roster.tours) {
            let ask = Ask {
                values: &vec![0.0; problem.cells.len()],
                below: f64::INFINITY,
                most: 1,
                care: Care::Thorough,
                keep: Some((tour, &[false; DAYS])),
                memory: &[],
            };
            let same: Vec<Column> = group.pricer.price(&ask).tours;
            assert_eq!(
                same,
                [tour.as_ref().clone()],
                "breaks a rule or is booked at a wrong cost"
            );
        }
    }

    #[test]
    fn threads_do_not_change_a_sweep() {
        assert_eq!(swept(1).1.tours, swept(2).1.tours);
    }

    #[test]
    fn stretches_that_touch_are_not_searched_at_once() {
        let problem = problem();
        let groups = groups_of(&problem);
        let order: Vec<usize> = (0..groups.len()).collect();
        let roster = first_roster(&problem, &order, &mut |_, _| ()).expect("everybody has a tour");
        let free = |from, to| -> Arc<[bool]> { (0..DAYS).map(|d| d >= from && d < to).collect() };
        let apart = |one, two| cut_apart(&problem, &groups, &roster, &[one, two]).len();
        assert_eq!(apart(free(0, 10), free(20, 35)), 2);
        assert_eq!(apart(free(0, 10), free(13, 35)), 1);
    }
}
