//! What the simulation teaches the curves.
//!
//! A formula per queue knows nothing of agents who also serve other queues: they help when they are idle there and are missing when they are
//! busy there. So per queue and part of the week the share that the curve misses is scaled until promise and simulation agree on the
//! roster just played: `g'(n) = N - k (N - g(n))`. Above 1 it repairs a shortfall, below 1 it finds the savings of pooling.

use chrono::{Datelike, Timelike};

use crate::calendar::{Grid, Zone};

/// Hours of one part of a day.
const PART_HOURS: usize = 4;
const PARTS_PER_DAY: usize = 24 / PART_HOURS;
/// Parts of a week in which curves are corrected alike.
const PARTS: usize = 7 * PARTS_PER_DAY;

/// Weight of the queue as a whole against one part, in missed contacts: small parts say little by themselves.
const WHOLE_WEIGHT: f64 = 1.5;

/// Least and greatest factor on the share missed. Savings are taken in small steps: they rest on colleagues whom the next roster, led by the same
/// savings, would take away (measured on aurora: from 0.05 every queue but the largest fell further below target with each round).
const FACTORS: (f64, f64) = (0.8, 6.0);

/// The part of the week of each interval on the planner's clock.
pub fn parts(grid: &Grid, zone: &Zone) -> Vec<usize> {
    let part = |at| {
        let local = zone.to_local(at);
        local.weekday().num_days_from_monday() as usize * PARTS_PER_DAY
            + local.hour() as usize / PART_HOURS
    };
    grid.instants().map(part).collect()
}

/// Corrections of one queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Part of the week of each interval.
    part: Vec<usize>,
    /// Factor on the share missed, per part; 1 = as the formula says.
    missed: Vec<f64>,
    lessons: u32,
}

impl Correction {
    pub fn none(part: Vec<usize>) -> Correction {
        Correction {
            part,
            missed: vec![1.0; PARTS],
            lessons: 0,
        }
    }

    /// The corrected curve of an interval: contacts answered in time by 0, 1, 2 ... agents.
    pub fn apply(&self, interval: usize, answered: &[f64], offered: f64) -> Vec<f64> {
        let part = self.part[interval];
        let missed = |g: &f64| (offered - self.missed[part] * (offered - g)).max(0.0);
        let mut corrected: Vec<f64> = answered.iter().map(missed).collect();
        corrected[0] = 0.0;
        for n in 1..corrected.len() {
            corrected[n] = corrected[n].max(corrected[n - 1]);
        }
        corrected
    }

    /// Learns from one played roster. Later lessons are averaged with the ones before: a roster that follows a
    /// lesson too closely overshoots it.
    pub fn learn(&mut self, seen: &[Seen]) {
        let mut whole = Tally::default();
        let mut tallies = vec![Tally::default(); PARTS];
        for (seen, part) in seen.iter().zip(&self.part) {
            tallies[*part].add(seen);
            whole.add(seen);
        }
        let overall = ratio(whole.missed, whole.formula_missed, 1.0, 1e-9);
        self.lessons += 1;
        let weight = if self.lessons == 1 { 1.0 } else { 0.6 };
        for (part, tally) in tallies.iter().enumerate() {
            let missed = ratio(tally.missed, tally.formula_missed, overall, WHOLE_WEIGHT);
            let missed = missed.clamp(FACTORS.0, FACTORS.1);
            self.missed[part] = self.missed[part].powf(1.0 - weight) * missed.powf(weight);
        }
    }
}

/// `part / of`, drawn towards `whole` as if `weight` more had been seen at that ratio.
fn ratio(part: f64, of: f64, whole: f64, weight: f64) -> f64 {
    (part + weight * whole) / (of + weight)
}

/// One interval of a played roster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    pub offered: f64,
    /// Contacts in time by the formula, without correction.
    pub formula: f64,
    /// Contacts in time in the simulation.
    pub answered: f64,
    /// Whether anybody was allocated; where nobody was, nothing is learnt of the curve.
    pub staffed: bool,
}

#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    missed: f64,
    formula_missed: f64,
}

impl Tally {
    fn add(&mut self, seen: &Seen) {
        if seen.staffed {
            self.missed += seen.offered - seen.answered;
            self.formula_missed += seen.offered - seen.formula;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(offered: f64, formula: f64, answered: f64) -> Seen {
        Seen {
            offered,
            formula,
            answered,
            staffed: true,
        }
    }

    #[test]
    fn a_first_lesson_makes_promise_and_simulation_agree() {
        let mut correction = Correction::none(vec![0]);
        correction.learn(&[seen(1000.0, 800.0, 700.0)]);
        let corrected = correction.apply(0, &[0.0, 800.0], 1000.0);
        assert!((corrected[1] - 700.0).abs() < 1.0, "{corrected:?}");
    }

    #[test]
    fn savings_are_taken_in_small_steps() {
        let mut correction = Correction::none(vec![0]);
        correction.learn(&[seen(1000.0, 800.0, 1000.0)]);
        let corrected = correction.apply(0, &[0.0, 800.0], 1000.0);
        assert!((corrected[1] - 840.0).abs() < 1e-9, "{corrected:?}");
    }

    #[test]
    fn nobody_promises_nothing_and_more_agents_never_promise_less() {
        let mut correction = Correction::none(vec![0]);
        correction.learn(&[seen(100.0, 60.0, 10.0)]);
        let corrected = correction.apply(0, &[0.0, 10.0, 99.0], 100.0);
        assert_eq!(corrected[0], 0.0);
        assert!(corrected.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(corrected[2] <= 100.0);
    }
}
