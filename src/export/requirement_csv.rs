//! `requirement.csv`: how many people it takes.

use super::text::{csv_text, decimal, utc};
use crate::results::PlanResults;

/// `queue,start_utc,load_erlang,agents,scheduled`, by queue and then by time.
pub fn requirement_csv(plan: &PlanResults) -> String {
    let rows = plan.queues.iter().flat_map(|queue| {
        queue
            .required
            .iter()
            .zip(plan.grid.instants())
            .map(|(point, at)| {
                [
                    queue.id.clone(),
                    utc(at),
                    decimal(point.load_erlang, 4),
                    decimal(point.agents, 4),
                    decimal(point.scheduled, 4),
                ]
            })
    });
    csv_text(
        ["queue", "start_utc", "load_erlang", "agents", "scheduled"],
        rows,
    )
}
