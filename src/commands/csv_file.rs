//! A CSV file of the user's whose columns are known by name.

use std::path::Path;

use super::exit::Failure;

/// A row of it.
pub struct Row<const N: usize> {
    /// "week.csv:12".
    pub place: String,
    /// In the order asked for, without blanks around them; empty where the row is too short.
    pub fields: [String; N],
}

/// Every row of a file with these columns in any order, others passed over. Separated by commas, or by semicolons where people write 0,5; with or
/// without a byte-order mark. `what` says what the file is: "a roster"; `options` which options it is given with: "--roster".
pub fn rows<const N: usize>(
    path: &Path,
    what: &str,
    options: &str,
    columns: [&str; N],
) -> Result<Vec<Row<N>>, Failure> {
    let name = path.display().to_string();
    let bytes = std::fs::read(path).map_err(|error| {
        Failure::input(format!(
            "{name}: cannot be read: {error}; give {what} with {options}, a file with {}",
            columns.join(",")
        ))
    })?;
    // The csv crate counts a line too few where lines end as Windows ends them.
    let bytes = String::from_utf8(bytes)
        .map_err(|error| {
            let before = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
            Failure::input(format!(
                "{name}:{line}: a letter is not written in UTF-8; save the file again as \"CSV UTF-8\""
            ))
        })?
        .replace("\r\n", "\n")
        .into_bytes();
    let first = bytes.split(|byte| *byte == b'\n').next().unwrap_or(&[]);
    let separator = if first.contains(&b',') || !first.contains(&b';') {
        b','
    } else {
        b';'
    };
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(separator)
        .from_reader(bytes.as_slice());
    let headers = reader
        .headers()
        .map_err(|error| Failure::input(format!("{name}:1: {error}")))?
        .clone();
    let place_of = |wanted: &str| {
        let mut headers = headers.iter();
        headers.position(|header| header.trim_start_matches('\u{feff}').trim() == wanted)
    };
    let missing: Vec<String> = columns
        .iter()
        .filter(|column| place_of(column).is_none())
        .map(|column| {
            format!(
                "{name}:1: there is no column \"{column}\"; {what} has {}",
                columns.join(",")
            )
        })
        .collect();
    if !missing.is_empty() {
        return Err(Failure::Input(missing));
    }
    let places = columns.map(|column| place_of(column).unwrap_or(0));
    reader
        .records()
        .map(|record| {
            let record = record.map_err(|error| Failure::input(format!("{name}: {error}")))?;
            let line = record.position().map_or(0, csv::Position::line);
            Ok(Row {
                place: format!("{name}:{line}"),
                fields: places.map(|at| record.get(at).unwrap_or("").trim().to_owned()),
            })
        })
        .collect()
}
