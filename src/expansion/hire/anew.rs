//! Some people planned anew while all others stay where they are: quick, because only what the others leave undone is asked.

use crate::planning::{PlanError, impossible_words, place_activities};
use crate::roster::problem::Tour;
use crate::roster::{Appraiser, Limits, Warm, check, solve};
use crate::scenario::Scenario;

use super::super::reach::rest;
use super::Settled;
use super::case::Case;
use super::joint::try_out;
use super::table::{Table, problem_of};
use super::tune::raised;

/// How often the worth of contacts may be raised for them.
pub(super) const RAISES: usize = 8;

/// Steps of one search and of its dual ascent.
const STEPS: u64 = 6;
const ASCENT: usize = 50;

/// How people are planned anew.
pub(super) struct Anew<'a> {
    pub targets: &'a Scenario,
    /// Their places among the people of the table, ascending.
    pub free: &'a [usize],
    pub tries: usize,
    /// Share of all time after which nothing is tried again.
    pub until: f64,
}

/// The table with the last weeks found for the free people, and the plan that this is, if it breaks no rule.
pub(super) struct Found {
    pub table: Table,
    pub settled: Option<Settled>,
}

/// Raises the worth of contacts in queues below target until the free people keep all targets that they can reach.
pub(super) fn anew(case: &Case, mut table: Table, how: &Anew) -> Result<Found, PlanError> {
    for attempt in 1.. {
        let whole = problem_of(case, &table.grown, &table.raise);
        let mut others = table.tours.clone();
        for &person in how.free {
            others[person] = Tour::default();
        }
        let others = Appraiser::new(&whole, &others).solution();
        let alone = rest(&whole, how.free, &others, &case.within, 1.0);
        let limits = Limits {
            gap: 0.002,
            effort: Some(STEPS),
            seed: case.search.seed.wrapping_add(attempt as u64),
            ascent_steps: Some(ASCENT),
        };
        let now = how.free.iter().map(|&person| table.tours[person].clone());
        let warm = Warm::from_tours(now.collect());
        let control = case.clock.until(1.0);
        let solution = solve(&alone, &limits, Some(&warm), &control)
            .map_err(|why| PlanError::Impossible(impossible_words(&table.grown, &alone, &why)))?;
        for (&person, tour) in how.free.iter().zip(solution.tours) {
            table.tours[person] = tour;
        }
        let played = try_out(case.search, &whole, &table)?;
        let short = case.short(&played, how.targets);
        if short.is_empty() || attempt >= how.tries || case.clock.over(how.until) {
            let settled = as_it_stands(case, table.clone())?;
            return Ok(Found { table, settled });
        }
        for queue in short {
            let missing = how.targets.queues[queue].target.answered - played.service(queue);
            table.raise[queue] = raised(table.raise[queue], missing);
        }
    }
    unreachable!("the last try returns")
}

/// The plan in which everybody works what the table says; none if that breaks a rule.
pub(super) fn as_it_stands(case: &Case, mut table: Table) -> Result<Option<Settled>, PlanError> {
    let problem = problem_of(case, &table.grown, &table.raise);
    let mut solution = Appraiser::new(&problem, &table.tours).solution();
    place_activities(&problem, &mut solution);
    table.tours.clone_from(&solution.tours);
    if !check(&problem, &table.tours).is_empty() {
        return Ok(None);
    }
    let played = try_out(case.search, &problem, &table)?;
    Ok(Some(Settled {
        table,
        problem,
        solution,
        played,
    }))
}
