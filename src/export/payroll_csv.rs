//! `payroll.csv`: minutes and money for the people who pay.

use super::text::{csv_text, free_text};
use crate::results::PlanResults;

/// `agent,name,site,contract,date,paid_minutes,night_minutes,saturday_minutes,sunday_minutes,holiday_minutes,overtime_minutes,absence_minutes,cost`,
/// by agent and then by date; cost with two decimals.
pub fn payroll_csv(plan: &PlanResults) -> String {
    let rows = plan.payroll.iter().map(|row| {
        [
            row.agent.clone(),
            free_text(&row.name),
            row.site.clone(),
            row.contract.clone(),
            row.date.to_string(),
            row.paid_minutes.to_string(),
            row.night_minutes.to_string(),
            row.saturday_minutes.to_string(),
            row.sunday_minutes.to_string(),
            row.holiday_minutes.to_string(),
            row.overtime_minutes.to_string(),
            row.absence_minutes.to_string(),
            format!("{:.2}", row.cost),
        ]
    });
    csv_text(
        [
            "agent",
            "name",
            "site",
            "contract",
            "date",
            "paid_minutes",
            "night_minutes",
            "saturday_minutes",
            "sunday_minutes",
            "holiday_minutes",
            "overtime_minutes",
            "absence_minutes",
            "cost",
        ],
        rows,
    )
}
