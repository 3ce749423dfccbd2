//! Opening hours: `24/7` or `Mon-Fri 08:00-20:00, Sat 10:00-16:00`.

use chrono::{Datelike, NaiveDateTime, Timelike, Weekday};

const WEEK_MINUTES: u32 = 7 * 1440;

/// The minutes of a local week (Monday 00:00 on) at which a queue or site is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningHours {
    /// Disjoint half-open spans of minutes since Monday 00:00, ascending.
    spans: Vec<(u32, u32)>,
}

/// Why a text is no opening hours; `part` is the piece that is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{part}\" is not an opening time")]
pub struct ParseHoursError {
    pub part: String,
}

impl OpeningHours {
    pub fn always() -> OpeningHours {
        OpeningHours {
            spans: vec![(0, WEEK_MINUTES)],
        }
    }

    pub fn is_always(&self) -> bool {
        self.spans == [(0, WEEK_MINUTES)]
    }

    /// Reads `24/7`, or parts such as `Mon-Fri 08:00-20:00` split by commas. A part without days is for every day; `22:00-06:00` passes midnight;
    /// `00:00-24:00` and `00:00-00:00` are whole days.
    pub fn parse(text: &str) -> Result<OpeningHours, ParseHoursError> {
        if text.trim() == "24/7" {
            return Ok(OpeningHours::always());
        }
        let mut open = vec![false; WEEK_MINUTES as usize];
        for part in text.split(',').map(str::trim) {
            let (days, from, until) = parse_part(part).ok_or_else(|| ParseHoursError {
                part: part.to_owned(),
            })?;
            for day in days {
                for minute in from..until {
                    open[((day * 1440 + minute) % WEEK_MINUTES) as usize] = true;
                }
            }
        }
        Ok(OpeningHours {
            spans: spans_of(&open),
        })
    }

    /// Whether the local time lies within the hours.
    pub fn contains(&self, local: NaiveDateTime) -> bool {
        let minute =
            local.weekday().num_days_from_monday() * 1440 + local.hour() * 60 + local.minute();
        self.spans
            .iter()
            .any(|&(from, until)| (from..until).contains(&minute))
    }
}

fn parse_part(part: &str) -> Option<(Vec<u32>, u32, u32)> {
    let (days, times) = match part.rsplit_once(' ') {
        Some((days, times)) => (parse_days(days.trim())?, times),
        None => ((0..7).collect(), part),
    };
    let (from, until) = times.split_once('-')?;
    let (from, mut until) = (parse_time(from)?, parse_time(until)?);
    if from >= 1440 {
        return None;
    }
    if until <= from {
        until += 1440;
    }
    Some((days, from, until))
}

fn parse_days(text: &str) -> Option<Vec<u32>> {
    let day = |name: &str| -> Option<u32> {
        let day: Weekday = name.trim().parse().ok()?;
        Some(day.num_days_from_monday())
    };
    match text.split_once('-') {
        None => Some(vec![day(text)?]),
        Some((first, last)) => {
            let (first, last) = (day(first)?, day(last)?);
            Some(
                (0..=(last + 7 - first) % 7)
                    .map(|i| (first + i) % 7)
                    .collect(),
            )
        }
    }
}

/// Minutes after midnight of `HH:MM`, 24:00 included.
pub(super) fn parse_time(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (minutes < 60 && hours * 60 + minutes <= 1440).then_some(hours * 60 + minutes)
}

fn spans_of(open: &[bool]) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for (minute, _) in open.iter().enumerate().filter(|(_, is_open)| **is_open) {
        let minute = minute as u32;
        match spans.last_mut() {
            Some(last) if last.1 == minute => last.1 = minute + 1,
            _ => spans.push((minute, minute + 1)),
        }
    }
    spans
}
