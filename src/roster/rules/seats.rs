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
        let mut changes: Vec<(i32, i32)> = Vec::new();
        for (_, tour) in
            each_person(tours).filter(|(person, _)| problem.people[*person].site == index)
        {
            for shift in &tour.shifts {
                changes.extend([(shift.span.start, 1), (shift.span.end, -1)]);
            }
        }
        changes.sort();
        let mut present = 0;
        let mut full = false;
        for (minute, change) in changes {
            present += change;
            let over = present > seats as i32;
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
