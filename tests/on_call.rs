//! People who stand by outside their shifts: who may, who does, and what it costs.

mod common;
mod roster_support;

use common::{Team, Temp, instant, number, plan_quickly, run, table};
use followsun::roster::on_call::{OnCall, StandBy, check_on_call, give_out, give_out_beside, pay};
use followsun::roster::problem::{Problem, Shift, Span, Tour};
use roster_support::{Dice, idle};

fn hours(start: i32, length: i32) -> Span {
    Span {
        start: start * 60,
        end: (start + length) * 60,
    }
}

/// A duty each evening at six, for fourteen hours.
fn nightly(problem: &Problem) -> StandBy {
    StandBy {
        said: "[[on_call]] of this test".to_owned(),
        members: (0..problem.people.len()).collect(),
        duties: (0..7).map(|day| hours(day * 24 + 18, 14)).collect(),
        people: 1,
        pay: 0.2,
        rest: 0,
        most_per_week: None,
    }
}

fn off(problem: &Problem) -> Vec<Tour> {
    vec![Tour::default(); problem.people.len()]
}

/// The first person works eight hours from this hour of the plan.
fn at_work(problem: &Problem, hour: i32) -> Vec<Tour> {
    let mut tours = off(problem);
    tours[0].shifts.push(Shift {
        day: (hour / 24) as usize,
        span: hours(hour, 8),
        breaks: Vec::new(),
    });
    tours
}

/// Who stands by, duty by duty.
fn given(problem: &Problem, tours: &[Tour], stand_by: &StandBy) -> Vec<Option<usize>> {
    let asked = std::slice::from_ref(stand_by);
    let taken = give_out(problem, tours, asked);
    assert_eq!(check_on_call(problem, tours, asked, &taken), []);
    (0..stand_by.duties.len())
        .map(|duty| {
            let one = taken.iter().find(|one| one.duty == duty);
            one.map(|one| one.person)
        })
        .collect()
}

/// What the checker says if the first person has this duty.
fn said(problem: &Problem, tours: &[Tour], stand_by: &StandBy, duty: usize) -> String {
    let one = OnCall {
        asked: 0,
        duty,
        person: 0,
    };
    let broken = check_on_call(problem, tours, std::slice::from_ref(stand_by), &[one]);
    broken.first().map_or(String::new(), |one| one.text.clone())
}

#[test]
fn duties_are_shared_and_the_cheaper_take_more() {
    let mut problem = idle(2, 1, 60);
    let stand_by = nightly(&problem);
    let of = |problem: &Problem, person: usize| {
        let given = given(problem, &off(problem), &stand_by);
        given.iter().filter(|one| **one == Some(person)).count()
    };
    assert!((3..=4).contains(&of(&problem, 0)));
    assert_eq!(of(&problem, 0) + of(&problem, 1), 7);
    assert!((pay(&problem, &stand_by, hours(18, 14), 0) - 28.0).abs() < 1e-9);
    problem.people[0].cost_per_hour = 20.0;
    assert!(of(&problem, 0) < 3, "{}", of(&problem, 0));
    assert_eq!(of(&problem, 0) + of(&problem, 1), 7);
}

#[test]
fn nobody_stands_by_at_work_away_or_too_soon_before_a_shift() {
    let mut problem = idle(1, 1, 60);
    let mut stand_by = nightly(&problem);
    let nobody_on = |problem: &Problem, tours: &[Tour], stand_by: &StandBy, words: &str| {
        let given = given(problem, tours, stand_by);
        assert_eq!(given[0], None, "{words}");
        assert!(given[2..].iter().all(Option::is_some), "{words}");
        let why = said(problem, tours, stand_by, 0);
        assert!(why.contains(words), "{why}");
    };
    let tours = at_work(&problem, 16);
    nobody_on(&problem, &tours, &stand_by, "is at work");
    // The duty ends at eight on Tuesday.
    let tours = at_work(&problem, 24 + 10);
    assert_eq!(given(&problem, &tours, &stand_by)[0], Some(0));
    stand_by.rest = 180;
    nobody_on(&problem, &tours, &stand_by, "starts work too soon");
    stand_by.rest = 120;
    assert_eq!(given(&problem, &tours, &stand_by)[0], Some(0));
    problem.people[0].absences = vec![hours(24, 4)];
    nobody_on(&problem, &off(&problem), &stand_by, "is absent");
    problem.people[0].absences.clear();
    problem.sites[0].holidays = vec![roster_support::first_day()];
    problem.contracts[0].terms.no_holidays = true;
    nobody_on(&problem, &off(&problem), &stand_by, "on such a day");
    problem.contracts[0].terms.no_nights = true;
    let none = given(&problem, &off(&problem), &stand_by);
    assert!(none.iter().all(Option::is_none));
    assert!(said(&problem, &off(&problem), &stand_by, 1).contains("no night work"));
    stand_by.members.clear();
    assert!(said(&problem, &off(&problem), &stand_by, 1).contains("none of those who may"));
}

