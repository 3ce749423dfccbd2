//! Sheet "Roster": people down by site, the days of one week across.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

use super::span;
use super::styles::{DayKind, Styles, printed};
use crate::calendar::Instant;
use crate::results::{PayrollRow, Person, PlanResults};

const HEADER_ROW: u32 = 3;
/// Columns before the first day.
const NAMES: [(&str, f64); 5] = [
    ("Site", 10.0),
    ("Name", 22.0),
    ("Role", 10.0),
    ("Languages", 12.0),
    ("Channels", 16.0),
];
/// With this many night minutes a shift is shown as a night shift.
const NIGHT_SHIFT_MINUTES: i64 = 180;

pub(super) fn write(
    sheet: &mut Worksheet,
    plan: &PlanResults,
    week: u32,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name(match week {
        0 => "Roster".to_owned(),
        later => format!("Roster {}", later + 1),
    })?;
    let dates: Vec<NaiveDate> = plan.dates().skip(7 * week as usize).take(7).collect();
    let first_day_column = NAMES.len() as u16;
    let hours_column = first_day_column + dates.len() as u16;

    sheet.write_string_with_format(0, 0, &plan.name, &styles.title)?;
    sheet.write_string_with_format(1, 0, span(&dates), &styles.quiet)?;
    let legend = "Times are on each person's own clock, at their site. Dark: night shift. Shaded column: weekend. Orange: public holiday.";
    sheet.write_string_with_format(2, 0, legend, &styles.quiet)?;

    for (column, (name, width)) in NAMES.iter().enumerate() {
        sheet.set_column_width(column as u16, *width)?;
        sheet.write_string_with_format(HEADER_ROW, column as u16, *name, &styles.header)?;
    }
    for (column, date) in (first_day_column..).zip(&dates) {
        let header = if is_weekend(*date) {
            &styles.header_weekend
        } else {
            &styles.header
        };
        sheet.set_column_width(column, 12.5)?;
        let header = header.clone().set_align(FormatAlign::Center);
        let text = date.format("%a %-d %b").to_string();
        sheet.write_string_with_format(HEADER_ROW, column, text, &header)?;
    }
    sheet.set_column_width(hours_column, 8.0)?;
    sheet.write_string_with_format(HEADER_ROW, hours_column, "Paid h", &styles.header)?;

    let mut row = HEADER_ROW;
    for site in &plan.sites {
        let here = plan.people.iter().filter(|person| person.site == site.id);
        for (place, person) in here.enumerate() {
            row += 1;
            let first = place == 0;
            let text = styles.row_start(&styles.text, first);
            let (languages, channels) = (person.languages.join(", "), person.channels.join(", "));
            let cells = [&site.id, &person.name, &person.role, &languages, &channels];
            for (column, cell) in cells.into_iter().enumerate() {
                sheet.write_string_with_format(row, column as u16, cell, &text)?;
            }
            let pay: Vec<&PayrollRow> = plan
                .payroll
                .iter()
                .filter(|pay| pay.agent == person.id)
                .collect();
            for (column, date) in (first_day_column..).zip(&dates) {
                let (kind, text) = day(person, *date, &pay);
                let holiday = plan.is_holiday(&site.id, *date);
                let format = styles.day(kind, is_weekend(*date), holiday, first);
                sheet.write_string_with_format(row, column, text, &format)?;
            }
            let paid = pay
                .iter()
                .filter(|pay| dates.contains(&pay.date))
                .map(|pay| pay.paid_minutes)
                .sum::<i64>() as f64
                / 60.0;
            let format: Format = styles.row_start(&styles.hours, first);
            sheet.write_number_with_format(row, hours_column, paid, &format)?;
        }
    }
    sheet.set_freeze_panes(HEADER_ROW + 1, 2)?;
    if row > HEADER_ROW {
        sheet.autofilter(HEADER_ROW, 0, row, hours_column)?;
    }
    printed(sheet, HEADER_ROW)
}

/// What a person's cell of a date says.
fn day(person: &Person, date: NaiveDate, pay: &[&PayrollRow]) -> (DayKind, String) {
    let clock = |at: Instant| person.zone.to_local(at).format("%H:%M").to_string();
    let shifts: Vec<String> = person
        .shifts
        .iter()
        .filter(|shift| shift.date(&person.zone) == date)
        .map(|shift| format!("{}-{}", clock(shift.start()), clock(shift.end())))
        .collect();
    if !shifts.is_empty() {
        let night = pay
            .iter()
            .any(|pay| pay.date == date && pay.night_minutes >= NIGHT_SHIFT_MINUTES);
        let kind = if night { DayKind::Night } else { DayKind::Work };
        return (kind, shifts.join("\n"));
    }
    let absence = person.absences.iter().find(|absence| {
        let last = person.zone.date(absence.end - TimeDelta::seconds(1));
        (person.zone.date(absence.start)..=last).contains(&date)
    });
    match absence {
        Some(absence) => (DayKind::Absent, absence.reason.replace(['-', '_'], " ")),
        None => (DayKind::Off, "off".to_owned()),
    }
}

fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}
