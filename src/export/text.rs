//! How instants, numbers and free text are written in files.

use crate::calendar::Instant;

/// `2026-10-25T00:30Z`.
pub(super) fn utc(at: Instant) -> String {
    at.format("%Y-%m-%dT%H:%MZ").to_string()
}

/// A number with at most `places` decimals and no trailing zeros; empty for one that is not finite.
pub(super) fn decimal(value: f64, places: usize) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let mut text = format!("{value:.places$}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    if text == "-0" { "0".to_owned() } else { text }
}

/// As [`decimal`]; empty for a number that does not exist.
pub(super) fn optional(value: Option<f64>, places: usize) -> String {
    value.map_or_else(String::new, |value| decimal(value, places))
}

/// Free text as a cell that no spreadsheet takes for a formula: one that begins with `=`, `+`, `-`, `@`, a tab or a line break gets a `'` in front.
pub(super) fn free_text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// A CSV file of a header and rows, fields quoted where needed, lines ended by `\n`.
pub(super) fn csv_text<const N: usize>(
    header: [&str; N],
    rows: impl Iterator<Item = [String; N]>,
) -> String {
    csv_table(&header, rows)
}

/// The same with as many columns as there are; every row has those of the header.
pub(super) fn csv_table<R: AsRef<[String]>>(
    header: &[impl AsRef<str>],
    rows: impl Iterator<Item = R>,
) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let never_fails = "a record as long as the header written to memory cannot fail";
    let header = header.iter().map(AsRef::as_ref);
    writer.write_record(header).expect(never_fails);
    for row in rows {
        writer.write_record(row.as_ref()).expect(never_fails);
    }
    let bytes = writer.into_inner().expect(never_fails);
    String::from_utf8(bytes).expect("fields are UTF-8, so is the file")
}
