//! From rows as they came to a history: sorted, each interval once, with its gaps.

use std::collections::BTreeMap;

use chrono::DateTime;

use super::finding::{At, FindingKind, Findings, grouped};
use super::{Gap, History, KnownQueues, QueueHistory, Record};
use crate::calendar::{OpeningHours, Zone};

/// A row and where it stood.
#[derive(Debug, Clone)]
pub struct Row {
    pub record: Record,
    pub file: u32,
    pub line: u32,
}

impl Row {
    fn at(&self) -> At {
        At {
            file: self.file as usize,
            line: self.line.into(),
        }
    }
}

pub fn finish(known: KnownQueues, rows: Vec<Vec<Row>>, mut findings: Findings) -> History {
    let queues = known
        .ids
        .into_iter()
        .zip(rows)
        .enumerate()
        .map(|(at, (id, rows))| {
            queue(
                id,
                rows,
                known.optional.contains(&at),
                known.open.get(at),
                known.minutes.get(at).copied().flatten(),
                &mut findings,
            )
        })
        .collect();
    History {
        queues,
        report: findings.finish(),
    }
}

fn queue(
    id: String,
    mut rows: Vec<Row>,
    optional: bool,
    open: Option<&(Zone, OpeningHours)>,
    usual_minutes: Option<u32>,
    findings: &mut Findings,
) -> QueueHistory {
    // Stable: of two rows for one start the later one stands behind.
    rows.sort_by_key(|row| row.record.start);
    let interval_minutes = interval_beside(&rows, usual_minutes);
    if let Some(interval) = interval_minutes {
        off_grid(&id, &mut rows, interval, findings);
    }
    doubled(&id, &mut rows, findings);
    outliers(&id, &rows, findings);
    handle_time_unit(&id, &rows, findings);
    let records: Vec<Record> = rows.into_iter().map(|row| row.record).collect();
    let gaps = interval_minutes.map_or_else(Vec::new, |interval| gaps(&records, interval, open));
    let history = QueueHistory {
        id,
        interval_minutes,
        records,
        gaps,
    };
    if !(optional && history.records.is_empty()) {
        completeness(&history, findings);
    }
    history
}

/// Clocks change twice a year, as little as so many days apart.
const DAYS_BETWEEN_CLOCK_CHANGES: i64 = 150;

/// The longest usual interval of which nearly all (98 %) steps from one start to the next are multiples: an odd row must not make everything look finer.
/// Where clocks change, days and weeks are an hour longer or shorter now and then.
fn interval(rows: &[Row]) -> Option<u32> {
    const USUAL: [i64; 19] = [
        10_080, 1440, 720, 480, 360, 240, 180, 120, 90, 60, 45, 30, 20, 15, 12, 10, 6, 5, 1,
    ];
    let steps: Vec<i64> = rows
        .windows(2)
        .map(|pair| pair[1].record.start - pair[0].record.start)
        .filter(|step| *step > 0)
        .collect();
    if steps.is_empty() {
        return None;
    }
    let all: i64 = steps.iter().sum();
    let clock_changes = (1 + all / (DAYS_BETWEEN_CLOCK_CHANGES * 1440)) as usize;
    let fits = |interval: &i64| {
        let count = |shift: i64| {
            let shifted = steps.iter().map(|step| step + shift);
            shifted.filter(|step| step % interval == 0).count()
        };
        let exact = count(0);
        let shifted = if *interval > 60 && *interval % 60 == 0 {
            count(60) + count(-60)
        } else {
            0
        };
        // A few steps alone could be anything.
        let excused = shifted.min(clock_changes).min(exact / 4);
        (exact + excused) * 100 >= steps.len() * 98
    };
    USUAL.into_iter().find(fits).map(|interval| interval as u32)
}

