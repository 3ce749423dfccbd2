//! `hours`: what each person works and is paid over the dates, a row a person.

use super::text::{csv_table, free_text};
use super::wages_csv::KINDS;
use crate::results::{PayrollRow, PlanResults};

/// `agent,name,site,contract,paid_hours,night_hours,...,absence_hours,cost`: hours with two decimals, of everybody, also who has none.
pub fn hours_csv(plan: &PlanResults) -> String {
    let mut header: Vec<String> = ["agent", "name", "site", "contract"]
        .map(str::to_owned)
        .to_vec();
    header.extend(KINDS.iter().map(|(name, _)| format!("{name}_hours")));
    header.push("cost".to_owned());
    let rows = plan.people.iter().map(|person| {
        let pay: Vec<&PayrollRow> = plan
            .payroll
            .iter()
            .filter(|row| row.agent == person.id)
            .collect();
        let mut row = vec![
            person.id.clone(),
            free_text(&person.name),
            person.site.clone(),
            person.contract.clone(),
        ];
        row.extend(KINDS.iter().map(|(_, minutes)| {
            let minutes: i64 = pay.iter().map(|row| minutes(row)).sum();
            format!("{:.2}", minutes as f64 / 60.0)
        }));
        row.push(format!(
            "{:.2}",
            pay.iter().map(|row| row.cost).sum::<f64>()
        ));
        row
    });
    csv_table(&header, rows)
}
