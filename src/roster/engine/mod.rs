//! The optimiser: prices and a bound from dual ascent, rosters from best weeks.

mod dual;
mod graph;
mod menu;
mod plan;
mod presence;
mod pricing;
mod search;
mod service;

pub use menu::wish_met;

use super::problem::{Problem, Tour};
use dual::Ascent;
use plan::{Desk, Plan, Setting};
use search::Dice;

/// How long and how hard to search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Stop when objective and bound are this close, as a share of the objective.
    pub gap: f64,
    /// Steps of the search; `None` = until the clock or the gap ends it.
    pub effort: Option<u64>,
    pub seed: u64,
}

/// What the caller is told while the search runs, and how it ends it.
pub trait Control: Sync {
    /// True as soon as the search is to end with what it has.
    fn stop(&self) -> bool;
    /// Share of the time allowed that is used up, 0 to 1; 0 where there is no time limit.
    fn time_used(&self) -> f64;
    fn report(&self, progress: Progress);
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    pub objective: f64,
    pub bound: f64,
}

/// Why the search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Gap,
    Effort,
    /// Time limit or the user.
    Stopped,
}

/// A roster with its proof.
#[derive(Debug, Clone)]
pub struct Solution {
    pub tours: Vec<Tour>,
    /// Money: wages, overtime, unmet wishes, contacts not answered in time, covers short.
    pub objective: f64,
    /// No roster costs less.
    pub bound: f64,
    /// Wages, overtime and unmet wishes alone.
    pub wages_and_wishes: f64,
    pub ended: Ended,
    /// Agents per queue and slot, speeds summed.
    pub allocated: Vec<Vec<f64>>,
    /// People missing per cover and slot.
    pub cover_missing: Vec<Vec<u32>>,
    /// Prices: worth of one more agent per queue and slot.
    pub prices: Vec<Vec<f64>>,
}

/// People whom no week suits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Impossible {
    pub people: Vec<usize>,
}

/// Steps of dual ascent before the first roster is drawn from its answers.
const ASCENT_STEPS: usize = 1200;
/// Attempts of regrouping in one step of effort.
const ATTEMPTS_PER_STEP: usize = 64;

/// The best roster that the limits allow.
pub fn solve(problem: &Problem, limits: &Limits, control: &dyn Control) -> Result<Solution, Impossible> {
    let setting = Setting::new(problem, menu::menus(problem));
    let stuck: Vec<usize> = setting.menus.iter().filter(|menu| !menu.graph.is_possible()).flat_map(|menu| menu.people.clone()).collect();
    if !stuck.is_empty() {
        return Err(Impossible { people: stuck });
    }
    let mut dice = Dice::new(limits.seed);
    let mut desk = Desk::default();
    let mut ascent = Ascent::new(&setting);

    let mut best = first_plan(&setting, &mut desk, &mut dice);
    control.report(Progress {
        objective: best.objective(),
        bound: ascent.bound,
    });
    for step in 0..ASCENT_STEPS {
        let late = step * 3 >= ASCENT_STEPS * 2;
        ascent.step(&setting, step as f64 / ASCENT_STEPS as f64, late && step % 16 == 0);
        if step % 50 == 49 {
            control.report(Progress {
                objective: best.objective(),
                bound: ascent.bound,
            });
            if control.stop() || control.time_used() > 0.4 {
                break;
            }
        }
    }
    let mut plan = search::from_answers(&setting, &ascent, &mut dice);
    let stop = || control.stop();
    while !stop() && search::improve_each(&setting, &mut plan, &mut desk, &mut dice, &stop) > 0 {
        if plan.objective() < best.objective() {
            best = plan.clone();
        }
        control.report(Progress {
            objective: best.objective(),
            bound: ascent.bound,
        });
    }
    if plan.objective() < best.objective() {
        best = plan.clone();
    }
    let mut spent = 0;
    let ended = loop {
        if best.objective() - ascent.bound <= limits.gap * best.objective().abs() {
            break Ended::Gap;
        }
        if limits.effort.is_some_and(|most| spent >= most) {
            break Ended::Effort;
        }
        if stop() {
            break Ended::Stopped;
        }
        plan.refresh_takeover(&setting);
        let warmth = match limits.effort {
            Some(most) => 1.0 - spent as f64 / most as f64,
            None => 1.0 - control.time_used(),
        };
        let tolerance = 2e-5 * best.objective().abs() * warmth * warmth;
        for _ in 0..ATTEMPTS_PER_STEP {
            search::regroup(&setting, &mut plan, &mut desk, &mut dice, tolerance);
            if plan.objective() < best.objective() - 1e-6 {
                best = plan.clone();
            }
            if stop() {
                break;
            }
        }
        spent += 1;
        control.report(Progress {
            objective: best.objective(),
            bound: ascent.bound,
        });
    };
    Ok(finish(&setting, best, &ascent, ended))
}

/// People choose one after the other, each the best week given those before: a valid roster within moments.
fn first_plan(setting: &Setting, desk: &mut Desk, dice: &mut Dice) -> Plan {
    let mut plan = Plan::empty(setting, |_, _, unit| unit.release + (unit.due - unit.release) / 2);
    let mut order: Vec<usize> = (0..setting.problem.people.len()).collect();
    dice.shuffle(&mut order);
    for person in order {
        if let Some(tour) = plan.best_response(setting, person, desk, None) {
            plan.assign(setting, person, tour);
        }
    }
    plan.commit();
    plan
}

fn finish(setting: &Setting, plan: Plan, ascent: &Ascent, ended: Ended) -> Solution {
    let problem = setting.problem;
    let queues = problem.service.queues.len();
    let level = |queue: usize| (0..problem.slots).map(|slot| plan.service.level(&setting.service, queue, slot)).collect();
    Solution {
        objective: plan.objective(),
        bound: ascent.bound,
        wages_and_wishes: plan.wages_and_wishes(),
        ended,
        allocated: (0..queues).map(level).collect(),
        cover_missing: (0..problem.covers.len()).map(|cover| plan.presence().missing(problem, cover)).collect(),
        prices: ascent.best_prices().service.chunks(problem.slots.max(1)).map(<[f64]>::to_vec).collect(),
        tours: plan.tours,
    }
}
