//! Longest work without a break: from clock-in to the first break, from one break to the next, from the last to clock-out. Short breaks may be left
//! out of it. Training and meetings are work.

use super::{Broken, Candidate, Rule, each_person};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, Tour, WorkRules};

pub const RULE: Rule = Rule {
    name: "work-without-break",
    // Breaks are placed so that it holds; shifts in which they cannot be are no choice at all.
    allows: Some(allows),
    sequence: None,
    check,
};

/// Whether one of the contract's breaks ends a stretch of work.
pub fn ends_work(rules: &WorkRules, which: usize) -> bool {
    let shortest = rules
        .terms
        .work_without_break
        .map_or(0, |rule| rule.break_of);
    rules
        .breaks
        .get(which)
        .is_some_and(|part| part.minutes >= shortest)
}

/// For each break of a shift of this length, in order: the first and last minute after clock-in at which it may begin. With the rule, a place within
/// these limits can be completed to a whole shift; two breaks that end work may still lie too far apart. `None` where no shift can keep it.
pub fn starts_of_breaks(rules: &WorkRules, minutes: i32) -> Option<Vec<(usize, (i32, i32))>> {
    let mut starts: Vec<(usize, (i32, i32))> = rules
        .breaks_of(minutes)
        .into_iter()
        .map(|which| {
            let part = &rules.breaks[which];
            (which, (part.after, part.before.min(minutes) - part.minutes))
        })
        .collect();
    let Some(rule) = rules.terms.work_without_break else {
        return Some(starts);
    };
    let mut latest = rule.at_most;
    for (which, (_, last)) in &mut starts {
        if ends_work(rules, *which) {
            *last = latest.min(*last);
            latest = *last + rules.breaks[*which].minutes + rule.at_most;
        }
    }
    if latest < minutes {
        return None;
    }
    let mut earliest = minutes - rule.at_most;
    for (which, (first, last)) in starts.iter_mut().rev() {
        if ends_work(rules, *which) {
            *first = (earliest - rules.breaks[*which].minutes).max(*first);
            earliest = *first - rule.at_most;
            if first > last {
                return None;
            }
        }
    }
    Some(starts)
}

fn allows(problem: &Problem, person: usize, candidate: &Candidate) -> bool {
    starts_of_breaks(problem.rules(person), candidate.span.minutes()).is_some()
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let rules = problem.rules(person);
        let Some(rule) = rules.terms.work_without_break else {
            continue;
        };
        for shift in &tour.shifts {
            let mut since = shift.span.start;
            let mut longest = 0;
            for (which, span) in &shift.breaks {
                let is_break = rules.breaks.len() > *which;
                if is_break && span.minutes() >= rule.break_of {
                    longest = longest.max(span.start - since);
                    since = span.end;
                }
            }
            longest = longest.max(shift.span.end - since);
            if longest > rule.at_most {
                let zone = &problem.site(person).zone;
                let date = zone.date(problem.instant(shift.span.start));
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(date),
                    text: format!(
                        "{} of work without a break on {date}, {} are allowed",
                        format_minutes(longest.into()),
                        format_minutes(rule.at_most.into())
                    ),
                });
            }
        }
    }
}
