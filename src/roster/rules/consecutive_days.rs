//! Not too many days in a row, last week's included.

use super::{Broken, Rule, RunLimit, Sequence, by_day, each_person, run_before};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "consecutive-days",
    allows: None,
    sequence: Some(sequence),
    check,
};

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let rules = problem.rules(person);
    let most = rules.max_consecutive_days?;
    let (before, _) = run_before(problem, person);
    // A single week can hold no longer run than its days, so the rule needs no state there.
    let longest = if problem.weeks == 1 {
        before + rules.days_per_week.1
    } else {
        u32::MAX
    };
    (longest > most).then(|| {
        Box::new(RunLimit {
            before,
            most,
            matches: |_: &_| true,
        }) as Box<dyn Sequence>
    })
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(most) = problem.rules(person).max_consecutive_days else {
            continue;
        };
        let (mut run, _) = run_before(problem, person);
        for (day, shift) in by_day(problem, person, tour).iter().enumerate() {
            run = if shift.is_some() { run + 1 } else { 0 };
            if run > most {
                let date = problem.site(person).days[day].date;
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!("{run} days in a row up to {date}, {most} are allowed"),
                });
            }
        }
    }
}
