//! The answer in words.

use crate::report::words::{money, percent, thousands, wait};
use crate::results::{Choice, Comparison, Measured, Unit};

/// "Cheapest with every promise kept (80 % within 20 s ...): B, Chatbot, EUR 66,120 a week."
pub(super) fn headline(comparison: &Comparison) -> String {
    let Some(cheapest) = &comparison.cheapest else {
        return if comparison.options.len() == 1 {
            format!(
                "{} cannot keep every promise, whomever it hires of its own kinds.",
                comparison.options[0].name
            )
        } else {
            "None of these options can keep every promise.".to_owned()
        };
    };
    let option = &comparison.options[cheapest.option];
    let cost = money(option.at_target.cost_week, &comparison.currency);
    let goal = &comparison.goal;
    let others: Vec<(usize, Measured)> = cheapest
        .dearer
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != cheapest.option)
        .filter_map(|(index, dearer)| Some((index, (*dearer)?)))
        .collect();
    let next = others.iter().min_by(|a, b| a.1.mean.total_cmp(&b.1.mean));
    match next {
        None if comparison.options.len() == 1 => {
            format!("{} at {goal} costs {cost} a week.", option.name)
        }
        None => format!(
            "Only {} can keep every promise: at {goal} it costs {cost} a week.",
            option.name
        ),
        Some((_, by)) if by.mean == 0.0 && by.half_width == 0.0 => format!(
            "{} and {} are the same: {cost} a week at {goal}.",
            option.name,
            comparison.options[next.map_or(0, |next| next.0)].name
        ),
        Some((_, by)) if by.low() <= 0.0 => format!(
            "{} looks cheapest at {goal}, but not for sure: {cost} a week.",
            option.name
        ),
        Some(_) => format!("{} is cheapest at {goal}: {cost} a week.", option.name),
    }
}

/// By how much and how sure, one sentence per other option.
pub(super) fn by_how_much(comparison: &Comparison) -> Vec<String> {
    let Some(cheapest) = &comparison.cheapest else {
        return Vec::new();
    };
    let currency = &comparison.currency;
    let mut lines: Vec<(f64, String)> = Vec::new();
    for (index, dearer) in cheapest.dearer.iter().enumerate() {
        let option = &comparison.options[index];
        if index == cheapest.option {
            continue;
        }
        let line = match dearer {
            None => (
                f64::INFINITY,
                format!(
                    "{} ({}) cannot keep its promise to {}: nobody like its people could help.",
                    option.name,
                    option.letter,
                    some(&option.at_target.out_of_reach)
                ),
            ),
            Some(by) if by.mean == 0.0 && by.half_width == 0.0 => (
                0.0,
                format!("{} ({}) is the same.", option.name, option.letter),
            ),
            Some(by) if by.half_width == 0.0 => (
                by.mean,
                format!(
                    "{} ({}) costs {} a week more. How far searches lie apart was not tried (--repeats 2).",
                    option.name,
                    option.letter,
                    money(by.mean, currency)
                ),
            ),
            Some(by) => (
                by.mean,
                format!(
                    "{} ({}) costs {} a week more, {} to {} (95 %): {}.",
                    option.name,
                    option.letter,
                    money(by.mean, currency),
                    money(by.low(), currency),
                    thousands(by.high().round() as i64),
                    if by.low() > 0.0 {
                        "that is sure"
                    } else {
                        "that may be chance"
                    }
                ),
            ),
        };
        lines.push(line);
    }
    lines.sort_by(|a, b| a.0.total_cmp(&b.0));
    lines.into_iter().map(|(_, line)| line).collect()
}

/// "lv-phone, el-phone and 3 more".
pub(super) fn some(names: &[String]) -> String {
    match names {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [first, second, rest @ ..] => format!("{first}, {second} and {} more", rest.len()),
    }
}

/// "B".
pub(super) fn tag(option: &Choice) -> String {
    option.letter.clone()
}

