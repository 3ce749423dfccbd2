//! Turns local working life into a grid of UTC intervals and back without losing or inventing an hour.
//!
//! Instants are UTC (`DateTime<Utc>`); a local time exists only together with a [`Zone`]. The machine's own zone and clock are never read.

mod duration;
mod grid;
mod holidays;
mod hours;
mod window;
mod zone;

pub use duration::{ParseDurationError, format_minutes, parse_duration};
pub use grid::Grid;
pub use holidays::{Holiday, known_country, nearest_country, public_holidays};
pub use hours::{OpeningHours, ParseHoursError};
pub use window::{DailyWindow, ParseWindowError};
pub use zone::{LocalTime, UnknownZone, Zone};

/// An instant in UTC.
pub type Instant = chrono::DateTime<chrono::Utc>;
