//! From text to tree.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::de::cut;
use super::{Entry, Node, Value};
use crate::scenario::diagnostic::{Code, Problems};
use crate::scenario::source::Span;

/// The tree of one file's text; what is no TOML is reported, and the rest is kept as well as can be.
pub fn parse(file: u32, text: &str, problems: &mut Problems) -> Node {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let span = Span {
            file,
            start: range.start as u32,
            end: range.end as u32,
        };
        let found = text.get(range.clone()).unwrap_or("");
        let message = error.message().lines().next().unwrap_or("not TOML");
        let words = match message.split_once(", expected literal string") {
            Some(_) if found.trim().is_empty() => "a value is missing",
            Some((words, _)) => words,
            None => message,
        };
        problems
            .error(Code::TomlSyntax, span, format!("this is not TOML: {words}"))
            .hint(remedy(message, found));
    }
    let mut root = Node {
        span: Span::ROOT,
        value: table_value(file, table.into_inner()),
    };
    // What stands where the text is no TOML means nothing.
    for range in errors.iter().filter_map(toml::de::Error::span) {
        cut(&mut root, span(file, range.start, range.end), problems);
    }
    root
}

fn remedy(message: &str, found: &str) -> String {
    let hint = if found.trim().is_empty() && message.contains("must be quoted") {
        "write a value after =, such as weeks = 1"
    } else if message.contains("duplicate key") {
        "write each key once in its table; for several queues, sites and so on begin each with its own [[queue]], [[site]]"
    } else if message.contains("string values must be quoted") {
        "put text into quotation marks: name = \"Support\""
    } else if message.contains("unclosed") || message.contains("missing closing") {
        "close what was opened here: \" with \", [ with ], { with }"
    } else {
        "a line is key = value, [table] or [[table]]; text stands in quotation marks"
    };
    hint.to_owned()
}

fn span(file: u32, start: usize, end: usize) -> Span {
    Span {
        file,
        start: start as u32,
        end: end as u32,
    }
}

fn table_value(file: u32, table: DeTable<'_>) -> Value {
    let mut entries: Vec<Entry> = table
        .into_iter()
        .map(|(key, value)| {
            let key_span = key.span();
            Entry {
                key_span: span(file, key_span.start, key_span.end),
                key: key.into_inner().into_owned(),
                node: node(file, value),
            }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span);
    Value::Table(entries)
}

fn node(file: u32, spanned: Spanned<DeValue<'_>>) -> Node {
    let range = spanned.span();
    let span = span(file, range.start, range.end);
    let value = match spanned.into_inner() {
        DeValue::String(text) => Value::Text(text.into_owned()),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Value::Integer(number),
            Err(_) => Value::Float(number.as_str().parse().unwrap_or(f64::INFINITY)),
        },
        DeValue::Float(number) => Value::Float(number.as_str().parse().unwrap_or(f64::NAN)),
        DeValue::Boolean(yes) => Value::Boolean(yes),
        DeValue::Datetime(time) => Value::Time(time.to_string()),
        DeValue::Array(list) => {
            Value::List(list.into_iter().map(|item| node(file, item)).collect())
        }
        DeValue::Table(table) => table_value(file, table),
    };
    Node { span, value }
}
