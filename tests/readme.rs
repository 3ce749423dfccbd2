//! The README is true: its commands run as written, its files are there, and every message's code has its line in docs/errors.md.

mod common;

use std::path::{Path, PathBuf};

use common::*;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(name: &str) -> String {
    std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The lines of the blocks that people are to type.
fn commands(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut typed = false;
    for line in text.lines() {
        match line {
            "```sh" | "```console" => typed = true,
            "```" => typed = false,
            line if typed && !line.trim().is_empty() => {
                lines.push(line.trim().trim_start_matches("$ ").to_owned())
            }
            _ => {}
        }
    }
    lines
}

#[test]
fn every_command_runs_as_written() {
    let makefile = read("Makefile");
    let temp = Temp::new("readme");
    for folder in ["harbour", "harbour-chatbot", "harbour-japan"] {
        let folder = Path::new("scenarios").join(folder);
        copy(&root().join(&folder), &temp.path().join(&folder));
    }
    let mut ran = Vec::new();
    for line in commands(&read("README.md")) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[0] {
            "make" => {
                let target = words[1];
                assert!(
                    makefile
                        .lines()
                        .any(|rule| rule.starts_with(&format!("{target}:"))),
                    "{line}: no such target in the Makefile"
                );
                for variable in words[2..]
                    .iter()
                    .map(|word| word.split('=').next().unwrap())
                {
                    assert!(
                        makefile
                            .lines()
                            .any(|rule| rule.starts_with(&format!("{variable} ="))),
                        "{line}: no such variable in the Makefile"
                    );
                }
            }
            "followsun" => {
                let ended = run(temp.path(), &words[1..]);
                assert_eq!(ended.status, Some(0), "{line}\n{}{}", ended.out, ended.err);
                ran.push(words[1].to_owned());
            }
            other => panic!("{line}: the test does not know {other}"),
        }
    }
    for command in [
        "check", "plan", "forecast", "staff", "backtest", "simulate", "schema", "compare", "hire",
    ] {
        assert!(
            ran.iter().any(|known| known == command),
            "the README does not show {command}"
        );
    }
    for file in [
        "report.html",
        "roster.xlsx",
        "payroll.csv",
        "roster.csv",
        "forecast.csv",
        "requirement.csv",
        "service.csv",
        "summary.json",
    ] {
        assert!(
            read("README.md").contains(&format!("`{file}`")),
            "{file} is not in the README"
        );
        assert!(
            temp.join("roster").join(file).exists(),
            "{file} was not written"
        );
    }
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}

#[test]
fn every_link_leads_somewhere() {
    let pages = [
        "README.md",
        "docs/errors.md",
        "docs/guide.md",
        "docs/expansion.md",
        "docs/building.md",
        "docs/architecture.md",
        "docs/rules.md",
    ];
    for page in pages {
        let text = read(page);
        let folder: PathBuf = root().join(page).parent().unwrap().to_owned();
        for link in text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
        {
            let file = link.split('#').next().unwrap();
            assert!(
                link.starts_with("https://") || file.is_empty() || folder.join(file).exists(),
                "{page}: {link}"
            );
        }
    }
}

#[test]
fn every_code_is_explained() {
    let page = read("docs/errors.md");
    let explained = |code: &str| {
        page.lines()
            .filter(|line| line.starts_with(&format!("| `{code}` | ")))
            .count()
    };
    for code in followsun::scenario::Code::ALL {
        assert_eq!(explained(code.name()), 1, "{code}");
    }
    for kind in followsun::history::FindingKind::ALL {
        assert_eq!(explained(kind.name()), 1, "{}", kind.name());
    }
    let known = followsun::scenario::Code::ALL.len() + followsun::history::FindingKind::ALL.len();
    assert_eq!(
        page.lines().filter(|line| line.starts_with("| `")).count(),
        known,
        "a code that does not exist is explained"
    );
}
