//! A roster that people have been told is mended: what has begun stays, who is ill is gone, and all else changes only where that pays.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::*;
use followsun::calendar::Instant;
use proptest::prelude::*;
use serde_json::Value;

/// An agent's shift by its number: pieces as (activity, start, end).
type Pieces = Vec<(String, Instant, Instant)>;

/// Everybody's shifts by agent and start.
fn shifts(temp: &Temp, out: &str) -> BTreeMap<(String, Instant), Pieces> {
    let mut by_number: BTreeMap<(String, String), Pieces> = BTreeMap::new();
    for row in table(&temp.join(out).join("roster.csv")) {
        if row["shift"].is_empty() {
            continue;
        }
        let key = (row["agent"].clone(), row["shift"].clone());
        let (start, end) = (instant(&row["start_utc"]), instant(&row["end_utc"]));
        let pieces = by_number.entry(key).or_default();
        pieces.push((row["activity"].clone(), start, end));
    }
    let by_start = by_number.into_iter().map(|((agent, _), pieces)| {
        let start = pieces.iter().map(|piece| piece.1).min().unwrap();
        ((agent, start), pieces)
    });
    by_start.collect()
}

fn planned(temp: &Temp, team: &Team) {
    team.write(&temp.join("team"));
    let arguments = [
        "plan", "team", "--out", "out", "--effort", "20", "--rounds", "1", "--days", "140",
    ];
    run(temp.path(), &arguments).well();
}

fn replan(temp: &Temp, now: &str, more: &[&str]) -> Ran {
    let mut arguments = vec![
        "replan",
        "team",
        "--roster",
        "out/roster.csv",
        "--now",
        now,
        "--out",
        "anew",
        "--effort",
        "5",
        "--days",
        "140",
    ];
    arguments.extend(more);
    run(temp.path(), &arguments)
}

fn replanned(temp: &Temp, now: &str, more: &[&str]) -> Value {
    let more = [more, &["--json"]].concat();
    replan(temp, now, &more).well().json()["replanned"].clone()
}

/// (agent, change) of every change.
fn changes(replanned: &Value) -> Vec<(String, String)> {
    let word = |change: &Value, key: &str| change[key].as_str().unwrap().to_owned();
    let all = replanned["changes"].as_array().unwrap().iter();
    all.map(|change| (word(change, "agent"), word(change, "change")))
        .collect()
}

fn weighing(changes: &str) -> Team {
    let objective = format!("[objective]\nchanges = {changes}\n\n[history]");
    Team::small().changed("scenario.toml", "[history]", &objective)
}

/// Whoever works first on a Wednesday in Vilnius.
fn works_on_wednesday(temp: &Temp) -> (String, Instant) {
    let wednesday = instant("2026-11-25T00:00Z");
    let all = shifts(temp, "out");
    let mut of_day = all.keys().filter(|(_, start)| *start >= wednesday);
    of_day.next().expect("somebody works then").clone()
}

#[test]
fn nothing_is_changed_where_nothing_has_happened() {
    let temp = Temp::new("replan-nothing");
    planned(&temp, &weighing("100000"));
    let anew = replanned(&temp, "2026-11-25T06:00Z", &[]);
    assert_eq!(changes(&anew), []);
    assert_eq!(shifts(&temp, "anew"), shifts(&temp, "out"));
    for (_, queue) in anew["queues"].as_object().unwrap() {
        assert_eq!(queue["told"], queue["unmended"]);
        assert_eq!(queue["told"], queue["mended"]);
    }
    // And the same before the plan begins.
    let early = replanned(&temp, "2026-11-20T12:00Z", &[]);
    assert_eq!(changes(&early), []);
}

