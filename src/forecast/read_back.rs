//! The way back: from a forecast on local days and slots to the target's UTC intervals.

use super::clock::{QUARTER_S, local_time};
use super::input::{LocalClock, Target};
use super::queue::{LocalForecast, Prepared};

const DAY_S: i64 = 86_400;

/// What one target interval gets.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interval {
    pub mean: f64,
    pub quantiles: [f64; 5],
    pub day_cv: f64,
    pub dispersion: f64,
    /// Weekday (0 = Monday) and slot of its middle on the local grid.
    pub weekday: usize,
    pub slot: usize,
    /// What today has shown of handle times so far.
    pub handle_factor: f64,
}

impl LocalForecast {
    /// Reads the local forecast back for every interval of the target.
    pub fn intervals(
        &self,
        prepared: &Prepared,
        clock: &dyn LocalClock,
        target: &Target,
        open_at: &dyn Fn(i64, i64) -> bool,
    ) -> Vec<Interval> {
        let (slot_s, slots) = (prepared.local.slot_s, prepared.grid.slots);
        let step = i64::from(target.step_s);
        let mut spread: Option<(i64, Vec<f64>)> = None;
        (0..target.len as i64)
            .map(|i| {
                let (day, second) = local_time(clock, target.start + i * step);
                let (mut at, end) = (day * DAY_S + second, day * DAY_S + second + step);
                let mut mean = 0.0;
                if slots == 1 && step < slot_s {
                    if spread.as_ref().is_none_or(|s| s.0 != day) {
                        spread = Some((day, day_spread(prepared, day, step, open_at)));
                    }
                    let share = spread
                        .as_ref()
                        .map_or(0.0, |s| s.1[(second / step) as usize]);
                    mean = share
                        * self.piece(
                            prepared,
                            day - prepared.local.first,
                            day * DAY_S,
                            (day + 1) * DAY_S,
                            slot_s,
                        );
                    at = end;
                }
                while at < end {
                    let slot = at.div_euclid(slot_s);
                    let upto = ((slot + 1) * slot_s).min(end);
                    mean += self.piece(
                        prepared,
                        slot - prepared.local.first * slots as i64,
                        at,
                        upto,
                        slot_s,
                    );
                    at = upto;
                }
                let middle = day * DAY_S + second + step / 2;
                let (day, second) = (middle.div_euclid(DAY_S), middle.rem_euclid(DAY_S));
                let d = usize::try_from(day - prepared.local.first)
                    .unwrap_or(0)
                    .clamp(self.origin, self.days - 1);
                let mut interval = Interval {
                    mean: 0.0,
                    quantiles: [0.0; 5],
                    day_cv: 0.0,
                    dispersion: 0.0,
                    weekday: prepared.grid.weekday[d],
                    slot: (second / slot_s) as usize,
                    handle_factor: 1.0,
                };
                let begin = second - step / 2;
                let mut quarters = (0..step).step_by(QUARTER_S as usize);
                if !quarters.any(|later| open_at(day, begin + later)) {
                    return interval;
                }
                let week = ((d - self.origin) / 7 + 1).max(self.first_week) - self.first_week;
                let lead = &self.leads[week.min(self.leads.len() - 1)];
                let extra = self.extra[d - self.origin];
                if let Some(beside) = prepared.local.unheard.at(interval.weekday, interval.slot) {
                    let near = (day * slots as i64 + beside.slot as i64) * slot_s;
                    let cell = (day - prepared.local.first) * slots as i64 + beside.slot as i64;
                    let there = self.piece(prepared, cell, near, near + slot_s, slot_s);
                    mean = there * beside.share * step as f64 / slot_s as f64;
                }
                interval.mean = mean;
                interval.quantiles = lead.noise.quantiles(mean, extra);
                interval.day_cv = (lead.noise.busyness() + extra).sqrt();
                interval.dispersion = lead.noise.interval;
                interval
            })
            .collect()
    }

    /// Contacts between two local instants inside one slot: the slot's, tilted towards its neighbours.
    fn piece(&self, prepared: &Prepared, cell: i64, from: i64, to: i64, slot_s: i64) -> f64 {
        let slots = prepared.grid.slots as i64;
        let at = |cell: i64| -> Option<f64> {
            let i = usize::try_from(cell - self.origin as i64 * slots).ok()?;
            self.mean.get(i).copied()
        };
        let Some(own) = at(cell) else { return 0.0 };
        let share = (to - from) as f64 / slot_s as f64;
        if to - from == slot_s || own <= 0.0 {
            return own * share;
        }
        let before = at(cell - 1).filter(|v| *v > 0.0).unwrap_or(own);
        let after = at(cell + 1).filter(|v| *v > 0.0).unwrap_or(own);
        let slope = ((after - before) / 2.0).clamp(-own, own);
        let middle = ((from + to) as f64 / 2.0).rem_euclid(slot_s as f64) / slot_s as f64 - 0.5;
        share * (own + slope * middle)
    }
}

/// Shares of a day total over its target intervals: the lent shape, or a flat one, over the open intervals.
fn day_spread(
    prepared: &Prepared,
    day: i64,
    step: i64,
    open_at: &dyn Fn(i64, i64) -> bool,
) -> Vec<f64> {
    let n = (DAY_S / step) as usize;
    let weekday = (day + 3).rem_euclid(7) as usize;
    let mut shares: Vec<f64> = (0..n)
        .map(|k| {
            let open = open_at(day, k as i64 * step + step / 2);
            let weight = prepared
                .day_shape
                .as_ref()
                .map_or(1.0, |s| s[weekday * n + k]);
            if open { weight } else { 0.0 }
        })
        .collect();
    let sum: f64 = shares.iter().sum();
    if sum > 0.0 {
        shares.iter_mut().for_each(|s| *s /= sum);
    }
    shares
}
