//! What the next better service costs.
//!
//! First people are added to the plan before until the level is kept, all others staying where they are: a price soon, if not the least. With the
//! time that is left everybody is planned anew and each group tried with fewer people. A plan that keeps a better level keeps this one, too, so no level
//! costs more than the next.

use crate::planning::PlanError;
use crate::scenario::Scenario;

use super::Settled;
use super::anew::{Anew, RAISES, anew};
use super::case::Case;
use super::clock::Part;
use super::joint::{settle, with_targets_of};
use super::prices::{cost_week, with_targets};
use super::proof::prove;
use super::table::{counts, has_idle, places, with_spare};
use super::trim::{DEARER, Trimmed, for_targets, nobody_to_spare, trim};
use super::tune::holds;

/// Shares answered in time whose price is told.
const LEVELS: [f64; 3] = [0.80, 0.85, 0.90];
/// How often more people are offered than were offered before.
const OFFERS: usize = 3;

/// What a share answered in time of all live queues within reach costs.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    pub answered: f64,
    /// Wages and hiring of a week, of everybody.
    pub cost_week: f64,
    pub counts: Vec<u32>,
    /// Whether it was reached.
    pub met: bool,
    /// Whether it is what the queues are promised anyway.
    pub as_promised: bool,
    /// Whether every group was tried with one person less.
    pub tried_all: bool,
    /// No mix of the groups that keeps this level costs less by more than this share, service reckoned in; where it was proved.
    pub gap: Option<f64>,
    /// Queues that stay below the level, with the best share found.
    pub below: Vec<(usize, f64)>,
    /// Whether more people stood ready whom no weight of service brought to work: more of them are no help.
    pub no_help: bool,
}

/// A level as it is worked on.
struct Step {
    answered: f64,
    targets: Scenario,
    settled: Settled,
    as_promised: bool,
    tried_all: bool,
    no_help: bool,
}

/// The levels, and the plan of one that is cheaper than the plan of the targets themselves, if there is such a one: better service needs other people,
/// and now and then the search finds only then that they are cheaper.
pub(super) fn levels(
    case: &Case,
    trimmed: &Trimmed,
) -> Result<(Vec<Level>, Option<Settled>), PlanError> {
    let scenario = case.search.scenario;
    let settled = &trimmed.settled;
    let live: Vec<usize> = case
        .within
        .iter()
        .copied()
        .filter(|&queue| !scenario.queues[queue].channel.is_deferred())
        .collect();
    if live.is_empty() || !holds(case, settled, scenario) {
        return Ok((Vec::new(), None));
    }
    let mut steps: Vec<Step> = Vec::new();
    for answered in LEVELS {
        let start = match steps.last() {
            Some(step) => (&step.settled, step.tried_all),
            None => (settled, trimmed.untried.is_empty()),
        };
        let mut step = Step::new(case, start, &live, answered);
        if step.as_promised {
            (step.settled, step.tried_all) = (settled.clone(), trimmed.untried.is_empty());
        } else {
            first_price(case, &mut step)?;
        }
        steps.push(step);
    }
    for number in 0..steps.len() {
        let left = (steps.len() - number) as f64;
        let end = case.clock.end(Part::FewerAtLevels);
        let until = end - case.clock.left(end) * (left - 1.0) / left;
        better_price(case, &mut steps[number], until)?;
    }
    no_dearer_than_the_next(case, &mut steps);
    let mut least = (1.0 - DEARER) * cost_week(scenario, settled);
    let mut cheapest = None;
    for step in &steps {
        let cost = cost_week(scenario, &step.settled);
        if kept(case, step) && holds(case, &step.settled, scenario) && cost < least {
            least = cost;
            cheapest = Some(step.settled.clone());
        }
    }
    let told = steps.iter().map(|step| told(case, step));
    Ok((told.collect::<Result<_, _>>()?, cheapest))
}

fn kept(case: &Case, step: &Step) -> bool {
    holds(case, &step.settled, &step.targets)
}

impl Step {
    /// A level that starts from the plan of the level before; whether that was tried with fewer people counts as long as nobody is added.
    fn new(
        case: &Case,
        (settled, tried_all): (&Settled, bool),
        live: &[usize],
        answered: f64,
    ) -> Step {
        let scenario = case.search.scenario;
        let targets = with_targets(scenario, &|queue| live.contains(&queue).then_some(answered));
        let as_promised = live
            .iter()
            .all(|&queue| (scenario.queues[queue].target.answered - answered).abs() < 1e-9);
        Step {
            answered,
            settled: for_targets(case, settled.clone(), &targets),
            as_promised,
            tried_all,
            no_help: false,
            targets,
        }
    }
}

