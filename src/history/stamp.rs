//! Instants as histories write them, fast.

/// What a time field says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// Seconds since 1970-01-01T00:00Z.
    At(i64),
    /// A local time that does not say where: seconds as if it were UTC.
    Local(i64),
    /// A date alone: the second at which it begins, as if it were UTC.
    Day(i64),
    /// No time at all.
    Bad,
}

/// Reads `2026-10-25T00:30Z`, `2026-10-25T03:30+02:00`, with seconds (and parts of seconds, which are dropped) or a space for the `T` too.
pub fn parse_stamp(field: &[u8]) -> Stamp {
    let field = field.trim_ascii();
    let Some(date) = parse_date(field) else {
        return Stamp::Bad;
    };
    let Some((separator, rest)) = field[10..].split_first() else {
        return Stamp::Day(date * 86_400);
    };
    if !matches!(separator, b'T' | b't' | b' ') {
        return Stamp::Bad;
    }
    let (Some(hour), Some(b':'), Some(minute)) =
        (digits(rest, 0, 2), rest.get(2), digits(rest, 3, 2))
    else {
        return Stamp::Bad;
    };
    let (second, zone) = match rest.get(5) {
        Some(b':') => match digits(rest, 6, 2) {
            Some(second) => (second, after_fraction(&rest[8..])),
            None => return Stamp::Bad,
        },
        _ => (0, &rest[5..]),
    };
    if hour > 23 || minute > 59 || second > 60 {
        return Stamp::Bad;
    }
    let local = date * 86_400 + hour * 3600 + minute * 60 + second;
    match zone.trim_ascii_start() {
        [] => Stamp::Local(local),
        b"Z" | b"z" => Stamp::At(local),
        [sign @ (b'+' | b'-'), offset @ ..] => match parse_offset(offset) {
            Some(size) if *sign == b'+' => Stamp::At(local - size),
            Some(size) => Stamp::At(local + size),
            None => Stamp::Bad,
        },
        _ => Stamp::Bad,
    }
}

/// Days since 1970-01-01 of the date at the beginning of a field.
fn parse_date(field: &[u8]) -> Option<i64> {
    if field.len() < 10 || field[4] != b'-' || field[7] != b'-' {
        return None;
    }
    let year = digits(field, 0, 4)?;
    let month = digits(field, 5, 2)?;
    let day = digits(field, 8, 2)?;
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 => 28 + i64::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    ((1970..2200).contains(&year) && (1..=days).contains(&day))
        .then(|| days_from_civil(year, month, day))
}

/// Days since 1970-01-01 of a date of the Gregorian calendar (H. Hinnant, chrono-Compatible Low-Level Date Algorithms).
fn days_from_civil(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let of_era = year.rem_euclid(400);
    let of_year = (153 * (if month > 2 { month - 3 } else { month + 9 }) + 2) / 5 + day - 1;
    let day_of_era = of_era * 365 + of_era / 4 - of_era / 100 + of_year;
    era * 146_097 + day_of_era - 719_468
}

/// Seconds of `02:00`, `0200` or `02`.
fn parse_offset(offset: &[u8]) -> Option<i64> {
    let hours = digits(offset, 0, 2)?;
    let minutes = match offset.len() {
        2 => 0,
        4 => digits(offset, 2, 2)?,
        5 if offset[2] == b':' => digits(offset, 3, 2)?,
        _ => return None,
    };
    (hours <= 15 && minutes < 60).then_some(hours * 3600 + minutes * 60)
}

fn after_fraction(rest: &[u8]) -> &[u8] {
    match rest {
        [b'.', fraction @ ..] => {
            let digits = fraction.iter().take_while(|byte| byte.is_ascii_digit());
            &fraction[digits.count()..]
        }
        rest => rest,
    }
}

fn digits(field: &[u8], at: usize, count: usize) -> Option<i64> {
    field.get(at..at + count)?.iter().try_fold(0, |sum, byte| {
        byte.is_ascii_digit()
            .then(|| sum * 10 + i64::from(byte - b'0'))
    })
}
