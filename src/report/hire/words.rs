//! What a hire plan says, in sentences.

use crate::report::words::{money, percent, thousands};
use crate::results::{HireGroup, HireLevel, HirePlan, HireQueue, NotDone, TargetPrice};

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
    share_better(plan.gap)
}

fn share_better(gap: f64) -> String {
    format!("{:.1} %", (gap * 1000.0).ceil() / 10.0)
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
        return not_met(level);
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

/// Why a level has no price.
pub(super) fn not_met(level: &HireLevel) -> String {
    let below: Vec<String> = level
        .below
        .iter()
        .map(|fall| format!("{} ({})", fall.queue, percent(fall.service)))
        .collect();
    let below: Vec<&str> = below.iter().map(String::as_str).collect();
    let stay = listed(&below, "stays", "stay");
    match level.more_would_help {
        true => format!("not reached in the time there was: {stay} below; give more --seconds"),
        false => format!(
            "cannot be reached with these groups: {stay} below, and more of them are no help at the hours when it is missed"
        ),
    }
}

/// How sure the price of a level is: "one person less was tried; no mix can be more than 8.1 % better".
pub(super) fn sure(level: &HireLevel) -> Option<String> {
    if level.as_promised || !level.met {
        return None;
    }
    let tried = match level.tried_all {
        true => "one person less was tried",
        false => "at most this: fewer people were not tried",
    };
    let bound = level.gap.map_or(String::new(), |gap| {
        format!("; no mix can be more than {} better", share_better(gap))
    });
    Some(format!("{tried}{bound}"))
}

/// What there was no time for, and how much time would do.
pub(super) fn left_out(plan: &HirePlan) -> Option<String> {
    let what: Vec<String> = plan.left_out.iter().map(not_done).collect();
    if what.is_empty() {
        return None;
    }
    let seconds = plan.seconds.map_or(String::new(), |seconds| {
        format!("; as busy as this machine was, --seconds {seconds:.0} would do")
    });
    Some(format!("{}{seconds}", what.join(", ")))
}

fn not_done(left: &NotDone) -> String {
    match left {
        NotDone::OneLess(group) => format!("whether one person less of {group} would do"),
        NotDone::Level(answered) => format!("what {:.0} % costs", answered * 100.0),
        NotDone::FewerAtLevel(answered) => {
            format!("whether fewer people keep {:.0} %", answered * 100.0)
        }
        NotDone::Target(queue) => format!("what the target of {queue} costs"),
    }
}

/// What a manager does with the plan, one sentence each.
pub(super) fn advice(plan: &HirePlan) -> Vec<String> {
    let mut lines: Vec<String> = plan
        .groups
        .iter()
        .filter(|group| group.count > 0)
        .map(|group| take_on(group, &plan.currency))
        .collect();
    if lines.is_empty() {
        lines.push(
            "Hire nobody: those who are there keep every target that these groups could help with."
                .to_owned(),
        );
    }
    lines.extend(plan.queues.iter().filter_map(gain));
    lines.extend(next_level(plan));
    if let Some(dearest) = plan.targets.first().filter(|dearest| dearest.saves >= 1.0) {
        lines.push(format!(
            "If that is too dear: {}.",
            saving(dearest, &plan.currency)
        ));
    }
    if let Some(beyond) = beyond(plan) {
        lines.push(format!("{beyond}. These need other people."));
    }
    lines
}

/// "Take on 8 for osaka-team (osaka, full-time; ja, en; phone, email): 316 hours a week together, EUR 5,093 in wages."
fn take_on(group: &HireGroup, currency: &str) -> String {
    let standing = match group.standing >= 1.0 {
        true => format!(
            " and {} fixed and hiring costs",
            money(group.standing, currency)
        ),
        false => String::new(),
    };
    format!(
        "Take on {} for {} ({}, {}; {}): {} hours a week together, {} in wages{standing} a week.",
        group.count,
        group.id,
        group.site,
        group.contract,
        group.skills,
        thousands(group.hours.round() as i64),
        money(group.wages, currency)
    )
}

/// "ja-phone rises from 0.0 % to 80.2 % (80 % within 20 s is promised)"; nothing where they change less than a point.
fn gain(queue: &HireQueue) -> Option<String> {
    let gain = queue.after - queue.before;
    let word = if gain > 0.0 { "rises" } else { "falls" };
    (gain.abs() >= 0.01).then(|| {
        format!(
            "{} {word} from {} to {} ({} is promised).",
            queue.id,
            percent(queue.before),
            percent(queue.after),
            queue.words
        )
    })
}

/// What the first level above the promise costs more.
fn next_level(plan: &HirePlan) -> Option<String> {
    let place = plan.levels.iter().position(|level| level.as_promised)? + 1;
    let level = plan.levels.get(place)?;
    let step = step(plan, place)?;
    Some(format!(
        "Better service: {:.0} % would cost {} a week more ({}).",
        level.answered * 100.0,
        money(step, &plan.currency),
        people(level)
    ))
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
