//! `forecast --now` of a day that goes as forecast is the forecast, whatever the scenario says of the day; and of what came, only what the file says.

mod common;

use std::collections::BTreeMap;
use std::fmt::Write;

use common::{History, Ran, SMALL, SMALL_AGENTS, Team, Temp, number, run, table};

/// Noon in Vilnius on the plan's second day.
const NOW: &str = "2026-11-24T10:00Z";
const TODAY: &str = "2026-11-24";
const HEADER: &str = "queue,start,contacts,handle_time_s\n";

type Rows = Vec<BTreeMap<String, String>>;

/// A plain forecast, from which today is made up.
struct Plan {
    temp: Temp,
    forecast: Rows,
}

impl Plan {
    fn of(scenario: &str) -> Plan {
        let history = History::before("2026-11-23", "Europe/Vilnius")
            .queue("lt-phone", 30.0, 240.0, 8..18)
            .queue("en-phone", 20.0, 300.0, 8..18)
            .queue("en-email", 10.0, 400.0, 8..18);
        Plan::from(Team::new(scenario, SMALL_AGENTS, history.csv()))
    }

    /// Six people's plan with these lines more.
    fn with(more: &str) -> Plan {
        Plan::of(&format!("{SMALL}\n{more}"))
    }

    fn from(team: Team) -> Plan {
        let temp = Temp::new("today-agrees");
        team.write(&temp.join("team"));
        run(temp.path(), &["forecast", "team", "--out", "plain"]).well();
        let forecast = table(&temp.join("plain/forecast.csv"));
        Plan { temp, forecast }
    }

    /// Rows of a queue today before `NOW` (`gone`) or after it.
    fn day<'a>(rows: &'a Rows, queue: &str, gone: bool) -> Vec<&'a BTreeMap<String, String>> {
        rows.iter()
            .filter(|row| row["queue"] == queue && row["start_utc"].starts_with(TODAY))
            .filter(|row| (row["start_utc"].as_str() < NOW) == gone)
            .collect()
    }

    /// Today as forecast times `factor`, of the rows that `there` keeps (by number among the open ones).
    fn actuals(&self, factor: f64, there: impl Fn(usize) -> bool) -> String {
        let mut text = HEADER.to_owned();
        for queue in ["lt-phone", "en-phone"] {
            let open = Plan::day(&self.forecast, queue, true);
            let open = open
                .into_iter()
                .filter(|row| row["start_utc"].as_str() >= "2026-11-24T06");
            for (_, row) in open.enumerate().filter(|(at, _)| there(*at)) {
                let contacts = factor * number(row, "contacts");
                let (start, seconds) = (&row["start_utc"], &row["handle_time_s"]);
                writeln!(text, "{queue},{start},{contacts},{seconds}").expect("a text");
            }
        }
        text
    }

    fn rest(&self, actuals: &str) -> (Ran, Rows) {
        std::fs::write(self.temp.join("today.csv"), actuals).expect("written");
        let arguments = [
            "forecast",
            "team",
            "--out",
            "rest",
            "--now",
            NOW,
            "--actuals",
            "today.csv",
        ];
        let ran = run(self.temp.path(), &arguments).well();
        (ran, table(&self.temp.join("rest/forecast.csv")))
    }

    /// Contacts and handle times of a queue in the rest of today, against the plain forecast.
    fn against_plain(&self, queue: &str, actuals: &str) -> (f64, f64) {
        let (_, rest) = self.rest(actuals);
        let sum = |rows: &Rows, column: &str| -> f64 {
            let rows = Plan::day(rows, queue, false);
            assert!(rows.len() >= 12);
            rows.iter().map(|row| number(row, column)).sum()
        };
        let ratio = |column: &str| sum(&rest, column) / sum(&self.forecast, column);
        (ratio("contacts"), ratio("handle_time_s"))
    }
}

#[track_caller]
fn agrees((contacts, handle_time): (f64, f64), of: &str) {
    let (off, slower) = ((contacts - 1.0).abs(), (handle_time - 1.0).abs());
    assert!(
        off < 2e-3 && slower < 2e-3,
        "{of}: {contacts} {handle_time}"
    );
}

#[test]
fn a_day_as_forecast_corrects_nothing_whatever_was_told_of_it() {
    let event = |what: &str| {
        format!(
            "[[event]]\nname = \"a\"\nqueues = [\"lt-phone\"]\nfrom = 2026-11-24T08:00:00\nto = 2026-11-24T12:00:00\n{what}\n"
        )
    };
    let change = |what: &str| format!("[[change]]\nqueues = [\"lt-phone\"]\n{what}\n");
    for (told, queue) in [
        (String::new(), "lt-phone"),
        (change("contacts = 0.65"), "lt-phone"),
        (change("handle_time = 1.5"), "lt-phone"),
        (event("contacts = 2.0"), "lt-phone"),
        (event("contacts = 0.0"), "lt-phone"),
        (event("handle_time = 2.0"), "lt-phone"),
        (event("contacts = 0.0\nmove_to = \"en-phone\""), "en-phone"),
    ] {
        let plan = Plan::with(&told);
        let as_forecast = plan.actuals(1.0, |_| true);
        agrees(plan.against_plain(queue, &as_forecast), &told);
    }
    // And a day that does not go as forecast still tells.
    let plan = Plan::with(&change("contacts = 0.65"));
    let (contacts, _) = plan.against_plain("lt-phone", &plan.actuals(1.5, |_| true));
    assert!((1.05..1.5).contains(&contacts), "{contacts}");
}