#[test]
fn changes_are_made_where_they_save_more_than_they_weigh() {
    let made = |weight: &str| {
        let temp = Temp::new("replan-weigh");
        planned(&temp, &weighing(weight));
        let (ill, _) = works_on_wednesday(&temp);
        let anew = replanned(&temp, "2026-11-25T03:00Z", &["--ill", &ill]);
        let all = changes(&anew);
        assert!(all.contains(&(ill, "absent".to_owned())), "{all:?}");
        let (mut before, mut after) = (0.0, 0.0);
        for (_, queue) in anew["queues"].as_object().unwrap() {
            let share = |which: &str| queue[which]["simulated"].as_f64().unwrap();
            let contacts = queue["contacts"].as_f64().unwrap();
            before += contacts * share("unmended");
            after += contacts * share("mended");
            assert!(share("unmended") <= share("told") + 0.02, "{queue}");
        }
        (all.len() - 1, after - before)
    };
    let (many, saved) = made("1");
    let (none, nothing) = made("100000");
    assert!(many > 0 && saved > 0.0, "{many} changes save {saved}");
    assert!(none == 0 && nothing == 0.0, "{none} changes save {nothing}");
}

#[test]
fn who_goes_home_is_told_so_and_what_they_worked_is_not_lost() {
    let temp = Temp::new("replan-home");
    planned(&temp, &weighing("100000"));
    let (ill, start) = works_on_wednesday(&temp);
    let left = start + chrono::TimeDelta::hours(3);
    let now = left.format("%Y-%m-%dT%H:%MZ").to_string();
    let anew = replanned(&temp, &now, &["--ill", &ill]);
    assert_eq!(changes(&anew), [(ill.clone(), "left".to_owned())]);
    assert_eq!(anew["hours"][0][0].as_str(), Some(now.as_str()));
    assert!(!shifts(&temp, "anew").contains_key(&(ill.clone(), start)));
    // Until then customers were served as they were to be, and not as if nobody had been there.
    let answered = || -> f64 {
        let rows = table(&temp.join("anew/service.csv"));
        let before = rows.iter().filter(|row| {
            let at = instant(&row["start_utc"]);
            row["queue"] != "en-email" && start <= at && at < left
        });
        before.map(|row| number(row, "answered_within")).sum()
    };
    let with_the_morning = answered();
    let absent = replanned(&temp, "2026-11-25T03:00Z", &["--ill", &ill]);
    assert_eq!(changes(&absent), [(ill.clone(), "absent".to_owned())]);
    assert!(answered() < with_the_morning - 1.0);
    replanned(&temp, &now, &["--ill", &ill]);

    // The next one knows of it without being told.
    let again = run(
        temp.path(),
        &[
            "replan",
            "team",
            "--roster",
            "anew/roster.csv",
            "--now",
            &now,
            "--out",
            "again",
            "--effort",
            "5",
            "--days",
            "140",
            "--json",
        ],
    );
    assert_eq!(changes(&again.well().json()["replanned"]), []);
    let known = std::fs::read_to_string(temp.join("again/absences.csv")).unwrap();
    assert!(known.contains(&format!("{ill},")), "{known}");
}

#[test]
fn who_is_ill_need_not_make_up_for_the_hours() {
    // Four days of ten hours are forty; after three and a day of absence nothing adds up to thirty-two.
    let long_days = Team::small()
        .changed(
            "scenario.toml",
            "{ min = 32, max = 40 }",
            "{ min = 40, max = 40 }",
        )
        .changed(
            "scenario.toml",
            "shift_lengths = [\"8h30m\"]",
            "shift_lengths = [\"10h30m\"]",
        )
        .changed("scenario.toml", "latest = \"12:00\"", "latest = \"10:00\"");
    let temp = Temp::new("replan-hours");
    planned(&temp, &long_days);
    let all = shifts(&temp, "out");
    let ((ill, last), _) = all.iter().max_by_key(|((_, start), _)| *start).unwrap();
    let now = (*last - chrono::TimeDelta::hours(2))
        .format("%Y-%m-%dT%H:%MZ")
        .to_string();
    let anew = replanned(&temp, &now, &["--ill", ill]);
    assert!(changes(&anew).contains(&(ill.clone(), "absent".to_owned())));
}

