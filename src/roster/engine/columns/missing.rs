//! A bound by how many people are missing in all: a whole number in every roster, though the linear program may leave a third of a person missing.
//!
//! Rosters miss either no fewer than the next whole number or no more than the one below; each side is relaxed with a price on the people missing
//! (Lagrange), which only changes what the cells cost, so that the column generation is the usual one. The lower of the two bounds holds for all.
//! At these costs the programs of pieces miss whole numbers of people, too, and lead to better rosters than those that lend half a person.

use std::sync::Arc;

use super::cost::CoverCost;
use super::problem::{Answer, Ask, Cell, Column, Group, Pricer, Problem};
use super::root::{Again, Root, SOLVE_SHARE, price_again};
use super::roster::{Roster, groups_of};
use super::solve::seconds_of;
use crate::roster::engine::control::Control;
use crate::roster::engine::lp::LpFailed;

/// A fraction this near a whole number is taken for one.
const WHOLE: f64 = 0.02;
/// Prices tried on each side, and the share of the time that each side may take.
const TRIES: usize = 3;
const SHARE: f64 = 0.08;
/// Program and bound this close, as a share, are close enough, as what is lost must not cost a whole number.
const NEAR: f64 = 3e-6;
/// Highest price of a further person missing, as a multiple of what one costs anyway.
const DEAREST: f64 = 20.0;
/// Prices a little beyond what should do, and least share of the way to the dearest that the next price goes.
const BEYOND: f64 = 1.02;
const STRIDE: f64 = 0.3;
/// First price of somebody missing in a roster that is to miss more, as a share of what that costs: nearly all, as who stays away has wishes met.
const WISHED: f64 = 0.98;

/// What counts as somebody missing: the dearest steps of the cells.
struct Missing {
    /// What one costs.
    cost: f64,
    /// Least difference to the step that follows in any cell.
    drop: f64,
    /// How many can be missing, per cell.
    most: Vec<u32>,
}

/// A side of the fraction: rosters with `count` missing or beyond.
struct Side {
    count: f64,
    /// 1 upwards, -1 downwards.
    way: f64,
}

impl Missing {
    /// `None` where nobody can be missing.
    fn of(problem: &Problem) -> Option<Missing> {
        let cells = || problem.cells.iter().map(|cell| &cell.cost);
        let cost = cells().map(|cost| -cost.step(0)).fold(0.0, f64::max);
        if cost <= 0.0 {
            return None;
        }
        let dear = |cell: &CoverCost, n: u32| -cell.step(n) >= cost - 1e-9;
        let most: Vec<u32> = cells()
            .map(|cell| (0..cell.last_bend()).take_while(|&n| dear(cell, n)).count() as u32)
            .collect();
        let drop = (cells().zip(&most).filter(|(_, most)| **most > 0))
            .map(|(cell, &most)| cell.step(most) + cost)
            .fold(f64::INFINITY, f64::min);
        drop.is_finite().then_some(Missing { cost, drop, most })
    }

    /// How many are missing.
    fn count(&self, cover: &[f64]) -> f64 {
        (self.most.iter().zip(cover))
            .map(|(&most, &cover)| (f64::from(most) - cover).max(0.0))
            .sum()
    }

    /// The problem in which everybody missing costs so much more; not below what the next step costs.
    fn priced<'p>(&self, problem: &'p Problem, more: f64) -> Problem<'p> {
        let cells = (problem.cells.iter().zip(&self.most))
            .map(|(cell, &most)| Cell {
                cost: cell.cost.with_first_steps(most, more),
                period: cell.period,
            })
            .collect();
        let groups = (problem.groups.iter())
            .map(|group| Group {
                people: group.people,
                pricer: Box::new(Lent(group.pricer.as_ref())) as Box<_>,
            })
            .collect();
        Problem {
            cells,
            groups,
            whole_tour_costs: false,
        }
    }
}

/// A pricer of another problem.
struct Lent<'p>(&'p (dyn Pricer + 'p));

impl Pricer for Lent<'_> {
    fn price(&self, ask: &Ask) -> Answer {
        self.0.price(ask)
    }
}

/// The people missing in the program; `None` where they are a whole number.
fn fraction_of(problem: &Problem, root: &Root) -> Option<(Missing, f64)> {
    let missing = Missing::of(problem)?;
    let count = missing.count(root.cover.as_ref()?);
    let fraction = count - count.floor();
    ((WHOLE..=1.0 - WHOLE).contains(&fraction)).then_some((missing, count))
}

