//! Dates and times as people write them.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};

use crate::calendar::Instant;

/// `2026-10-19`, and the years for which a plan makes sense.
pub fn parse_date(text: &str) -> Option<NaiveDate> {
    let date = NaiveDate::parse_from_str(text.trim(), "%Y-%m-%d").ok()?;
    let first = NaiveDate::from_ymd_opt(1970, 1, 1)?;
    let last = NaiveDate::from_ymd_opt(2200, 1, 1)?;
    (first..=last).contains(&date).then_some(date)
}

/// A wall-clock time `2026-10-19T08:00`, with a space for the `T` or with seconds too; `24:00` is the end of the day.
pub fn parse_local(text: &str) -> Option<NaiveDateTime> {
    let text = text.trim();
    let (date, time) = text.split_once(['T', 't', ' '])?;
    let date = parse_date(date)?;
    let time = time.trim();
    if matches!(time, "24:00" | "24:00:00") {
        return Some((date + TimeDelta::days(1)).into());
    }
    let time = NaiveTime::parse_from_str(time, "%H:%M")
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S"))
        .or_else(|_| NaiveTime::parse_from_str(time, "%H:%M:%S%.f"))
        .ok()?;
    Some(date.and_time(time))
}

/// An instant: a wall-clock time with `Z` or an offset, `2026-10-25T00:30Z`, `2026-10-25T03:30+02:00`.
pub fn parse_instant(text: &str) -> Option<Instant> {
    let text = text.trim();
    let (local, seconds) = match text.strip_suffix(['Z', 'z']) {
        Some(local) => (local, 0),
        None => {
            // The date holds signs too: the offset is what follows the last sign after the time began.
            let begin = text.find(['T', 't', ' '])?;
            let sign = begin + text[begin..].rfind(['+', '-'])?;
            let (hours, minutes) = match text[sign + 1..].split_once(':') {
                Some(parts) => parts,
                None if text.len() == sign + 5 && text.is_ascii() => {
                    (&text[sign + 1..sign + 3], &text[sign + 3..])
                }
                None => (&text[sign + 1..], "0"),
            };
            let (hours, minutes): (i64, i64) = (hours.parse().ok()?, minutes.parse().ok()?);
            if !(0..=15).contains(&hours) || !(0..60).contains(&minutes) {
                return None;
            }
            let size = hours * 3600 + minutes * 60;
            let ahead = text[sign..].starts_with('+');
            (&text[..sign], if ahead { size } else { -size })
        }
    };
    let local = parse_local(local)?;
    Some(DateTime::<Utc>::from_naive_utc_and_offset(
        local - TimeDelta::seconds(seconds),
        Utc,
    ))
}

/// Minute of the day of `HH:MM`, 0..1440.
pub fn parse_minute(text: &str) -> Option<u32> {
    let (hours, minutes) = text.trim().split_once(':')?;
    if hours.is_empty() || hours.len() > 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

/// `495` as `08:15`.
pub fn clock(minute: u32) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// The date that somebody meant who wrote `21.10.2026`, `2026/10/21` or `20261021`; not `10/11/2026`, which is two dates.
pub fn other_date(text: &str) -> Option<NaiveDate> {
    let day = text.trim().split([' ', 'T']).next()?;
    ["%d.%m.%Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d"]
        .iter()
        .filter_map(|form| NaiveDate::parse_from_str(day, form).ok())
        .find(|date| parse_date(&date.to_string()).is_some())
}
