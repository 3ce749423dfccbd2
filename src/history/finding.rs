//! What was odd about the files, counted.

use std::collections::BTreeMap;
use std::fmt;

/// How grave it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Rows could not be used, and they should be.
    Error,
    /// Worth a look.
    Warning,
}

/// What kind of oddity; the codes never change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingKind {
    Unreadable,
    MissingColumn,
    ShortRow,
    BadTime,
    NoZone,
    BadNumber,
    Negative,
    UnknownQueue,
    OffGrid,
    Contradiction,
    Doubled,
    Outlier,
    HandleTime,
    Inconsistent,
    Gap,
    NoRows,
}

impl FindingKind {
    pub const ALL: &'static [FindingKind] = &[
        FindingKind::Unreadable,
        FindingKind::MissingColumn,
        FindingKind::ShortRow,
        FindingKind::BadTime,
        FindingKind::NoZone,
        FindingKind::BadNumber,
        FindingKind::Negative,
        FindingKind::UnknownQueue,
        FindingKind::OffGrid,
        FindingKind::Contradiction,
        FindingKind::Doubled,
        FindingKind::Outlier,
        FindingKind::HandleTime,
        FindingKind::Inconsistent,
        FindingKind::Gap,
        FindingKind::NoRows,
    ];

    pub fn name(self) -> &'static str {
        match self {
            FindingKind::Unreadable => "history-unreadable",
            FindingKind::MissingColumn => "history-missing-column",
            FindingKind::ShortRow => "history-short-row",
            FindingKind::BadTime => "history-bad-time",
            FindingKind::NoZone => "history-no-zone",
            FindingKind::BadNumber => "history-bad-number",
            FindingKind::Negative => "history-negative",
            FindingKind::UnknownQueue => "history-unknown-queue",
            FindingKind::OffGrid => "history-off-grid",
            FindingKind::Contradiction => "history-contradiction",
            FindingKind::Doubled => "history-doubled",
            FindingKind::Outlier => "history-outlier",
            FindingKind::HandleTime => "history-handle-time",
            FindingKind::Inconsistent => "history-inconsistent",
            FindingKind::Gap => "history-gap",
            FindingKind::NoRows => "history-no-rows",
        }
    }

    fn level(self) -> Level {
        match self {
            FindingKind::Unreadable
            | FindingKind::MissingColumn
            | FindingKind::ShortRow
            | FindingKind::BadTime
            | FindingKind::NoZone
            | FindingKind::BadNumber
            | FindingKind::Negative => Level::Error,
            _ => Level::Warning,
        }
    }
}

/// One oddity and how often it was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: FindingKind,
    pub level: Level,
    /// Empty where it is of no one file.
    pub file: String,
    /// Of the first time, from 1; 0 where it is of no one line.
    pub line: u64,
    /// Empty where it is of no one column.
    pub column: &'static str,
    pub message: String,
    pub hint: String,
    /// How often, at least 1.
    pub count: u64,
}

impl Finding {
    pub fn is_error(&self) -> bool {
        self.level == Level::Error
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let level = match self.level {
            Level::Error => "error",
            Level::Warning => "warning",
        };
        writeln!(f, "{level}[{}]: {}", self.kind.name(), self.message)?;
        if !self.file.is_empty() {
            write!(f, "  --> {}", self.file)?;
            if self.line > 0 {
                write!(f, ":{}", self.line)?;
            }
            if !self.column.is_empty() {
                write!(f, ", column {}", self.column)?;
            }
            if self.count > 1 {
                write!(f, ", and {} more like this", grouped(self.count - 1))?;
            }
            writeln!(f)?;
        }
        write!(f, "   = hint: {}", self.hint)
    }
}

/// The findings as text, an empty line after each.
pub fn render(findings: &[Finding]) -> String {
    findings
        .iter()
        .map(|finding| format!("{finding}\n\n"))
        .collect()
}

/// `1204` as `1,204`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Where a row stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    pub file: usize,
    pub line: u64,
}

/// So many different names or texts are kept apart for each kind; what comes after is counted with the last.
const KEPT_APART: usize = 40;

/// Collects findings: the first of each kind with its place, the others as a number.
#[derive(Debug, Default)]
pub struct Findings {
    files: Vec<String>,
    /// By kind, file and what they are kept apart by.
    found: BTreeMap<(FindingKind, usize, String), Finding>,
    kinds: BTreeMap<(FindingKind, usize), usize>,
}

impl Findings {
    /// Announces a file and gives its number.
    pub fn file(&mut self, name: &str) -> usize {
        self.files.push(name.to_owned());
        self.files.len() - 1
    }

    pub fn file_name(&self, file: usize) -> &str {
        &self.files[file]
    }

    /// Counts one more; `apart` tells kinds within the kind apart. Message and hint are asked for only the first time.
    pub fn add(
        &mut self,
        kind: FindingKind,
        at: At,
        column: &'static str,
        apart: &str,
        words: impl FnOnce() -> (String, String),
    ) {
        let key = (kind, at.file, apart.to_owned());
        if let Some(finding) = self.found.get_mut(&key) {
            finding.count += 1;
            return;
        }
        let number = self.kinds.entry((kind, at.file)).or_insert(0);
        *number += 1;
        let rest = (kind, at.file, "\u{10ffff}".to_owned());
        if *number > KEPT_APART
            && let Some(finding) = self.found.get_mut(&rest)
        {
            finding.count += 1;
            return;
        }
        let key = if *number > KEPT_APART { rest } else { key };
        let (message, hint) = words();
        let finding = Finding {
            kind,
            level: kind.level(),
            file: self.files[at.file].clone(),
            line: at.line,
            column,
            message,
            hint,
            count: 1,
        };
        self.found.insert(key, finding);
    }

    /// A finding about a queue as a whole.
    pub fn about_queue(&mut self, kind: FindingKind, id: &str, message: String, hint: String) {
        let finding = Finding {
            kind,
            level: kind.level(),
            file: String::new(),
            line: 0,
            column: "",
            message,
            hint,
            count: 1,
        };
        self.found
            .insert((kind, usize::MAX, id.to_owned()), finding);
    }

    /// Errors first, then by file and line.
    pub fn finish(self) -> Vec<Finding> {
        let mut list: Vec<((usize, u64), Finding)> = self
            .found
            .into_iter()
            .map(|((_, file, _), finding)| ((file, finding.line), finding))
            .collect();
        list.sort_by_key(|(at, finding)| (finding.level, *at, finding.kind));
        list.into_iter().map(|(_, finding)| finding).collect()
    }
}
