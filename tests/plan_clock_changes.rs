//! Weeks with a clock change are right to the minute: a night team planned over each of five of them.

mod common;

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, TimeDelta, Timelike};
use common::*;
use followsun::calendar::Zone;

/// A week in which the clocks of a zone change.
struct Change {
    zone: &'static str,
    country: &'static str,
    /// A Monday.
    start: &'static str,
    /// The local date on which the clock jumps, and by how many minutes forward.
    date: &'static str,
    forward: i64,
    /// Length of the week.
    minutes: i64,
}

const CHANGES: [Change; 7] = [
    Change {
        zone: "Europe/Vilnius",
        country: "LT",
        start: "2026-10-19",
        date: "2026-10-25",
        forward: -60,
        minutes: 169 * 60,
    },
    Change {
        zone: "America/New_York",
        country: "US",
        start: "2026-10-26",
        date: "2026-11-01",
        forward: -60,
        minutes: 169 * 60,
    },
    Change {
        zone: "America/New_York",
        country: "US",
        start: "2027-03-08",
        date: "2027-03-14",
        forward: 60,
        minutes: 167 * 60,
    },
    Change {
        zone: "Australia/Lord_Howe",
        country: "AU",
        start: "2026-09-28",
        date: "2026-10-04",
        forward: 30,
        minutes: 168 * 60 - 30,
    },
    // Ireland's winter time is the negative one in the tz database; people notice nothing of that.
    Change {
        zone: "Europe/Dublin",
        country: "IE",
        start: "2026-10-19",
        date: "2026-10-25",
        forward: -60,
        minutes: 169 * 60,
    },
    // Morocco goes an hour back for Ramadan ...
    Change {
        zone: "Africa/Casablanca",
        country: "MA",
        start: "2026-02-09",
        date: "2026-02-15",
        forward: -60,
        minutes: 169 * 60,
    },
    // ... and in September 2026 for good, which only a current tz database knows.
    Change {
        zone: "Africa/Casablanca",
        country: "MA",
        start: "2026-09-14",
        date: "2026-09-20",
        forward: -60,
        minutes: 169 * 60,
    },
];

const AGENTS: &str = "\
id,name,site,contract,role,languages,channels,window
n1,Night One,here,nights,agent,en,phone,21:00-07:00
n2,Night Two,here,nights,agent,en,phone,21:00-07:00
n3,Night Three,here,nights,agent,en,phone,21:00-07:00
d1,Day One,here,days,agent,en,phone,
d2,Day Two,here,days,agent,en,phone,
";

fn team(change: &Change) -> Team {
    let scenario = format!(
        r#"name = "Over the change"
start = {start}
weeks = 1
interval = "30m"
time_zone = "{zone}"
currency = "EUR"

[history]
files = ["history.csv"]
format = "intervals"

[staff]
agents = "agents.csv"
locked = "locked.csv"

[[queue]]
id = "en-phone"
language = "en"
channel = "phone"
time_zone = "{zone}"
hours = "24/7"
target = {{ answered = 0.80, within = "30s" }}
patience = "3m"

[[site]]
id = "here"
time_zone = "{zone}"
country = "{country}"

[[contract]]
id = "nights"
paid_hours_per_week = {{ min = 24, max = 40 }}
days_per_week = {{ min = 3, max = 5 }}
shift_lengths = ["8h"]
shift_starts = {{ every = "30m", earliest = "21:00", latest = "23:00" }}
rest_between_shifts = "11h"
breaks = [{{ name = "rest", length = "15m", paid = true, after = "3h", before = "5h", if_shift_over = "6h" }}]
cost_per_hour = 12.0
premium = {{ night = 0.5, sunday = 1.0 }}

[[contract]]
id = "days"
paid_hours_per_week = {{ min = 32, max = 40 }}
days_per_week = {{ min = 4, max = 5 }}
shift_lengths = ["8h30m"]
shift_starts = {{ every = "30m", earliest = "00:00", latest = "14:00" }}
rest_between_shifts = "11h"
breaks = [{{ name = "meal", length = "30m", paid = false, after = "3h", before = "5h30m", if_shift_over = "6h" }}]
cost_per_hour = 10.0
premium = {{ night = 0.5, sunday = 1.0 }}
"#,
        start = change.start,
        zone = change.zone,
        country = change.country
    );
    let history = History::before(change.start, change.zone).queue("en-phone", 2.0, 240.0, 0..24);
    // One night shift lies over the change for certain: 22:00 for eight elapsed hours, whatever the clock says in the morning.
    let eve = change.date.parse::<NaiveDate>().unwrap() - TimeDelta::days(1);
    let end = eve.and_hms_opt(22, 0, 0).unwrap() + TimeDelta::minutes(8 * 60 + change.forward);
    let locked = format!(
        "agent,start,end\nn1,{eve}T22:00,{}\n",
        end.format("%Y-%m-%dT%H:%M")
    );
    Team::new(&scenario, AGENTS, history.csv()).with("locked.csv", locked)
}

