//! The formats in which any roster is handed on. A new one is one file and one line in [`FORMATS`].

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{
    agent_calendar, calendar_file_names, hours_csv, payroll_csv, people_xlsx, roster_csv,
    team_calendar, wages_csv, week_csv,
};
use crate::results::PlanResults;

/// What is handed on.
pub struct Handed<'a> {
    /// Of the people and dates asked for.
    pub roster: &'a PlanResults,
    pub dates: &'a [NaiveDate],
    /// How the payroll program calls kinds of hours.
    pub codes: &'a BTreeMap<String, String>,
}

/// What comes out.
pub enum Made {
    Text(String),
    /// Of a program of its own: it must go to a file.
    Binary(Vec<u8>),
    /// Name and text of each file of a folder.
    Folder(Vec<(String, String)>),
}

/// A way to hand a roster on.
pub struct Format {
    pub name: &'static str,
    /// What it is for, in a few words.
    pub what: &'static str,
    /// Makes it; an error says why it cannot be.
    pub make: fn(&Handed) -> Result<Made, String>,
}

/// Every format.
pub const FORMATS: &[Format] = &[
    Format {
        name: "week",
        what: "a grid for any spreadsheet: a row a person, a column a date (CSV)",
        make: |handed| Ok(Made::Text(week_csv(handed.roster, handed.dates))),
    },
    Format {
        name: "workbook",
        what: "the roster to pin to the wall and the hours (Excel)",
        make: |handed| {
            people_xlsx(handed.roster, handed.roster.grid.start)
                .map(Made::Binary)
                .map_err(|error| error.to_string())
        },
    },
    Format {
        name: "hours",
        what: "hours, premiums and cost, a row a person (CSV)",
        make: |handed| Ok(Made::Text(hours_csv(handed.roster))),
    },
    Format {
        name: "wages",
        what: "hours by person, date and pay code, to be imported by a payroll program (CSV; see --codes)",
        make: |handed| Ok(Made::Text(wages_csv(handed.roster, handed.codes))),
    },
    Format {
        name: "payroll",
        what: "minutes, premiums and cost by person and date, as in payroll.csv",
        make: |handed| Ok(Made::Text(payroll_csv(handed.roster))),
    },
    Format {
        name: "roster",
        what: "every piece of every shift, as in roster.csv",
        make: |handed| Ok(Made::Text(roster_csv(handed.roster))),
    },
    Format {
        name: "calendar",
        what: "a folder with a calendar for each person (iCalendar)",
        make: |handed| {
            let roster = handed.roster;
            let names = calendar_file_names(&roster.people);
            let of = |(person, name): (_, String)| {
                (name, agent_calendar(roster, person, roster.grid.start))
            };
            Ok(Made::Folder(
                roster.people.iter().zip(names).map(of).collect(),
            ))
        },
    },
    Format {
        name: "team-calendar",
        what: "one calendar with everybody's shifts (iCalendar)",
        make: |handed| {
            Ok(Made::Text(team_calendar(
                handed.roster,
                handed.roster.grid.start,
            )))
        },
    },
];
