//! Enough people of a role on shift, where the scenario makes that a hard rule.

use super::{Broken, Rule};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "cover",
    allows: None,
    // Cover couples people; the search prices it and takes a shortfall only where it finds no way around it.
    sequence: None,
    check,
};

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (index, cover) in problem
        .covers
        .iter()
        .enumerate()
        .filter(|(_, cover)| cover.hard)
    {
        let present = |people: &[usize]| -> Vec<u32> {
            let mut count = vec![0; problem.slots];
            for span in people
                .iter()
                .flat_map(|&person| &tours[person].shifts)
                .map(|shift| shift.span)
            {
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
        };
        let (members, counted) = (present(&cover.members), present(&cover.counted));
        let mut was_short = false;
        for slot in 0..problem.slots {
            let spanned = cover.one_per.map_or(0, |per| counted[slot].div_ceil(per));
            let needed = cover.min.max(spanned);
            let short = cover.active[slot] && members[slot] < needed;
            if short && !was_short {
                let at = problem.instant(slot as i32 * problem.slot_minutes);
                let someone = cover.members.first().copied().unwrap_or(0);
                let zone = &problem.site(someone).zone;
                let local = zone.to_local(at);
                broken.push(Broken {
                    rule: RULE.name,
                    person: None,
                    date: Some(local.date()),
                    text: format!(
                        "[[cover]] number {} asks for {needed} on shift at {} ({zone}), and there are {}",
                        index + 1,
                        local.format("%Y-%m-%d %H:%M"),
                        members[slot]
                    ),
                });
            }
            was_short = short;
        }
    }
}
