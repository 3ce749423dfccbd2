//! `forecast.csv`: what will come.

use super::text::{csv_text, decimal, utc};
use crate::results::PlanResults;

/// `queue,start_utc,contacts,p10,p50,p90,handle_time_s`, by queue and then by time.
pub fn forecast_csv(plan: &PlanResults) -> String {
    let rows = plan.queues.iter().flat_map(|queue| {
        queue
            .forecast
            .iter()
            .zip(plan.grid.instants())
            .map(|(point, at)| {
                [
                    queue.id.clone(),
                    utc(at),
                    decimal(point.contacts, 4),
                    decimal(point.p10, 4),
                    decimal(point.p50, 4),
                    decimal(point.p90, 4),
                    decimal(point.handle_time_s, 1),
                ]
            })
    });
    csv_text(
        [
            "queue",
            "start_utc",
            "contacts",
            "p10",
            "p50",
            "p90",
            "handle_time_s",
        ],
        rows,
    )
}
