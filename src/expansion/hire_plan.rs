//! A hire plan in the words of results.

use crate::results::{
    HireGroup, HireLevel, HirePlan, HireQueue, NotDone, PlanResults, QueueFall, TargetPrice,
};
use crate::scenario::Scenario;
use crate::scenario::domain::{Contract, Hire, HireCount};

use super::break_even::{BreakEven, Terms, break_even};
use super::hire::{Hired, LeftOut, Level};
use super::hired::{hired, once, person_week, standing_week};
use super::words::skill_words;

/// The hire plan of the scenario that `asked`; `results` are those of the plan found, `limit` the seconds that it was allowed.
pub fn hire_plan(
    asked: &Scenario,
    found: &Hired,
    results: &PlanResults,
    limit: Option<f64>,
) -> HirePlan {
    let scenario = &found.scenario;
    let weeks = f64::from(scenario.weeks.max(1));
    let standing = standing_week(scenario);
    let groups: Vec<HireGroup> = asked
        .hires
        .iter()
        .enumerate()
        .map(|(index, hire)| group(scenario, index, hire, found, results, weeks))
        .collect();
    let names = |queues: &[usize]| -> Vec<String> {
        queues
            .iter()
            .map(|&queue| scenario.queues[queue].id.clone())
            .collect()
    };
    let beyond: Vec<usize> = (0..scenario.queues.len())
        .filter(|queue| !found.within_reach.contains(queue))
        .filter(|&queue| {
            let queue = &results.queues[queue];
            queue.judged().2 < queue.target.answered
        })
        .collect();
    let cost_week = results.summary.cost / weeks + standing;
    HirePlan {
        name: scenario.name.clone(),
        first_day: scenario.start,
        currency: scenario.currency.clone(),
        seed: results.summary.seed,
        version: results.summary.version.clone(),
        hired_week: groups
            .iter()
            .map(|group| group.wages + group.standing)
            .sum(),
        groups,
        queues: found
            .within_reach
            .iter()
            .map(|&queue| {
                let result = &results.queues[queue];
                let (after, low, high) = result.judged();
                HireQueue {
                    id: result.id.clone(),
                    target: result.target.answered,
                    words: result.target.text.clone(),
                    before: found.before[queue],
                    after,
                    low,
                    high,
                }
            })
            .collect(),
        beyond: names(&beyond),
        cost_week,
        once: once(scenario),
        overtime_hours: results
            .payroll
            .iter()
            .map(|row| row.overtime_minutes)
            .sum::<i64>() as f64
            / 60.0
            / weeks,
        gap: ((found.objective - found.bound) / found.objective.max(1e-9)).max(0.0),
        left_out: found
            .left_out
            .iter()
            .map(|left| left_out(scenario, left))
            .collect(),
        seconds: limit
            .filter(|_| !found.left_out.is_empty())
            .map(|limit| (limit * found.needs / 30.0).ceil() * 30.0),
        levels: found
            .levels
            .iter()
            .map(|level| hire_level(asked, found, level, cost_week))
            .collect(),
        targets: found
            .relaxed
            .iter()
            .map(|relaxed| TargetPrice {
                queue: scenario.queues[relaxed.queue].id.clone(),
                by: relaxed.by,
                saves: relaxed.saves,
            })
            .collect(),
        break_even: break_evens(asked),
    }
}

fn group(
    scenario: &Scenario,
    index: usize,
    hire: &Hire,
    found: &Hired,
    results: &PlanResults,
    weeks: f64,
) -> HireGroup {
    let prefix = format!("hire-{}-", hire.id);
    let rows = || {
        results
            .payroll
            .iter()
            .filter(|row| row.agent.starts_with(&prefix))
    };
    let count = hired(scenario, hire);
    HireGroup {
        id: hire.id.clone(),
        count,
        site: scenario.sites[hire.site.0].id.clone(),
        contract: scenario.contracts[hire.contract.0].id.clone(),
        skills: skill_words(scenario, &hire.languages, hire.channels),
        hours: rows().map(|row| row.paid_minutes).sum::<i64>() as f64 / 60.0 / weeks,
        // A sum of nothing is -0.
        wages: rows().map(|row| row.cost).fold(0.0, |sum, cost| sum + cost) / weeks,
        standing: f64::from(count) * person_week(scenario, hire),
        dearer: found.held_by[index].dearer,
        held_by: found.held_by[index]
            .falls
            .iter()
            .map(|fall| QueueFall {
                queue: scenario.queues[fall.queue].id.clone(),
                service: fall.service,
            })
            .collect(),
    }
}

