//! Turns files of contacts into counts and handle times per queue and interval, and says how complete they are.
//!
//! Gaps are gaps, not zeros: an interval without a row is unknown.

mod finding;
mod finish;
mod intervals;
mod known;
mod model;
mod number;
mod plausible;
mod stamp;
mod start;
mod summary;

use std::io::Read;

pub use finding::{Finding, FindingKind, Level, render};
pub use intervals::HistoryReader;
pub use known::KnownQueues;
pub use model::{Gap, History, QueueHistory, Record, Service};
pub use stamp::{Stamp, parse_stamp};

/// A file format of histories.
pub struct Importer {
    /// What a scenario writes as its `format`.
    pub name: &'static str,
    /// Reads one file to its end; the text is what messages call it. Whatever is wrong with it goes into the reader's report.
    pub read: fn(&mut HistoryReader, &str, &mut dyn Read),
}

/// Every importer: a new one is one file here and one line in this list.
pub const IMPORTERS: &[Importer] = &[Importer {
    name: "intervals",
    read: |reader, name, file| reader.read(name, file),
}];

/// The importer of a format.
pub fn importer(format: &str) -> Option<&'static Importer> {
    IMPORTERS.iter().find(|importer| importer.name == format)
}
