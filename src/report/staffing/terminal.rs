//! The requirement as plain text.

use crate::results::{StaffPoint, StaffedQueue, StaffedService, Staffing};

/// Per queue what it takes by itself, then what people who serve several take together; lines ended by `\n`.
pub fn staffing_terminal(staffing: &Staffing) -> String {
    let mut text = format!(
        "Agents at work that each queue needs by itself, before shrinkage ({} intervals of {} minutes):\n",
        staffing.grid.len, staffing.grid.step_minutes
    );
    text += &format!(
        "{:<16} {:>9} {:>10} {:>8} {:>8} {:>12} {:>12}\n",
        "queue", "contacts", "mean load", "most", "hours", "one fewer", "one more"
    );
    let interval_hours = staffing.grid.step_seconds() / 3600.0;
    for queue in &staffing.queues {
        text += &queue_line(queue, interval_hours);
    }
    text += "\"one fewer\" and \"one more\": the week's service level with an agent fewer or more in every interval.\n";
    text += &format!(
        "\nAgent-hours of live contacts, if every queue has its own people and if people serve what they are able to:\n{:<16} {:>8} {:>10}\n",
        "together", "apart", "at least"
    );
    for group in &staffing.groups {
        let hours = |agents: &[f64]| agents.iter().sum::<f64>() * interval_hours;
        text += &format!(
            "{:<16} {:>8.0} {:>10.0}\n",
            group.name,
            hours(&group.apart),
            hours(&group.pooled)
        );
    }
    text
}

fn queue_line(queue: &StaffedQueue, interval_hours: f64) -> String {
    let sum = |of: fn(&StaffPoint) -> f64| queue.points.iter().map(of).sum::<f64>();
    let contacts: f64 = queue.contacts.iter().sum();
    let load = sum(|point| point.load_erlang) / queue.points.len().max(1) as f64;
    let hours = sum(|point| point.agents) * interval_hours;
    let name = &queue.id;
    if queue.points.iter().all(|point| point.service.is_none()) {
        return format!(
            "{name:<16} {contacts:>9.0} {load:>10.2} {:>8} {hours:>8.0} {:>12} {:>12}\n",
            "-", "may wait", ""
        );
    }
    let most = queue
        .points
        .iter()
        .map(|point| point.agents)
        .fold(0.0, f64::max);
    let weighted = |level: fn(&StaffedService) -> f64| {
        let points = queue.points.iter().zip(&queue.contacts);
        points
            .map(|(point, contacts)| point.service.as_ref().map_or(0.0, level) * contacts)
            .sum::<f64>()
            / contacts.max(1e-9)
            * 100.0
    };
    format!(
        "{name:<16} {contacts:>9.0} {load:>10.2} {most:>8.0} {hours:>8.0} {:>10.1} % {:>10.1} %\n",
        weighted(|service| service.one_fewer),
        weighted(|service| service.one_more)
    )
}
