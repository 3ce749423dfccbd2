//! What is wrong with the files, as data, and as text.

mod code;
mod json;
mod problems;
mod render;

use std::ops::Range;
use std::sync::Arc;

pub use code::Code;
pub use json::diagnostics_json;
pub use problems::{Problems, nearest};
pub use render::render;

/// One problem and how to mend it. It carries the line that it speaks of, so that it can be shown without the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub severity: Severity,
    pub message: String,
    pub place: Option<DiagnosticPlace>,
    pub hint: Option<String>,
    /// How many more of the same kind were found in the same file and not listed.
    pub more: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    Error,
    Warning,
}

/// Where a problem is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiagnosticPlace {
    pub file: Arc<str>,
    /// Bytes of the text (a byte-order mark is not counted).
    pub span: Range<usize>,
    /// From 1.
    pub line: usize,
    /// From 1, in characters.
    pub column: usize,
    /// The text of that line.
    pub text: String,
    /// The part of `text` that is meant, in bytes.
    pub marked: Range<usize>,
}

impl Diagnostic {
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }
}
