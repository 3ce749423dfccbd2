//! How good forecasts were: errors, pinball loss and coverage, as shares of the mean volume.

use super::noise::LEVELS;

/// Mean contacts from which Poisson counts are as good as normal.
const MANY: f64 = 100.0;

/// Sums over scored intervals; turn into shares with [`Tally::scores`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Tally {
    intervals: f64,
    volume: f64,
    absolute: f64,
    signed: f64,
    pinball: f64,
    inside80: f64,
    inside95: f64,
    floor: f64,
    naive: f64,
    naive_intervals: f64,
}

/// Scores of a forecast against what came. All but the coverages and `mase` are shares of the mean volume.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Intervals scored.
    pub intervals: usize,
    /// Contacts that came in them; if none did, shares of them say nothing.
    pub contacts: f64,
    /// Sum of absolute errors / sum of contacts.
    pub wape: f64,
    /// (forecast - actual) / actual, of the sums: above 0 = forecast too high.
    pub bias: f64,
    /// Mean over the 2.5, 10, 50, 90 and 97.5 % quantiles of the pinball loss / mean contacts.
    pub pinball: f64,
    /// Share of intervals inside the 80 % interval.
    pub cover80: f64,
    /// Share of intervals inside the 95 % interval.
    pub cover95: f64,
    /// Mean absolute error / that of "as last week" inside the history.
    pub mase: f64,
    /// WAPE of somebody who knows the true rate of Poisson contacts: no forecast can be better.
    pub poisson_floor: f64,
}

impl Tally {
    /// Adds an interval: what came, the mean forecast, its quantiles.
    pub fn add(&mut self, y: f64, mean: f64, quantiles: &[f64; 5]) {
        self.intervals += 1.0;
        self.volume += y;
        self.absolute += (y - mean).abs();
        self.signed += mean - y;
        for (q, p) in quantiles.iter().zip(LEVELS) {
            self.pinball += (if y >= *q {
                p * (y - q)
            } else {
                (1.0 - p) * (q - y)
            }) / LEVELS.len() as f64;
        }
        self.inside80 += f64::from(y >= quantiles[1] && y <= quantiles[3]);
        self.inside95 += f64::from(y >= quantiles[0] && y <= quantiles[4]);
        self.floor += poisson_deviation(mean);
    }

    /// Adds an in-sample error of "as last week", the scale of MASE.
    pub fn add_naive(&mut self, error: f64) {
        self.naive += error.abs();
        self.naive_intervals += 1.0;
    }

    /// Zeros where nothing was scored.
    pub fn scores(&self) -> Scores {
        let volume = self.volume.max(1e-9);
        let n = self.intervals.max(1.0);
        let naive = self.naive / self.naive_intervals.max(1.0);
        Scores {
            intervals: self.intervals as usize,
            contacts: self.volume,
            wape: self.absolute / volume,
            bias: self.signed / volume,
            pinball: self.pinball / volume,
            cover80: self.inside80 / n,
            cover95: self.inside95 / n,
            mase: if naive > 0.0 {
                self.absolute / n / naive
            } else {
                0.0
            },
            poisson_floor: self.floor / (self.volume + self.signed).max(1e-9),
        }
    }
}

/// Mean absolute deviation of Poisson counts with this mean: `2 e^-m m^(k+1) / k!` with `k` the whole part of `m` (Crow 1958);
/// of the normal where they are many.
fn poisson_deviation(mean: f64) -> f64 {
    if mean >= MANY {
        return (2.0 * mean / std::f64::consts::PI).sqrt();
    }
    let whole = mean.max(0.0).floor() as u32;
    (1..=whole).fold(2.0 * mean.max(0.0) * (-mean).exp(), |product, k| {
        product * mean / f64::from(k)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_by_hand() {
        let mut tally = Tally::default();
        tally.add(10.0, 8.0, &[4.0, 6.0, 8.0, 10.0, 12.0]);
        tally.add(20.0, 25.0, &[21.0, 22.0, 25.0, 28.0, 30.0]);
        tally.add_naive(7.0);
        let s = tally.scores();
        assert_eq!(s.intervals, 2);
        assert!((s.wape - 7.0 / 30.0).abs() < 1e-12);
        assert!((s.bias - 3.0 / 30.0).abs() < 1e-12);
        assert!((s.cover80 - 0.5).abs() < 1e-12 && (s.cover95 - 0.5).abs() < 1e-12);
        assert!((s.mase - 0.5).abs() < 1e-12);
        // 0.025*6 + 0.1*4 + 0.5*2 + 0 + 0.025*2, then 0.975*1 + 0.9*2 + 0.5*5 + 0.1*8 + 0.025*10.
        let pinball = (0.15 + 0.4 + 1.0 + 0.0 + 0.05 + 0.975 + 1.8 + 2.5 + 0.8 + 0.25) / 5.0 / 30.0;
        assert!(
            (s.pinball - pinball).abs() < 1e-12,
            "{} {pinball}",
            s.pinball
        );
    }

    #[test]
    fn the_floor_of_few_contacts_is_that_of_counts() {
        // With a mean of 0.1: 0.905 times 0.1 too many, else what came is missed: twice the first.
        assert!((poisson_deviation(0.1) - 2.0 * 0.1 * (-0.1f64).exp()).abs() < 1e-12);
        // Mean 1.5 by hand: 2 e^-1.5 1.5^2 / 1.
        assert!((poisson_deviation(1.5) - 4.5 * (-1.5f64).exp()).abs() < 1e-12);
        let (below, above) = (poisson_deviation(MANY - 1e-9), poisson_deviation(MANY));
        assert!((below / above - 1.0).abs() < 0.002, "{below} {above}");
        assert_eq!(poisson_deviation(0.0), 0.0);
    }
}
