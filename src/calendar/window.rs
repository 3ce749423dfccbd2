//! The part of a day within which an agent may work: `06:00-22:00`, `14:00-08:00` (past midnight).

use super::hours::parse_time;

/// Earliest start and latest end of a shift in minutes on the agent's own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DailyWindow {
    /// Minutes after midnight, 0..1440.
    pub earliest_start: u32,
    /// Minutes after the midnight before `earliest_start`; above 1440 where the window passes midnight.
    pub latest_end: u32,
}

/// Why a text is no window.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not a window of the day")]
pub struct ParseWindowError {
    pub text: String,
}

impl DailyWindow {
    /// Reads `HH:MM-HH:MM`; an end at or before the start lies on the next day.
    pub fn parse(text: &str) -> Result<DailyWindow, ParseWindowError> {
        let parse = || {
            let (from, until) = text.split_once('-')?;
            let (earliest_start, until) = (parse_time(from)?, parse_time(until)?);
            (earliest_start < 1440).then(|| DailyWindow {
                earliest_start,
                latest_end: if until <= earliest_start {
                    until + 1440
                } else {
                    until
                },
            })
        };
        parse().ok_or_else(|| ParseWindowError {
            text: text.to_owned(),
        })
    }

    /// Whether a shift that starts `start_minute` after local midnight and whose end shows `end_minute` minutes after the midnight of its
    /// start date (on the wall clock) lies inside.
    pub fn allows(&self, start_minute: u32, end_minute: u32) -> bool {
        let inside = |shift: u32| {
            start_minute + shift >= self.earliest_start && end_minute + shift <= self.latest_end
        };
        // A start after midnight belongs to a window that opened the evening before.
        inside(0) || inside(1440)
    }
}
