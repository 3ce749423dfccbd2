//! What is settled of everybody's tour on the way down: which days are free still, and which are next to be settled.

use std::sync::Arc;

use super::master::Keep;
use super::problem::{Column, Problem};
use crate::roster::engine::dice::Dice;

/// Chance added to how far a choice is used, so that dives differ and ties are broken fairly.
const SHAKE: f64 = 0.02;

/// The settled part of the tours of some seats.
#[derive(Debug, Clone)]
pub struct Settled {
    /// Per seat and period.
    free: Vec<Vec<bool>>,
    keeps: Vec<Option<Keep>>,
}

impl Settled {
    /// As the seats have it.
    pub fn new(problem: &Problem, keeps: Vec<Option<Keep>>) -> Settled {
        let free = (keeps.iter())
            .map(|keep| match keep {
                Some(keep) => keep.free.to_vec(),
                None => vec![true; problem.periods() as usize],
            })
            .collect();
        Settled { free, keeps }
    }

    /// Person-periods that are free.
    pub fn left(&self) -> usize {
        self.free.iter().flatten().filter(|free| **free).count()
    }

    pub fn keeps(&self) -> &[Option<Keep>] {
        &self.keeps
    }

    /// Settles about `quota` choices, those first that are used most; `in_use` = for each seat, tours and how far each is used. At least one of
    /// them goes on to fit each seat.
    pub fn settle(
        &mut self,
        problem: &Problem,
        in_use: &[Vec<(Arc<Column>, f64)>],
        quota: usize,
        shake: f64,
        dice: &mut Dice,
    ) {
        let count = in_use.len();
        let mut going_on: Vec<Vec<usize>> = in_use
            .iter()
            .map(|tours| (0..tours.len()).collect())
            .collect();
        let mut wishes: Vec<(f64, usize, usize, usize)> = Vec::new();
        for (seat, tours) in in_use.iter().enumerate() {
            for period in (0..self.free[seat].len()).filter(|&period| self.free[seat][period]) {
                if let Some((used, tour)) = favourite(problem, tours, period as u32) {
                    wishes.push((used + shake.max(SHAKE) * dice.unit(), seat, period, tour));
                }
            }
        }
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut settled = 0;
        let mut added: Vec<Option<Vec<u32>>> = vec![None; count];
        for (_, seat, period, tour) in wishes {
            if settled >= quota {
                break;
            }
            let wanted = part(problem, &in_use[seat][tour].0, period as u32);
            let fits =
                |other: usize| part(problem, &in_use[seat][other].0, period as u32) == wanted;
            if !going_on[seat].iter().any(|&other| fits(other)) {
                continue;
            }
            going_on[seat].retain(|&other| fits(other));
            added[seat].get_or_insert_default().extend(wanted);
            self.free[seat][period] = false;
            settled += 1;
        }
        for (seat, added) in added.iter().enumerate() {
            let Some(added) = added else { continue };
            let mut cells = match &self.keeps[seat] {
                Some(keep) => (keep.tour.cells.iter().copied())
                    .filter(|&cell| !keep.free[problem.cells[cell as usize].period as usize])
                    .collect(),
                None => Vec::new(),
            };
            cells.extend(added);
            cells.sort_unstable();
            self.keeps[seat] = Some(Keep {
                tour: Arc::new(Column { cells, cost: 0.0 }),
                free: self.free[seat].clone().into(),
            });
        }
    }
}

/// The cells of a tour in a period: they follow each other in the order of the cells.
fn part<'c>(problem: &Problem, column: &'c Column, period: u32) -> &'c [u32] {
    let at = |cell: &u32| problem.cells[*cell as usize].period;
    let from = column.cells.partition_point(|cell| at(cell) < period);
    let to = column.cells.partition_point(|cell| at(cell) <= period);
    &column.cells[from..to]
}

/// What the tours do most in a period: how far it is used, and the first of the tours that do it.
fn favourite(problem: &Problem, tours: &[(Arc<Column>, f64)], period: u32) -> Option<(f64, usize)> {
    let mut kinds: Vec<(&[u32], f64, usize)> = Vec::new();
    for (index, (tour, used)) in tours.iter().enumerate() {
        let cells = part(problem, tour, period);
        match kinds.iter_mut().find(|kind| kind.0 == cells) {
            Some(kind) => kind.1 += used,
            None => kinds.push((cells, *used, index)),
        }
    }
    (kinds.into_iter())
        .map(|(_, used, index)| (used, index))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
}
