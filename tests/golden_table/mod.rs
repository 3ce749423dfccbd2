//! Golden tables: CSV files under tests/golden, read by column name.

use std::path::PathBuf;

pub struct Table {
    name: String,
    columns: Vec<String>,
    rows: Vec<Vec<String>>,
}

#[derive(Clone, Copy)]
pub struct Row<'a> {
    table: &'a Table,
    index: usize,
}

impl Table {
    /// `name` is relative to tests/golden, without `.csv`.
    pub fn read(name: &str) -> Table {
        let path =
            PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("tests/golden/{name}.csv"));
        let mut reader =
            csv::Reader::from_path(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let columns = reader
            .headers()
            .unwrap()
            .iter()
            .map(str::to_owned)
            .collect();
        let rows: Vec<Vec<String>> = reader
            .records()
            .map(|r| r.unwrap().iter().map(str::to_owned).collect())
            .collect();
        assert!(!rows.is_empty(), "{name} is empty");
        Table {
            name: name.to_owned(),
            columns,
            rows,
        }
    }

    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        (0..self.rows.len()).map(move |index| Row { table: self, index })
    }
}

impl<'a> Row<'a> {
    pub fn text(&self, column: &str) -> &'a str {
        let at = self.table.columns.iter().position(|c| c == column);
        &self.table.rows[self.index]
            [at.unwrap_or_else(|| panic!("no column {column} in {}", self.table.name))]
    }

    #[allow(dead_code)]
    pub fn some(&self, column: &str) -> Option<f64> {
        let text = self.text(column);
        (!text.is_empty()).then(|| text.parse().unwrap_or_else(|_| panic!("{column} = {text}")))
    }

    pub fn number(&self, column: &str) -> f64 {
        self.some(column)
            .unwrap_or_else(|| panic!("{column} is empty"))
    }

    #[allow(dead_code)]
    pub fn count(&self, column: &str) -> u32 {
        self.text(column)
            .parse()
            .unwrap_or_else(|_| panic!("{column} = {}", self.text(column)))
    }

    /// A probability or other number of order 1: absolute difference.
    pub fn close(&self, column: &str, actual: f64, absolute: f64) {
        let expected = self.number(column);
        let line = self.index + 2;
        assert!(
            (actual - expected).abs() <= absolute,
            "{}.csv line {line}, {column}: {actual:e}, golden {expected:e}",
            self.table.name
        );
    }

    /// A time or other scaled number: relative difference (and a little absolute room next to zero).
    #[allow(dead_code)]
    pub fn close_relative(&self, column: &str, actual: f64, relative: f64) {
        let expected = self.number(column);
        let line = self.index + 2;
        assert!(
            actual == expected || (actual - expected).abs() <= relative * expected.abs() + 1e-300,
            "{}.csv line {line}, {column}: {actual:e}, golden {expected:e}",
            self.table.name
        );
    }
}
