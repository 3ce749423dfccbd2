//! `service.csv`: what customers will feel, as simulated.

use super::text::{csv_text, decimal, optional, utc};
use crate::results::PlanResults;

/// `queue,start_utc,offered,answered_within,abandoned,service_level,low,high,asa_s,occupancy`, by queue and then by time. A mean that does not
/// exist (nobody called, nobody worked) is an empty cell.
pub fn service_csv(plan: &PlanResults) -> String {
    let rows = plan.queues.iter().flat_map(|queue| {
        queue
            .service
            .iter()
            .zip(plan.grid.instants())
            .map(|(point, at)| {
                [
                    queue.id.clone(),
                    utc(at),
                    decimal(point.offered, 4),
                    decimal(point.answered_within, 4),
                    decimal(point.abandoned, 4),
                    optional(point.service_level, 4),
                    optional(point.low, 4),
                    optional(point.high, 4),
                    optional(point.asa_s, 1),
                    optional(point.occupancy, 4),
                ]
            })
    });
    csv_text(
        [
            "queue",
            "start_utc",
            "offered",
            "answered_within",
            "abandoned",
            "service_level",
            "low",
            "high",
            "asa_s",
            "occupancy",
        ],
        rows,
    )
}
