//! Contact centres: prices and a bound from dual ascent, rosters from best weeks.

mod appraise;
mod bands;
mod breaks;
mod clash;
mod crew;
mod deferred;
mod draw;
mod dual;
mod effect;
mod ends;
mod graph;
mod joint;
mod menu;
mod money;
mod plan;
mod presence;
mod pricing;
mod relay;
mod service;
mod shapes;
mod starts;
mod warm;
mod worth;

pub use appraise::{Appraiser, off_the_grid, start_on};
pub use clash::{barred_by, barring, has_any_week};
pub use effect::{Ask, Effect, QueueEffect};
pub use joint::{JointClash, JointRule, joint_clashes};
pub use money::{wages, wish_met};
pub use warm::Warm;
pub use worth::Market;

use crate::roster::problem::{Problem, Tour};
use crate::roster::rules::{RULES, Rule, without};

use super::anneal::{Course, Heat, anneal};
use super::control::{Before, Control, Ended, Limits, Progress};
use super::dice::Dice;
use super::live::{Live, improve_each};
use crew::Crew;
use dual::Ascent;
pub use dual::PriceList;
use plan::{Desk, Plan, Setting};
use starts::{SWEEPS, first_plan, from_answers, resumed};

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
    /// Agents per queue and slot, speeds summed; at deferred queues those who do as many pieces.
    pub allocated: Vec<Vec<f64>>,
    /// People missing per cover and slot.
    pub cover_missing: Vec<Vec<u32>>,
    /// Units of deferred work done in time, per queue (all false for live ones).
    pub done: Vec<Vec<bool>>,
    /// Prices: worth of one more agent per queue and slot.
    pub prices: Vec<Vec<f64>>,
    /// What a later search over the same people can start from.
    pub warm: Warm,
}

/// Why no roster exists.
#[derive(Debug, Clone, PartialEq)]
pub struct Impossible {
    /// People whom no week suits.
    pub people: Vec<usize>,
    /// For the first few of them: names of the rules that clash, none of which can be left out.
    pub clashes: Vec<Vec<&'static str>>,
    /// What keeps the weeks of the others from fitting together.
    pub joint: Vec<JointClash>,
}

/// People whose clashes are worked out.
const EXPLAINED: usize = 10;

/// Steps of the ascent from scratch.
const ASCENT_STEPS: usize = 1000;
/// Most of the time allowed that the ascent may take.
const ASCENT_SHARE: f64 = 0.4;
/// Steps of the first annealing where steps are to lead to the gap; each further one is twice as long.
const FIRST_LEG: u64 = 16;
/// Share of the time after which the clock leads instead.
const LEGS_SHARE: f64 = 0.5;
/// Heat at the beginning, as a share of the middle rise, and the rises that tell it: few, as short searches are to have some heat, too.
const HEAT: f64 = 0.19;
const TRIED: usize = 60;

/// The best roster that the limits allow. A search that starts from `warm` never ends with a dearer roster than that (if it keeps every rule).
pub fn solve(
    problem: &Problem,
    limits: &Limits,
    warm: Option<&Warm>,
    control: &dyn Control,
) -> Result<Solution, Impossible> {
    search_under(problem, limits, warm, control, &every_rule())
}

/// [`solve`] as if only some of the rules were there: what would be possible without the others.
pub fn solve_under(
    problem: &Problem,
    limits: &Limits,
    control: &dyn Control,
    kept: &[&Rule],
) -> Result<Solution, Impossible> {
    let left_out = RULES
        .iter()
        .filter(|rule| !kept.iter().any(|known| known.name == rule.name));
    let relaxed = left_out.fold(problem.clone(), without);
    search_under(&relaxed, limits, None, control, kept)
}

fn every_rule() -> Vec<&'static Rule> {
    RULES.iter().collect()
}

