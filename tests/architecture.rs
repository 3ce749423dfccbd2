//! The house as `docs/architecture.md` draws it: which room may use which, and which names stay in which files.
//!
//! Both tables are read from that page, so that the picture cannot differ from the code. Paths are resolved as Rust does it (`super::super::x`,
//! `use crate::{a, b::c}`, modules inside a file), with comments and strings left out.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

#[path = "architecture/paths.rs"]
mod paths;

use paths::{code_only, paths};

/// The page's tables.
struct House {
    /// What each room may use; `everything` stands alone.
    rooms: BTreeMap<String, Vec<String>>,
    /// A crate or module path, and the files or folders that alone may name it.
    only_in: Vec<(String, Vec<String>)>,
}

#[test]
fn rooms_use_only_what_the_page_allows() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/architecture.md"))
        .expect("docs/architecture.md can be read");
    let house = House::read(&page);
    let mut breaches = Vec::new();
    for file in rust_files(&root.join("src")) {
        let name = file
            .strip_prefix(root)
            .expect("it lies below the root")
            .to_string_lossy()
            .replace('\\', "/");
        let text = fs::read_to_string(&file).expect("a source file can be read");
        breaches.extend(house.breaches(&name, &text));
    }
    assert!(
        breaches.is_empty(),
        "against docs/architecture.md:\n{}",
        breaches.join("\n")
    );
}

#[test]
fn a_breach_is_found_however_it_is_written() {
    let house = House {
        rooms: [
            ("calendar", ""),
            ("scenario", "calendar"),
            ("roster", "calendar"),
            ("commands", "everything"),
        ]
        .map(|(room, uses)| (room.to_owned(), words(uses)))
        .into(),
        only_in: vec![
            ("good_lp".to_owned(), words("src/roster/engine/")),
            (
                "roster::engine".to_owned(),
                words("src/roster/engine/ src/roster/mod.rs"),
            ),
        ],
    };
    let count = |file: &str, text: &str| house.breaches(file, text).len();
    for allowed in [
        "use crate::calendar::Zone;",
        "use crate::roster::problem::Problem;",
        "use super::problem; use super::super::calendar::Zone;",
        "// use crate::scenario;\n/* crate::scenario */ const X: &str = \"crate::scenario \\\" crate::scenario\"; fn f<'a>(_: &'a str) {}",
        "const X: &str = r#\"crate::scenario \" use good_lp::x\"#; const C: char = '\"'; const D: char = '\\'';",
        "mod tests { use super::*; }",
        "fn f() { let good_lp = 1; }",
    ] {
        assert_eq!(
            house.breaches("src/roster/check.rs", allowed),
            Vec::<String>::new(),
            "{allowed}"
        );
    }
    for forbidden in [
        "use crate::scenario;",
        "fn f() { crate::scenario::load() }",
        "use crate::{calendar::Zone, scenario::{Queue, Site}};",
        "use super::super::scenario::Queue;",
        "mod tests { use super::super::super::scenario::Queue; }",
        "use super::super::*;",
        "use followsun::scenario::Queue;",
        "use good_lp::variable;",
        "fn f() { ::good_lp::variable() }",
        "use super::engine::Tours;",
        "use crate::roster::{check, engine};",
    ] {
        assert_eq!(count("src/roster/check.rs", forbidden), 1, "{forbidden}");
    }
    assert_eq!(
        count(
            "src/roster/rules/mod.rs",
            "use super::super::scenario::Queue;"
        ),
        1
    );
    assert_eq!(
        count(
            "src/roster/rules/rest.rs",
            "use super::super::engine::Tours;"
        ),
        1
    );
    assert_eq!(
        count(
            "src/roster/engine/model.rs",
            "use good_lp::variable; use super::search;"
        ),
        0
    );
    assert_eq!(
        count(
            "src/commands/plan.rs",
            "use crate::scenario::load; use crate::roster::plan;"
        ),
        0
    );
    assert_eq!(
        count("src/attic/mod.rs", ""),
        1,
        "a room that the page does not know"
    );
    assert_eq!(count("src/attic.rs", ""), 1);
    let found = house.breaches(
        "src/roster/check.rs",
        "\n\nuse crate::{\n    calendar::Zone,\n    scenario::Queue,\n};\n",
    );
    assert_eq!(
        found,
        ["src/roster/check.rs:5: `roster` may not use `scenario`"]
    );
}