#[test]
fn nobody_stands_by_too_often_or_twice_at_once() {
    let problem = idle(1, 2, 60);
    let mut stand_by = nightly(&problem);
    stand_by.duties = (0..14).map(|day| hours(day * 24 + 18, 14)).collect();
    stand_by.most_per_week = Some(3);
    let taken = given(&problem, &off(&problem), &stand_by);
    let in_week = |days: std::ops::Range<usize>| taken[days].iter().flatten().count();
    assert_eq!((in_week(0..7), in_week(7..14)), (3, 3));
    let all: Vec<OnCall> = (0..4)
        .map(|duty| OnCall {
            asked: 0,
            duty,
            person: 0,
        })
        .collect();
    let broken = check_on_call(
        &problem,
        &off(&problem),
        std::slice::from_ref(&stand_by),
        &all,
    );
    assert_eq!(broken.len(), 1);
    assert!(broken[0].text.contains("duty 4 of the week"), "{broken:?}");

    stand_by.most_per_week = None;
    let both = [stand_by.clone(), stand_by];
    let taken = give_out(&problem, &off(&problem), &both);
    assert_eq!(taken.len(), 14);
    assert_eq!(check_on_call(&problem, &off(&problem), &both, &taken), []);
    let twice = [0, 1].map(|asked| OnCall {
        asked,
        duty: 0,
        person: 0,
    });
    let broken = check_on_call(&problem, &off(&problem), &both, &twice);
    assert!(broken[0].text.contains("twice at once"), "{broken:?}");
}

/// Who has been told a duty keeps it, though another would be cheaper, unless they cannot take it; no rule is broken for it.
#[test]
fn duties_that_people_know_stay_theirs_where_they_can() {
    for seed in 0..200 {
        let mut dice = Dice(seed * 31 + 3);
        let mut problem = idle(4, 1, 60);
        for person in &mut problem.people {
            person.cost_per_hour = 10.0 + dice.below(10) as f64;
            if dice.below(2) == 0 {
                let day = dice.below(7) as i32;
                person.absences.push(hours(day * 24 + 20, 4));
            }
        }
        let mut stand_by = nightly(&problem);
        stand_by.most_per_week = Some(2 + dice.below(2) as u32);
        let asked = [stand_by];
        let tours = off(&problem);
        let told: Vec<OnCall> = (0..5)
            .map(|duty| OnCall {
                asked: 0,
                duty,
                person: dice.below(4),
            })
            .collect();
        let taken = give_out_beside(&problem, &tours, &asked, &told);
        assert_eq!(check_on_call(&problem, &tours, &asked, &taken), []);
        let mut valid: Vec<OnCall> = Vec::new();
        for &one in &told {
            valid.push(one);
            if !check_on_call(&problem, &tours, &asked, &valid).is_empty() {
                valid.pop();
            }
        }
        for one in valid {
            assert!(taken.contains(&one), "seed {seed}: {one:?} of {taken:?}");
        }
    }
}

