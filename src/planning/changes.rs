//! A roster that people know already: what a new one changes in it has a price, where the scenario gives it one.

use crate::roster::problem::{Problem, Span, Tour};

/// Lets the question know which shifts people have been told (of this plan's days), if a change of one weighs anything. Who has none in it knows of none.
pub fn know(problem: &mut Problem, told: &[Tour]) {
    if problem.soft.changed_shift <= 0.0 {
        return;
    }
    for (person, tour) in told.iter().enumerate() {
        let mut known: Vec<Option<Span>> = vec![None; problem.site(person).days.len()];
        for shift in &tour.shifts {
            if let Some(known) = known.get_mut(shift.day) {
                *known = Some(shift.span);
            }
        }
        if known.iter().any(Option::is_some) {
            problem.people[person].known = known;
        }
    }
}

/// Says how much of it was changed; `None` where nobody knows a roster or nothing weighs a change.
pub fn changes_note(problem: &Problem, tours: &[Tour]) -> Option<String> {
    let (mut told, mut other, mut gone, mut new) = (0, 0, 0, 0);
    for (person, tour) in problem.people.iter().zip(tours) {
        for (day, known) in person.known.iter().enumerate() {
            let now = tour.shifts.iter().find(|shift| shift.day == day);
            told += usize::from(known.is_some());
            match (known, now.map(|shift| shift.span)) {
                (Some(before), Some(now)) => other += usize::from(*before != now),
                (Some(_), None) => gone += 1,
                (None, Some(_)) => new += 1,
                (None, None) => {}
            }
        }
    }
    (told > 0).then(|| {
        format!(
            "Of the {told} shifts that people knew from --from, {other} are at another time and {gone} are gone; {new} are new."
        )
    })
}
