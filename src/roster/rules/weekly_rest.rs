//! Every week of the plan holds one uninterrupted rest of a given length, wholly within the week. What was worked before counts.

use super::{Broken, DayFacts, Rule, Sequence, Way, Worked, each_person, fixed_and_planned};
use crate::calendar::format_minutes;
use crate::roster::problem::{Minute, Problem, Span, Tour};

pub const RULE: Rule = Rule {
    name: "weekly-rest",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// First and last minute of each planning week at a person's site.
fn weeks(problem: &Problem, person: usize) -> Vec<Span> {
    let days = &problem.site(person).days;
    (0..problem.weeks)
        .filter_map(|week| {
            let mut of_week = days.iter().filter(|day| day.week == week);
            let first = of_week.next()?.span;
            let last = of_week.next_back().map_or(first, |day| day.span);
            Some(Span {
                start: first.start,
                end: last.end,
            })
        })
        .collect()
}

/// State: 1 = this week has had its rest. A rest is taken before a shift, or it runs to the end of the week.
struct OneLongRest {
    rest: Minute,
    weeks: Vec<Span>,
}

impl Sequence for OneLongRest {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let way = self.ways(state, day, worked).into_iter().next()?;
        Some((way.state, way.cost))
    }

    fn has_ways(&self) -> bool {
        true
    }

    fn ways(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Vec<Way> {
        let kept = |had: bool| Way::to(u32::from(had && !day.last_of_week));
        match (state, worked) {
            (1, _) => vec![kept(true)],
            (_, None) if day.last_of_week => vec![Way {
                rest: self.rest,
                ..kept(false)
            }],
            (_, None) => vec![kept(false)],
            (_, Some(_)) => {
                let taken = Way {
                    rest: self.rest,
                    not_before: Some(self.weeks[day.week].start + self.rest),
                    ..kept(true)
                };
                if day.last_of_week {
                    vec![taken]
                } else {
                    vec![taken, kept(false)]
                }
            }
        }
    }
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let rest = problem.rules(person).terms.weekly_rest?;
    Some(Box::new(OneLongRest {
        rest,
        weeks: weeks(problem, person),
    }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(rest) = problem.rules(person).terms.weekly_rest else {
            continue;
        };
        let shifts = fixed_and_planned(problem, person, tour);
        for (number, week) in weeks(problem, person).into_iter().enumerate() {
            let (mut free_from, mut longest) = (week.start, 0);
            for (span, _) in shifts.iter().filter(|(span, _)| span.overlaps(week)) {
                longest = longest.max(span.start - free_from);
                free_from = free_from.max(span.end);
            }
            longest = longest.max(week.end - free_from);
            if longest < rest {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: problem
                        .site(person)
                        .days
                        .iter()
                        .find(|day| day.week == number)
                        .map(|day| day.date),
                    text: format!(
                        "the longest rest in week {} has {}, {} are due",
                        number + 1,
                        format_minutes(longest.into()),
                        format_minutes(rest.into())
                    ),
                });
            }
        }
    }
}
