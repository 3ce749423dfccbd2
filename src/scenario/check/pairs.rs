//! People who must or must not be on shift together.

use super::Check;
use super::names::Found;
use crate::scenario::diagnostic::Code;
use crate::scenario::domain::{AgentIndex, Pair, PairNeed};
use crate::scenario::file::{Names, PairTable, Tables};
use crate::scenario::source::Placed;

impl Check<'_> {
    pub fn pairs(&mut self, tables: Tables<PairTable>) -> Vec<Pair> {
        let tables = tables.unwrap_or_default();
        tables
            .into_iter()
            .filter_map(|table| self.pair(table))
            .collect()
    }

    fn pair(&mut self, table: Placed<PairTable>) -> Option<Pair> {
        let (span, table) = (table.span, table.value);
        let named = self.need(span, "this [[pair]]", "agents", table.agents);
        let wanted = named.as_ref().map_or(0, |names| names.names().len());
        let agents = self.people(named);
        let strictness = self.strictness(&table.weight)?;
        let need = match (table.apart.unwrap_or(false), table.with) {
            (true, None) => {
                if wanted < 2 {
                    self.problems
                        .error(Code::BadValue, span, "`apart` needs two people or more")
                        .hint("write it like this: agents = [\"a0001\", \"a0002\"]");
                    return None;
                }
                PairNeed::Apart
            }
            (false, Some(with)) => {
                let with = self.people(Some(with));
                // With everybody named taken away nobody could be beside them.
                if with.is_empty() {
                    return None;
                }
                PairNeed::With(with)
            }
            (true, Some(_)) => {
                self.problems
                    .error(
                        Code::Contradiction,
                        span,
                        "this [[pair]] has both `apart` and `with`",
                    )
                    .hint("write two [[pair]], one with each");
                return None;
            }
            (false, None) => {
                self.problems
                    .error(
                        Code::MissingKey,
                        span,
                        "this [[pair]] says neither `apart` nor `with`",
                    )
                    .hint("add: apart = true, or with = [\"a0003\"]");
                return None;
            }
        };
        (!agents.is_empty()).then_some(Pair {
            agents,
            need,
            strictness,
        })
    }

    /// The people named; those who were taken away are passed over.
    fn people(&mut self, names: Names) -> Vec<AgentIndex> {
        let mut people = Vec::new();
        for name in names.map(|names| names.names()).unwrap_or_default() {
            match self.known.agents.find(name.value.trim()) {
                Found::At(at) => people.push(AgentIndex(at)),
                Found::Unknown if self.known.agents_complete => {
                    self.known.agents.report_unknown(&name, self.problems);
                }
                Found::Gone | Found::Unknown => {}
            }
        }
        people.sort_unstable();
        people.dedup();
        people
    }
}
