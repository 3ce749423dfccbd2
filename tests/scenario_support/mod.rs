//! A small scenario in memory, and ways to break it.
#![allow(
    dead_code,
    reason = "each test file that includes this uses a part of it"
)]

use std::path::Path;

use followsun::scenario::{Code, Diagnostic, Loaded, Memory, Scenario, load_with, render};

pub const SCENARIO: &str = r#"name = "Small"
start = 2026-10-19
weeks = 1
interval = "30m"
time_zone = "Europe/Vilnius"
currency = "EUR"

[history]
files = ["history.csv"]

[staff]
agents = "agents.csv"

[shrinkage]
default = 0.08

[[queue]]
id = "en-phone"
language = "en"
channel = "phone"
time_zone = "Europe/London"
target = { answered = 0.80, within = "20s" }
patience = "2m30s"

[[queue]]
id = "en-chat"
language = "en"
channel = "chat"
time_zone = "Europe/London"
target = { answered = 0.80, within = "60s" }
concurrency = 3

[[site]]
id = "vilnius"
time_zone = "Europe/Vilnius"
country = "LT"

[[contract]]
id = "full-time"
paid_hours_per_week = { min = 30, max = 40 }
days_per_week = { min = 4, max = 5 }
shift_lengths = ["8h"]
shift_starts = { every = "30m" }
rest_between_shifts = "11h"
breaks = [{ name = "meal", length = "30m", after = "3h", before = "5h30m", if_shift_over = "6h" }]
cost_per_hour = 15.0
"#;

pub const AGENTS: &str = "id,name,site,contract,role,languages,channels,window
a1,Ann,vilnius,full-time,agent,en,phone;chat,
a2,Ben,vilnius,full-time,supervisor,en;lt:0.8,phone;chat,06:00-22:00
";

/// The small scenario with one text replaced by another (both empty: as it is) and more files.
pub fn files(from: &str, to: &str, more: &[(&str, &str)]) -> Memory {
    assert!(SCENARIO.contains(from), "the scenario has no {from}");
    let text = if from.is_empty() {
        format!("{SCENARIO}{to}")
    } else {
        SCENARIO.replacen(from, to, 1)
    };
    let files = Memory::default()
        .with("s/scenario.toml", text)
        .with("s/agents.csv", AGENTS)
        .with("s/history.csv", "queue,start,contacts,handle_time_s\n");
    more.iter().fold(files, |files, (name, text)| {
        files.with(format!("s/{name}"), *text)
    })
}

pub fn load(files: &Memory) -> Result<Loaded, Vec<Diagnostic>> {
    load_with(files, Path::new("s"))
}

/// The scenario, which must have no error.
pub fn good(files: &Memory) -> Scenario {
    match load(files) {
        Ok(loaded) => loaded.scenario,
        Err(problems) => panic!("{}", render(&problems, false)),
    }
}

/// The problems of a scenario, warnings among them, whether it can be used or not.
pub fn problems(files: &Memory) -> Vec<Diagnostic> {
    match load(files) {
        Ok(loaded) => loaded.warnings,
        Err(problems) => problems,
    }
}

pub fn rendered(files: &Memory) -> String {
    render(&problems(files), false)
}

/// Asserts that exactly these problems are found, each by its code, its line and a part of its message or hint.
pub fn expect(files: &Memory, expected: &[(Code, usize, &str)]) {
    let found = problems(files);
    let text = render(&found, false);
    assert_eq!(found.len(), expected.len(), "{text}");
    for (problem, (code, line, words)) in found.iter().zip(expected) {
        let place = problem.place.as_ref().map_or(0, |place| place.line);
        let hint = problem.hint.as_deref().unwrap_or("");
        assert!(!hint.is_empty(), "no hint: {text}");
        assert_eq!((problem.code, place), (*code, *line), "{text}");
        let all = format!("{} {hint}", problem.message);
        assert!(all.contains(words), "no \"{words}\" in: {text}");
    }
}
