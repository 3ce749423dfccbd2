//! Why a wish was not met, and what meeting it would cost.

use crate::roster::problem::Wish;
use crate::roster::rules::{Broken, RULES, said};
use crate::roster::{Appraiser, Ask, start_on, wish_met};

use super::offer::Offer;
use super::stay;

/// The wishes of a person that the roster does not meet.
pub fn refused(appraiser: &Appraiser, person: usize) -> Vec<Wish> {
    let problem = appraiser.problem();
    let tour = &appraiser.tours()[person];
    problem.people[person]
        .wishes
        .iter()
        .filter(|wish| !wish_met(wish.wants, start_on(problem, person, tour, wish.day)))
        .copied()
        .collect()
}

/// The cheapest week of the person that meets a wish, everybody else's staying; else the rule that alone stands against it, in words, or nothing
/// where several do.
pub fn granted(
    appraiser: &mut Appraiser,
    known: &[Broken],
    person: usize,
    wish: &Wish,
) -> Result<Offer, Option<String>> {
    let problem = appraiser.problem();
    let ask = Ask::Grant(wish.day, wish.wants);
    let week = appraiser.best_week(person, &ask, stay(problem, person));
    if let Some(offer) =
        week.and_then(|week| Offer::checked(appraiser, known, vec![(person, week)]))
    {
        return Ok(offer);
    }
    let alone = RULES
        .iter()
        .find(|rule| {
            appraiser
                .best_week_without(person, &ask, stay(problem, person), &[rule.name])
                .is_some()
        })
        .map(|rule| said(rule, problem, person));
    Err(alone)
}
