//! A hire plan as plain text.

use super::words::{
    beyond, bound, cost, expensive, headline, left_out, level, one_less, overtime, saving, sure,
};
use crate::report::compare::aligned;
use crate::report::words::{percent, thousands};
use crate::results::HirePlan;

/// Whom to hire, what it costs, what holds them, and what other service levels would cost; lines ended by `\n`.
pub fn hire_terminal(plan: &HirePlan) -> String {
    let mut text = format!("{}\n{}\n\n", plan.name, headline(plan));
    text += &groups(plan);
    text += &format!("\ncost    {}\nbound   {}\n", cost(plan), bound(plan));
    if let Some(overtime) = overtime(plan) {
        text += &format!("with    {overtime}\n");
    }
    for group in plan.groups.iter().filter(|group| group.count > 0) {
        text += &format!(
            "tried   {}: {}\n",
            group.id,
            one_less(group, &plan.currency)
        );
    }
    text.push('\n');
    text += &queues(plan);
    if let Some(beyond) = beyond(plan) {
        text += &format!("\n{beyond}\n");
    }
    if !plan.levels.is_empty() {
        text +=
            "\nWhat service costs (all phone and chat queues above at the same share in time):\n";
    }
    for (place, found) in plan.levels.iter().enumerate() {
        text += &format!(
            "  {:.0} %  {}\n",
            found.answered * 100.0,
            level(plan, place)
        );
        if let Some(sure) = sure(found) {
            text += &format!("        {sure}\n");
        }
    }
    if !plan.targets.is_empty() {
        text += &format!("\n{}\n", expensive(plan));
    }
    for target in &plan.targets {
        text += &format!("  {}\n", saving(target, &plan.currency));
    }
    if !plan.break_even.is_empty() {
        text += "\nEmployees or freelancers, one person and week:\n";
    }
    for line in &plan.break_even {
        text += &format!("  {line}\n");
    }
    if let Some(left_out) = left_out(plan) {
        text += &format!("\nNo time was left to find out: {left_out}\n");
    }
    text
}

fn groups(plan: &HirePlan) -> String {
    let header = [
        "group",
        "hire",
        "contract",
        "site",
        "speaks, channels",
        "hours",
        "wages",
        "fixed, hiring",
    ];
    let mut table = vec![header.map(str::to_owned).to_vec()];
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
    aligned(&table)
}

fn queues(plan: &HirePlan) -> String {
    let header = [
        "queue",
        "target",
        "without them",
        "with them",
        "95 % interval",
    ];
    let mut table = vec![header.map(str::to_owned).to_vec()];
    for queue in &plan.queues {
        table.push(vec![
            queue.id.clone(),
            queue.words.clone(),
            percent(queue.before),
            percent(queue.after),
            format!("{} - {}", percent(queue.low), percent(queue.high)),
        ]);
    }
    aligned(&table)
}
