//! How far from the forecast the contacts come, by lead: the level of the week, a factor of the day, the noise of the interval.
//!
//! Variance of an interval = mu + (a + v + w) mu^2: Poisson, over-dispersion `a` of the interval, day factor `v`, and what the
//! level of the whole week is out by, `w`, which grows with the lead (`week_level`). The quantiles have the shape of the queue's own
//! standardised residuals at the same lead (reference/forecasting.md sections 2 and 5.6) as far as interval and day go; few
//! weeks are no shape, so the week's part is normal.

use super::calibration::factors;
use super::first_guess::first_guess;
use super::grid::Grid;
use super::level::WeekError;
use super::mix::Mix;
use super::numeric::{median, quantiles};
use super::origins::Origin;
use super::past::{Past, PastWeek, Residual};
use super::rolling::WEEKS_AHEAD;
use super::week_level::WeekLevel;

/// Probabilities of the quantiles given: 2.5, 10, 50, 90 and 97.5 %.
pub const LEVELS: [f64; 5] = [0.025, 0.1, 0.5, 0.9, 0.975];
/// Standard normal quantiles at [`LEVELS`].
const NORMAL: [f64; 5] = [-1.96, -1.2816, 0.0, 1.2816, 1.96];
/// Days that pull the residuals' quantiles to the normal ones.
const NORMAL_PULL: f64 = 20.0;

/// Backtested days that are enough to speak for themselves; with fewer, part of a first guess is taken.
const ENOUGH_DAYS: f64 = 20.0;

/// Days for which the calendar's own word on how unsure special days are is believed, and the most that is read from their errors.
const SPECIAL_BELIEF: f64 = 4.0;
const MOST_SPECIAL: f64 = 3.0;
/// Mean contacts an interval below which quantiles go over to whole numbers; below half of it they are whole.
const FEW: f64 = 4.0;
/// No quantile of so few contacts is looked for beyond this.
const MOST_COUNTED: f64 = 200.0;

/// Errors at one lead.
#[derive(Clone, Debug)]
pub(crate) struct Noise {
    /// Over-dispersion of an interval within its day.
    pub interval: f64,
    /// Variance of the log of the day's factor within its week.
    pub day: f64,
    /// Variance of the log of the week's level.
    pub week: f64,
    /// Quantiles of the standardised residual within a week at [`LEVELS`].
    within: [f64; 5],
    /// What the residuals' quantiles are off by, all alike.
    shift: f64,
    /// Factor on the extra variance that the calendar gives special days and those beside them.
    special: f64,
    /// Factors on the distance of the 80 % and the 95 % interval's ends from the median.
    widen: [f64; 2],
}

impl Noise {
    /// Learns for week `lead` ahead of `now` from the origins before it, under the given mix.
    pub fn learn(grid: &Grid, origins: &[Origin], now: usize, lead: usize, mix: &Mix) -> Noise {
        let past = Past::of(grid, origins, now, lead, mix);
        let known_at = |then: usize| {
            let current = origins.iter().find(|o| o.origin == then);
            Noise::uncalibrated(grid, &past, then, current.map(|o| &o.week_errors))
        };
        let mut noise = known_at(now);
        noise.widen = factors(&past, now, known_at);
        noise
    }

    /// What was known on day `now`, before it is held against what such intervals covered.
    fn uncalibrated(
        grid: &Grid,
        past: &Past,
        now: usize,
        of_level: Option<&[Vec<WeekError>; WEEKS_AHEAD]>,
    ) -> Noise {
        let weeks: Vec<&PastWeek> = past.over(now).collect();
        let ordinary = weeks.iter().any(|w| w.intervals.iter().any(|r| r.ordinary));
        let mut parts = Parts::default();
        weeks.iter().for_each(|week| parts.add(week, ordinary));
        let n = parts.days;
        // Few days say little about how far days may be out.
        let unknown = (1.0 - n / ENOUGH_DAYS).max(0.0);
        let (interval, day) = parts.variances();
        let (first_interval, first_day) = if unknown > 0.0 {
            first_guess(grid, now)
        } else {
            (0.0, 0.0)
        };
        let mut noise = Noise {
            interval: (1.0 - unknown) * interval + unknown * first_interval,
            day: ((1.0 - unknown) * day + unknown * first_day).max(1e-4),
            week: WeekLevel::learn(past, now, of_level).variance(past.lead, day),
            within: NORMAL,
            shift: 0.0,
            special: 1.0,
            widen: [1.0; 2],
        };
        noise.special = special_factor(&weeks, &noise);
        let mut z: Vec<f64> = Vec::with_capacity(weeks.iter().map(|w| w.intervals.len()).sum());
        for week in &weeks {
            let known = week
                .intervals
                .iter()
                .filter(|r| r.mu > 0.0 && (r.ordinary || !ordinary));
            z.extend(known.map(|r| {
                let mu = week.factor * r.mu;
                (r.y - mu) / noise.within_scale(mu, noise.extra(r.extra))
            }));
        }
        if let Some(found) = quantiles(&mut z, LEVELS) {
            let own = n / (n + NORMAL_PULL);
            for (q, (found_at, normal)) in noise.within.iter_mut().zip(found.iter().zip(NORMAL)) {
                *q = own * (found_at - found[2]) + (1.0 - own) * normal;
            }
        }
        noise.shift = shift(&weeks, &noise, past.lead);
        noise
    }

