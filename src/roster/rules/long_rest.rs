//! In any so many days in a row, a rest of a given length is complete on one day at least: the rest of the week as a rolling window. A rest counts on
//! the day on which it has lasted that long and on every day until it ends. What was worked before counts, but a window in which even days off
//! until its end would not do is not held against anybody.

use super::{Broken, DayFacts, Rule, Sequence, Way, Worked, each_person, fixed_and_planned};
use crate::calendar::format_minutes;
use crate::roster::problem::{LongRest, Minute, Problem, Span, Tour};

pub const RULE: Rule = Rule {
    name: "long-rest",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// State: days since the last one on which a long rest was complete; 0 as well where no later window can lack one any more.
struct OneInAnyDays {
    rule: LongRest,
    before: u32,
    /// Per planned day: whether what was worked before leaves its window without a long rest whatever is done.
    excused: Vec<bool>,
}

impl OneInAnyDays {
    /// The state after a day, `None` where its window has no long rest.
    fn later(&self, state: u32, today: usize) -> Option<u32> {
        if state >= self.rule.days && !self.excused[today] {
            return None;
        }
        let left = (self.excused.len() - 1 - today) as u32;
        Some(if state + left < self.rule.days {
            0
        } else {
            state.min(self.rule.days)
        })
    }
}

impl Sequence for OneInAnyDays {
    fn initial(&self) -> u32 {
        self.before
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let way = self.ways(state, day, worked).into_iter().next()?;
        Some((way.state, way.cost))
    }

    fn has_ways(&self) -> bool {
        true
    }

    /// Rested or not is decided alike for a shift (its start) and a day off (its end).
    fn ways(&self, state: u32, day: &DayFacts, _: Option<&Worked>) -> Vec<Way> {
        let rested = self.later(0, day.index).map(|state| Way {
            rest: self.rule.rest,
            ..Way::to(state)
        });
        let not = self.later(state + 1, day.index).map(Way::to);
        if not.map(|way| way.state) == rested.map(|way| way.state) {
            return not.into_iter().collect();
        }
        rested.into_iter().chain(not).collect()
    }
}

/// A local day by its number, 0 = the first of the plan, also before it.
fn day_span(problem: &Problem, person: usize, day: i64) -> Option<Span> {
    let site = problem.site(person);
    let first = site.days.first()?.date;
    let midnight = |number: i64| {
        let date = first + chrono::TimeDelta::days(number);
        problem.minute(site.zone.start_of_day(date))
    };
    Some(Span {
        start: midnight(day),
        end: midnight(day + 1),
    })
}

/// Whether a long rest is complete at some time of a day, by these shifts alone (in order of time).
fn is_rested(shifts: &[Span], day: Span, rest: Minute) -> bool {
    // The last shift's end before each moment of the day: the night's, then each shift's that ends on the day.
    let mut free_from: Option<Minute> = None;
    for shift in shifts {
        let complete = free_from.map(|from| from.saturating_add(rest));
        if complete.is_none_or(|complete| complete <= shift.start && complete <= day.end)
            && shift.start >= day.start
        {
            return true;
        }
        if shift.start >= day.end {
            return false;
        }
        free_from = Some(free_from.map_or(shift.end, |from| from.max(shift.end)));
    }
    free_from.is_none_or(|from| from.saturating_add(rest) <= day.end)
}

fn is_window_rested(problem: &Problem, person: usize, shifts: &[Span], last: usize) -> bool {
    let Some(rule) = problem.rules(person).terms.long_rest else {
        return true;
    };
    let last = last as i64;
    (last - i64::from(rule.days) + 1..=last).any(|day| {
        let span = day_span(problem, person, day);
        span.is_none_or(|span| is_rested(shifts, span, rule.rest))
    })
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let rule = problem.rules(person).terms.long_rest?;
    let mut known = problem.people[person].before.clone();
    known.sort_by_key(|span| span.start);
    let since = (1..=i64::from(rule.days))
        .take_while(|&back| {
            let span = day_span(problem, person, -back);
            span.is_some_and(|span| !is_rested(&known, span, rule.rest))
        })
        .count();
    let days = problem.site(person).days.len();
    Some(Box::new(OneInAnyDays {
        rule,
        before: since as u32,
        excused: (0..days)
            .map(|day| !is_window_rested(problem, person, &known, day))
            .collect(),
    }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let Some(rule) = problem.rules(person).terms.long_rest else {
            continue;
        };
        let shifts = fixed_and_planned(problem, person, tour);
        let all: Vec<Span> = shifts.iter().map(|(span, _)| *span).collect();
        let known: Vec<Span> = shifts
            .iter()
            .filter(|(_, planned)| !planned)
            .map(|(span, _)| *span)
            .collect();
        for (number, day) in problem.site(person).days.iter().enumerate() {
            let lacks = !is_window_rested(problem, person, &all, number)
                && is_window_rested(problem, person, &known, number);
            if lacks {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(day.date),
                    text: format!(
                        "no rest of {} is complete in the {} days up to {}",
                        format_minutes(rule.rest.into()),
                        rule.days,
                        day.date
                    ),
                });
            }
        }
    }
}
