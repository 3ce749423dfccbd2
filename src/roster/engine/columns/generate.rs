//! Column generation: solve the master, ask the pricers at its duals, add what improves, until nothing does.
//!
//! Duals of a young master jump about; asking at a mean of them and of the best prices so far (Wentges 1997) settles them. At every step
//! the answers give a bound from below (Lagrange), also where the master is far from its optimum.

use std::sync::Arc;

use rayon::prelude::*;

use super::master::Master;
use super::problem::{Answer, Ask, Care};
use crate::roster::engine::lp::{LpFailed, Optimum};

/// How far to go.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    pub rounds: usize,
    /// Tours asked of each pricer at once.
    pub tours: usize,
    /// Whether to go on with thorough pricing once quick pricing finds nothing.
    pub care: Care,
    /// Stop when the bound is this high: nothing better than the best roster can come.
    pub enough: f64,
    /// Stop at once when the master's optimum is this low.
    pub content: f64,
    /// Program and bound this close, as a share, are close enough.
    pub near: f64,
    /// Costs are whole numbers: a bound that rounds up to the master's optimum is as good as that.
    pub whole: bool,
}

/// What is known after a round.
#[derive(Debug, Clone, Copy)]
pub struct Round {
    pub bound: f64,
    /// The master's optimum.
    pub value: f64,
    /// The pricers answered as carefully as they are asked to in the end: quick answers hardly raise a bound.
    pub careful: bool,
}

/// Where the generation ended.
#[derive(Debug, Clone)]
pub struct Generated {
    pub optimum: Optimum,
    /// No choice of any tours costs less.
    pub bound: f64,
    /// The prices behind the bound.
    pub values: Vec<f64>,
    /// At those prices, a bound from below on what a tour of each seat costs less what it is worth.
    pub least: Vec<f64>,
}

/// Rounds over which the program must fall noticeably.
const STALL: usize = 5;

/// What is carried from one generation to the next over the same seats.
#[derive(Debug, Clone)]
pub struct Memory {
    pub pricers: Vec<Vec<f64>>,
    /// Best prices known.
    pub centre: Option<Vec<f64>>,
    /// The bound there, and the least cost less worth of a tour of each seat.
    pub bound: f64,
    pub least: Vec<f64>,
}

impl Default for Memory {
    fn default() -> Memory {
        Memory {
            pricers: Vec::new(),
            centre: None,
            bound: f64::NEG_INFINITY,
            least: Vec::new(),
        }
    }
}

/// Adds tours to the master until nothing improves it or a limit is met. `open` says which seats may still get tours; `report` hears of every round and
/// says whether to go on.
pub fn generate(
    master: &mut Master,
    memory: &mut Memory,
    open: &[bool],
    reach: Reach,
    report: &mut dyn FnMut(Round) -> bool,
) -> Result<Generated, LpFailed> {
    memory.pricers.resize(master.seats.len(), Vec::new());
    let all_open = open.iter().all(|&open| open);
    let mut best = (memory.bound, memory.centre.clone().unwrap_or_default());
    let mut optimum = master.solve()?;
    let mut care = Care::Quick;
    let mut weight = 0.7;
    let mut falls = Vec::new();
    let mut least = memory.least.clone();
    let mut rounds = 0;
    while rounds < reach.rounds && optimum.objective > reach.content {
        rounds += 1;
        let careful = care == reach.care;
        let exact = master.values(&optimum);
        // Where some are settled the best prices are not known anew.
        let smooth = all_open && !best.1.is_empty() && weight > 0.0;
        let asked: Vec<f64> = if smooth {
            exact
                .iter()
                .zip(&best.1)
                .map(|(e, c)| weight * c + (1.0 - weight) * e)
                .collect()
        } else {
            exact.clone()
        };
        let seat_prices = master.seat_prices(&optimum).to_vec();
        let answers = ask_all(
            master,
            &asked,
            (!smooth).then_some(&seat_prices),
            memory,
            open,
            reach.tours,
            care,
        );
        let mut added = 0;
        for (seat, answer) in answers.iter().enumerate() {
            for tour in &answer.tours {
                if tour.reduced(&exact) < seat_prices[seat] - 1e-6
                    && master.add(seat, &Arc::new(tour.clone()))?
                {
                    added += 1;
                }
            }
        }
        let mut raised = false;
        if all_open {
            let bounds: Vec<f64> = answers.iter().map(|answer| answer.bound).collect();
            let bound = master.lagrangian(&asked, &bounds);
            if bound > best.0 || best.1.is_empty() {
                raised = bound > best.0;
                best = (bound, asked);
                least = bounds;
            }
        }
        for (kept, answer) in memory.pricers.iter_mut().zip(answers) {
            if !answer.memory.is_empty() {
                *kept = answer.memory;
            }
        }
        let before = optimum.objective;
        if added > 0 {
            optimum = match master.solve() {
                Ok(optimum) => optimum,
                Err(failed) => {
                    // What the answers have proved is proved.
                    if all_open {
                        (memory.bound, memory.centre) = (best.0, Some(best.1));
                        memory.least = least;
                    }
                    return Err(failed);
                }
            };
        }
        // Where quick pricing hardly moves the program any more, thorough pricing is cheaper.
        falls.push(optimum.objective);
        let stalled = falls.len() > STALL
            && falls[falls.len() - 1 - STALL] - optimum.objective < 2e-3 * optimum.objective.abs();
        if stalled && care < reach.care {
            care = reach.care;
            falls.clear();
        }
        if added > 0 && optimum.objective < before - 1e-7 * before.abs().max(1.0) {
            weight = if raised {
                (weight + 0.05f64).min(0.85)
            } else {
                (weight - 0.05f64).max(0.3)
            };
        } else if smooth {
            weight = if weight > 0.2 { weight * 0.5 } else { 0.0 };
        } else if added == 0 {
            // Quick pricing that finds nothing proves nothing.
            if careful {
                break;
            }
            care = reach.care;
        }
        let settled = all_open
            && if reach.whole {
                (best.0 - 1e-6).ceil() >= optimum.objective - 1e-4
            } else {
                best.0 >= optimum.objective - 1e-6
            };
        let near = all_open && optimum.objective - best.0 < reach.near * optimum.objective.abs();
        let round = Round {
            bound: best.0,
            value: optimum.objective,
            careful,
        };
        if settled || near || best.0 >= reach.enough || !report(round) {
            break;
        }
    }
    if all_open {
        memory.centre = Some(best.1.clone());
    }
    let values = if all_open {
        best.1
    } else {
        master.values(&optimum)
    };
    Ok(Generated {
        optimum,
        bound: best.0,
        values,
        least,
    })
}