#[test]
fn what_came_today_changes_what_is_expected_of_the_rest() {
    let temp = Temp::new("replan-actuals");
    planned(&temp, &weighing("100000"));
    let morning = ["06:00", "06:30", "07:00", "07:30", "08:00", "08:30"];
    let mut actuals = "queue,start,contacts,handle_time_s\n".to_owned();
    for half in morning {
        actuals += &format!("lt-phone,2026-11-25T{half}Z,30,240\n");
    }
    std::fs::write(temp.join("today.csv"), actuals).unwrap();
    let contacts = |out: &str| -> f64 {
        let rows = table(&temp.join(out).join("forecast.csv"));
        let of_day = rows.iter().filter(|row| {
            row["queue"] == "lt-phone"
                && row["start_utc"].as_str() >= "2026-11-25T09:00Z"
                && row["start_utc"].as_str() < "2026-11-26"
        });
        of_day.map(|row| number(row, "contacts")).sum()
    };
    replanned(&temp, "2026-11-25T09:00Z", &["--actuals", "today.csv"]);
    assert!(contacts("anew") > 1.5 * contacts("out"));
}

#[test]
fn all_that_is_wrong_is_told_at_once() {
    let temp = Temp::new("replan-wrong");
    planned(&temp, &Team::small());
    let ran = replan(
        &temp,
        "noon",
        &[
            "--ill",
            "nobody",
            "--ill",
            "v3=2026-11-01",
            "--notice",
            "soon",
        ],
    );
    assert_eq!(ran.status, Some(1));
    for wanted in [
        "--now \"noon\"",
        "no agent \"nobody\"",
        "\"2026-11-01\"",
        "--notice \"soon\"",
    ] {
        assert!(ran.err.contains(wanted), "{wanted}: {}", ran.err);
    }
    let late = replan(&temp, "2027-01-01T00:00Z", &[]);
    assert!(
        late.status == Some(1) && late.err.contains("after the plan"),
        "{}",
        late.err
    );
    let text = std::fs::read_to_string(temp.join("out/roster.csv")).unwrap();
    std::fs::write(
        temp.join("out/roster.csv"),
        text.replace("2026-11", "2026-10"),
    )
    .unwrap();
    let other = replan(&temp, "2026-11-25T06:00Z", &[]);
    assert!(
        other.status == Some(1) && other.err.contains("of these weeks"),
        "{}",
        other.err
    );
    assert!(!temp.join("anew/roster.csv").exists());
}

#[test]
fn absences_of_a_file_count_and_do_not_clash_with_locked_shifts() {
    let temp = Temp::new("replan-file");
    planned(&temp, &weighing("100000"));
    let (ill, start) = works_on_wednesday(&temp);
    let rows = table(&temp.join("out/roster.csv"));
    let of_shift: Vec<_> = (rows.iter())
        .filter(|row| row["agent"] == ill && row["start_local"].starts_with("2026-11-25"))
        .collect();
    let local = |text: &String| text[..16].to_owned();
    let locked = format!(
        "agent,start,end\n{ill},{},{}\n",
        local(&of_shift[0]["start_local"]),
        local(&of_shift.last().unwrap()["end_local"])
    );
    weighing("100000")
        .with_staff("locked", &locked)
        .write(&temp.join("team"));
    let absence =
        format!("agent,start,end,reason,paid\n{ill},2026-11-25T00:00,2026-11-26T00:00,flu,true\n");
    std::fs::write(temp.join("ill.csv"), absence).unwrap();
    let anew = replanned(&temp, "2026-11-24T12:00Z", &["--absences", "ill.csv"]);
    assert_eq!(changes(&anew), [(ill.clone(), "absent".to_owned())]);
    assert_eq!(anew["changes"][0]["why"], "flu");
    assert!(!shifts(&temp, "anew").contains_key(&(ill.clone(), start)));
    let calendar = |out: &str| {
        let file = temp.join(out).join(format!("calendar/{ill}.ics"));
        std::fs::read_to_string(file).unwrap()
    };
    let event = |text: &str| {
        let mut events = text.split("BEGIN:VEVENT").map(str::to_owned);
        let of_day = format!("UID:{ill}-2026-11-25@followsun");
        events
            .find(|event| event.contains(&of_day))
            .expect("an event")
    };
    let (told, gone) = (event(&calendar("out")), event(&calendar("anew")));
    assert!(
        !told.contains("SEQUENCE") && !told.contains("CANCELLED"),
        "{told}"
    );
    assert!(
        gone.contains("SEQUENCE:") && gone.contains("STATUS:CANCELLED"),
        "{gone}"
    );
    let missing = replan(&temp, "2026-11-24T12:00Z", &["--absences", "none.csv"]);
    assert!(
        missing.err.contains("none.csv") && missing.err.contains("--absences"),
        "{}",
        missing.err
    );
}

