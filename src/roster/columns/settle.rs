//! What is settled of everybody's tour on the way down: which days are free still, and which are next to be settled.

use std::sync::Arc;

use super::dice::Dice;
use super::master::{Keep, Master};
use super::problem::{Column, Problem};

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

    /// Settles about `quota` choices, those first that the program uses most; `of_seat` = the entries in use. At least one of them goes on to fit
    /// each seat. Returns the seats touched.
    pub fn settle(
        &mut self,
        master: &Master,
        uses: &[f64],
        of_seat: &[Vec<usize>],
        quota: usize,
        shake: f64,
        dice: &mut Dice,
    ) -> Vec<bool> {
        let problem = master.problem();
        let count = of_seat.len();
        let mut of_seat = of_seat.to_vec();
        let mut wishes: Vec<(f64, usize, usize, usize)> = Vec::new();
        for (seat, entries) in of_seat.iter().enumerate() {
            for period in (0..self.free[seat].len()).filter(|&period| self.free[seat][period]) {
                if let Some((used, entry)) = favourite(master, entries, uses, period as u32) {
                    wishes.push((used + shake.max(SHAKE) * dice.unit(), seat, period, entry));
                }
            }
        }
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let mut settled = 0;
        let mut added: Vec<Option<Vec<u32>>> = vec![None; count];
        for (_, seat, period, entry) in wishes {
            if settled >= quota {
                break;
            }
            let wanted = part(problem, &master.entries[entry].column, period as u32);
            let fits = |other: usize| {
                part(problem, &master.entries[other].column, period as u32) == wanted
            };
            if !of_seat[seat].iter().any(|&other| fits(other)) {
                continue;
            }
            of_seat[seat].retain(|&other| fits(other));
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
        added.iter().map(Option::is_some).collect()
    }
}

/// The cells of a tour in a period: they follow each other in the order of the cells.
fn part<'c>(problem: &Problem, column: &'c Column, period: u32) -> &'c [u32] {
    let at = |cell: &u32| problem.cells[*cell as usize].period;
    let from = column.cells.partition_point(|cell| at(cell) < period);
    let to = column.cells.partition_point(|cell| at(cell) <= period);
    &column.cells[from..to]
}

/// What the entries in use do most in a period: how far it is used, and one of the entries that do it.
fn favourite(
    master: &Master,
    entries: &[usize],
    uses: &[f64],
    period: u32,
) -> Option<(f64, usize)> {
    let mut kinds: Vec<(&[u32], f64, usize)> = Vec::new();
    for &entry in entries {
        let cells = part(master.problem(), &master.entries[entry].column, period);
        match kinds.iter_mut().find(|kind| kind.0 == cells) {
            Some(kind) => kind.1 += uses[entry],
            None => kinds.push((cells, uses[entry], entry)),
        }
    }
    kinds
        .into_iter()
        .map(|(_, used, entry)| (used, entry))
        .reduce(|best, next| if next.0 > best.0 { next } else { best })
}

