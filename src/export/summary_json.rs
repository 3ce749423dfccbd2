//! `summary.json`: the plan in a few numbers, for programs.

use serde_json::{Map, Value, json};

use super::text::utc;
use crate::calendar::Instant;
use crate::results::{Person, PlanResults, QueueResult, Replanned, Share, TouchedQueue};

/// The summary as indented JSON, keys in alphabetical order. `queues` and `people` are objects by id.
pub fn summary_json(plan: &PlanResults) -> String {
    let mut value = whole(plan);
    value["queues"] = by_id(plan.queues.iter().map(|q| (&q.id, queue(q)))).into();
    value["rounds"] = plan
        .rounds
        .iter()
        .map(|r| {
            json!({
                "number": r.number, "cost": round(r.cost, 2), "promised": round(r.promised, 4),
                "simulated": round(r.simulated, 4), "correction": r.correction,
            })
        })
        .collect();
    if let Some(anew) = &plan.replanned {
        value["replanned"] = replanned(anew);
    }
    format!("{value:#}\n")
}

/// The summary of a roster that was made for a bare requirement: agent-intervals wanted and short instead of service.
pub fn roster_summary_json(plan: &PlanResults) -> String {
    let mut value = whole(plan);
    let shortage: f64 = plan.queues.iter().map(QueueResult::shortage).sum();
    value["shortage_agent_intervals"] = round(shortage, 4);
    value["queues"] = by_id(plan.queues.iter().map(|queue| {
        let wanted: f64 = queue.required.iter().map(|point| point.scheduled).sum();
        let short = queue.shortage();
        let facts =
            json!({ "agent_intervals": round(wanted, 4), "shortage_agent_intervals": round(short, 4) });
        (&queue.id, facts)
    }))
    .into();
    format!("{value:#}\n")
}

fn whole(plan: &PlanResults) -> Value {
    let summary = &plan.summary;
    json!({
        "name": plan.name,
        "currency": plan.currency,
        "start": plan.first_day.to_string(),
        "weeks": plan.weeks,
        "time_zone": plan.planner_zone.name(),
        "status": summary.status.word(),
        "objective": round(summary.objective, 4),
        "bound": round(summary.bound, 4),
        "gap": round(summary.gap, 6),
        "gap_changeable": summary.gap_changeable.map(|gap| round(gap, 6)),
        "cost": round(summary.cost, 2),
        "seconds": round(summary.seconds, 2),
        "seed": summary.seed,
        "version": summary.version,
        "stopped_by": summary.stopped_by,
        "people": by_id(plan.people.iter().map(|p| (&p.id, person(plan, p)))),
        "broken": summary.broken,
        "unmet": summary.unmet.iter().map(|unmet| json!({
            "what": unmet.what, "who": unmet.who, "when": unmet.when, "why": unmet.why,
        })).collect::<Vec<_>>(),
        "cover": plan.covers.iter().map(|cover| json!({
            "role": cover.role, "wanted": cover.wanted, "site": cover.site, "hard": cover.hard,
            "intervals": cover.intervals, "short": cover.short.len(),
        })).collect::<Vec<_>>(),
        "notes": plan.notes,
    })
}

fn queue(queue: &QueueResult) -> Value {
    let summary = &queue.summary;
    json!({
        "target": queue.target.answered,
        "within_s": queue.target.within_s,
        "every_day": queue.target.every_day,
        "days": queue.days.iter().map(|day| json!({
            "date": day.date.to_string(),
            "simulated": round(day.simulated, 4),
            "low": round(day.low, 4),
            "high": round(day.high, 4),
        })).collect::<Vec<_>>(),
        "promised": round(summary.promised, 4),
        "simulated": round(summary.simulated, 4),
        "low": round(summary.low, 4),
        "high": round(summary.high, 4),
        "asa_s": round(summary.asa_s, 1),
        "abandoned": round(summary.abandoned, 4),
        "occupancy": round(summary.occupancy, 4),
    })
}

fn person(plan: &PlanResults, person: &Person) -> Value {
    let rows = plan.payroll.iter().filter(|row| row.agent == person.id);
    let (mut paid, mut night, mut cost) = (0, 0, 0.0);
    for row in rows {
        paid += row.paid_minutes;
        night += row.night_minutes;
        cost += row.cost;
    }
    let granted = person.wishes.iter().filter(|wish| wish.granted).count();
    json!({
        "shifts": person.shifts.len(),
        "paid_minutes": paid,
        "night_minutes": night,
        "cost": round(cost, 2),
        "wishes_granted": granted,
        "wishes_refused": person.wishes.len() - granted,
    })
}

fn replanned(anew: &Replanned) -> Value {
    let span = |span: Option<(Instant, Instant)>| span.map(|(from, until)| [utc(from), utc(until)]);
    let share = |share: Share| {
        json!({
            "simulated": round(share.mean, 4), "low": round(share.low, 4), "high": round(share.high, 4),
        })
    };
    let queue = |queue: &TouchedQueue| {
        json!({
            "target": queue.answered, "contacts": round(queue.contacts, 2), "told": share(queue.told),
            "unmended": share(queue.unmended), "mended": share(queue.mended),
        })
    };
    json!({
        "now": utc(anew.now),
        "free_from": utc(anew.free_from),
        "change_weighs": round(anew.change_weighs, 2),
        "hours": anew.hours.iter().map(|hours| span(Some(*hours))).collect::<Vec<_>>(),
        "changes": anew.changes.iter().map(|change| json!({
            "agent": change.agent, "date": change.date.to_string(), "change": change.kind.word(),
            "was": span(change.was), "now": span(change.now), "why": change.why,
        })).collect::<Vec<_>>(),
        "on_call": anew.on_call.iter().map(|duty| json!({
            "agent": duty.agent, "span": [utc(duty.start), utc(duty.end)],
        })).collect::<Vec<_>>(),
        "queues": by_id(anew.queues.iter().map(|touched| (&touched.id, queue(touched)))),
    })
}

fn by_id<'a>(entries: impl Iterator<Item = (&'a String, Value)>) -> Map<String, Value> {
    entries.map(|(id, value)| (id.clone(), value)).collect()
}

/// Rounds so that noise in the last bits does not reach the file; what is not finite becomes null.
fn round(value: f64, places: i32) -> Value {
    let scale = 10f64.powi(places);
    let rounded = (value * scale).round() / scale;
    // Adding zero turns -0 into 0.
    serde_json::Number::from_f64(rounded + 0.0).map_or(Value::Null, Value::Number)
}
