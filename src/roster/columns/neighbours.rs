//! Large-neighbourhood search: which pieces of the roster to make anew, many at once, the better ones merged in a fixed order.

use std::sync::Arc;

use rayon::prelude::*;

use super::dice::Dice;
use super::lp::{LpFailed, MipLimits};
use super::piece::{Mended, Piece, PieceLimits, mend};
use super::problem::{Column, Problem};
use super::reinsert::reinsert;
use super::roster::Roster;
use super::solve::Watch;

/// Pieces solved side by side; the same on any number of threads.
const BATCH: usize = 4;
/// Credit that an arm keeps however little it pays.
const FLOOR: f64 = 0.1;
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
}

/// One arm of the adaptive choice: a kind of piece, how large it is, and how it has paid.
#[derive(Debug, Clone)]
struct Arm {
    kind: Kind,
    size: f64,
    credit: f64,
}

/// The state of the search.
pub struct Neighbours {
    arms: Vec<Arm>,
    /// For each group, tours worth trying, best first.
    pub ideas: Vec<Vec<Arc<Column>>>,
    /// Most seconds of one integer program, where there is a clock.
    pub slowest: f64,
}

impl Neighbours {
    pub fn new(ideas: Vec<Vec<Arc<Column>>>) -> Neighbours {
        let arm = |kind, size| Arm {
            kind,
            size,
            credit: 1.0,
        };
        Neighbours {
            arms: vec![
                arm(Kind::People, 4.0),
                arm(Kind::Window, 5.0),
                arm(Kind::Costly, 5.0),
                arm(Kind::Quick, 30.0),
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
            listed: 1500,
            mip,
            least_gain,
        };
        let picks: Vec<(usize, Piece, u64)> = (0..BATCH)
            .map(|_| {
                let arm = self.pick(dice);
                let piece = self.piece(arm, problem, groups, roster, dice);
                (arm, piece, (dice.unit() * 1e15) as u64)
            })
            .collect();
        let ideas = &self.ideas;
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
            let most = if arm.kind == Kind::Window {
                f64::from(problem.periods())
            } else {
                groups.len() as f64
            };
            // What is proven or quickly done asks for larger pieces, what is left unfinished for smaller ones.
            if arm.kind == Kind::Quick {
                continue;
            }
            arm.size =
                (arm.size * if mended.exhausted { 1.05 } else { 0.96 }).clamp(2.0, most.max(2.0));
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