fn search_under(
    problem: &Problem,
    limits: &Limits,
    warm: Option<&Warm>,
    control: &dyn Control,
    kept: &[&Rule],
) -> Result<Solution, Impossible> {
    let setting = Setting::new(problem, menu::menus(problem, kept));
    let stuck: Vec<usize> = setting
        .menus
        .iter()
        .filter(|menu| !clash::has_week(problem, menu))
        .flat_map(|menu| menu.people.clone())
        .collect();
    let first = warm.is_none_or(|warm| !warm.vetted);
    let joint = if first && kept.len() == RULES.len() {
        joint_clashes(problem, &stuck)
    } else {
        Vec::new()
    };
    if !stuck.is_empty() || !joint.is_empty() {
        let explained = stuck.iter().take(EXPLAINED);
        return Err(Impossible {
            clashes: explained
                .map(|&person| clash::clash(problem, person))
                .collect(),
            people: stuck,
            joint,
        });
    }
    let mut dice = Dice::new(limits.seed);
    let mut desk = Desk::default();
    let starts = warm.into_iter().flat_map(|warm| {
        let given = warm.given.iter().filter(|given| **given != warm.tours);
        let anew: &[Vec<u32>] = &[];
        // Work where it was done before, and where it would be put today.
        let ended = [warm.places(), anew].map(|places| (&warm.tours, places));
        ended
            .into_iter()
            .chain(given.map(move |given| (given, anew)))
    });
    let mut best = starts
        .filter_map(|(tours, places)| resumed(&setting, tours, places, &mut desk))
        .min_by(|a, b| a.objective().total_cmp(&b.objective()))
        .unwrap_or_else(|| first_plan(&setting, &mut desk, &mut dice));
    let known = warm.and_then(|warm| warm.prices.clone());
    let mut ascent = match known.filter(|prices| prices.fit(problem)) {
        Some(prices) => Ascent::from_prices(&setting, prices),
        None => Ascent::from_roster(&setting, &mut best),
    };
    control.report(Progress {
        phase: "first",
        objective: best.objective(),
        bound: ascent.bound,
    });
    let steps = limits.ascent_steps.unwrap_or(ASCENT_STEPS);
    // Whether nothing but steps has led the search so far.
    let mut by_steps = control.gap_by_steps() && limits.effort.is_none();
    for step in 0..steps {
        let (done, time) = (
            step as f64 / steps as f64,
            control.time_used() / ASCENT_SHARE,
        );
        by_steps &= time < 1.0;
        let by_clock = match limits.effort {
            Some(_) => !control.gap_by_steps(),
            None => !by_steps,
        };
        let progress = if by_clock { done.max(time) } else { done };
        ascent.step(&setting, progress.min(1.0), progress > 0.6 && step % 8 == 0);
        if step % 20 == 19 {
            control.report(Progress {
                phase: "prices",
                objective: best.objective(),
                bound: ascent.bound,
            });
        }
        if control.stop() || progress >= 1.0 {
            break;
        }
    }
    let stop = || control.stop();
    let prices = &ascent.best_prices().service;
    let plan = from_answers(&setting, &ascent, &best, &mut dice);
    let mut crew = Crew::new(&setting, prices, plan);
    let mut order: Vec<usize> = (0..problem.people.len()).collect();
    while !stop() {
        dice.shuffle(&mut order);
        if improve_each(&mut crew, &order, &stop) == 0 {
            break;
        }
        control.report(Progress {
            phase: "answers",
            objective: crew.cost().min(best.objective()),
            bound: ascent.bound,
        });
    }
    if best.objective() <= crew.cost() {
        crew.plan = best;
    }
    let near = |cost: f64| cost - ascent.bound <= limits.gap * cost.abs();
    let teams = |dice: &mut Dice| draw::teams(&setting, dice);
    let heat = || Heat::new(HEAT, TRIED);
    let mut ended = Ended::Stopped;
    let legs = Before {
        control,
        until: LEGS_SHARE,
    };
    let mut leg = FIRST_LEG;
    while by_steps && !legs.stop() {
        let course = Course {
            control: &legs,
            rounds: leg,
            time: (0.0, f64::INFINITY),
            enough: &near,
            bound: ascent.bound,
            heat: heat(),
        };
        (crew, ended) = anneal(crew, &teams, course, &mut dice);
        if ended == Ended::Gap {
            break;
        }
        leg *= 2;
    }
    // What the clock leads ends by the gap only where nobody asked for the same bytes.
    let course = Course {
        control,
        rounds: limits.effort.unwrap_or(u64::MAX),
        time: match limits.effort {
            // With an effort the clock says nothing about how much is done.
            Some(_) => (0.0, f64::INFINITY),
            None if control.gap_by_steps() => (control.time_used(), 1.0),
            None => (0.0, 1.0),
        },
        enough: &|cost| (limits.effort.is_some() || !control.gap_by_steps()) && near(cost),
        bound: ascent.bound,
        heat: heat(),
    };
    let (found, ended) = match ended {
        Ended::Gap => (crew, ended),
        _ => anneal(crew, &teams, course, &mut dice),
    };
    let mut best = found.plan;
    best.relocate(&setting, SWEEPS);
    best.commit();
    let given = warm.and_then(|warm| warm.given.clone());
    Ok(finish(&setting, best, &ascent, ended, given))
}

/// Agents per queue and slot, and per queue the units of deferred work done in time.
fn allocation(setting: &Setting, plan: &Plan) -> (Vec<Vec<f64>>, Vec<Vec<bool>>) {
    let problem = setting.problem;
    let queues = problem.service.queues.len();
    let level = |queue: usize| {
        (0..problem.slots)
            .map(|slot| plan.service.agents(&setting.service, queue, slot))
            .collect()
    };
    let done = |queue: usize| {
        let mut done = vec![false; setting.service.units(queue).len()];
        for slot in 0..problem.slots {
            let staffed = (plan.service.level(queue, slot) + 0.5) as usize;
            for &unit in plan.service.booked(queue, slot).iter().take(staffed) {
                done[unit as usize] = true;
            }
        }
        done
    };
    (
        (0..queues).map(level).collect(),
        (0..queues).map(done).collect(),
    )
}

fn finish(
    setting: &Setting,
    plan: Plan,
    ascent: &Ascent,
    ended: Ended,
    given: Option<Vec<Tour>>,
) -> Solution {
    let problem = setting.problem;
    let (allocated, done) = allocation(setting, &plan);
    Solution {
        done,
        warm: Warm {
            tours: plan.tours.clone(),
            given,
            places: plan.service.places().to_vec(),
            prices: Some(ascent.best_prices().clone()),
            vetted: true,
        },
        objective: plan.objective(),
        bound: ascent.bound,
        wages_and_wishes: plan.wages_and_wishes(),
        ended,
        allocated,
        cover_missing: (0..problem.covers.len())
            .map(|cover| plan.presence().missing(problem, cover))
            .collect(),
        prices: ascent
            .best_prices()
            .service
            .chunks(problem.slots.max(1))
            .map(<[f64]>::to_vec)
            .collect(),
        tours: plan.tours,
    }
}
