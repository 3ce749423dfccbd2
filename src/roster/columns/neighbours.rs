//! Large-neighbourhood search: which pieces of the roster to make anew, many at once, the better ones merged in a fixed order.

use std::sync::Arc;

use rayon::prelude::*;

use super::dice::Dice;
use super::finish::Finish;
use super::lp::{LpFailed, MipLimits};
use super::piece::{Mended, Piece, PieceLimits, mend};
use super::plunge::plunge;
use super::problem::{Column, Problem};
use super::reinsert::reinsert;
use super::roster::Roster;
use super::solve::Watch;

/// Pieces solved side by side; the same on any number of threads.
const BATCH: usize = 4;
/// Credit that an arm keeps however little it pays.
const FLOOR: f64 = 0.1;
/// Least, first and most person-periods of a dive.
const DIVE_SIZE: (f64, f64, f64) = (60.0, 400.0, 3000.0);
/// Most tours remembered per group.
const REMEMBERED: usize = 60;

/// Kinds of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A few people's whole tours.
    People,
    /// Everybody's, or many people's, stretch of periods.
    Window,
    /// People who work around a costly cell.
    Costly,
    /// Many quick moves of a few people.
    Quick,
    /// A dive into many people's whole tours, those first who do worst by the prices.
    DivePeople,
    /// A dive into a stretch of periods of everybody.
    DiveWindow,
    /// A dive into many people's stretches of periods around a costly cell.
    DiveCostly,
}

/// One arm of the adaptive choice: a kind of piece, how large it is, and how it has paid.
#[derive(Debug, Clone)]
struct Arm {
    kind: Kind,
    size: f64,
    credit: f64,
}

/// The state of the search.
pub struct Neighbours<'a> {
    /// Prices of the whole.
    values: &'a [f64],
    /// Least cost less worth of a tour at these prices, per group.
    least: Vec<f64>,
    arms: Vec<Arm>,
    /// For each group, tours worth trying, best first.
    pub ideas: Vec<Vec<Arc<Column>>>,
    /// Most seconds of one integer program, where there is a clock.
    pub slowest: f64,
}

