//! Sheet "Hours": paid hours and their premiums per person, with totals by formula.

use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::span;
use super::styles::{Styles, printed};
use crate::export::wages_csv::KINDS;
use crate::results::{PayrollRow, PlanResults};

const HEADER_ROW: u32 = 2;
const NAMES: [&str; 4] = ["Agent", "Name", "Site", "Contract"];
const COST_COLUMN: u16 = (NAMES.len() + KINDS.len()) as u16;

pub(super) fn write(
    sheet: &mut Worksheet,
    plan: &PlanResults,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Hours")?;
    let title = format!(
        "Hours and cost, {}",
        span(&plan.dates().collect::<Vec<_>>())
    );
    sheet.write_string_with_format(0, 0, title, &styles.title)?;
    let cost = format!("Cost {}", plan.currency);
    let kinds: Vec<String> = KINDS.iter().map(|(name, _)| titled(name)).collect();
    let headers = NAMES
        .iter()
        .copied()
        .chain(kinds.iter().map(String::as_str))
        .chain([cost.as_str()]);
    for (column, name) in headers.enumerate() {
        sheet.write_string_with_format(HEADER_ROW, column as u16, name, &styles.header)?;
    }
    for (column, width) in [9.0, 24.0, 12.0, 14.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    for column in NAMES.len() as u16..=COST_COLUMN {
        sheet.set_column_width(column, if column == COST_COLUMN { 13.0 } else { 10.0 })?;
    }

    let mut totals = [0.0; KINDS.len() + 1];
    let mut row = HEADER_ROW;
    for person in &plan.people {
        row += 1;
        let texts = [&person.id, &person.name, &person.site, &person.contract];
        for (column, text) in texts.into_iter().enumerate() {
            sheet.write_string_with_format(row, column as u16, text, &styles.text)?;
        }
        let pay: Vec<&PayrollRow> = plan
            .payroll
            .iter()
            .filter(|pay| pay.agent == person.id)
            .collect();
        for (place, (_, minutes)) in KINDS.iter().enumerate() {
            let hours = pay.iter().map(|pay| minutes(pay)).sum::<i64>() as f64 / 60.0;
            let column = (NAMES.len() + place) as u16;
            sheet.write_number_with_format(row, column, hours, &styles.hours)?;
            totals[place] += hours;
        }
        let cost = cents(pay.iter().map(|pay| pay.cost).sum());
        sheet.write_number_with_format(row, COST_COLUMN, cost, &styles.money)?;
        totals[KINDS.len()] += cost;
    }

    if row > HEADER_ROW {
        let total_row = row + 1;
        for (column, text) in ["Total", "", "", ""].into_iter().enumerate() {
            sheet.write_string_with_format(total_row, column as u16, text, &styles.total)?;
        }
        for (column, total) in (NAMES.len() as u16..).zip(totals) {
            let letter = char::from(b'A' + column as u8);
            // 109: a sum over the rows that the filter leaves visible.
            let sum = format!(
                "=SUBTOTAL(109,{letter}{}:{letter}{})",
                HEADER_ROW + 2,
                row + 1
            );
            let formula = Formula::new(sum).set_result(cents(total).to_string());
            let format = if column == COST_COLUMN {
                &styles.total_money
            } else {
                &styles.total
            };
            sheet.write_formula_with_format(total_row, column, formula, format)?;
        }
        sheet.autofilter(HEADER_ROW, 0, row, COST_COLUMN)?;
    }
    sheet.set_freeze_panes(HEADER_ROW + 1, 2)?;
    printed(sheet, HEADER_ROW)
}

/// "Paid".
fn titled(name: &str) -> String {
    let (first, rest) = name.split_at(1);
    format!("{}{rest}", first.to_uppercase())
}

fn cents(money: f64) -> f64 {
    (money * 100.0).round() / 100.0
}
