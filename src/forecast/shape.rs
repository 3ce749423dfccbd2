//! What queues lend each other: the shape of the week, by channel, and what special days do.

use super::grid::Grid;

/// What a queue is lent, by origin: a backtest must not know from other queues what came later. (The level that a special day in the
/// three weeks before an origin is held against is the one exception: it is centred on the day.)
#[derive(Clone, Debug, Default)]
pub(crate) struct LentByOrigin(Vec<(usize, Lent)>);

#[derive(Clone, Debug)]
pub(crate) struct Lent {
    /// Shares by weekday and slot of the queues that lend this one their shape (`7 * slots`).
    pub shape: Option<Vec<f64>>,
    /// By name of a special day: mean log effect on the other queues that have it, and how many days say so.
    pub effects: Vec<Option<(f64, f64)>>,
}

impl LentByOrigin {
    /// Origins are added oldest first.
    pub fn add(&mut self, origin: usize, lent: Lent) {
        self.0.push((origin, lent));
    }

    pub fn shape(&self, origin: usize) -> Option<&[f64]> {
        self.at(origin)?.shape.as_deref()
    }

    /// Mean log effect of the named special day, and how many days say so.
    pub fn effect(&self, origin: usize, name: usize) -> Option<(f64, f64)> {
        self.at(origin)?.effects.get(name).copied().flatten()
    }

    fn at(&self, origin: usize) -> Option<&Lent> {
        let later = self.0.partition_point(|(from, _)| *from <= origin);
        self.0[..later].last().map(|(_, lent)| lent)
    }
}

/// Days pooled.
const DAYS: usize = 182;
/// A channel lends its shape if its other queues have this many contacts in that time; else all queues together do.
const ENOUGH: f64 = 2000.0;

/// Variance of a day's log effect from queue to queue, beside chance.
const EFFECT_VARIANCE: f64 = 0.01;

/// Contacts of one queue by weekday and slot over the last half year, for pooling.
pub(crate) struct Sums {
    pub channel: String,
    pub language: String,
    pub slots: usize,
    pub contacts: Vec<f64>,
}

impl Sums {
    pub fn of(grid: &Grid, origin: usize, channel: &str, language: &str) -> Sums {
        let mut contacts = vec![0.0; 7 * grid.slots];
        for d in (origin.saturating_sub(DAYS)..origin).filter(|&d| grid.is_normal(d)) {
            let own =
                &mut contacts[grid.weekday[d] * grid.slots..(grid.weekday[d] + 1) * grid.slots];
            own.iter_mut()
                .zip(grid.row(d))
                .filter(|(_, y)| y.is_finite())
                .for_each(|(c, y)| *c += y);
        }
        Sums {
            channel: channel.to_string(),
            language: language.to_string(),
            slots: grid.slots,
            contacts,
        }
    }
}

impl Sums {
    /// Whether its slots are those of `slots` a day, whole numbers of them, or whole parts; days alone have no shape.
    fn fits(&self, slots: usize) -> bool {
        self.slots == slots
            || self.slots > 1
                && (self.slots.is_multiple_of(slots) || slots.is_multiple_of(self.slots))
    }

    /// Adds its contacts, dealt to `slots` slots a day.
    fn add_to(&self, pooled: &mut [f64], slots: usize, weight: f64) {
        if self.slots == slots {
            let both = pooled.iter_mut().zip(&self.contacts);
            return both.for_each(|(pooled, own)| *pooled += weight * own);
        }
        let finer = (self.slots / slots).max(1);
        let coarser = (slots / self.slots).max(1);
        for (slot, pooled) in pooled.iter_mut().enumerate() {
            let from = slot * finer / coarser;
            let own: f64 = self.contacts[from..from + finer].iter().sum();
            *pooled += weight * own / coarser as f64;
        }
    }
}

/// Shares by weekday and slot, `slots` a day, of the queues that are nearest to queue `of`: same channel, the language's queues
/// counted twice; all others if those are too few. `None` if there are none.
pub(crate) fn lent(
    sums: &[Option<Sums>],
    of: usize,
    channel: &str,
    language: &str,
    slots: usize,
) -> Option<Vec<f64>> {
    let pool = |keep: &dyn Fn(&Sums) -> bool| -> Vec<f64> {
        let mut pooled = vec![0.0; 7 * slots];
        for (i, sum) in sums.iter().enumerate() {
            if let Some(sum) = sum.as_ref().filter(|s| i != of && s.fits(slots) && keep(s)) {
                let weight = if sum.language == language { 2.0 } else { 1.0 };
                sum.add_to(&mut pooled, slots, weight);
            }
        }
        pooled
    };
    let mut pooled = pool(&|s| s.channel == channel);
    if pooled.iter().sum::<f64>() < ENOUGH {
        pooled = pool(&|_| true);
    }
    if pooled.iter().sum::<f64>() < ENOUGH {
        return None;
    }
    let week: Vec<f64> = (0..slots)
        .map(|s| (0..7).map(|w| pooled[w * slots + s]).sum())
        .collect();
    let all: f64 = week.iter().sum();
    Some(
        (0..7)
            .flat_map(|w| {
                let day = &pooled[w * slots..(w + 1) * slots];
                let total: f64 = day.iter().sum();
                // A weekday on which nobody works takes the shape of the week.
                let (from, total) = if total > 0.001 * all {
                    (day.to_vec(), total)
                } else {
                    (week.clone(), all)
                };
                from.into_iter().map(move |c| c / total)
            })
            .collect(),
    )
}

/// What a special day did to a queue.
pub(crate) struct Effect {
    /// Day since 1970-01-01 on the queue's clock.
    pub day: i64,
    pub name: String,
    pub log: f64,
    /// Contacts that say so.
    pub contacts: f64,
}

/// By name, the mean log effect on queues other than `of` of days before `before` (since 1970-01-01), weighted by what their contacts
/// are worth, and the number of days.
pub(crate) fn lent_effects(
    effects: &[Vec<Effect>],
    of: usize,
    names: &[String],
    before: i64,
) -> Vec<Option<(f64, f64)>> {
    names
        .iter()
        .map(|name| {
            let (mut sum, mut weight, mut days) = (0.0, 0.0, 0.0);
            for (_, effects) in effects.iter().enumerate().filter(|(i, _)| *i != of) {
                for effect in (effects.iter()).filter(|e| e.name == *name && e.day < before) {
                    let w = 1.0 / (EFFECT_VARIANCE + 1.0 / (effect.contacts + 1.0));
                    sum += w * effect.log;
                    weight += w;
                    days += w * EFFECT_VARIANCE;
                }
            }
            (weight > 0.0).then(|| (sum / weight, days))
        })
        .collect()
}
