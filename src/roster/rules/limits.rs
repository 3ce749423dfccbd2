//! So many hours, shifts, nights, Sundays ... at most or at least: in each week, month or plan, or in any so many days in a row.

use chrono::{Datelike, NaiveDate, Weekday};

use super::rolling::{Amount, Names, Periods, Rolling, Side};
use super::{
    Broken, DayFacts, Rule, Sequence, Worked, class_of, each_person, is_night_shift,
    most_paid_in_a_day, paid_of_length,
};
use crate::calendar::format_minutes;
use crate::roster::problem::{Counted, Limit, Period, Problem, ShiftClass, Span, Tour};

pub const RULE: Rule = Rule {
    name: "limits",
    allows: None,
    sequence: Some(sequence),
    check,
};

/// What one shift adds to a count.
fn amount(problem: &Problem, person: usize, counted: Counted, date: NaiveDate, span: Span) -> u32 {
    let class = || class_of(problem, person, span);
    match counted {
        Counted::Hours => paid_of_length(problem.rules(person), span.minutes()).max(0) as u32,
        Counted::Days => 1,
        Counted::Nights => u32::from(is_night_shift(problem, person, span)),
        Counted::Sundays => u32::from(date.weekday() == Weekday::Sun),
        Counted::Holidays => u32::from(problem.site(person).holidays.binary_search(&date).is_ok()),
        Counted::Early => u32::from(class() == ShiftClass::Early),
        Counted::Late => u32::from(class() == ShiftClass::Late),
    }
}

/// The same while a week is being built.
fn machine_amount(problem: &Problem, person: usize, counted: Counted) -> Amount {
    let site = problem.site(person);
    let holiday: Vec<bool> = site
        .days
        .iter()
        .map(|day| site.holidays.binary_search(&day.date).is_ok())
        .collect();
    Box::new(move |day: &DayFacts, worked: &Worked| match counted {
        Counted::Hours => worked.paid_minutes.max(0) as u32,
        Counted::Days => 1,
        Counted::Nights => u32::from(worked.night),
        Counted::Sundays => u32::from(day.weekday == Weekday::Sun),
        Counted::Holidays => u32::from(holiday[day.index]),
        Counted::Early => u32::from(worked.class == Some(ShiftClass::Early)),
        Counted::Late => u32::from(worked.class == Some(ShiftClass::Late)),
    })
}

/// What each date before and in the plan adds: (date, whether planned, amount), in order.
fn amounts(
    problem: &Problem,
    person: usize,
    tour: Option<&Tour>,
    counted: Counted,
) -> Vec<(NaiveDate, bool, u32)> {
    let zone = &problem.site(person).zone;
    let one = |span: Span, planned: bool| {
        let date = zone.date(problem.instant(span.start));
        (date, planned, amount(problem, person, counted, date, span))
    };
    let before = problem.people[person].before.iter();
    let before = before.map(|span| one(*span, false));
    let planned = tour.into_iter().flat_map(|tour| tour.shifts.iter());
    before
        .chain(planned.map(|shift| one(shift.span, true)))
        .collect()
}

/// A period that the plan touches: its dates, what it may hold, and what the days before the plan hold of it already.
struct Window {
    first: NaiveDate,
    last: NaiveDate,
    /// Whether it lies in the plan from end to end.
    whole: bool,
}

fn windows(problem: &Problem, person: usize, period: Period) -> Vec<Window> {
    let days = &problem.site(person).days;
    let (Some(start), Some(end)) = (days.first(), days.last()) else {
        return Vec::new();
    };
    let (start, end) = (start.date, end.date);
    match period {
        Period::AnyDays(length) => days
            .iter()
            .map(|day| Window {
                first: day.date - chrono::TimeDelta::days(i64::from(length) - 1),
                last: day.date,
                whole: false,
            })
            .collect(),
        Period::Plan => vec![Window {
            first: start,
            last: end,
            whole: true,
        }],
        Period::Week => (0..problem.weeks)
            .filter_map(|week| {
                let mut of_week = days.iter().filter(|day| day.week == week);
                let first = of_week.next()?.date;
                let last = of_week.next_back().map_or(first, |day| day.date);
                Some(Window {
                    first,
                    last,
                    whole: true,
                })
            })
            .collect(),
        Period::Month => {
            let mut months: Vec<(i32, u32)> = days
                .iter()
                .map(|day| (day.date.year(), day.date.month()))
                .collect();
            months.dedup();
            months
                .into_iter()
                .filter_map(|(year, month)| {
                    let first = NaiveDate::from_ymd_opt(year, month, 1)?;
                    let last = first + chrono::Months::new(1) - chrono::TimeDelta::days(1);
                    Some(Window {
                        first,
                        last,
                        whole: first >= start && last <= end,
                    })
                })
                .collect()
        }
    }
}

/// What a person's days in one window hold: (before the plan, planned).
fn held(amounts: &[(NaiveDate, bool, u32)], window: &Window) -> (u32, u32) {
    let mut held = (0, 0);
    for (date, planned, amount) in amounts {
        if (window.first..=window.last).contains(date) {
            let part = if *planned { &mut held.1 } else { &mut held.0 };
            *part += amount;
        }
    }
    held
}

