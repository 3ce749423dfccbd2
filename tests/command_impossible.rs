//! A plan that cannot be says what it would take: the smallest change, and the cheapest one that has a price.

mod common;

use common::*;

/// What the plan of a team says that cannot be rostered.
fn refused(team: Team) -> String {
    let temp = Temp::new("impossible");
    team.write(&temp.join("team"));
    let ran = plan_quickly(temp.path(), &["--quiet"]);
    assert_eq!(ran.status, Some(3), "{}", ran.err);
    assert!(!temp.join("out").exists(), "whole or not at all");
    ran.err
}

fn all_said(said: &str, parts: &[&str]) {
    for part in parts {
        assert!(said.contains(part), "no \"{part}\" in:\n{said}");
    }
}

#[test]
fn overtime_that_would_do_has_its_price() {
    // Six locked shifts of eight paid hours in a week of at most forty.
    let mut locked = "agent,start,end\n".to_owned();
    for day in 23..29 {
        locked += &format!("v2,2026-11-{day}T08:00,2026-11-{day}T16:30\n");
    }
    let team = Team::small()
        .changed(
            "scenario.toml",
            "{ min = 4, max = 5 }",
            "{ min = 4, max = 6 }",
        )
        .changed(
            "scenario.toml",
            "max_consecutive_days = 5",
            "max_consecutive_days = 6",
        )
        .changed(
            "scenario.toml",
            "cost_per_hour = 15.0",
            "cost_per_hour = 15.0\novertime = { max_hours = 2, factor = 1.5 }",
        )
        .with_staff("locked", &locked);
    let said = refused(team);
    // 48 hours less 40 and the 2 that are allowed: six at 22.50.
    all_said(
        &said,
        &[
            "the smallest change: let a locked shift of v2",
            "the cheapest with a price: 6h of overtime a week more for v2 (Jonas Kazlauskas), 135 EUR",
        ],
    );
}

#[test]
fn people_who_could_be_hired_for_a_cover_have_their_price() {
    let hires = "
[[contract]]
id = \"helper\"
paid_hours_per_week = { min = 20, max = 40 }
days_per_week = { min = 0, max = 5 }
shift_lengths = [\"8h\"]
cost_per_hour = 12.0

[[hire]]
id = \"duty\"
count = \"solve\"
site = \"vilnius\"
contract = \"helper\"
role = \"supervisor\"
languages = [\"lt\"]
channels = [\"phone\"]
cost_per_week = 30

[[hire]]
id = \"agents\"
count = \"solve\"
site = \"vilnius\"
contract = \"helper\"
languages = [\"lt\"]
channels = [\"phone\"]

[[cover]]
role = \"supervisor\"
min = 3
hours = \"Mon 10:00-11:00\"
hard = true
";
    let team = Team::small();
    let text = team.text("scenario.toml") + hires;
    let said = refused(team.with("scenario.toml", text));
    // One of three is there: two more at 20 x 12 + 30 a week.
    all_said(
        &said,
        &[
            "[[cover]] of supervisor, at least 3, hard, on Mon 23 Nov",
            "the smallest change: ask for less by [[cover]] of supervisor on Mon 23 Nov",
            "the cheapest with a price: 2 more like [[hire]] duty for [[cover]] of supervisor, at least 540 EUR a week",
        ],
    );
    assert!(!said.contains("[[hire]] agents"), "{said}");
}

#[test]
fn pairs_that_cannot_be_kept_are_named() {
    let locked = "agent,start,end\n\
        v3,2026-11-24T08:00,2026-11-24T16:30\n\
        v4,2026-11-24T10:00,2026-11-24T18:30\n";
    let apart = "\n[[pair]]\nagents = [\"v3\", \"v4\"]\napart = true\n";
    let team = Team::small().with_staff("locked", locked);
    let text = team.text("scenario.toml") + apart;
    let said = refused(team.with("scenario.toml", text));
    all_said(
        &said,
        &[
            "[[pair]] of v3, v4 (apart) on Tue 24 Nov",
            "locked shift of Tue 24 Nov 10:00",
            "let a locked shift of v3",
        ],
    );
    let with = "\n[[pair]]\nagents = [\"v3\"]\nwith = [\"v1\"]\n";
    let away = "agent,start,end,reason,paid\nv1,2026-11-24T00:00,2026-11-25T00:00,leave,true\n";
    let team = Team::small()
        .with_staff("locked", locked)
        .with_staff("absences", away);
    let text = team.text("scenario.toml") + with;
    let said = refused(team.with("scenario.toml", text));
    all_said(
        &said,
        &["[[pair]] of v3 with v1 on Tue 24 Nov", "absent from"],
    );
}
