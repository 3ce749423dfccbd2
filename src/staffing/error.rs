//! What can be wrong with a request to this room.

/// A request that has no answer.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum StaffingError {
    /// A number lies outside the range its field allows.
    #[error("{what} is {value}, but must be {allowed}")]
    OutOfRange {
        /// The field, in words.
        what: &'static str,
        /// What was given.
        value: f64,
        /// The allowed range, in words.
        allowed: &'static str,
    },
    /// Two lists that describe the same intervals (or queues) differ in length.
    #[error("{what} has {found} entries, but {expected} were expected")]
    Length {
        /// The list, in words.
        what: &'static str,
        /// Its length.
        found: usize,
        /// The length that was expected.
        expected: usize,
    },
    /// No number of agents up to the limit of the search meets the target.
    #[error("no staffing up to {limit} agents meets the target")]
    Unreachable {
        /// The largest number of agents that was tried.
        limit: u32,
    },
}

/// `value` if it is finite and at least zero.
pub(crate) fn at_least_zero(what: &'static str, value: f64) -> Result<f64, StaffingError> {
    check(
        what,
        value,
        value.is_finite() && value >= 0.0,
        "a finite number of at least 0",
    )
}

/// `value` if it is finite and above zero.
pub(crate) fn above_zero(what: &'static str, value: f64) -> Result<f64, StaffingError> {
    check(
        what,
        value,
        value.is_finite() && value > 0.0,
        "a finite number above 0",
    )
}

/// `value` if it is a share, 0..=1.
pub(crate) fn share(what: &'static str, value: f64) -> Result<f64, StaffingError> {
    check(what, value, (0.0..=1.0).contains(&value), "from 0 to 1")
}

pub(crate) fn check(
    what: &'static str,
    value: f64,
    ok: bool,
    allowed: &'static str,
) -> Result<f64, StaffingError> {
    if ok {
        Ok(value)
    } else {
        Err(StaffingError::OutOfRange {
            what,
            value,
            allowed,
        })
    }
}
