//! Lays today's actuals on a queue's local day and corrects what is left of it.

use super::clock::local_time;
use super::input::{HistoryPoint, QueueInput, Target};
use super::intraday::{Correction, PastDay, correct, correct_handle_time};
use super::queue::{LocalForecast, Prepared};
use super::read_back::Interval;
use super::scenario::QueueForecast;

const DAY_S: i64 = 86_400;
/// No clock is changed by more than this within a day.
const CLOCK_CHANGE_S: i64 = 2 * 3600;

/// What is known of today.
pub(crate) struct Today<'a> {
    /// UTC seconds.
    pub now: i64,
    /// One list a queue.
    pub actuals: &'a [Vec<HistoryPoint>],
}

/// The local day of `now` on one queue's clock, before anything that came is looked at.
pub(crate) struct OwnDay {
    /// Days since 1970-01-01.
    day: i64,
    slot_s: i64,
    /// Slots that are over.
    seen: usize,
    /// Contacts by slot as the models have them: what stands where the target does not reach.
    models: Vec<f64>,
    past: Vec<PastDay>,
    day_variance: f64,
}

/// How the rest of an [`OwnDay`] is corrected.
pub(crate) struct News {
    day: i64,
    slot_s: i64,
    contacts: Option<Correction>,
    /// First slot of the far half of the rest, and the factors on handle time before and from it.
    far_from: usize,
    handle_time: (f64, f64),
}

impl Today<'_> {
    /// The target with the intervals before it that lie on the local day of `now` of any queue: what came is compared with them.
    pub fn with_its_day(&self, queues: &[QueueInput], target: &Target) -> Target {
        let midnight = |queue: &QueueInput| self.now - local_time(queue.clock, self.now).1;
        let begin = queues.iter().map(midnight).min().unwrap_or(target.start) - CLOCK_CHANGE_S;
        let before = (target.start - begin).max(0);
        if before > 2 * DAY_S {
            // The plan is yet to come: nothing of today is in it.
            return *target;
        }
        let step = i64::from(target.step_s);
        let more = (before + step - 1) / step;
        Target {
            start: target.start - more * step,
            len: target.len + more as usize,
            ..*target
        }
    }

    /// A queue's day; `None` where it is not forecast, or not by slots.
    pub fn own_day(
        &self,
        queue: &QueueInput,
        prepared: &Prepared,
        local: &mut LocalForecast,
    ) -> Option<OwnDay> {
        let (slots, slot_s) = (prepared.grid.slots, prepared.local.slot_s);
        let (day, second) = local_time(queue.clock, self.now);
        let d = usize::try_from(day - prepared.local.first).ok()?;
        if d < local.origin || d >= local.days || slots == 1 {
            return None;
        }
        let from = (d - local.origin) * slots;
        Some(OwnDay {
            day,
            slot_s,
            seen: (second / slot_s) as usize,
            models: local.mean[from..from + slots].to_vec(),
            past: std::mem::take(&mut local.past_days),
            day_variance: local.day_variance,
        })
    }

    /// What has come of queue number `q`, against its forecast as it would be published: with events, changes and contacts that move.
    pub fn news(
        &self,
        queue: &QueueInput,
        q: usize,
        own: &OwnDay,
        target: &Target,
        made: &QueueForecast,
    ) -> News {
        let slot_s = own.slot_s;
        let (forecast, usual) = own.published(queue, target, made);
        let slots = forecast.len();
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
            if its_day != own.day || p.utc + i64::from(queue.history_interval_s) > self.now {
                continue;
            }
            let s = (its_second / slot_s) as usize;
            actual[s] = if actual[s].is_finite() {
                actual[s] + p.contacts
            } else {
                p.contacts
            };
            covered[s] += f64::from(queue.history_interval_s);
            if let (Some(seconds), Some(usual)) = (p.handle_time_s, usual[s]) {
                contacts += p.contacts;
                worked += p.contacts * seconds;
                expected += p.contacts * usual;
            }
        }
        for (s, (a, c)) in actual.iter_mut().zip(&covered).enumerate() {
            // A slot seen in part is not seen; one that the clock repeats is seen twice.
            if *c < slot_s as f64 || s >= own.seen {
                *a = f64::NAN;
            } else {
                *a *= slot_s as f64 / c;
            }
        }
        let today = PastDay { forecast, actual };
        let correction = correct(&today, own.seen, &own.past, own.day_variance);
        let far_from = (correction.as_ref()).map_or((own.seen + slots) / 2 + 1, |c| c.far_from);
        News {
            day: own.day,
            slot_s,
            contacts: correction,
            far_from,
            handle_time: correct_handle_time(contacts, worked, expected),
        }
    }
}

impl OwnDay {
    /// Contacts and mean handle time by slot of the published forecast.
    fn published(
        &self,
        queue: &QueueInput,
        target: &Target,
        made: &QueueForecast,
    ) -> (Vec<f64>, Vec<Option<f64>>) {
        #[derive(Clone, Default)]
        struct Slot {
            contacts: f64,
            covered_s: f64,
            /// Weight and weighted sum of the mean handle times; nobody's time counts a little, lest a slot without contacts has none.
            weight: f64,
            seconds: f64,
        }
        const NOBODY: f64 = 1e-9;
        let (step, slot_s) = (i64::from(target.step_s), self.slot_s);
        let mut slots = vec![Slot::default(); self.models.len()];
        for i in 0..target.len {
            let (day, second) = local_time(queue.clock, target.start + i as i64 * step);
            let begin = (day - self.day) * DAY_S + second;
            let (mut at, end) = (begin.max(0), (begin + step).min(DAY_S));
            while at < end {
                let upto = ((at / slot_s + 1) * slot_s).min(end);
                let slot = &mut slots[(at / slot_s) as usize];
                let contacts = made.contacts[i] * (upto - at) as f64 / step as f64;
                slot.contacts += contacts;
                slot.covered_s += (upto - at) as f64;
                if let Some(seconds) = made.handle_time_s[i] {
                    slot.weight += contacts + NOBODY;
                    slot.seconds += (contacts + NOBODY) * seconds;
                }
                at = upto;
            }
        }
        let contacts = |(slot, models): (&Slot, &f64)| {
            let whole = slot.covered_s >= slot_s as f64;
            if whole {
                slot.contacts * slot_s as f64 / slot.covered_s
            } else {
                *models
            }
        };
        let usual = |slot: &Slot| (slot.weight > 0.0).then(|| slot.seconds / slot.weight);
        (
            slots.iter().zip(&self.models).map(contacts).collect(),
            slots.iter().map(usual).collect(),
        )
    }
}

impl News {
    /// Corrects the intervals of the target that lie on the day.
    pub fn correct(&self, queue: &QueueInput, target: &Target, intervals: &mut [Interval]) {
        for (i, interval) in intervals.iter_mut().enumerate() {
            let start = target.start + i as i64 * i64::from(target.step_s);
            let (day, second) = local_time(queue.clock, start);
            if day != self.day {
                continue;
            }
            let s = (second / self.slot_s) as usize;
            let (near, far) = self.handle_time;
            interval.handle_factor = if s >= self.far_from { far } else { near };
            if let Some(c) = &self.contacts {
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
