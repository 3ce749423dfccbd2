//! How contacts spread over the hours and weekdays of a queue's own clock.

use chrono::{Datelike, NaiveDateTime, Timelike, Weekday};

use super::RecipeError;
use crate::calendar::OpeningHours;

/// Relative volumes; only proportions matter.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// By local hour, from 00:00; the value holds at the middle of the hour and runs straight to the next one's.
    pub hours: [f64; 24],
    /// Monday first.
    pub weekdays: [f64; 7],
}

impl Shape {
    /// Business contacts: a morning peak, a smaller one after lunch, little at night; Mondays busy, weekends quiet.
    pub const WORKDAY: Shape = Shape {
        hours: [
            0.18, 0.13, 0.10, 0.09, 0.10, 0.16, 0.30, 0.52, 0.85, 1.15, 1.34, 1.30, 1.08, 1.10,
            1.16, 1.10, 1.00, 0.86, 0.70, 0.56, 0.46, 0.38, 0.31, 0.24,
        ],
        weekdays: [1.26, 1.06, 1.00, 0.96, 0.88, 0.56, 0.48],
    };
    /// Consumers: an evening as busy as the morning, and weekends nearly like other days.
    pub const CONSUMER: Shape = Shape {
        hours: [
            0.34, 0.22, 0.16, 0.13, 0.12, 0.16, 0.28, 0.48, 0.78, 1.02, 1.14, 1.12, 1.02, 1.00,
            1.02, 1.04, 1.08, 1.12, 1.20, 1.22, 1.14, 0.96, 0.74, 0.52,
        ],
        weekdays: [1.14, 1.02, 0.98, 0.96, 0.96, 0.90, 0.84],
    };
    /// A mailbox that opens with the office: what came overnight is there in the first hour.
    pub const MAILBOX: Shape = Shape {
        hours: [
            0.10, 0.08, 0.08, 0.08, 0.10, 0.20, 0.50, 1.20, 1.90, 1.50, 1.20, 1.10, 0.90, 1.00,
            1.05, 1.00, 0.90, 0.75, 0.55, 0.45, 0.40, 0.30, 0.20, 0.15,
        ],
        weekdays: [1.50, 1.05, 0.96, 0.92, 0.82, 0.45, 0.40],
    };

    /// Relative volume per hour at a local time.
    pub fn at(&self, local: NaiveDateTime) -> f64 {
        let minutes = f64::from(local.hour() * 60 + local.minute());
        let position = (minutes / 60.0 + 23.5) % 24.0;
        let (hour, part) = (position as usize % 24, position.fract());
        let by_hour = self.hours[hour] * (1.0 - part) + self.hours[(hour + 1) % 24] * part;
        by_hour * self.weekdays[local.weekday().num_days_from_monday() as usize]
    }

    /// The sum of [`Shape::at`] over the open intervals of a week without clock change.
    ///
    /// # Errors
    /// [`RecipeError::EmptyShape`] with the queue's name where that sum is not above 0.
    pub fn open_week(
        &self,
        queue: &str,
        hours: &OpeningHours,
        interval_minutes: u32,
    ) -> Result<f64, RecipeError> {
        let monday = chrono::NaiveDate::from_isoywd_opt(2026, 1, Weekday::Mon)
            .expect("every ISO year has a first week")
            .and_time(chrono::NaiveTime::MIN);
        let sum: f64 = (0..7 * 1440 / interval_minutes.max(1))
            .map(|index| monday + chrono::TimeDelta::minutes(i64::from(index * interval_minutes)))
            .filter(|local| hours.contains(*local))
            .map(|local| self.at(local))
            .sum();
        if sum > 0.0 {
            Ok(sum)
        } else {
            Err(RecipeError::EmptyShape(queue.to_owned()))
        }
    }
}
