//! What people read, letter by letter.

mod scenario_support;

use followsun::scenario::diagnostics_json;

use scenario_support::{files, rendered};

fn reads(from: &str, to: &str, more: &[(&str, &str)], expected: &str) {
    assert_eq!(
        rendered(&files(from, to, more)),
        expected.trim_start_matches('\n')
    );
}

#[test]
fn a_target_in_percent() {
    reads(
        "answered = 0.80",
        "answered = 80",
        &[],
        r#"
error[bad-value]: `answered` is a share from 0 to 1, not 80
  --> s/scenario.toml:22:23
   |
22 | target = { answered = 80, within = "20s" }
   |                       ^^
   |
   = hint: write 80 % as 0.80

1 error
"#,
    );
}

#[test]
fn a_problem_as_json() {
    let found = scenario_support::problems(&files("answered = 0.80", "answered = 80", &[]));
    let expected = serde_json::json!([{
        "code": "bad-value",
        "severity": "error",
        "message": "`answered` is a share from 0 to 1, not 80",
        "hint": "write 80 % as 0.80",
        "more": 0,
        "file": "s/scenario.toml",
        "line": 22,
        "column": 23,
        "start": 312,
        "end": 314,
    }]);
    assert_eq!(diagnostics_json(&found), expected);
}

#[test]
fn a_key_with_a_slip() {
    reads(
        "patience",
        "patince",
        &[],
        r#"
error[unknown-key]: there is no key `patince` in [[queue]]
  --> s/scenario.toml:23:1
   |
23 | patince = "2m30s"
   | ^^^^^^^
   |
   = hint: did you mean `patience`?

1 error
"#,
    );
}

#[test]
fn a_duration_without_unit() {
    reads(
        "\"20s\"",
        "20",
        &[],
        r#"
error[wrong-type]: `within` must be text, not the whole number 20
  --> s/scenario.toml:22:38
   |
22 | target = { answered = 0.80, within = 20 }
   |                                      ^^
   |
   = hint: write it like this: within = "20s"

1 error
"#,
    );
    reads(
        "\"20s\"",
        "\"20\"",
        &[],
        r#"
error[bad-duration]: `within`: "20" is not a duration
  --> s/scenario.toml:22:38
   |
22 | target = { answered = 0.80, within = "20" }
   |                                      ^^^^
   |
   = hint: give it a unit: "20s", "20m" or "20h"

1 error
"#,
    );
}

#[test]
fn a_missing_key() {
    reads(
        "language = \"en\"\n",
        "",
        &[],
        r#"
error[missing-key]: [[queue]] "en-phone" has no `language`
  --> s/scenario.toml:17:1
   |
17 | [[queue]]
   | ^^^^^^^^^
   |
   = hint: add: language = "en"

1 error
"#,
    );
}

#[test]
fn text_without_quotes() {
    reads(
        "\"Small\"",
        "Small",
        &[],
        r#"
error[toml-syntax]: this is not TOML: string values must be quoted
 --> s/scenario.toml:1:8
  |
1 | name = Small
  |        ^^^^^
  |
  = hint: put text into quotation marks: name = "Support"

1 error
"#,
    );
}

#[test]
fn an_unknown_zone() {
    reads(
        "Europe/London",
        "Europe/Londn",
        &[],
        r#"
error[unknown-zone]: `time_zone`: there is no time zone "Europe/Londn"
  --> s/scenario.toml:21:13
   |
21 | time_zone = "Europe/Londn"
   |             ^^^^^^^^^^^^^^
   |
   = hint: did you mean "Europe/London"?

1 error
"#,
    );
}

#[test]
fn a_contract_that_no_week_can_keep() {
    reads(
        "min = 30, max = 40",
        "min = 38, max = 40",
        &[],
        r#"
error[impossible-contract]: [[contract]] "full-time": no week has 38h to 40h paid: the nearest is 5 shifts with 37h30m paid in all
  --> s/scenario.toml:40:23
   |
40 | paid_hours_per_week = { min = 38, max = 40 }
   |                       ^^^^^^^^^^^^^^^^^^^^^^
   |
   = hint: change paid_hours_per_week, days_per_week or shift_lengths; unpaid breaks are not paid hours: a shift of 8h has 7h30m paid

1 error
"#,
    );
}

