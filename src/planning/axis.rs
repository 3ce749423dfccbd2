//! The fine time axis of the roster: slots on which every shift and break begins and ends.

use crate::calendar::{Grid, Instant};
use crate::scenario::Scenario;

/// Slots of the roster and how they lie on the intervals of demand.
#[derive(Debug, Clone, PartialEq)]
pub struct Axis {
    pub origin: Instant,
    pub slot_minutes: i32,
    pub slots: usize,
    /// Slots in an interval.
    pub per_interval: usize,
    /// First slot of the first interval.
    pub first: usize,
    pub intervals: usize,
}

impl Axis {
    /// Slots as long as possible, from the earliest first day of a site to the end of the latest possible shift.
    pub fn of(scenario: &Scenario) -> Axis {
        let grid = scenario.grid();
        let mut step = grid.step_minutes;
        for contract in &scenario.contracts {
            let starts = [contract.shift_starts.every, contract.shift_starts.earliest];
            let lengths = contract.shift_lengths.iter().copied();
            let breaks = contract
                .breaks
                .iter()
                .flat_map(|part| [part.length, part.after]);
            step = starts
                .into_iter()
                .chain(lengths)
                .chain(breaks)
                .fold(step, gcd);
        }
        let activities = scenario.activities.iter();
        step = activities
            .map(|activity| activity.length_minutes)
            .fold(step, gcd);
        let past_grid = |at: Instant| (at - grid.start).num_minutes().unsigned_abs() as u32;
        for site in &scenario.sites {
            for date in scenario
                .dates()
                .chain([scenario.last_date() + chrono::TimeDelta::days(1)])
            {
                step = gcd(step, past_grid(site.zone.start_of_day(date)));
            }
        }
        let fixed = scenario
            .locked
            .iter()
            .flat_map(|shift| [shift.start, shift.end]);
        step = fixed.fold(step, |step, at| gcd(step, past_grid(at)));
        let longest = scenario
            .contracts
            .iter()
            .flat_map(|contract| &contract.shift_lengths)
            .max()
            .copied()
            .unwrap_or(0);
        let after_last = scenario.last_date() + chrono::TimeDelta::days(1);
        let origin = scenario
            .sites
            .iter()
            .map(|site| site.zone.start_of_day(scenario.start))
            .chain([grid.start])
            .min()
            .unwrap_or(grid.start);
        let last = scenario
            .sites
            .iter()
            .map(|site| site.zone.start_of_day(after_last))
            .chain([grid.end()])
            .max()
            .unwrap_or(grid.end());
        let end = last + chrono::TimeDelta::minutes(i64::from(longest));
        let slots = ((end - origin).num_minutes() as usize).div_ceil(step as usize);
        Axis {
            origin,
            slot_minutes: step as i32,
            slots,
            per_interval: (grid.step_minutes / step) as usize,
            first: ((grid.start - origin).num_minutes() / i64::from(step)) as usize,
            intervals: grid.len,
        }
    }

    /// The interval of demand in which a slot lies.
    pub fn interval(&self, slot: usize) -> Option<usize> {
        let interval = slot.checked_sub(self.first)? / self.per_interval;
        (interval < self.intervals).then_some(interval)
    }

    /// The slots of an interval.
    pub fn slots_of(&self, interval: usize) -> std::ops::Range<usize> {
        let first = self.first + interval * self.per_interval;
        first..first + self.per_interval
    }

    /// Means over the slots of each interval.
    pub fn per_interval_mean(&self, slots: &[f64]) -> Vec<f64> {
        let mean = |interval| {
            slots[self.slots_of(interval)].iter().sum::<f64>() / self.per_interval as f64
        };
        (0..self.intervals).map(mean).collect()
    }

    pub fn instant(&self, grid: &Grid, slot: usize) -> Instant {
        grid.start
            + chrono::TimeDelta::minutes(
                (slot as i64 - self.first as i64) * i64::from(self.slot_minutes),
            )
    }
}

fn gcd(a: u32, b: u32) -> u32 {
    if b == 0 { a } else { gcd(b, a % b) }
}
