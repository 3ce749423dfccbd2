//! The median of the last six same weekday intervals as somebody else would build it, sharing no code with followsun: quantiles of its
//! own standardised residuals on the 8 weekly origins before with the same lead, variance mu + a mu^2 with `a` from moments
//! (reference/forecasting.md section 2).

use super::mstl::Scored;
use chrono::NaiveDate;
use followsun::forecast::{LEVELS, LocalSeries, SpecialKind};

/// Earlier origins from which the intervals are learned.
const EARLIER: usize = 8;

struct Days<'a> {
    series: &'a LocalSeries,
    slots: usize,
    holiday: Vec<bool>,
}

/// Weeks 1 and 4.
pub fn scores(series: &LocalSeries, origins: &[NaiveDate]) -> [Scored; 2] {
    let slots = series.slots_per_day;
    let mut days = Days {
        series,
        slots,
        holiday: vec![false; series.counts.len() / slots],
    };
    for special in &series.special_days {
        let at = (special.date - series.first_day).num_days();
        if special.kind == SpecialKind::PublicHoliday
            && at >= 0
            && (at as usize) < days.holiday.len()
        {
            days.holiday[at as usize] = true;
        }
    }
    [1, 4].map(|week| days.score(origins, week))
}

impl Days<'_> {
    fn known(&self, d: usize, s: usize) -> Option<f64> {
        let at = d * self.slots + s;
        self.series
            .counts
            .get(at)
            .copied()
            .flatten()
            .filter(|_| self.series.open[at])
    }

    fn median(&self, now: usize, d: usize, s: usize) -> f64 {
        let mut values: Vec<f64> = (1..)
            .map_while(|back| d.checked_sub(7 * back))
            .filter(|&e| e < now && !self.holiday[e])
            .filter_map(|e| self.known(e, s))
            .take(6)
            .collect();
        values.sort_by(f64::total_cmp);
        match values.len() {
            0 => 0.0,
            n if n % 2 == 1 => values[n / 2],
            n => 0.5 * (values[n / 2 - 1] + values[n / 2]),
        }
    }

    /// Forecast and count of the known intervals of one week.
    fn week(&self, now: usize, week: usize) -> Vec<(f64, f64)> {
        let from = now + 7 * (week - 1);
        (from..(from + 7).min(self.holiday.len()))
            .flat_map(|d| (0..self.slots).map(move |s| (d, s)))
            .filter_map(|(d, s)| Some((self.median(now, d, s), self.known(d, s)?)))
            .collect()
    }

    fn score(&self, origins: &[NaiveDate], week: usize) -> Scored {
        let (mut n, mut volume, mut absolute, mut pinball) = (0.0, 0.0, 0.0, 0.0);
        let mut inside = [0.0; 2];
        for origin in origins {
            let now = (*origin - self.series.first_day).num_days() as usize;
            let past: Vec<(f64, f64)> = (0..EARLIER)
                .map_while(|k| now.checked_sub(7 * (week + k)))
                .filter(|&then| then >= 14)
                .flat_map(|then| self.week(then, week))
                .collect();
            let excess: f64 = past.iter().map(|(mu, y)| (y - mu).powi(2) - mu).sum();
            let squares: f64 = past.iter().map(|(mu, _)| mu * mu).sum();
            let a = (excess / squares.max(1e-9)).max(0.0);
            let scale = |mu: f64| (mu + a * mu * mu).max(0.25).sqrt();
            let mut z: Vec<f64> = past.iter().map(|(mu, y)| (y - mu) / scale(*mu)).collect();
            z.sort_by(f64::total_cmp);
            let at = |p: f64| match z.len() {
                0 => 0.0,
                n => {
                    let at = p * (n - 1) as f64;
                    let (low, high) = (z[at.floor() as usize], z[at.ceil() as usize]);
                    low + at.fract() * (high - low)
                }
            };
            let levels = LEVELS.map(at);
            for (mu, y) in self.week(now, week) {
                let q = levels.map(|z| (mu + z * scale(mu)).max(0.0));
                n += 1.0;
                volume += y;
                absolute += (y - mu).abs();
                for (q, p) in q.iter().zip(LEVELS) {
                    pinball += f64::max(p * (y - q), (p - 1.0) * (y - q)) / 5.0;
                }
                for (inside, (low, high)) in inside.iter_mut().zip([(1, 3), (0, 4)]) {
                    *inside += f64::from(u8::from(y >= q[low] && y <= q[high]));
                }
            }
        }
        Scored {
            wape: absolute / volume.max(1e-9),
            pinball: pinball / volume.max(1e-9),
            cover80: inside[0] / f64::max(n, 1.0),
            cover95: inside[1] / f64::max(n, 1.0),
        }
    }
}