#[test]
fn a_start_that_is_no_monday() {
    reads(
        "start = 2026-10-19",
        "start = 2026-10-21",
        &[],
        r#"
warning[start-no-monday]: 2026-10-21 is a Wednesday, so a week of this plan runs from Wednesday to Tuesday, and the plan covers 2026-10-21 to 2026-10-27
 --> s/scenario.toml:2:9
  |
2 | start = 2026-10-21
  |         ^^^^^^^^^^
  |
  = hint: for weeks from Monday write start = 2026-10-19 or 2026-10-26

1 warning
"#,
    );
}

#[test]
fn a_row_of_a_csv_file() {
    let agents = "id,name,site,contract,role,languages,channels,window
a1,Ann,vilnus,full-time,agent,en,phone;chat;fax,
";
    reads(
        "",
        "",
        &[("agents.csv", agents)],
        r#"
error[unknown-name]: there is no site "vilnus"
 --> s/agents.csv:2:8
  |
2 | a1,Ann,vilnus,full-time,agent,en,phone;chat;fax,
  |        ^^^^^^
  |
  = hint: did you mean "vilnius"?

error[unknown-name]: there is no channel "fax"
 --> s/agents.csv:2:45
  |
2 | a1,Ann,vilnus,full-time,agent,en,phone;chat;fax,
  |                                             ^^^
  |
  = hint: known: phone, chat, email, social, case

2 errors
"#,
    );
}

#[test]
fn a_queue_that_nobody_can_serve() {
    let queue = r#"
[[queue]]
id = "lt-email"
language = "lt"
channel = "email"
time_zone = "Europe/Vilnius"
target = { answered = 0.95, within = "8h" }
"#;
    reads(
        "",
        queue,
        &[],
        r#"
error[nobody-serves]: nobody can serve the queue "lt-email"
  --> s/scenario.toml:48:1
   |
48 | [[queue]]
   | ^^^^^^^^^
   |
   = hint: 1 person speaks "lt", but not on email: add the channel, or a [[hire]]

1 error
"#,
    );
}

#[test]
fn a_missing_file() {
    reads(
        "agents.csv",
        "agent.csv",
        &[],
        r#"
error[no-file]: there is no file s/agent.csv
  --> s/scenario.toml:12:10
   |
12 | agents = "agent.csv"
   |          ^^^^^^^^^^^
   |
   = hint: paths are relative to the scenario file that names them

1 error
"#,
    );
}

#[test]
fn a_locked_shift_in_the_hour_that_comes_twice() {
    let locked = "agent,start,end\na1,2026-10-25T03:30,2026-10-25T11:30\n";
    reads(
        "agents = \"agents.csv\"",
        "agents = \"agents.csv\"\nlocked = \"locked.csv\"",
        &[("locked.csv", locked)],
        r#"
error[clock-change]: `start`: 2026-10-25 03:30 comes twice in Europe/Vilnius, where the clock is set back
 --> s/locked.csv:2:4
  |
2 | a1,2026-10-25T03:30,2026-10-25T11:30
  |    ^^^^^^^^^^^^^^^^
  |
  = hint: say which one: 2026-10-25T03:30+03:00 or 2026-10-25T03:30+02:00

1 error
"#,
    );
}

#[test]
fn thousands_alike_are_summed_up() {
    let rows: String = (0..1207).map(|_| "a1,2026-10-20,maybe,1\n").collect();
    let text = rendered(&files(
        "agents = \"agents.csv\"",
        "agents = \"agents.csv\"\nrequests = \"requests.csv\"",
        &[("requests.csv", &format!("agent,date,wants,weight\n{rows}"))],
    ));
    let end = r#"error[bad-value]: `wants`: nobody can want "maybe"
 --> s/requests.csv:4:15
  |
4 | a1,2026-10-20,maybe,1
  |               ^^^^^
  |
  = hint: write off, on, early, late or a start time such as 09:00
... and 1,204 more like this

1,207 errors
"#;
    assert!(text.ends_with(end), "{text}");
    assert_eq!(text.matches("nobody can want").count(), 3);
}
