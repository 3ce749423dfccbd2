//! Paid hours in a week, less an average day for each day of absence, with overtime above the most where the contract has it.

use super::{Broken, DayFacts, Rule, Sequence, Worked, each_person};
use crate::calendar::format_minutes;
use crate::roster::problem::{Problem, Terms, Tour};

pub const RULE: Rule = Rule {
    name: "hours-per-week",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// State: the week's paid minutes, and above [`BY_THE_DAY`] those of them that are overtime by the day, where the week's overtime must know.
struct WeeklyMinutes {
    /// Least, most without overtime.
    limits: Vec<(i32, i32)>,
    overtime: i32,
    /// Money for one minute of overtime beyond its normal wage, with what it weighs besides.
    overtime_cost: f64,
    /// Whether a week of nothing is allowed besides.
    or_none: bool,
    /// Steps of overtime by the day, where the week's overtime costs more too.
    by_the_day: Terms,
}

/// A week has fewer minutes.
const BY_THE_DAY: u32 = 1 << 14;

impl Sequence for WeeklyMinutes {
    fn initial(&self) -> u32 {
        0
    }

    fn after(&self, state: u32, day: &DayFacts, worked: Option<&Worked>) -> Option<(u32, f64)> {
        let (least, most) = self.limits[day.week];
        let paid = worked.map_or(0, |shift| shift.paid_minutes);
        let minutes = (state % BY_THE_DAY) as i32 + paid;
        let by_the_day = (state / BY_THE_DAY) as i32 + self.by_the_day.overtime_of_day(paid);
        if minutes > most + self.overtime
            || (day.last_of_week && minutes < least && !(self.or_none && minutes == 0))
        {
            return None;
        }
        if day.last_of_week {
            let overtime = (minutes - by_the_day - most).max(0);
            return Some((0, f64::from(overtime) * self.overtime_cost));
        }
        Some((minutes as u32 + by_the_day as u32 * BY_THE_DAY, 0.0))
    }
}

fn limits(problem: &Problem, person: usize) -> Vec<(i32, i32)> {
    (0..problem.weeks)
        .map(|week| problem.week_limits(person, week).paid)
        .collect()
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let rules = problem.rules(person);
    let (overtime, factor) = rules.overtime.unwrap_or((0, 1.0));
    let beyond_wage = problem.people[person].cost_per_hour / 60.0 * (factor - 1.0);
    let overtime_cost = beyond_wage + problem.soft.overtime_hour / 60.0;
    Some(Box::new(WeeklyMinutes {
        by_the_day: Terms {
            daily_overtime: if overtime > 0 && overtime_cost > 0.0 {
                rules.terms.daily_overtime.clone()
            } else {
                Vec::new()
            },
            ..Terms::default()
        },
        limits: limits(problem, person),
        overtime,
        or_none: rules.hire.is_some(),
        overtime_cost,
    }))
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let rules = problem.rules(person);
        let overtime = rules.overtime.map_or(0, |(most, _)| most);
        let days = &problem.site(person).days;
        for (week, (least, most)) in limits(problem, person).into_iter().enumerate() {
            let in_week = tour
                .shifts
                .iter()
                .filter(|shift| days.get(shift.day).is_some_and(|day| day.week == week));
            let paid: i32 = in_week.map(|shift| shift.paid_minutes(rules)).sum();
            let not_hired = paid == 0 && rules.hire.is_some();
            if !(least..=most + overtime).contains(&paid) && !not_hired {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: days.iter().find(|day| day.week == week).map(|day| day.date),
                    text: format!(
                        "{} paid in week {}, {} to {} are allowed",
                        format_minutes(paid.into()),
                        week + 1,
                        format_minutes(least.into()),
                        format_minutes((most + overtime).into())
                    ),
                });
            }
        }
    }
}
