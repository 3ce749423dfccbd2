//! Forecasts are not exact: the busyness of a day varies more than chance.

use super::gauss::gamma;

/// How far the true rate may be from the forecast.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Uncertainty {
    /// The forecast is taken as the true rate (contacts still vary as Poisson).
    #[default]
    Ignore,
    /// The rate is gamma distributed around the forecast.
    Gamma {
        /// Coefficient of variation of the rate, >= 0 (typically 0.05 to 0.2; 0 is the same as `Ignore`).
        cv: f64,
    },
}

impl Uncertainty {
    /// A busyness that the whole day shares and a further one of the interval alone, independent and multiplied:
    /// `1 + cv^2 = (1 + day^2)(1 + interval^2)`.
    pub fn combined(day_cv: f64, interval_cv: f64) -> Uncertainty {
        let square = (1.0 + day_cv * day_cv) * (1.0 + interval_cv * interval_cv) - 1.0;
        Uncertainty::Gamma { cv: square.sqrt() }
    }

    /// Rates as multiples of the forecast (ascending) and their probabilities; the mean rate is 1 exactly.
    ///
    /// `steepness`: about how many times a service level goes from good to bad within a standard deviation of the rate, for a cv of 1
    /// (infinite if it has corners). The mean of a service level is then within 2e-3 up to a cv of 0.4, 5e-3 up to 0.7 or with
    /// corners (tested); mostly far less.
    pub(crate) fn scenarios(&self, steepness: f64) -> Vec<(f64, f64)> {
        match *self {
            Uncertainty::Gamma { cv } if cv >= 1e-3 => match cv * steepness {
                smooth if smooth <= 0.8 => gamma(5, cv),
                medium if medium <= 1.7 => gamma(10, cv),
                steep if steep.is_finite() => grid(40, cv),
                _ => grid(80, cv),
            },
            _ => vec![(1.0, 1.0)],
        }
    }
}

/// Evenly spaced logarithms of the rate: better than Gauss where what is averaged is steep. Weighted by contacts, so that a cv above 1
/// (most intervals next to empty) needs no more points than another.
fn grid(points: usize, cv: f64) -> Vec<(f64, f64)> {
    let shape = 1.0 / (cv * cv);
    let ln_weight = |t: f64| (shape + 1.0) * t - shape * t.exp();
    let peak = ((shape + 1.0) / shape).ln();
    // Outside are less than 1e-6 of the contacts.
    let end = |direction: f64| {
        let (mut inside, mut outside) = (0.0, 30.0);
        for _ in 0..40 {
            let middle = 0.5 * (inside + outside);
            if ln_weight(peak + direction * middle) > ln_weight(peak) - 13.0 {
                inside = middle;
            } else {
                outside = middle;
            }
        }
        peak + direction * inside
    };
    let (low, high) = (end(-1.0), end(1.0));
    let step = (high - low) / points as f64;
    let nodes: Vec<(f64, f64)> = (0..points)
        .map(|i| low + (i as f64 + 0.5) * step)
        .map(|t| (t.exp(), (ln_weight(t) - ln_weight(peak)).exp()))
        .collect();
    let sum: f64 = nodes.iter().map(|n| n.1).sum();
    nodes
        .into_iter()
        .map(|(rate, weight)| (rate, weight / sum / rate))
        .collect()
}
