//! Long horizons, swept: at first annealed piece by piece, then stretch after stretch searched as a problem by itself, in the end pairs of them.

use std::ops::Range;
use std::sync::Arc;

use super::anneal::{LANES, anneal, heat};
use super::problem::Problem;
use super::respond::{improve_each, marginal_values};
use super::roster::{Roster, groups_of};
use super::stretches::{Inside, SIDE_BY_SIDE, cut_apart, search_side_by_side};
use crate::roster::engine::anneal::Course;
use crate::roster::engine::control::{Control, Progress};
use crate::roster::engine::dice::Dice;
use crate::roster::engine::lp::LpFailed;

/// Cells times people of a stretch that is searched well within seconds, and of one that still is once shorter ones have little left to give.
const SIZE: (usize, usize) = (12_000, 34_000);
/// Least periods of a stretch, as shorter ones are mostly their own margins, and most, as programs over long tours are slow.
const PERIODS: (usize, usize) = (7, 21);
/// Stretches in a horizon from which it is a long one.
const MANY: usize = 5;
/// Share of the cost below which what a sweep saves is little, so that another kind is next; of annealing, which takes longer each time, for each move
/// per person and period.
const LITTLE: f64 = 0.01;
const LITTLE_ANNEALED: f64 = 0.03;
/// Batches of stretches that tell whether a sweep is in vain: where it would save less than this share at their pace.
const SAMPLE: usize = 3;
const VAIN: f64 = 0.003;
/// Periods of a piece that is annealed, and moves for each person and period of it in the first sweep; twice as many in each that follows.
pub const ANNEALED: usize = 28;
const MOVES: f64 = 0.4;

/// Periods of a stretch of everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lengths {
    /// Quick to search.
    pub short: usize,
    /// Longest that is still searched to its end.
    pub long: usize,
}

/// `None` where the horizon holds but a few stretches.
pub fn lengths_of(problem: &Problem) -> Option<Lengths> {
    let periods = problem.periods() as usize;
    let of_period = problem.cells.len() * problem.people() / periods.max(1);
    let length = |size: usize| (size / of_period.max(1)).clamp(PERIODS.0, PERIODS.1);
    let (short, long) = (length(SIZE.0), length(SIZE.1));
    (periods >= MANY * short).then_some(Lengths { short, long })
}

/// What sweeps leave beside a better roster.
pub struct Swept {
    pub lengths: Lengths,
    /// What covering each cell is worth.
    pub prices: Vec<f64>,
    /// Moves per person and period of the last annealing.
    pub moves: f64,
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
    watch: &dyn Control,
    dice: &mut Dice,
) -> Result<bool, LpFailed> {
    let periods = problem.periods() as usize;
    let before = roster.cost;
    let turns = turns(periods, kind, length, offset, dice);
    let batches = turns.chunks(SIDE_BY_SIDE);
    let sampled = SAMPLE as f64 / batches.len() as f64;
    for (done, batch) in batches.enumerate() {
        let is_vain = || before - roster.cost < VAIN * sampled * before.abs();
        if watch.stop() || (done == SAMPLE && is_vain()) {
            break;
        }
        let searched = search_side_by_side(problem, groups, roster, batch, prices, watch, dice)?;
        if searched.is_empty() {
            return Ok(false);
        }
        watch.report(Progress {
            phase: "stretches",
            objective: roster.cost,
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

/// Pieces first, annealed; then each stretch by itself, cut elsewhere at each sweep, until a sweep saves little; then longer ones, and pairs of short
/// ones, likewise. `None` if tours cannot be cut.
pub fn sweep_all(
    problem: &Problem,
    groups: &[usize],
    roster: &mut Roster,
    lengths: Lengths,
    watch: &dyn Control,
    dice: &mut Dice,
) -> Result<Option<Swept>, LpFailed> {
    let everybody: Vec<usize> = (0..groups.len()).collect();
    let stop = || watch.stop();
    let again = |before: f64, roster: &mut Roster, little: f64| {
        improve_each(problem, roster, &everybody, 1, &stop, &mut |_, _| ());
        !watch.stop() && before - roster.cost >= little * before.abs()
    };
    let mut moves = MOVES;
    loop {
        let before = roster.cost;
        if !anneal_pieces(problem, groups, roster, moves, watch, dice) {
            return Ok(None);
        }
        if !again(before, roster, LITTLE_ANNEALED * moves) {
            break;
        }
        moves *= 2.0;
    }
    let mut prices = marginal_values(problem, &roster.cover);
    let Lengths { short, long } = lengths;
    let middle = long.min(2 * short);
    let mut courses = vec![(Sweep::Single, middle), (Sweep::Single, long)];
    courses.dedup();
    courses.push((Sweep::Paired, short));
    for (kind, length) in courses {
        loop {
            let before = roster.cost;
            let course = (length, 1 + dice.below(length));
            let known = &mut prices;
            if !sweep(problem, groups, roster, kind, course, known, watch, dice)? {
                return Ok(None);
            }
            if !again(before, roster, LITTLE) {
                break;
            }
        }
    }
    Ok(Some(Swept {
        lengths,
        prices,
        moves,
    }))
}

/// Once through the whole horizon in pieces of everybody that are annealed one after the other, `moves` per person and period. False if tours cannot be cut.
fn anneal_pieces(
    problem: &Problem,
    groups: &[usize],
    roster: &mut Roster,
    moves: f64,
    watch: &dyn Control,
    dice: &mut Dice,
) -> bool {
    let periods = problem.periods() as usize;
    let offset = 1 + dice.below(ANNEALED);
    for free in turns(periods, Sweep::Single, ANNEALED, offset, dice) {
        if watch.stop() {
            break;
        }
        if !anneal_piece(problem, groups, roster, free, moves, watch, dice) {
            return false;
        }
        watch.report(Progress {
            phase: "annealed",
            objective: roster.cost,
            bound: f64::NEG_INFINITY,
        });
    }
    true
}

/// Anneals the free periods of everybody while the rest stays, with so many moves per person and period. False if tours cannot be cut.
pub fn anneal_piece(
    problem: &Problem,
    groups: &[usize],
    roster: &mut Roster,
    free: Arc<[bool]>,
    moves: f64,
    watch: &dyn Control,
    dice: &mut Dice,
) -> bool {
    let length = free.iter().filter(|free| **free).count();
    let cut = cut_apart(problem, groups, roster, &[free]);
    let Some(cut) = cut.first() else {
        return false;
    };
    let small = &cut.problem;
    let course = Course {
        control: &Inside::new(watch),
        rounds: ((moves * (groups.len() * length) as f64) as u64).div_ceil(LANES),
        time: (0.0, 1.0),
        enough: &|_| false,
        bound: f64::NEG_INFINITY,
        heat: heat(),
    };
    let start = Roster::new(small, cut.now.clone());
    let found = anneal(small, &groups_of(small), &start, course, dice);
    roster.take(problem, &cut.put_back(roster, &found.tours));
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::engine::columns::CoverCost;
    use crate::roster::engine::columns::pricers::days::{DayPricer, DayRules, ShiftType};
    use crate::roster::engine::columns::problem::{Ask, Care, Cell, Column, Group};
    use crate::roster::engine::columns::respond::first_roster;
    use crate::roster::engine::control::NoClock;

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
            assert!(anneal_pieces(
                &problem,
                &groups,
                &mut roster,
                MOVES,
                &NoClock,
                dice
            ));
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
