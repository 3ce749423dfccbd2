//! `roster.xlsx`: the roster as supervisors pin it to the wall, hours for the payroll, coverage, and what could not be met.

mod compare_sheets;
mod coverage_sheet;
mod hours_sheet;
mod notes_sheet;
mod roster_sheet;
mod styles;

use chrono::NaiveDate;
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

pub use compare_sheets::compare_xlsx;
pub use rust_xlsxwriter::XlsxError;

use crate::calendar::Instant;
use crate::results::PlanResults;

/// The workbook with sheets Roster (one per week: Roster 2, Roster 3 ...), Hours, Coverage and Notes; `stamp` is written as the instant of its creation.
///
/// # Errors
/// A plan beyond Excel's limits (1,048,576 rows, 16,384 columns).
pub fn roster_xlsx(plan: &PlanResults, stamp: Instant) -> Result<Vec<u8>, XlsxError> {
    let styles = styles::Styles::new();
    let mut book = of_people(plan, stamp, &styles)?;
    coverage_sheet::write(book.add_worksheet(), plan, &styles)?;
    notes_sheet::write(book.add_worksheet(), plan, &styles)?;
    book.save_to_buffer()
}

/// The same without what is known of a plan alone: sheets Roster and Hours.
///
/// # Errors
/// As [`roster_xlsx`].
pub fn people_xlsx(plan: &PlanResults, stamp: Instant) -> Result<Vec<u8>, XlsxError> {
    of_people(plan, stamp, &styles::Styles::new())?.save_to_buffer()
}

fn of_people(
    plan: &PlanResults,
    stamp: Instant,
    styles: &styles::Styles,
) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_timestamp(stamp.timestamp())?;
    book.set_properties(
        &DocProperties::new()
            .set_title(&plan.name)
            .set_author("followsun")
            .set_creation_datetime(&created),
    );
    for week in 0..plan.weeks.max(1) {
        roster_sheet::write(book.add_worksheet(), plan, week, styles)?;
    }
    hours_sheet::write(book.add_worksheet(), plan, styles)?;
    Ok(book)
}

/// "Mon 19 Oct 2026 - Sun 25 Oct 2026", for titles.
fn span(dates: &[NaiveDate]) -> String {
    let (Some(first), Some(last)) = (dates.first(), dates.last()) else {
        return String::new();
    };
    format!(
        "{} - {}",
        first.format("%a %-d %b %Y"),
        last.format("%a %-d %b %Y")
    )
}
