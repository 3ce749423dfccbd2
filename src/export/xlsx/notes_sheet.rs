//! Sheet "Notes": what could not be met, and what the planner should know.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::styles::{Styles, printed};
use crate::results::PlanResults;

pub(super) fn write(
    sheet: &mut Worksheet,
    plan: &PlanResults,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Notes")?;
    for (column, width) in [46.0, 18.0, 26.0, 70.0].into_iter().enumerate() {
        sheet.set_column_width(column as u16, width)?;
    }
    sheet.write_string_with_format(0, 0, "What could not be met", &styles.title)?;
    let mut row = 2;
    if plan.summary.unmet.is_empty() {
        sheet.write_string_with_format(
            row,
            0,
            "Everything that was asked for is met.",
            &styles.quiet,
        )?;
    } else {
        for (column, name) in ["What", "Who", "When", "Why"].into_iter().enumerate() {
            sheet.write_string_with_format(row, column as u16, name, &styles.header)?;
        }
        for unmet in &plan.summary.unmet {
            row += 1;
            let who = unmet.who.as_deref().unwrap_or("");
            let when = unmet.when.as_deref().unwrap_or("");
            for (column, text) in [&unmet.what, who, when, &unmet.why].into_iter().enumerate() {
                sheet.write_string_with_format(row, column as u16, text, &styles.wrapped)?;
            }
        }
    }
    for cover in plan.covers.iter().filter(|cover| !cover.short.is_empty()) {
        row += 1;
        let (short, all) = (cover.short.len(), cover.intervals);
        let text = format!("{}: missing in {short} of {all} intervals", cover.wanted);
        sheet.write_string_with_format(row, 0, text, &styles.quiet)?;
    }
    if !plan.notes.is_empty() {
        row += 2;
        sheet.write_string_with_format(row, 0, "Good to know", &styles.title)?;
        row += 1;
        for note in &plan.notes {
            row += 1;
            sheet.write_string_with_format(row, 0, note, &styles.quiet)?;
        }
    }
    printed(sheet, 0)
}
