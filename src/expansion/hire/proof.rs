//! How much cheaper any other mix could be.

use crate::planning::{PlanError, impossible_words};
use crate::roster::{Appraiser, Limits, solve};

use super::Settled;
use super::case::Case;
use super::table::{Table, problem_of, with_spare};

/// Steps of the ascent that proves it.
const ASCENT_STEPS: usize = 400;

/// Share of the time that the proof has, however late it is.
const LEAST_TIME: f64 = 0.03;

/// Factor on the worth of contacts from one proof to the next.
const STEP: f64 = 1.6;

/// What any mix of the groups costs at least.
pub(super) struct Proof {
    /// Factor on the worth of contacts per queue under which it was proved.
    raise: Vec<f64>,
    pub bound: f64,
}

/// Proves it with more people of each group on offer than were taken: a bound over those taken alone would say nothing of other mixes.
///
/// A proof holds at any worth of contacts. The plan's own may be far from the one at which its service is worth its cost, if the plan came from leaving
/// people out of another; so lesser and greater worths are tried as long as they bring bound and plan closer and there is time.
pub(super) fn prove(case: &Case, settled: &Settled, until: f64) -> Result<Proof, PlanError> {
    case.clock.stage("proving how good it is");
    let table = with_spare(case.search, &settled.table);
    let mut best = proved(case, &table, table.raise.clone(), until)?;
    for factor in [1.0 / STEP, STEP] {
        let first = best.raise.clone();
        while !case.clock.over(until) {
            let mut raise = best.raise.clone();
            for &queue in &case.within {
                raise[queue] *= factor;
            }
            let next = proved(case, &table, raise, until)?;
            if next.gap(case, settled) >= best.gap(case, settled) {
                break;
            }
            best = next;
        }
        if best.raise != first {
            break;
        }
    }
    Ok(best)
}

fn proved(case: &Case, table: &Table, raise: Vec<f64>, until: f64) -> Result<Proof, PlanError> {
    let problem = problem_of(case, &table.grown, &raise);
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
        raise,
        bound: solution.bound,
    })
}

impl Proof {
    /// What a plan costs in the same terms.
    pub fn objective(&self, case: &Case, settled: &Settled) -> f64 {
        let problem = problem_of(case, &settled.table.grown, &self.raise);
        Appraiser::new(&problem, &settled.table.tours).objective()
    }

    /// By what share of its cost a plan could be better at most.
    pub fn gap(&self, case: &Case, settled: &Settled) -> f64 {
        let objective = self.objective(case, settled);
        ((objective - self.bound) / objective.max(1e-9)).max(0.0)
    }
}