#[test]
fn a_fixed_handle_time_holds() {
    let fixed = SMALL.replacen(
        "id = \"lt-phone\"",
        "id = \"lt-phone\"\nhandle_time = \"5m\"",
        1,
    );
    let plan = Plan::of(&fixed);
    let (_, rest) = plan.rest(&plan.actuals(1.0, |_| true));
    for row in rest.iter().filter(|row| row["queue"] == "lt-phone") {
        assert_eq!(row["handle_time_s"], "300.0");
    }
}

#[test]
fn a_second_level_gets_what_all_the_first_ones_pass_on() {
    let passes = |scenario: String, id: &str, share: f64| {
        let id = format!("id = \"{id}\"");
        let on = format!("{id}\npasses_on = {{ to = \"second\", share = {share} }}");
        scenario.replacen(&id, &on, 1)
    };
    let scenario = passes(passes(SMALL.to_owned(), "lt-phone", 0.1), "en-phone", 0.2);
    let second = "
[[queue]]
id = \"second\"
language = \"en\"
channel = \"phone\"
time_zone = \"Europe/Vilnius\"
hours = \"Mon-Fri 09:00-18:00\"
target = { answered = 0.80, within = \"20s\" }
patience = \"2m\"
";
    let plan = Plan::of(&(scenario + second));
    let (_, rest) = plan.rest(&plan.actuals(1.0, |_| true));
    let plain: Vec<_> = (plan.forecast.iter())
        .filter(|row| row["queue"] == "second" && row["start_utc"].as_str() >= NOW)
        .collect();
    let rest: Vec<_> = rest.iter().filter(|row| row["queue"] == "second").collect();
    assert_eq!(plain.len(), rest.len());
    for (plain, rest) in plain.iter().zip(&rest) {
        for column in ["contacts", "p10", "p50", "p90", "handle_time_s"] {
            let (was, is) = (number(plain, column), number(rest, column));
            assert!(
                (was - is).abs() < 0.02 * was + 0.01,
                "{column}: {plain:?} {rest:?}"
            );
        }
    }
}

#[test]
fn rows_that_are_not_there_are_gaps() {
    let plan = Plan::with("");
    for (there, of) in [
        ((|at| at % 2 == 0) as fn(usize) -> bool, "full hours"),
        (|at| at == 1 || at == 7, "two rows"),
        (|at| at == 3, "one row"),
    ] {
        let some = plan.actuals(1.0, there);
        assert!(some.lines().count() > 2);
        agrees(plan.against_plain("lt-phone", &some), of);
    }
    // The hours that are there still tell.
    let some = plan.actuals(1.3, |at| at % 2 == 0);
    let (contacts, _) = plan.against_plain("lt-phone", &some);
    assert!((1.02..1.3).contains(&contacts), "{contacts}");
}

#[test]
fn what_is_odd_about_the_file_is_told() {
    let plan = Plan::with("");
    let day = plan.actuals(1.0, |_| true);
    assert_eq!(plan.rest(&day).0.err, "");
    let odd = format!(
        "{day}zz,2026-11-24T08:00Z,5,300\nlt-phone,2026-11-24T08:00Z,500,240\nen-phone,2026-11-24T08:17Z,5,240\n"
    );
    let (ran, _) = plan.rest(&odd);
    for told in [
        "warning[history-unknown-queue]: there is no queue \"zz\"",
        "warning[history-contradiction]: \"lt-phone\" at 2026-11-24T08:00Z is there twice",
        "warning[history-off-grid]: 2026-11-24T08:17Z is not on the 30-minute grid of \"en-phone\"",
    ] {
        assert!(ran.err.contains(told), "{told}\n{}", ran.err);
    }
}

#[test]
fn a_past_of_whole_days_cannot_be_compared_with_and_that_is_told() {
    let mut history = History::before("2026-11-23", "Europe/Vilnius")
        .queue("en-phone", 20.0, 300.0, 8..18)
        .queue("en-email", 10.0, 400.0, 8..18)
        .csv();
    for day in 1..=20 {
        writeln!(history, "lt-phone,2026-11-{day:02},{},240", 500 + day).expect("a text");
    }
    let plan = Plan::from(Team::new(SMALL, SMALL_AGENTS, history));
    let (ran, _) = plan.rest(&plan.actuals(1.4, |_| true));
    assert_eq!(
        ran.err
            .lines()
            .filter(|line| line
                .starts_with("warning: queue lt-phone: its history has totals of whole days"))
            .count(),
        1,
        "{}",
        ran.err
    );
}
