//! A change that may be made: who works what instead, and what it does.

use crate::roster::problem::{Problem, Shift, Tour};
use crate::roster::rules::Broken;
use crate::roster::{Appraiser, Effect, check};

use super::activities::with_activities;

/// A change of one or two people's weeks that keeps every rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub changes: Vec<(usize, Tour)>,
    pub effect: Effect,
}

/// The roster with some people's tours changed.
pub fn with(tours: &[Tour], changes: &[(usize, Tour)]) -> Vec<Tour> {
    let mut after = tours.to_vec();
    for (person, tour) in changes {
        after[*person] = tour.clone();
    }
    after
}

/// What a change breaks that the roster as it is does not.
pub fn newly_broken(
    problem: &Problem,
    tours: &[Tour],
    known: &[Broken],
    changes: &[(usize, Tour)],
) -> Vec<Broken> {
    let mut broken = check(problem, &with(tours, changes));
    broken.retain(|broken| !known.contains(broken));
    broken
}

impl Offer {
    /// The change on the scales; `None` if it changes nothing or the checker finds that it breaks a rule.
    pub fn checked(
        appraiser: &mut Appraiser,
        known: &[Broken],
        changes: Vec<(usize, Tour)>,
    ) -> Option<Offer> {
        let tours = appraiser.tours();
        let changes: Vec<(usize, Tour)> = changes
            .into_iter()
            .map(|(person, tour)| {
                let tour = with_activities(appraiser.problem(), person, &tours[person], tour);
                (person, tour)
            })
            .filter(|(person, tour)| tours[*person] != *tour)
            .collect();
        if changes.is_empty()
            || !newly_broken(appraiser.problem(), tours, known, &changes).is_empty()
        {
            return None;
        }
        let effect = appraiser.effect(&changes);
        Some(Offer { changes, effect })
    }
}

/// Days on which two weeks differ: day, shift before, shift after.
pub fn changed_days<'a>(
    before: &'a Tour,
    after: &'a Tour,
) -> Vec<(usize, Option<&'a Shift>, Option<&'a Shift>)> {
    let mut days: Vec<usize> = before
        .shifts
        .iter()
        .chain(&after.shifts)
        .map(|shift| shift.day)
        .collect();
    days.sort_unstable();
    days.dedup();
    let on = |tour: &'a Tour, day: usize| tour.shifts.iter().find(|shift| shift.day == day);
    days.into_iter()
        .map(|day| (day, on(before, day), on(after, day)))
        .filter(|(_, before, after)| before != after)
        .collect()
}