/// What an option lacks, in words; empty where it keeps every promise as it is.
pub(super) fn lacks(option: &Choice) -> Vec<String> {
    let queues = option.short.iter().map(|short| {
        format!(
            "{} {} of {:.0} %{}",
            short.queue,
            percent(short.service),
            short.target * 100.0,
            if short.on_worst_day {
                " on the worst day"
            } else {
                ""
            }
        )
    });
    queues.chain(option.missing.iter().cloned()).collect()
}

/// "24 people more: 5 × part-time in athens (el, en, de; phone), 3 × ..., and 9 others".
pub(super) fn people_more(option: &Choice) -> String {
    let count = option.at_target.count;
    let people = &option.at_target.people;
    let told: Vec<&str> = people.iter().take(3).map(String::as_str).collect();
    let told_count: u32 = told
        .iter()
        .filter_map(|words| words.split(' ').next()?.parse::<u32>().ok())
        .sum();
    let others = match count.saturating_sub(told_count) {
        0 => String::new(),
        1 => " and 1 other".to_owned(),
        more => format!(" and {more} others"),
    };
    let noun = if count == 1 { "person" } else { "people" };
    format!("{count} {noun} more: {}{others}", told.join(", "))
}

/// "another roster of the same people, EUR 6,301 a week".
pub(super) fn rearranged(option: &Choice, currency: &str) -> String {
    format!(
        "another roster of the same people, {} a week",
        money(option.at_target.cost_week, currency)
    )
}

pub(super) fn value(unit: Unit, value: f64, currency: &str) -> String {
    match unit {
        Unit::Money => money(value, currency),
        Unit::Hours => format!("{} h", thousands(value.round() as i64)),
        Unit::People | Unit::Count => thousands(value.round() as i64),
    }
}

/// "+1,240 ±310", with a mark where it is no news.
pub(super) fn difference(unit: Unit, by: &Measured) -> String {
    let number = |value: f64| match unit {
        Unit::Hours if value.abs() < 10.0 => format!("{value:.1}"),
        _ => thousands(value.round() as i64),
    };
    if by.mean == 0.0 && by.half_width == 0.0 {
        return "0".to_owned();
    }
    let sign = if by.mean >= 0.0 { "+" } else { "" };
    if by.half_width == 0.0 {
        format!("{sign}{}", number(by.mean))
    } else {
        format!("{sign}{} ±{}", number(by.mean), number(by.half_width))
    }
}

/// "+2.1 ±0.4" in points.
pub(super) fn points(by: &Measured) -> String {
    if by.mean == 0.0 && by.half_width == 0.0 {
        return "0".to_owned();
    }
    format!("{:+.1} ±{:.1}", by.mean * 100.0, by.half_width * 100.0)
}

/// "+3 s ±1 s".
pub(super) fn waits(by: &Measured) -> String {
    if by.mean == 0.0 && by.half_width == 0.0 {
        return "0".to_owned();
    }
    let sign = if by.mean >= 0.0 { "+" } else { "−" };
    format!("{sign}{} ±{}", wait(by.mean.abs()), wait(by.half_width))
}

/// How the figures came about.
pub(super) fn method(comparison: &Comparison) -> String {
    let repeats = if comparison.repeats > 1 {
        format!(
            "Each option was planned {} times with other random searches, the better roster is shown, and how far they lie apart is in every interval.",
            comparison.repeats
        )
    } else {
        "Each option was planned once, so the intervals hold chance in contacts and sick leave alone.".to_owned()
    };
    format!(
        "All options were planned with the same settings and played on the same {} random weeks: the k-th contact of a queue is the same in each. {repeats} Cost at target is that of another roster of the same people where little is missing and such a one was found; else it is the roster's cost and that of the people missing, each at work where the contacts missed are worth most; a roster made anew with them might need fewer.",
        comparison.weeks_played
    )
}
