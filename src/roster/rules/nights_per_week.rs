//! Not too many night shifts in a week.

use super::{Broken, Rule, Sequence, WeeklyCount, Worked, each_person, is_night_shift};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "nights-per-week",
    allows: None,
    sequence: Some(sequence),
    check,
};

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let rules = problem.rules(person);
    let most = rules
        .max_nights_per_week
        .filter(|&most| most < rules.days_per_week.1)?;
    Some(Box::new(WeeklyCount {
        limits: vec![(0, most); problem.weeks],
        or_none: true,
        amount: |shift: &Worked| u32::from(shift.night),
    }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(most) = problem.rules(person).max_nights_per_week else {
            continue;
        };
        let days = &problem.site(person).days;
        for week in 0..problem.weeks {
            let in_week = tour
                .shifts
                .iter()
                .filter(|shift| days.get(shift.day).is_some_and(|day| day.week == week));
            let nights = in_week
                .filter(|shift| is_night_shift(problem, person, shift.span))
                .count() as u32;
            if nights > most {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: days.iter().find(|day| day.week == week).map(|day| day.date),
                    text: format!(
                        "{nights} night shifts in week {}, {most} are allowed",
                        week + 1
                    ),
                });
            }
        }
    }
}
