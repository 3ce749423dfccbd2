//! A hire plan as plain text.

use super::compare::aligned;
use super::words::{money, percent, thousands};
use crate::results::HirePlan;

/// Whom to hire, what it costs, what holds them, and what other service levels would cost; lines ended by `\n`.
pub fn hire_terminal(plan: &HirePlan) -> String {
    let mut text = format!("{}\n{}\n\n", plan.name, headline(plan));
    let mut table = vec![
        [
            "group",
            "hire",
            "contract",
            "site",
            "speaks, channels",
            "hours",
            "wages",
            "fixed, hiring",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for group in &plan.groups {
        table.push(vec![
            group.id.clone(),
            group.count.to_string(),
            group.contract.clone(),
            group.site.clone(),
            group.skills.clone(),
            thousands(group.hours.round() as i64),
            thousands(group.wages.round() as i64),
            thousands(group.standing.round() as i64),
        ]);
    }
    text += &aligned(&table);
    text += &format!(
        "\ncost    {} a week for everybody, {} of it for the people hired",
        money(plan.cost_week, &plan.currency),
        money(plan.hired_week, &plan.currency)
    );
    if plan.once > 0.0 {
        text += &format!(
            "; {} once for hiring and training",
            money(plan.once, &plan.currency)
        );
    }
    text += &format!(
        "\nbound   no mix of these groups can be more than {:.1} % better, wages, hiring and service together\n",
        (plan.gap * 1000.0).ceil() / 10.0
    );
    for group in plan.groups.iter().filter(|group| group.count > 0) {
        text += &match group.held_by.as_slice() {
            [] => format!(
                "tried   {}: not yet tried with one person less; give more --seconds\n",
                group.id
            ),
            queues => format!(
                "tried   {} with one person less: {} below target\n",
                group.id,
                fall(queues)
            ),
        };
    }
    text.push('\n');
    let mut table = vec![
        [
            "queue",
            "target",
            "without them",
            "with them",
            "95 % interval",
        ]
        .map(str::to_owned)
        .to_vec(),
    ];
    for queue in &plan.queues {
        table.push(vec![
            queue.id.clone(),
            queue.words.clone(),
            percent(queue.before),
            percent(queue.after),
            format!("{} - {}", percent(queue.low), percent(queue.high)),
        ]);
    }
    text += &aligned(&table);
    if !plan.beyond.is_empty() {
        text += &format!(
            "\nBelow target, and no group speaks their language on their channel: {}\n",
            plan.beyond.join(", ")
        );
    }
    if !plan.levels.is_empty() {
        text +=
            "\nWhat service costs (all phone and chat queues above at the same share in time):\n";
        let mut before: Option<f64> = None;
        for level in &plan.levels {
            let step = before
                .filter(|_| level.met)
                .map_or(String::new(), |before| {
                    format!(
                        ", {} more than the level before",
                        money(level.cost_week - before, &plan.currency)
                    )
                });
            let people = if level.people.is_empty() {
                "nobody".to_owned()
            } else {
                level.people.join(", ")
            };
            text += &format!(
                "  {:.0} %  {} a week{step}: {people}{}\n",
                level.answered * 100.0,
                money(level.cost_week, &plan.currency),
                if level.met {
                    ""
                } else {
                    " (not reached in the time there was)"
                }
            );
            before = level.met.then_some(level.cost_week);
        }
    }
    if let Some(dearest) = plan.targets.first() {
        text += &format!("\nThe expensive target is {}.\n", dearest.queue);
        for target in &plan.targets {
            text += &format!(
                "  {:.0} points less on {} would save {}\n",
                target.by * 100.0,
                target.queue,
                if target.saves >= 1.0 {
                    format!("{} a week", money(target.saves, &plan.currency))
                } else {
                    "nothing: nobody could go".to_owned()
                }
            );
        }
    }
    if !plan.break_even.is_empty() {
        text += "\nEmployees or freelancers, one person and week:\n";
        for line in &plan.break_even {
            text += &format!("  {line}\n");
        }
    }
    text
}

fn fall(queues: &[String]) -> String {
    match queues {
        [only] => format!("{only} falls"),
        [some @ .., last] => format!("{} and {last} fall", some.join(", ")),
        [] => String::new(),
    }
}

/// "Hire 9 people: 7 × osaka-team, 2 × manila-japanese. Every target within their reach is met."
fn headline(plan: &HirePlan) -> String {
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
    let second = if short.is_empty() {
        "Every target within their reach is met.".to_owned()
    } else {
        format!(
            "{} stays below target; give more --seconds, or other groups.",
            short.join(", ")
        )
    };
    format!("{first} {second}")
}
