//! The common time axis: equal intervals of UTC.

use chrono::{NaiveDate, TimeDelta};

use super::{Instant, Zone};

/// `len` half-open intervals of `step_minutes` each, the first beginning at `start`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    pub start: Instant,
    pub step_minutes: u32,
    pub len: usize,
}

impl Grid {
    /// The grid from `first` 00:00 to the same clock time `weeks` later on the planner's clock: a week with a clock change has 167 or 169 hours.
    /// Its end is rounded up to a whole interval, which matters only where a clock moves by less than an interval.
    pub fn of_weeks(zone: &Zone, first: NaiveDate, weeks: u32, step_minutes: u32) -> Grid {
        let start = zone.start_of_day(first);
        let end = zone.start_of_day(first + TimeDelta::weeks(weeks.into()));
        let minutes = (end - start).num_minutes();
        let len = (minutes as usize).div_ceil(step_minutes as usize);
        Grid {
            start,
            step_minutes,
            len,
        }
    }

    /// Start of interval `index`; `index == len` gives the end of the grid.
    pub fn at(&self, index: usize) -> Instant {
        self.start + TimeDelta::minutes(i64::from(self.step_minutes) * index as i64)
    }

    pub fn end(&self) -> Instant {
        self.at(self.len)
    }

    /// The interval that holds an instant.
    pub fn index(&self, at: Instant) -> Option<usize> {
        let seconds = (at - self.start).num_seconds();
        let index = seconds.div_euclid(i64::from(self.step_minutes) * 60);
        (0..self.len as i64)
            .contains(&index)
            .then_some(index as usize)
    }

    pub fn step_seconds(&self) -> f64 {
        f64::from(self.step_minutes) * 60.0
    }

    pub fn instants(&self) -> impl Iterator<Item = Instant> + '_ {
        (0..self.len).map(|index| self.at(index))
    }

    /// The local calendar day of each interval in `zone`, numbered from 0 in order of appearance.
    pub fn days(&self, zone: &Zone) -> (Vec<usize>, Vec<NaiveDate>) {
        let mut dates: Vec<NaiveDate> = Vec::new();
        let numbers = self
            .instants()
            .map(|at| {
                let date = zone.date(at);
                if dates.last() != Some(&date) {
                    dates.push(date);
                }
                dates.len() - 1
            })
            .collect();
        (numbers, dates)
    }
}
