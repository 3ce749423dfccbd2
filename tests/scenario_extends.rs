//! A scenario that extends another is the other with changes.

mod scenario_support;

use std::path::Path;

use followsun::scenario::{Code, Memory, Scenario, load_with, render};
use scenario_support::files;

fn with(over: &str) -> Memory {
    files("", "", &[]).with("over/scenario.toml", format!("extends = \"../s\"\n{over}"))
}

fn good(files: &Memory) -> Scenario {
    match load_with(files, Path::new("over/scenario.toml")) {
        Ok(loaded) => loaded.scenario,
        Err(problems) => panic!("{}", render(&problems, false)),
    }
}

fn bad(files: &Memory) -> String {
    match load_with(files, Path::new("over")) {
        Ok(loaded) => render(&loaded.warnings, false),
        Err(problems) => render(&problems, false),
    }
}

#[test]
fn nothing_changed_is_the_other() {
    let scenario = good(&with(""));
    assert_eq!(scenario, scenario_support::good(&files("", "", &[])));
}

#[test]
fn tables_with_the_same_id_are_merged_key_by_key() {
    let scenario = good(&with(
        "name = \"Over\"\n[[queue]]\nid = \"en-phone\"\ntarget = { answered = 0.9 }\npatience = \"4m\"\n",
    ));
    let queue = &scenario.queues[0];
    assert_eq!((scenario.name.as_str(), scenario.queues.len()), ("Over", 2));
    assert_eq!(
        (queue.target.answered, queue.target.within_seconds),
        (0.9, 20)
    );
    assert_eq!(queue.patience_seconds, Some(240.0));
}

#[test]
fn new_tables_are_added_and_removed_ones_are_gone_with_what_speaks_of_them() {
    let base = "[[event]]\nname = \"e\"\nqueues = [\"en-chat\", \"en-phone\"]\nfrom = 2026-10-20T08:00:00\nto = 2026-10-21T08:00:00\n";
    let files = files("", base, &[]).with(
        "over/scenario.toml",
        "extends = \"../s/scenario.toml\"\n[[queue]]\nid = \"en-chat\"\nremove = true\n[[queue]]\nid = \"lt-phone\"\nlanguage = \"lt\"\nchannel = \"phone\"\ntime_zone = \"Europe/Vilnius\"\ntarget = { answered = 0.8, within = \"20s\" }\n[[event]]\nname = \"e\"\ncontacts = 1.5\n",
    );
    let scenario = good(&files);
    let ids: Vec<&str> = scenario
        .queues
        .iter()
        .map(|queue| queue.id.as_str())
        .collect();
    assert_eq!(ids, ["en-phone", "lt-phone"]);
    assert_eq!(
        (scenario.events.len(), scenario.events[0].spans.len()),
        (1, 1)
    );
    assert_eq!(scenario.events[0].contacts, 1.5);
    assert_eq!(scenario.history.unwrap().removed, ["en-chat"]);
}

/// A campaign that comes again keeps its name: the forecast learns from what it did before.
#[test]
fn events_of_one_name_are_told_apart_by_when_they_begin() {
    let event =
        |from: &str, rest: &str| format!("[[event]]\nname = \"sale\"\nfrom = {from}\n{rest}");
    let whole = |from: &str, to: &str| event(from, &format!("to = {to}\nqueues = \"*\"\n"));
    let base = whole("2025-11-28", "2025-11-28") + &whole("2026-05-29", "2026-05-29");
    let months = |over: String| {
        let files =
            files("", &base, &[]).with("over/scenario.toml", format!("extends = \"../s\"\n{over}"));
        let scenario = good(&files);
        (scenario.events.iter())
            .map(|event| (event.from.format("%Y-%m").to_string(), event.contacts))
            .collect::<Vec<_>>()
    };
    let is = |told: &[(&str, f64)]| -> Vec<(String, f64)> {
        told.iter()
            .map(|&(at, factor)| (at.to_owned(), factor))
            .collect()
    };
    assert_eq!(
        months(String::new()),
        is(&[("2025-11", 1.0), ("2026-05", 1.0)])
    );
    assert_eq!(
        months(whole("2026-10-20", "2026-10-20")),
        is(&[("2025-11", 1.0), ("2026-05", 1.0), ("2026-10", 1.0)]),
        "one more"
    );
    assert_eq!(
        months(event("2026-05-29", "contacts = 2.0\n")),
        is(&[("2025-11", 1.0), ("2026-05", 2.0)]),
        "that one is changed"
    );
    assert_eq!(
        months("[[event]]\nname = \"sale\"\ncontacts = 3.0\n".to_owned()),
        is(&[("2025-11", 3.0), ("2026-05", 3.0)]),
        "without a date, all of them"
    );
    assert_eq!(
        months(event("2025-11-28", "remove = true\n")),
        is(&[("2026-05", 1.0)])
    );
    let wrong = |over: String| {
        bad(&files("", &base, &[])
            .with("over/scenario.toml", format!("extends = \"../s\"\n{over}")))
    };
    let told = wrong(event("2026-10-20", "remove = true\n"));
    assert!(
        told.contains("there is no event \"sale\" from 2026-10-20 to remove"),
        "{told}"
    );
    let twice = wrong(whole("2026-10-20", "2026-10-20") + &whole("2026-10-20", "2026-10-21"));
    assert!(
        twice.contains("error[duplicate-id]")
            && twice.contains("two [[event]] with name \"sale\" from 2026-10-20 in this file")
            && twice.contains("give each [[event]] a `from` of its own"),
        "{twice}"
    );
}

