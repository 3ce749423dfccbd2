//! The texts that were read, and places in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::domain::Place;

/// Bytes `start..end` of one of the files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    pub file: u32,
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// The scenario as a whole, whichever files it was put together from.
    pub const ROOT: Span = Span {
        file: 0,
        start: 0,
        end: 0,
    };
}

/// A value and where it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed<T> {
    pub span: Span,
    pub value: T,
}

impl<T> Placed<T> {
    pub fn new(span: Span, value: T) -> Placed<T> {
        Placed { span, value }
    }
}

/// The files of one scenario in the order in which they were read.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

#[derive(Debug)]
pub struct SourceFile {
    pub path: PathBuf,
    pub name: Arc<str>,
    pub text: String,
    /// Byte at which each line begins.
    lines: Vec<usize>,
}

impl Sources {
    /// Adds a file and gives its number.
    pub fn add(&mut self, path: &Path, text: String) -> u32 {
        let lines = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        self.files.push(SourceFile {
            path: path.to_owned(),
            name: path.display().to_string().into(),
            text,
            lines,
        });
        self.files.len() as u32 - 1
    }

    pub fn file(&self, number: u32) -> &SourceFile {
        &self.files[number as usize]
    }

    /// The folder to which paths in this file are relative.
    pub fn folder(&self, number: u32) -> PathBuf {
        let parent = self.file(number).path.parent();
        parent.unwrap_or(Path::new("")).to_owned()
    }

    pub fn text(&self, span: Span) -> &str {
        let text = &self.file(span.file).text;
        text.get(span.start as usize..span.end as usize)
            .unwrap_or("")
    }

    /// All of the line that a place names.
    pub fn line_span(&self, place: &Place) -> Option<Span> {
        let file = self.files.iter().position(|file| file.name == place.file)?;
        let (start, text) = self.files[file].line_text(place.line as usize - 1);
        Some(Span {
            file: file as u32,
            start: start as u32,
            end: (start + text.len()) as u32,
        })
    }

    pub fn place(&self, span: Span) -> Place {
        let file = self.file(span.file);
        Place {
            file: file.name.clone(),
            line: file.line(span.start as usize) as u32 + 1,
        }
    }
}

impl SourceFile {
    /// Number of the line, from 0, that holds a byte.
    pub fn line(&self, byte: usize) -> usize {
        self.lines.partition_point(|start| *start <= byte) - 1
    }

    /// Byte at which a line begins, and its text without the line end.
    pub fn line_text(&self, line: usize) -> (usize, &str) {
        let start = self.lines[line];
        let end = self
            .lines
            .get(line + 1)
            .map_or(self.text.len(), |next| next - 1);
        let text = self.text.get(start..end).unwrap_or("");
        (start, text.trim_end_matches('\r'))
    }
}
