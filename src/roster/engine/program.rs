//! A few people of the same skills chosen together: an integer program over weeks of work found for each of them.
//!
//! With everybody else fixed, what a slot gains from the first, second ... of the team is known exactly and does not rise, so a linear program
//! counts it right: one week per person, and in every slot as many gains as people of the team at work.

use good_lp::solvers::highs::{HighsParallelType, highs};
use good_lp::{Expression, ProblemVariables, Solution, SolverModel, Variable, variable};

use crate::roster::problem::Tour;

use super::plan::{Bias, Desk, Plan, Setting};
use super::search::Dice;

/// Weeks of work tried per person.
const WEEKS_PER_PERSON: usize = 24;
/// Branch-and-bound nodes: a limit in the solver's own steps, so that the clock decides nothing.
const MOST_NODES: i32 = 60;
/// Gains below this are left out of the program, in money.
const NEGLIGIBLE: f64 = 1e-6;

/// The best weeks for the team among those tried; `None` where the program finds nothing to choose. Everybody in the team has the same pool and
/// counts in no cover and no seat, so that all they do is told by the gains.
pub fn choose_together(
    setting: &Setting,
    plan: &Plan,
    team: &[usize],
    prices: &[f64],
    dice: &mut Dice,
) -> Option<Vec<(usize, Tour)>> {
    let model = &setting.service;
    let slots = setting.problem.slots;
    let pool = setting.menu(*team.first()?).pool?;
    let mut own = plan.clone();
    own.begin(setting);
    for &person in team {
        own.assign(setting, person, Tour::default());
    }
    let weeks = weeks_to_try(setting, plan, &mut own, team, prices, dice);
    let mut gains: Vec<Vec<f64>> = Vec::with_capacity(team.len());
    for _ in team {
        gains.push(
            (0..slots)
                .map(|slot| own.service.gain_of(model, pool, slot))
                .collect(),
        );
        for slot in 0..slots {
            own.service.add(model, pool, slot);
        }
    }

    let mut variables = ProblemVariables::new();
    let mut cost = Expression::from(0.0);
    let mut present: Vec<Vec<Variable>> = vec![Vec::new(); slots];
    let mut choices: Vec<Vec<Variable>> = Vec::with_capacity(team.len());
    for (&person, weeks) in team.iter().zip(&weeks) {
        let menu = setting.menu(person);
        let of_person: Vec<Variable> = weeks
            .iter()
            .map(|_| variables.add(variable().binary()))
            .collect();
        for (tour, &chosen) in weeks.iter().zip(&of_person) {
            cost += menu.cost(setting.problem, tour) * chosen;
            for slot in tour
                .shifts
                .iter()
                .flat_map(|shift| setting.work_slots(shift))
            {
                present[slot].push(chosen);
            }
        }
        choices.push(of_person);
    }
    let mut served: Vec<(usize, Vec<Variable>)> = Vec::new();
    for slot in (0..slots).filter(|&slot| !present[slot].is_empty()) {
        let worth = gains
            .iter()
            .map(|gain| gain[slot])
            .filter(|gain| *gain > NEGLIGIBLE);
        let steps: Vec<Variable> = worth
            .map(|gain| {
                let step = variables.add(variable().min(0.0).max(1.0));
                cost -= gain * step;
                step
            })
            .collect();
        served.push((slot, steps));
    }
    let sum = |variables: &[Variable]| {
        variables
            .iter()
            .fold(Expression::from(0.0), |sum, &v| sum + v)
    };
    let mut program = variables
        .minimise(cost)
        .using(highs)
        .set_threads(1)
        .set_parallel(HighsParallelType::Off)
        .set_option("random_seed", 1)
        .set_option("mip_max_nodes", MOST_NODES)
        .set_mip_rel_gap(1e-5)
        .ok()?;
    for of_person in &choices {
        program = program.with(sum(of_person).eq(1.0));
    }
    for (slot, steps) in served.iter().filter(|(_, steps)| !steps.is_empty()) {
        program = program.with(sum(steps).leq(sum(&present[*slot])));
    }
    let solved = program.solve().ok()?;
    team.iter()
        .zip(weeks)
        .zip(&choices)
        .map(|((&person, mut weeks), of_person)| {
            let chosen = of_person.iter().position(|&v| solved.value(v) > 0.5)?;
            Some((person, weeks.swap_remove(chosen)))
        })
        .collect()
}

/// For each person the week they have and others that are best under prices near those that hold, each once.
fn weeks_to_try(
    setting: &Setting,
    plan: &Plan,
    own: &mut Plan,
    team: &[usize],
    prices: &[f64],
    dice: &mut Dice,
) -> Vec<Vec<Tour>> {
    let mut desk = Desk::default();
    team.iter()
        .map(|&person| {
            let mut weeks = vec![plan.tours[person].clone()];
            for _ in 0..WEEKS_PER_PERSON {
                let spread = 0.8 * dice.unit();
                let bias = Bias {
                    prices,
                    share: dice.unit(),
                    noise: (0..setting.problem.slots)
                        .map(|_| 1.0 + spread * (dice.unit() - 0.5))
                        .collect(),
                    first: 0,
                };
                if let Some(tour) = own.best_response(setting, person, &mut desk, Some(&bias))
                    && !weeks.contains(&tour)
                {
                    weeks.push(tour);
                }
            }
            weeks
        })
        .collect()
}
