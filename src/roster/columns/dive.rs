//! From the linear program to a roster: settle for certain what people do on the days on which the program hardly wavers, price again within that,
//! and so on until every day of everybody is settled.
//!
//! Days are settled, not whole tours: the pricers find the rest of a tour anew around what is settled, so that little is lost by being wrong early.

use std::sync::Arc;

use super::dice::Dice;
use super::generate::{Memory, Reach, generate};
use super::lp::{LpFailed, Method};
use super::master::{Keep, Master, Seat};
use super::problem::{Care, Column, Problem};

/// How to dive.
#[derive(Debug, Clone, Copy)]
pub struct Dive {
    /// Rounds of pricing after each time that days are settled.
    pub rounds: usize,
    /// Tours asked of each pricer at once.
    pub tours: usize,
    /// Share of what is free that is settled at each step.
    pub share: f64,
    /// Program and bound this close, as a share, are close enough to settle more.
    pub near: f64,
    /// Give up when the program rises to this.
    pub give_up: f64,
}

/// Entries from which the program is made anew without those that are forbidden.
const LARGE: usize = 3000;
/// How far a choice is used to be taken as certain.
const CERTAIN: f64 = 1.0 - 1e-6;
/// Chance added to how far a choice is used, so that dives differ and ties are broken fairly.
const SHAKE: f64 = 0.02;

/// A tour for each of the seats, which hold one person each; `base` = cover by all others, `pool` = tours known for each seat (one at least that fits
/// its seat). Once stopped, what the program uses most. `None` if it was given up.
pub fn dive(
    problem: &Problem,
    base: &[u32],
    seats: Vec<Seat>,
    pool: &[Vec<Arc<Column>>],
    values: Option<Vec<f64>>,
    dive: Dive,
    dice: &mut Dice,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Option<Vec<Arc<Column>>>, LpFailed> {
    let periods = problem.periods() as usize;
    let mut free: Vec<Vec<bool>> = (seats.iter())
        .map(|seat| match &seat.keep {
            Some(keep) => keep.free.to_vec(),
            None => vec![true; periods],
        })
        .collect();
    let count = seats.len();
    let mut master = Master::new(problem, base, seats)?;
    for (seat, tours) in pool.iter().enumerate() {
        for tour in tours {
            master.add(seat, tour)?;
        }
    }
    master.method(Method::Corner);
    let mut memory = Memory {
        centre: values,
        ..Memory::default()
    };
    let open = vec![true; count];
    let mut forbidden: Vec<bool> = Vec::new();
    loop {
        let reach = Reach {
            rounds: dive.rounds,
            tours: dive.tours,
            care: Care::Quick,
            enough: dive.give_up,
            content: f64::NEG_INFINITY,
            whole: false,
            near: dive.near,
        };
        memory.bound = f64::NEG_INFINITY;
        let generated = generate(&mut master, &mut memory, &open, reach, &mut |_| !stop())?;
        let uses = master.use_of(&generated.optimum);
        forbidden.resize(uses.len(), false);
        if generated.bound >= dive.give_up {
            return Ok(None);
        }
        let mut of_seat: Vec<Vec<usize>> = vec![Vec::new(); count];
        for entry in 0..uses.len() {
            if uses[entry] > 1e-6 && !forbidden[entry] {
                of_seat[master.entries[entry].seat].push(entry);
            }
        }
        let whole = of_seat
            .iter()
            .all(|entries| entries.iter().any(|&entry| uses[entry] > CERTAIN));
        if whole || stop() {
            return Ok(most_used(&master, &uses, &of_seat, &forbidden));
        }
        let mut wishes: Vec<(f64, usize, usize, usize)> = Vec::new();
        let mut left = 0;
        for (seat, entries) in of_seat.iter().enumerate() {
            left += free[seat].iter().filter(|free| **free).count();
            for period in (0..periods).filter(|&period| free[seat][period]) {
                if let Some((used, entry)) = favourite(&master, entries, &uses, period as u32) {
                    wishes.push((used + SHAKE * dice.unit(), seat, period, entry));
                }
            }
        }
        wishes.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let quota = ((dive.share * left as f64) as usize).max(1);
        let mut settled = 0;
        let mut touched = vec![false; count];
        let mut pattern: Vec<Vec<u32>> = (0..count).map(|_| Vec::new()).collect();
        for (used, seat, period, entry) in wishes {
            if settled >= quota && used < 1.5 {
                break;
            }
            let wanted = part(problem, &master.entries[entry].column, period as u32);
            // At least one tour in use must go on to fit.
            let fits = |other: usize| {
                part(problem, &master.entries[other].column, period as u32) == wanted
            };
            if !of_seat[seat].iter().any(|&other| fits(other)) {
                continue;
            }
            let cells = wanted.to_vec();
            of_seat[seat].retain(|&other| fits(other));
            pattern[seat].extend(cells);
            free[seat][period] = false;
            touched[seat] = true;
            settled += 1;
        }
        for seat in (0..count).filter(|&seat| touched[seat]) {
            let mut cells = match &master.seats[seat].keep {
                Some(keep) => keep.tour.cells.clone(),
                None => Vec::new(),
            };
            cells.retain(|&cell| {
                let before = master.seats[seat].keep.as_ref();
                before.is_some_and(|keep| !keep.free[problem.cells[cell as usize].period as usize])
            });
            cells.extend(&pattern[seat]);
            cells.sort_unstable();
            let tour = Arc::new(Column { cells, cost: 0.0 });
            master.seats[seat].keep = Some(Keep {
                tour,
                free: free[seat].clone().into(),
            });
        }
        for entry in 0..uses.len() {
            let at = &master.entries[entry];
            if touched[at.seat] && !forbidden[entry] && !master.fits(at.seat, &at.column) {
                forbidden[entry] = true;
                master.forbid(entry)?;
            }
        }
        let alive = forbidden.iter().filter(|forbidden| !**forbidden).count();
        if forbidden.len() > LARGE && 3 * alive < forbidden.len() {
            let kept: Vec<(usize, Arc<Column>)> = (master.entries.iter().zip(&forbidden))
                .filter(|(_, forbidden)| !**forbidden)
                .map(|(entry, _)| (entry.seat, entry.column.clone()))
                .collect();
            let mut next = Master::new(problem, base, master.seats.clone())?;
            for (seat, column) in &kept {
                next.add(*seat, column)?;
            }
            next.method(Method::Corner);
            forbidden = vec![false; kept.len()];
            master = next;
        } else {
            master.method(Method::Dual);
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

/// For every seat the tour that is used most, or if none is any that fits.
fn most_used(
    master: &Master,
    uses: &[f64],
    of_seat: &[Vec<usize>],
    forbidden: &[bool],
) -> Option<Vec<Arc<Column>>> {
    (0..of_seat.len())
        .map(|seat| {
            let best = of_seat[seat]
                .iter()
                .copied()
                .reduce(|best, next| if uses[next] > uses[best] { next } else { best })
                .or_else(|| {
                    (0..uses.len())
                        .find(|&entry| master.entries[entry].seat == seat && !forbidden[entry])
                })?;
            Some(master.entries[best].column.clone())
        })
        .collect()
}