#[test]
fn what_has_begun_stays_whatever_it_costs() {
    let temp = Temp::new("replan-dear");
    planned(&temp, &Team::small());
    let most = |out: &str| {
        let all = shifts(&temp, out);
        let of = |agent: &str| all.keys().filter(|(id, _)| id == agent).count();
        all.keys().map(|(agent, _)| of(agent)).max().unwrap()
    };
    assert_eq!(most("out"), 5, "four days would do by contract");
    let dear = Team::small().changed(
        "scenario.toml",
        "[history]",
        "[objective]\nservice = 0.01\nchanges = 0.01\n\n[history]",
    );
    dear.write(&temp.join("team"));
    let begun = replanned(&temp, "2026-11-29T20:00Z", &[]);
    assert_eq!(changes(&begun), []);
    assert_eq!(shifts(&temp, "anew"), shifts(&temp, "out"));
    // Had nothing begun, people would be let off.
    replanned(&temp, "2026-11-20T20:00Z", &[]);
    assert_eq!(most("anew"), 4);
}

#[test]
fn training_stays_where_people_know_it() {
    let temp = Temp::new("replan-training");
    let training =
        "[[activity]]\nname = \"coaching\"\nlength = \"1h\"\ntimes_per_week = 2\n\n[[queue]]";
    planned(
        &temp,
        &weighing("100000").changed("scenario.toml", "[[queue]]", training),
    );
    let (ill, _) = works_on_wednesday(&temp);
    let anew = replanned(&temp, "2026-11-25T03:00Z", &["--ill", &ill]);
    let of_others = |out: &str| -> Vec<Pieces> {
        let all = shifts(&temp, out).into_iter();
        all.filter(|((agent, _), _)| *agent != ill)
            .map(|(_, pieces)| pieces)
            .collect()
    };
    assert!(
        of_others("out")
            .iter()
            .flatten()
            .any(|piece| piece.0 == "coaching")
    );
    assert_eq!(of_others("anew"), of_others("out"), "{anew}");
}

#[test]
fn who_stands_by_goes_on_to_and_is_named() {
    let temp = Temp::new("replan-on-call");
    let on_call =
        "[[on_call]]\nlanguage = \"lt\"\nhours = \"Mon-Fri 16:30-23:00\"\npay = 0.1\n\n[[queue]]";
    let all_day = weighing("100000").changed("scenario.toml", "[[queue]]", on_call);
    planned(&temp, &all_day);
    let duties = |out: &str| -> BTreeSet<(String, String)> {
        let rows = table(&temp.join(out).join("on_call.csv"));
        let taken = rows.iter().filter(|row| !row["agent"].is_empty());
        taken
            .map(|row| (row["agent"].clone(), row["start_utc"].clone()))
            .collect()
    };
    let told = duties("out");
    assert!(told.len() > 2, "{told:?}");
    let (ill, start) = told
        .iter()
        .find(|(_, start)| start.as_str() > "2026-11-25")
        .unwrap();
    let day = &start[..10];
    let anew = replanned(&temp, &format!("{day}T00:00Z"), &["--ill", ill]);
    let off_call = (ill.clone(), "off-call".to_owned());
    assert!(changes(&anew).contains(&off_call), "{anew}");
    let now = duties("anew");
    assert!(
        told.iter()
            .all(|duty| duty == &(ill.clone(), start.clone()) || now.contains(duty)),
        "{told:?} {now:?}"
    );

    // On Wednesday somebody works until the evening, when somebody else stands by.
    let all = shifts(&temp, "out");
    let of_day = all
        .iter()
        .filter(|((_, start), _)| start.to_string().starts_with("2026-11-25"));
    let ((works, start), _) = of_day
        .max_by_key(|(_, pieces)| pieces.iter().map(|piece| piece.2).max())
        .unwrap();
    let stands_by = told
        .iter()
        .find(|(_, start)| start.starts_with("2026-11-25"));
    let before = (*start - chrono::TimeDelta::hours(3))
        .format("%Y-%m-%dT%H:%MZ")
        .to_string();
    let anew = replanned(&temp, &before, &["--ill", works]);
    let named = anew["on_call"].as_array().unwrap();
    let (agent, _) = stands_by.expect("somebody stands by on Wednesday");
    assert!(named.iter().any(|duty| duty["agent"] == **agent), "{anew}");
}

