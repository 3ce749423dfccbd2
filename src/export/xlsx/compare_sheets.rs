//! `compare.xlsx`: sheets Options, Money and Service of a comparison.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::styles::{Styles, printed};
use crate::results::{Comparison, Measured, Unit};

/// The workbook of a comparison.
///
/// # Errors
/// More options or queues than Excel has columns or rows.
pub fn compare_xlsx(comparison: &Comparison) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let created = ExcelDateTime::from_timestamp(comparison.stamp.timestamp())?;
    book.set_properties(
        &DocProperties::new()
            .set_title("Comparison")
            .set_author("followsun")
            .set_creation_datetime(&created),
    );
    let styles = Styles::new();
    options(book.add_worksheet(), comparison, &styles)?;
    figures(book.add_worksheet(), comparison, &styles)?;
    service(book.add_worksheet(), comparison, &styles)?;
    book.save_to_buffer()
}

fn header(
    sheet: &mut Worksheet,
    title: &str,
    names: &[String],
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.write_string_with_format(0, 0, title, &styles.title)?;
    for (column, name) in names.iter().enumerate() {
        sheet.write_string_with_format(2, column as u16, name, &styles.header)?;
        sheet.set_column_width(column as u16, if column == 0 { 30.0 } else { 16.0 })?;
    }
    sheet.set_freeze_panes(3, 1)?;
    printed(sheet, 2)
}

fn options(
    sheet: &mut Worksheet,
    comparison: &Comparison,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Options")?;
    let names = [
        "Option",
        "Scenario",
        "Cost a week at target",
        "People missing",
        "Who",
        "Below target",
        "Out of reach",
    ];
    header(sheet, "Options", &names.map(str::to_owned), styles)?;
    for (row, option) in (3..).zip(&comparison.options) {
        let below: Vec<&str> = option
            .short
            .iter()
            .map(|short| short.queue.as_str())
            .collect();
        sheet.write_string_with_format(
            row,
            0,
            format!("{}  {}", option.letter, option.name),
            &styles.text,
        )?;
        sheet.write_string_with_format(row, 1, &option.path, &styles.text)?;
        if option.at_target.out_of_reach.is_empty() {
            sheet.write_number_with_format(row, 2, option.at_target.cost_week, &styles.money)?;
        } else {
            sheet.write_string_with_format(row, 2, "–", &styles.text)?;
        }
        sheet.write_number_with_format(row, 3, f64::from(option.at_target.count), &styles.text)?;
        sheet.write_string_with_format(
            row,
            4,
            option.at_target.people.join("; "),
            &styles.wrapped,
        )?;
        sheet.write_string_with_format(row, 5, below.join(", "), &styles.wrapped)?;
        sheet.write_string_with_format(
            row,
            6,
            option.at_target.out_of_reach.join(", "),
            &styles.wrapped,
        )?;
    }
    Ok(())
}

fn figures(
    sheet: &mut Worksheet,
    comparison: &Comparison,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Money")?;
    let mut names = vec!["Figure".to_owned()];
    for (index, option) in comparison.options.iter().enumerate() {
        names.push(option.letter.clone());
        if index > 0 {
            names.push(format!(
                "{} less {}",
                option.letter, comparison.options[0].letter
            ));
            names.push("± (95 %)".to_owned());
        }
    }
    header(sheet, "Money, hours and people", &names, styles)?;
    for (row, figure) in (3..).zip(&comparison.figures) {
        let format = if figure.unit == Unit::Money {
            &styles.money
        } else {
            &styles.number
        };
        sheet.write_string_with_format(row, 0, &figure.name, &styles.text)?;
        let mut column = 1;
        for (index, value) in figure.values.iter().enumerate() {
            sheet.write_number_with_format(row, column, *value, format)?;
            column += 1;
            if index > 0 {
                sheet.write_number_with_format(
                    row,
                    column,
                    figure.differences[index].mean,
                    format,
                )?;
                sheet.write_number_with_format(
                    row,
                    column + 1,
                    figure.differences[index].half_width,
                    format,
                )?;
                column += 2;
            }
        }
    }
    Ok(())
}

fn service(
    sheet: &mut Worksheet,
    comparison: &Comparison,
    styles: &Styles,
) -> Result<(), XlsxError> {
    sheet.set_name("Service")?;
    let mut names: Vec<String> = ["Item", "Kind", "Target"].map(str::to_owned).into();
    for (index, option) in comparison.options.iter().enumerate() {
        let letter = &option.letter;
        names.extend(
            ["contacts", "in time", "± (95 %)", "wait s", "hung up"]
                .map(|name| format!("{letter} {name}")),
        );
        if index > 0 {
            names.push(format!("{letter} in time, difference"));
            names.push("± (95 %)".to_owned());
        }
    }
    header(sheet, "Service", &names, styles)?;
    for (row, service) in (3..).zip(&comparison.rows) {
        sheet.write_string_with_format(row, 0, &service.name, &styles.text)?;
        sheet.write_string_with_format(row, 1, service.kind.word(), &styles.text)?;
        let target = service
            .target
            .as_ref()
            .map_or("", |(_, words)| words.as_str());
        sheet.write_string_with_format(row, 2, target, &styles.text)?;
        let mut column = 3;
        for (index, cell) in service.cells.iter().enumerate() {
            let values = cell.as_ref().map_or(Vec::new(), |cell| {
                let mut values = vec![
                    cell.contacts.mean,
                    cell.service.mean,
                    cell.service.half_width,
                    cell.wait_s.mean,
                    cell.abandoned.mean,
                ];
                if index > 0 {
                    let by = cell
                        .service_difference
                        .unwrap_or(Measured::exactly(f64::NAN));
                    values.extend([by.mean, by.half_width]);
                }
                values
            });
            for (place, value) in (0..).zip(values).filter(|(_, value)| value.is_finite()) {
                let share = matches!(place, 1 | 2 | 4 | 5 | 6);
                sheet.write_number_with_format(
                    row,
                    column + place,
                    value,
                    if share { &styles.share } else { &styles.number },
                )?;
            }
            column += if index > 0 { 7 } else { 5 };
        }
    }
    Ok(())
}
