//! Reads what the user wrote, merges `extends`, and yields a checked, typed scenario or every problem at once with its place in the file.
//!
//! Three vocabularies, converted once: TOML with places (`tree`), the file as it is written (`file`), and what is meant (`domain`).
//! Files are read only through [`Files`].

mod check;
mod csv;
mod diagnostic;
pub mod domain;
mod file;
mod files;
mod law;
mod load;
mod source;
mod tree;
mod understood;

pub use check::{HistoryAsked, parse_date, parse_instant, parse_local};
pub use diagnostic::{
    Code, Diagnostic, DiagnosticPlace, Severity, diagnostics_json, nearest, render,
};
pub use domain::Scenario;
pub use file::schema_json;
pub use files::{Disk, Files, Memory};
pub use load::{Loaded, Refused, load, load_with, load_with_absences};
pub use understood::understood;
