//! Large-neighbourhood search: which pieces of the roster to make anew, many at once, the better ones merged in a fixed order.

use std::sync::Arc;

use rayon::prelude::*;

use super::anneal::improve;
use super::choice::{Choice, Kind, costly_cell};
use super::finish::Finish;
use super::make::{Make, make_anew};
use super::piece::{Mended, Piece, PieceLimits};
use super::problem::{Column, Problem};
use super::roster::Roster;
use super::solve::seconds_of;
use super::stretches::{draw, search_side_by_side};
use super::sweeps::{ANNEALED, Lengths, Swept, anneal_piece};
use crate::roster::engine::control::Control;
use crate::roster::engine::dice::Dice;
use crate::roster::engine::lp::{LpFailed, MipLimits};

/// Pieces solved side by side; the same on any number of threads.
const BATCH: usize = 4;
/// Credit that an arm keeps however little it pays.
const FLOOR: f64 = 0.1;
/// Credit of an arm that always pays: long horizons begin with what has just paid in the sweep.
const SURE: f64 = 10.0;
/// Least, first and most person-periods of a dive.
const DIVE_SIZE: (f64, f64, f64) = (60.0, 400.0, 3000.0);
/// Most tours remembered per group.
const REMEMBERED: usize = 60;

/// One arm of the adaptive choice: a kind of piece, how large it is, and how it has paid.
#[derive(Debug, Clone)]
struct Arm {
    kind: Kind,
    size: f64,
    credit: f64,
}

/// The state of the search.
pub struct Neighbours<'a> {
    choice: Choice<'a>,
    arms: Vec<Arm>,
    /// For each group, tours worth trying, best first.
    pub ideas: Vec<Vec<Arc<Column>>>,
    /// Most seconds of one integer program, where there is a clock.
    pub slowest: f64,
    /// What covering each cell was worth when its stretch was searched last.
    prices: Vec<f64>,
    /// Moves per person and period of a stretch that is annealed.
    moves: f64,
}

impl<'a> Neighbours<'a> {
    pub fn new(
        ideas: Vec<Vec<Arc<Column>>>,
        values: &'a [f64],
        least: Vec<f64>,
        people: usize,
        swept: Option<Swept>,
    ) -> Neighbours<'a> {
        let arm = |kind, size| Arm {
            kind,
            size,
            credit: 1.0,
        };
        let mut neighbours = Neighbours {
            choice: Choice { values, least },
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
            prices: Vec::new(),
            moves: 0.0,
        };
        if let Some(swept) = swept {
            let Lengths { short, long } = swept.lengths;
            (neighbours.prices, neighbours.moves) = (swept.prices, swept.moves);
            let stretch = |kind: Kind, length: usize| Arm {
                kind,
                size: (length * people) as f64,
                credit: SURE,
            };
            neighbours.arms.extend([
                stretch(Kind::Annealed, ANNEALED),
                stretch(Kind::Stretch, long),
                stretch(Kind::Stretches, short),
            ]);
        }
        neighbours
    }

    /// Gives up the pieces of whole tours, which take too long where tours are long.
    pub fn keep_to_windows(&mut self) {
        self.arms.retain(|arm| arm.kind.is_windowed());
    }

    /// One batch of pieces; true if the roster became cheaper.
    pub fn round(
        &mut self,
        problem: &Problem,
        groups: &[usize],
        roster: &mut Roster,
        dice: &mut Dice,
        watch: &dyn Control,
    ) -> Result<bool, LpFailed> {
        let least_gain = if problem.is_whole() { 1.0 } else { 1e-6 };
        let mip = MipLimits {
            nodes: 300,
            seconds: seconds_of(watch, 1.0, self.slowest),
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
            seconds: seconds_of(watch, 1.0, self.slowest),
        };
        let first = self.pick(dice);
        if self.arms[first].kind.is_stretches() {
            return self.stretches(first, problem, groups, roster, dice, watch);
        }
        let picks: Vec<(usize, Piece, u64)> = (0..BATCH)
            .map(|turn| {
                let arm = if turn == 0 {
                    first
                } else {
                    self.pick_piece(dice)
                };
                let Arm { kind, size, .. } = self.arms[arm];
                let piece = (self.choice).draw(kind, size, problem, groups, roster, dice);
                (arm, piece, (dice.unit() * 1e15) as u64)
            })
            .collect();
        let (ideas, values) = (&self.ideas, self.choice.values);
        let start = roster.clone();
        let mended: Vec<Result<Mended, LpFailed>> = (picks.par_iter())
            .map(|(arm, piece, seed)| match self.arms[*arm].kind {
                Kind::Quick => {
                    let changes = improve(
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
                kind => {
                    let dive =
                        matches!(kind, Kind::DivePeople | Kind::DiveWindow | Kind::DiveCostly);
                    let make = Make {
                        dive,
                        limits,
                        seed: *seed,
                    };
                    make_anew(problem, groups, &start, piece, ideas, values, make, watch)
                }
            })
            .collect();
        let mut better = false;
        for ((arm, _, _), mended) in picks.into_iter().zip(mended) {
            let mended = mended?;
            let mut gain = 0.0;
            if !mended.changes.is_empty() {
                gain = roster.take(problem, &mended.changes);
                better |= gain > 1e-7;
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

    /// Stretches side by side; true if the roster became cheaper.
    fn stretches(
        &mut self,
        index: usize,
        problem: &Problem,
        groups: &[usize],
        roster: &mut Roster,
        dice: &mut Dice,
        watch: &dyn Control,
    ) -> Result<bool, LpFailed> {
        let before = roster.cost;
        let periods = problem.periods() as usize;
        let arm = &mut self.arms[index];
        let length = (arm.size / groups.len() as f64 * (0.7 + 0.6 * dice.unit())) as usize;
        let mut costly =
            |dice: &mut Dice| problem.cells[costly_cell(problem, roster, dice)].period as usize;
        let parts = if arm.kind == Kind::Stretches { 2 } else { 1 };
        let drawn = draw(periods, length, parts, &mut costly, dice);
        if arm.kind == Kind::Annealed {
            for free in drawn {
                anneal_piece(problem, groups, roster, free, self.moves, watch, dice);
            }
            let better = roster.cost < before - 1e-7;
            arm.credit = 0.9 * arm.credit + f64::from(better);
            return Ok(better);
        }
        let prices = &mut self.prices;
        let searched = search_side_by_side(problem, groups, roster, &drawn, prices, watch, dice)?;
        for one in searched {
            let paid = f64::from(one.gain > 1e-7);
            arm.credit = 0.9 * arm.credit + paid;
            arm.size *= if one.exhausted { 1.05 } else { 0.9 };
        }
        let people = groups.len() as f64;
        arm.size = arm.size.clamp(3.0 * people, 0.5 * people * periods as f64);
        Ok(roster.cost < before - 1e-7)
    }

    /// An arm that makes one piece.
    fn pick_piece(&self, dice: &mut Dice) -> usize {
        loop {
            let arm = self.pick(dice);
            if !self.arms[arm].kind.is_stretches() {
                return arm;
            }
        }
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
}

/// Puts a tour in front of those remembered, if it is new.
pub fn remember(ideas: &mut Vec<Arc<Column>>, column: Arc<Column>) {
    if !ideas.iter().any(|other| other.cells == column.cells) {
        ideas.insert(0, column);
        ideas.truncate(REMEMBERED);
    }
}
