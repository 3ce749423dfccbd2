//! How much a table can count, and what the rest is priced at.

use super::counted::Counted;
use super::multipliers::Multipliers;
use super::pricer::DayPricer;
use crate::roster::engine::columns::problem::Care;

/// Largest table in which minutes and weekends are counted; above it they are priced (first weekends, then minutes too).
const LARGEST_TABLE: usize = 3_000_000;

/// Largest tables of a quick look: with minutes and weekends, and with types counted as well.
const QUICK_TABLE: (usize, usize) = (600_000, 150_000);
const THOROUGH_TABLE: (usize, usize) = (LARGEST_TABLE, LARGEST_TABLE);

/// Largest tables: with minutes and weekends, and with types counted as well.
pub fn largest_table(care: Care) -> (usize, usize) {
    match care {
        Care::Quick => QUICK_TABLE,
        Care::Thorough => THOROUGH_TABLE,
    }
}

impl DayPricer {
    /// What must be taken off a priced cost so that it is no more than the true one.
    pub fn constant(&self, prices: &Multipliers, counted: &Counted) -> f64 {
        let (least, most) = self.network.span;
        let minutes = if counted.minutes {
            0.0
        } else {
            prices.unit * f64::from(if prices.unit > 0.0 { most } else { least })
        };
        let weekends = if counted.weekends {
            0.0
        } else {
            prices.weekend * f64::from(self.rules.max_weekends)
        };
        let types: f64 = self
            .tightest
            .iter()
            .zip(&prices.types)
            .filter(|(t, _)| !counted.counts(**t))
            .map(|(&t, price)| price * f64::from(self.rules.most[t]))
            .sum();
        minutes + weekends + types
    }
}
