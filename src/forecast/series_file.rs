//! Reads the text of a plain series file: columns `ts` (local start of the interval) and `y`, optionally `holiday`.

use super::local::{LocalSeries, SpecialDay, SpecialKind};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use thiserror::Error;

/// What it means that a file has no row for an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absent {
    /// Whole days and times of day without any row are closed; other holes are missing data.
    #[default]
    Guess,
    /// Every interval without a row is closed.
    Closed,
    /// Every interval without a row is missing data of an open queue.
    Missing,
}

/// What is wrong with a series file.
#[derive(Clone, Debug, Error, PartialEq)]
pub enum SeriesFileError {
    #[error("line 1: no column `{0}`; a series file has at least the columns ts,y")]
    NoColumn(&'static str),
    #[error("line {line}: `{text}` is not {what}")]
    Value {
        line: usize,
        text: String,
        what: &'static str,
    },
    #[error("the interval of {0} minutes does not divide a day")]
    Interval(u32),
    #[error("the file has no rows")]
    Empty,
}

/// Parses a series with intervals of `interval_minutes`. Several rows of one interval (the hour that a clock change repeats)
/// are averaged.
///
/// # Errors
/// The first line that cannot be read.
pub fn parse_series(
    text: &str,
    interval_minutes: u32,
    absent: Absent,
) -> Result<LocalSeries, SeriesFileError> {
    if interval_minutes == 0 || 1440 % interval_minutes != 0 {
        return Err(SeriesFileError::Interval(interval_minutes));
    }
    let slots = (1440 / interval_minutes) as usize;
    let mut lines = text.lines().enumerate();
    let header: Vec<&str> = lines.next().map_or(Vec::new(), |(_, l)| {
        l.trim_end().split(',').map(str::trim).collect()
    });
    let column = |name: &'static str| header.iter().position(|h| *h == name);
    let ts = column("ts").ok_or(SeriesFileError::NoColumn("ts"))?;
    let y = column("y").ok_or(SeriesFileError::NoColumn("y"))?;
    let holiday = column("holiday");
    let mut rows: Vec<(NaiveDateTime, Option<f64>)> = Vec::new();
    let mut holidays: Vec<NaiveDate> = Vec::new();
    for (i, line) in lines.filter(|(_, l)| !l.trim().is_empty()) {
        let cells: Vec<&str> = line.trim_end().split(',').map(str::trim).collect();
        let cell = |c: usize| cells.get(c).copied().unwrap_or("");
        let wrong = |c: usize, what| SeriesFileError::Value {
            line: i + 1,
            text: cell(c).to_string(),
            what,
        };
        let at = timestamp(cell(ts)).ok_or_else(|| wrong(ts, "a time like 2014-07-01 00:30:00"))?;
        let count = match cell(y) {
            "" | "NA" | "NaN" | "nan" => None,
            value => Some(
                value
                    .parse::<f64>()
                    .ok()
                    .filter(|v| v.is_finite() && *v >= 0.0)
                    .ok_or_else(|| wrong(y, "a count"))?,
            ),
        };
        if holiday.is_some_and(|h| !matches!(cell(h), "" | "0" | "0.0" | "false" | "False")) {
            holidays.push(at.date());
        }
        rows.push((at, count));
    }
    let first_day = rows
        .iter()
        .map(|r| r.0.date())
        .min()
        .ok_or(SeriesFileError::Empty)?;
    let last_day = rows
        .iter()
        .map(|r| r.0.date())
        .max()
        .ok_or(SeriesFileError::Empty)?;
    let days = (last_day - first_day).num_days() as usize + 1;
    let mut counts = vec![None; days * slots];
    let mut seen = vec![false; days * slots];
    let mut rows_of = vec![0.0; days * slots];
    for (at, count) in rows {
        let day = (at.date() - first_day).num_days() as usize;
        let cell = day * slots + (at.num_seconds_from_midnight() / 60 / interval_minutes) as usize;
        seen[cell] = true;
        if let Some(count) = count {
            rows_of[cell] += 1.0;
            let before: f64 = counts[cell].unwrap_or(0.0);
            counts[cell] = Some(before + (count - before) / rows_of[cell]);
        }
    }
    let open = match absent {
        Absent::Closed => seen,
        Absent::Missing => vec![true; days * slots],
        Absent::Guess => guess_open(&seen, slots),
    };
    holidays.sort_unstable();
    holidays.dedup();
    let special_days = holidays
        .into_iter()
        .map(|date| SpecialDay {
            date,
            name: yearly_name(date),
            kind: SpecialKind::PublicHoliday,
        })
        .collect();
    Ok(LocalSeries {
        first_day,
        slots_per_day: slots,
        counts,
        open,
        handle_time_s: Vec::new(),
        special_days,
    })
}

/// A name that the same holiday has every year, from its date alone: Mondays and the Thursdays of November go by their
/// place in the month, others by the day.
pub fn yearly_name(date: NaiveDate) -> String {
    let weekday = date.weekday().num_days_from_monday();
    if weekday == 0 || (weekday == 3 && date.month() == 11) {
        format!(
            "{} {} of {}",
            date.day0() / 7 + 1,
            date.format("%A"),
            date.format("%B")
        )
    } else {
        date.format("%-d %B").to_string()
    }
}

fn timestamp(text: &str) -> Option<NaiveDateTime> {
    let text = text.replace('T', " ");
    NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M:%S")
        .or_else(|_| NaiveDateTime::parse_from_str(&text, "%Y-%m-%d %H:%M"))
        .ok()
        .or_else(|| {
            NaiveDate::parse_from_str(&text, "%Y-%m-%d")
                .ok()
                .and_then(|d| d.and_hms_opt(0, 0, 0))
        })
}

/// A day without rows is closed; on the others a time of day is closed that hardly ever has a row.
fn guess_open(seen: &[bool], slots: usize) -> Vec<bool> {
    let days: Vec<&[bool]> = seen.chunks(slots).collect();
    let worked: Vec<&&[bool]> = days.iter().filter(|d| d.iter().any(|&s| s)).collect();
    let often: Vec<bool> = (0..slots)
        .map(|s| 20 * worked.iter().filter(|d| d[s]).count() > worked.len())
        .collect();
    days.iter()
        .flat_map(|d| {
            let works = d.iter().any(|&s| s);
            often
                .iter()
                .zip(d.iter())
                .map(move |(&o, &s)| works && (o || s))
        })
        .collect()
}