fn machine(problem: &Problem, person: usize, limit: &Limit) -> Option<Box<dyn Sequence>> {
    let before = amounts(problem, person, None, limit.counted);
    let windows = windows(problem, person, limit.period);
    // What was worked before cannot be undone: it is only held against what is added to it.
    let left = |window: &Window| {
        let most = limit.at_most?;
        Some(most.saturating_sub(held(&before, window).0))
    };
    let unit = if limit.counted == Counted::Hours {
        60.0
    } else {
        1.0
    };
    let price = limit.strength.price().map(|price| price / unit);
    let most_a_day = match limit.counted {
        Counted::Hours => most_paid_in_a_day(problem, person),
        _ => 1,
    };
    let amount = machine_amount(problem, person, limit.counted);
    if let Period::AnyDays(length) = limit.period {
        let rolling = Rolling {
            days: length as usize,
            allow: windows.iter().map(left).collect(),
            most_a_day,
            price,
            amount,
            names: Names::default(),
        };
        return rolling
            .can_bite()
            .then(|| Box::new(rolling) as Box<dyn Sequence>);
    }
    let of_day = problem.site(person).days.iter().map(|day| {
        let inside = |window: &Window| (window.first..=window.last).contains(&day.date);
        windows.iter().position(inside).unwrap_or(0)
    });
    let periods = Periods {
        of_day: of_day.collect(),
        limits: windows
            .iter()
            .map(|window| (least(limit, window), left(window)))
            .collect(),
        most_a_day,
        price,
        amount,
    };
    periods
        .can_bite()
        .then(|| Box::new(periods) as Box<dyn Sequence>)
}

fn least(limit: &Limit, window: &Window) -> u32 {
    limit.at_least.filter(|_| window.whole).unwrap_or(0)
}

fn sequence(problem: &Problem, person: usize) -> Option<Box<dyn Sequence>> {
    let limits = problem.rules(person).terms.limits.iter();
    Side::by_side(
        limits
            .filter_map(|limit| machine(problem, person, limit))
            .collect(),
    )
}

/// How far each window of a limit lies outside it: (window, what it holds, by how much).
fn breaches(
    problem: &Problem,
    person: usize,
    tour: &Tour,
    limit: &Limit,
) -> Vec<(Window, u32, u32)> {
    let amounts = amounts(problem, person, Some(tour), limit.counted);
    windows(problem, person, limit.period)
        .into_iter()
        .filter_map(|window| {
            let (before, planned) = held(&amounts, &window);
            let over = limit.at_most.map_or(0, |most| {
                (before + planned).saturating_sub(most.max(before))
            });
            let short = least(limit, &window).saturating_sub(planned);
            (over + short > 0).then_some((window, before + planned, over + short))
        })
        .collect()
}

/// Money for the soft limits that a tour breaks.
pub fn cost(problem: &Problem, person: usize, tour: &Tour) -> f64 {
    let limits = problem.rules(person).terms.limits.iter();
    limits
        .filter_map(|limit| {
            let unit = if limit.counted == Counted::Hours {
                60.0
            } else {
                1.0
            };
            let price = limit.strength.price()? / unit;
            let breaches = breaches(problem, person, tour, limit);
            Some(
                breaches
                    .iter()
                    .map(|(_, _, by)| f64::from(*by))
                    .sum::<f64>()
                    * price,
            )
        })
        .sum()
}

fn check(problem: &Problem, tours: &[Tour], broken: &mut Vec<Broken>) {
    for (person, tour) in each_person(tours) {
        let limits = problem.rules(person).terms.limits.iter();
        for limit in limits.filter(|limit| limit.strength.price().is_none()) {
            for (window, held, _) in breaches(problem, person, tour, limit) {
                broken.push(Broken {
                    rule: RULE.name,
                    person: Some(person),
                    date: Some(window.first),
                    text: format!(
                        "{} from {} to {}, the limit is {}",
                        counted_words(limit.counted, held),
                        window.first,
                        window.last,
                        said(limit)
                    ),
                });
            }
        }
    }
}

/// `10 nights`, `52h`.
fn counted_words(counted: Counted, number: u32) -> String {
    match counted {
        Counted::Hours => format!("{} of work", format_minutes(number.into())),
        Counted::Days => format!("{number} days"),
        Counted::Nights => format!("{number} nights"),
        Counted::Sundays => format!("{number} Sundays"),
        Counted::Holidays => format!("{number} holidays"),
        Counted::Early => format!("{number} early shifts"),
        Counted::Late => format!("{number} late shifts"),
    }
}

/// A limit as people say it: `at most 8 nights in any 28 days`.
pub fn said(limit: &Limit) -> String {
    let bounds: Vec<String> = [("at least", limit.at_least), ("at most", limit.at_most)]
        .into_iter()
        .filter_map(|(word, number)| {
            Some(format!("{word} {}", counted_words(limit.counted, number?)))
        })
        .collect();
    let period = match limit.period {
        Period::AnyDays(days) => format!("in any {days} days"),
        Period::Week => "in a week".to_owned(),
        Period::Month => "in a month".to_owned(),
        Period::Plan => "in the plan".to_owned(),
    };
    format!("{} {period}", bounds.join(" and "))
}
