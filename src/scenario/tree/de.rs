//! serde over the tree, so that values keep their places even where a scenario was put together from several files.

use std::fmt;

use serde::de::value::StrDeserializer;
use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error, Expected, IntoDeserializer, MapAccess,
    SeqAccess, Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;

use super::{Node, Value};
use crate::scenario::diagnostic::Problems;
use crate::scenario::source::Span;

/// The name by which [`Placed`](crate::scenario::source::Placed) asks for a place beside a value.
pub const PLACED: &str = "$followsun::Placed";

/// Why a tree is not what was asked for.
#[derive(Debug)]
pub struct TreeError {
    pub problem: Problem,
    /// Of the key or value that is wrong.
    pub span: Option<Span>,
    /// The keys that lead to it, outermost first.
    pub path: Vec<String>,
}

#[derive(Debug)]
pub enum Problem {
    UnknownKey {
        key: String,
        known: &'static [&'static str],
    },
    WrongType {
        expected: String,
    },
    Other(String),
}

/// Reads a tree; each error is handed to `report` with the part that is wrong, which is then left out so that the rest can be read.
pub fn read<T: DeserializeOwned + Default>(
    mut root: Node,
    problems: &mut Problems,
    report: impl Fn(&TreeError, &Node, &mut Problems),
) -> T {
    loop {
        let error = match T::deserialize(NodeDe(&root)) {
            Ok(value) => return value,
            Err(error) => error,
        };
        report(&error, &root, problems);
        let removed = error
            .span
            .is_some_and(|span| cut(&mut root, span, problems));
        if !removed {
            return T::default();
        }
    }
}

/// Takes the entry or item with exactly this span out, and notes which key of which table is spoilt by that.
pub fn cut(node: &mut Node, span: Span, problems: &mut Problems) -> bool {
    let own = node.span;
    match &mut node.value {
        Value::Table(entries) => {
            let hit = |entry: &super::Entry| entry.key_span == span || entry.node.span == span;
            if let Some(at) = entries.iter().position(hit) {
                problems.spoil(own, &entries.remove(at).key);
                return true;
            }
            for entry in entries {
                if cut(&mut entry.node, span, problems) {
                    problems.spoil(own, &entry.key);
                    return true;
                }
            }
            false
        }
        Value::List(items) => {
            if let Some(at) = items.iter().position(|item| item.span == span) {
                items.remove(at);
                return true;
            }
            items.iter_mut().any(|item| cut(item, span, problems))
        }
        _ => false,
    }
}

impl TreeError {
    fn new(problem: Problem) -> TreeError {
        TreeError {
            problem,
            span: None,
            path: Vec::new(),
        }
    }

    fn at(mut self, span: Span) -> TreeError {
        self.span.get_or_insert(span);
        self
    }

    fn below(mut self, key: &str) -> TreeError {
        self.path.insert(0, key.to_owned());
        self
    }
}

impl fmt::Display for TreeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.problem)
    }
}

impl std::error::Error for TreeError {}

impl Error for TreeError {
    fn custom<T: fmt::Display>(message: T) -> TreeError {
        TreeError::new(Problem::Other(message.to_string()))
    }

    fn invalid_type(_: Unexpected<'_>, expected: &dyn Expected) -> TreeError {
        TreeError::new(Problem::WrongType {
            expected: expected.to_string(),
        })
    }

    fn invalid_value(_: Unexpected<'_>, expected: &dyn Expected) -> TreeError {
        TreeError::new(Problem::WrongType {
            expected: expected.to_string(),
        })
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> TreeError {
        TreeError::new(Problem::UnknownKey {
            key: field.to_owned(),
            known,
        })
    }
}

struct NodeDe<'a>(&'a Node);

impl<'de> Deserializer<'de> for NodeDe<'_> {
    type Error = TreeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        match &self.0.value {
            Value::Text(text) | Value::Time(text) => visitor.visit_str(text),
            Value::Integer(number) => visitor.visit_i64(*number),
            Value::Float(number) => visitor.visit_f64(*number),
            Value::Boolean(yes) => visitor.visit_bool(*yes),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Table(entries) => visitor.visit_map(Entries {
                rest: entries.iter(),
                current: None,
            }),
        }
        .map_err(|error| error.at(self.0.span))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        visitor.visit_some(self)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TreeError> {
        if name == PLACED {
            return visitor.visit_map(PlacedAccess::new(Content::Node(self.0), self.0.span));
        }
        // A derived struct would take a list for its fields in order.
        if !matches!(self.0.value, Value::Table(_)) {
            let expected = "a table".to_owned();
            return Err(TreeError::new(Problem::WrongType { expected }).at(self.0.span));
        }
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = TreeError;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, TreeError> {
        self.0
            .next()
            .map(|item| {
                seed.deserialize(NodeDe(item))
                    .map_err(|error| error.at(item.span))
            })
            .transpose()
    }
}

struct Entries<'a> {
    rest: std::slice::Iter<'a, super::Entry>,
    current: Option<&'a super::Entry>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = TreeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, TreeError> {
        self.current = self.rest.next();
        self.current
            .map(|entry| {
                seed.deserialize(KeyDe(entry))
                    .map_err(|error| error.at(entry.key_span))
            })
            .transpose()
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, TreeError> {
        let entry = self
            .current
            .ok_or_else(|| TreeError::custom("a value without a key"))?;
        seed.deserialize(NodeDe(&entry.node))
            .map_err(|error| error.at(entry.node.span).below(&entry.key))
    }
}

struct KeyDe<'a>(&'a super::Entry);

impl<'de> Deserializer<'de> for KeyDe<'_> {
    type Error = TreeError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, TreeError> {
        visitor.visit_str(&self.0.key)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, TreeError> {
        if name == PLACED {
            let content = Content::Key(&self.0.key);
            return visitor.visit_map(PlacedAccess::new(content, self.0.key_span));
        }
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit option
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

enum Content<'a> {
    Node(&'a Node),
    Key(&'a str),
}

/// Gives a [`Placed`](crate::scenario::source::Placed) its four fields: `file`, `start`, `end`, `value`.
struct PlacedAccess<'a> {
    content: Content<'a>,
    span: Span,
    next: usize,
}

impl<'a> PlacedAccess<'a> {
    fn new(content: Content<'a>, span: Span) -> PlacedAccess<'a> {
        PlacedAccess {
            content,
            span,
            next: 0,
        }
    }
}

impl<'de> MapAccess<'de> for PlacedAccess<'_> {
    type Error = TreeError;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, TreeError> {
        let Some(name) = ["file", "start", "end", "value"].get(self.next) else {
            return Ok(None);
        };
        let name: StrDeserializer<'_, TreeError> = name.into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, TreeError> {
        self.next += 1;
        match self.next {
            1 => seed.deserialize(self.span.file.into_deserializer()),
            2 => seed.deserialize(self.span.start.into_deserializer()),
            3 => seed.deserialize(self.span.end.into_deserializer()),
            _ => match self.content {
                Content::Node(node) => seed
                    .deserialize(NodeDe(node))
                    .map_err(|error| error.at(node.span)),
                Content::Key(key) => {
                    let key: StrDeserializer<'_, TreeError> = key.into_deserializer();
                    seed.deserialize(key).map_err(|error| error.at(self.span))
                }
            },
        }
    }
}