/// The only event of its name is moved by another `from`.
#[test]
fn the_only_event_of_its_name_can_be_moved() {
    let base = "[[event]]\nname = \"e\"\nqueues = \"*\"\nfrom = 2026-10-20\nto = 2026-10-20\n";
    let files = files("", base, &[]).with(
        "over/scenario.toml",
        "extends = \"../s\"\n[[event]]\nname = \"e\"\nfrom = 2026-10-22\nto = 2026-10-22\n",
    );
    let events = good(&files).events;
    assert_eq!(
        (events.len(), events[0].from.to_string().as_str()),
        (1, "2026-10-22 00:00:00")
    );
}

#[test]
fn people_are_changed_added_and_removed_by_id() {
    let over = "[[agent]]\nid = \"a1\"\nremove = true\n[[agent]]\nid = \"a2\"\nlanguages = [\"en:0.5\"]\n[[agent]]\nid = \"a3\"\nsite = \"vilnius\"\ncontract = \"full-time\"\nlanguages = \"en;lt\"\nchannels = [\"phone\"]\n";
    let absences = "agent,start,end\na1,2026-10-20,2026-10-20\n";
    let line = "agents = \"agents.csv\"\nabsences = \"absences.csv\"";
    let files = files(
        "agents = \"agents.csv\"",
        line,
        &[("absences.csv", absences)],
    )
    .with("over/scenario.toml", format!("extends = \"../s\"\n{over}"));
    let scenario = good(&files);
    let ids: Vec<&str> = scenario
        .agents
        .iter()
        .map(|agent| agent.id.as_str())
        .collect();
    assert_eq!(ids, ["a2", "a3"]);
    assert_eq!(scenario.agents[0].languages[0].speed, 0.5);
    assert_eq!(scenario.agents[0].name, "Ben");
    assert_eq!(scenario.agents[1].languages.len(), 2);
    assert!(scenario.absences.is_empty());
    let place = &scenario.agents[1].place;
    assert_eq!((&*place.file, place.line), ("over/scenario.toml", 9));
}

#[test]
fn lists_without_ids_grow() {
    let change = "[[change]]\nqueues = \"*\"\ncontacts = 0.9\n";
    let files = files("", change, &[]).with(
        "over/scenario.toml",
        format!("extends = \"../s\"\n{change}"),
    );
    assert_eq!(good(&files).changes.len(), 2);
}

#[test]
fn paths_belong_to_the_file_that_names_them() {
    let files = with("[staff]\nrequests = \"wishes.csv\"\n")
        .with("over/wishes.csv", "agent,date,wants\na1,2026-10-20,off\n");
    let scenario = good(&files);
    assert_eq!((scenario.agents.len(), scenario.requests.len()), (2, 1));
    assert_eq!(
        scenario.history.unwrap().files,
        [Path::new("s/history.csv")]
    );
}

#[test]
fn chains_are_followed() {
    let files = with("weeks = 2\n").with(
        "third/scenario.toml",
        "extends = \"../over/scenario.toml\"\nname = \"Third\"\n",
    );
    let loaded = load_with(&files, Path::new("third")).unwrap();
    assert_eq!(
        (loaded.scenario.name.as_str(), loaded.scenario.weeks),
        ("Third", 2)
    );
}

#[test]
fn problems_point_into_the_file_that_has_them() {
    let text = bad(&with(
        "\n[[queue]]\nid = \"en-phone\"\ntarget = { answered = 90 }\n",
    ));
    assert!(text.contains("--> over/scenario.toml:5:23"), "{text}");
    let broken = files("answered = 0.80", "answered = 80", &[])
        .with("over/scenario.toml", "extends = \"../s\"\n");
    assert!(bad(&broken).contains("--> s/scenario.toml:22:23"));
}

#[test]
fn what_is_not_there_cannot_be_removed() {
    let text = bad(&with("[[queue]]\nid = \"en-fone\"\nremove = true\n"));
    assert!(
        text.contains("there is no queue \"en-fone\" to remove"),
        "{text}"
    );
    assert!(text.contains("did you mean \"en-phone\"?"), "{text}");
    let text = bad(&with("[[agent]]\nid = \"b1\"\nremove = true\n"));
    assert!(
        text.contains("there is no agent \"b1\" to remove"),
        "{text}"
    );
}

#[test]
fn who_still_needs_a_removed_site_hears_that_it_was_removed() {
    let text = bad(&with(
        "[[site]]\nid = \"vilnius\"\nremove = true\n[[site]]\nid = \"riga\"\ntime_zone = \"Europe/Riga\"\n",
    ));
    assert!(text.contains("the site \"vilnius\" was removed"), "{text}");
}

#[test]
fn a_scenario_that_extends_itself_is_an_error() {
    let files = Memory::default()
        .with("a/scenario.toml", "extends = \"../b\"\n")
        .with("b/scenario.toml", "extends = \"../a/scenario.toml\"\n");
    let problems = load_with(&files, Path::new("a")).unwrap_err();
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].code, Code::ExtendsCycle);
}

#[test]
fn a_missing_base_is_said_together_with_slips_of_this_file() {
    let files = Memory::default().with("over/scenario.toml", "extends = \"../none\"\nweek = 2\n");
    let text = bad(&files);
    assert!(text.contains("there is no scenario none"), "{text}");
    assert!(text.contains("did you mean `weeks`?"), "{text}");
    assert!(text.ends_with("2 errors\n"), "{text}");
}
