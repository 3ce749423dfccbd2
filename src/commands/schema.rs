//! `followsun schema`: the JSON Schema of a scenario.

use std::process::ExitCode;

use crate::scenario::schema_json;

use super::exit::Failure;

pub fn run() -> Result<ExitCode, Failure> {
    print!("{}", schema_json());
    Ok(ExitCode::SUCCESS)
}
