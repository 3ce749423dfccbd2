//! A quick move: a few people leave and come back one after the other, each with the best tour beside those who are there.

use std::sync::Arc;

use super::problem::{Ask, Care, Column, Problem};
use super::respond::marginal_values;
use super::roster::Roster;
use crate::roster::engine::dice::Dice;

/// `attempts` such moves from a roster, one after the other; what is no dearer stays. Returns the tours that changed.
pub fn reinsert(
    problem: &Problem,
    groups: &[usize],
    start: &Roster,
    attempts: usize,
    stop: &dyn Fn() -> bool,
    dice: &mut Dice,
) -> Vec<(usize, Arc<Column>)> {
    let mut roster = start.clone();
    for _ in 0..attempts {
        if stop() {
            break;
        }
        let size = (2 + dice.below(4)).min(groups.len());
        let mut people: Vec<usize> = Vec::new();
        while people.len() < size {
            let person = dice.below(groups.len());
            if !people.contains(&person) {
                people.push(person);
            }
        }
        let noise = 0.4 * dice.unit();
        let mut cover = roster.cover.clone();
        let mut changes: Vec<(usize, Arc<Column>)> = Vec::new();
        for &person in &people {
            roster.tours[person]
                .cells
                .iter()
                .for_each(|&cell| cover[cell as usize] -= 1);
        }
        // Twice round: at first under shaken prices, then each again under the true ones.
        for round in 0..2 {
            for (turn, &person) in people.iter().enumerate() {
                if round > 0 {
                    changes[turn]
                        .1
                        .cells
                        .iter()
                        .for_each(|&cell| cover[cell as usize] -= 1);
                }
                let mut values = marginal_values(problem, &cover);
                if round == 0 {
                    values
                        .iter_mut()
                        .for_each(|value| *value *= 1.0 + noise * (dice.unit() - 0.5));
                }
                let ask = Ask {
                    values: &values,
                    below: f64::INFINITY,
                    most: 1,
                    care: Care::Quick,
                    keep: None,
                    memory: &[],
                };
                let found = problem.groups[groups[person]]
                    .pricer
                    .price(&ask)
                    .tours
                    .pop()
                    .map(Arc::new);
                let before = changes
                    .get(turn)
                    .map_or(&roster.tours[person], |change| &change.1)
                    .clone();
                let tour = found
                    .filter(|tour| round == 0 || tour.reduced(&values) < before.reduced(&values))
                    .unwrap_or(before);
                tour.cells
                    .iter()
                    .for_each(|&cell| cover[cell as usize] += 1);
                if round == 0 {
                    changes.push((person, tour))
                } else {
                    changes[turn].1 = tour
                }
            }
        }
        roster.take(problem, &changes);
    }
    (0..groups.len())
        .filter(|&person| roster.tours[person].cells != start.tours[person].cells)
        .map(|person| (person, roster.tours[person].clone()))
        .collect()
}
