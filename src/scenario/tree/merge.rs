//! A scenario that extends another is the other with changes.

use super::{Entry, Node, Value};
use crate::scenario::diagnostic::{Code, Problems, nearest};
use crate::scenario::source::Span;

/// Lists whose tables are one and the same where their `id` is.
const BY_ID: [&str; 4] = ["queue", "site", "contract", "hire"];
/// Lists whose tables are one and the same where their `name` is.
const BY_NAME: [&str; 2] = ["event", "activity"];
/// The one of these whose name may come again at another `from`: the forecast learns by name what such a day did the last time.
const COMES_AGAIN: &str = "event";

/// Ids that a later scenario took away: what still speaks of them is not wrong, it is gone too.
#[derive(Debug, Default)]
pub struct Removed {
    pub ids: Vec<(String, String)>,
}

/// `base` changed by `over`. With an empty base it finds ids that one file has twice.
pub fn merge(base: &mut Node, over: Node, removed: &mut Removed, problems: &mut Problems) {
    let Value::Table(over) = over.value else {
        return;
    };
    for entry in over {
        let key = entry.key.as_str();
        let identity = match key {
            key if BY_ID.contains(&key) || key == "agent" => Some("id"),
            key if BY_NAME.contains(&key) => Some("name"),
            _ => None,
        };
        match (identity, &entry.node.value) {
            (Some(identity), Value::List(_)) => {
                merge_named(base, entry, identity, removed, problems);
            }
            (None, Value::List(items))
                if items
                    .iter()
                    .all(|item| matches!(item.value, Value::Table(_))) =>
            {
                append(base, entry);
            }
            _ => replace(base, entry),
        }
    }
}

fn merge_named(
    base: &mut Node,
    entry: Entry,
    identity: &'static str,
    removed: &mut Removed,
    problems: &mut Problems,
) {
    let kind = entry.key.clone();
    let Value::List(items) = entry.node.value else {
        return;
    };
    let list = list_in(
        base,
        &kind,
        Entry {
            node: Node {
                span: entry.node.span,
                value: Value::List(Vec::new()),
            },
            ..entry
        },
    );
    let named = Named {
        kind: &kind,
        identity,
        names: items.iter().map(|item| written(item, identity)).collect(),
    };
    let mut of_base = list.len();
    let mut seen: Vec<(&String, Option<String>)> = Vec::new();
    for (mut item, id) in items.into_iter().zip(&named.names) {
        let Some(id) = id else {
            list.push(item);
            continue;
        };
        let span = item.get(identity).map_or(item.span, |node| node.span);
        let from = named.occurrence(&item);
        if seen.contains(&(id, from.clone())) {
            named.told_twice(id, from.as_deref(), span, problems);
            continue;
        }
        seen.push((id, from.clone()));
        let remove = item
            .get("remove")
            .is_some_and(|node| node.value == Value::Boolean(true));
        let met = named.met(&list[..of_base], id, from.as_ref(), remove);
        // People are in a CSV file: whether there is somebody to remove is known only later.
        if remove && kind != "agent" {
            if met.is_empty() {
                named.nothing_to_remove(id, from.as_deref(), list, span, problems);
                continue;
            }
            of_base -= met.len();
            for &at in met.iter().rev() {
                list.remove(at);
            }
            removed.ids.push((kind.clone(), id.clone()));
            continue;
        }
        if kind != "agent"
            && let Value::Table(entries) = &mut item.value
        {
            entries
                .retain(|entry| entry.key != "remove" || entry.node.value != Value::Boolean(false));
        }
        removed
            .ids
            .retain(|(known, gone)| *known != kind || gone != id);
        if met.is_empty() {
            list.push(item);
        } else {
            for at in met {
                deepen(&mut list[at], item.clone());
            }
        }
    }
}

/// The tables of one kind in one file, each known by what it says under `identity`.
struct Named<'a> {
    kind: &'a str,
    identity: &'static str,
    names: Vec<Option<String>>,
}