/// The same for a few rows of a queue whose rows usually stand for so many minutes: an odd start among them does not make them finer.
fn interval_beside(rows: &[Row], usual: Option<u32>) -> Option<u32> {
    let (Some(usual), Some(own)) = (usual, interval(rows)) else {
        return interval(rows).or(usual);
    };
    let step = |pair: &[Row]| pair[1].record.start - pair[0].record.start;
    let own_steps = (rows.windows(2))
        .filter(|pair| step(pair) == i64::from(own))
        .count();
    let odd = own < usual && 2 * own_steps < rows.len() - 1;
    Some(if odd { usual } else { own })
}

/// Takes out rows that do not start where the others do. Longer intervals than an hour move with the clock, so they are let be.
fn off_grid(id: &str, rows: &mut Vec<Row>, interval: u32, findings: &mut Findings) {
    let interval = i64::from(interval);
    if interval > 60 {
        return;
    }
    let mut offsets: BTreeMap<i64, usize> = BTreeMap::new();
    for row in rows.iter() {
        *offsets
            .entry(row.record.start.rem_euclid(interval))
            .or_insert(0) += 1;
    }
    let usual = offsets
        .iter()
        .max_by_key(|(offset, count)| (**count, std::cmp::Reverse(**offset)))
        .map_or(0, |(offset, _)| *offset);
    rows.retain(|row| {
        let fits = row.record.start.rem_euclid(interval) == usual;
        if !fits {
            findings.add(FindingKind::OffGrid, row.at(), "start", id, || {
                (
                    format!(
                        "{} is not on the {interval}-minute grid of \"{id}\"; such rows are left out",
                        utc(row.record.start)
                    ),
                    "each row is one whole interval; put it where it belongs".into(),
                )
            });
        }
        fits
    });
}

/// Keeps one row for each start: the later one, which in an export made again is the truer one.
fn doubled(id: &str, rows: &mut Vec<Row>, findings: &mut Findings) {
    let mut kept: Vec<Row> = Vec::with_capacity(rows.len());
    for row in rows.drain(..) {
        match kept.last_mut() {
            Some(before) if before.record.start == row.record.start => {
                let first = format!(
                    "{}:{}",
                    findings.file_name(before.file as usize),
                    before.line
                );
                let start = utc(row.record.start);
                if before.record == row.record {
                    findings.add(FindingKind::Doubled, row.at(), "", id, || {
                        (
                            format!("\"{id}\" at {start} is there twice, alike; the other one is {first}"),
                            "it counts once; check whether an export was put in twice".into(),
                        )
                    });
                } else {
                    let (old, new) = (before.record.contacts, row.record.contacts);
                    findings.add(FindingKind::Contradiction, row.at(), "", id, || {
                        (
                            format!(
                                "\"{id}\" at {start} is there twice, with {new} contacts and with {old} ({first}); the later row counts"
                            ),
                            "if the rows are parts of one queue, add them up; if the hour of a clock change is there twice, write starts with their offset".into(),
                        )
                    });
                }
                *before = row;
            }
            _ => kept.push(row),
        }
    }
    *rows = kept;
}

/// Numbers of contacts far beyond all others of the queue.
fn outliers(id: &str, rows: &[Row], findings: &mut Findings) {
    if rows.len() < 100 {
        return;
    }
    let mut sorted: Vec<f64> = rows.iter().map(|row| row.record.contacts).collect();
    sorted.sort_by(f64::total_cmp);
    let high = sorted[sorted.len() * 199 / 200];
    let limit = 10.0 * high + 20.0;
    for row in rows.iter().filter(|row| row.record.contacts > limit) {
        let contacts = row.record.contacts;
        findings.add(FindingKind::Outlier, row.at(), "contacts", id, || {
            (
                format!(
                    "{contacts} contacts for \"{id}\" at {}, where 199 of 200 intervals have {high} or fewer",
                    utc(row.record.start)
                ),
                "if it was real, tell it by an [[event]]; if not, mend or remove the row".into(),
            )
        });
    }
}

