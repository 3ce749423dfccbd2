//! What a hire plan says, in sentences.

use crate::report::words::{money, percent, thousands};
use crate::results::{HireGroup, HireLevel, HirePlan, TargetPrice};

/// "Hire 9 people: 7 × osaka-team, 2 × manila-japanese. Every target within their reach is met."
pub(super) fn headline(plan: &HirePlan) -> String {
    let count: u32 = plan.groups.iter().map(|group| group.count).sum();
    let people: Vec<String> = plan
        .groups
        .iter()
        .filter(|group| group.count > 0)
        .map(|group| format!("{} × {}", group.count, group.id))
        .collect();
    let short: Vec<&str> = plan
        .queues
        .iter()
        .filter(|queue| queue.high < queue.target)
        .map(|queue| queue.id.as_str())
        .collect();
    let first = match count {
        0 => "Hire nobody.".to_owned(),
        1 => format!("Hire 1 person: {}.", people.join(", ")),
        more => format!("Hire {more} people: {}.", people.join(", ")),
    };
    let second = match short.as_slice() {
        [] => "Every target within their reach is met.".to_owned(),
        short => format!(
            "{} below target; give more --seconds, or other groups.",
            listed(short, "stays", "stay")
        ),
    };
    format!("{first} {second}")
}

/// "EUR 7,295 a week for everybody, EUR 1,568 of it for the people hired; EUR 8,000 once for hiring and training".
pub(super) fn cost(plan: &HirePlan) -> String {
    let once = match plan.once > 0.0 {
        true => format!(
            "; {} once for hiring and training",
            money(plan.once, &plan.currency)
        ),
        false => String::new(),
    };
    format!(
        "{} a week for everybody, {} of it for the people hired{once}",
        money(plan.cost_week, &plan.currency),
        money(plan.hired_week, &plan.currency)
    )
}

/// "54 hours of overtime a week are part of it"; none where nobody works longer.
pub(super) fn overtime(plan: &HirePlan) -> Option<String> {
    let hours = plan.overtime_hours.round();
    (hours >= 1.0).then(|| {
        format!(
            "{} hours of overtime a week are part of it",
            thousands(hours as i64)
        )
    })
}

/// How much better any other mix could be: "6.6 %", rounded up, so that it stays true.
pub(super) fn better(plan: &HirePlan) -> String {
    format!("{:.1} %", (plan.gap * 1000.0).ceil() / 10.0)
}

pub(super) fn bound(plan: &HirePlan) -> String {
    format!(
        "no mix of these groups can be more than {} better, wages, hiring and service together",
        better(plan)
    )
}

/// "with one person less ja-phone falls below target (76.2 %)".
pub(super) fn one_less(group: &HireGroup, currency: &str) -> String {
    if let Some(dearer) = group.dearer {
        return format!(
            "with one person less every target holds, but everybody costs {} a week more",
            money(dearer, currency)
        );
    }
    let falls: Vec<String> = group
        .held_by
        .iter()
        .map(|fall| format!("{} ({})", fall.queue, percent(fall.service)))
        .collect();
    let falls: Vec<&str> = falls.iter().map(String::as_str).collect();
    match falls.as_slice() {
        [] => "not yet tried with one person less; give more --seconds".to_owned(),
        falls => format!(
            "with one person less {} below target",
            listed(falls, "falls", "fall")
        ),
    }
}

/// What a service level costs, and how much more that is than the level before.
pub(super) fn level(plan: &HirePlan, place: usize) -> String {
    let level = &plan.levels[place];
    if !level.met {
        return "not reached in the time there was; give more --seconds".to_owned();
    }
    let step = step(plan, place).map_or(String::new(), |step| {
        let word = if step < 0.0 { "less" } else { "more" };
        format!(
            ", {} {word} than the level before",
            money(step.abs(), &plan.currency)
        )
    });
    format!(
        "{} a week{step}: {}",
        money(level.cost_week, &plan.currency),
        people(level)
    )
}

/// Money a week that a level costs more than the one before.
pub(super) fn step(plan: &HirePlan, place: usize) -> Option<f64> {
    let before = plan.levels.get(place.checked_sub(1)?)?;
    let level = &plan.levels[place];
    (before.met && level.met).then_some(level.cost_week - before.cost_week)
}

pub(super) fn people(level: &HireLevel) -> String {
    match level.people.as_slice() {
        [] => "nobody".to_owned(),
        people => people.join(", "),
    }
}

/// The target that costs most.
pub(super) fn expensive(plan: &HirePlan) -> String {
    match plan.targets.first() {
        Some(dearest) if dearest.saves >= 1.0 => {
            format!("The expensive target is {}.", dearest.queue)
        }
        Some(_) => "No target alone is expensive.".to_owned(),
        None if plan.groups.iter().all(|group| group.count == 0) => {
            "No target asks for anybody.".to_owned()
        }
        None => "Which target is expensive was not found out.".to_owned(),
    }
}

/// "5 points less on ja-phone would save EUR 630 a week".
pub(super) fn saving(target: &TargetPrice, currency: &str) -> String {
    let saves = match target.saves >= 1.0 {
        true => format!("{} a week", money(target.saves, currency)),
        false => "nothing: nobody could go".to_owned(),
    };
    format!(
        "{:.0} points less on {} would save {saves}",
        target.by * 100.0,
        target.queue
    )
}

/// Queues below target that no group could help.
pub(super) fn beyond(plan: &HirePlan) -> Option<String> {
    let none = plan.beyond.is_empty();
    (!none).then(|| {
        format!(
            "Below target, and no group speaks their language on their channel: {}",
            plan.beyond.join(", ")
        )
    })
}

/// "a falls", "a, b and c fall".
fn listed(names: &[&str], one: &str, several: &str) -> String {
    match names {
        [only] => format!("{only} {one}"),
        [some @ .., last] => format!("{} and {last} {several}", some.join(", ")),
        [] => String::new(),
    }
}
