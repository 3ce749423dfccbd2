//! Why somebody works a shift: what is lost without it, and who else could work it.

use crate::roster::problem::{Problem, Shift, Tour};
use crate::roster::rules::Broken;
use crate::roster::{Appraiser, Ask, Effect};

use super::offer::{Offer, newly_broken};
use super::stay;

/// What a shift does for the roster.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// What it would do if the shift fell away and nothing else changed.
    pub without: Effect,
    /// What that would break, for this person or for everybody.
    pub broken: Vec<Broken>,
    /// It is locked.
    pub locked: bool,
    /// The cheapest way to give this person the day off alone, if their rules have one.
    pub alone: Option<Offer>,
}

/// Why somebody works on a day; `None` if they do not.
pub fn without(
    appraiser: &mut Appraiser,
    known: &[Broken],
    person: usize,
    day: usize,
) -> Option<Reason> {
    let problem = appraiser.problem();
    let mut tour = appraiser.tours()[person].clone();
    let shift = tour.shifts.iter().find(|shift| shift.day == day)?.clone();
    tour.shifts.retain(|other| other.day != day);
    let gone = vec![(person, tour)];
    let broken = newly_broken(problem, appraiser.tours(), known, &gone);
    let alone = appraiser
        .best_week(person, &Ask::Off(day), stay(problem, person))
        .and_then(|week| Offer::checked(appraiser, known, vec![(person, week)]));
    Some(Reason {
        without: appraiser.effect(&gone),
        broken,
        locked: problem.people[person].locked.contains(&shift.span),
        alone,
    })
}

/// Somebody else who could work a shift, and what that would do.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenOver {
    pub by: usize,
    pub offer: Offer,
}

impl TakenOver {
    /// Who could take somebody's shift of a day over so that they have it off: people who serve one of the queues that it serves or count in the
    /// same cover; each with the week that costs least, and this person's best week without it. Cheapest first, at most `most`.
    pub fn all(
        appraiser: &mut Appraiser,
        known: &[Broken],
        person: usize,
        day: usize,
        most: usize,
    ) -> Vec<TakenOver> {
        let problem = appraiser.problem();
        let Some(shift) = appraiser.tours()[person]
            .shifts
            .iter()
            .find(|shift| shift.day == day)
            .cloned()
        else {
            return Vec::new();
        };
        let minutes = problem.slot_minutes;
        let slots = (shift.span.start / minutes) as usize..(shift.span.end / minutes) as usize;
        let mut found = Vec::new();
        for by in (0..problem.people.len()).filter(|&by| by != person && alike(problem, by, person))
        {
            if appraiser.on_shift(by, &slots) && covers(appraiser.tours(), by, &shift) {
                continue;
            }
            let Some(theirs) =
                appraiser.best_week(by, &Ask::Work(slots.clone()), stay(problem, by))
            else {
                continue;
            };
            let Some(own) = appraiser.best_week_beside(
                (by, &theirs),
                person,
                &Ask::Off(day),
                stay(problem, person),
            ) else {
                continue;
            };
            let effect = appraiser.effect(&[(by, theirs.clone()), (person, own.clone())]);
            found.push(TakenOver {
                by,
                offer: Offer {
                    changes: vec![(by, theirs), (person, own)],
                    effect,
                },
            });
        }
        found.sort_by(|a, b| {
            let cost = |taken: &TakenOver| taken.offer.effect.total();
            cost(a).total_cmp(&cost(b)).then(a.by.cmp(&b.by))
        });
        let mut offers = Vec::new();
        for taken in found {
            if offers.len() >= most {
                break;
            }
            if let Some(offer) = Offer::checked(appraiser, known, taken.offer.changes) {
                offers.push(TakenOver {
                    by: taken.by,
                    offer,
                });
            }
        }
        offers
    }
}

/// Whether two people can stand in for each other somewhere.
fn alike(problem: &Problem, a: usize, b: usize) -> bool {
    let queues = |person: usize| {
        problem.people[person]
            .pool
            .map_or(&[][..], |pool| &problem.pools[pool].skills)
    };
    let same_queue = queues(a)
        .iter()
        .any(|(queue, _)| queues(b).iter().any(|(other, _)| other == queue));
    same_queue
        || problem
            .covers
            .iter()
            .any(|cover| cover.members.contains(&a) && cover.members.contains(&b))
}

fn covers(tours: &[Tour], person: usize, shift: &Shift) -> bool {
    tours[person]
        .shifts
        .iter()
        .any(|own| own.span.start <= shift.span.start && shift.span.end <= own.span.end)
}
