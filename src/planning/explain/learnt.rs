//! The question to the roster room as the roster's own play corrects it.

use crate::planning::curves::{Curves, curves};
use crate::planning::demand::Demand;
use crate::planning::play::{PlayOptions, play};
use crate::planning::problem::roster_problem;
use crate::planning::promise::Lessons;
use crate::planning::rounds::PlanError;
use crate::roster::problem::{Problem, Tour};
use crate::roster::{Appraiser, off_the_grid};
use crate::scenario::Scenario;
use crate::simulation::{Prepared, RunPlan, run};

/// Curves and problem after a roster was played for so many weeks: formulas alone think too well of people who serve several queues. A roster
/// that does not lie on the problem's grid teaches nothing.
///
/// # Errors
/// What staffing or simulation cannot compute.
pub fn learnt(
    scenario: &Scenario,
    demand: &Demand,
    tours: &[Tour],
    weeks: usize,
    seed: u64,
) -> Result<(Curves, Problem), PlanError> {
    let grid = scenario.grid();
    let mut lessons = Lessons::none(scenario, &grid);
    let formula = curves(scenario, demand, grid.step_seconds(), &[])?;
    let problem = roster_problem(scenario, demand, &formula, &lessons.work_factor);
    if !off_the_grid(&problem, tours).is_empty() {
        return Ok((formula, problem));
    }
    let solution = Appraiser::new(&problem, tours).solution();
    let input = play(scenario, demand, &problem, tours, &PlayOptions::default());
    let played = run(
        &Prepared::new(&input)?,
        &RunPlan::fixed(weeks.max(2), seed),
        &|_| true,
    )?;
    lessons.learn(scenario, &formula, &solution, &played);
    let corrected = curves(scenario, demand, grid.step_seconds(), &lessons.corrections)?;
    let problem = roster_problem(scenario, demand, &corrected, &lessons.work_factor);
    Ok((corrected, problem))
}