/// About the highest bound that the people missing can prove; `None` where there is none.
pub fn most_by_missing(problem: &Problem, root: &Root) -> Option<f64> {
    fraction_of(problem, root)
        .map(|(missing, count)| root.bound + missing.drop * (count.ceil() - count))
}

/// The rosters on one side of the fraction.
pub struct Relaxed<'p> {
    /// The same people and cells, but people missing are priced so that the program misses a whole number of them. Between rosters that
    /// miss as many, costs differ as they do in the problem itself.
    pub problem: Problem<'p>,
    /// No roster on this side costs less.
    bound: f64,
}

/// All rosters, by how many people they miss.
pub struct ByMissing<'p> {
    /// No roster costs less.
    pub bound: f64,
    sides: Vec<Relaxed<'p>>,
}

/// The bounds on either side of the fraction of people missing in the program; `None` where it misses a whole number or that raises no bound.
/// `best` = the best roster known; `target` = a bound this high is enough.
pub fn bound_by_missing<'p>(
    problem: &'p Problem,
    root: &Root,
    best: &Roster,
    target: f64,
    watch: &dyn Control,
) -> Result<Option<ByMissing<'p>>, LpFailed> {
    let Some((missing, count)) = fraction_of(problem, root) else {
        return Ok(None);
    };
    let best: Vec<_> = (groups_of(problem).into_iter())
        .zip(best.tours.iter().cloned())
        .collect();
    let mut all = ByMissing {
        bound: f64::INFINITY,
        sides: Vec::new(),
    };
    for (count, way) in [(count.floor(), -1.0), (count.ceil(), 1.0)] {
        let side = Side { count, way };
        let relaxed = side.relaxed(problem, &missing, root, &best, target, watch)?;
        let Some(relaxed) = relaxed.filter(|relaxed| relaxed.bound > root.bound) else {
            return Ok(None);
        };
        all.bound = all.bound.min(relaxed.bound);
        all.sides.push(relaxed);
    }
    Ok(Some(all))
}

impl<'p> ByMissing<'p> {
    /// The side where the best rosters may be.
    pub fn likelier(&self) -> Option<&Relaxed<'p>> {
        (self.sides.iter()).min_by(|a, b| a.bound.total_cmp(&b.bound))
    }
}

