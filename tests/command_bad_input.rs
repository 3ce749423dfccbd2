//! Whatever is wrong with what people give ends in a message that says where and how to mend it, exit 1, and nothing half written.

mod common;

use common::*;

/// Plans a team that is wrong and holds it against what must be said: the code, the place, and a word of the remedy.
#[track_caller]
fn wrong(team: Team, said: &[&str]) {
    let temp = Temp::new("wrong");
    team.write(&temp.join("team"));
    for command in ["plan", "check"] {
        let ran = if command == "plan" {
            plan_quickly(temp.path(), &[])
        } else {
            run(temp.path(), &["check", "team"])
        };
        assert_eq!(ran.status, Some(1), "{command}: {}{}", ran.out, ran.err);
        for said in said {
            assert!(
                ran.err.contains(said),
                "{command}: {said:?} is not in\n{}",
                ran.err
            );
        }
        assert_eq!(
            ran.out, "",
            "{command} says what is wrong on standard error"
        );
        assert!(
            !temp.join("out").exists(),
            "{command} left an output folder"
        );
    }
}

/// Plans a team that is odd but right.
#[track_caller]
fn right(team: Team) -> Ran {
    let temp = Temp::new("right");
    team.write(&temp.join("team"));
    plan_quickly(temp.path(), &[]).well()
}

fn scenario(from: &str, to: &str) -> Team {
    Team::small().changed("scenario.toml", from, to)
}

fn agents(from: &str, to: &str) -> Team {
    Team::small().changed("agents.csv", from, to)
}

#[test]
fn types_units_and_ranges() {
    wrong(
        scenario("weeks = 1", "weeks = \"one\""),
        &["error[wrong-type]", "scenario.toml:3:9", "weeks = 1"],
    );
    wrong(
        scenario("within = \"20s\"", "within = \"20 parsecs\""),
        &["error[bad-duration]", "scenario.toml:24:38", "\"2m30s\""],
    );
    wrong(
        scenario("within = \"20s\"", "within = 20"),
        &[
            "error[wrong-type]",
            "scenario.toml:24:38",
            "within = \"20s\"",
        ],
    );
    wrong(
        scenario("answered = 0.80", "answered = 80"),
        &[
            "error[bad-value]",
            "scenario.toml:24:23",
            "write 80 % as 0.80",
        ],
    );
    wrong(
        scenario("patience = \"2m\"", "patiense = \"2m\""),
        &[
            "error[unknown-key]",
            "scenario.toml:25:1",
            "did you mean `patience`?",
        ],
    );
    wrong(
        scenario("interval = \"30m\"", "interval = \"25m\""),
        &["error[bad-value]", "scenario.toml:4:12", "\"30m\""],
    );
    wrong(
        scenario("weeks = 1", "weeks ="),
        &["error[toml-syntax]", "scenario.toml:3:"],
    );
}

#[test]
fn names_that_nobody_knows_or_that_are_there_twice() {
    wrong(
        agents("Ąžuolas,vilnius", "Ąžuolas,vilnus"),
        &[
            "error[unknown-name]",
            "agents.csv:5:18",
            "did you mean \"vilnius\"?",
        ],
    );
    wrong(
        agents(
            "Ąžuolas,vilnius,full,agent,lt",
            "Ąžuolas,vilnius,full,agent,ltt",
        ),
        &[
            "error[nothing-to-serve]",
            "agents.csv:5:1",
            "did you mean the language \"lt\"?",
        ],
    );
    wrong(
        agents(
            "Ąžuolas,vilnius,full,agent,lt,phone",
            "Ąžuolas,vilnius,full,agent,lt,email",
        ),
        &[
            "error[nothing-to-serve]",
            "agents.csv:5:1",
            "\"v4\" can serve no queue",
        ],
    );
    wrong(
        agents("v4,", "v3,"),
        &["error[duplicate-id]", "agents.csv:5:1", "line 4"],
    );
    wrong(
        scenario("id = \"en-phone\"", "id = \"lt-phone\""),
        &["error[duplicate-id]", "scenario.toml:28:6"],
    );
    let queue = "[[queue]]\nid = \"pl-phone\"\nlanguage = \"pl\"\nchannel = \"phone\"\ntime_zone = \"Europe/Warsaw\"\nhours = \"24/7\"\ntarget = { answered = 0.8, within = \"20s\" }\n\n[[site]]";
    wrong(
        scenario("[[site]]", queue),
        &[
            "error[nobody-serves]",
            "scenario.toml:44:1",
            "nobody speaks \"pl\"",
        ],
    );
    wrong(
        Team::small().with("agents.csv", SMALL_AGENTS.lines().next().unwrap()),
        &["error[missing-key]", "nobody is on the roster"],
    );
}

