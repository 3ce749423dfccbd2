//! A roster that people know already: what a new one changes in it has a price, where the scenario gives it one.

use crate::roster::problem::{Problem, Shift, Told, Tour};

/// Lets the question know which shifts people have been told (of this plan's days), if a change of one weighs anything. Who has none in it knows of none.
pub fn know(problem: &mut Problem, told: &[Tour]) {
    if problem.soft.changed_shift <= 0.0 {
        return;
    }
    for (person, tour) in told.iter().enumerate() {
        if !tour.shifts.is_empty() {
            problem.people[person].known = known(problem, person, tour, |_| None);
        }
    }
}

/// Per day of the plan the shift of a tour, with the pieces that are to be known of it.
pub(super) fn known(
    problem: &Problem,
    person: usize,
    tour: &Tour,
    pieces: impl Fn(&Shift) -> Option<Vec<(usize, crate::roster::problem::Span)>>,
) -> Vec<Option<Told>> {
    let mut known = vec![None; problem.site(person).days.len()];
    for shift in &tour.shifts {
        if let Some(known) = known.get_mut(shift.day) {
            *known = Some(Told {
                span: shift.span,
                pieces: pieces(shift),
            });
        }
    }
    known
}

/// Says how much of it was changed; `None` where nobody knows a roster or nothing weighs a change.
pub fn changes_note(problem: &Problem, tours: &[Tour]) -> Option<String> {
    let (mut told, mut other, mut gone, mut new) = (0, 0, 0, 0);
    for (person, tour) in problem.people.iter().zip(tours) {
        for (day, known) in person.known.iter().enumerate() {
            let now = tour.shifts.iter().find(|shift| shift.day == day);
            told += usize::from(known.is_some());
            match (known, now) {
                (Some(before), Some(now)) => other += usize::from(before.span != now.span),
                (Some(_), None) => gone += 1,
                (None, Some(_)) => new += 1,
                (None, None) => {}
            }
        }
    }
    (told > 0).then(|| {
        format!(
            "Of the {told} shifts that people knew, {other} are at another time and {gone} are gone; {new} are new."
        )
    })
}
