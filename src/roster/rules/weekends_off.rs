//! Of so many weekends in a row, at least some are free. A weekend is worked if a shift starts on its Saturday or Sunday.

use chrono::{NaiveDate, TimeDelta, Weekday};

use super::{Broken, DayFacts, Rule, Sequence, Worked, each_person};
use crate::roster::problem::{Problem, Tour};

pub const RULE: Rule = Rule {
    name: "weekends-off",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// State: a bit per weekend, the current one lowest; `of` bits are looked at.
struct Weekends {
    most_worked: u32,
    of: u32,
    before: u32,
}

impl Sequence for Weekends {
    fn initial(&self) -> u32 {
        self.before
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let weekend = matches!(day.weekday, Weekday::Sat | Weekday::Sun);
        let mut state = state;
        if day.weekday == Weekday::Sat {
            state <<= 1;
        }
        state &= (1 << self.of) - 1;
        if !(weekend && worked.is_some()) {
            // Weekends worked before the plan forbid the next one; by themselves they forbid nothing.
            return Some((state, 0.0));
        }
        state |= 1;
        (state.count_ones() <= self.most_worked).then_some((state, 0.0))
    }
}

fn weekend_of(date: NaiveDate) -> Option<NaiveDate> {
    use chrono::Datelike;
    match date.weekday() {
        Weekday::Sat => Some(date),
        Weekday::Sun => Some(date - TimeDelta::days(1)),
        _ => None,
    }
}

fn worked_weekends(problem: &Problem, person: usize, tour: Option<&Tour>) -> Vec<NaiveDate> {
    let zone = &problem.site(person).zone;
    let planned = tour
        .into_iter()
        .flat_map(|tour| tour.shifts.iter().map(|shift| shift.span.start));
    let before = problem.people[person].before.iter().map(|span| span.start);
    let mut weekends: Vec<NaiveDate> = before
        .chain(planned)
        .filter_map(|start| weekend_of(zone.date(problem.instant(start))))
        .collect();
    weekends.sort();
    weekends.dedup();
    weekends
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let (at_least, of) = problem.rules(person).weekends_off?;
    if at_least == 0 || of == 0 || of > 30 {
        return None;
    }
    let first = problem.site(person).days.first()?.date;
    use chrono::Datelike;
    let back = match (first.weekday().num_days_from_monday() + 2) % 7 {
        0 => 7,
        days => i64::from(days),
    };
    let last_saturday = first - TimeDelta::days(back);
    let mut before = 0;
    for weekend in worked_weekends(problem, person, None) {
        let age = (last_saturday - weekend).num_weeks();
        if (0..i64::from(of)).contains(&age) {
            before |= 1u32 << age;
        }
    }
    Some(Box::new(Weekends {
        most_worked: of.saturating_sub(at_least),
        of,
        before,
    }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some((at_least, of)) = problem.rules(person).weekends_off else {
            continue;
        };
        let worked = worked_weekends(problem, person, Some(tour));
        let Some(first) = problem.site(person).days.first() else {
            continue;
        };
        for (i, last) in worked
            .iter()
            .enumerate()
            .filter(|(_, last)| **last + TimeDelta::days(1) >= first.date)
        {
            let from = *last - TimeDelta::weeks(i64::from(of) - 1);
            let count = worked[..=i]
                .iter()
                .filter(|weekend| **weekend >= from)
                .count() as u32;
            if count > of.saturating_sub(at_least) {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(*last),
                    text: format!(
                        "{count} of {of} weekends worked up to {last}, {at_least} must be free"
                    ),
                });
            }
        }
    }
}
