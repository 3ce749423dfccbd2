//! A new scenario by questions: it is right at once, says what is made up, and overwrites nothing.

mod common;

use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use common::*;

fn answered(folder: &Path, arguments: &[&str], answers: &[&str]) -> Ran {
    let mut child = followsun()
        .current_dir(folder)
        .arg("init")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut stdin = child.stdin.take().unwrap();
    // Who refuses an answer reads no further.
    let _ = stdin.write_all(answers.join("\n").as_bytes());
    drop(stdin);
    child.wait_with_output().expect("it ends").into()
}

#[test]
fn what_it_makes_is_right_and_can_be_planned_at_once() {
    let temp = Temp::new("init");
    answered(temp.path(), &["team", "--defaults"], &[]).well();
    let checked = run(temp.path(), &["check", "team"]).well();
    assert!(!checked.err.contains("warning"), "{}", checked.err);
    plan_quickly(temp.path(), &[]).well();
    let toml = std::fs::read_to_string(temp.join("team/scenario.toml")).unwrap();
    assert!(toml.contains("MADE UP"), "{toml}");
}

#[test]
fn answers_are_in_the_files() {
    let temp = Temp::new("init-answers");
    let answers = [
        "Sea & Sky",
        "2027-03-22",
        "Europe/Athens",
        "EUR",
        "el, en",
        "phone, chat",
        "24/7",
        "200",
        "athens, osaka",
        "",
        "gr",
        "",
        "5",
        "Asia/Tokyo",
        "JP",
        "en",
        "3",
        "36",
        "12.5",
    ];
    answered(temp.path(), &["team"], &answers).well();
    let toml = std::fs::read_to_string(temp.join("team/scenario.toml")).unwrap();
    for wanted in [
        "name = \"Sea & Sky\"",
        "start = 2027-03-22",
        "id = \"el-chat\"",
        "hours = \"24/7\"",
        "time_zone = \"Asia/Tokyo\"",
        "country = \"GR\"",
        "max = 36",
        "cost_per_hour = 12.50",
    ] {
        assert!(toml.contains(wanted), "{wanted}: {toml}");
    }
    let people = table(&temp.join("team/agents.csv"));
    let in_osaka = people.iter().filter(|row| row["site"] == "osaka");
    assert_eq!((people.len(), in_osaka.clone().count()), (8, 3));
    assert!(in_osaka.clone().all(|row| row["languages"] == "en"));
    run(temp.path(), &["check", "team"]).well();
}

#[test]
fn an_answer_that_cannot_be_is_told_and_nothing_is_written() {
    let temp = Temp::new("init-wrong");
    for (answers, wanted) in [
        (vec!["Team", "2027-03-23"], "Monday after it is 2027-03-29"),
        (vec!["Team", "", "Europe/Vilna"], "Europe/Vilna"),
        (vec!["A \"team\""], "quotation marks"),
        (
            vec!["", "", "", "", "lt", "fax"],
            "\"fax\" is none of phone, chat, email",
        ),
        (vec!["", "", "", "", "lt", "phone", "always"], "always"),
        (
            vec![
                "", "", "", "", "lt", "phone", "", "", "kaunas", "", "", "pl",
            ],
            "\"pl\" is none of lt",
        ),
    ] {
        let ran = answered(temp.path(), &["team"], &answers);
        assert_eq!(ran.status, Some(1), "{answers:?}: {}", ran.out);
        assert!(ran.err.contains(wanted), "{wanted}: {}", ran.err);
        assert!(!temp.join("team").exists());
    }
}

#[test]
fn nothing_is_overwritten() {
    let temp = Temp::new("init-there");
    Team::small().write(&temp.join("team"));
    let ran = answered(temp.path(), &["team", "--defaults"], &[]);
    assert!(
        ran.status == Some(1) && ran.err.contains("nothing of yours"),
        "{}",
        ran.err
    );
    assert_eq!(
        std::fs::read_to_string(temp.join("team/scenario.toml")).unwrap(),
        SMALL
    );
}
