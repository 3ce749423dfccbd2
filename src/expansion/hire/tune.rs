//! What contacts must be worth for given people to keep the targets at the least cost.
//!
//! The search weighs wages against contacts, and nobody knows beforehand at which weight a target is just met. So the worth of contacts rises in a queue
//! that misses its target and falls in one that holds with slack, halving the way between what missed and what held; each try starts from the best
//! plan so far. Slack is money: a plan that keeps its targets with slack looks dearer than it need be.

use crate::planning::PlanError;
use crate::roster::Control;
use crate::scenario::Scenario;

use super::case::Case;
use super::joint::{Effort, one};
use super::prices::cost_week;
use super::table::{Table, problem_of};
use super::{Search, Settled};

/// Factor on the worth of a contact in a queue that misses its target, and its square where much is missing; slack lowers it likewise.
const RAISE: f64 = 1.6;
const MUCH: f64 = 0.04;
const MUCH_SLACK: f64 = 0.015;
/// Share answered in time above the target that is no slack: searches and plays are no finer.
const SLACK: f64 = 0.005;
/// Least factor on the worth of a contact.
const LEAST: f64 = 0.1;
/// Factors closer than this are the same.
const CLOSE: f64 = 1.04;
/// A plan that saves less than this share of its cost is no cheaper.
const SAVING: f64 = 0.0005;
/// So far below their targets after a second try, and not getting there, queues will not be helped by a third.
const HOPELESS: f64 = 0.06;

/// The worth after a try that missed the target by so much.
pub(super) fn raised(raise: f64, missing: f64) -> f64 {
    match missing > MUCH {
        true => raise * RAISE * RAISE,
        false => raise * RAISE,
    }
}

/// The worth after a try that kept the target with so much to spare.
fn lowered(raise: f64, slack: f64) -> f64 {
    match slack > MUCH_SLACK {
        true => raise / (RAISE * RAISE),
        false => raise / RAISE,
    }
}

/// How plans for given people are tried.
pub(super) struct Tries<'a> {
    pub targets: &'a Scenario,
    pub most: usize,
    pub effort: Effort,
    /// Share of all time by which a try ends, however far it has come.
    pub until: f64,
    /// Ends the tries: the plan does.
    pub enough: &'a dyn Fn(&Settled) -> bool,
}

/// The best plan found for the people on a table: one that misses least, and of those that miss nothing the cheapest.
pub(super) fn tuned(case: &Case, table: Table, tries: &Tries) -> Result<Settled, PlanError> {
    let mut aims = vec![Aim::default(); table.raise.len()];
    let control = case.clock.until(tries.until);
    let first = plan_of(case, table, tries)?;
    let mut latest = first.clone();
    let mut best = first;
    let mut missed_before = f64::INFINITY;
    for attempt in 1.. {
        let missed = case.missed(&latest.played, tries.targets);
        let hopeless = attempt > 1
            && missed > HOPELESS
            && missed > 0.6 * missed_before
            && !holds(case, &best, tries.targets);
        missed_before = missed;
        if attempt == tries.most || hopeless || (tries.enough)(&best) || Control::stop(&control) {
            break;
        }
        let raise = aimed(case, tries.targets, &latest, &mut aims);
        let from = if holds(case, &best, tries.targets) {
            &best
        } else {
            &latest
        };
        if same(&raise, &from.table.raise) {
            break;
        }
        let mut table = from.table.clone();
        table.raise = raise;
        case.clock.stage("trying another weight of service");
        latest = plan_of(case, table, tries)?;
        let saved = saved(case.search, &best, &latest);
        if !better(case, tries.targets, &latest, &best) {
            continue;
        }
        let went_on_holding = holds(case, &best, tries.targets);
        best = latest.clone();
        if went_on_holding && saved < SAVING {
            break;
        }
    }
    Ok(best)
}

fn plan_of(case: &Case, table: Table, tries: &Tries) -> Result<Settled, PlanError> {
    let problem = problem_of(case, &table.grown, &table.raise);
    one(
        case,
        problem,
        table,
        tries.effort,
        &case.clock.until(tries.until),
    )
}

