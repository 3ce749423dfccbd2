//! The best bound by one price: the worth of covering is the same in every cell, as far as each cell's costs allow.
//!
//! Where the people must work more than is needed, or the work needed is more than they may do, that alone says much of what a roster costs.

use super::generate::{Memory, ask_all};
use super::master::Master;
use super::problem::{Care, Problem};

/// Prices with the bound that they prove.
#[derive(Debug, Clone)]
pub struct Priced {
    pub bound: f64,
    pub values: Vec<f64>,
    /// Least cost less worth of a tour, per seat.
    pub least: Vec<f64>,
}

impl Priced {
    /// What each cell may be worth lies between `boxes`.
    fn at(master: &Master, memory: &mut Memory, boxes: &[(f64, f64)], price: f64) -> (Priced, f64) {
        let values: Vec<f64> = (boxes.iter())
            .map(|&(low, high)| price.clamp(low, high.max(low)))
            .collect();
        let open = vec![true; master.seats.len()];
        let answers = ask_all(master, &values, None, memory, &open, 1, Care::Quick);
        let mut wanted: f64 = master.demand(&values).iter().sum();
        for (seat, answer) in answers.iter().enumerate() {
            let offered = answer.tours.first().map_or(0, |tour| tour.cells.len());
            wanted -= (master.seats[seat].people * offered) as f64;
        }
        let least: Vec<f64> = answers.iter().map(|answer| answer.bound).collect();
        for (kept, answer) in memory.pricers.iter_mut().zip(answers) {
            if !answer.memory.is_empty() {
                *kept = answer.memory;
            }
        }
        let bound = master.lagrangian(&values, &least);
        (
            Priced {
                bound,
                values,
                least,
            },
            wanted,
        )
    }
}

/// What a further person in each cell may be worth: from less what the last costs to what the first saves.
pub fn boxes_of(problem: &Problem) -> Vec<(f64, f64)> {
    (problem.cells.iter())
        .map(|cell| (-cell.cost.step(cell.cost.last_bend()), -cell.cost.step(0)))
        .collect()
}

/// Halves the prices at which cells change their mind, up where more is wanted than offered and down where less, and keeps the best bound.
/// Nothing is known where it is stopped at once.
pub fn level(master: &Master, memory: &mut Memory, stop: &dyn Fn() -> bool) -> Priced {
    memory.pricers.resize(master.seats.len(), Vec::new());
    let boxes = boxes_of(master.problem());
    let mut prices: Vec<f64> = (master.problem().cells.iter())
        .flat_map(|cell| (0..=cell.cost.last_bend()).map(|n| -cell.cost.step(n)))
        .collect();
    prices.push(0.0);
    prices.sort_by(f64::total_cmp);
    prices.dedup();
    let (mut low, mut high) = (0, prices.len());
    let mut best: Option<Priced> = None;
    while low < high && !stop() {
        let middle = (low + high) / 2;
        let (priced, wanted) = Priced::at(master, memory, &boxes, prices[middle]);
        if wanted > 0.0 {
            low = middle + 1;
        } else {
            high = middle;
        }
        if best.as_ref().is_none_or(|best| priced.bound > best.bound) {
            best = Some(priced);
        }
    }
    best.unwrap_or(Priced {
        bound: f64::NEG_INFINITY,
        values: vec![0.0; master.problem().cells.len()],
        least: vec![f64::NEG_INFINITY; master.seats.len()],
    })
}
