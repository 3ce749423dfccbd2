//! Average working time over a reference period, such as 48 hours a week over 17 weeks, with what was worked before. It is held at the end of every
//! planned week over that week and those before it; weeks of which nothing is known are left out of the average (directive 2003/88/EC, article 16,
//! leaves out leave and sickness).

use super::rolling::{Names, Rolling};
use super::{Broken, DayFacts, Rule, Sequence, Worked, each_person, most_paid_in_a_day};
use crate::calendar::format_minutes;
use crate::roster::problem::{Average, Problem, Tour};

pub const RULE: Rule = Rule {
    name: "average-hours",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// What the planned weeks of the period that ends with week `week` of the plan may hold, and how many weeks of it are known before the plan.
fn allowed(problem: &Problem, person: usize, average: Average, week: usize) -> (i64, usize) {
    let planned = (week + 1).min(average.weeks as usize);
    let reach = average.weeks as usize - planned;
    let past = problem.people[person]
        .record
        .past_minutes
        .iter()
        .take(reach);
    let known: Vec<i64> = past.filter_map(|minutes| minutes.map(i64::from)).collect();
    let weeks = (known.len() + planned) as i64;
    let left = i64::from(average.minutes_per_week) * weeks - known.iter().sum::<i64>();
    (left.max(0), known.len())
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let average = problem.rules(person).terms.average?;
    // Where even full weeks with all their overtime stay below, there is nothing to remember.
    let rules = problem.rules(person);
    let full_week = i64::from(rules.paid_minutes_per_week.1)
        + rules.overtime.map_or(0, |(minutes, _)| i64::from(minutes));
    let never = (0..problem.weeks).all(|week| {
        let planned = (week + 1).min(average.weeks as usize) as i64;
        full_week * planned <= allowed(problem, person, average, week).0
    });
    if never {
        return None;
    }
    let days = &problem.site(person).days;
    let allow = days.iter().enumerate().map(|(index, day)| {
        let ends = days.get(index + 1).map(|next| next.week) != Some(day.week);
        ends.then(|| allowed(problem, person, average, day.week).0 as u32)
    });
    let rolling = Rolling {
        days: average.weeks as usize * 7,
        allow: allow.collect(),
        most_a_day: most_paid_in_a_day(problem, person),
        price: None,
        amount: Box::new(|_: &DayFacts, worked: &Worked| worked.paid_minutes.max(0) as u32),
        names: Names::default(),
    };
    rolling
        .can_bite()
        .then(|| Box::new(rolling) as Box<dyn Sequence>)
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let rules = problem.rules(person);
        let Some(average) = rules.terms.average else {
            continue;
        };
        let days = &problem.site(person).days;
        let mut of_week = vec![0i64; problem.weeks];
        for shift in &tour.shifts {
            if let Some(day) = days.get(shift.day) {
                of_week[day.week] += i64::from(shift.paid_minutes(rules));
            }
        }
        for week in 0..problem.weeks {
            let from = (week + 1).saturating_sub(average.weeks as usize);
            let planned: i64 = of_week[from..=week].iter().sum();
            let (most, known) = allowed(problem, person, average, week);
            if planned > most {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: days.iter().find(|day| day.week == week).map(|day| day.date),
                    text: format!(
                        "{} paid up to week {}, {} are left of an average of {} over {} weeks ({known} known before the plan)",
                        format_minutes(planned),
                        week + 1,
                        format_minutes(most),
                        format_minutes(average.minutes_per_week.into()),
                        average.weeks
                    ),
                });
            }
        }
    }
}