impl House {
    /// Reads the tables that stand between `<!-- rooms -->` and `<!-- only in -->` and the next blank line after their head.
    fn read(page: &str) -> House {
        let cells = |mark: &str| -> Vec<(String, Vec<String>)> {
            let (_, after) = page
                .split_once(mark)
                .unwrap_or_else(|| panic!("the page has no {mark}"));
            let rows = after
                .lines()
                .skip_while(|line| !line.starts_with('|'))
                .take_while(|line| line.starts_with('|'));
            let rows = rows
                .skip(2)
                .map(|line| line.trim_matches('|').split('|').collect::<Vec<_>>());
            rows.map(|row| {
                (
                    in_backticks(row[0]).concat(),
                    in_backticks(row[row.len() - 1]),
                )
            })
            .collect()
        };
        let rooms: BTreeMap<_, _> = cells("<!-- rooms -->").into_iter().collect();
        for (room, uses) in &rooms {
            for used in uses {
                assert!(
                    rooms.contains_key(used) || used == "everything",
                    "`{room}` uses `{used}`, which is no room of the page"
                );
            }
        }
        House {
            rooms,
            only_in: cells("<!-- only in -->"),
        }
    }

    /// Everything in a file that the house forbids, with its place; `name` is the path from the root, such as `src/roster/check.rs`.
    fn breaches(&self, name: &str, text: &str) -> Vec<String> {
        let inside = name.strip_prefix("src/").unwrap_or(name);
        let mut module: Vec<String> = inside
            .trim_end_matches(".rs")
            .split('/')
            .map(str::to_owned)
            .collect();
        if matches!(
            module.last().map(String::as_str),
            Some("mod" | "lib" | "main")
        ) {
            module.pop();
        }
        let Some(room) = module.first().cloned() else {
            return Vec::new();
        };
        let Some(allowed) = self.rooms.get(&room) else {
            return vec![format!(
                "{name}: `{room}` is no room of docs/architecture.md"
            )];
        };
        let may_use = |other: &str| {
            other == room
                || allowed
                    .iter()
                    .any(|used| used == "everything" || used == other)
        };
        let mut breaches = Vec::new();
        for (line, path) in paths(&code_only(text), &module) {
            let inside_crate = path.first().is_some_and(|first| first == "crate");
            let segments = if inside_crate { &path[1..] } else { &path[..] };
            match segments.first().map(String::as_str) {
                None | Some("*") if inside_crate => breaches.push(format!(
                    "{name}:{line}: `{room}` takes in every room at once"
                )),
                Some(other)
                    if inside_crate && self.rooms.contains_key(other) && !may_use(other) =>
                {
                    breaches.push(format!("{name}:{line}: `{room}` may not use `{other}`"));
                }
                _ => {}
            }
            for (guarded, homes) in &self.only_in {
                let wanted: Vec<&str> = guarded.split("::").collect();
                let named = inside_crate == (wanted.len() > 1) && segments.len() >= wanted.len();
                let named = named
                    && wanted
                        .iter()
                        .zip(segments)
                        .all(|(wanted, segment)| wanted == segment);
                if named
                    && !homes.iter().any(|home| {
                        name == home || (home.ends_with('/') && name.starts_with(home.as_str()))
                    })
                {
                    breaches.push(format!(
                        "{name}:{line}: `{guarded}` may be named only in {}",
                        homes.join(", ")
                    ));
                }
            }
        }
        breaches.dedup();
        breaches
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn in_backticks(cell: &str) -> Vec<String> {
    cell.split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder can be read") {
        let path = entry.expect("an entry can be read").path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
