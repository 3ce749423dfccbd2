//! Training and meetings of somebody whose week changes: they stay where they were, or move within the week.

use crate::roster::problem::{Problem, Shift, Span, Tour};

/// Whether an activity may lie at this time of a shift, beside what lies there.
pub fn fits(problem: &Problem, activity: usize, person: usize, shift: &Shift, span: Span) -> bool {
    let facts = &problem.activities[activity];
    let slot = problem.slot_minutes;
    let mut slots = (span.start / slot) as usize..(span.end / slot) as usize;
    let window = facts.window.get(problem.people[person].site);
    span.start >= shift.span.start
        && span.end <= shift.span.end
        && shift.breaks.iter().all(|(_, taken)| !taken.overlaps(span))
        && window.is_none_or(|window| slots.all(|slot| window.get(slot) == Some(&true)))
}

/// A new week with the activities of the old one: each at its time where the new shift allows it, else (if it need not be together with others) at
/// the first time of its week that does. What finds no place is left out.
pub fn with_activities(problem: &Problem, person: usize, old: &Tour, mut new: Tour) -> Tour {
    let breaks = problem.rules(person).breaks.len();
    let days = &problem.site(person).days;
    for shift in &old.shifts {
        let pieces = shift.breaks.iter().filter(|(which, _)| *which >= breaks);
        for &(which, span) in pieces {
            let week = days[shift.day].week;
            let mut order: Vec<usize> = (0..new.shifts.len())
                .filter(|&at| days[new.shifts[at].day].week == week)
                .filter(|&at| new.shifts[at].breaks.iter().all(|(has, _)| *has != which))
                .collect();
            order.sort_by_key(|&at| new.shifts[at].day != shift.day);
            let place = order.iter().find_map(|&at| {
                let shift = &new.shifts[at];
                let free = |span: &Span| fits(problem, which - breaks, person, shift, *span);
                let spans = spans(problem, which - breaks, span, shift);
                Some((at, spans.into_iter().find(free)?))
            });
            if let Some((at, span)) = place {
                let breaks = &mut new.shifts[at].breaks;
                breaks.push((which, span));
                breaks.sort_by_key(|(_, span)| span.start);
            }
        }
    }
    new
}

/// When an activity may be taken in a shift: at its time, or (alone) at any other.
fn spans(problem: &Problem, activity: usize, at: Span, shift: &Shift) -> Vec<Span> {
    let facts = &problem.activities[activity];
    let moved = (shift.span.start..=shift.span.end - facts.minutes)
        .step_by(problem.slot_minutes as usize)
        .filter(|_| !facts.together)
        .map(|start| Span {
            start,
            end: start + facts.minutes,
        });
    std::iter::once(at).chain(moved).collect()
}
