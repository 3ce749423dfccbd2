//! `hire.json`: whom to hire, for programs.

use serde_json::json;

use crate::results::HirePlan;

/// The hire plan as indented JSON, keys in alphabetical order; money is a week's unless its key says otherwise.
pub fn hire_json(plan: &HirePlan) -> String {
    let value = json!({
        "name": plan.name, "currency": plan.currency, "seed": plan.seed, "version": plan.version,
        "cost_week": plan.cost_week, "hired_week": plan.hired_week, "once": plan.once, "overtime_hours": plan.overtime_hours, "gap": plan.gap,
        "tried_all": plan.tried_all(), "seconds_for_all": plan.seconds, "beyond": plan.beyond, "break_even": plan.break_even,
        "groups": plan.groups.iter().map(|group| json!({
            "id": group.id, "count": group.count, "site": group.site, "contract": group.contract, "skills": group.skills,
            "hours": group.hours, "wages": group.wages, "standing": group.standing,
            "held_by": group.held_by.iter().map(|fall| &fall.queue).collect::<Vec<_>>(),
            "dearer": group.dearer,
            "one_less": group.held_by.iter().map(|fall| json!({ "queue": fall.queue, "service": fall.service })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "queues": plan.queues.iter().map(|queue| json!({
            "queue": queue.id, "target": queue.target, "before": queue.before, "after": queue.after,
            "low": queue.low, "high": queue.high,
        })).collect::<Vec<_>>(),
        "levels": plan.levels.iter().map(|level| json!({
            "answered": level.answered, "cost_week": level.met.then_some(level.cost_week), "people": level.people, "met": level.met,
            "tried_all": level.tried_all, "gap": level.gap, "more_would_help": level.more_would_help,
            "below": level.below.iter().map(|fall| json!({ "queue": fall.queue, "service": fall.service })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "targets": plan.targets.iter().map(|target| json!({
            "queue": target.queue, "by": target.by, "saves": target.saves,
        })).collect::<Vec<_>>(),
    });
    format!("{value:#}\n")
}
