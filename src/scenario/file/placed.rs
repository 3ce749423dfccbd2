//! How the values of a file keep their places while serde reads them, and what the schema says of them.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use schemars::{JsonSchema, Schema, SchemaGenerator};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::scenario::source::{Placed, Span};
use crate::scenario::tree::PLACED;

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Placed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Placed<T>, D::Error> {
        let fields = &["file", "start", "end", "value"];
        deserializer.deserialize_struct(PLACED, fields, PlacedVisitor(PhantomData))
    }
}

struct PlacedVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for PlacedVisitor<T> {
    type Value = Placed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value with its place")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Placed<T>, A::Error> {
        let mut number = || -> Result<u32, A::Error> {
            let (_, number): (String, u32) = map
                .next_entry()?
                .ok_or_else(|| A::Error::custom("a value without its place"))?;
            Ok(number)
        };
        let span = Span {
            file: number()?,
            start: number()?,
            end: number()?,
        };
        let (_, value): (String, T) = map
            .next_entry()?
            .ok_or_else(|| A::Error::custom("a place without its value"))?;
        Ok(Placed { span, value })
    }
}

impl<T: JsonSchema> JsonSchema for Placed<T> {
    fn inline_schema() -> bool {
        T::inline_schema()
    }

    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }

    fn schema_id() -> Cow<'static, str> {
        T::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

/// One name or a list of names.
#[derive(Debug, Clone, PartialEq)]
pub enum OneOrMany {
    One(String),
    Many(Vec<Placed<String>>),
}

impl Placed<OneOrMany> {
    /// The names, each with its place.
    pub fn names(&self) -> Vec<Placed<String>> {
        match &self.value {
            OneOrMany::One(name) => vec![Placed::new(self.span, name.clone())],
            OneOrMany::Many(names) => names.clone(),
        }
    }
}

impl<'de> Deserialize<'de> for OneOrMany {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<OneOrMany, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = OneOrMany;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name or a list of names")
            }
            fn visit_str<E: Error>(self, name: &str) -> Result<OneOrMany, E> {
                Ok(OneOrMany::One(name.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<OneOrMany, A::Error> {
                let mut names = Vec::new();
                while let Some(name) = list.next_element()? {
                    names.push(name);
                }
                Ok(OneOrMany::Many(names))
            }
        }
        deserializer.deserialize_any(Names)
    }
}

impl JsonSchema for OneOrMany {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "OneOrMany".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({
            "anyOf": [{ "type": "string" }, { "type": "array", "items": { "type": "string" } }]
        })
    }
}

/// A whole number or a word.
#[derive(Debug, Clone, PartialEq)]
pub enum Count {
    Number(i64),
    Word(String),
}

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Count, D::Error> {
        struct CountVisitor;
        impl Visitor<'_> for CountVisitor {
            type Value = Count;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number or \"solve\"")
            }
            fn visit_str<E: Error>(self, word: &str) -> Result<Count, E> {
                Ok(Count::Word(word.to_owned()))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Count, E> {
                Ok(Count::Number(number))
            }
        }
        deserializer.deserialize_any(CountVisitor)
    }
}

impl JsonSchema for Count {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Count".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "integer", "minimum": 0 }, { "const": "solve" }] })
    }
}

/// true (never broken), false (no such rule), or what breaking it weighs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum YesOrWeight {
    Yes(bool),
    Weight(f64),
}

impl<'de> Deserialize<'de> for YesOrWeight {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<YesOrWeight, D::Error> {
        struct YesVisitor;
        impl Visitor<'_> for YesVisitor {
            type Value = YesOrWeight;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("true or a weight")
            }
            fn visit_bool<E: Error>(self, yes: bool) -> Result<YesOrWeight, E> {
                Ok(YesOrWeight::Yes(yes))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<YesOrWeight, E> {
                Ok(YesOrWeight::Weight(number as f64))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<YesOrWeight, E> {
                Ok(YesOrWeight::Weight(number))
            }
        }
        deserializer.deserialize_any(YesVisitor)
    }
}

impl JsonSchema for YesOrWeight {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "YesOrWeight".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        schemars::json_schema!({ "anyOf": [{ "type": "boolean" }, { "type": "number", "minimum": 0 }] })
    }
}

/// A table whose keys are names that the user chose, in the order written.
#[derive(Debug, Clone, PartialEq)]
pub struct Named<T>(pub Vec<(Placed<String>, Placed<T>)>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Named<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Named<T>, D::Error> {
        struct NamedVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for NamedVisitor<T> {
            type Value = Named<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Named<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Named(entries))
            }
        }
        deserializer.deserialize_map(NamedVisitor(PhantomData))
    }
}

impl<T: JsonSchema> JsonSchema for Named<T> {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        format!("Named_{}", T::schema_name()).into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let values = generator.subschema_for::<T>();
        schemars::json_schema!({ "type": "object", "additionalProperties": values })
    }
}