pub(super) fn holds(case: &Case, plan: &Settled, targets: &Scenario) -> bool {
    case.short(&plan.played, targets).is_empty()
}

/// Whether a plan misses less than another, or misses nothing either and costs less.
pub(super) fn better(case: &Case, targets: &Scenario, plan: &Settled, other: &Settled) -> bool {
    let missed = case.missed(&plan.played, targets);
    let by_other = case.missed(&other.played, targets);
    missed < by_other || (missed <= 0.0 && by_other <= 0.0 && saved(case.search, other, plan) > 0.0)
}

/// Share of its cost that one plan saves against another.
fn saved(search: &Search, other: &Settled, plan: &Settled) -> f64 {
    let before = cost_week(search.scenario, other);
    (before - cost_week(search.scenario, plan)) / before.abs().max(1e-9)
}

/// The next worths to try in all queues within reach.
fn aimed(case: &Case, targets: &Scenario, plan: &Settled, aims: &mut [Aim]) -> Vec<f64> {
    let mut raise = plan.table.raise.clone();
    for &queue in &case.within {
        let slack = plan.played.service(queue) - targets.queues[queue].target.answered;
        raise[queue] = aims[queue].next(raise[queue], slack);
    }
    raise
}

fn same(a: &[f64], b: &[f64]) -> bool {
    let mut pairs = a.iter().zip(b);
    pairs.all(|(a, b)| a.max(*b) / a.min(*b) < CLOSE)
}

/// What is known of one queue's worth.
#[derive(Debug, Clone, Copy, Default)]
struct Aim {
    /// The greatest worth at which the target was missed, and the least at which it was kept.
    missed: Option<f64>,
    held: Option<f64>,
}

impl Aim {
    /// The worth to try after a plan with this one was above its target by `slack`, negative below it.
    fn next(&mut self, raise: f64, slack: f64) -> f64 {
        if slack < 0.0 {
            self.missed = Some(raise);
            // Chance and other queues move the border: what held at less does not hold any more.
            self.held = self.held.filter(|held| *held > raise);
            let usual = raised(raise, -slack);
            self.held
                .map_or(usual, |held| usual.min((held * raise).sqrt()))
        } else if slack > SLACK {
            self.held = Some(raise);
            self.missed = self.missed.filter(|missed| *missed < raise);
            let usual = lowered(raise, slack).max(LEAST.min(raise));
            self.missed
                .map_or(usual, |missed| usual.max((missed * raise).sqrt()))
        } else {
            raise
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A queue that keeps its target from a worth of `border` on; returns the worths tried.
    fn tried(border: f64, first: f64) -> Vec<f64> {
        let mut aim = Aim::default();
        let mut raise = first;
        (0..8)
            .map(|_| {
                raise = aim.next(raise, 0.1 * (raise / border).ln());
                raise
            })
            .collect()
    }

    #[test]
    fn worths_close_in_on_the_least_that_keeps_the_target_from_below_and_from_above() {
        for (border, first) in [(3.0, 1.0), (0.4, 1.0), (1.0, 5.0)] {
            let last = *tried(border, first).last().unwrap();
            assert!(
                last >= border && last < 1.1 * border,
                "{border} from {first}: {last}"
            );
        }
    }

    #[test]
    fn a_worth_that_holds_with_slack_falls_and_one_that_just_holds_stays() {
        let mut aim = Aim::default();
        assert!(aim.next(1.0, 0.05) < 1.0);
        assert_eq!(aim.next(0.7, 0.001), 0.7);
        assert!(aim.next(0.7, -0.01) > 0.7 && aim.next(0.7, -0.01) < 1.0);
    }

    #[test]
    fn a_worth_that_held_once_and_misses_now_is_not_believed_any_more() {
        let mut aim = Aim::default();
        aim.next(1.0, 0.05);
        assert!(aim.next(1.2, -0.02) > 1.2);
    }
}
