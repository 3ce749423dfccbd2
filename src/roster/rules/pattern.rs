//! A cycle of weeks says for every date whether somebody works, and which kind of shift. Absent days are free of it.

use super::{Broken, Candidate, DayFacts, Rule, Sequence, Worked, by_day, class_of, each_person};
use crate::roster::problem::{Mark, Problem, ShiftClass, Tour};

pub const RULE: Rule = Rule {
    name: "pattern",
    allows: Some(allows),
    sequence: Some(sequence),
    check,
};

/// The mark of a rostered day, `None` without a pattern.
fn mark(problem: &Problem, person: usize, day: usize) -> Option<Mark> {
    let pattern = problem.rules(person).terms.pattern.as_ref()?;
    let date = problem.site(person).days.get(day)?.date;
    Some(pattern.mark(date, problem.people[person].record.pattern_ahead))
}

fn fits(mark: Mark, class: ShiftClass) -> bool {
    match mark {
        Mark::Off => false,
        Mark::Work | Mark::Open => true,
        Mark::Shift(wanted) => wanted == class,
    }
}

fn asks_for_work(problem: &Problem, person: usize, day: usize) -> bool {
    let absent = problem.people[person].absent_days.get(day) == Some(&true);
    !absent
        && matches!(
            mark(problem, person, day),
            Some(Mark::Work | Mark::Shift(_))
        )
}

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    mark(problem, person, candidate.day)
        .is_none_or(|mark| fits(mark, class_of(problem, person, candidate.span)))
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
    problem.rules(person).terms.pattern.as_ref()?;
    let days = problem.site(person).days.len();
    let must = (0..days).map(|day| asks_for_work(problem, person, day));
    Some(Box::new(MustWork(must.collect())))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        for (day, shift) in by_day(problem, person, tour).iter().enumerate() {
            let Some(mark) = mark(problem, person, day) else {
                continue;
            };
            let date = problem.site(person).days[day].date;
            let text = match shift {
                Some(shift) if !fits(mark, class_of(problem, person, shift.span)) => {
                    format!("the pattern has {} on {date}", said(mark))
                }
                None if asks_for_work(problem, person, day) => {
                    format!("a day off on {date}, where the pattern has {}", said(mark))
                }
                _ => continue,
            };
            broken.push(Broken {
                rule: RULE.name,
                person: Some(person),
                date: Some(date),
                text,
            });
        }
    }
}

fn said(mark: Mark) -> &'static str {
    match mark {
        Mark::Off => "a day off",
        Mark::Work => "work",
        Mark::Open => "work or a day off",
        Mark::Shift(ShiftClass::Early) => "an early shift",
        Mark::Shift(ShiftClass::Day) => "a day shift",
        Mark::Shift(ShiftClass::Late) => "a late shift",
        Mark::Shift(ShiftClass::Night) => "a night shift",
    }
}
