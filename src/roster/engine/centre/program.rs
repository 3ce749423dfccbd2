//! A few people of the same skills chosen together: an integer program over weeks of work found for each of them.
//!
//! With everybody else fixed, what a slot gains from the first, second ... of the team is known exactly and does not rise, so a linear program
//! counts it right: one week per person, and in every slot as many gains as people of the team at work.

use crate::roster::engine::dice::Dice;
use crate::roster::engine::lp::{LpFailed, MipLimits, Program};
use crate::roster::problem::Tour;

use super::plan::{Bias, Desk, Plan, Setting};

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

    let costs = team.iter().zip(&weeks).map(|(&person, weeks)| {
        let menu = setting.menu(person);
        let cost = |tour| menu.cost(setting.problem, tour);
        weeks.iter().map(cost).collect()
    });
    let chosen = choose(setting, &weeks, &costs.collect::<Vec<_>>(), &gains).ok()??;
    let tours = (weeks.into_iter().zip(chosen)).map(|(mut weeks, at)| weeks.swap_remove(at));
    Some(team.iter().copied().zip(tours).collect())
}

/// Which of each person's weeks to take; `None` if no choice was found.
fn choose(
    setting: &Setting,
    weeks: &[Vec<Tour>],
    costs: &[Vec<f64>],
    gains: &[Vec<f64>],
) -> Result<Option<Vec<usize>>, LpFailed> {
    let mut program = Program::new()?;
    for _ in weeks {
        program.add_row(1.0, 1.0)?;
    }
    let mut served: Vec<Option<i32>> = vec![None; setting.problem.slots];
    for slot in weeks
        .iter()
        .flatten()
        .flat_map(|tour| setting.work_of(tour))
    {
        if served[slot].is_none() {
            served[slot] = Some(program.add_row(0.0, f64::INFINITY)?);
        }
    }
    let mut choices: Vec<Vec<usize>> = Vec::with_capacity(weeks.len());
    for (seat, (weeks, costs)) in weeks.iter().zip(costs).enumerate() {
        let mut of_person = Vec::with_capacity(weeks.len());
        for (tour, &cost) in weeks.iter().zip(costs) {
            let mut rows = vec![seat as i32];
            rows.extend(setting.work_of(tour).filter_map(|slot| served[slot]));
            let column = program.add_column(cost, 1.0, &rows, &vec![1.0; rows.len()])?;
            program.make_integer(column)?;
            of_person.push(column);
        }
        choices.push(of_person);
    }
    for (slot, row) in served.iter().enumerate() {
        for gain in gains.iter().map(|gain| gain[slot]) {
            if let Some(row) = row.filter(|_| gain > NEGLIGIBLE) {
                program.add_column(-gain, 1.0, &[row], &[-1.0])?;
            }
        }
    }
    let limits = MipLimits {
        nodes: MOST_NODES,
        seconds: f64::INFINITY,
        gap: NEGLIGIBLE,
    };
    let Some(found) = program.solve_integer(&[], limits)? else {
        return Ok(None);
    };
    let taken = |column: &usize| found.columns[*column] > 0.5;
    Ok((choices.iter().map(|own| own.iter().position(taken))).collect())
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
