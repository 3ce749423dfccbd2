//! Handle time by time of day and weekday, weighted by contacts, shrunk where there are few.
//!
//! level x time of day x weekday x what is left of each weekday's hour; each factor is a ratio of contact-weighted sums
//! with some contacts' worth of "no effect" added (empirical Bayes with fixed weights).

use super::grid::Grid;
use super::local::LocalSeries;

/// Half-life of the level and of the factors, days.
const LEVEL_HALF_LIFE: f64 = 28.0;
const FACTOR_HALF_LIFE: f64 = 120.0;
/// Contacts that pull each factor to 1.
const SLOT_PULL: f64 = 60.0;
const WEEKDAY_PULL: f64 = 150.0;
const CELL_PULL: f64 = 150.0;
/// Passes of a 1-2-1 filter over the time of day.
const PASSES: usize = 3;

/// Mean handle time in seconds, `7 * slots`, weekday by weekday.
#[derive(Clone, Debug)]
pub(crate) struct HandleTime {
    slots: usize,
    pub seconds: Vec<f64>,
    /// Mean over contacts, seconds.
    mean: f64,
}

impl HandleTime {
    /// Learns from the days before `origin`; `None` if no handle time is known. `past_factor(day, slot)` is what events
    /// did to handle time there.
    pub fn fit(
        series: &LocalSeries,
        grid: &Grid,
        origin: usize,
        past_factor: impl Fn(usize, usize) -> f64,
    ) -> Option<HandleTime> {
        let slots = grid.slots;
        let mut work = vec![0.0; 7 * slots];
        let mut contacts = vec![0.0; 7 * slots];
        let (mut level_work, mut level_contacts) = (0.0, 0.0);
        for d in 0..origin {
            let age = (origin - d) as f64;
            let (near, far) = (
                0.5f64.powf(age / LEVEL_HALF_LIFE),
                0.5f64.powf(age / FACTOR_HALF_LIFE),
            );
            for s in 0..slots {
                let at = d * slots + s;
                let (Some(Some(seconds)), Some(n)) =
                    (series.handle_time_s.get(at), series.counts[at])
                else {
                    continue;
                };
                let seconds = seconds / past_factor(d, s).max(1e-3);
                let cell = grid.weekday[d] * slots + s;
                work[cell] += far * n * seconds;
                contacts[cell] += far * n;
                level_work += near * n * seconds;
                level_contacts += near * n;
            }
        }
        let all: f64 = contacts.iter().sum();
        if all <= 0.0 || level_contacts <= 0.0 {
            return None;
        }
        let mean = work.iter().sum::<f64>() / all;
        let level = level_work / level_contacts;
        let sum = |values: &[f64], keep: &dyn Fn(usize) -> bool| -> f64 {
            values
                .iter()
                .enumerate()
                .filter(|(i, _)| keep(*i))
                .map(|(_, v)| v)
                .sum()
        };
        let mut slot_work: Vec<f64> = (0..slots)
            .map(|s| sum(&work, &|i| i % slots == s))
            .collect();
        let mut slot_contacts: Vec<f64> = (0..slots)
            .map(|s| sum(&contacts, &|i| i % slots == s))
            .collect();
        smooth(&mut slot_work);
        smooth(&mut slot_contacts);
        let slot: Vec<f64> = slot_work
            .iter()
            .zip(&slot_contacts)
            .map(|(w, n)| (w / mean + SLOT_PULL) / (n + SLOT_PULL))
            .collect();
        let mut seconds = Vec::with_capacity(7 * slots);
        for w in 0..7 {
            let day = w * slots..(w + 1) * slots;
            let expected = |s: usize| mean * slot[s] * contacts[w * slots + s];
            let all_expected: f64 = (0..slots).map(expected).sum();
            let weekday = (work[day.clone()].iter().sum::<f64>() / mean + WEEKDAY_PULL)
                / (all_expected / mean + WEEKDAY_PULL);
            let mut own: Vec<f64> = work[day].to_vec();
            let mut usual: Vec<f64> = (0..slots).map(|s| expected(s) * weekday).collect();
            smooth(&mut own);
            smooth(&mut usual);
            for s in 0..slots {
                let cell = (own[s] / mean + CELL_PULL) / (usual[s] / mean + CELL_PULL);
                seconds.push(level * slot[s] * weekday * cell);
            }
        }
        Some(HandleTime {
            slots,
            seconds,
            mean: level,
        })
    }

    /// Mean handle time in seconds.
    pub fn at(&self, weekday: usize, slot: usize) -> f64 {
        self.seconds[weekday * self.slots + slot]
    }

    /// Mean over the contacts of the last weeks, seconds: what other queues may borrow.
    pub fn mean(&self) -> f64 {
        self.mean
    }
}

/// A 1-2-1 filter around the clock.
fn smooth(values: &mut [f64]) {
    let n = values.len();
    for _ in 0..if n >= 12 { PASSES } else { 0 } {
        let before = values.to_vec();
        for (i, v) in values.iter_mut().enumerate() {
            *v = 0.25 * before[(i + n - 1) % n] + 0.5 * before[i] + 0.25 * before[(i + 1) % n];
        }
    }
}
