//! Reads the text of a plain series file: columns `ts` (local start of the interval) and `y`, optionally `holiday`.

use super::holes;
use super::local::{LocalSeries, SpecialDay, SpecialKind};
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};
use thiserror::Error;

/// What it means that a file has no row for an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Absent {
    /// Whole days and times of day without any row are closed; other holes are missing data, or zeros where the file leaves those
    /// out ([`leaves_out_zeros`]).
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
    #[error(
        "line 1: no column `{name}` in `{header}`; a series file has at least the columns ts,y, with commas between them"
    )]
    NoColumn { name: &'static str, header: String },
    #[error("line {line}: `{text}` is not {what}")]
    Value {
        line: usize,
        text: String,
        what: &'static str,
    },
    #[error("the interval of {0} minutes does not divide a day")]
    Interval(u32),
    #[error(
        "line {line}: no interval of {interval} minutes begins at {at}; give the length that the rows have with --interval"
    )]
    OffGrid {
        line: usize,
        at: NaiveDateTime,
        interval: u32,
    },
    #[error(
        "the rows reach from {first} to {last}, which is too long for a history: some year is wrong"
    )]
    Span { first: NaiveDate, last: NaiveDate },
    #[error("the file has no rows")]
    Empty,
}

/// Most days that a series may span.
const MOST_DAYS: i64 = 100 * 366;
/// Minutes of an interval where the rows do not say: what a file of single calls is not believed to have.
const USUAL_INTERVAL: u32 = 30;
const LEAST_INTERVAL: u32 = 5;

/// What the lines of a file say.
struct Rows {
    /// Line, time, count.
    rows: Vec<(usize, NaiveDateTime, Option<f64>)>,
    holidays: Vec<NaiveDate>,
}

/// Minutes from one row of a series to the next: the longest interval in which each row begins one.
///
/// # Errors
/// The first line that cannot be read.
pub fn series_interval(text: &str) -> Result<u32, SeriesFileError> {
    let seconds = read(text)?
        .rows
        .iter()
        .map(|(_, at, _)| at.num_seconds_from_midnight())
        .fold(86_400, common_divisor);
    Ok(if seconds % 60 == 0 && seconds / 60 >= LEAST_INTERVAL {
        seconds / 60
    } else {
        USUAL_INTERVAL
    })
}

fn common_divisor(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { common_divisor(b, a % b) }
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
    let mut cells = Cells::of(text, interval_minutes)?;
    let slots = cells.slots;
    let open = match absent {
        Absent::Closed => cells.seen,
        Absent::Missing => vec![true; cells.seen.len()],
        Absent::Guess => {
            let open = guess_open(&cells.seen, slots);
            if cells.zeros_are_left_out(&open) {
                cells.write_zeros(&open);
            }
            open
        }
    };
    holes::forget_before_opening(&mut cells.counts, slots);
    let mut holidays = cells.holidays;
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
        first_day: cells.first_day,
        slots_per_day: slots,
        counts: cells.counts,
        open,
        handle_time_s: Vec::new(),
        special_days,
    })
}

/// Whether [`Absent::Guess`] takes missing rows of a series for zeros: no row says 0, and rows are missing at many times at which
/// other days have some, but few contacts.
///
/// # Errors
/// As [`parse_series`].
pub fn leaves_out_zeros(text: &str, interval_minutes: u32) -> Result<bool, SeriesFileError> {
    let cells = Cells::of(text, interval_minutes)?;
    Ok(cells.zeros_are_left_out(&guess_open(&cells.seen, cells.slots)))
}

/// The rows laid on days and slots.
struct Cells {
    first_day: NaiveDate,
    slots: usize,
    counts: Vec<Option<f64>>,
    /// There is a row.
    seen: Vec<bool>,
    holidays: Vec<NaiveDate>,
}

impl Cells {
    fn of(text: &str, interval: u32) -> Result<Cells, SeriesFileError> {
        if interval == 0 || 1440 % interval != 0 {
            return Err(SeriesFileError::Interval(interval));
        }
        let slots = (1440 / interval) as usize;
        let Rows { rows, holidays } = read(text)?;
        let begins =
            |at: &NaiveDateTime| at.num_seconds_from_midnight().is_multiple_of(60 * interval);
        if let Some(&(line, at, _)) = rows.iter().find(|(_, at, _)| !begins(at)) {
            return Err(SeriesFileError::OffGrid { line, at, interval });
        }
        let dates = || rows.iter().map(|row| row.1.date());
        let (Some(first_day), Some(last)) = (dates().min(), dates().max()) else {
            return Err(SeriesFileError::Empty);
        };
        if (last - first_day).num_days() > MOST_DAYS {
            let first = first_day;
            return Err(SeriesFileError::Span { first, last });
        }
        let days = (last - first_day).num_days() as usize + 1;
        let mut cells = Cells {
            first_day,
            slots,
            counts: vec![None; days * slots],
            seen: vec![false; days * slots],
            holidays,
        };
        let mut rows_of = vec![0.0; days * slots];
        for (_, at, count) in rows {
            let day = (at.date() - first_day).num_days() as usize;
            let cell = day * slots + (at.num_seconds_from_midnight() / 60 / interval) as usize;
            cells.seen[cell] = true;
            if let Some(count) = count {
                rows_of[cell] += 1.0;
                let before: f64 = cells.counts[cell].unwrap_or(0.0);
                cells.counts[cell] = Some(before + (count - before) / rows_of[cell]);
            }
        }
        Ok(cells)
    }

    fn zeros_are_left_out(&self, open: &[bool]) -> bool {
        let holes = (0..open.len()).filter(|&cell| open[cell] && !self.seen[cell]);
        holes::are_zeros(&self.counts, self.slots, holes)
    }

    fn write_zeros(&mut self, open: &[bool]) {
        for ((count, seen), open) in self.counts.iter_mut().zip(&self.seen).zip(open) {
            if *open && !seen {
                *count = Some(0.0);
            }
        }
    }
}

fn read(text: &str) -> Result<Rows, SeriesFileError> {
    // A spreadsheet may put a byte order mark first.
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let header: Vec<&str> = lines.next().map_or(Vec::new(), |(_, l)| {
        l.trim_end().split(',').map(str::trim).collect()
    });
    if header.is_empty() {
        return Err(SeriesFileError::Empty);
    }
    let column = |name: &'static str| header.iter().position(|h| *h == name);
    let needed = |name: &'static str| {
        column(name).ok_or_else(|| SeriesFileError::NoColumn {
            name,
            header: header.join(","),
        })
    };
    let (ts, y) = (needed("ts")?, needed("y")?);
    let holiday = column("holiday");
    let mut found = Rows {
        rows: Vec::new(),
        holidays: Vec::new(),
    };
    for (i, line) in lines.filter(|(_, l)| !l.trim().is_empty()) {
        let cells: Vec<&str> = line.trim_end().split(',').map(str::trim).collect();
        let cell = |c: usize| cells.get(c).copied().unwrap_or("");
        let wrong = |c: usize, what| SeriesFileError::Value {
            line: i + 1,
            text: cell(c).to_string(),
            what,
        };
        let at = timestamp(cell(ts))
            .ok_or_else(|| wrong(ts, "a local time like 2014-07-01 00:30:00"))?;
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
            found.holidays.push(at.date());
        }
        found.rows.push((i + 1, at, count));
    }
    Ok(found)
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