impl Named<'_> {
    /// What tells tables of one name apart, where a name may come again.
    fn occurrence(&self, table: &Node) -> Option<String> {
        (self.kind == COMES_AGAIN)
            .then(|| written(table, "from"))
            .flatten()
    }

    /// Which tables of the extended scenario one of this file changes or removes.
    fn met(&self, base: &[Node], id: &String, from: Option<&String>, remove: bool) -> Vec<usize> {
        let known: Vec<usize> = (0..base.len())
            .filter(|&at| written(&base[at], self.identity).as_ref() == Some(id))
            .collect();
        if from.is_none() {
            return known;
        }
        if let Some(&at) = (known.iter()).find(|&&at| self.occurrence(&base[at]).as_ref() == from) {
            return vec![at];
        }
        // The only one of its name is another day's now; beside several it is one more.
        let here = self.names.iter().flatten().filter(|name| *name == id);
        if known.len() == 1 && here.count() == 1 && !remove {
            return known;
        }
        Vec::new()
    }

    fn told_twice(&self, id: &str, from: Option<&str>, span: Span, problems: &mut Problems) {
        let Named { kind, identity, .. } = self;
        let same = from.map_or(String::new(), |from| format!(" from {from}"));
        let own = match *kind == COMES_AGAIN {
            true => "a `from`".to_owned(),
            false => format!("an {identity}"),
        };
        problems
            .error(
                Code::DuplicateId,
                span,
                format!("there are two [[{kind}]] with {identity} \"{id}\"{same} in this file"),
            )
            .hint(format!(
                "give each [[{kind}]] {own} of its own, or make one of the two"
            ));
    }

    fn nothing_to_remove(
        &self,
        id: &str,
        from: Option<&str>,
        list: &[Node],
        span: Span,
        problems: &mut Problems,
    ) {
        let known = list
            .iter()
            .filter_map(|node| node.get(self.identity).and_then(Node::text))
            .filter(|known| known.trim() != id);
        let when = from.map_or(String::new(), |from| format!(" from {from}"));
        let hint = nearest(id, known).map(|near| format!("did you mean \"{near}\"?"));
        problems
            .error(
                Code::NothingToRemove,
                span,
                format!("there is no {} \"{id}\"{when} to remove", self.kind),
            )
            .hint("only what an extended scenario has can be removed")
            .hint_if(hint);
    }
}

/// What a table says under `key`, if that is text or a date.
fn written(table: &Node, key: &str) -> Option<String> {
    match &table.get(key)?.value {
        Value::Text(text) | Value::Time(text) => Some(text.trim().to_owned()),
        _ => None,
    }
}

fn append(base: &mut Node, entry: Entry) {
    let key = entry.key.clone();
    let Value::List(items) = entry.node.value else {
        return;
    };
    let empty = Node {
        span: entry.node.span,
        value: Value::List(Vec::new()),
    };
    list_in(
        base,
        &key,
        Entry {
            node: empty,
            ..entry
        },
    )
    .extend(items);
}

/// The list under `key`, put there empty (as `fresh`) if there is none.
fn list_in<'a>(base: &'a mut Node, key: &str, fresh: Entry) -> &'a mut Vec<Node> {
    let entries = table_of(base);
    let at = entries
        .iter()
        .position(|entry| entry.key == key && matches!(entry.node.value, Value::List(_)))
        .unwrap_or_else(|| {
            entries.retain(|entry| entry.key != key);
            entries.push(fresh);
            entries.len() - 1
        });
    match &mut entries[at].node.value {
        Value::List(list) => list,
        _ => unreachable!("the entry was chosen, or made, to be a list"),
    }
}

fn table_of(node: &mut Node) -> &mut Vec<Entry> {
    if !matches!(node.value, Value::Table(_)) {
        node.value = Value::Table(Vec::new());
    }
    match &mut node.value {
        Value::Table(entries) => entries,
        _ => unreachable!("it was made a table above"),
    }
}

/// Key by key, in tables within tables as well; everything else is replaced.
fn deepen(base: &mut Node, over: Node) {
    if let Value::Table(entries) = over.value {
        for entry in entries {
            replace(base, entry);
        }
    }
}

fn replace(base: &mut Node, entry: Entry) {
    let entries = table_of(base);
    match entries.iter_mut().find(|known| known.key == entry.key) {
        None => entries.push(entry),
        Some(known) => match (&known.node.value, &entry.node.value) {
            (Value::Table(_), Value::Table(_)) => deepen(&mut known.node, entry.node),
            _ => *known = entry,
        },
    }
}
