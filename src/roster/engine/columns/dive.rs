//! From the linear program to a roster: settle for certain what people do on the days on which the program hardly wavers, price again within that,
//! and so on until every day of everybody is settled.
//!
//! Days are settled, not whole tours: the pricers find the rest of a tour anew around what is settled, so that little is lost by being wrong early.

use std::sync::Arc;

use super::finish::{Finish, finish};
use super::generate::{Memory, Reach, Round, generate};
use super::master::{Master, Seat};
use super::problem::{Care, Column, Problem};
use super::prove::Prices;
use super::settle::Settled;
use crate::roster::engine::dice::Dice;
use crate::roster::engine::lp::{LpFailed, Method};

/// How to dive.
#[derive(Debug, Clone, Copy)]
pub struct Dive {
    /// Rounds of pricing after each time that days are settled.
    pub rounds: usize,
    /// Tours asked of each pricer at once.
    pub tours: usize,
    /// Share of what is free that is settled at a step.
    pub share: f64,
    /// Program and bound this close, as a share, are close enough to settle more.
    pub near: f64,
    /// Give up when the bound rises to this.
    pub give_up: f64,
    /// How integer programs over what is left are solved.
    pub finish: Finish,
    /// Person-periods left from which an integer program is tried.
    pub few: usize,
    /// Most seconds of a solve of the linear program; one that takes longer ends the dive.
    pub seconds: f64,
}

/// Where a dive ended.
#[derive(Debug, Default)]
pub struct Dived {
    /// A tour for each seat.
    pub tours: Option<Vec<Arc<Column>>>,
    /// Given up before anything was settled: there is nothing to be found.
    pub hopeless: bool,
}

/// Entries from which the program is made anew without those that are forbidden.
const LARGE: usize = 3000;
/// How far a choice is used to be taken as certain.
const CERTAIN: f64 = 1.0 - 1e-6;
/// A rise of the program by this share is worth another way.
const JUMP: f64 = 0.004;
/// Ways tried at one depth, and in all.
const WAYS: (usize, usize) = (3, 12);
/// How far above the program, as a share, integer programs look.
const ROOM: f64 = 0.25;
/// A roster within this share of the program ends the dive.
const CLOSE: f64 = 0.001;

