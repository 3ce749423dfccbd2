//! Problems as JSON for other programs.

use serde_json::{Value, json};

use super::{Diagnostic, Severity};

/// A list of objects: `code`, `severity` (`error` or `warning`), `message`, `hint`, `more`, and where they are known `file`, `line`, `column`,
/// `start` and `end` (bytes of the text).
pub fn diagnostics_json(diagnostics: &[Diagnostic]) -> Value {
    diagnostics.iter().map(one).collect()
}

fn one(diagnostic: &Diagnostic) -> Value {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut object = json!({
        "code": diagnostic.code.name(),
        "severity": severity,
        "message": diagnostic.message,
        "hint": diagnostic.hint,
        "more": diagnostic.more,
    });
    if let Some(place) = &diagnostic.place {
        object["file"] = json!(&*place.file);
        object["line"] = json!(place.line);
        object["column"] = json!(place.column);
        object["start"] = json!(place.span.start);
        object["end"] = json!(place.span.end);
    }
    object
}