/// People added to the plan before until it keeps the level, all others staying where they are.
fn first_price(case: &Case, step: &mut Step) -> Result<(), PlanError> {
    if kept(case, step) {
        return Ok(());
    }
    step.tried_all = false;
    let answered = step.answered;
    case.clock
        .stage(&format!("pricing {:.0} %", answered * 100.0));
    let until = case.clock.end(Part::Levels);
    // First those who are offered alone, then all who were hired, too.
    for only_offered in [true, false] {
        for _ in 0..OFFERS {
            if kept(case, step) || case.clock.over(until) {
                break;
            }
            let table = with_spare(case.search, &step.settled.table);
            let table = with_targets_of(table, &step.targets);
            let how = Anew {
                targets: &step.targets,
                free: &places(&table, only_offered),
                tries: RAISES,
                until,
            };
            let found = anew(case, table, &how)?;
            step.no_help = has_idle(&found.table) && !case.clock.over(until);
            if let Some(plan) = found.settled {
                less_missed(case, step, plan);
            }
            if step.no_help {
                break;
            }
        }
    }
    if kept(case, step) {
        step.settled = nobody_to_spare(case, &step.targets, step.settled.clone())?;
    }
    Ok(())
}

/// Goes on with a plan that misses less of the level.
fn less_missed(case: &Case, step: &mut Step, plan: Settled) {
    let missed = |plan: &Settled| case.missed(&plan.played, &step.targets);
    if missed(&plan) < missed(&step.settled) {
        step.settled = plan;
    }
}

/// Everybody planned anew for a level and each group tried with fewer people, where there is time.
fn better_price(case: &Case, step: &mut Step, until: f64) -> Result<(), PlanError> {
    if step.as_promised || step.tried_all {
        return Ok(());
    }
    if !case.clock.fits_a_try(until) {
        // That more people are no help is not known before everybody was planned anew.
        step.no_help = false;
        return Ok(());
    }
    let percent = step.answered * 100.0;
    if !kept(case, step) {
        case.clock
            .stage(&format!("looking for people for {percent:.0} %"));
        let table = with_spare(case.search, &step.settled.table);
        let table = with_targets_of(table, &step.targets);
        let share = case.clock.now() + 0.6 * case.clock.left(until);
        let plan = settle(case, &step.targets, table, (share, share))?;
        let raised_to_the_end = !case.clock.over(share);
        less_missed(case, step, plan);
        step.no_help &= raised_to_the_end;
        if !kept(case, step) {
            return Ok(());
        }
    }
    case.clock
        .stage(&format!("fewer people for {percent:.0} %"));
    let trimmed = trim(case, &step.targets, step.settled.clone(), (until, until))?;
    step.tried_all = trimmed.untried.is_empty();
    step.settled = trimmed.settled;
    Ok(())
}

/// A plan that keeps the next level and costs no more is a plan for this one.
fn no_dearer_than_the_next(case: &Case, steps: &mut [Step]) {
    for number in (1..steps.len()).rev() {
        let (before, after) = steps.split_at_mut(number);
        let (Some(step), Some(next)) = (before.last_mut(), after.first()) else {
            return;
        };
        let cost = |step: &Step| cost_week(case.search.scenario, &step.settled);
        let dearer = !kept(case, step) || cost(step) > cost(next);
        if !step.as_promised && kept(case, next) && dearer {
            step.settled = next.settled.clone();
            step.tried_all = false;
        }
    }
}

fn told(case: &Case, step: &Step) -> Result<Level, PlanError> {
    let scenario = case.search.scenario;
    let settled = &step.settled;
    let met = kept(case, step);
    let proved = met && !step.as_promised && case.clock.fits_a_try(1.0);
    let gap = match proved {
        true => {
            let until = case.clock.now() + 0.01;
            let proof = prove(case, settled, until)?;
            Some(proof.gap(case, settled))
        }
        false => None,
    };
    let below = case.short(&settled.played, &step.targets).into_iter();
    Ok(Level {
        answered: step.answered,
        cost_week: cost_week(scenario, settled),
        counts: counts(scenario, &settled.table),
        met,
        as_promised: step.as_promised,
        tried_all: step.tried_all,
        gap,
        below: below
            .map(|queue| (queue, settled.played.service(queue)))
            .collect(),
        no_help: step.no_help,
    })
}