#[test]
fn the_same_bytes_on_one_thread_and_on_two() {
    let temp = Temp::new("replan-bytes");
    planned(&temp, &Team::small());
    let (ill, _) = works_on_wednesday(&temp);
    let bytes = |threads: &str| {
        replan(
            &temp,
            "2026-11-25T03:00Z",
            &["--ill", &ill, "--threads", threads],
        )
        .well();
        ["roster.csv", "changes.csv", "service.csv", "report.html"]
            .map(|file| std::fs::read(temp.join("anew").join(file)).unwrap())
    };
    assert!(bytes("1") == bytes("2"));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whenever it is asked, and whoever is ill: what has begun is as it was told, nobody is called sooner than they must know of it, and
    /// changes.csv names each day that differs and no other.
    #[test]
    fn what_has_begun_stays_and_changes_are_all_told(
        hour in 0_i64..130, notice in 0_i64..12, ill in proptest::sample::subsequence(vec!["v1", "v2", "v3", "v4", "v5", "v6"], 0..3),
    ) {
        let temp = Temp::new("replan-any");
        planned(&temp, &weighing("20"));
        let now = instant("2026-11-22T22:00Z") + chrono::TimeDelta::hours(hour);
        let free_from = now + chrono::TimeDelta::hours(notice);
        let notice = format!("{notice}h");
        let mut more = vec!["--notice", &notice];
        for agent in &ill {
            more.extend(["--ill", agent]);
        }
        let anew = replanned(&temp, &now.format("%Y-%m-%dT%H:%MZ").to_string(), &more);
        let (told, mended) = (shifts(&temp, "out"), shifts(&temp, "anew"));
        for (key, pieces) in &told {
            if key.1 < free_from && !ill.contains(&key.0.as_str()) {
                prop_assert_eq!(mended.get(key), Some(pieces), "{:?}", key);
            }
        }
        for key in mended.keys().filter(|key| key.1 < free_from) {
            prop_assert!(told.contains_key(key), "{:?} was called in too late", key);
        }
        let date = |start: &Instant| (*start + chrono::TimeDelta::hours(2)).date_naive().to_string();
        let days = |of: &BTreeMap<(String, Instant), Pieces>| -> BTreeSet<(String, String, Pieces)> {
            of.iter().map(|((agent, start), pieces)| (agent.clone(), date(start), pieces.clone())).collect()
        };
        let differs: BTreeSet<(String, String)> = days(&told)
            .symmetric_difference(&days(&mended))
            .map(|(agent, date, _)| (agent.clone(), date.clone()))
            .collect();
        let word = |change: &Value, key: &str| change[key].as_str().unwrap().to_owned();
        let named: BTreeSet<(String, String)> = (anew["changes"].as_array().unwrap().iter())
            .map(|change| (word(change, "agent"), word(change, "date")))
            .collect();
        prop_assert_eq!(differs, named);
    }
}
