//! What past origins say about the models, interval by interval, or block by block where contacts are few.

use super::choice::each_seen;
use super::grid::Grid;
use super::models::{MEDIAN_OF_SIX, MODELS};
use super::origins::Origin;

/// Mean contacts that a block must have for its squared error to say something about the forecast.
const ENOUGH: f64 = 3.0;

/// What one origin says about the models: absolute and squared errors by model, and the cross products of their standardised errors.
pub(crate) struct Evidence {
    pub errors: Vec<[f64; 2]>,
    pub cross: Vec<f64>,
}

/// Sums of the models' errors over runs of known intervals.
///
/// Where nearly every interval is empty "always nothing" has the least absolute error, and nearly the least squared one: what a model
/// gets wrong, the level, drowns in the chance of single contacts. Over blocks of several intervals it shows.
struct Blocks {
    size: usize,
    filled: usize,
    sums: [f64; MODELS],
}

/// Intervals in a block, by the contacts of the week after these origins: 1 where an interval has enough by itself.
pub(crate) fn block_size(grid: &Grid, origins: &[&Origin]) -> usize {
    let (mut contacts, mut intervals) = (0.0, 0.0);
    for origin in origins {
        each_seen(grid, origin, 1, |_, _, y| {
            contacts += y;
            intervals += 1.0;
        });
    }
    let needed = (ENOUGH * intervals / f64::max(contacts, 1e-9)).ceil();
    needed.clamp(1.0, (7 * grid.slots) as f64) as usize
}

impl Blocks {
    fn new(size: usize) -> Blocks {
        Blocks {
            size,
            filled: 0,
            sums: [0.0; MODELS],
        }
    }

    /// Adds an interval's errors; gives the sums of a block that is full with it.
    fn add(&mut self, errors: [f64; MODELS]) -> Option<[f64; MODELS]> {
        if self.size == 1 {
            return Some(errors);
        }
        self.sums.iter_mut().zip(errors).for_each(|(s, e)| *s += e);
        self.filled += 1;
        (self.filled == self.size).then(|| self.take())
    }

    /// The sums of a last block that is not full.
    fn rest(mut self) -> Option<[f64; MODELS]> {
        (self.filled > 0).then(|| self.take())
    }

    fn take(&mut self) -> [f64; MODELS] {
        self.filled = 0;
        std::mem::replace(&mut self.sums, [0.0; MODELS])
    }
}

/// Calls `each` for the known intervals of ordinary days only: holidays and their neighbours are few and unlike each other,
/// and the median of six does not pretend to know them, so they do not decide between models.
pub(crate) fn each_ordinary(
    grid: &Grid,
    origin: &Origin,
    lead: usize,
    mut each: impl FnMut(usize, usize, f64),
) {
    each_seen(grid, origin, lead, |d, s, y| {
        if !origin.unusual[d - origin.origin] {
            each(d, s, y);
        }
    });
}

impl Evidence {
    pub fn of(grid: &Grid, origin: &Origin, week: usize, block: usize) -> Evidence {
        let mut found = Evidence {
            errors: vec![[0.0; 2]; MODELS],
            cross: vec![0.0; MODELS * MODELS],
        };
        let mut ordinary = Blocks::new(block);
        each_seen(grid, origin, week, |d, s, y| {
            let at = (d - origin.origin) * grid.slots + s;
            let errors: [f64; MODELS] = std::array::from_fn(|m| y - origin.forecasts[m][at]);
            found.add_errors(&errors);
            if origin.unusual[d - origin.origin] {
                return;
            }
            // Standardised roughly, so that busy intervals do not decide alone.
            let scale = 1.0 / (origin.forecasts[MEDIAN_OF_SIX][at] + 1.0).sqrt();
            let errors = errors.map(|e| scale * e);
            ordinary.add(errors).iter().for_each(|e| found.add_cross(e));
        });
        ordinary.rest().iter().for_each(|e| found.add_cross(e));
        found
    }

    fn add_errors(&mut self, errors: &[f64; MODELS]) {
        for (sums, e) in self.errors.iter_mut().zip(errors) {
            *sums = [sums[0] + e.abs(), sums[1] + e * e];
        }
    }

    fn add_cross(&mut self, errors: &[f64; MODELS]) {
        for i in 0..MODELS {
            for j in 0..=i {
                self.cross[i * MODELS + j] += errors[i] * errors[j];
            }
        }
    }

    /// Cross products of all but one origin.
    pub fn sum(evidence: &[Evidence], without: Option<usize>) -> Vec<f64> {
        let mut sum = vec![0.0; MODELS * MODELS];
        for (_, e) in evidence
            .iter()
            .enumerate()
            .filter(|(i, _)| Some(*i) != without)
        {
            sum.iter_mut().zip(&e.cross).for_each(|(a, b)| *a += b);
        }
        sum
    }
}
