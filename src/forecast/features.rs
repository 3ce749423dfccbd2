//! The ordinary columns of the calendar effect: day of month, working days of the month, days around closures.

use super::grid::Grid;
use chrono::Datelike;

/// Triangular bumps over the day of the month, three days apart.
const BUMPS: usize = 11;
/// Bumps, three first and three last working days, after / second after / before a closure.
pub(crate) const COLUMNS: usize = CLOSURE_COLUMNS + 3;
/// Where the columns around closures begin.
pub(crate) const CLOSURE_COLUMNS: usize = BUMPS + 6;

/// Working-day numbers within the month and distances to closures, for a run of days.
pub(crate) struct Neighbourhood {
    start: usize,
    /// Working days of the month up to and including the day, from its start and from its end.
    from_start: Vec<usize>,
    from_end: Vec<usize>,
    /// Working days since the last closure or holiday within a week, and until the next.
    after: Vec<usize>,
    before: Vec<usize>,
}

impl Neighbourhood {
    pub fn of(grid: &Grid, start: usize, end: usize) -> Neighbourhood {
        let works = |d: i64| -> bool {
            if d >= 0 && (d as usize) < grid.days {
                grid.open_day[d as usize] && !grid.is_holiday(d as usize)
            } else {
                grid.usually_open[(grid.weekday[0] as i64 + d).rem_euclid(7) as usize]
            }
        };
        // A day on which one would expect to work, and does not.
        let closure = |d: i64| -> bool {
            d >= 0
                && (d as usize) < grid.days
                && grid.usually_open[grid.weekday[d as usize]]
                && (!grid.open_day[d as usize] || grid.is_holiday(d as usize))
        };
        let mut made = Neighbourhood {
            start,
            from_start: vec![],
            from_end: vec![],
            after: vec![],
            before: vec![],
        };
        for d in start..end {
            let date = grid.date(d);
            let d = d as i64;
            let first = d - i64::from(date.day0());
            let last = first + i64::from(days_in_month(date.year(), date.month())) - 1;
            made.from_start
                .push((first..=d).filter(|&e| works(e)).count());
            made.from_end.push((d..=last).filter(|&e| works(e)).count());
            let steps_to = |step: i64| -> usize {
                let (mut e, mut worked) = (d + step, 1);
                for _ in 0..6 {
                    if closure(e) {
                        return worked;
                    }
                    worked += usize::from(works(e));
                    e += step;
                }
                usize::MAX
            };
            made.after.push(steps_to(-1));
            made.before.push(steps_to(1));
        }
        made
    }

    /// Which of the columns around closures day `d` is in: 0 the day after, 1 the second after, 2 the day before.
    pub fn beside(&self, d: usize) -> Vec<usize> {
        let i = d - self.start;
        let mut columns = Vec::new();
        if (1..=2).contains(&self.after[i]) {
            columns.push(self.after[i] - 1);
        }
        if self.before[i] == 1 {
            columns.push(2);
        }
        columns
    }
}

/// Columns of day `d` that are not zero.
pub(crate) fn features(grid: &Grid, near: &Neighbourhood, d: usize) -> Vec<(usize, f64)> {
    let mut columns = Vec::with_capacity(6);
    let at = f64::from(grid.date(d).day0()) / 3.0;
    let low = at.floor() as usize;
    columns.push((low, 1.0 - at.fract()));
    if at.fract() > 0.0 && low + 1 < BUMPS {
        columns.push((low + 1, at.fract()));
    }
    let i = d - near.start;
    if (1..=3).contains(&near.from_start[i]) {
        columns.push((BUMPS + near.from_start[i] - 1, 1.0));
    }
    if (1..=3).contains(&near.from_end[i]) {
        columns.push((BUMPS + 3 + near.from_end[i] - 1, 1.0));
    }
    columns.extend(near.beside(d).iter().map(|k| (CLOSURE_COLUMNS + k, 1.0)));
    columns
}

fn days_in_month(year: i32, month: u32) -> u32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}
