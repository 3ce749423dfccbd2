//! Small teams made up on the spot, folders that clean up after themselves, and the program run as people run it.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::atomic::{AtomicU32, Ordering};

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta};
use followsun::calendar::Zone;

/// The line that begins each file, as formats.md has them.
pub const HEADERS: [(&str, &str); 5] = [
    (
        "forecast.csv",
        "queue,start_utc,contacts,p10,p50,p90,handle_time_s",
    ),
    (
        "requirement.csv",
        "queue,start_utc,load_erlang,agents,scheduled",
    ),
    (
        "roster.csv",
        "agent,name,site,shift,activity,start_utc,end_utc,start_local,end_local,time_zone,paid",
    ),
    (
        "service.csv",
        "queue,start_utc,offered,answered_within,abandoned,service_level,low,high,asa_s,occupancy",
    ),
    (
        "payroll.csv",
        "agent,name,site,contract,date,paid_minutes,night_minutes,saturday_minutes,sunday_minutes,holiday_minutes,overtime_minutes,absence_minutes,cost",
    ),
];

/// A folder of its own for a test, gone when the test is.
pub struct Temp(PathBuf);

impl Temp {
    pub fn new(name: &str) -> Temp {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path =
            std::env::temp_dir().join(format!("followsun-{name}-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).expect("the temporary folder can be written");
        Temp(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn join(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Temp {
    fn drop(&mut self) {
        // What cannot be removed is the temporary folder's business.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A scenario's files, by name.
#[derive(Clone)]
pub struct Team {
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Team {
    /// A scenario and its agents, with four weeks of history for each queue.
    pub fn new(scenario: &str, agents: &str, history: String) -> Team {
        let mut files = BTreeMap::new();
        files.insert("scenario.toml".to_owned(), scenario.as_bytes().to_vec());
        files.insert("agents.csv".to_owned(), agents.as_bytes().to_vec());
        files.insert("history.csv".to_owned(), history.into_bytes());
        Team { files }
    }

    /// Six people in Vilnius who answer calls and e-mail in two languages by day.
    pub fn small() -> Team {
        let history = History::before("2026-11-23", "Europe/Vilnius")
            .queue("lt-phone", 5.0, 240.0, 8..18)
            .queue("en-phone", 2.0, 300.0, 8..18)
            .queue("en-email", 1.5, 400.0, 8..18);
        Team::new(SMALL, SMALL_AGENTS, history.csv())
    }

    pub fn text(&self, file: &str) -> String {
        String::from_utf8(self.files[file].clone()).expect("text")
    }

    /// The same with one more file, or another in its place.
    pub fn with(mut self, file: &str, content: impl Into<Vec<u8>>) -> Team {
        self.files.insert(file.to_owned(), content.into());
        self
    }

    /// The same with `[staff]` naming one more file.
    pub fn with_staff(self, key: &str, content: &str) -> Team {
        let file = format!("{key}.csv");
        self.changed(
            "scenario.toml",
            "agents = \"agents.csv\"",
            &format!("agents = \"agents.csv\"\n{key} = \"{file}\""),
        )
        .with(&file, content)
    }

    /// The same with the first `from` of a file changed; it must be there.
    pub fn changed(self, file: &str, from: &str, to: &str) -> Team {
        let text = self.text(file);
        assert!(text.contains(from), "{file} has no {from:?}");
        self.with(file, text.replacen(from, to, 1))
    }

    /// Writes the files.
    pub fn write(&self, folder: &Path) {
        std::fs::create_dir_all(folder).expect("a folder");
        for (name, content) in &self.files {
            std::fs::write(folder.join(name), content).expect("a file");
        }
    }
}

pub const SMALL: &str = r#"name = "Six people"
start = 2026-11-23
weeks = 1
interval = "30m"
time_zone = "Europe/Vilnius"
currency = "EUR"

[history]
files = ["history.csv"]
format = "intervals"

[staff]
agents = "agents.csv"

[shrinkage]
default = 0.05

[[queue]]
id = "lt-phone"
language = "lt"
channel = "phone"
time_zone = "Europe/Vilnius"
hours = "Mon-Fri 08:00-18:00"
target = { answered = 0.80, within = "20s" }
patience = "2m"

[[queue]]
id = "en-phone"
language = "en"
channel = "phone"
time_zone = "Europe/Vilnius"
hours = "Mon-Fri 08:00-18:00"
target = { answered = 0.80, within = "20s" }
patience = "2m"

[[queue]]
id = "en-email"
language = "en"
channel = "email"
time_zone = "Europe/Vilnius"
hours = "Mon-Fri 08:00-18:00"
target = { answered = 0.95, within = "8h" }

[[site]]
id = "vilnius"
time_zone = "Europe/Vilnius"
country = "LT"

[[contract]]
id = "full"
paid_hours_per_week = { min = 32, max = 40 }
days_per_week = { min = 4, max = 5 }
shift_lengths = ["8h30m"]
shift_starts = { every = "30m", earliest = "07:00", latest = "12:00" }
rest_between_shifts = "11h"
max_consecutive_days = 5
breaks = [
  { name = "rest", length = "15m", paid = true, after = "1h30m", before = "3h30m", if_shift_over = "3h45m" },
  { name = "meal", length = "30m", paid = false, after = "3h", before = "5h30m", if_shift_over = "5h45m" },
]
cost_per_hour = 15.0
premium = { night = 0.5, sunday = 1.0, holiday = 1.0 }
"#;

pub const SMALL_AGENTS: &str = "\
id,name,site,contract,role,languages,channels,window
v1,Ona Petraitė,vilnius,full,supervisor,lt;en,phone;email,
v2,Jonas Kazlauskas,vilnius,full,agent,lt;en,phone;email,
v3,Rūta Žukauskaitė,vilnius,full,agent,lt,phone,07:00-19:00
v4,Tomas Ąžuolas,vilnius,full,agent,lt,phone,
v5,Greta Šimkutė,vilnius,full,agent,en,phone;email,08:00-20:00
v6,Paul Smith,vilnius,full,agent,en:0.9,phone;email,
";

/// A meeting of all who speak Lithuanian, and coaching for everybody.
pub const MEETINGS: &str = r#"
[[activity]]
name = "team meeting"
length = "45m"
who = { language = ["lt"] }
times_per_week = 1
window = "Mon-Fri 09:00-16:00"
together = true
paid = true

[[activity]]
name = "coaching"
length = "30m"
times_per_week = 2
together = false
paid = false
"#;

/// Contacts of the four weeks before a plan, made up from a seed; one clock.
pub struct History {
    first: NaiveDate,
    zone: Zone,
    dice: u64,
    rows: String,
}

impl History {
    pub fn before(start: &str, zone: &str) -> History {
        let start: NaiveDate = start.parse().expect("a date");
        History {
            first: start - TimeDelta::days(28),
            zone: Zone::named(zone).expect("a zone"),
            dice: 7,
            rows: "queue,start,contacts,handle_time_s\n".to_owned(),
        }
    }

    /// A queue with this many contacts in half an hour, less at weekends, open every day in these hours.
    pub fn queue(
        mut self,
        id: &str,
        contacts: f64,
        handle_time_s: f64,
        hours: std::ops::Range<u32>,
    ) -> History {
        for day in 0..28 {
            let date = self.first + TimeDelta::days(day);
            if date.weekday().number_from_monday() > 5 && hours.len() < 24 {
                continue;
            }
            for half in hours.start * 2..hours.end * 2 {
                let time = NaiveTime::from_num_seconds_from_midnight_opt(half * 1800, 0)
                    .expect("within a day");
                let at = self.zone.earliest(date.and_time(time));
                let (number, time) = (
                    contacts * (0.5 + self.chance()),
                    handle_time_s * (0.8 + 0.4 * self.chance()),
                );
                self.rows += &format!(
                    "{id},{},{:.0},{time:.1}\n",
                    at.format("%Y-%m-%dT%H:%MZ"),
                    number.max(1.0)
                );
            }
        }
        self
    }

    pub fn csv(self) -> String {
        self.rows
    }

    fn chance(&mut self) -> f64 {
        self.dice = self
            .dice
            .wrapping_mul(6364136223846793005)
            .wrapping_add(1442695040888963407);
        (self.dice >> 40) as f64 / (1 << 24) as f64
    }
}

/// How a run of the program ended.
pub struct Ran {
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Ran {
        Ran {
            status: output.status.code(),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

impl Ran {
    /// The same if it ended well.
    #[track_caller]
    pub fn well(self) -> Ran {
        assert_eq!(self.status, Some(0), "{}\n{}", self.out, self.err);
        self
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).expect("JSON on standard output")
    }
}

pub fn followsun() -> Command {
    Command::new(env!("CARGO_BIN_EXE_followsun"))
}

/// Runs the program in a folder.
pub fn run(folder: &Path, arguments: &[&str]) -> Ran {
    followsun()
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("the program starts")
        .into()
}

/// The quickest plan there is of the scenario in `folder/team`, into `folder/out`.
pub fn plan_quickly(folder: &Path, more: &[&str]) -> Ran {
    let mut arguments = vec![
        "plan", "team", "--out", "out", "--effort", "2", "--rounds", "1", "--days", "140",
    ];
    arguments.extend(more);
    run(folder, &arguments)
}

/// The rows of a CSV file as maps from column to text.
pub fn table(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader =
        csv::Reader::from_path(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    reader
        .deserialize()
        .map(|row| row.expect("a row"))
        .collect()
}

pub fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column]
        .parse()
        .unwrap_or_else(|_| panic!("{column} = {:?}", row[column]))
}

pub fn instant(text: &str) -> followsun::calendar::Instant {
    followsun::scenario::parse_instant(text).unwrap_or_else(|| panic!("{text:?} is no instant"))
}
