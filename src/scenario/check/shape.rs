//! What is said where a file has the wrong shape: unknown keys and wrong types.

use super::examples::example;
use crate::scenario::diagnostic::{Code, Problems, nearest};
use crate::scenario::source::Span;
use crate::scenario::tree::{Node, Problem, TreeError, Value};

/// Reports one error of reading the tree into the structs of `file`.
pub fn report_shape(error: &TreeError, root: &Node, problems: &mut Problems) {
    match &error.problem {
        Problem::UnknownKey { key, known } => unknown_key(error, key, known, problems),
        Problem::WrongType { expected } => {
            let found = error.span.and_then(|span| find(root, span));
            wrong_type(error, found, expected, problems);
        }
        Problem::Other(message) => {
            problems.error(Code::WrongType, error.span, message.clone());
        }
    }
}

fn unknown_key(error: &TreeError, key: &str, known: &[&str], problems: &mut Problems) {
    let table = table_name(&error.path);
    let hint = match nearest(key, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("keys that are known here: {}", known.join(", ")),
    };
    problems
        .error(
            Code::UnknownKey,
            error.span,
            format!("there is no key `{key}` in {table}"),
        )
        .hint(hint);
}

/// `[[queue]]`, `[staff]`, `target of [[queue]]`, `a scenario`.
fn table_name(path: &[String]) -> String {
    const LISTS: [&str; 10] = [
        "queue", "site", "contract", "cover", "activity", "event", "agent", "hire", "change",
        "holiday",
    ];
    let top = |key: &str| {
        if LISTS.contains(&key) {
            format!("[[{key}]]")
        } else {
            format!("[{key}]")
        }
    };
    match path {
        [] => "the top of a scenario".to_owned(),
        [key] => top(key),
        [first, .., last] => format!("`{last}` of {}", top(first)),
    }
}

fn wrong_type(error: &TreeError, found: Option<&Node>, expected: &str, problems: &mut Problems) {
    let key = error.path.last().map_or("", String::as_str);
    let found_text = found.map_or_else(|| "something else".to_owned(), Node::described);
    let is_list = matches!(found.map(|node| &node.value), Some(Value::List(_)));
    let is_table = matches!(found.map(|node| &node.value), Some(Value::Table(_)));
    let wanted = match expected {
        "a string" => "text",
        "f64" => "a number",
        "i64" => "a whole number",
        "a boolean" => "true or false",
        "a sequence" => "a list",
        other => other,
    };
    let top_level = error.path.len() == 1;
    let hint = if top_level && wanted == "a list" && is_table {
        format!("write [[{key}]] with two brackets, once for each {key}")
    } else if top_level && wanted == "a table" && is_list {
        format!("write [{key}] with one bracket: there is only one")
    } else {
        let inside = error.path.join(".");
        unquoted(found, wanted)
            .or_else(|| {
                let example = example(&inside).or_else(|| example(key))?;
                Some(format!("write it like this: {example}"))
            })
            .unwrap_or_else(|| format!("write {wanted} here"))
    };
    problems
        .error(
            Code::WrongType,
            error.span,
            format!("`{key}` must be {wanted}, not {found_text}"),
        )
        .hint(hint);
}

/// For a number or a truth value in quotation marks, or with a percent sign.
fn unquoted(found: Option<&Node>, wanted: &str) -> Option<String> {
    let text = found?.text()?.trim();
    match wanted {
        "a number" | "a whole number" => match text.strip_suffix('%') {
            Some(percent) => {
                let percent: f64 = percent.trim().parse().ok()?;
                Some(format!(
                    "write {text} as {:.2}, without quotation marks",
                    percent / 100.0
                ))
            }
            None => {
                let number = text.replace(',', ".");
                number.parse::<f64>().ok()?;
                Some(format!("write {number} without quotation marks"))
            }
        },
        "true or false" => {
            let yes = ["true", "yes", "y", "1"].contains(&text.to_lowercase().as_str());
            Some(format!("write {yes} without quotation marks"))
        }
        _ => None,
    }
}

fn find(node: &Node, span: Span) -> Option<&Node> {
    match &node.value {
        _ if node.span == span => Some(node),
        Value::Table(entries) => entries.iter().find_map(|entry| find(&entry.node, span)),
        Value::List(items) => items.iter().find_map(|item| find(item, span)),
        _ => None,
    }
}
