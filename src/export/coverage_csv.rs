//! `coverage.csv`: what was asked of a roster and what it gives.

use super::text::{csv_text, decimal, utc};
use crate::results::PlanResults;

/// `queue,start_utc,agents,rostered,short`, by queue and then by time; agents, fractions where they are there for part of the interval.
pub fn coverage_csv(plan: &PlanResults) -> String {
    let rows = plan.queues.iter().flat_map(|queue| {
        let points = queue.required.iter().zip(&queue.rostered);
        points
            .zip(plan.grid.instants())
            .map(|((wanted, &rostered), at)| {
                [
                    queue.id.clone(),
                    utc(at),
                    decimal(wanted.agents, 4),
                    decimal(rostered, 4),
                    decimal(wanted.short(rostered), 4),
                ]
            })
    });
    csv_text(["queue", "start_utc", "agents", "rostered", "short"], rows)
}
