//! First prices without a linear program: steps along the surplus of demand over supply.
//!
//! At any prices the roster falls apart into people who each take their best tour and cells that each buy the cover that is cheapest for them; what
//! is left of the cost is a bound from below. Prices rise where cells buy more than people offer and fall where they buy less; the best bound is kept.

use std::sync::Arc;

use crate::roster::engine::adam::Adam;

use super::generate::{Memory, ask_all};
use super::level::{Priced, boxes_of};
use super::master::Master;
use super::problem::{Care, Column, Problem};

/// What the ascent leaves.
pub struct Ascended {
    pub bound: f64,
    pub values: Vec<f64>,
    pub least: Vec<f64>,
    /// Seat and tour of the answers to late prices.
    pub tours: Vec<(usize, Arc<Column>)>,
}

/// Share of the last steps whose answers are kept.
const KEPT_SHARE: f64 = 0.7;
/// About how far a price moves in an early step, as a share of the middle width of what prices can be: from a level, and from good prices.
const RATES: (f64, f64) = (0.06, 0.015);
/// Share of the steps that good prices need.
const FEWER: f64 = 0.33;

/// Steps without a better bound after which the ascent goes back to the best prices.
const VAIN: usize = 12;
/// Times that steps are made half as wide, without a better bound in between, before the ascent ends.
const HALVINGS: usize = 5;

/// Shares of the slopes' means that are kept from step to step.
const KEEPS: (f64, f64) = (0.8, 0.95);

/// Where the ascent begins.
pub enum Start {
    /// With the better of one price for all and low prices everywhere.
    Level(Priced),
    /// With prices that are nearly right.
    Known(Vec<f64>),
}

/// Up to `steps` steps from where it starts; `report` hears of each bound with the share of steps done, and answers with the progress to go on with (1 ends it), which may run
/// ahead of the steps where time is short.
pub fn ascend(
    master: &Master,
    memory: &mut Memory,
    start: Start,
    steps: usize,
    report: &mut dyn FnMut(f64, f64) -> f64,
) -> Ascended {
    let problem = master.problem();
    memory.pricers.resize(master.seats.len(), Vec::new());
    let open = vec![true; master.seats.len()];
    let mut climb = Climb::new(problem);
    let low = || {
        let low = (climb.boxes.iter())
            .map(|(low, high)| (0.1 * climb.typical).clamp(*low, high.max(*low)));
        low.collect()
    };
    let (mut values, level, mut rate, share): (Vec<f64>, _, _, _) = match start {
        Start::Level(level) => (low(), level, RATES.0, 1.0),
        Start::Known(known) => {
            let unproved = Priced {
                bound: f64::NEG_INFINITY,
                values: known.clone(),
                least: vec![f64::NEG_INFINITY; master.seats.len()],
            };
            (known, unproved, RATES.1, FEWER)
        }
    };
    let mut best = Ascended {
        bound: level.bound,
        values: level.values,
        least: level.least,
        tours: Vec::new(),
    };
    let steps = (share * steps as f64).ceil() as usize;
    let mut progress = 0.0f64;
    let (mut vain, mut halved) = (0, 0);
    for step in 0..steps {
        let answers = ask_all(master, &values, None, memory, &open, 1, Care::Quick);
        let least: Vec<f64> = answers.iter().map(|answer| answer.bound).collect();
        let bound = master.lagrangian(&values, &least);
        let mut surplus = master.demand(&values);
        for (seat, answer) in answers.into_iter().enumerate() {
            let people = master.seats[seat].people as f64;
            if !answer.memory.is_empty() {
                memory.pricers[seat] = answer.memory;
            }
            for tour in answer.tours {
                for &cell in &tour.cells {
                    surplus[cell as usize] -= people;
                }
                if progress >= 1.0 - KEPT_SHARE {
                    best.tours.push((seat, Arc::new(tour)));
                }
            }
        }
        if bound > best.bound {
            (best.bound, best.values, best.least) = (bound, values.clone(), least);
            (vain, halved) = (0, 0);
        } else {
            vain += 1;
        }
        progress = report(best.bound, (step + 1) as f64 / steps as f64);
        if progress >= 1.0 {
            break;
        }
        if vain > VAIN || (step == 0 && vain > 0) {
            // Steps as wide as these lead away from the best prices.
            values.clone_from(&best.values);
            climb = Climb::new(problem);
            if step > 0 {
                rate *= 0.5;
                halved += 1;
            }
            if halved > HALVINGS {
                break;
            }
            vain = 0;
            continue;
        }
        climb.step(
            &mut values,
            &surplus,
            rate * (1.0 - progress).powi(2).max(0.002),
        );
    }
    best
}

/// Steps of prices along the surplus of demand over supply.
pub struct Climb {
    /// The worth of one more person in a cell lies between what the first saves and what the last costs.
    boxes: Vec<(f64, f64)>,
    /// The middle width of these.
    typical: f64,
    adam: Adam,
}

impl Climb {
    pub fn new(problem: &Problem) -> Climb {
        let boxes = boxes_of(problem);
        let mut spans: Vec<f64> = boxes.iter().map(|(low, high)| high - low).collect();
        spans.sort_by(f64::total_cmp);
        let typical = spans.get(spans.len() / 2).copied().unwrap_or(1.0).max(1e-9);
        Climb {
            typical,
            adam: Adam::new(boxes.len(), KEEPS),
            boxes,
        }
    }

    /// One step; `rate` = about how far a price moves, as a share of the middle width of what prices can be.
    pub fn step(&mut self, values: &mut [f64], surplus: &[f64], rate: f64) {
        let steps = self.adam.steps(surplus);
        for ((value, (mean, spread)), &(low, high)) in values.iter_mut().zip(steps).zip(&self.boxes)
        {
            let along = mean / spread;
            *value = (*value + rate * self.typical * along).clamp(low, high.max(low));
        }
    }
}
