//! During the day: what has come since midnight corrects the rest of the day, shrunk and fading.
//!
//! Source: reference/forecasting.md section 3.2, "decaying log-ratio regression": two predictors, the log of actual over
//! forecast of the whole day so far and of its last quarter; two blocks to correct, the near and the far half of the rest;
//! slopes by ridge regression on past days towards (0.4, 0.1). Scaling by actual/forecast alone would chase noise.

use super::numeric::solve_spd;

/// Slopes to which the regression is shrunk, on the whole of the day so far and on its last quarter.
const PRIOR: [f64; 2] = [0.4, 0.1];
/// Past days' worth of belief in them: a quarter's days tell little of two slopes that go hand in hand (`cargo bench --bench forecast -- today`: taxi 8.03 %
/// of the intervals left missed, 8.14 with 8 days; the bank 3.86 and 3.84, the emergency room 29.56 and 29.60).
const PRIOR_DAYS: f64 = 24.0;
/// Contacts that must have been expected so far before anything is corrected.
const FEWEST: f64 = 10.0;
/// Log ratios beyond this are no news about the rest of the day.
const LIMIT: f64 = 1.0;
/// A morning out by more than so many times what past ones were out by is like none of them: what they say of their afternoons fades.
const UNLIKE: f64 = 3.0;
/// Least share of the day's variance that stays.
const LEFT: f64 = 0.3;
/// Variance of the log of a day's mean handle time, and of one contact's about it.
const HANDLE_DAY_VARIANCE: f64 = 0.0025;
const HANDLE_CONTACT_VARIANCE: f64 = 1.0;

/// A past day: what had been forecast the week before and what came, slot by slot (NaN = not known).
pub(crate) struct PastDay {
    pub forecast: Vec<f64>,
    pub actual: Vec<f64>,
}

/// How the rest of today is corrected.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Correction {
    /// First slot of the near and of the far half of the rest.
    pub near_from: usize,
    pub far_from: usize,
    /// Factors on contacts there.
    pub near: f64,
    pub far: f64,
    /// Share of the day's variance that is left.
    pub left: f64,
}

/// Log ratios of the seen part (all, last quarter), and of the near and far rest; the last two only for past days.
struct Ratios {
    seen: [f64; 2],
    rest: [f64; 2],
}

/// Corrects from today's forecast and actuals of the slots before `seen`; `past` are earlier days of the same queue and
/// `day_variance` the variance of the log of a day's factor. `None` if too little has been expected so far.
pub(crate) fn correct(
    today: &PastDay,
    seen: usize,
    past: &[PastDay],
    day_variance: f64,
) -> Option<Correction> {
    let blocks = Blocks::of(&today.forecast, seen)?;
    let expected: f64 = (0..seen)
        .filter(|&s| today.actual[s].is_finite())
        .map(|s| today.forecast[s])
        .sum();
    if expected < FEWEST {
        return None;
    }
    let now = blocks.ratios(today);
    let days: Vec<Ratios> = past
        .iter()
        .map(|day| blocks.ratios(day))
        .filter(|r| r.rest.iter().all(|v| v.is_finite()) && r.seen.iter().all(|v| v.is_finite()))
        .collect();
    // Small counts say less about the day: the prior slopes are weakened as their noise would weaken them. A day that is out by more than two
    // standard deviations of that noise shows what days can be, whatever steady weeks let one think.
    let out_by = now.seen[0] * now.seen[0] - 4.0 / expected;
    let spread = day_variance.max(out_by);
    let trust = spread / (spread + 1.0 / expected);
    let prior = PRIOR.map(|p| p * trust.max(0.0));
    let mut factors = [1.0; 2];
    let (mut left, mut all) = (1e-9, 1e-9);
    for (block, factor) in factors.iter_mut().enumerate() {
        let scale =
            days.iter().map(|r| r.seen[0] * r.seen[0]).sum::<f64>() / days.len().max(1) as f64;
        let ridge = PRIOR_DAYS * scale.max(1e-6);
        let mut a = vec![ridge, 0.0, 0.0, ridge];
        let mut b = vec![ridge * prior[0], ridge * prior[1]];
        for r in &days {
            for i in 0..2 {
                b[i] += r.seen[i] * r.rest[block];
                for j in 0..2 {
                    a[2 * i + j] += r.seen[i] * r.seen[j];
                }
            }
        }
        solve_spd(&mut a, &mut b);
        let like = (UNLIKE * scale.sqrt() / now.seen[0].abs().max(1e-9))
            .min(1.0)
            .powi(2);
        let slope = |i: usize| like * b[i] + (1.0 - like) * prior[i];
        *factor = (slope(0) * now.seen[0] + slope(1) * now.seen[1])
            .clamp(-LIMIT, LIMIT)
            .exp();
        for r in &days {
            left += (r.rest[block] - b[0] * r.seen[0] - b[1] * r.seen[1]).powi(2);
            all += r.rest[block].powi(2);
        }
    }
    let left = (left / all).clamp(LEFT, 1.0);
    Some(Correction {
        near_from: blocks.near,
        far_from: blocks.far,
        near: factors[0],
        far: factors[1],
        left,
    })
}

