//! From bytes to text, and from text to fields.

use std::ops::Range;

/// The text of a file without its byte-order mark, and whether it was UTF-8 (if not, what could not be read is replaced).
pub fn decode(bytes: &[u8]) -> (String, bool) {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => (text.to_owned(), true),
        Err(_) => (String::from_utf8_lossy(bytes).into_owned(), false),
    }
}

/// One field: its text, trimmed and without its quotes, and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    pub text: String,
    pub range: Range<usize>,
}

/// One row of fields that is not empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub fields: Vec<Field>,
    pub range: Range<usize>,
    /// A quote was opened and never closed.
    pub open_quote: bool,
}

/// The separator that the first line uses most: comma, semicolon or tab.
pub fn separator(text: &str) -> u8 {
    let head = text
        .lines()
        .find(|line| !line.trim().is_empty())
        .unwrap_or("");
    let count = |separator: u8| head.bytes().filter(|byte| *byte == separator).count();
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|separator| count(*separator))
        .unwrap_or(b',')
}

/// Splits a text into rows; a quoted field may hold separators, line ends and doubled quotes. Empty lines are left out.
pub fn records(text: &str, separator: u8) -> Vec<Record> {
    let bytes = text.as_bytes();
    let mut records = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let begin = at;
        let mut fields = Vec::new();
        let mut open_quote = false;
        loop {
            let (field, end, open) = field(text, at, separator);
            fields.push(field);
            open_quote |= open;
            at = end;
            match bytes.get(at) {
                Some(byte) if *byte == separator => at += 1,
                _ => break,
            }
        }
        let range = begin..at;
        at += match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            _ => 1,
        };
        if fields.iter().any(|field| !field.text.is_empty()) {
            records.push(Record {
                fields,
                range,
                open_quote,
            });
        }
    }
    records
}

/// A quoted field longer than this is one whose quote was never closed.
const LONGEST_FIELD: usize = 64 * 1024;

/// The field that begins at a byte, the byte after it, and whether its quote stayed open.
fn field(text: &str, start: usize, separator: u8) -> (Field, usize, bool) {
    let bytes = text.as_bytes();
    let ends = |byte: u8| byte == separator || byte == b'\n' || byte == b'\r';
    let blank = |byte: &&u8| matches!(byte, b' ' | b'\t') && **byte != separator;
    let skipped = bytes[start..].iter().take_while(blank).count();
    let first = start + skipped;
    if bytes.get(first) != Some(&b'"') {
        let length = bytes[start..]
            .iter()
            .take_while(|byte| !ends(**byte))
            .count();
        let raw = &text[start..start + length];
        let trimmed = raw.trim();
        let from = start + (raw.len() - raw.trim_start().len());
        let field = Field {
            text: trimmed.to_owned(),
            range: from..from + trimmed.len(),
        };
        return (field, start + length, false);
    }
    let mut content = String::new();
    let mut at = first + 1;
    let mut piece = at;
    loop {
        match bytes.get(at).filter(|_| at - first < LONGEST_FIELD) {
            None => {
                // A quote left open swallows the rest: give it back line by line by ending the field here at the first line's end.
                let line = text[first..]
                    .find(['\n', '\r'])
                    .map_or(text.len(), |end| first + end);
                let field = Field {
                    text: text[first + 1..line.max(first + 1).min(text.len())]
                        .trim()
                        .to_owned(),
                    range: first..line,
                };
                return (field, line, true);
            }
            Some(b'"') if bytes.get(at + 1) == Some(&b'"') => {
                content.push_str(&text[piece..at + 1]);
                at += 2;
                piece = at;
            }
            Some(b'"') => {
                content.push_str(&text[piece..at]);
                at += 1;
                break;
            }
            Some(_) => at += 1,
        }
    }
    // What stands between the closing quote and the separator belongs to the field.
    let rest = bytes[at..].iter().take_while(|byte| !ends(**byte)).count();
    content.push_str(text[at..at + rest].trim_end());
    let field = Field {
        text: content.trim().to_owned(),
        range: first..at,
    };
    (field, at + rest, false)
}
