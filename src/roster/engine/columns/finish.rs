//! Once prices have settled: the tours that matter are listed, and the integer program over them is solved.

use super::master::{Choice, Master};
use super::prove::{Prices, list};
use crate::roster::engine::lp::{LpFailed, MipLimits};

/// How the integer program is solved.
#[derive(Debug, Clone, Copy)]
pub struct Finish {
    /// Most tours listed, over all seats.
    pub listed: usize,
    pub mip: MipLimits,
    /// Least that a better choice is cheaper by.
    pub least_gain: f64,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Finished {
    /// A choice cheaper than the one to beat, if any was found.
    pub chosen: Option<Choice>,
    /// Its cost.
    pub cost: f64,
    /// Proven that no choice is cheaper than the one to beat.
    pub exhausted: bool,
}

/// Chooses among the master's tours and those listed at the prices; `now` = cost of the choice to beat.
pub fn finish(
    mut master: Master,
    prices: &Prices,
    now: f64,
    finish: Finish,
) -> Result<Finished, LpFailed> {
    let target = now - finish.least_gain;
    let room = target - prices.bound + 1e-6;
    let most = finish.listed / master.seats.len().max(1);
    let listed = list(&master, prices, room, most);
    for (seat, (tours, _)) in listed.iter().enumerate() {
        for tour in tours {
            master.add(seat, tour)?;
        }
    }
    let complete = listed.iter().all(|(_, complete)| *complete);
    let optimum = master.solve()?;
    // A column whose reduced cost exceeds what is to be gained is in no better choice.
    let values = master.values(&optimum);
    let seat_prices = master.seat_prices(&optimum).to_vec();
    let room = target - optimum.objective + 1e-6;
    if room < 0.0 {
        return Ok(Finished {
            exhausted: complete,
            ..Finished::default()
        });
    }
    for entry in 0..master.entries.len() {
        let at = &master.entries[entry];
        if at.column.reduced(&values) - seat_prices[at.seat] > room {
            master.allow(entry, false)?;
        }
    }
    let (found, bound) = master.solve_whole(&[], finish.mip)?;
    let exhausted = complete && bound > target;
    let Some((chosen, cost)) = found.filter(|(_, cost)| *cost <= target + 1e-6) else {
        return Ok(Finished {
            exhausted,
            ..Finished::default()
        });
    };
    Ok(Finished {
        chosen: Some(chosen),
        cost,
        exhausted,
    })
}
