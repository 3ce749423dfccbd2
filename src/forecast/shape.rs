//! What queues lend each other: the shape of the week, by channel.

use super::grid::Grid;

/// Days pooled.
const DAYS: usize = 182;
/// A channel lends its shape if its other queues have this many contacts in that time; else all queues together do.
const ENOUGH: f64 = 2000.0;

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
            let own = &mut contacts[grid.weekday[d] * grid.slots..(grid.weekday[d] + 1) * grid.slots];
            own.iter_mut().zip(grid.row(d)).filter(|(_, y)| y.is_finite()).for_each(|(c, y)| *c += y);
        }
        Sums { channel: channel.to_string(), language: language.to_string(), slots: grid.slots, contacts }
    }
}

/// Shares by weekday and slot of the queues that are nearest to queue `of` with `slots` slots a day: same channel, the
/// language's queues counted twice; all others if those are too few. `None` if there are none.
pub(crate) fn lent(sums: &[Option<Sums>], of: usize, channel: &str, language: &str, slots: usize) -> Option<Vec<f64>> {
    let pool = |keep: &dyn Fn(&Sums) -> bool| -> Vec<f64> {
        let mut pooled = vec![0.0; 7 * slots];
        for (i, sum) in sums.iter().enumerate() {
            if let Some(sum) = sum.as_ref().filter(|s| i != of && s.slots == slots && keep(s)) {
                let weight = if sum.language == language { 2.0 } else { 1.0 };
                pooled.iter_mut().zip(&sum.contacts).for_each(|(p, c)| *p += weight * c);
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
    let week: Vec<f64> = (0..slots).map(|s| (0..7).map(|w| pooled[w * slots + s]).sum()).collect();
    let all: f64 = week.iter().sum();
    Some(
        (0..7)
            .flat_map(|w| {
                let day = &pooled[w * slots..(w + 1) * slots];
                let total: f64 = day.iter().sum();
                // A weekday on which nobody works takes the shape of the week.
                let (from, total) = if total > 0.001 * all { (day.to_vec(), total) } else { (week.clone(), all) };
                from.into_iter().map(move |c| c / total)
            })
            .collect(),
    )
}
