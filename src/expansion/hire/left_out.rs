//! What there was no time for, and how much time it would have taken.

use super::case::Case;
use super::levels::Level;
use super::trim::Trimmed;

/// Tries of a group at another service level, and at another target.
const TRIES: f64 = 3.0;
/// Estimates of times not spent are rough: so much more is asked for.
const SAFETY: f64 = 1.25;

/// Something that would have been found out with more time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum LeftOut {
    /// Whether a group (index of `[[hire]]`) can do with one person less.
    OneLess(usize),
    /// What a share answered in time costs.
    Level(f64),
    /// Whether that share can be kept with fewer people than were found.
    FewerAtLevel(f64),
    /// What a queue's target costs.
    Target(usize),
}

/// What was left out, and how many times the time allowed all of it would take.
pub(super) fn left_out(
    case: &Case,
    trimmed: &Trimmed,
    levels: &[Level],
    targets: &[usize],
) -> (Vec<LeftOut>, f64) {
    let mut all: Vec<LeftOut> = trimmed
        .untried
        .iter()
        .map(|&group| LeftOut::OneLess(group))
        .collect();
    let others = levels.iter().filter(|level| !level.as_promised);
    all.extend(
        others.filter_map(|level| match (level.met, level.tried_all) {
            (true, false) => Some(LeftOut::FewerAtLevel(level.answered)),
            (false, _) if !level.no_help => Some(LeftOut::Level(level.answered)),
            _ => None,
        }),
    );
    all.extend(targets.iter().map(|&queue| LeftOut::Target(queue)));
    let (a_try, a_plan) = (case.clock.a_try(), case.clock.a_plan());
    let groups = case.search.scenario.hires.len() as f64;
    let takes = |left: &LeftOut| match left {
        LeftOut::OneLess(_) => a_try,
        LeftOut::Level(_) => 2.0 * a_plan + TRIES * groups * a_try,
        LeftOut::FewerAtLevel(_) | LeftOut::Target(_) => TRIES * groups * a_try,
    };
    let missing: f64 = all.iter().map(takes).sum();
    (all, 1.0 + SAFETY * missing)
}
