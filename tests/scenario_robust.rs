//! No text makes the loader fall over: it gives a scenario or problems with places that are there.

mod scenario_support;

use followsun::scenario::{Diagnostic, Memory, render};
use proptest::prelude::*;
use scenario_support::{AGENTS, SCENARIO, files, load};

fn sound(problems: &[Diagnostic]) {
    for place in problems.iter().filter_map(|problem| problem.place.as_ref()) {
        assert!(place.marked.end <= place.text.len() && place.line > 0);
        assert!(place.text.get(place.marked.clone()).is_some());
    }
    let _ = render(problems, true);
}

fn check(files: &Memory) {
    match load(files) {
        Ok(loaded) => sound(&loaded.warnings),
        Err(problems) => {
            assert!(problems.iter().any(Diagnostic::is_error));
            sound(&problems);
        }
    }
}

/// Text with one piece replaced by another, at the borders of characters.
fn mutated(text: &str, at: usize, length: usize, piece: &str) -> String {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let (from, to) = (floor(at), floor(at + length));
    format!("{}{piece}{}", &text[..from], &text[to..])
}

const STAFF: &str = "agents = \"agents.csv\"\nabsences = \"x.csv\"\nrequests = \"x.csv\"\nlocked = \"x.csv\"\nprevious = \"x.csv\"";

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_bytes_as_csv(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let files = files("agents = \"agents.csv\"", STAFF, &[]);
        check(&files.clone().with("s/x.csv", bytes.clone()));
        check(&files.with("s/agents.csv", bytes));
    }

    #[test]
    fn any_text_of_csv_letters(text in "[a12,;\"\r\n \tä:TZ0-9-]{0,200}") {
        let header = "agent,start,end,date,wants,shift,start_utc,end_utc,reason,paid,weight\n";
        let files = files("agents = \"agents.csv\"", STAFF, &[]);
        check(&files.clone().with("s/x.csv", format!("agent,start,end\n{text}")));
        check(&files.clone().with("s/x.csv", format!("{header}{text}")));
        check(&files.with("s/agents.csv", format!("{AGENTS}{text}")));
    }

    #[test]
    fn any_slip_in_the_scenario(
        at in 0..SCENARIO.len(),
        length in 0usize..40,
        piece in "[a-z\"=\\[\\]{}0-9., \n#'ä-]{0,12}",
    ) {
        let text = mutated(SCENARIO, at, length, &piece);
        check(&files("", "", &[]).with("s/scenario.toml", text));
    }

    #[test]
    fn any_value_for_any_key(
        line in 0usize..48,
        value in prop::sample::select(vec![
            "-1", "0", "1e308", "nan", "-inf", "9223372036854775807", "\"\"", "[]", "{}", "[[]]", "true",
            "2026-10-19", "0001-01-01", "9999-12-31T23:59:59Z", "\"99999999999w\"", "\"00:00-00:00\"", "\"ä\"",
            "[{}, 1, \"x\"]", "{ min = 1e9, max = 1e9 }", "{ x = { y = 1 } }",
        ]),
    ) {
        let lines: Vec<&str> = SCENARIO.lines().collect();
        prop_assume!(line < lines.len() && lines[line].contains(" = "));
        let key = lines[line].split(" = ").next().unwrap_or_default();
        let text = SCENARIO.replacen(lines[line], &format!("{key} = {value}"), 1);
        check(&files("", "", &[]).with("s/scenario.toml", text));
    }
}
