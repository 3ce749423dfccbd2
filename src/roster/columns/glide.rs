//! Where the linear program is too large: down to a roster on prices alone.
//!
//! The answers of everybody to late prices, taken together, stand in for what a program would use (as in the volume algorithm of Barahona and Anbil
//! 2000): what people do on a day in most of their answers is settled, the prices take some more steps, and so on.

use std::sync::Arc;

use super::ascent::Climb;
use super::dice::Dice;
use super::generate::{Memory, ask_all};
use super::lp::LpFailed;
use super::master::{Master, Seat};
use super::problem::{Care, Column, Problem};
use super::settle::Settled;

/// Steps of the prices between two times that days are settled.
const STEPS: usize = 10;
/// Share of what is left that is settled at once, at first.
const SHARE: f64 = 0.12;
/// How far a price moves in a step, as a share of the middle width of what prices can be.
const RATE: f64 = 0.01;

/// A tour for everybody; `start` = tours to begin with, `progress` = share of the time for it that is used up (1 ends it early).
pub fn glide(
    problem: &Problem,
    groups: &[usize],
    start: &[Arc<Column>],
    mut values: Vec<f64>,
    dice: &mut Dice,
    progress: &mut dyn FnMut(f64) -> f64,
) -> Result<Vec<Arc<Column>>, LpFailed> {
    let nobody = vec![0; problem.cells.len()];
    let seats: Vec<Seat> = (groups.iter())
        .map(|&group| Seat {
            group,
            people: 1,
            keep: None,
        })
        .collect();
    let count = seats.len();
    let mut settled = Settled::new(problem, vec![None; count]);
    let mut master = Master::new(problem, &nobody, seats)?;
    let mut memory = Memory::default();
    memory.pricers.resize(count, Vec::new());
    let open = vec![true; count];
    let mut climb = Climb::new(problem);
    let mut tours: Vec<Arc<Column>> = start.to_vec();
    let all = settled.left().max(1) as f64;
    loop {
        let mut answered: Vec<Vec<(Arc<Column>, f64)>> = vec![Vec::new(); count];
        for _ in 0..STEPS {
            let answers = ask_all(&master, &values, None, &memory, &open, 1, Care::Quick);
            let mut surplus = master.demand(&values);
            for (seat, answer) in answers.into_iter().enumerate() {
                if !answer.memory.is_empty() {
                    memory.pricers[seat] = answer.memory;
                }
                if let Some(tour) = answer.tours.into_iter().next() {
                    tours[seat] = Arc::new(tour);
                }
                for &cell in &tours[seat].cells {
                    surplus[cell as usize] -= 1.0;
                }
                match answered[seat]
                    .iter_mut()
                    .find(|known| known.0 == tours[seat])
                {
                    Some(known) => known.1 += 1.0 / STEPS as f64,
                    None => answered[seat].push((tours[seat].clone(), 1.0 / STEPS as f64)),
                }
            }
            climb.step(&mut values, &surplus, RATE);
        }
        let left = settled.left();
        let done = 1.0 - left as f64 / all;
        let time = progress(done);
        if left == 0 || time >= 1.0 {
            return Ok(tours);
        }
        // Behind the clock more is settled at once.
        let haste = if time > done {
            1.0 + 2.0 * (time - done)
        } else {
            1.0
        };
        let quota = ((SHARE * haste * left as f64) as usize).max(count.min(left) / 2 + 1);
        settled.settle(problem, &answered, quota, 0.0, dice);
        for (seat, keep) in settled.keeps().iter().enumerate() {
            master.seats[seat].keep = keep.clone();
            if !master.fits(seat, &tours[seat])
                && let Some(known) =
                    (answered[seat].iter().rev()).find(|known| master.fits(seat, &known.0))
            {
                tours[seat] = known.0.clone();
            }
        }
    }
}
