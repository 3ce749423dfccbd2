//! A CSV file whose columns are known by name.

use super::split::{records, separator};
use crate::scenario::diagnostic::{Code, Problems, nearest};
use crate::scenario::source::{Placed, Span};

/// Rows of fields under named columns.
#[derive(Debug)]
pub struct Table {
    columns: Vec<Placed<String>>,
    rows: Vec<Row>,
    header: Span,
}

/// One row; a field may be asked for by its column.
#[derive(Debug, Clone)]
pub struct Row {
    pub span: Span,
    /// By position of the columns in the header.
    fields: Vec<Placed<String>>,
}

impl Table {
    /// Splits the text of a file. Rows that do not fit the header are reported and left out.
    pub fn parse(file: u32, text: &str, problems: &mut Problems) -> Table {
        let span = |range: &std::ops::Range<usize>| Span {
            file,
            start: range.start as u32,
            end: range.end as u32,
        };
        let mut records = records(text, separator(text)).into_iter();
        let header = records.next();
        let header_span = header.as_ref().map_or(
            Span {
                file,
                start: 0,
                end: 0,
            },
            |header| span(&header.range),
        );
        let columns: Vec<Placed<String>> = header
            .into_iter()
            .flat_map(|header| header.fields)
            .map(|field| Placed::new(span(&field.range), field.text.to_lowercase()))
            .collect();
        let mut rows = Vec::new();
        for record in records {
            let row = span(&record.range);
            if record.open_quote {
                problems
                    .error(
                        Code::CsvRow,
                        row,
                        "a quotation mark is opened and never closed",
                    )
                    .hint("close it, or double it (\"\") where it belongs to the text")
                    .alike("quote");
                continue;
            }
            let (found, wanted) = (record.fields.len(), columns.len());
            let surplus = record.fields.iter().skip(wanted);
            if found < wanted || surplus.clone().any(|field| !field.text.is_empty()) {
                problems
                    .error(
                        Code::CsvRow,
                        row,
                        format!("this row has {found} fields, but the header has {wanted}"),
                    )
                    .hint(if found < wanted {
                        "write every separator, also where a field is empty"
                    } else {
                        "put a field that holds the separator into quotation marks: \"Smith, Ann\""
                    })
                    .alike("fields");
                continue;
            }
            let fields = record
                .fields
                .into_iter()
                .take(wanted)
                .map(|field| Placed::new(span(&field.range), field.text))
                .collect();
            rows.push(Row { span: row, fields });
        }
        Table {
            columns,
            rows,
            header: header_span,
        }
    }

    pub fn has(&self, column: &str) -> bool {
        self.columns.iter().any(|known| known.value == column)
    }

    /// Reports columns that are needed and not there, and those that nobody knows; `false` where one is missing.
    pub fn expect(&self, needed: &[&str], optional: &[&str], problems: &mut Problems) -> bool {
        let known = || needed.iter().chain(optional).copied();
        let unknown: Vec<&Placed<String>> = self
            .columns
            .iter()
            .filter(|column| !column.value.is_empty() && !known().any(|name| name == column.value))
            .collect();
        let missing: Vec<&str> = needed
            .iter()
            .copied()
            .filter(|name| !self.has(name))
            .collect();
        for name in &missing {
            let near = nearest(name, unknown.iter().map(|column| column.value.as_str()));
            let hint = match near {
                Some(near) => format!("is it the column \"{near}\"? then rename it to \"{name}\""),
                None => format!("the header is: {}", known().collect::<Vec<_>>().join(",")),
            };
            problems
                .error(
                    Code::CsvColumns,
                    self.header,
                    format!("there is no column \"{name}\""),
                )
                .hint(hint);
        }
        for column in unknown {
            let near = nearest(&column.value, known().filter(|name| !self.has(name)));
            if near.is_some_and(|near| missing.contains(&near)) {
                continue;
            }
            let hint = match near {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!(
                    "the columns that are read: {}",
                    known().collect::<Vec<_>>().join(", ")
                ),
            };
            problems
                .warning(
                    Code::CsvColumns,
                    column.span,
                    format!("the column \"{}\" is not known and not read", column.value),
                )
                .hint(hint);
        }
        for (at, column) in self.columns.iter().enumerate() {
            if !column.value.is_empty()
                && self.columns[..at]
                    .iter()
                    .any(|before| before.value == column.value)
            {
                problems
                    .error(
                        Code::CsvColumns,
                        column.span,
                        format!("there are two columns \"{}\"", column.value),
                    )
                    .hint("keep one of them");
            }
        }
        missing.is_empty()
    }

    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter()
    }

    /// The field of a row under a column, if it is there and not empty.
    pub fn get<'a>(&self, row: &'a Row, column: &str) -> Option<&'a Placed<String>> {
        let at = self
            .columns
            .iter()
            .position(|known| known.value == column)?;
        row.fields.get(at).filter(|field| !field.value.is_empty())
    }
}
