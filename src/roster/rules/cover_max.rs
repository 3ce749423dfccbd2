//! No more people of a kind on shift at once than the scenario allows, where it makes that a hard rule: two who must not work together, at most
//! so many trainees.

use super::cover::{clock, present};
use super::{Broken, Rule};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "cover-max",
    allows: None,
    // It couples people; the search prices it and takes too many only where it finds no way around it.
    sequence: None,
    check,
};

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for cover in problem.covers.iter().filter(|cover| cover.hard) {
        let Some(most) = cover.max else { continue };
        let members = present(problem, tours, &cover.members);
        let mut was_over = false;
        for (slot, &people) in members.iter().enumerate() {
            let over = cover.active[slot] && people > most;
            if over && !was_over {
                let (date, at) = clock(problem, cover, slot);
                broken.push(Broken {
                    rule: RULE.name,
                    person: None,
                    date: Some(date),
                    text: format!(
                        "{} allows {most} on shift at {at}, and there are {people}",
                        cover.said
                    ),
                });
            }
            was_over = over;
        }
    }
}
