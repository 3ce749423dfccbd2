//! Tables of this room as JSON, so that `--json` says exactly what the file says.

use serde_json::{Map, Number, Value};

/// Columns that hold words and times; all others hold numbers.
const WORDS: [&str; 4] = ["queue", "group", "start_utc", "week"];

/// The rows of a table that this room wrote: a list of objects by column name, `null` where a field is empty.
pub fn rows_json(table: &str) -> Value {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let columns = reader.headers().cloned().unwrap_or_default();
    let rows = reader.records().flatten().map(|row| {
        let fields = columns.iter().zip(row.iter());
        Value::Object(
            fields
                .map(|(name, field)| (name.to_owned(), value(name, field)))
                .collect::<Map<_, _>>(),
        )
    });
    Value::Array(rows.collect())
}

fn value(column: &str, field: &str) -> Value {
    if WORDS.contains(&column) {
        return Value::from(field);
    }
    let number = field.parse().ok().and_then(Number::from_f64);
    number.map_or(Value::Null, Value::Number)
}
