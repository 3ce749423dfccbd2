//! Numbers from bytes.

/// A finite number; whole ones of a few digits, which is most of them, are read without the general parser.
pub fn parse_number(field: &[u8]) -> Option<f64> {
    let field = field.trim_ascii();
    if (1..=9).contains(&field.len()) && field.iter().all(u8::is_ascii_digit) {
        let number = field
            .iter()
            .fold(0u32, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        return Some(f64::from(number));
    }
    let number: f64 = std::str::from_utf8(field).ok()?.parse().ok()?;
    number.is_finite().then_some(number)
}
