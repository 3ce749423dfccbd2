//! Everything that was found, as the plain results that people take away.

mod balance;
mod people;
mod queues;
mod unmet;
mod whole;

use crate::results::{
    OnCallRow, PayrollRow, Person, PlanResults, QueueResult, RequiredPoint, ServicePoint, Status,
    Summary,
};
use crate::roster::problem::{Problem, Tour};
use crate::roster::{Ended, Solution};
use crate::scenario::Scenario;

use super::axis::Axis;
use super::carried::carried_note;
use super::changes::changes_note;
use super::curves::Curves;
use super::demand::Demand;
use super::explain::{Explainer, cover_reasons, tell_reasons};
use super::on_call::{on_call_rows, pay_on_call};
use super::rounds::{OPTIMAL_WITHIN, Planned};
use people::{payroll_of, person};
use queues::queue_result;
pub(super) use queues::{queue_facts, required, target_words};
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
    let queues = (0..scenario.queues.len())
        .map(|queue| queue_result(scenario, demand, planned, queue, &axis))
        .collect();
    let (problem, solution) = (&planned.problem, &planned.solution);
    let results = PlanResults {
        rounds: rounds(demand, planned),
        ..rostered(scenario, problem, solution, queues, facts)
    };
    let results = PlanResults {
        notes: [demand.notes.clone(), results.notes].concat(),
        ..results
    };
    explained(
        scenario,
        demand,
        &planned.curves,
        problem,
        &solution.tours,
        results,
    )
}

/// The same with reasons: for shifts, short intervals, wishes and covers.
fn explained(
    scenario: &Scenario,
    demand: &Demand,
    curves: &Curves,
    problem: &Problem,
    tours: &[Tour],
    mut results: PlanResults,
) -> PlanResults {
    let mut explainer = Explainer::new(scenario, demand, curves, problem, tours);
    tell_reasons(&mut explainer, &mut results);
    let of_covers = cover_reasons(&explainer, &results);
    results.summary.unmet = unmet(scenario, (problem, tours), &results, &of_covers);
    results
}

/// What any roster says of people: shifts, absences, pay and duties to stand by. Nothing is forecast, planned or simulated.
pub fn publish_people(scenario: &Scenario, problem: &Problem, tours: &[Tour]) -> PlanResults {
    let (people, payroll, on_call) = people_and_pay(scenario, problem, tours);
    PlanResults {
        people,
        payroll,
        on_call,
        ..frame(scenario, 0)
    }
}

/// Everybody with their shifts, what they are paid, and who stands by.
fn people_and_pay(
    scenario: &Scenario,
    problem: &Problem,
    tours: &[Tour],
) -> (Vec<Person>, Vec<PayrollRow>, Vec<OnCallRow>) {
    let people: Vec<Person> = (0..scenario.agents.len())
        .map(|index| person(scenario, problem, &tours[index], index))
        .collect();
    let mut payroll: Vec<PayrollRow> = people
        .iter()
        .enumerate()
        .flat_map(|(index, person)| payroll_of(scenario, index, person))
        .collect();
    let on_call = on_call_rows(scenario, problem, tours);
    pay_on_call(&mut payroll, &people, &on_call);
    (people, payroll, on_call)
}

/// The results of a roster made for somebody else's requirement: agents per queue and interval. Nothing is forecast or simulated.
pub fn publish_roster(
    scenario: &Scenario,
    problem: &Problem,
    solution: &Solution,
    agents: &[Vec<f64>],
    facts: &RunFacts,
) -> PlanResults {
    let axis = Axis::of(scenario);
    let nothing = Demand::nothing(scenario);
    let queue = |queue: usize| QueueResult {
        required: agents[queue]
            .iter()
            .map(|&agents| RequiredPoint {
                load_erlang: 0.0,
                agents,
                scheduled: agents,
            })
            .collect(),
        rostered: axis.per_interval_mean(&solution.allocated[queue]),
        service: vec![NOT_PLAYED; axis.intervals],
        ..queue_facts(scenario, &nothing, queue)
    };
    let queues = (0..scenario.queues.len()).map(queue).collect();
    let mut results = rostered(scenario, problem, solution, queues, facts);
    results.summary.unmet = unmet(scenario, (problem, &solution.tours), &results, &[]);
    results
}

