//! augurs' MSTL with a non-seasonal AutoETS trend on the same origins: the best of the libraries, to be laid beside.
//!
//! As in the reference's section 2: 24 weeks of history (40 where intervals are an hour or longer), periods of a day and a week, weekdays and times
//! of day that are always closed left out, other holes filled by the same weekday before, native intervals.

use augurs::ets::AutoETS;
use augurs::mstl::MSTLModel;
use augurs::prelude::*;
use chrono::NaiveDate;
use followsun::forecast::{LEVELS, LocalSeries};

/// Scores at one lead, shares.
#[derive(Clone, Copy, Default)]
pub struct Scored {
    pub wape: f64,
    pub pinball: f64,
    pub cover80: f64,
    pub cover95: f64,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    n: f64,
    volume: f64,
    absolute: f64,
    pinball: f64,
    inside: [f64; 2],
}

/// Weeks 1 and 4; `None` where no origin could be fitted.
pub fn scores(series: &LocalSeries, origins: &[NaiveDate]) -> Option<[Scored; 2]> {
    let slots = series.slots_per_day;
    let days = series.counts.len() / slots;
    let open = |d: usize, s: usize| series.open[d * slots + s];
    let kept_slots: Vec<usize> = (0..slots)
        .filter(|&s| (0..days).any(|d| open(d, s)))
        .collect();
    let works = |w: usize| (w..days).step_by(7).any(|d| (0..slots).any(|s| open(d, s)));
    let weekdays: Vec<bool> = (0..7).map(works).collect();
    let kept = |d: &usize| weekdays[d % 7];
    let known = |d: usize, s: usize| series.counts[d * slots + s].filter(|_| open(d, s));
    let filled = |d: usize, s: usize| {
        let before = (0..9).filter_map(|w| known(d.checked_sub(7 * w)?, s));
        before.into_iter().next().unwrap_or(0.0)
    };
    let window = 7 * if slots > 24 { 24 } else { 40 };
    let day = kept_slots.len();
    let week = day * weekdays.iter().filter(|w| **w).count();
    let periods = if day > 1 { vec![day, week] } else { vec![week] };
    let mut sums = [Sums::default(); 2];
    for origin in origins {
        let now = (*origin - series.first_day).num_days() as usize;
        let past: Vec<f64> = (now.saturating_sub(window)..now)
            .filter(kept)
            .flat_map(|d| kept_slots.iter().map(move |&s| filled(d, s)))
            .collect();
        let trend = AutoETS::non_seasonal().into_trend_model();
        let Ok(fit) = MSTLModel::new(periods.clone(), trend).fit(&past) else {
            continue;
        };
        let ahead: Vec<usize> = (now..now + 28).filter(kept).collect();
        let made = [0.8, 0.95].map(|level| fit.predict(ahead.len() * day, level).ok());
        let [Some(inner), Some(outer)] = made else {
            continue;
        };
        let (Some(i80), Some(i95)) = (inner.intervals, outer.intervals) else {
            continue;
        };
        for (i, (&d, &s)) in ahead
            .iter()
            .flat_map(|d| kept_slots.iter().map(move |s| (d, s)))
            .enumerate()
        {
            let lead = match (d - now) / 7 {
                0 => 0,
                3 => 1,
                _ => continue,
            };
            let Some(y) = (d < days).then(|| known(d, s)).flatten() else {
                continue;
            };
            let point = inner.point[i].max(0.0);
            let quantiles = [
                i95.lower[i],
                i80.lower[i],
                point,
                i80.upper[i],
                i95.upper[i],
            ]
            .map(|q| q.max(0.0));
            sums[lead].add(y, point, &quantiles);
        }
    }
    (sums[0].n > 0.0).then(|| sums.map(Sums::scores))
}

impl Sums {
    fn add(&mut self, y: f64, point: f64, quantiles: &[f64; 5]) {
        self.n += 1.0;
        self.volume += y;
        self.absolute += (y - point).abs();
        for (q, p) in quantiles.iter().zip(LEVELS) {
            self.pinball += f64::max(p * (y - q), (p - 1.0) * (y - q)) / 5.0;
        }
        for (inside, (low, high)) in self.inside.iter_mut().zip([(1, 3), (0, 4)]) {
            *inside += f64::from(u8::from(y >= quantiles[low] && y <= quantiles[high]));
        }
    }

    fn scores(self) -> Scored {
        Scored {
            wape: self.absolute / self.volume.max(1e-9),
            pinball: self.pinball / self.volume.max(1e-9),
            cover80: self.inside[0] / self.n,
            cover95: self.inside[1] / self.n,
        }
    }
}
