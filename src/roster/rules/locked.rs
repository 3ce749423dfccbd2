//! A locked shift stays as it is.

use super::{Broken, Candidate, DayFacts, Rule, Sequence, Worked, each_person};
use crate::roster::problem::{Problem, Span, Tour};

pub const RULE: Rule = Rule {
    name: "locked-shift",
    allows: Some(allows),
    sequence: Some(sequence),
    check,
};

fn locked_on(problem: &Problem, person: usize, day: usize) -> Option<Span> {
    let whole = problem.site(person).days.get(day)?.span;
    let starts_here = |span: &&Span| (whole.start..whole.end).contains(&span.start);
    problem.people[person]
        .locked
        .iter()
        .find(starts_here)
        .copied()
}

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    locked_on(problem, person, candidate.day).is_none_or(|span| span == candidate.span)
}

struct MustWork(Vec<bool>);

impl Sequence for MustWork {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        (worked.is_some() || !self.0[day.index]).then_some((state, 0.0))
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let days = problem.site(person).days.len();
    let locked: Vec<bool> = (0..days)
        .map(|day| locked_on(problem, person, day).is_some())
        .collect();
    locked
        .contains(&true)
        .then(|| Box::new(MustWork(locked)) as Box<dyn Sequence>)
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        for span in &problem.people[person].locked {
            if !tour.shifts.iter().any(|shift| shift.span == *span) {
                let local = problem
                    .site(person)
                    .zone
                    .to_local(problem.instant(span.start));
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(local.date()),
                    text: format!(
                        "the locked shift of {} is not in the roster",
                        local.format("%Y-%m-%d %H:%M")
                    ),
                });
            }
        }
    }
}
