//! Durations as people write them: `20s`, `2m30s`, `8h`, `11h`, `2w`.

/// Why a text is no duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is not a duration")]
pub struct ParseDurationError {
    pub text: String,
}

/// Seconds of a duration text: one or more `<whole number><unit>` with units `w`, `d`, `h`, `m`, `s`, each at most once, large before small.
pub fn parse_duration(text: &str) -> Result<u64, ParseDurationError> {
    let error = || ParseDurationError {
        text: text.to_owned(),
    };
    let mut units = [
        ('w', 604_800),
        ('d', 86_400),
        ('h', 3_600),
        ('m', 60),
        ('s', 1),
    ]
    .iter();
    let mut rest = text.trim();
    if rest.is_empty() {
        return Err(error());
    }
    let mut seconds = 0u64;
    while !rest.is_empty() {
        let digits = rest
            .find(|c: char| !c.is_ascii_digit())
            .filter(|&n| n > 0)
            .ok_or_else(error)?;
        let count: u64 = rest[..digits].parse().map_err(|_| error())?;
        let unit = rest[digits..].chars().next().ok_or_else(error)?;
        let &(_, size) = units.find(|(name, _)| *name == unit).ok_or_else(error)?;
        seconds = count
            .checked_mul(size)
            .and_then(|part| seconds.checked_add(part))
            .ok_or_else(error)?;
        rest = rest[digits + 1..].trim_start();
    }
    Ok(seconds)
}

/// `495` as `8h15m`, `480` as `8h`, `15` as `15m`.
pub fn format_minutes(minutes: i64) -> String {
    let (hours, rest) = (minutes.abs() / 60, minutes.abs() % 60);
    let sign = if minutes < 0 { "-" } else { "" };
    match (hours, rest) {
        (0, rest) => format!("{sign}{rest}m"),
        (hours, 0) => format!("{sign}{hours}h"),
        (hours, rest) => format!("{sign}{hours}h{rest:02}m"),
    }
}
