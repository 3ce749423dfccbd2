//! Nobody who is kept from it works on Sundays or on public holidays. The day is that on which the shift starts.

use chrono::{Datelike, NaiveDate, Weekday};

use super::{Broken, Candidate, Rule, each_person};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "no-sundays-or-holidays",
    allows: Some(allows),
    sequence: None,
    check,
};

fn barred(problem: &Problem, person: usize, date: NaiveDate) -> bool {
    let terms = &problem.rules(person).terms;
    (terms.no_sundays && date.weekday() == Weekday::Sun)
        || (terms.no_holidays && problem.site(person).holidays.binary_search(&date).is_ok())
}

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    !barred(
        problem,
        person,
        problem.site(person).days[candidate.day].date,
    )
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let zone = &problem.site(person).zone;
        for shift in &tour.shifts {
            let date = zone.date(problem.instant(shift.span.start));
            if barred(problem, person, date) {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!("a shift on {date}, a Sunday or holiday, is not allowed"),
                });
            }
        }
    }
}
