//! No more people on shift at a site than it has seats.

use super::{Broken, Rule, each_person};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "seats",
    allows: None,
    // Seats couple people; the search prices them and never accepts a roster above them.
    sequence: None,
    check,
};

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (index, site) in problem.sites.iter().enumerate() {
        let Some(seats) = site.seats else { continue };
        // Minute, change, and whether it is a shift of the plan.
        let mut changes: Vec<(i32, i32, bool)> = Vec::new();
        for (person, tour) in
            each_person(tours).filter(|(person, _)| problem.people[*person].site == index)
        {
            let planned = tour.shifts.iter().map(|shift| (shift.span, true));
            let before = problem.people[person].carried.iter();
            for (span, mine) in planned.chain(before.map(|carried| (carried.span, false))) {
                changes.extend([(span.start, 1, mine), (span.end, -1, mine)]);
            }
        }
        changes.sort();
        let (mut present, mut planned) = (0, 0);
        let mut full = false;
        for (minute, change, mine) in changes {
            present += change;
            planned += if mine { change } else { 0 };
            // Where those from before the plan are too many, it may add nobody.
            let over = planned > 0 && present > seats as i32;
            if over && !full {
                let local = site.zone.to_local(problem.instant(minute));
                broken.push(Broken {
                    rule: RULE.name,
                    person: None,
                    date: Some(local.date()),
                    text: format!(
                        "{present} people on shift at {} with {seats} seats",
                        local.format("%Y-%m-%d %H:%M")
                    ),
                });
            }
            full = over;
        }
    }
}
