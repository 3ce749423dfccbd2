//! Days worked in a week, less those lost to absence.

use super::{Broken, Rule, Sequence, WeeklyCount, each_person};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "days-per-week",
    allows: None,
    sequence: Some(sequence),
    check,
};

fn limits(problem: &Problem, person: usize) -> Vec<(u32, u32)> {
    (0..problem.weeks)
        .map(|week| problem.week_limits(person, week).days)
        .collect()
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    Some(Box::new(WeeklyCount {
        limits: limits(problem, person),
        or_none: problem.rules(person).hire.is_some(),
        amount: |_: &_| 1,
    }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let days = &problem.site(person).days;
        for (week, (least, most)) in limits(problem, person).into_iter().enumerate() {
            let worked = tour
                .shifts
                .iter()
                .filter(|shift| days.get(shift.day).is_some_and(|day| day.week == week))
                .count() as u32;
            let not_hired = worked == 0 && problem.rules(person).hire.is_some();
            if !(least..=most).contains(&worked) && !not_hired {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: days.iter().find(|day| day.week == week).map(|day| day.date),
                    text: format!(
                        "{worked} days in week {}, {least} to {most} are allowed",
                        week + 1
                    ),
                });
            }
        }
    }
}