    /// Extra log variance of a day to which the calendar gives `variance`.
    pub fn extra(&self, variance: f64) -> f64 {
        self.special * variance
    }

    /// Variance of the log of a day's contacts that the forecast cannot know: day and week.
    pub fn busyness(&self) -> f64 {
        self.day + self.week
    }

    fn within_scale(&self, mu: f64, extra: f64) -> f64 {
        (mu + (self.interval + self.day + extra) * mu * mu)
            .sqrt()
            .max(1e-6)
    }

    /// Quantiles at [`LEVELS`] of an interval with mean `mu` on a day with extra log variance `extra`.
    pub fn quantiles(&self, mu: f64, extra: f64) -> [f64; 5] {
        let within = self.within_scale(mu, 0.0).powi(2);
        let week = self.week * mu * mu;
        let share = within / (within + week).max(1e-12);
        let scale = (within + week).sqrt();
        let middle = mu + (share * self.within[2] + self.shift) * scale;
        let [inner, outer] = self.widen;
        let widen = [outer, inner, 1.0, inner, outer];
        let mut out = [0.0; 5];
        for (i, out) in out.iter_mut().enumerate() {
            let z = share * (self.within[i] - self.within[2]) + (1.0 - share) * NORMAL[i];
            // What the calendar adds is no part of what past intervals covered.
            let usual = widen[i] * z * scale;
            let special = NORMAL[i] * mu * extra.sqrt();
            *out = (middle + usual.signum() * usual.hypot(special)).max(0.0);
        }
        out[0] = out[0].min(out[1]);
        out[4] = out[4].max(out[3]);
        // Contacts come whole, and where they are few so does every quantile of theirs.
        if mu >= FEW {
            return out;
        }
        let share = (2.0 - 2.0 * mu / FEW).min(1.0);
        let excess = self.interval + self.day + self.week + extra;
        let whole = counts(mu, excess);
        std::array::from_fn(|i| (1.0 - share) * out[i] + share * whole[i])
    }
}

/// Quantiles at [`LEVELS`] of a negative binomial count with mean `mu` and variance `mu + excess mu^2`.
fn counts(mu: f64, excess: f64) -> [f64; 5] {
    let grown = excess * mu;
    let mut chance = if excess > 1e-9 {
        (-grown.ln_1p() / excess).exp()
    } else {
        (-mu).exp()
    };
    let (mut count, mut below) = (0.0, chance);
    LEVELS.map(|level| {
        while below < level && count < MOST_COUNTED {
            chance *= (1.0 + count * excess) * mu / ((count + 1.0) * (1.0 + grown));
            below += chance;
            count += 1.0;
        }
        count
    })
}

/// How much more, or less, special days and those beside them came out differently than the calendar expects them to.
fn special_factor(weeks: &[&PastWeek], noise: &Noise) -> f64 {
    let (mut seen, mut expected, mut days) = (0.0, 0.0, 0.0);
    for day in weeks.iter().flat_map(|w| w.days()) {
        let (m, y) = day.iter().fold((0.0, 0.0), |t, r| (t.0 + r.mu, t.1 + r.y));
        if day[0].extra <= 0.0 || m <= 0.0 {
            continue;
        }
        let squares: f64 = day.iter().map(|r| r.mu * r.mu).sum();
        let chance = noise.busyness() + noise.interval * squares / (m * m) + 1.0 / (m + 1.0);
        seen += ((y + 0.5) / (m + 0.5)).ln().powi(2) - chance;
        expected += day[0].extra;
        days += 1.0;
    }
    if days == 0.0 {
        return 1.0;
    }
    let belief = SPECIAL_BELIEF * expected / days;
    ((seen + belief) / (expected + belief)).clamp(1.0, MOST_SPECIAL)
}