#[test]
fn absences_and_locked_shifts_that_cannot_be() {
    let absences = "agent,start,end,reason,paid\nv1,2026-11-24T00:00,2026-11-26T00:00,leave,true\nv1,2026-11-25T00:00,2026-11-27T00:00,training,true\n";
    wrong(
        Team::small().with_staff("absences", absences),
        &[
            "error[overlapping-absences]",
            "absences.csv:3:1",
            "line 2",
            "mend the dates",
        ],
    );
    let locked =
        |rows: &str| Team::small().with_staff("locked", &format!("agent,start,end\n{rows}\n"));
    wrong(
        locked("v1,2026-11-24T08:00,2026-11-24T14:00"),
        &[
            "error[locked-shift]",
            "locked.csv:2:1",
            "the rule shift_lengths: it is 6h long",
        ],
    );
    wrong(
        locked("v1,2026-11-24T08:10,2026-11-24T16:40"),
        &["locked.csv:2:1", "the rule shift_starts"],
    );
    wrong(
        locked("v3,2026-11-24T11:30,2026-11-24T20:00"),
        &[
            "locked.csv:2:1",
            "the rule window: it is 11:30 to 20:00 local time",
        ],
    );
    let close = "v1,2026-11-24T12:00,2026-11-24T20:30\nv1,2026-11-25T07:00,2026-11-25T15:30";
    wrong(
        locked(close),
        &[
            "locked.csv:3:1",
            "the rule rest_between_shifts: it leaves 10h30m of rest after the locked shift in line 2",
        ],
    );
    let away = "agent,start,end,reason,paid\nv1,2026-11-24T09:00,2026-11-24T10:00,dentist,true\n";
    wrong(
        locked("v1,2026-11-24T08:00,2026-11-24T16:30").with_staff("absences", away),
        &["locked.csv:2:1", "the rule absence", "absences.csv:2"],
    );
    let last_week =
        "agent,shift,activity,start_utc,end_utc\nv1,1,work,2026-11-22T18:00Z,2026-11-23T02:00Z\n";
    wrong(
        locked("v1,2026-11-23T07:00,2026-11-23T15:30").with_staff("previous", last_week),
        &[
            "locked.csv:2:1",
            "the rule rest_between_shifts: it leaves 3h of rest",
            "previous.csv:2",
        ],
    );
}

#[test]
fn every_problem_in_one_run() {
    let team = scenario("answered = 0.80", "answered = 80")
        .changed("agents.csv", "v4,", "v3,")
        .changed("agents.csv", "vilnius", "vilna");
    wrong(
        team,
        &[
            "scenario.toml:24:23",
            "agents.csv:2:",
            "agents.csv:5:1",
            "3 errors",
        ],
    );
}

#[test]
fn histories_that_say_something_else() {
    let history = |change: &dyn Fn(&str) -> String| {
        let team = Team::small();
        let text = change(&team.text("history.csv"));
        team.with("history.csv", text)
    };
    wrong(
        history(&|text| text.replace("Z,", ",")),
        &[
            "error[history-no-zone]",
            "history.csv:2, column start",
            "2026-10-25T03:30+02:00",
        ],
    );
    wrong(
        history(&|text| text.replace("contacts", "calls")),
        &[
            "error[history-missing-column]",
            "history.csv:1",
            "queue,start,contacts,handle_time_s",
        ],
    );
    wrong(
        history(&|text| format!("{text}lt-phone,2026-11-20T18:00Z,-3,200\n")),
        &["error[history-negative]", "history.csv:1202", "0 if none"],
    );
    wrong(
        history(&|text| format!("{text}lt-phone,2026-11-20T18:00Z,many,200\n")),
        &[
            "error[history-bad-number]",
            "history.csv:1202, column contacts",
        ],
    );
    wrong(
        history(&|_| String::new()),
        &["this history is empty", "history.csv"],
    );
}

#[test]
fn histories_too_short_to_forecast_from() {
    let short = |change: &dyn Fn(&str) -> String, said: &[&str]| {
        let team = Team::small();
        let text = change(&team.text("history.csv"));
        let temp = Temp::new("short");
        team.with("history.csv", text).write(&temp.join("team"));
        let ran = plan_quickly(temp.path(), &["--quiet"]);
        assert_eq!(ran.status, Some(1), "{}", ran.err);
        for said in said {
            assert!(ran.err.contains(said), "{said:?} is not in\n{}", ran.err);
        }
        assert!(!temp.join("out").exists());
    };
    short(
        &|text| {
            text.lines()
                .take(3)
                .map(|line| format!("{line}\n"))
                .collect()
        },
        &["queue lt-phone", "at least two weeks"],
    );
    short(
        &|text| text.replace("en-email", "fr-email"),
        &[
            "queue en-email",
            "there is no queue \"fr-email\"",
            "history.csv:802",
        ],
    );
    short(
        &|text| text.replace("2026-", "2028-"),
        &["queue lt-phone", "after the plan begins"],
    );
}

