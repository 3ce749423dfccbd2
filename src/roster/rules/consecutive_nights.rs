//! Not too many night shifts in a row, last week's included.

use super::{
    Broken, Rule, RunLimit, Sequence, Worked, by_day, each_person, is_night_shift, run_before,
};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "consecutive-nights",
    allows: None,
    sequence: Some(sequence),
    check,
};

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let most = problem.rules(person).max_consecutive_nights?;
    let (_, before) = run_before(problem, person);
    Some(Box::new(RunLimit {
        before,
        most,
        matches: |shift: &Worked| shift.night,
    }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(most) = problem.rules(person).max_consecutive_nights else {
            continue;
        };
        let (_, mut run) = run_before(problem, person);
        for (day, shift) in by_day(problem, person, tour).iter().enumerate() {
            let night = shift.is_some_and(|shift| is_night_shift(problem, person, shift.span));
            run = if night { run + 1 } else { 0 };
            if run > most {
                let date = problem.site(person).days[day].date;
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!("{run} night shifts in a row up to {date}, {most} are allowed"),
                });
            }
        }
    }
}
