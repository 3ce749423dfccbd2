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
        let Some((most, room)) = cover.max.zip(problem.room_beside_carried(cover)) else {
            continue;
        };
        let members = present(problem, tours, &cover.members);
        let before = problem.carried_of(cover.members.iter().copied());
        let mut was_over = false;
        for (slot, &planned) in members.iter().enumerate() {
            let people = planned + before[slot];
            let over = cover.active[slot] && planned > room[slot];
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
