//! Shifts of `previous` that run over the start of the plan: who works them is there.

mod common;

use common::*;

/// Ona, the supervisor, and Jonas work from Sunday 22:00 to Monday 08:00 in Vilnius (06:00 UTC).
const NIGHT: &str =
    "agent,start,end\nv1,2026-11-22T22:00,2026-11-23T08:00\nv2,2026-11-22T22:00,2026-11-23T08:00\n";
/// The same from a roster.csv, with Ona's meal from 01:00 to 01:30 UTC.
const NIGHT_IN_PIECES: &str = "\
agent,shift,activity,start_utc,end_utc,paid
v1,1,work,2026-11-22T20:00Z,2026-11-23T01:00Z,true
v1,1,meal,2026-11-23T01:00Z,2026-11-23T01:30Z,false
v1,1,work,2026-11-23T01:30Z,2026-11-23T06:00Z,true
v2,1,work,2026-11-22T20:00Z,2026-11-23T06:00Z,true
";

/// So many people for calls in Lithuanian in these half hours of Monday (UTC).
fn wanted(halves: std::ops::Range<u32>, people: u32) -> String {
    let rows = halves.map(|half| {
        let at = format!("2026-11-23T{:02}:{:02}Z", half / 2, half % 2 * 30);
        format!("lt-phone,{at},{people}\n")
    });
    "queue,start_utc,agents\n".to_owned() + &rows.collect::<String>()
}

fn roster(team: &Team) -> (Temp, Ran) {
    roster_for(team, &wanted(1..12, 2))
}

fn roster_for(team: &Team, wanted: &str) -> (Temp, Ran) {
    let temp = Temp::new("carried");
    team.write(&temp.join("team"));
    std::fs::write(temp.join("wanted.csv"), wanted).unwrap();
    let arguments = [
        "roster",
        "team",
        "--requirement",
        "wanted.csv",
        "--out",
        "out",
        "--effort",
        "4",
        "--json",
    ];
    let ran = run(temp.path(), &arguments);
    (temp, ran)
}

fn shortage(ran: &Ran) -> f64 {
    ran.json()["shortage_agent_intervals"].as_f64().unwrap()
}

fn rostered(temp: &Temp, start: &str) -> f64 {
    let rows = table(&temp.join("out/coverage.csv"));
    let row = (rows.iter()).find(|row| row["queue"] == "lt-phone" && row["start_utc"] == start);
    number(row.expect("the interval"), "rostered")
}

#[test]
fn they_cover_a_requirement_and_the_bound_knows_it() {
    let team = Team::small();
    // Nobody of the plan may start before 07:00 (05:00 UTC).
    let (_temp, alone) = roster(&team);
    assert!(shortage(&alone.well()) >= 2.0 * 9.0);
    let (temp, ran) = roster(&team.with_staff("previous", NIGHT));
    let ran = ran.well();
    assert_eq!(shortage(&ran), 0.0, "{}", ran.out);
    assert_eq!(rostered(&temp, "2026-11-23T00:30Z"), 2.0);
    let summary = ran.json();
    let (objective, bound) = (&summary["objective"], &summary["bound"]);
    assert!(bound.as_f64().unwrap() <= objective.as_f64().unwrap() + 1e-6);
    let told = summary["notes"].to_string();
    assert!(
        told.contains("2 people are still on shift") && told.contains("16.0 hours"),
        "{told}"
    );
    // They stand in last week's files.
    let rows = table(&temp.join("out/roster.csv"));
    assert!(
        rows.iter()
            .all(|row| instant(&row["start_utc"]) >= instant("2026-11-23T05:00Z"))
    );
}

#[test]
fn on_a_break_or_ill_they_cover_nothing() {
    let team = Team::small().with_staff("previous", NIGHT_IN_PIECES);
    let (temp, ran) = roster(&team);
    assert_eq!(shortage(&ran.well()), 1.0);
    assert_eq!(rostered(&temp, "2026-11-23T01:00Z"), 1.0);
    let ill = team.with_staff(
        "absences",
        "agent,start,end,reason,paid\nv2,2026-11-23T05:00,2026-11-24T00:00,ill,true\n",
    );
    let (temp, ran) = roster(&ill);
    ran.well();
    assert_eq!(rostered(&temp, "2026-11-23T02:30Z"), 2.0);
    assert_eq!(rostered(&temp, "2026-11-23T03:00Z"), 1.0);
}

