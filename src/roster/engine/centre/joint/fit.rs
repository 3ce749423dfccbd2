//! Whether people's weeks can be mixed so that every row is reached; if not, prices that prove it.

use std::rc::Rc;

use crate::roster::engine::centre::menu::Menu;
use crate::roster::engine::centre::presence::slots_of;
use crate::roster::engine::centre::pricing::{Prices, Scratch, best_tour, place_breaks};
use crate::roster::engine::lp::{LpFailed, Method, Program};
use crate::roster::problem::{Problem, Tour};

use super::rows::{Asked, Row, weight};

/// People with the same choice of weeks and the same weights.
#[derive(Debug)]
pub struct Party {
    pub menu: Rc<Menu>,
    pub people: f64,
    /// Somebody of the party, for the weights.
    pub like: usize,
}

/// How the search for a fit ended.
#[derive(Debug, Clone, PartialEq)]
pub enum Fit {
    /// Mixed weeks reach every row.
    Fits,
    /// They cannot: under these prices per row, even everybody's best weeks fall short.
    Proof(Vec<f64>),
    /// Not known within the steps allowed.
    Unknown,
}

/// Rounds of columns.
const ROUNDS: usize = 60;
/// Shortfall in person-slots that counts.
pub const LEAST: f64 = 1e-4;

/// Prices per slot for a person's presence.
fn presence(problem: &Problem, like: usize, rows: &[Row], prices: &[f64]) -> Vec<f64> {
    let mut worth = vec![0.0; problem.slots];
    let mut known: Option<(super::JointRule, Asked, f64)> = None;
    for (row, price) in rows.iter().zip(prices) {
        let own = match known {
            Some((rule, asked, own)) if (rule, asked) == (row.rule, row.asked) => own,
            _ => weight(problem, like, row.rule, row.asked),
        };
        known = Some((row.rule, row.asked, own));
        worth[row.slot] += own * price;
    }
    worth
}

/// The most that one person of a menu adds to the rows at these prices, and the week that does; `None` where no week is allowed.
pub fn most(
    problem: &Problem,
    menu: &Menu,
    like: usize,
    rows: &[Row],
    prices: &[f64],
    scratch: &mut Scratch,
) -> Option<(f64, Tour)> {
    let worth = presence(problem, like, rows, prices);
    let nothing = vec![0.0; problem.slots];
    let offer = Prices {
        work: &nothing,
        presence: &worth,
    };
    let week = best_tour(problem, menu, offer, scratch)?;
    let tour = place_breaks(problem, menu, &week, scratch);
    Some((adds(problem, &tour, &worth), tour))
}

fn adds(problem: &Problem, tour: &Tour, worth: &[f64]) -> f64 {
    tour.shifts
        .iter()
        .flat_map(|shift| slots_of(shift.span, problem.slot_minutes))
        .map(|slot| worth[slot])
        .sum()
}

/// By how much rows fall short at the prices, whatever anybody works: above 0 it is a proof that there is no roster.
pub fn shortfall(rows: &[Row], prices: &[f64], most: impl Iterator<Item = f64>) -> f64 {
    let asked: f64 = rows
        .iter()
        .zip(prices)
        .map(|(row, price)| row.least * price)
        .sum();
    asked - most.sum::<f64>()
}

/// Looks for a mixture by column generation.
pub fn fit(problem: &Problem, parties: &[Party], rows: &[Row]) -> Fit {
    search(problem, parties, rows).unwrap_or(Fit::Unknown)
}

fn search(problem: &Problem, parties: &[Party], rows: &[Row]) -> Result<Fit, LpFailed> {
    let mut scratch = Scratch::default();
    let mut program = Program::new()?;
    for row in rows {
        program.add_row(row.least, f64::INFINITY)?;
    }
    for party in parties {
        program.add_row(party.people, party.people)?;
    }
    for row in 0..rows.len() {
        program.add_column(1.0, f64::INFINITY, &[row as i32], &[1.0])?;
    }
    let mut of_slot: Vec<Vec<usize>> = vec![Vec::new(); problem.slots];
    for (index, row) in rows.iter().enumerate() {
        of_slot[row.slot].push(index);
    }
    let mut prices = vec![1.0; rows.len()];
    let mut duals: Vec<f64> = vec![f64::INFINITY; parties.len()];
    program.method(Method::Primal);
    for round in 0..ROUNDS {
        let mut reach = Vec::with_capacity(parties.len());
        let mut added = 0;
        for (index, party) in parties.iter().enumerate() {
            let best = most(
                problem,
                &party.menu,
                party.like,
                rows,
                &prices,
                &mut scratch,
            );
            let Some((value, tour)) = best else {
                return Ok(Fit::Unknown);
            };
            reach.push(value * party.people);
            if round == 0 || value > duals[index] + 1e-7 {
                let mut weights = vec![0.0; rows.len()];
                for slot in tour
                    .shifts
                    .iter()
                    .flat_map(|shift| slots_of(shift.span, problem.slot_minutes))
                {
                    for &row in &of_slot[slot] {
                        weights[row] +=
                            weight(problem, party.like, rows[row].rule, rows[row].asked);
                    }
                }
                let (mut at, mut values): (Vec<i32>, Vec<f64>) = weights
                    .into_iter()
                    .enumerate()
                    .filter(|(_, weight)| *weight != 0.0)
                    .map(|(row, weight)| (row as i32, weight))
                    .unzip();
                at.push((rows.len() + index) as i32);
                values.push(1.0);
                program.add_column(0.0, f64::INFINITY, &at, &values)?;
                added += 1;
            }
        }
        if round > 0 && shortfall(rows, &prices, reach.into_iter()) > LEAST {
            return Ok(Fit::Proof(prices));
        }
        if added == 0 {
            return Ok(Fit::Unknown);
        }
        let optimum = program.solve()?;
        if optimum.objective < LEAST {
            return Ok(Fit::Fits);
        }
        prices = optimum.duals[..rows.len()]
            .iter()
            .map(|price| price.max(0.0))
            .collect();
        duals = optimum.duals[rows.len()..]
            .iter()
            .map(|dual| -dual)
            .collect();
    }
    Ok(Fit::Unknown)
}
