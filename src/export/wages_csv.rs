//! `wages`: hours by person, date and pay code in long form, which nearly every payroll program imports.

use std::collections::BTreeMap;

use super::text::{csv_text, free_text};
use crate::results::{PayrollRow, PlanResults};

/// A kind of hours, with the minutes that it shows.
pub(super) type Kind = (&'static str, fn(&PayrollRow) -> i64);

/// The kinds of hours, as `payroll.csv` has them: `paid` are all hours worked and paid, the others but `absence` lie among them and earn more.
pub(super) const KINDS: [Kind; 7] = [
    ("paid", |row| row.paid_minutes),
    ("night", |row| row.night_minutes),
    ("saturday", |row| row.saturday_minutes),
    ("sunday", |row| row.sunday_minutes),
    ("holiday", |row| row.holiday_minutes),
    ("overtime", |row| row.overtime_minutes),
    ("absence", |row| row.absence_minutes),
];

/// The names of the kinds of hours.
pub fn kinds_of_hours() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|(name, _)| *name)
}

/// `agent,name,contract,date,code,hours`, by agent, date and kind, without rows of no hours; hours with two decimals. `codes` says how the payroll
/// program calls a kind; one that is not there goes by its own name, and one that is empty is left out.
pub fn wages_csv(plan: &PlanResults, codes: &BTreeMap<String, String>) -> String {
    let rows = plan.payroll.iter().flat_map(|row| {
        KINDS.iter().filter_map(move |(kind, minutes)| {
            let code = codes.get(*kind).map_or(*kind, String::as_str);
            let minutes = minutes(row);
            (minutes != 0 && !code.is_empty()).then(|| {
                [
                    row.agent.clone(),
                    free_text(&row.name),
                    row.contract.clone(),
                    row.date.to_string(),
                    free_text(code),
                    format!("{:.2}", minutes as f64 / 60.0),
                ]
            })
        })
    });
    csv_text(["agent", "name", "contract", "date", "code", "hours"], rows)
}