/// A team in which nobody has to work, so that few seats are enough.
fn with_seats(seats: u32) -> Team {
    let site = "country = \"LT\"";
    Team::small()
        .with_staff("previous", NIGHT)
        .changed("scenario.toml", site, &format!("{site}\nseats = {seats}"))
        .changed(
            "scenario.toml",
            "{ min = 32, max = 40 }",
            "{ min = 0, max = 40 }",
        )
        .changed(
            "scenario.toml",
            "{ min = 4, max = 5 }",
            "{ min = 0, max = 5 }",
        )
}

#[test]
fn they_sit_on_seats() {
    let wanted = wanted(10..20, 4);
    let cases = [
        (4, "2026-11-23T05:00Z"),
        (2, "2026-11-23T06:00Z"),
        (1, "2026-11-23T06:00Z"),
    ];
    for (seats, first) in cases {
        let (temp, ran) = roster_for(&with_seats(seats), &wanted);
        ran.well();
        let rows = table(&temp.join("out/roster.csv"));
        let starts = rows.iter().map(|row| instant(&row["start_utc"]));
        assert_eq!(starts.min(), Some(instant(first)), "{seats} seats");
    }
}

#[test]
fn they_count_for_a_hard_cover_that_nobody_else_could_keep() {
    let cover = "[[cover]]\nrole = \"supervisor\"\nmin = 1\nhard = true\nhours = \"Mon 00:00-08:00\"\n\n[[site]]";
    let team = Team::small().changed("scenario.toml", "[[site]]", cover);
    let (_temp, alone) = roster(&team);
    assert_eq!(alone.status, Some(3));
    let (_temp, ran) = roster(&team.with_staff("previous", NIGHT));
    ran.well();
}

#[test]
fn what_they_have_too_many_of_is_no_fault_of_the_plan() {
    // A trainee and a mentor who must not work at once, and did.
    let apart = "[[pair]]\nagents = [\"v1\", \"v2\"]\napart = true\n\n[[site]]";
    let team = with_seats(1).changed("scenario.toml", "[[site]]", apart);
    let (_temp, ran) = roster(&team);
    ran.well();
}

#[test]
fn they_answer_contacts_in_the_simulation_and_check_tells_of_them() {
    let history = History::before("2026-11-23", "Europe/Vilnius")
        .queue("lt-phone", 3.0, 240.0, 0..24)
        .queue("en-phone", 1.0, 300.0, 8..18)
        .queue("en-email", 1.0, 400.0, 8..18);
    let hours = "hours = \"Mon-Fri 08:00-18:00\"";
    let team = Team::small()
        .changed("scenario.toml", hours, "hours = \"24/7\"")
        .with("history.csv", history.csv());
    let answered = |team: &Team| {
        let temp = Temp::new("carried-plan");
        team.write(&temp.join("team"));
        plan_quickly(temp.path(), &[]).well();
        let rows = table(&temp.join("out/service.csv"));
        let night = rows.iter().filter(|row| {
            let at = instant(&row["start_utc"]);
            row["queue"] == "lt-phone"
                && at >= instant("2026-11-23T00:00Z")
                && at < instant("2026-11-23T04:00Z")
        });
        let sums = night.fold((0.0, 0.0), |(got, all), row| {
            (
                got + number(row, "answered_within"),
                all + number(row, "offered"),
            )
        });
        (sums.0 / sums.1, temp)
    };
    assert_eq!(answered(&team).0, 0.0);
    let (share, temp) = answered(&team.with_staff("previous", NIGHT));
    assert!(share > 0.5, "{share}");
    let checked = run(temp.path(), &["check", "team"]);
    let said = "2 shifts, the last until Mon 08:00";
    assert!(checked.well().out.contains(said));
}
