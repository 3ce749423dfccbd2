//! Lays today's actuals on a queue's local day and corrects what is left of it.

use super::clock::local_time;
use super::input::{HistoryPoint, QueueInput, Target};
use super::intraday::{PastDay, correct, correct_handle_time};
use super::queue::{LocalForecast, Prepared};
use super::read_back::Interval;

/// What is known of today.
pub(crate) struct Today<'a> {
    /// UTC seconds.
    pub now: i64,
    /// One list a queue.
    pub actuals: &'a [Vec<HistoryPoint>],
}

impl Today<'_> {
    /// Corrects the target intervals of queue number `q` that lie on the local day of `now`, after it.
    pub fn correct(
        &self,
        queue: &QueueInput,
        q: usize,
        target: &Target,
        prepared: &Prepared,
        local: &LocalForecast,
        intervals: &mut [Interval],
    ) {
        let (slots, slot_s) = (prepared.grid.slots, prepared.local.slot_s);
        let (day, second) = local_time(queue.clock, self.now);
        let d = day - prepared.local.first;
        let Some(d) = usize::try_from(d)
            .ok()
            .filter(|&d| d >= local.origin && d < local.days && slots > 1)
        else {
            return;
        };
        let seen = (second / slot_s) as usize;
        let row = &local.mean[(d - local.origin) * slots..(d - local.origin + 1) * slots];
        let mut actual = vec![f64::NAN; slots];
        let mut covered = vec![0.0; slots];
        let (mut contacts, mut worked, mut expected) = (0.0, 0.0, 0.0);
        for p in self
            .actuals
            .get(q)
            .into_iter()
            .flatten()
            .filter(|p| p.contacts.is_finite())
        {
            let (its_day, its_second) = local_time(queue.clock, p.utc);
            if its_day != day || p.utc + i64::from(queue.history_interval_s) > self.now {
                continue;
            }
            let s = (its_second / slot_s) as usize;
            actual[s] = if actual[s].is_finite() {
                actual[s] + p.contacts
            } else {
                p.contacts
            };
            covered[s] += f64::from(queue.history_interval_s);
            if let (Some(h), Some(usual)) = (p.handle_time_s, &prepared.handle_time) {
                contacts += p.contacts;
                worked += p.contacts * h;
                expected += p.contacts * usual.at(prepared.grid.weekday[d], s);
            }
        }
        for (s, (a, c)) in actual.iter_mut().zip(&covered).enumerate() {
            // A slot seen in part is not seen; one that the clock repeats is seen twice.
            if *c < slot_s as f64 || s >= seen {
                *a = f64::NAN;
            } else {
                *a *= slot_s as f64 / c;
            }
        }
        let today = PastDay {
            forecast: row.to_vec(),
            actual,
        };
        let correction = correct(&today, seen, &local.past_days, local.day_variance);
        let (near, far) = correct_handle_time(contacts, worked, expected);
        for (i, interval) in intervals.iter_mut().enumerate() {
            let start = target.start + i as i64 * i64::from(target.step_s);
            let (its_day, its_second) = local_time(queue.clock, start);
            if its_day != day {
                continue;
            }
            let s = (its_second / slot_s) as usize;
            let is_far = correction
                .as_ref()
                .map_or(2 * s > seen + slots, |c| s >= c.far_from);
            interval.handle_factor = if is_far { far } else { near };
            if let Some(c) = &correction {
                interval.scale(c.at(s), c.left);
            }
        }
    }
}

impl Interval {
    /// Multiplies contacts by `factor`; the day's part of the spread shrinks to the share `left` of its variance.
    fn scale(&mut self, factor: f64, left: f64) {
        let mu = self.mean;
        if mu <= 0.0 {
            return;
        }
        let variance = |day: f64| mu + (self.dispersion + day) * mu * mu;
        let day = self.day_cv * self.day_cv;
        let narrower = (variance(left * day) / variance(day)).sqrt();
        self.quantiles = self
            .quantiles
            .map(|q| (factor * (mu + (q - mu) * narrower)).max(0.0));
        self.day_cv *= left.sqrt();
        self.mean *= factor;
    }
}
