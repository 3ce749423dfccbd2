//! The files of `followsun staff`: the requirement with what it does, and what it takes together.

use super::text::{csv_text, decimal, optional, utc};
use crate::results::{StaffedService, Staffing};

/// `requirement.csv` as of a plan, with what the staffing does and what one agent fewer or more would do (empty for work that may wait).
pub fn staffing_csv(staffing: &Staffing) -> String {
    let rows = staffing.queues.iter().flat_map(|queue| {
        let points = queue.points.iter().zip(staffing.grid.instants());
        points.map(|(point, at)| {
            let share = |of: fn(StaffedService) -> f64| optional(point.service.map(of), 4);
            [
                queue.id.clone(),
                utc(at),
                decimal(point.load_erlang, 4),
                decimal(point.agents, 4),
                decimal(point.scheduled, 4),
                share(|service| service.occupancy),
                share(|service| service.service_level),
                share(|service| service.one_fewer),
                share(|service| service.one_more),
            ]
        })
    });
    csv_text(
        [
            "queue",
            "start_utc",
            "load_erlang",
            "agents",
            "scheduled",
            "occupancy",
            "service_level",
            "one_fewer",
            "one_more",
        ],
        rows,
    )
}

/// `pooled.csv`: `group,start_utc,load_erlang,apart,pooled`, agents at work if every queue had its own and the fewest that the given skills allow.
pub fn pooled_csv(staffing: &Staffing) -> String {
    let rows = staffing.groups.iter().flat_map(|group| {
        staffing.grid.instants().enumerate().map(|(interval, at)| {
            [
                group.name.clone(),
                utc(at),
                decimal(group.load_erlang[interval], 4),
                decimal(group.apart[interval], 4),
                decimal(group.pooled[interval], 4),
            ]
        })
    });
    csv_text(
        ["group", "start_utc", "load_erlang", "apart", "pooled"],
        rows,
    )
}
