//! Sheet "Coverage": people needed and people rostered, per queue and interval.

use rust_xlsxwriter::{ConditionalFormatFormula, Worksheet, XlsxError};

use super::styles::{Styles, printed};
use crate::results::PlanResults;

const HEADER_ROW: u32 = 3;
/// Columns before the first queue.
const TIME_COLUMNS: u16 = 3;

pub(super) fn write(
    sheet: &mut Worksheet,
    plan: &PlanResults,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Coverage")?;
    let zone = &plan.planner_zone;
    sheet.write_string_with_format(0, 0, "People needed and people rostered", &styles.title)?;
    let legend = format!(
        "Times in {zone}. Both before shrinkage. Orange and bold: fewer rostered than needed. Blue: at least one and a half times the need.",
    );
    sheet.write_string_with_format(1, 0, legend, &styles.quiet)?;
    for (column, (name, width)) in [("Day", 11.0), ("From", 7.0), ("UTC", 8.0)]
        .into_iter()
        .enumerate()
    {
        sheet.set_column_width(column as u16, width)?;
        sheet.write_string_with_format(HEADER_ROW, column as u16, name, &styles.header)?;
    }
    let first_row = HEADER_ROW + 1;
    let last_row = HEADER_ROW + plan.grid.len as u32;
    for (row, at) in (first_row..).zip(plan.grid.instants()) {
        let local = zone.to_local(at);
        // The offset tells apart the two passes of an hour that the clock repeats.
        let offset = zone.format(at).split_off(16);
        let cells = [
            local.format("%a %-d %b").to_string(),
            local.format("%H:%M").to_string(),
            offset,
        ];
        for (column, cell) in cells.into_iter().enumerate() {
            sheet.write_string_with_format(row, column as u16, cell, &styles.text)?;
        }
    }

    for (place, queue) in plan.queues.iter().enumerate() {
        let needed = TIME_COLUMNS + 2 * place as u16;
        let rostered = needed + 1;
        sheet.merge_range(
            HEADER_ROW - 1,
            needed,
            HEADER_ROW - 1,
            rostered,
            &queue.id,
            &styles.header,
        )?;
        sheet.write_string_with_format(HEADER_ROW, needed, "needed", &styles.header)?;
        sheet.write_string_with_format(HEADER_ROW, rostered, "rostered", &styles.header)?;
        for (row, (required, people)) in
            (first_row..).zip(queue.required.iter().zip(&queue.rostered))
        {
            sheet.write_number_with_format(
                row,
                needed,
                tenths(required.scheduled),
                &styles.number,
            )?;
            sheet.write_number_with_format(row, rostered, tenths(*people), &styles.number)?;
        }
        let (n, r) = (letters(needed), letters(rostered));
        let top = first_row + 1;
        let short = ConditionalFormatFormula::new()
            .set_rule(format!("={r}{top}<{n}{top}").as_str())
            .set_format(&styles.short);
        let plenty = ConditionalFormatFormula::new()
            .set_rule(format!("=AND({n}{top}>0,{r}{top}>=1.5*{n}{top})").as_str())
            .set_format(&styles.plenty);
        if last_row >= first_row {
            sheet.add_conditional_format(first_row, rostered, last_row, rostered, &short)?;
            sheet.add_conditional_format(first_row, rostered, last_row, rostered, &plenty)?;
        }
    }
    sheet.set_freeze_panes(first_row, TIME_COLUMNS)?;
    printed(sheet, HEADER_ROW)
}

fn tenths(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// The letters of a column: 0 is A, 26 is AA.
fn letters(column: u16) -> String {
    let mut text = String::new();
    let mut rest = u32::from(column) + 1;
    while rest > 0 {
        text.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    text
}
