//! The same scenario, seed and effort give the same bytes, on one thread, on two, and once more.

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use common::*;

/// Every file under a folder, by its path; `seconds` of the summary, which is about the clock, left out.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let mut bytes = std::fs::read(&path).unwrap();
            if path.ends_with("summary.json") {
                let text = String::from_utf8(bytes).unwrap();
                let without = |text: &str| {
                    text.lines()
                        .filter(|line| !line.starts_with("  \"seconds\": "))
                        .map(|line| format!("{line}\n"))
                        .collect::<String>()
                };
                assert_eq!(
                    without(&text).lines().count() + 1,
                    text.lines().count(),
                    "one line of seconds"
                );
                bytes = without(&text).into_bytes();
            }
            found.insert(
                path.strip_prefix(folder).unwrap().display().to_string(),
                bytes,
            );
        }
    }
    found
}

#[test]
fn on_any_number_of_threads_and_every_time() {
    let temp = Temp::new("bytes");
    Team::small().write(&temp.join("team"));
    let plan = |out: &str, more: &[&str]| {
        let mut arguments = vec![
            "plan", "team", "--out", out, "--effort", "12", "--rounds", "2", "--days", "280",
            "--quiet",
        ];
        arguments.extend(more);
        run(temp.path(), &arguments).well();
        files(&temp.join(out))
    };
    let one = plan("one", &["--threads", "1"]);
    assert_eq!(one.len(), 10 + 6, "{:?}", one.keys());
    for (out, more) in [
        ("two", ["--threads", "2"]),
        ("again", ["--threads", "2"]),
        ("five", ["--threads", "5"]),
    ] {
        let other = plan(out, &more);
        let different: Vec<&String> = one
            .keys()
            .chain(other.keys())
            .filter(|name| one.get(*name) != other.get(*name))
            .collect();
        assert!(different.is_empty(), "{out}: {different:?} differ");
    }
    let seeded = plan("seeded", &["--seed", "99"]);
    assert_ne!(
        seeded["service.csv"], one["service.csv"],
        "another seed plays other days"
    );
    assert_eq!(
        seeded["forecast.csv"], one["forecast.csv"],
        "the forecast has nothing to do with chance"
    );
}
