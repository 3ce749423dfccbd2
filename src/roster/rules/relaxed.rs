//! A problem without one of its rules, for rules that the optimiser keeps by how it is built and not by a line in its list.

use super::{
    Rule, breaks, cover, cover_max, rest, seats, shift_length, shift_start, work_without_break,
};
use crate::roster::problem::Problem;

/// Longest shift that is tried where lengths are free, and the step between lengths; minutes.
const LONGEST: i32 = 720;
const STEP: i32 = 60;

/// The problem as it would be without `rule`; unchanged for rules that are lines in the list alone.
pub fn without(mut problem: Problem, rule: &Rule) -> Problem {
    let slot = problem.slot_minutes;
    let contracts = problem.contracts.iter_mut();
    match rule.name {
        name if name == rest::RULE.name => contracts.for_each(|rules| rules.rest = 0),
        name if name == shift_length::RULE.name => contracts.for_each(|rules| {
            rules.shift_minutes = (2..=LONGEST / STEP).map(|steps| steps * STEP).collect();
        }),
        name if name == shift_start::RULE.name => contracts.for_each(|rules| {
            rules.start_every = slot;
            (rules.earliest_start, rules.latest_start) = (None, None);
        }),
        name if name == breaks::RULE.name => contracts.for_each(|rules| rules.breaks.clear()),
        name if name == work_without_break::RULE.name => {
            contracts.for_each(|rules| rules.terms.work_without_break = None);
        }
        name if name == seats::RULE.name => {
            problem.sites.iter_mut().for_each(|site| site.seats = None);
        }
        name if name == cover::RULE.name => problem
            .covers
            .iter_mut()
            .filter(|cover| cover.hard)
            .for_each(|cover| (cover.min, cover.one_per) = (0, None)),
        name if name == cover_max::RULE.name => problem
            .covers
            .iter_mut()
            .filter(|cover| cover.hard)
            .for_each(|cover| cover.max = None),
        _ => {}
    }
    problem
}
