//! The models that forecast together, and how much each of them counts.

use super::models::{ALL, MEDIAN_OF_SIX};

/// Weights of the models.
#[derive(Clone, Debug)]
pub(crate) struct Mix {
    /// In the order of [`ALL`]; they sum to 1 but for a small correction of bias.
    pub weights: Vec<f64>,
    /// On unusual days, of which six ordinary weeks know nothing, the calendar median stands in for the median of six.
    pub knows_calendar: bool,
}

impl Mix {
    /// Forecasts with these weights.
    pub fn of(weights: Vec<f64>) -> Mix {
        Mix {
            weights,
            knows_calendar: true,
        }
    }

    /// The median of six alone, holidays or not: what is to be beaten.
    pub fn yardstick() -> Mix {
        Mix {
            weights: Mix::median_of_six(),
            knows_calendar: false,
        }
    }

    /// Weights of the median of six alone.
    pub fn median_of_six() -> Vec<f64> {
        let mut weights = vec![0.0; ALL.len()];
        weights[MEDIAN_OF_SIX] = 1.0;
        weights
    }

    /// Names and shares of the models that count, the heaviest first.
    pub fn names(&self) -> Vec<(&'static str, f64)> {
        // Without the correction of bias.
        let all: f64 = self.weights.iter().sum();
        let mut names: Vec<(&'static str, f64)> = ALL
            .iter()
            .zip(self.weights.iter().map(|w| w / all.max(1e-9)))
            .filter(|(_, w)| *w > 0.005)
            .map(|(m, w)| (m.name(), w))
            .collect();
        names.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        names
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forecast::models::CALENDAR_MEDIAN;

    #[test]
    fn shares_make_a_whole_whatever_the_correction() {
        let mut weights = vec![0.0; ALL.len()];
        (weights[CALENDAR_MEDIAN], weights[MEDIAN_OF_SIX]) = (0.88, 0.22);
        let names = Mix::of(weights).names();
        assert_eq!(names[0].0, "calendar-median");
        let shares: Vec<f64> = names.iter().map(|n| n.1).collect();
        assert!((shares[0] - 0.8).abs() < 1e-12 && (shares[1] - 0.2).abs() < 1e-12);
    }
}
