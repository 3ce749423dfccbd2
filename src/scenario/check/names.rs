//! Names that other tables refer to.

use std::collections::BTreeMap;

use crate::scenario::diagnostic::{Code, Problems, nearest};
use crate::scenario::source::Placed;

/// The ids of one kind, by position.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// What they are called in messages: `queue`, `site`.
    kind: &'static str,
    list: Vec<String>,
    positions: BTreeMap<String, usize>,
    /// Ids that an extending scenario took away.
    gone: Vec<String>,
}

/// What a name turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    At(usize),
    /// It was taken away on purpose.
    Gone,
    Unknown,
}

impl Names {
    pub fn new(kind: &'static str, list: Vec<String>, gone: Vec<String>) -> Names {
        // The first of two that are the same counts; the second is reported elsewhere.
        let positions = list
            .iter()
            .enumerate()
            .rev()
            .map(|(at, name)| (name.clone(), at))
            .collect();
        Names {
            kind,
            list,
            positions,
            gone,
        }
    }

    pub fn list(&self) -> &[String] {
        &self.list
    }

    pub fn gone(&self) -> &[String] {
        &self.gone
    }

    pub fn find(&self, name: &str) -> Found {
        match self.positions.get(name).copied() {
            Some(at) => Found::At(at),
            None if self.gone.iter().any(|gone| gone == name) => Found::Gone,
            None => Found::Unknown,
        }
    }

    /// The position of a name; one that is not there is reported with the nearest that is.
    pub fn look_up(&self, name: &Placed<String>, problems: &mut Problems) -> Option<usize> {
        match self.find(name.value.trim()) {
            Found::At(at) => Some(at),
            Found::Gone => {
                let kind = self.kind;
                problems
                    .error(
                        Code::UnknownName,
                        name.span,
                        format!("the {kind} \"{}\" was removed (remove = true)", name.value),
                    )
                    .hint(format!("name another {kind} here, or keep this one"))
                    .alike(name.value.clone());
                None
            }
            Found::Unknown => {
                self.report_unknown(name, problems);
                None
            }
        }
    }

    /// A row of a file is for somebody who is not here: the row does nothing, which may be meant.
    pub fn warn_unknown(&self, name: &Placed<String>, problems: &mut Problems) {
        let kind = self.kind;
        problems
            .warning(
                Code::UnknownName,
                name.span,
                format!(
                    "there is no {kind} \"{}\"; this row changes nothing",
                    name.value
                ),
            )
            .hint(self.hint(&name.value))
            .alike(kind);
    }

    pub fn report_unknown(&self, name: &Placed<String>, problems: &mut Problems) {
        let kind = self.kind;
        problems
            .error(
                Code::UnknownName,
                name.span,
                format!("there is no {kind} \"{}\"", name.value),
            )
            .hint(self.hint(&name.value))
            .alike(format!("{kind} {}", name.value));
    }

    fn hint(&self, name: &str) -> String {
        let kind = self.kind;
        let known = || {
            self.list
                .iter()
                .map(String::as_str)
                .filter(|known| !known.is_empty())
        };
        if let Some(near) = nearest(name, known()) {
            return format!("did you mean \"{near}\"?");
        }
        match known().count() {
            0 => format!("no {kind} is defined yet"),
            1..=8 => format!(
                "known: {}",
                known()
                    .map(|name| format!("\"{name}\""))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            count => format!("none of the {count} {kind}s is spelt like it"),
        }
    }
}