/// A tour for each of the seats, which hold one person each; `base` = cover by all others, `pool` = tours known for each seat (one at least that fits
/// it), `values` = good prices. Once stopped, what the program uses most.
#[expect(clippy::too_many_arguments)]
pub fn dive(
    problem: &Problem,
    base: &[u32],
    seats: Vec<Seat>,
    pool: &[Vec<Arc<Column>>],
    values: Option<Vec<f64>>,
    dive: Dive,
    dice: &mut Dice,
    stop: &(dyn Fn() -> bool + Sync),
) -> Result<Dived, LpFailed> {
    let count = seats.len();
    let mut settled = Settled::new(
        problem,
        seats.iter().map(|seat| seat.keep.clone()).collect(),
    );
    let mut master = Master::new(problem, base, seats)?;
    for (seat, tours) in pool.iter().enumerate() {
        for tour in tours {
            if master.fits(seat, tour) {
                master.add(seat, tour)?;
            }
        }
    }
    master.method(Method::Corner);
    master.allow_seconds(dive.seconds);
    let mut memory = Memory {
        centre: values,
        ..Memory::default()
    };
    let open = vec![true; count];
    let mut best: Option<(f64, Vec<Arc<Column>>)> = None;
    // Before the last step: what was settled, how far each entry was used, and the program's value.
    let mut earlier: Option<(Settled, Vec<f64>, f64)> = None;
    let (mut ways, mut all_ways, mut share) = (0, 0, dive.share);
    let mut tried = usize::MAX;
    let (mut any_settled, mut hopeless) = (false, false);
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
        let going_on = &mut |_: Round| !stop();
        let generated = match generate(&mut master, &mut memory, &open, reach, going_on) {
            Err(LpFailed::OUT_OF_TIME) => break,
            generated => generated?,
        };
        let mut uses = master.use_of(&generated.optimum);
        let mut value = generated.optimum.objective;
        let cap = best
            .as_ref()
            .map_or(dive.give_up, |best| best.0.min(dive.give_up));
        let worse = generated.bound >= cap
            || earlier
                .as_ref()
                .is_some_and(|earlier| value > earlier.2 + JUMP * earlier.2.abs());
        let again = worse && ways < WAYS.0 && all_ways < WAYS.1 && earlier.is_some();
        if !again && generated.bound >= cap {
            hopeless = !any_settled;
            break;
        }
        if stop() {
            if best.is_none() {
                best = most_used(&master, &uses).map(|tours| (f64::INFINITY, tours));
            }
            break;
        }
        if again {
            if let Some((before, used, at)) = earlier.take() {
                (settled, uses, value) = (before, used, at);
            }
            (ways, all_ways, share) = (ways + 1, all_ways + 1, 0.5 * share);
        } else {
            ways = 0;
            share = (1.3 * share).min(dive.share);
            let left = settled.left();
            let whole = (0..count).all(|seat| {
                (0..uses.len()).any(|e| master.entries[e].seat == seat && uses[e] > CERTAIN)
            });
            if whole {
                if value < best.as_ref().map_or(f64::INFINITY, |best| best.0) {
                    best = most_used(&master, &uses).map(|tours| (value, tours));
                }
                break;
            }
            if left <= dive.few && 2 * left <= tried {
                tried = left;
                let mut small = Master::new(problem, base, master.seats.clone())?;
                small.allow_seconds(dive.seconds);
                for entry in &master.entries {
                    if master.fits(entry.seat, &entry.column) {
                        small.add(entry.seat, &entry.column)?;
                    }
                }
                let prices = Prices {
                    values: &generated.values,
                    least: &generated.least,
                    bound: generated.bound,
                    memory: &memory,
                };
                let room = cap.min(value + ROOM * value.abs() + 1.0);
                let finished = match finish(small, &prices, room, dive.finish) {
                    Err(LpFailed::OUT_OF_TIME) => break,
                    finished => finished?,
                };
                if let Some(chosen) = finished.chosen {
                    let tours = chosen.into_iter().map(|(_, column)| column).collect();
                    best = Some((finished.cost, tours));
                    if finished.cost <= value + (CLOSE * value.abs()).max(dive.finish.least_gain) {
                        break;
                    }
                }
            }
        }
        let mut in_use: Vec<Vec<(Arc<Column>, f64)>> = vec![Vec::new(); count];
        for (entry, used) in uses.iter().enumerate().filter(|(_, used)| **used > 1e-6) {
            let at = &master.entries[entry];
            in_use[at.seat].push((at.column.clone(), *used));
        }
        earlier = Some((settled.clone(), uses.clone(), value));
        let quota = ((share * settled.left() as f64) as usize).max(1);
        any_settled = true;
        let shake = 0.1 * ways as f64;
        settled.settle(problem, &in_use, quota, shake, dice);
        for (seat, keep) in settled.keeps().iter().enumerate() {
            master.seats[seat].keep = keep.clone();
        }
        let mut alive = 0;
        for entry in 0..master.entries.len() {
            let at = &master.entries[entry];
            let fits = master.fits(at.seat, &at.column);
            alive += usize::from(fits);
            master.allow(entry, fits)?;
        }
        if master.entries.len() > LARGE && 3 * alive < master.entries.len() {
            let mut next = Master::new(problem, base, master.seats.clone())?;
            for entry in &master.entries {
                if master.fits(entry.seat, &entry.column) {
                    next.add(entry.seat, &entry.column)?;
                }
            }
            next.method(Method::Corner);
            next.allow_seconds(dive.seconds);
            master = next;
            earlier = None;
        } else {
            master.method(Method::Dual);
        }
    }
    Ok(Dived {
        tours: best.map(|best| best.1),
        hopeless,
    })
}

/// For every seat, among the tours that fit, the one that is used most.
fn most_used(master: &Master, uses: &[f64]) -> Option<Vec<Arc<Column>>> {
    (0..master.seats.len())
        .map(|seat| {
            (0..uses.len())
                .filter(|&entry| master.entries[entry].seat == seat)
                .filter(|&entry| master.fits(seat, &master.entries[entry].column))
                .reduce(|best, next| if uses[next] > uses[best] { next } else { best })
                .map(|entry| master.entries[entry].column.clone())
        })
        .collect()
}
