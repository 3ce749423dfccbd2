//! At most one shift belongs to a local date, and every shift belongs to a rostered one.

use super::{Broken, Rule, each_person};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "one-shift-a-day",
    allows: None,
    sequence: None,
    check,
};

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let site = problem.site(person);
        let mut seen = vec![false; site.days.len()];
        for shift in &tour.shifts {
            let date = site.zone.date(problem.instant(shift.span.start));
            let found = site.days.iter().position(|day| day.date == date);
            let mut say = |text: String| {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text,
                })
            };
            match found {
                None => say(format!("a shift starts on {date}, outside the plan")),
                Some(day) if day != shift.day => say(format!(
                    "a shift that starts on {date} is booked on another day"
                )),
                Some(day) if seen[day] => say(format!("two shifts start on {date}")),
                Some(day) => seen[day] = true,
            }
        }
    }
}
