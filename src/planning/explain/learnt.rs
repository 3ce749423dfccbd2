//! The question to the roster room as play corrects it: as the plan knew it, or as the roster's own play tells.

use serde::{Deserialize, Serialize};

use crate::planning::curves::{Curves, curves};
use crate::planning::demand::Demand;
use crate::planning::play::{PlayOptions, play};
use crate::planning::problem::roster_problem;
use crate::planning::promise::Lessons;
use crate::planning::rounds::{PlanError, Planned};
use crate::roster::problem::{Problem, Tour};
use crate::roster::{Appraiser, PriceList, off_the_grid};
use crate::scenario::Scenario;
use crate::simulation::{Prepared, RunPlan, run};

/// `learnt.json`: what a plan knew of its curves, so that its roster can be explained by the same measure.
#[derive(Debug, Serialize, Deserialize)]
struct File {
    start: String,
    interval_minutes: u32,
    queues: Vec<String>,
    lessons: Lessons,
    #[serde(default)]
    prices: Option<Prices>,
    /// Slots in which deferred work is done, per queue and unit.
    #[serde(default)]
    places: Vec<Vec<u32>>,
}

/// What one agent more is worth, as the plan's search saw it in the end: per queue, cover and site, slot by slot.
#[derive(Debug, Serialize, Deserialize)]
struct Prices {
    service: Vec<f64>,
    cover: Vec<f64>,
    seats: Vec<f64>,
}

/// What a plan left for later ones.
#[derive(Debug, Clone)]
pub struct Learnt {
    pub lessons: Lessons,
    pub prices: Option<PriceList>,
    /// Slots in which that plan had deferred work done, per queue and unit.
    pub places: Vec<Vec<u32>>,
}

fn queues(scenario: &Scenario) -> Vec<String> {
    scenario
        .queues
        .iter()
        .map(|queue| queue.id.clone())
        .collect()
}

/// The text of `learnt.json`.
pub fn learnt_json(scenario: &Scenario, planned: &Planned) -> String {
    // A tenth of a cent is more than a search can tell.
    let short = |prices: &[f64]| prices.iter().map(|p| (p * 1e3).round() / 1e3).collect();
    let file = File {
        start: scenario.start.to_string(),
        interval_minutes: scenario.interval_minutes,
        queues: queues(scenario),
        lessons: planned.lessons.clone(),
        prices: planned.solution.warm.prices().map(|known| Prices {
            service: short(&known.service),
            cover: short(&known.cover),
            seats: short(&known.seats),
        }),
        places: planned.solution.warm.places().to_vec(),
    };
    serde_json::to_string(&file).unwrap_or_default() + "\n"
}

/// What was learnt, if the file is one of this scenario's plans.
pub fn read_learnt(scenario: &Scenario, text: &str) -> Option<Learnt> {
    let file: File = serde_json::from_str(text).ok()?;
    let same = file.start == scenario.start.to_string()
        && file.interval_minutes == scenario.interval_minutes
        && file.queues == queues(scenario);
    let lessons = file.lessons.on(scenario, &scenario.grid())?;
    same.then_some(Learnt {
        lessons,
        prices: file.prices.map(|known| PriceList {
            service: known.service,
            cover: known.cover,
            seats: known.seats,
        }),
        places: file.places,
    })
}

/// Curves and problem under some lessons.
///
/// # Errors
/// What staffing cannot compute.
pub fn under(
    scenario: &Scenario,
    demand: &Demand,
    lessons: &Lessons,
) -> Result<(Curves, Problem), PlanError> {
    let mut corrected = curves(scenario, demand, scenario.grid().step_seconds())?;
    corrected.correct(&lessons.corrections);
    let problem = roster_problem(scenario, demand, &corrected, &lessons.work_factor);
    Ok((corrected, problem))
}

/// What a roster teaches when it is played for so many weeks: formulas alone think too well of people who serve several queues. A roster that
/// does not lie on the problem's grid teaches nothing.
///
/// # Errors
/// What staffing or simulation cannot compute.
pub fn learn_from(
    scenario: &Scenario,
    demand: &Demand,
    tours: &[Tour],
    weeks: usize,
    seed: u64,
) -> Result<Lessons, PlanError> {
    let mut lessons = Lessons::none(scenario, &scenario.grid());
    let (formula, problem) = under(scenario, demand, &lessons)?;
    if !off_the_grid(&problem, tours).is_empty() {
        return Ok(lessons);
    }
    let solution = Appraiser::new(&problem, tours).solution();
    let input = play(scenario, demand, &problem, tours, &PlayOptions::default());
    let played = run(
        &Prepared::new(&input)?,
        &RunPlan::fixed(weeks.max(2), seed),
        &|_| true,
    )?;
    lessons.learn(scenario, &formula, &solution, &played);
    Ok(lessons)
}
