//! Days off come in runs of at least so many. A run that touches the end of the plan may go on after it, one that begins the plan may have
//! begun before it, so neither is held against anybody.

use super::{Broken, DayFacts, Rule, Sequence, Worked, by_day, each_person, run_before};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "consecutive-days-off",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// State: days off in a row, capped at `least`; `least` also stands for "long enough or of unknown length".
struct RestRun {
    least: u32,
    worked_yesterday: bool,
}

impl Sequence for RestRun {
    fn initial(&self) -> u32 {
        if self.worked_yesterday { 0 } else { self.least }
    }

    fn after(&self, state: u32, _: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        match worked {
            None => Some(((state + 1).min(self.least), 0.0)),
            Some(_) => (state == 0 || state == self.least).then_some((0, 0.0)),
        }
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let least = problem
        .rules(person)
        .min_consecutive_days_off
        .filter(|&n| n > 1)?;
    let worked_yesterday = run_before(problem, person).0 > 0;
    Some(Box::new(RestRun {
        least,
        worked_yesterday,
    }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(least) = problem.rules(person).min_consecutive_days_off else {
            continue;
        };
        let mut worked_before = run_before(problem, person).0 > 0;
        let mut run = 0;
        for (day, shift) in by_day(problem, person, tour).iter().enumerate() {
            if shift.is_none() {
                run += 1;
                continue;
            }
            if run > 0 && run < least && worked_before {
                let date = problem.site(person).days[day].date;
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!("only {run} day(s) off before {date}, {least} in a row are due"),
                });
            }
            (worked_before, run) = (true, 0);
        }
    }
}
