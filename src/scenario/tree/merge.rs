//! A scenario that extends another is the other with changes.

use super::{Entry, Node, Value};
use crate::scenario::diagnostic::{Code, Problems, nearest};

/// Lists whose tables are one and the same where their `id` is.
const BY_ID: [&str; 4] = ["queue", "site", "contract", "hire"];
/// Lists whose tables are one and the same where their `name` is.
const BY_NAME: [&str; 2] = ["event", "activity"];

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
    identity: &str,
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
    let mut seen: Vec<String> = Vec::new();
    for mut item in items {
        let id = item
            .get(identity)
            .and_then(Node::text)
            .map(|id| id.trim().to_owned());
        let Some(id) = id else {
            list.push(item);
            continue;
        };
        let span = item.get(identity).map_or(item.span, |node| node.span);
        if seen.contains(&id) {
            problems
                .error(
                    Code::DuplicateId,
                    span,
                    format!("there are two [[{kind}]] with {identity} \"{id}\" in this file"),
                )
                .hint(format!(
                    "give each [[{kind}]] an {identity} of its own, or make one of the two"
                ));
            continue;
        }
        seen.push(id.clone());
        let same = |node: &Node| {
            node.get(identity)
                .and_then(Node::text)
                .is_some_and(|known| known.trim() == id)
        };
        let at = list.iter().position(same);
        let remove = item
            .get("remove")
            .is_some_and(|node| node.value == Value::Boolean(true));
        // People are in a CSV file: whether there is somebody to remove is known only later.
        if remove && kind != "agent" {
            match at {
                Some(at) => {
                    list.remove(at);
                    removed.ids.push((kind.clone(), id));
                }
                None => {
                    let known = list
                        .iter()
                        .filter_map(|node| node.get(identity).and_then(Node::text));
                    let message = format!("there is no {kind} \"{id}\" to remove");
                    let hint = nearest(&id, known).map(|near| format!("did you mean \"{near}\"?"));
                    problems
                        .error(Code::NothingToRemove, span, message)
                        .hint("only what an extended scenario has can be removed")
                        .hint_if(hint);
                }
            }
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
            .retain(|(known, gone)| *known != kind || *gone != id);
        match at {
            Some(at) => deepen(&mut list[at], item),
            None => list.push(item),
        }
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
