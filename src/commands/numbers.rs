//! Numbers of flags, read with a word of help for whoever mistypes them. Flags that use them allow negative numbers, or a minus sign would be taken
//! for another flag.

use std::str::FromStr;

/// Seconds above 0.
pub fn seconds(text: &str) -> Result<f64, String> {
    read(text, |seconds: &f64| seconds.is_finite() && *seconds > 0.0)
        .ok_or_else(|| "write a number of seconds above 0, such as 60".to_owned())
}

/// A share from 0 up to 1.
pub fn share(text: &str) -> Result<f64, String> {
    read(text, |share: &f64| (0.0..1.0).contains(share))
        .ok_or_else(|| "write a share from 0 up to 1, such as 0.01 for 1 %".to_owned())
}

/// A factor of 0 or more.
pub fn factor(text: &str) -> Result<f64, String> {
    read(text, |factor: &f64| factor.is_finite() && *factor >= 0.0)
        .ok_or_else(|| "write a factor of 0 or more, such as 1.2".to_owned())
}

/// A whole number of 0 or more.
pub fn whole<T: FromStr>(text: &str) -> Result<T, String> {
    text.parse()
        .map_err(|_| "write a whole number of 0 or more, such as 8".to_owned())
}

/// A whole number of 1 or more.
pub fn at_least_one(text: &str) -> Result<usize, String> {
    read(text, |count: &usize| *count > 0)
        .ok_or_else(|| "write a whole number of 1 or more, such as 2".to_owned())
}

fn read<T: FromStr>(text: &str, fits: impl Fn(&T) -> bool) -> Option<T> {
    text.parse().ok().filter(fits)
}