#[test]
fn files_that_are_not_there_and_folders_that_cannot_be() {
    let mut team = Team::small();
    team.files.remove("agents.csv");
    wrong(
        team,
        &["error[no-file]", "scenario.toml:13:10", "agents.csv"],
    );
    let mut team = Team::small();
    team.files.remove("history.csv");
    wrong(
        team,
        &["error[no-file]", "scenario.toml:9:10", "history.csv"],
    );
    let temp = Temp::new("folder");
    let ran = plan_quickly(temp.path(), &[]);
    assert_eq!(ran.status, Some(1));
    assert!(ran.err.contains("there is no scenario team"), "{}", ran.err);
    Team::small().write(&temp.join("team"));
    std::fs::write(temp.join("file"), "").unwrap();
    for out in ["file", "file/within"] {
        for command in ["plan", "forecast", "staff"] {
            let ran = run(temp.path(), &[command, "team", "--out", out]);
            assert_eq!(ran.status, Some(1), "{}", ran.err);
            assert!(
                ran.err
                    .starts_with(&format!("error: {out}: cannot be written"))
                    && ran.err.contains("give another folder with --out"),
                "{}",
                ran.err
            );
            assert_eq!(ran.out, "");
        }
    }
    // What is in the way is told before anything is written.
    std::fs::create_dir_all(temp.join("taken/roster.csv")).unwrap();
    std::fs::write(temp.join("taken/calendar"), "").unwrap();
    let ran = run(temp.path(), &["plan", "team", "--out", "taken"]);
    assert_eq!(ran.status, Some(1), "{}", ran.err);
    for name in ["roster.csv", "calendar"] {
        let told = format!("taken/{name}: cannot be written: it is to be a f");
        assert!(ran.err.contains(&told), "{}", ran.err);
    }
    assert_eq!(std::fs::read_dir(temp.join("taken")).unwrap().count(), 2);
}

#[test]
fn another_day_than_monday_is_allowed_and_said() {
    let ran = right(scenario("start = 2026-11-23", "start = 2026-11-25"));
    assert!(
        ran.err.contains("warning[start-no-monday]") && ran.err.contains("scenario.toml:2:"),
        "{}",
        ran.err
    );
    assert!(
        ran.err.contains("Wednesday") && ran.out.contains("Wed 25 Nov – Tue 1 Dec 2026"),
        "{}{}",
        ran.out,
        ran.err
    );
}

#[test]
fn an_old_history_is_said() {
    let ran = right(scenario("start = 2026-11-23", "start = 2027-02-01"));
    assert!(
        ran.err
            .contains("warning: the history ends 72 days before the plan begins"),
        "{}",
        ran.err
    );
}

/// A team's roster.csv.
fn roster(team: Team) -> Vec<u8> {
    let temp = Temp::new("roster");
    team.write(&temp.join("team"));
    plan_quickly(temp.path(), &["--quiet"]).well();
    std::fs::read(temp.join("out/roster.csv")).unwrap()
}

#[test]
fn semicolons_byte_order_marks_and_windows_line_ends_change_nothing() {
    let small = Team::small();
    let plain = roster(small.clone());
    let excel = |text: String| text.replace(';', "|").replace(',', ";").replace('|', ",");
    let mut german = small.clone();
    for file in ["agents.csv", "history.csv"] {
        german = german.with(file, excel(small.text(file)));
    }
    assert!(roster(german) == plain, "semicolons");
    let mut windows = small.clone();
    for file in small.files.keys() {
        windows = windows.with(
            file,
            format!("\u{feff}{}", small.text(file).replace('\n', "\r\n")),
        );
    }
    assert!(
        roster(windows) == plain,
        "byte-order marks and Windows line ends"
    );
}

#[test]
fn a_big_history_is_read_like_a_small_one() {
    // Five megabytes of a queue that is not planned, between the rows that are.
    let team = Team::small();
    let text = team.text("history.csv");
    let (first, rest) = text.split_at(text.len() / 2 / text.lines().count() * text.lines().count());
    let cut = first.rfind('\n').unwrap() + 1;
    let mut big = first[..cut].to_owned();
    while big.len() < 5_000_000 {
        big += "fr-phone,2026-11-02T08:00Z,3,240.5\n";
    }
    big = big + &first[cut..] + rest;
    let big = team
        .clone()
        .changed(
            "scenario.toml",
            "format = \"intervals\"",
            "format = \"intervals\"",
        )
        .with("history.csv", big);
    assert!(roster(big) == roster(team));
}

/// Whoever mends the scenario should not learn only then that the history is wrong as well.
#[test]
fn problems_of_the_history_are_told_with_those_of_the_scenario_and_its_people() {
    let history = Team::small().text("history.csv");
    wrong(
        scenario("answered = 0.80", "answered = 80")
            .changed("agents.csv", "v2,Jonas", "v1,Jonas")
            .with(
                "history.csv",
                format!("{history}en-phone,2026-11-20T23:00Z,-3,200\nen-phone,soon,1,200\n"),
            ),
        &[
            "error[bad-value]",
            "error[duplicate-id]",
            "error[history-negative]",
            "error[history-bad-time]",
            "and 2 in the history, above",
            "history.csv:",
        ],
    );
}