/// Sums for the variances within weeks.
#[derive(Default)]
struct Parts {
    days: f64,
    /// Of the interval: squares beyond Poisson, and squares of the mean.
    excess: f64,
    square: f64,
    /// Per day: squared log, share of it that chance explains, share of the interval's variance in it.
    day_terms: Vec<(f64, f64, f64)>,
}

impl Parts {
    fn add(&mut self, week: &PastWeek, only_ordinary: bool) {
        let factor = week.factor;
        let days: Vec<&[Residual]> = week.days().collect();
        let ordinary = days.iter().filter(|d| d[0].ordinary).count() as f64;
        // The week's factor is fitted to its own days, which takes a part of their variance.
        let fitted = if ordinary > 1.5 {
            ordinary / (ordinary - 1.0)
        } else {
            1.0
        };
        for day in days.into_iter().filter(|d| d[0].ordinary || !only_ordinary) {
            let (m, y) = day.iter().fold((0.0, 0.0), |t, r| (t.0 + r.mu, t.1 + r.y));
            if m <= 0.0 {
                continue;
            }
            let ratio = y / m;
            let mut squares = 0.0;
            for r in day {
                let mu = ratio * r.mu;
                self.excess += (r.y - mu).powi(2) - mu * (1.0 - r.mu / m);
                self.square += mu * mu;
                squares += r.mu * r.mu;
            }
            let log = ((y + 0.5) / (factor * m + 0.5)).ln();
            let fitted = if day[0].ordinary { fitted } else { 1.0 };
            self.day_terms.push((
                fitted * log * log - day[0].extra,
                1.0 / (factor * m + 1.0),
                squares / (m * m),
            ));
            self.days += 1.0;
        }
    }

    /// Of the interval within its day, and of the day within its week.
    fn variances(&self) -> (f64, f64) {
        let interval = if self.square > 0.0 {
            (self.excess / self.square).max(0.0)
        } else {
            0.0
        };
        let sum: f64 = self
            .day_terms
            .iter()
            .map(|t| t.0 - t.1 - interval * t.2)
            .sum();
        (interval, (sum / self.days.max(1.0)).max(0.0))
    }
}

/// The part of the residuals' median that is bias and not chance, by how much the origins agree on it (James-Stein).
/// Weeks that overlap at this lead are no independent witnesses.
fn shift(weeks: &[&PastWeek], noise: &Noise, lead: usize) -> f64 {
    let scale = |r: &Residual| {
        (noise.within_scale(r.mu, noise.extra(r.extra)).powi(2) + noise.week * r.mu * r.mu).sqrt()
    };
    let mut all = Vec::new();
    let mut centres = Vec::new();
    for week in weeks {
        let known = week.intervals.iter().filter(|r| r.mu > 0.0);
        let mut z: Vec<f64> = known.map(|r| (r.y - r.mu) / scale(r)).collect();
        all.extend_from_slice(&z);
        centres.push(median(&mut z));
    }
    centres.retain(|c| c.is_finite());
    let n = centres.len() as f64;
    if n < 3.0 {
        return 0.0;
    }
    let mean = centres.iter().sum::<f64>() / n;
    let variance = centres.iter().map(|c| (c - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let witnesses = (n / lead as f64).max(1.0);
    let steady = (1.0 - variance / witnesses / (mean * mean).max(1e-12)).clamp(0.0, 1.0);
    steady * median(&mut all)
}

#[cfg(test)]
mod tests {
    use super::counts;

    #[test]
    fn quantiles_of_counts_by_hand() {
        // Poisson: P(0) = 0.961, and 0.980 of half the mean.
        assert_eq!(counts(0.04, 0.0), [0.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(counts(0.02, 0.0), [0.0; 5]);
        // Poisson with mean 2: 0.135, 0.406, 0.677, 0.857, 0.947, 0.983.
        assert_eq!(counts(2.0, 0.0), [0.0, 0.0, 2.0, 4.0, 5.0]);
        // Geometric with mean 1: a half, and half of the rest each time.
        assert_eq!(counts(1.0, 1.0), [0.0, 0.0, 0.0, 3.0, 5.0]);
        assert_eq!(counts(0.0, 0.5), [0.0; 5]);
    }
}