impl Correction {
    /// Factor on the contacts of slot `s` of today.
    pub fn at(&self, s: usize) -> f64 {
        if s < self.near_from {
            1.0
        } else if s < self.far_from {
            self.near
        } else {
            self.far
        }
    }
}

/// Factor on handle times of the near and far rest of the day, from the seconds worked and expected on `contacts` so far.
pub(crate) fn correct_handle_time(contacts: f64, worked: f64, expected: f64) -> (f64, f64) {
    if contacts <= 0.0 || worked <= 0.0 || expected <= 0.0 {
        return (1.0, 1.0);
    }
    let trust = HANDLE_DAY_VARIANCE / (HANDLE_DAY_VARIANCE + HANDLE_CONTACT_VARIANCE / contacts);
    let log = trust * (worked / expected).ln().clamp(-LIMIT, LIMIT);
    (log.exp(), (0.5 * log).exp())
}

struct Blocks {
    near: usize,
    far: usize,
    last_quarter: usize,
}

impl Blocks {
    /// Halves the rest, and quarters the seen, by expected contacts. `None` if nothing is left or nothing was seen.
    fn of(forecast: &[f64], seen: usize) -> Option<Blocks> {
        let half = |from: usize, to: usize, share: f64| -> Option<usize> {
            let total: f64 = forecast[from..to].iter().sum();
            let mut sum = 0.0;
            (total > 0.0).then(|| {
                (from..to)
                    .find(|&s| {
                        sum += forecast[s];
                        sum >= share * total
                    })
                    .map_or(to, |s| s + 1)
            })
        };
        Some(Blocks {
            near: seen,
            far: half(seen, forecast.len(), 0.5)?,
            last_quarter: half(0, seen, 0.75)?.min(seen.saturating_sub(1)),
        })
    }

    fn ratios(&self, day: &PastDay) -> Ratios {
        let ratio = |from: usize, to: usize| -> f64 {
            let (mut came, mut expected) = (0.0, 0.0);
            for s in from..to {
                if day.actual[s].is_finite() {
                    came += day.actual[s];
                    expected += day.forecast[s];
                }
            }
            if expected > 0.0 {
                ((came + 0.5) / (expected + 0.5)).ln().clamp(-LIMIT, LIMIT)
            } else {
                f64::NAN
            }
        };
        let whole = ratio(0, self.near);
        let last = ratio(self.last_quarter, self.near);
        let n = day.forecast.len();
        Ratios {
            seen: [whole, if last.is_finite() { last } else { whole }],
            rest: [ratio(self.near, self.far), ratio(self.far, n)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(seen: f64, rest: f64) -> PastDay {
        PastDay {
            forecast: vec![50.0; 20],
            actual: (0..20)
                .map(|s| 50.0 * if s < 10 { seen } else { rest })
                .collect(),
        }
    }

    #[test]
    fn follows_the_morning_as_far_as_past_mornings_told() {
        let today = day(1.3, f64::NAN);
        let telling: Vec<PastDay> = (0..60)
            .map(|i| 0.7 + 0.01 * f64::from(i))
            .map(|f| day(f, f))
            .collect();
        let idle: Vec<PastDay> = (0..60)
            .map(|i| day(0.7 + 0.01 * f64::from(i), 1.0))
            .collect();
        let told = correct(&today, 10, &telling, 0.01).unwrap();
        let noise = correct(&today, 10, &idle, 0.01).unwrap();
        let fresh = correct(&today, 10, &[], 0.01).unwrap();
        assert!(told.near > 1.22 && told.near < 1.31, "{told:?}");
        assert!(noise.near < 1.04, "{noise:?}");
        assert!(fresh.near > 1.08 && fresh.near < 1.2, "{fresh:?}");
        assert!(told.left < 0.5 && noise.left > 0.9);
        assert_eq!(
            (told.at(9), told.at(10), told.at(19)),
            (1.0, told.near, told.far)
        );
    }

    #[test]
    fn a_morning_like_none_before_is_followed_though_steady_ones_told_nothing() {
        let steady: Vec<PastDay> = (0..60)
            .map(|i| day(0.9 + 0.02 * f64::from(i % 11), 1.0))
            .collect();
        let of = |seen: f64| {
            correct(&day(seen, f64::NAN), 10, &steady, 1e-4)
                .unwrap()
                .near
        };
        assert!(of(2.0) > 1.2, "{}", of(2.0));
        assert!(of(0.4) < 0.85, "{}", of(0.4));
        assert!((of(1.1) - 1.0).abs() < 0.02, "{}", of(1.1));
    }

    #[test]
    fn says_nothing_of_a_handful() {
        let today = PastDay {
            forecast: vec![0.5; 20],
            actual: vec![2.0; 20],
        };
        assert_eq!(correct(&today, 10, &[], 0.01), None);
    }

    #[test]
    fn handle_times_move_with_the_evidence() {
        let (few, _) = correct_handle_time(10.0, 4000.0, 3000.0);
        let (many, later) = correct_handle_time(4000.0, 1_600_000.0, 1_200_000.0);
        assert!(
            few < 1.02 && many > 1.25 && later < many && later > 1.1,
            "{few} {many} {later}"
        );
    }
}
