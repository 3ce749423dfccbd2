//! A queue without enough history of its own borrows another's: its days and times on its own clock and opening hours, the
//! volume by what the user expects, corrected as its own weeks come in.

use super::clock::{Local, opening};
use super::input::{Like, QueueInput};

/// Variance of the log of the user's volume factor (a factor of 1.65 either way at one standard deviation).
const GUESS_VARIANCE: f64 = 0.25;
/// Variance of the log ratio of one week to what it should be, and what no number of weeks takes away.
const WEEK_VARIANCE: f64 = 0.04;
const LASTING_VARIANCE: f64 = 0.005;
/// Weeks of own history from which on a queue stands on its own feet.
pub(crate) const OWN_WEEKS: usize = 8;

/// A borrowed history and how its volume has to be corrected.
pub(crate) struct Borrowed {
    pub local: Local,
    /// Factor on the borrowed volume learned from own days, and variance of its log.
    pub factor: f64,
    pub variance: f64,
    pub own_weeks: f64,
    /// Day number (since 1970) on which the queue opened or opens.
    pub opened: i64,
    pub ramp_weeks: f64,
}

impl Borrowed {
    /// The model's history as if it were the queue's, and the correction by `own` history. `start` is the day number on which
    /// the queue opens if it has no history yet.
    pub fn of(
        queue: &QueueInput,
        like: &Like,
        model: &Local,
        own: Option<&Local>,
        start: i64,
    ) -> Borrowed {
        let slots = model.series.slots_per_day;
        let days = model.end_day();
        let mut series = model.series.clone();
        series.open = opening(queue.open, model.first, days, slots, model.slot_s);
        series.special_days = queue.special_days.clone();
        // The model's own events are not this queue's: its days with them say nothing.
        for event in model
            .series
            .special_days
            .iter()
            .filter(|s| !matches!(s.kind, super::local::SpecialKind::PublicHoliday))
        {
            let d = (event.date - model.series.first_day).num_days();
            if let Some(day) = usize::try_from(d).ok().filter(|&d| d < days) {
                series.counts[day * slots..(day + 1) * slots].fill(None);
            }
        }
        series
            .counts
            .iter_mut()
            .flatten()
            .for_each(|c| *c *= like.contacts.max(0.0));
        let local = Local {
            series,
            slot_s: model.slot_s,
            first: model.first,
            origin: model.origin,
            // What is told of this queue's future is none of the model's.
            event_days: Default::default(),
            unheard: Default::default(),
            outside: 0.0,
            doubled: 0,
            missing: 0,
            known: 0,
        };
        let opened = own.and_then(first_day).unwrap_or(start);
        let mut borrowed = Borrowed {
            local,
            factor: 1.0,
            variance: GUESS_VARIANCE,
            own_weeks: 0.0,
            opened,
            ramp_weeks: like.ramp_weeks,
        };
        if let Some(own) = own {
            borrowed.correct(own);
        }
        borrowed
    }

    /// Share of full volume on day number `day`.
    pub fn ramp(&self, day: i64) -> f64 {
        let grown = (day - self.opened + 1) as f64 / (7.0 * self.ramp_weeks.max(1e-9));
        grown.clamp(0.0, 1.0)
    }

    /// Normal prior on the log factor, normal likelihood of the log ratio of own to expected contacts.
    fn correct(&mut self, own: &Local) {
        let (mut came, mut expected, mut days) = (0.0, 0.0, 0.0);
        for d in 0..own.origin {
            let day = own.first + d as i64;
            let (Some(y), Some(e)) = (day_total(own, day), day_total(&self.local, day)) else {
                continue;
            };
            came += y;
            expected += e * self.ramp(day);
            days += 1.0;
        }
        if days == 0.0 || expected <= 0.0 {
            return;
        }
        self.own_weeks = days / 7.0;
        let ratio = ((came + 0.5) / (expected + 0.5)).ln();
        let noise = WEEK_VARIANCE / self.own_weeks + 1.0 / (came + 1.0);
        let trust = GUESS_VARIANCE / (GUESS_VARIANCE + noise);
        self.factor = (trust * ratio).exp();
        self.variance = GUESS_VARIANCE * (1.0 - trust) + LASTING_VARIANCE;
    }
}

fn first_day(local: &Local) -> Option<i64> {
    let slots = local.series.slots_per_day;
    local
        .series
        .counts
        .iter()
        .position(|c| c.is_some_and(|c| c > 0.0))
        .map(|i| local.first + (i / slots) as i64)
}

/// Contacts of a day, if most of its open slots are known.
fn day_total(local: &Local, day: i64) -> Option<f64> {
    let slots = local.series.slots_per_day;
    let d = usize::try_from(day - local.first)
        .ok()
        .filter(|&d| d < local.origin)?;
    let cells = d * slots..(d + 1) * slots;
    let open: Vec<usize> = cells.filter(|&i| local.series.open[i]).collect();
    let known: Vec<f64> = open
        .iter()
        .filter_map(|&i| local.series.counts[i])
        .collect();
    (!known.is_empty() && 5 * known.len() >= 3 * open.len())
        .then(|| known.iter().sum::<f64>() * open.len() as f64 / known.len() as f64)
}