/// Asks the pricers of all open seats at once; the answers come in the order of the seats.
pub fn ask_all(
    master: &Master,
    values: &[f64],
    seat_prices: Option<&Vec<f64>>,
    memory: &Memory,
    open: &[bool],
    most: usize,
    care: Care,
) -> Vec<Answer> {
    let (problem, seats, memories) = (master.problem(), &master.seats, &memory.pricers);
    (0..seats.len())
        .into_par_iter()
        .map(|index| {
            if !open[index] {
                return Answer::default();
            }
            let seat = &seats[index];
            let keep = seat
                .keep
                .as_ref()
                .map(|keep| (keep.tour.as_ref(), keep.free.as_ref()));
            let below = seat_prices.map_or(f64::INFINITY, |prices| prices[index] - 1e-6);
            let ask = Ask {
                values,
                below,
                most,
                care,
                keep,
                memory: &memories[index],
            };
            problem.groups[seat.group].pricer.price(&ask)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::roster::engine::columns::cost::CoverCost;
    use crate::roster::engine::columns::problem::{Cell, Column, Group, Pricer, Problem};
    use crate::roster::engine::columns::root::seats_of;

    const CELLS: u32 = 9;

    /// Quick answers tell of one tour more at each call, up to `told`, and of a bound that is far off but better each time; thorough ones are
    /// exact.
    struct Slow {
        calls: AtomicUsize,
        told: usize,
    }

    impl Pricer for Slow {
        fn price(&self, ask: &Ask) -> Answer {
            let calls = self.calls.fetch_add(1, Ordering::Relaxed);
            let quick = ask.care == Care::Quick;
            let known = if quick {
                calls.min(self.told)
            } else {
                self.told
            };
            let tours: Vec<Column> = (0..=known as u32)
                .map(|cells| Column {
                    cells: (0..cells).collect(),
                    cost: 0.0,
                })
                .collect();
            let least = tours.iter().map(|tour| tour.reduced(ask.values));
            Answer {
                bound: match quick {
                    true => 1e3 * calls as f64 - 1e6,
                    false => least.fold(0.0, f64::min),
                },
                tours,
                memory: Vec::new(),
            }
        }
    }

    #[test]
    fn it_ends_with_the_bound_of_careful_answers() {
        for told in 1..CELLS as usize {
            let cell = |period| Cell {
                cost: CoverCost::band(1, 10.0, 1.0),
                period,
            };
            let pricer = Slow {
                calls: AtomicUsize::new(0),
                told,
            };
            let problem = Problem {
                cells: (0..CELLS).map(cell).collect(),
                groups: vec![Group {
                    people: 1,
                    pricer: Box::new(pricer),
                }],
                whole_tour_costs: false,
            };
            let nobody = vec![0; CELLS as usize];
            let mut master = Master::new(&problem, &nobody, seats_of(&problem)).expect("a program");
            let reach = Reach {
                rounds: 100,
                tours: 10,
                care: Care::Thorough,
                enough: f64::INFINITY,
                content: f64::NEG_INFINITY,
                near: 1e-9,
                whole: false,
            };
            let mut memory = Memory::default();
            let found = generate(&mut master, &mut memory, &[true], reach, &mut |_| true);
            let found = found.expect("an optimum");
            let cost = 10.0 * f64::from(CELLS - told as u32);
            assert!((found.optimum.objective - cost).abs() < 1e-6, "{told}");
            assert!((found.bound - cost).abs() < 1e-6, "{told}: {}", found.bound);
        }
    }
}