fn rostered(
    scenario: &Scenario,
    problem: &Problem,
    solution: &Solution,
    queues: Vec<QueueResult>,
    facts: &RunFacts,
) -> PlanResults {
    let axis = Axis::of(scenario);
    let (people, payroll, on_call) = people_and_pay(scenario, problem, &solution.tours);
    let covers = covers(scenario, problem, solution, &axis);
    let cost = payroll.iter().map(|row| row.cost).sum();
    let unavoidable = unavoidable(scenario, problem);
    // A search that was cut short may know less than this.
    let bound = solution.bound.max(unavoidable);
    let whole_gap = gap(solution.objective, bound, 0.0);
    PlanResults {
        sites: scenario
            .sites
            .iter()
            .enumerate()
            .map(|(index, site)| site_result(scenario, problem, solution, index, site))
            .collect(),
        summary: Summary {
            status: match solution.ended {
                _ if whole_gap <= OPTIMAL_WITHIN => Status::Optimal,
                Ended::Gap | Ended::Effort => Status::Feasible,
                Ended::Stopped => Status::Stopped,
            },
            objective: solution.objective,
            bound,
            gap: whole_gap,
            gap_changeable: Some(gap(solution.objective, bound, unavoidable)),
            cost,
            seconds: facts.seconds,
            stopped_by: Some(facts.stopped_by.clone()),
            broken: facts.broken.clone(),
            ..no_summary(facts.seed)
        },
        queues,
        people,
        covers,
        payroll,
        balance: balance::balance(scenario, problem, solution),
        on_call,
        notes: [
            carried_note(problem, &axis),
            // What was changed of a plan under way is told shift by shift.
            (problem.free_from == i32::MIN)
                .then(|| changes_note(problem, &solution.tours))
                .flatten(),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ..frame(scenario, facts.seed)
    }
}

/// Forecast and requirement alone, before anybody is rostered.
pub fn outline(scenario: &Scenario, demand: &Demand, curves: &Curves, seed: u64) -> PlanResults {
    PlanResults {
        queues: (0..scenario.queues.len())
            .map(|queue| QueueResult {
                required: required(scenario, curves, queue),
                rostered: vec![0.0; scenario.grid().len],
                service: vec![NOT_PLAYED; scenario.grid().len],
                ..queue_facts(scenario, demand, queue)
            })
            .collect(),
        notes: demand.notes.clone(),
        ..frame(scenario, seed)
    }
}

const NOT_PLAYED: ServicePoint = ServicePoint {
    offered: 0.0,
    answered_within: 0.0,
    abandoned: 0.0,
    service_level: None,
    low: None,
    high: None,
    asa_s: None,
    occupancy: None,
};

/// Results that say what the scenario is and nothing else yet.
fn frame(scenario: &Scenario, seed: u64) -> PlanResults {
    PlanResults {
        name: scenario.name.clone(),
        planner_zone: scenario.zone.clone(),
        currency: scenario.currency.clone(),
        grid: scenario.grid(),
        first_day: scenario.start,
        weeks: scenario.weeks,
        queues: Vec::new(),
        sites: Vec::new(),
        people: Vec::new(),
        covers: Vec::new(),
        payroll: Vec::new(),
        balance: Vec::new(),
        on_call: Vec::new(),
        rounds: Vec::new(),
        summary: no_summary(seed),
        replanned: None,
        notes: Vec::new(),
    }
}

fn no_summary(seed: u64) -> Summary {
    Summary {
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
    }
}

/// Forecast and requirement with any roster, not played.
pub fn with_roster(
    scenario: &Scenario,
    demand: &Demand,
    curves: &Curves,
    problem: &Problem,
    tours: &[Tour],
) -> PlanResults {
    let people =
        (0..scenario.agents.len()).map(|index| person(scenario, problem, &tours[index], index));
    PlanResults {
        people: people.collect(),
        ..outline(scenario, demand, curves, 0)
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
            let least = problem.week_limits(person, week).paid.0;
            f64::from(least) / 60.0 * problem.people[person].cost_per_hour
        })
        .sum()
}