/// A level, in the money of the plan that is published.
fn hire_level(asked: &Scenario, found: &Hired, level: &Level, cost_week: f64) -> HireLevel {
    HireLevel {
        answered: level.answered,
        cost_week: level.cost_week - found.cost_week + cost_week,
        people: people(asked, &level.counts),
        met: level.met,
        tried_all: level.tried_all,
        as_promised: level.as_promised,
        gap: level.gap,
        below: level
            .below
            .iter()
            .map(|&(queue, service)| QueueFall {
                queue: asked.queues[queue].id.clone(),
                service,
            })
            .collect(),
        more_would_help: !level.no_help,
    }
}

fn left_out(scenario: &Scenario, left: &LeftOut) -> NotDone {
    match *left {
        LeftOut::OneLess(group) => NotDone::OneLess(scenario.hires[group].id.clone()),
        LeftOut::Level(answered) => NotDone::Level(answered),
        LeftOut::FewerAtLevel(answered) => NotDone::FewerAtLevel(answered),
        LeftOut::Target(queue) => NotDone::Target(scenario.queues[queue].id.clone()),
    }
}

fn people(scenario: &Scenario, counts: &[u32]) -> Vec<String> {
    let named = scenario.hires.iter().zip(counts);
    named
        .filter(|(_, count)| **count > 0)
        .map(|(hire, count)| format!("{count} × {}", hire.id))
        .collect()
}

fn terms(contract: &Contract, per_week: f64) -> Terms {
    Terms {
        per_hour: contract.cost_per_hour,
        per_week,
        least_hours: f64::from(contract.paid_minutes_per_week.min) / 60.0,
        most_hours: f64::from(contract.paid_minutes_per_week.max) / 60.0,
    }
}

/// Each group against the others; a group that is alone, against the contracts that people are here on.
fn break_evens(scenario: &Scenario) -> Vec<String> {
    let mut lines = Vec::new();
    let solved: Vec<&Hire> = scenario
        .hires
        .iter()
        .filter(|hire| hire.count == HireCount::Solve)
        .collect();
    for (place, hire) in solved.iter().enumerate() {
        let mine = terms(
            &scenario.contracts[hire.contract.0],
            person_week(scenario, hire),
        );
        for other in &solved[place + 1..] {
            let theirs = terms(
                &scenario.contracts[other.contract.0],
                person_week(scenario, other),
            );
            lines.push(sentence(scenario, &hire.id, &mine, &other.id, &theirs));
        }
        for (index, contract) in scenario.contracts.iter().enumerate() {
            let used = scenario
                .agents
                .iter()
                .any(|agent| agent.contract.0 == index);
            if solved.len() == 1 && used && index != hire.contract.0 {
                let theirs = terms(contract, 0.0);
                lines.push(sentence(scenario, &hire.id, &mine, &contract.id, &theirs));
            }
        }
    }
    lines
}

fn sentence(scenario: &Scenario, a: &str, first: &Terms, b: &str, second: &Terms) -> String {
    let most = first.most_hours.min(second.most_hours);
    let at_most = |terms: &Terms| format!("{} {:.0}", scenario.currency, terms.cost(most));
    // The one that is cheaper when much is needed comes first.
    match (break_even(first, second), break_even(second, first)) {
        (BreakEven::At(hours), _) => format!(
            "{a} costs less than {b} from {hours:.1} hours a week on ({most:.0} h: {} against {})",
            at_most(first),
            at_most(second)
        ),
        (_, BreakEven::At(hours)) => format!(
            "{b} costs less than {a} from {hours:.1} hours a week on ({most:.0} h: {} against {})",
            at_most(second),
            at_most(first)
        ),
        (BreakEven::First, _) => format!(
            "{a} costs no more than {b}, whatever the hours ({most:.0} h: {} against {})",
            at_most(first),
            at_most(second)
        ),
        (BreakEven::Second, _) => format!(
            "{b} costs no more than {a}, whatever the hours ({most:.0} h: {} against {})",
            at_most(second),
            at_most(first)
        ),
    }
}
