//! How far the level of a whole week is out, by lead: errors of the mix at its past origins, and of the level alone over half a
//! year, joined.
//!
//! Four weeks ahead few weeks are independent witnesses, so the leads are read together: the variance grows evenly with the lead,
//! as that of a random walk does, from `w` by `w g` a week, both estimated from all leads.

use super::level::WeekError;
use super::past::Past;
use super::rolling::WEEKS_AHEAD;

/// Variance of the log of next week's level that is believed before any week has been seen (3 %), and how many weeks that is worth.
const FIRST: f64 = 0.0009;
const BELIEF: f64 = 1.0;
/// Share of next week's variance that a further week adds, before any has been seen, how many weeks that is worth, and the most
/// that a random walk adds (its next week's mean has a third of a week's steps in it).
const GROWTH: f64 = 0.75;
const GROWTH_BELIEF: f64 = 1.0;
const MOST_GROWTH: f64 = 3.0;
/// Weeks after which an error counts half.
const HALF_LIFE: f64 = 10.0;

/// Week variances at leads 1 to 4.
#[derive(Clone, Debug)]
pub(crate) struct WeekLevel {
    leads: [Seen; WEEKS_AHEAD],
}

/// Sums over the errors of past weeks, newer ones weighing more.
#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    /// Squared log errors, what Poisson explains of them, and one over the days in each.
    squares: f64,
    chance: f64,
    per_day: f64,
    weight: f64,
    /// Weeks that overlap are no independent witnesses.
    witnesses: f64,
}

impl Seen {
    /// `age` in weeks.
    fn add(&mut self, error: WeekError, age: usize) {
        let weight = 0.5f64.powf(age as f64 / HALF_LIFE);
        self.squares += weight * error.log * error.log;
        self.chance += weight / (error.contacts + 1.0);
        self.per_day += weight / error.days;
        self.weight += weight;
    }

    /// Variance of the week's level, given that of a day within its week.
    fn variance(&self, day: f64) -> f64 {
        (self.squares - self.chance - day * self.per_day) / self.weight.max(1e-9)
    }
}

impl WeekLevel {
    /// Learns from what is known at `now`: the mix's past, and what the level alone had for errors by weeks ahead.
    pub fn learn(
        past: &Past,
        now: usize,
        of_level: Option<&[Vec<WeekError>; WEEKS_AHEAD]>,
    ) -> WeekLevel {
        let leads = std::array::from_fn(|i| {
            let week = i + 1;
            let mut seen = Seen::default();
            for (origin, error) in past.week_errors(now, week) {
                seen.add(error, (now - origin) / 7);
            }
            let of_mix = seen.weight;
            for errors in of_level.into_iter() {
                for (age, error) in errors[i].iter().rev().enumerate() {
                    seen.add(*error, age + week);
                }
            }
            // The level's weeks and the mix's are the same ones in part.
            seen.witnesses = of_mix.max(seen.weight - of_mix) / week as f64;
            seen
        });
        WeekLevel { leads }
    }

    /// Variance of the log of the week's level at a lead, given the variance of a day within its week.
    pub fn variance(&self, lead: usize, day: f64) -> f64 {
        let first = &self.leads[0];
        let joined = |w: f64, seen: f64, belief: f64, believed: f64| {
            (w * seen + belief * believed) / (w + belief)
        };
        let near = joined(first.witnesses, first.variance(day), BELIEF, FIRST).max(1e-9);
        let (mut growth, mut weight) = (0.0, 0.0);
        for (ahead, seen) in self.leads.iter().enumerate().skip(1) {
            growth += seen.weight * (seen.variance(day) / near - 1.0);
            weight += seen.weight * ahead as f64;
        }
        let growth = growth / weight.max(1e-9);
        let growth =
            joined(self.leads[1].witnesses, growth, GROWTH_BELIEF, GROWTH).clamp(0.0, MOST_GROWTH);
        let grown = |ahead: usize| 1.0 + growth * ahead as f64;
        // The first week's variance once more, now from all leads.
        let (mut sum, mut witnesses) = (BELIEF * FIRST, BELIEF);
        for (ahead, seen) in self.leads.iter().enumerate() {
            sum += seen.witnesses * seen.variance(day) / grown(ahead);
            witnesses += seen.witnesses;
        }
        let variance = (sum / witnesses).max(0.0) * grown(lead - 1);
        // The parameters are estimates: wider, as Student's t is than the normal. Leads overlap, so the first lead's weeks count.
        variance * (1.0 + 2.0 / (first.witnesses + BELIEF))
    }
}
