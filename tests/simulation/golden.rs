//! Reads the exact tables of `tests/golden`, and holds simulated numbers against them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use followsun::simulation::Estimate;

/// One row: column name to text.
pub type Row = BTreeMap<String, String>;

/// All rows of a table in `tests/golden`.
pub fn table(name: &str) -> Vec<Row> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(name);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    let mut lines = text.lines().map(fields);
    let header = lines.next().expect("a header");
    lines
        .map(|line| header.iter().cloned().zip(line).collect())
        .collect()
}

/// A field as a number; empty fields are `None`.
pub fn number(row: &Row, column: &str) -> Option<f64> {
    let text = row
        .get(column)
        .unwrap_or_else(|| panic!("no column {column}"));
    (!text.is_empty()).then(|| {
        text.parse()
            .unwrap_or_else(|e| panic!("{column}: {text}: {e}"))
    })
}

pub fn exact(row: &Row, column: &str) -> f64 {
    number(row, column).unwrap_or_else(|| panic!("{column} is empty"))
}

/// Splits a line of CSV; quotes inside quotes are doubled.
fn fields(line: &str) -> Vec<String> {
    let (mut fields, mut quoted) = (vec![String::new()], false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let last = fields.last_mut().expect("never empty");
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                last.push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            c => last.push(c),
        }
    }
    fields
}

/// Collects standardised errors: each must be small, and all together no larger than chance allows.
#[derive(Default)]
pub struct Score {
    z: Vec<(String, f64)>,
}

impl Score {
    pub fn add(&mut self, what: impl Into<String>, estimate: Option<Estimate>, exact: f64) {
        let what = what.into();
        let estimate = estimate.unwrap_or_else(|| panic!("{what}: nothing was simulated"));
        let half_width = estimate.half_width.expect("more than one replication");
        // A share of 0 or 1 in every replication has no width; then one in a hundred thousand is the resolution.
        let z = (estimate.mean - exact) / (half_width / 1.96).max(1e-5);
        println!(
            "{what}: {:.5} +- {half_width:.5}, exact {exact:.5}, z {z:+.2}",
            estimate.mean
        );
        self.z.push((what, z));
    }

    /// No number is off by more than four standard errors, and the sum of squares is no surprise. Numbers of one
    /// run are correlated, `together` of them count as one.
    pub fn judge(&self, together: f64) {
        for (what, z) in &self.z {
            assert!(z.abs() <= 4.0, "{what}: z = {z:.2}");
        }
        let n = self.z.len() as f64;
        let chi_square: f64 = self.z.iter().map(|(_, z)| z * z).sum();
        let surprise = (chi_square - n) / (2.0 * n * together).sqrt();
        println!("{n} numbers, chi-square {chi_square:.1}, surprise {surprise:+.2}");
        assert!(
            surprise < 4.0,
            "chi-square {chi_square:.1} over {n} numbers"
        );
    }
}