/// Against trying everything: as many duties are taken as can be.
#[test]
fn no_duty_is_left_that_somebody_could_take() {
    let mut tight = 0;
    for seed in 0..300 {
        let mut dice = Dice(seed * 77 + 5);
        let mut problem = idle(3, 1, 60);
        for person in &mut problem.people {
            for day in 0..5 {
                if dice.below(3) == 0 {
                    person.absences.push(hours(day * 24 + 20, 4));
                }
            }
            person.cost_per_hour = 10.0 + dice.below(10) as f64;
        }
        let mut stand_by = nightly(&problem);
        stand_by.duties.truncate(5);
        stand_by.most_per_week = Some(1 + dice.below(2) as u32);
        let asked = [stand_by];
        let tours = off(&problem);
        let taken = give_out(&problem, &tours, &asked);
        assert_eq!(
            check_on_call(&problem, &tours, &asked, &taken),
            [],
            "seed {seed}"
        );
        let most = (0..4usize.pow(5))
            .filter_map(|mut number| {
                let mut all = Vec::new();
                for duty in 0..5 {
                    let person = number % 4;
                    number /= 4;
                    if person < 3 {
                        all.push(OnCall {
                            asked: 0,
                            duty,
                            person,
                        });
                    }
                }
                check_on_call(&problem, &tours, &asked, &all)
                    .is_empty()
                    .then_some(all.len())
            })
            .max();
        assert_eq!(Some(taken.len()), most, "seed {seed}");
        tight += usize::from(most < Some(5));
    }
    assert!(tight > 30, "{tight} of them leave something open");
}

#[test]
fn duties_of_a_scenario_are_in_their_own_file_in_the_calendars_and_in_the_pay() {
    let asked = "
[[on_call]]
language = \"lt\"
hours = \"18:30-06:30\"
pay = 0.25
rest = \"1h\"
max_per_week = 3

[[on_call]]
role = \"supervisor\"
hours = \"Sat-Sun 09:00-12:00\"
people = 2
";
    let team = Team::small();
    let text = team.text("scenario.toml") + asked;
    let team = team.with("scenario.toml", text);
    let folder = Temp::new("on-call");
    team.write(&folder.join("team"));
    let check = run(folder.path(), &["check", "team"]).well();
    let words = "On call: 1 somebody in lt, Mon-Sun 00:00-06:30 and 18:30-24:00, all sites together, at 25 % of the hourly cost";
    assert!(check.out.contains(words), "{}", check.out);
    plan_quickly(folder.path(), &["--quiet"]).well();

    let rows = table(&folder.join("out/on_call.csv"));
    // Seven nights, and two places on two mornings, for which there is one supervisor.
    assert_eq!(rows.len(), 11);
    assert_eq!(rows.iter().filter(|row| row["agent"].is_empty()).count(), 2);
    let roster = table(&folder.join("out/roster.csv"));
    let mut cost = 0.0;
    for row in rows.iter().filter(|row| !row["agent"].is_empty()) {
        let (start, end) = (instant(&row["start_utc"]), instant(&row["end_utc"]));
        for shift in roster.iter().filter(|shift| shift["agent"] == row["agent"]) {
            let (from, until) = (instant(&shift["start_utc"]), instant(&shift["end_utc"]));
            assert!(until <= start || end <= from, "{row:?} {shift:?}");
        }
        let expected = match (end - start).num_hours() {
            12 => 12.0 * 15.0 * 0.25,
            _ => 0.0,
        };
        assert!((number(row, "cost") - expected).abs() < 0.01, "{row:?}");
        cost += expected;
        let calendar = format!("out/calendar/{}.ics", row["agent"]);
        let calendar = std::fs::read_to_string(folder.join(&calendar)).expect("a calendar");
        assert!(calendar.contains("SUMMARY:On call"), "{calendar}");
    }
    assert!((cost - 7.0 * 45.0).abs() < 1e-9);
    let payroll = table(&folder.join("out/payroll.csv"));
    let paid: f64 = payroll.iter().map(|row| number(row, "cost")).sum();
    let plain: f64 = payroll
        .iter()
        .map(|row| {
            (number(row, "paid_minutes")
                + 0.5 * number(row, "night_minutes")
                + number(row, "sunday_minutes")
                + number(row, "holiday_minutes"))
                / 4.0
        })
        .sum();
    assert!((paid - plain - cost).abs() < 0.05, "{paid} {plain} {cost}");
    let mut sorted = payroll.clone();
    sorted.sort_by(|a, b| (&a["agent"], &a["date"]).cmp(&(&b["agent"], &b["date"])));
    assert_eq!(payroll, sorted);
    let summary = std::fs::read_to_string(folder.join("out/summary.json")).expect("a summary");
    assert!(summary.contains("[[on_call]] of supervisor"), "{summary}");
}