impl Side {
    /// The best bound by a few prices: each is where the lines along the bounds of those before cross. `None` where there is none.
    fn relaxed<'p>(
        &self,
        problem: &'p Problem,
        missing: &Missing,
        root: &Root,
        best: &[(usize, Arc<Column>)],
        target: f64,
        watch: &dyn Control,
    ) -> Result<Option<Relaxed<'p>>, LpFailed> {
        let dearest = if self.way > 0.0 {
            missing.drop
        } else {
            DEAREST * missing.cost
        };
        let until = watch.time_used() + SHARE;
        // Price, bound, and how much the bound rises with the price.
        let slope = |cover: &[f64]| self.way * (self.count - missing.count(cover));
        let Some(cover) = &root.cover else {
            return Ok(None);
        };
        let (mut low, mut high) = ((0.0, root.bound, slope(cover)), None);
        let mut highest: Option<Relaxed> = None;
        for _ in 0..TRIES {
            let price = match high {
                None if self.way > 0.0 && low.0 == 0.0 => WISHED * missing.cost,
                None if low.0 == 0.0 => BEYOND * (target - low.1).max(0.0) / low.2,
                None => low.0 + (BEYOND * (target - low.1) / low.2).max(STRIDE * (dearest - low.0)),
                Some((price, bound, slope)) => {
                    let (from, at, rise): (f64, f64, f64) = low;
                    let gap: f64 = bound - at - slope * (price - from);
                    from + gap / (rise - slope)
                }
            };
            let price = f64::min(price, dearest);
            if watch.time_used() > until || price <= low.0 {
                break;
            }
            let priced = missing.priced(problem, -self.way * price);
            let given = self.way * price * self.count;
            let stop = || watch.stop() || watch.time_used() > until;
            let seconds = seconds_of(watch, SOLVE_SHARE, f64::INFINITY);
            // Where people are scarce all prices follow what one missing costs.
            let scale = 1.0 - self.way * price / missing.cost;
            let centre = root.values.iter().map(|value| scale * value).collect();
            let again = Again {
                centre,
                tours: best,
                method: None,
                enough: target - given,
                near: NEAR,
                seconds,
            };
            let found = match price_again(&priced, root, again, &stop) {
                Err(LpFailed::OUT_OF_TIME) => break,
                found => found?,
            };
            let at = (price, found.generated.bound + given, slope(&found.cover));
            if highest.as_ref().is_none_or(|known| known.bound < at.1) {
                highest = Some(Relaxed {
                    problem: priced,
                    bound: at.1,
                });
            }
            if at.1 >= target || at.2.abs() < 1e-6 {
                break;
            }
            if at.2 < 0.0 {
                high = Some(at);
            } else {
                low = at;
            }
        }
        Ok(highest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::roster::engine::columns::ascent::Start;
    use crate::roster::engine::columns::pricers::days::{DayPricer, DayRules, ShiftType};
    use crate::roster::engine::columns::root::{first_bound, prepare};
    use crate::roster::engine::control::{Limits, NoClock};

    /// Two people of 16 hours each; wanted are a short shift on three days and a long one on two more. A long one leaves no room for a short one.
    fn problem() -> Problem<'static> {
        const DAYS: usize = 5;
        let kind = |minutes| ShiftType {
            minutes,
            not_next: vec![],
        };
        let rules = || DayRules {
            types: vec![kind(480), kind(720)],
            most: vec![9, 9],
            minutes: (0, 960),
            max_run: 5,
            min_run: 1,
            min_off: 1,
            max_weekends: 9,
            weekend: vec![None; DAYS],
            off: vec![false; DAYS],
            off_cost: vec![0.0; DAYS],
            work_cost: vec![0.0; 2 * DAYS],
            cells: (0..2 * DAYS as u32).collect(),
            period: (0..DAYS as u32).collect(),
        };
        let wanted = |day, kind| u32::from((day < 3) == (kind == 0));
        Problem {
            cells: (0..2 * DAYS)
                .map(|place| Cell {
                    cost: CoverCost::band(wanted(place / 2, place % 2), 100.0, 1.0),
                    period: place as u32 / 2,
                })
                .collect(),
            groups: (0..2)
                .map(|_| Group {
                    people: 1,
                    pricer: Box::new(DayPricer::new(rules())) as Box<_>,
                })
                .collect(),
            whole_tour_costs: true,
        }
    }

    #[test]
    fn half_a_person_missing_is_a_whole_one() {
        let problem = problem();
        let limits = Limits {
            gap: 0.0,
            effort: Some(1),
            seed: 1,
            ascent_steps: None,
        };
        let start = Start::Level(first_bound(&problem, &|| false).expect("a bound"));
        let nobody = Arc::new(Column {
            cells: vec![],
            cost: 0.0,
        });
        let best = Roster::new(&problem, vec![nobody.clone(), nobody.clone()]);
        let pool = [(0, nobody.clone()), (1, nobody)];
        let root = prepare(&problem, start, &pool, 500.0, false, &limits, &NoClock);
        let root = root.expect("a bound");
        assert!((root.bound - 150.0).abs() < 1e-3, "{}", root.bound);
        let bound = bound_by_missing(&problem, &root, &best, 199.0, &NoClock);
        let bound = bound.expect("no failure").expect("a fraction is missing");
        assert!(
            (198.9..200.0 + 1e-6).contains(&bound.bound),
            "{}",
            bound.bound
        );
        // Rosters that miss as many cost as much more or less there as here: one has a surplus person, a long shift where a short one is enough.
        let tour = |cells: &[u32]| {
            Arc::new(Column {
                cells: cells.to_vec(),
                cost: 0.0,
            })
        };
        let side = bound.likelier().expect("a side");
        let apart = |problem: &Problem| {
            let [some, surplus] = [[0, 2], [0, 3]];
            Roster::new(problem, vec![tour(&surplus), tour(&[2, 4])]).cost
                - Roster::new(problem, vec![tour(&some), tour(&[4])]).cost
        };
        assert_eq!(apart(&problem), 1.0);
        assert!((apart(&side.problem) - 1.0).abs() < 1e-9);
    }
}
