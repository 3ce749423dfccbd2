//! After some nights in a row comes a longer rest, unless the next night follows at once. What was worked before the plan counts.

use super::{
    Broken, DayFacts, Rule, Sequence, Way, Worked, each_person, fixed_and_planned, is_night_shift,
};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, RestAfterNights, Tour};

pub const RULE: Rule = Rule {
    name: "rest-after-nights",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// State: 0 = the last shift was no night; else twice the nights in a row so far (capped), plus one if the last was yesterday.
struct AfterNights {
    rule: RestAfterNights,
    before: u32,
}

impl AfterNights {
    fn way(&self, state: u32, worked: Option<&Worked>) -> Way {
        let (run, yesterday) = (state / 2, state % 2 == 1);
        let long_enough = run >= self.rule.in_a_row;
        let Some(shift) = worked else {
            return Way::to(if long_enough { run * 2 } else { 0 });
        };
        let goes_on = shift.night && yesterday;
        let next = match (shift.night, goes_on) {
            (true, true) => (run + 1).min(self.rule.in_a_row) * 2 + 1,
            (true, false) => 3,
            _ => 0,
        };
        Way {
            rest: if long_enough && !goes_on {
                self.rule.rest
            } else {
                0
            },
            ..Way::to(next)
        }
    }
}

impl Sequence for AfterNights {
    fn initial(&self) -> u32 {
        self.before
    }

    fn after(&self, state: u32, _: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        Some((self.way(state, worked).state, 0.0))
    }

    fn has_ways(&self) -> bool {
        true
    }

    fn ways(&self, state: u32, _: &DayFacts, worked: Option<&Worked>) -> Vec<Way> {
        vec![self.way(state, worked)]
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let rule = problem.rules(person).terms.rest_after_nights?;
    let site = problem.site(person);
    let first = site.days.first()?.date;
    let (mut run, mut last) = (0, None);
    for span in &problem.people[person].before {
        let date = site.zone.date(problem.instant(span.start));
        if !is_night_shift(problem, person, *span) {
            (run, last) = (0, None);
            continue;
        }
        let goes_on = last.is_some_and(|last: chrono::NaiveDate| last.succ_opt() == Some(date));
        run = if goes_on {
            (run + 1).min(rule.in_a_row)
        } else {
            1
        };
        last = Some(date);
    }
    let yesterday = last.is_some_and(|last| last.succ_opt() == Some(first));
    let before = if yesterday {
        run * 2 + 1
    } else if run >= rule.in_a_row {
        run * 2
    } else {
        0
    };
    Some(Box::new(AfterNights { rule, before }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(rule) = problem.rules(person).terms.rest_after_nights else {
            continue;
        };
        let zone = &problem.site(person).zone;
        let shifts = fixed_and_planned(problem, person, tour);
        let mut run = 0;
        for (at, &(span, planned)) in shifts.iter().enumerate() {
            let date = zone.date(problem.instant(span.start));
            let night = is_night_shift(problem, person, span);
            let before = at.checked_sub(1).map(|before| shifts[before].0);
            let next_day = before.is_some_and(|before| {
                zone.date(problem.instant(before.start)).succ_opt() == Some(date)
            });
            let goes_on = night && run > 0 && next_day;
            if let Some(before) = before
                && planned
                && run >= rule.in_a_row
                && !goes_on
                && span.start - before.end < rule.rest
            {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!(
                        "only {} of rest between a night shift and the shift of {date}, {} are due",
                        format_minutes((span.start - before.end).into()),
                        format_minutes(rule.rest.into())
                    ),
                });
            }
            run = match (night, goes_on) {
                (true, true) => run + 1,
                (true, false) => 1,
                _ => 0,
            };
        }
    }
}