impl<'a> Neighbours<'a> {
    pub fn new(
        ideas: Vec<Vec<Arc<Column>>>,
        values: &'a [f64],
        least: Vec<f64>,
        people: usize,
    ) -> Neighbours<'a> {
        let arm = |kind, size| Arm {
            kind,
            size,
            credit: 1.0,
        };
        Neighbours {
            values,
            least,
            arms: vec![
                arm(Kind::People, 4.0),
                arm(Kind::Window, 5.0),
                arm(Kind::Costly, 5.0),
                arm(Kind::Quick, 30.0),
                arm(Kind::DivePeople, DIVE_SIZE.1),
                arm(Kind::DiveWindow, DIVE_SIZE.1.max(8.0 * people as f64)),
                arm(Kind::DiveCostly, DIVE_SIZE.1),
            ],
            ideas,
            slowest: 5.0,
        }
    }

    /// One batch of pieces; true if the roster became cheaper.
    pub fn round(
        &mut self,
        problem: &Problem,
        groups: &[usize],
        roster: &mut Roster,
        dice: &mut Dice,
        watch: &dyn Watch,
    ) -> Result<bool, LpFailed> {
        let least_gain = if problem.is_whole() { 1.0 } else { 1e-6 };
        let mip = MipLimits {
            nodes: 300,
            seconds: watch.seconds_left().min(self.slowest),
            gap: if problem.is_whole() { 0.99 } else { 1e-6 },
        };
        let limits = PieceLimits {
            rounds: 15,
            tours: 6,
            finish: Finish {
                listed: 1500,
                mip,
                least_gain,
            },
        };
        let picks: Vec<(usize, Piece, u64)> = (0..BATCH)
            .map(|_| {
                let arm = self.pick(dice);
                let piece = self.piece(arm, problem, groups, roster, dice);
                (arm, piece, (dice.unit() * 1e15) as u64)
            })
            .collect();
        let (ideas, values) = (&self.ideas, self.values);
        let start = roster.clone();
        let mended: Vec<Result<Mended, LpFailed>> = (picks.par_iter())
            .map(|(arm, piece, seed)| match self.arms[*arm].kind {
                Kind::Quick => {
                    let changes = reinsert(
                        problem,
                        groups,
                        &start,
                        self.arms[*arm].size as usize,
                        &|| watch.stop(),
                        &mut Dice::new(*seed),
                    );
                    Ok(Mended {
                        changes,
                        exhausted: true,
                    })
                }
                Kind::DivePeople | Kind::DiveWindow | Kind::DiveCostly => plunge(
                    problem,
                    groups,
                    &start,
                    piece,
                    ideas,
                    values,
                    limits,
                    &mut Dice::new(*seed),
                    &|| watch.stop(),
                ),
                _ => mend(problem, groups, &start, piece, ideas, limits),
            })
            .collect();
        let mut better = false;
        for ((arm, _, _), mended) in picks.into_iter().zip(mended) {
            let mended = mended?;
            let mut gain = 0.0;
            if !mended.changes.is_empty() {
                let next = roster.with(problem, &mended.changes);
                if next.cost <= roster.cost + 1e-7 {
                    gain = roster.cost - next.cost;
                    better |= gain > 1e-7;
                    *roster = next;
                }
                for (person, column) in mended.changes {
                    remember(&mut self.ideas[groups[person]], column);
                }
            }
            let arm = &mut self.arms[arm];
            arm.credit = 0.9 * arm.credit + if gain > 1e-7 { 0.1 * 10.0 } else { 0.0 };
            let (low, most) = match arm.kind {
                Kind::Window => (2.0, f64::from(problem.periods())),
                Kind::DiveWindow => (
                    DIVE_SIZE.0.max(4.0 * groups.len() as f64),
                    DIVE_SIZE.2.max(14.0 * groups.len() as f64),
                ),
                Kind::DivePeople | Kind::DiveCostly => (
                    DIVE_SIZE.0,
                    DIVE_SIZE
                        .2
                        .min(groups.len() as f64 * f64::from(problem.periods())),
                ),
                _ => (2.0, groups.len() as f64),
            };
            // What is proven or quickly done asks for larger pieces, what is left unfinished for smaller ones.
            if arm.kind == Kind::Quick || gain > 1e-7 {
                continue;
            }
            let factor = if mended.exhausted { 1.05 } else { 0.96 };
            arm.size = (arm.size * factor).clamp(low, most.max(low));
        }
        Ok(better)
    }

    fn pick(&self, dice: &mut Dice) -> usize {
        let total: f64 = self.arms.iter().map(|arm| arm.credit + FLOOR).sum();
        let mut at = dice.unit() * total;
        for (index, arm) in self.arms.iter().enumerate() {
            at -= arm.credit + FLOOR;
            if at < 0.0 {
                return index;
            }
        }
        0
    }

    fn piece(
        &self,
        arm: usize,
        problem: &Problem,
        groups: &[usize],
        roster: &Roster,
        dice: &mut Dice,
    ) -> Piece {
        let arm = &self.arms[arm];
        let size = ((arm.size * (0.7 + 0.6 * dice.unit())).round() as usize).max(2);
        let mut order: Vec<usize> = (0..groups.len()).collect();
        dice.shuffle(&mut order);
        match arm.kind {
            Kind::Quick => Piece {
                people: Vec::new(),
                window: None,
            },
            Kind::DivePeople | Kind::DiveWindow | Kind::DiveCostly => {
                let periods = problem.periods() as usize;
                let everybody = groups.len();
                let (people, length) = match arm.kind {
                    Kind::DivePeople => (size.div_ceil(periods), periods),
                    Kind::DiveWindow => (everybody, size.div_ceil(everybody)),
                    _ => {
                        let length = ((size as f64).sqrt() * (0.5 + dice.unit())) as usize;
                        (size.div_ceil(length.max(1)), length)
                    }
                };
                let people = people.clamp(2.min(everybody), everybody);
                let length = length.clamp(3.min(periods), periods);
                let cell = costly_cell(problem, roster, dice);
                let middle = problem.cells[cell].period as usize;
                let start = (middle.saturating_sub(dice.below(length))).min(periods - length);
                if people < everybody {
                    // Half by how much dearer the tour is than the best at the prices, half by chance.
                    let mut regret: Vec<(f64, usize)> = (order.iter())
                        .map(|&person| {
                            let dear = roster.tours[person].reduced(self.values)
                                - self.least[groups[person]];
                            (-(dear + 1.0) * dice.unit(), person)
                        })
                        .collect();
                    regret.sort_by(|a, b| a.0.total_cmp(&b.0));
                    let mut chosen: Vec<usize> =
                        regret.iter().take(people / 2).map(|&(_, p)| p).collect();
                    for person in order {
                        if chosen.len() >= people {
                            break;
                        }
                        if !chosen.contains(&person) {
                            chosen.push(person);
                        }
                    }
                    order = chosen;
                }
                order.sort_unstable();
                let window = (0..periods)
                    .map(|period| (start..start + length).contains(&period))
                    .collect();
                Piece {
                    people: order,
                    window: (length < periods).then_some(window),
                }
            }
            Kind::People => {
                order.truncate(size);
                order.sort_unstable();
                Piece {
                    people: order,
                    window: None,
                }
            }
            Kind::Window => {
                let periods = problem.periods();
                let length = (size as u32).min(periods);
                let start = dice.below((periods - length + 1) as usize) as u32;
                order.truncate(40.max(160 / size));
                order.sort_unstable();
                Piece {
                    people: order,
                    window: Some(
                        (0..periods)
                            .map(|period| (start..start + length).contains(&period))
                            .collect(),
                    ),
                }
            }
            Kind::Costly => {
                let cell = costly_cell(problem, roster, dice);
                // People whose tours touch the cell's period, in chance order, and some others.
                let period = problem.cells[cell].period;
                let near = |person: usize| {
                    roster.tours[person]
                        .cells
                        .iter()
                        .any(|&c| problem.cells[c as usize].period.abs_diff(period) <= 1)
                };
                let busy: Vec<usize> = order
                    .iter()
                    .copied()
                    .filter(|&person| near(person))
                    .take(size.div_ceil(2))
                    .collect();
                let mut people = busy.clone();
                people.extend(
                    order
                        .into_iter()
                        .filter(|person| !busy.contains(person))
                        .take(size - busy.len().min(size)),
                );
                people.sort_unstable();
                Piece {
                    people,
                    window: None,
                }
            }
        }
    }
}

/// A cell drawn in proportion to what it costs above its least.
fn costly_cell(problem: &Problem, roster: &Roster, dice: &mut Dice) -> usize {
    let waste: Vec<f64> = problem
        .cells
        .iter()
        .zip(&roster.cover)
        .map(|(cell, &n)| cell.cost.cost(n) - cell.cost.cost(cell.cost.enough(0)))
        .collect();
    let mut at = dice.unit() * waste.iter().sum::<f64>();
    for (cell, waste) in waste.iter().enumerate() {
        at -= waste;
        if at < 0.0 {
            return cell;
        }
    }
    dice.below(problem.cells.len())
}

/// Puts a tour in front of those remembered, if it is new.
pub fn remember(ideas: &mut Vec<Arc<Column>>, column: Arc<Column>) {
    if !ideas.iter().any(|other| other.cells == column.cells) {
        ideas.insert(0, column);
        ideas.truncate(REMEMBERED);
    }
}
