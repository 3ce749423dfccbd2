//! What the simulation teaches the curves.
//!
//! A formula per queue knows nothing of agents who also serve other queues: they help when they are idle there and are missing when they are
//! busy there. So per queue and part of the day the share that the curve misses is scaled until promise and simulation agree on the roster just
//! played: `g'(n) = N - k (N - g(n))`. Where nobody is allocated the curve promises nothing though colleagues may well answer; what the simulation found
//! there is promised in part, so that nobody is sent where others already help.

/// Parts of a day in which curves are corrected alike: six hours each on the planner's clock.
pub const PARTS: usize = 4;

/// Of what colleagues answered where nobody was allocated, the share that is promised again: the next roster may have fewer of them.
const CREDIT: f64 = 0.8;

/// Corrections of one queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Correction {
    /// Part of the day of each interval.
    pub part: Vec<usize>,
    /// Factor on the share missed, per part; 1 = as the formula says.
    pub missed: [f64; PARTS],
    /// Share answered where nobody is allocated, per part.
    pub unstaffed: [f64; PARTS],
}

impl Correction {
    pub fn none(part: Vec<usize>) -> Correction {
        Correction {
            part,
            missed: [1.0; PARTS],
            unstaffed: [0.0; PARTS],
        }
    }

    /// The corrected curve of an interval: contacts answered in time by 0, 1, 2 ... agents.
    pub fn apply(&self, interval: usize, answered: &[f64], offered: f64) -> Vec<f64> {
        let part = self.part[interval];
        let mut corrected: Vec<f64> = answered
            .iter()
            .map(|g| (offered - self.missed[part] * (offered - g)).max(0.0))
            .collect();
        corrected[0] = self.unstaffed[part] * offered;
        for n in 1..corrected.len() {
            corrected[n] = corrected[n].max(corrected[n - 1]);
        }
        corrected
    }

    /// Learns from one played roster: per interval the contacts offered, those that the uncorrected curve promises in time, those that the
    /// simulation answered in time, and whether anybody was allocated.
    pub fn learn(&mut self, seen: &[Seen]) {
        for part in 0..PARTS {
            let of_part = || {
                seen.iter()
                    .zip(&self.part)
                    .filter(|(_, p)| **p == part)
                    .map(|(seen, _)| seen)
            };
            let (mut offered, mut promised, mut answered) = (0.0, 0.0, 0.0);
            let (mut empty_offered, mut empty_answered) = (0.0, 0.0);
            for seen in of_part() {
                if seen.staffed {
                    offered += seen.offered;
                    promised += seen.formula;
                    answered += seen.answered;
                } else {
                    empty_offered += seen.offered;
                    empty_answered += seen.answered;
                }
            }
            if offered - promised > 0.01 * offered {
                self.missed[part] = ((offered - answered) / (offered - promised)).clamp(0.05, 6.0);
            }
            if empty_offered > 0.0 {
                self.unstaffed[part] = CREDIT * (empty_answered / empty_offered).clamp(0.0, 1.0);
            }
        }
    }
}

/// One interval of a played roster.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    pub offered: f64,
    /// Contacts in time by the formula, without correction.
    pub formula: f64,
    /// Contacts in time in the simulation.
    pub answered: f64,
    pub staffed: bool,
}
