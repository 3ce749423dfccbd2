//! TOML as a tree that knows where each part was written, in whichever file that was.

mod de;
mod merge;
mod parse;

pub use de::{PLACED, Problem, TreeError, read};
pub use merge::{Removed, merge};
pub use parse::parse;

use super::source::Span;

#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    pub span: Span,
    pub value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Text(String),
    Integer(i64),
    Float(f64),
    Boolean(bool),
    /// A date or time as TOML writes it without quotation marks.
    Time(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    pub key: String,
    pub key_span: Span,
    pub node: Node,
}

impl Node {
    pub fn get(&self, key: &str) -> Option<&Node> {
        match &self.value {
            Value::Table(entries) => entries
                .iter()
                .find(|entry| entry.key == key)
                .map(|entry| &entry.node),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What it is, in words: `the text "abc"`.
    pub fn described(&self) -> String {
        match &self.value {
            Value::Text(text) if text.chars().count() > 40 => "text".to_owned(),
            Value::Text(text) => format!("the text \"{text}\""),
            Value::Integer(number) => format!("the whole number {number}"),
            Value::Float(number) => format!("the number {number}"),
            Value::Boolean(yes) => yes.to_string(),
            Value::Time(text) => format!("the time {text}"),
            Value::List(_) => "a list".to_owned(),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}
