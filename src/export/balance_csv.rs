//! `balance.csv`: what each person's weeks held, for the next plan's averages and equal shares.

use super::text::csv_text;
use crate::results::PlanResults;

/// `agent,week,paid_hours,nights,weekend_days,unpopular_starts`, by agent and then by week.
pub fn balance_csv(plan: &PlanResults) -> String {
    let rows = plan.balance.iter().map(|row| {
        [
            row.agent.clone(),
            row.week.to_string(),
            format!("{:.2}", f64::from(row.paid_minutes) / 60.0),
            row.nights.to_string(),
            row.weekend_days.to_string(),
            row.unpopular_starts.to_string(),
        ]
    });
    csv_text(
        [
            "agent",
            "week",
            "paid_hours",
            "nights",
            "weekend_days",
            "unpopular_starts",
        ],
        rows,
    )
}
