//! Everything that was found, as the plain results that people take away.

mod balance;
mod people;
mod queues;
mod unmet;
mod whole;

use crate::results::{PayrollRow, Person, PlanResults, QueueResult, ServicePoint, Status, Summary};
use crate::roster::Ended;
use crate::roster::problem::Problem;
use crate::scenario::Scenario;

use super::axis::Axis;
use super::curves::Curves;
use super::demand::Demand;
use super::rounds::Planned;
use people::{payroll_of, person};
use queues::{queue_facts, queue_result, required};
use unmet::unmet;
use whole::{covers, rounds, site_result};

/// What only the edge knows.
#[derive(Debug, Clone, PartialEq)]
pub struct RunFacts {
    pub seconds: f64,
    pub seed: u64,
    /// `time`, `user`, `effort`, `gap`.
    pub stopped_by: String,
    /// What the checker found: empty, or nothing is published.
    pub broken: Vec<String>,
}

/// The results of a plan.
pub fn publish(
    scenario: &Scenario,
    demand: &Demand,
    planned: &Planned,
    facts: &RunFacts,
) -> PlanResults {
    let axis = Axis::of(scenario);
    let people: Vec<Person> = (0..scenario.agents.len())
        .map(|index| {
            person(
                scenario,
                &planned.problem,
                &planned.solution.tours[index],
                index,
            )
        })
        .collect();
    let payroll: Vec<PayrollRow> = people
        .iter()
        .enumerate()
        .flat_map(|(index, person)| payroll_of(scenario, index, person))
        .collect();
    let queues: Vec<QueueResult> = (0..scenario.queues.len())
        .map(|queue| queue_result(scenario, demand, planned, queue, &axis))
        .collect();
    let covers = covers(scenario, planned, &axis);
    let unmet = unmet(scenario, &queues, &people, &covers);
    let cost = payroll.iter().map(|row| row.cost).sum();
    PlanResults {
        name: scenario.name.clone(),
        planner_zone: scenario.zone.clone(),
        currency: scenario.currency.clone(),
        grid: scenario.grid(),
        first_day: scenario.start,
        weeks: scenario.weeks,
        sites: scenario
            .sites
            .iter()
            .enumerate()
            .map(|(index, site)| site_result(scenario, planned, index, site))
            .collect(),
        rounds: rounds(demand, planned),
        summary: Summary {
            status: match planned.solution.ended {
                Ended::Gap => Status::Optimal,
                Ended::Effort => Status::Feasible,
                Ended::Stopped => Status::Stopped,
            },
            objective: planned.solution.objective,
            bound: planned.solution.bound,
            gap: gap(planned.solution.objective, planned.solution.bound, 0.0),
            gap_changeable: Some(gap(
                planned.solution.objective,
                planned.solution.bound,
                unavoidable(scenario, &planned.problem),
            )),
            cost,
            seconds: facts.seconds,
            seed: facts.seed,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            stopped_by: Some(facts.stopped_by.clone()),
            broken: facts.broken.clone(),
            unmet,
        },
        queues,
        people,
        covers,
        payroll,
        balance: balance::balance(scenario, planned),
        notes: demand.notes.clone(),
    }
}

/// Forecast and requirement alone, before anybody is rostered.
pub fn outline(scenario: &Scenario, demand: &Demand, curves: &Curves, seed: u64) -> PlanResults {
    let nothing = ServicePoint {
        offered: 0.0,
        answered_within: 0.0,
        abandoned: 0.0,
        service_level: None,
        low: None,
        high: None,
        asa_s: None,
        occupancy: None,
    };
    let intervals = scenario.grid().len;
    PlanResults {
        name: scenario.name.clone(),
        planner_zone: scenario.zone.clone(),
        currency: scenario.currency.clone(),
        grid: scenario.grid(),
        first_day: scenario.start,
        weeks: scenario.weeks,
        queues: (0..scenario.queues.len())
            .map(|queue| QueueResult {
                required: required(scenario, curves, queue),
                rostered: vec![0.0; intervals],
                service: vec![nothing; intervals],
                ..queue_facts(scenario, demand, queue)
            })
            .collect(),
        sites: Vec::new(),
        people: Vec::new(),
        covers: Vec::new(),
        payroll: Vec::new(),
        balance: Vec::new(),
        rounds: Vec::new(),
        summary: Summary {
            status: Status::Feasible,
            objective: 0.0,
            bound: 0.0,
            gap: 0.0,
            gap_changeable: None,
            cost: 0.0,
            seconds: 0.0,
            seed,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            stopped_by: None,
            broken: Vec::new(),
            unmet: Vec::new(),
        },
        notes: demand.notes.clone(),
    }
}

/// Share of the objective (less what no roster avoids) that lies above the bound.
fn gap(objective: f64, bound: f64, unavoidable: f64) -> f64 {
    let changeable = objective - unavoidable;
    if changeable > 0.0 {
        ((objective - bound) / changeable).max(0.0)
    } else {
        0.0
    }
}

/// Money that every roster costs: each person's least paid hours at the plain rate.
fn unavoidable(scenario: &Scenario, problem: &Problem) -> f64 {
    (0..scenario.agents.len())
        .flat_map(|person| (0..problem.weeks).map(move |week| (person, week)))
        .map(|(person, week)| {
            let least = problem
                .rules(person)
                .week_limits(problem.absent_in_week(person, week))
                .paid
                .0;
            f64::from(least) / 60.0 * problem.people[person].cost_per_hour
        })
        .sum()
}
