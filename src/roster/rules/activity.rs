//! Training and meetings lie within a shift, beside its breaks, at their length and in their window, for those whom they are for, no more often than
//! is asked; what is done together is done at one time.

use super::{Broken, Rule, each_person};
use crate::roster::problem::{Activity, Problem, Shift, Span, Tour};

pub const RULE: Rule = Rule {
    name: "activity",
    // They are placed into finished shifts.
    allows: None,
    sequence: None,
    check,
};

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    let mut taken: Vec<Vec<Vec<(usize, Span)>>> =
        vec![vec![Vec::new(); problem.weeks]; problem.activities.len()];
    for (person, tour) in each_person(tours) {
        let breaks = problem.rules(person).breaks.len();
        for shift in &tour.shifts {
            let Some(day) = problem.site(person).days.get(shift.day) else {
                continue;
            };
            let mut fault = |text: String| {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(day.date),
                    text: format!("in the shift of {} {text}", day.date),
                });
            };
            for (place, (which, span)) in shift.breaks.iter().enumerate() {
                let Some(number) = which.checked_sub(breaks) else {
                    continue;
                };
                let Some(activity) = problem.activities.get(number) else {
                    fault("a piece is neither a break nor an activity".to_owned());
                    continue;
                };
                if let Some(text) = misplaced(problem, person, activity, shift, place, *span) {
                    fault(format!("\"{}\" {text}", activity.name));
                }
                taken[number][day.week].push((person, *span));
            }
        }
    }
    for (activity, weeks) in problem.activities.iter().zip(&taken) {
        for taken in weeks {
            counts(activity, taken, broken);
        }
    }
}

fn misplaced(
    problem: &Problem,
    person: usize,
    activity: &Activity,
    shift: &Shift,
    place: usize,
    span: Span,
) -> Option<String> {
    if !activity.who.get(person).copied().unwrap_or(false) {
        return Some("is not for this person".to_owned());
    }
    if span.minutes() != activity.minutes {
        return Some(format!(
            "lasts {} minutes instead of {}",
            span.minutes(),
            activity.minutes
        ));
    }
    if span.start < shift.span.start || span.end > shift.span.end {
        return Some("lies outside the shift".to_owned());
    }
    let mut others = shift.breaks.iter().enumerate();
    if others.any(|(other, (_, taken))| other != place && taken.overlaps(span)) {
        return Some("overlaps a break or another activity".to_owned());
    }
    let site = problem.people[person].site;
    let open = |slot: i32| {
        let window = activity.window.get(site);
        window.is_none_or(|window| window.get(slot as usize).copied().unwrap_or(false))
    };
    let slots = span.start / problem.slot_minutes..span.end / problem.slot_minutes;
    (!slots.into_iter().all(open)).then(|| "lies outside its window".to_owned())
}

fn counts(activity: &Activity, taken: &[(usize, Span)], broken: &mut Vec<Broken>) {
    let mut times: std::collections::BTreeMap<usize, u32> = std::collections::BTreeMap::new();
    for (person, _) in taken {
        *times.entry(*person).or_default() += 1;
    }
    for (person, times) in times {
        if times > activity.times_per_week {
            broken.push(Broken {
                rule: RULE.name,
                person: Some(person),
                date: None,
                text: format!(
                    "\"{}\" {times} times in a week instead of {}",
                    activity.name, activity.times_per_week
                ),
            });
        }
    }
    let mut starts: Vec<i32> = taken.iter().map(|(_, span)| span.start).collect();
    starts.sort_unstable();
    starts.dedup();
    if activity.together && starts.len() > activity.times_per_week as usize {
        broken.push(Broken {
            rule: RULE.name,
            person: None,
            date: None,
            text: format!("\"{}\" is not taken together", activity.name),
        });
    }
}