/// A mean handle time of seconds that only minutes or milliseconds would explain.
fn handle_time_unit(id: &str, rows: &[Row], findings: &mut Findings) {
    let mut times: Vec<f64> = rows
        .iter()
        .filter_map(|row| row.record.handle_time_s)
        .collect();
    if times.len() < 20 {
        return;
    }
    let middle = times.len() / 2;
    let (_, median, _) = times.select_nth_unstable_by(middle, f64::total_cmp);
    let (unit, median) = match *median {
        median if median < 15.0 => ("minutes", median),
        median if median > 20_000.0 => ("milliseconds", median),
        _ => return,
    };
    findings.about_queue(
        FindingKind::HandleTime,
        id,
        format!(
            "the handle times of \"{id}\" look like {unit}: half of them are {} {median}",
            if unit == "minutes" { "below" } else { "above" }
        ),
        "handle_time_s is in seconds: 316.7 is 5 minutes and 17 seconds".into(),
    );
}

/// Minutes apart at which an interval is looked at: opening hours are no shorter.
const OPEN_STEP: usize = 15;

fn gaps(records: &[Record], interval: u32, open: Option<&(Zone, OpeningHours)>) -> Vec<Gap> {
    let interval = i64::from(interval);
    let is_open = |start: i64| {
        let at = |minutes: i64| DateTime::from_timestamp(minutes * 60, 0);
        let Some((zone, hours)) = open else {
            return true;
        };
        (start..start + interval)
            .step_by(OPEN_STEP)
            .chain([start + interval - 1])
            .filter_map(at)
            .any(|at| hours.contains(zone.to_local(at)))
    };
    records
        .windows(2)
        .filter_map(|pair| {
            // A day of 25 hours is not a gap: what is missing must be most of an interval.
            let step = pair[1].start - pair[0].start;
            let missing = (step + interval / 2) / interval - 1;
            let mut missed = (1..=missing)
                .map(|nth| pair[0].start + nth * interval)
                .filter(|start| is_open(*start));
            let from = missed.next()?;
            let (last, more) = missed.fold((from, 0), |(_, more), start| (start, more + 1));
            let until = if last == pair[0].start + missing * interval {
                pair[1].start
            } else {
                last + interval
            };
            Some(Gap {
                from,
                until,
                intervals: 1 + more,
            })
        })
        .collect()
}

fn completeness(history: &QueueHistory, findings: &mut Findings) {
    let id = &history.id;
    if history.records.is_empty() {
        let message = format!("the history has no rows for \"{id}\"");
        let hint =
            "check its name in the file (queue_map), or let it be like a queue that has history";
        findings.about_queue(FindingKind::NoRows, id, message, hint.into());
        return;
    }
    let Some(longest) = history
        .gaps
        .iter()
        .max_by_key(|gap| (gap.intervals, std::cmp::Reverse(gap.from)))
    else {
        return;
    };
    let share = history.completeness();
    let day = longest.until - longest.from >= 1440;
    if share >= 0.98 && !day {
        return;
    }
    // As the forecast takes them (`forecast/notes.rs`).
    let no_zeros = history.records.iter().all(|r| r.contacts > 0.0)
        && 5 * history.missing() > history.records.len();
    let hint = if no_zeros {
        "no row has 0 contacts, so gaps in days with rows are taken as 0 and whole days without rows as unknown; write intervals in which nobody came with 0 contacts"
    } else if share < 0.9 {
        "gaps are taken as unknown, not as 0: if your system leaves out intervals in which nobody came, write them with 0 contacts"
    } else {
        "gaps are taken as unknown, not as 0; fill them if the figures can be had"
    };
    findings.about_queue(
        FindingKind::Gap,
        id,
        format!(
            "\"{id}\" has no rows for {} of {} intervals; the longest gap is {} to {}",
            grouped(history.missing() as u64),
            grouped((history.missing() + history.records.len()) as u64),
            utc(longest.from),
            utc(longest.until)
        ),
        hint.into(),
    );
}

/// `2026-10-25T00:30Z`.
pub fn utc(minutes: i64) -> String {
    DateTime::from_timestamp(minutes * 60, 0)
        .map_or_else(String::new, |at| at.format("%Y-%m-%dT%H:%MZ").to_string())
}