fn local(text: &str) -> DateTime<FixedOffset> {
    DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M%:z")
        .unwrap_or_else(|_| panic!("{text:?} is no local time with its offset"))
}

#[test]
fn night_shifts_over_a_clock_change() {
    for change in &CHANGES {
        check(change);
    }
}

fn check(change: &Change) {
    let name = change.zone;
    let zone = Zone::named(name).unwrap();
    let temp = Temp::new("clock");
    team(change).write(&temp.join("team"));
    plan_quickly(temp.path(), &["--quiet"]).well();

    // Demand: as many intervals as the week has half hours, the first one at local midnight.
    let forecast = table(&temp.join("out/forecast.csv"));
    assert_eq!(
        forecast.len() as i64,
        change.minutes / 30,
        "{name}: intervals of the week"
    );
    let midnight = zone.to_local(instant(&forecast[0]["start_utc"]));
    assert_eq!(
        midnight,
        change
            .start
            .parse::<NaiveDate>()
            .unwrap()
            .and_hms_opt(0, 0, 0)
            .unwrap(),
        "{name}"
    );

    let mut shifts: BTreeMap<(String, String), Vec<BTreeMap<String, String>>> = BTreeMap::new();
    for row in table(&temp.join("out/roster.csv")) {
        for end in ["start", "end"] {
            let (utc, here) = (
                instant(&row[&format!("{end}_utc")]),
                local(&row[&format!("{end}_local")]),
            );
            assert_eq!(here.to_utc(), utc, "{name}: {row:?}");
            assert_eq!(here.naive_local(), zone.to_local(utc), "{name}: {row:?}");
        }
        assert_eq!(row["time_zone"], name);
        shifts
            .entry((row["agent"].clone(), row["shift"].clone()))
            .or_default()
            .push(row);
    }
    let changes_on: NaiveDate = change.date.parse().unwrap();
    let mut over_the_change = 0;
    let mut counted: BTreeMap<(String, String), (i64, i64, i64)> = BTreeMap::new();
    for ((agent, _), rows) in &shifts {
        let night = agent.starts_with('n');
        let (start, end) = (
            local(&rows[0]["start_local"]),
            local(&rows[rows.len() - 1]["end_local"]),
        );
        assert_eq!(
            (end - start).num_minutes(),
            if night { 480 } else { 510 },
            "{name}: elapsed length of {agent} {start}"
        );
        let (clock_in, clock_out) = (
            start.hour() * 60 + start.minute(),
            end.hour() * 60 + end.minute(),
        );
        if night {
            assert!(
                (21 * 60..=23 * 60).contains(&clock_in) && clock_out <= 7 * 60,
                "{name}: the window is on the wall clock: {start} to {end}"
            );
            over_the_change += i32::from(start.offset() != end.offset());
        } else {
            assert!(clock_in <= 14 * 60 && clock_in % 30 == 0, "{name}: {start}");
        }
        // Minutes counted one by one on the wall clock.
        let date = start.date_naive().to_string();
        let sums = counted.entry((agent.clone(), date)).or_default();
        for row in rows.iter().filter(|row| row["paid"] == "true") {
            let (mut at, until) = (instant(&row["start_utc"]), instant(&row["end_utc"]));
            while at < until {
                let here = zone.to_local(at);
                sums.0 += 1;
                sums.1 += i64::from(!(6..22).contains(&here.hour()));
                sums.2 += i64::from(here.format("%a").to_string() == "Sun");
                at += TimeDelta::minutes(1);
            }
        }
    }
    assert!(
        over_the_change >= 1,
        "{name}: nobody works over the change of {changes_on}"
    );
    for row in table(&temp.join("out/payroll.csv")) {
        let (paid, night, sunday) = counted
            .remove(&(row["agent"].clone(), row["date"].clone()))
            .unwrap_or_default();
        assert_eq!(
            (
                number(&row, "paid_minutes") as i64,
                number(&row, "night_minutes") as i64,
                number(&row, "sunday_minutes") as i64
            ),
            (paid, night, sunday),
            "{name}: {row:?}"
        );
    }
    assert!(counted.is_empty(), "{name}: {counted:?} is in nobody's pay");
}
