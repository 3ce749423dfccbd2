//! Enough people of a kind on shift, where the scenario makes that a hard rule.

use chrono::NaiveDate;

use super::{Broken, Rule};
use crate::roster::problem::{Cover, Problem, Tour};

pub const RULE: Rule = Rule {
    name: "cover",
    allows: None,
    // Cover couples people; the search prices it and takes a shortfall only where it finds no way around it.
    sequence: None,
    check,
};

/// How many of these people are on shift, slot by slot.
pub(super) fn present(problem: &Problem, tours: &[Tour], people: &[usize]) -> Vec<u32> {
    let mut count = vec![0; problem.slots];
    let spans = people
        .iter()
        .flat_map(|&person| &tours[person].shifts)
        .map(|shift| shift.span);
    for span in spans {
        for minute in (span.start..span.end).step_by(problem.slot_minutes as usize) {
            if let Some(count) = usize::try_from(minute / problem.slot_minutes)
                .ok()
                .and_then(|slot| count.get_mut(slot))
            {
                *count += 1;
            }
        }
    }
    count
}

/// The date and time of a slot on the clock of those who count.
pub(super) fn clock(problem: &Problem, cover: &Cover, slot: usize) -> (NaiveDate, String) {
    let at = problem.instant(slot as i32 * problem.slot_minutes);
    let someone = cover.members.first().copied().unwrap_or(0);
    let zone = &problem.site(someone).zone;
    let local = zone.to_local(at);
    (
        local.date(),
        format!("{} ({zone})", local.format("%Y-%m-%d %H:%M")),
    )
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for cover in problem.covers.iter().filter(|cover| cover.hard) {
        let mut members = present(problem, tours, &cover.members);
        for (members, more) in members.iter_mut().zip(problem.carried_members(cover)) {
            *members += more;
        }
        let counted = present(problem, tours, &cover.counted);
        let mut was_short = false;
        for slot in 0..problem.slots {
            let spanned = cover.one_per.map_or(0, |per| counted[slot].div_ceil(per));
            let needed = cover.min.max(spanned);
            let short = cover.active[slot] && members[slot] < needed;
            if short && !was_short {
                let (date, at) = clock(problem, cover, slot);
                broken.push(Broken {
                    rule: RULE.name,
                    person: None,
                    date: Some(date),
                    text: format!(
                        "{} asks for {needed} on shift at {at}, and there are {}",
                        cover.said, members[slot]
                    ),
                });
            }
            was_short = short;
        }
    }
}
