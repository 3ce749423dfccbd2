//! How much cheaper any other mix could be.

use crate::planning::{PlanError, impossible_words};
use crate::roster::{Appraiser, Limits, solve};

use super::Settled;
use super::case::Case;
use super::table::{problem_of, with_spare};

/// Steps of the ascent that proves it.
const ASCENT_STEPS: usize = 400;

/// Share of the time that the proof has, however late it is.
const LEAST_TIME: f64 = 0.03;

/// What any mix of the groups costs at least.
pub(super) struct Proof {
    /// Factor on the worth of contacts per queue under which it was proved.
    raise: Vec<f64>,
    pub bound: f64,
}

/// Proves it with more people of each group on offer than were taken: a bound over those taken alone would say nothing of other mixes.
pub(super) fn prove(case: &Case, settled: &Settled, until: f64) -> Result<Proof, PlanError> {
    case.clock.stage("proving how good it is");
    let table = with_spare(case.search, &settled.table);
    let problem = problem_of(case, &table.grown, &table.raise);
    let limits = Limits {
        gap: 0.0,
        effort: Some(0),
        seed: case.search.seed,
        ascent_steps: Some(ASCENT_STEPS),
    };
    let warm = table.known.with_tours(table.tours.clone());
    let least = case.clock.now() + LEAST_TIME;
    let control = case.clock.until(until.max(least));
    let solution = solve(&problem, &limits, Some(&warm), &control)
        .map_err(|why| PlanError::Impossible(impossible_words(&table.grown, &problem, &why)))?;
    Ok(Proof {
        raise: table.raise,
        bound: solution.bound,
    })
}

impl Proof {
    /// What a plan costs in the same terms.
    pub fn objective(&self, case: &Case, settled: &Settled) -> f64 {
        if settled.table.raise == self.raise {
            return settled.solution.objective;
        }
        let problem = problem_of(case, &settled.table.grown, &self.raise);
        Appraiser::new(&problem, &settled.table.tours).objective()
    }
}
