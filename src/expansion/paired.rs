//! Ratios over random weeks, and differences of two of them on the same weeks.

use crate::results::Measured;
use crate::simulation::student_t_975;

/// A ratio of sums over weeks, such as contacts in time over contacts offered: per week its upper and lower part.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    parts: Vec<(f64, f64)>,
}

impl Ratio {
    pub fn new(parts: impl Iterator<Item = (f64, f64)>) -> Ratio {
        Ratio {
            parts: parts.collect(),
        }
    }

    /// The ratio of the sums; `None` where the lower one is 0.
    pub fn value(&self) -> Option<f64> {
        let (over, under) = self.sums();
        (under > 0.0).then(|| over / under)
    }

    /// With its 95 % interval (delta method, Student t).
    pub fn measured(&self) -> Option<Measured> {
        let mean = self.value()?;
        Some(Measured {
            mean,
            half_width: half_width(&self.residuals(mean)),
        })
    }

    /// This less the other, week by week: what both weeks have in common cancels.
    pub fn less(&self, other: &Ratio) -> Option<Measured> {
        let (mine, theirs) = (self.value()?, other.value()?);
        let residuals: Vec<f64> = self
            .residuals(mine)
            .iter()
            .zip(other.residuals(theirs))
            .map(|(a, b)| a - b)
            .collect();
        Some(Measured {
            mean: mine - theirs,
            half_width: half_width(&residuals),
        })
    }

    fn sums(&self) -> (f64, f64) {
        self.parts
            .iter()
            .fold((0.0, 0.0), |sum, part| (sum.0 + part.0, sum.1 + part.1))
    }

    /// Each week's share in the error of the ratio.
    fn residuals(&self, ratio: f64) -> Vec<f64> {
        let mean_under = self.sums().1 / self.parts.len().max(1) as f64;
        self.parts
            .iter()
            .map(|(over, under)| (over - ratio * under) / mean_under)
            .collect()
    }
}

/// Half the 95 % interval of the mean of independent values whose mean is 0 by construction.
fn half_width(residuals: &[f64]) -> f64 {
    let n = residuals.len();
    if n < 2 {
        return 0.0;
    }
    let squares: f64 = residuals.iter().map(|r| r * r).sum();
    let s = (squares / (n - 1) as f64).sqrt();
    student_t_975(n as u32 - 1) * s / (n as f64).sqrt()
}

/// How far repeated searches lie apart: variance of one search, pooled over options (and rows of a kind).
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Scatter {
    squares: f64,
    freedom: u32,
}

impl Scatter {
    /// Takes note of one quantity in several searches of the same option.
    pub fn see(&mut self, values: &[f64]) {
        if values.len() < 2 {
            return;
        }
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        self.squares += values.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
        self.freedom += values.len() as u32 - 1;
    }

    /// Variance of one search; 0 where nothing was repeated.
    pub fn variance(&self) -> f64 {
        if self.freedom == 0 {
            0.0
        } else {
            self.squares / f64::from(self.freedom)
        }
    }

    /// Standard deviation of a difference of two searches.
    pub fn of_difference(&self) -> f64 {
        (2.0 * self.variance()).sqrt()
    }

    /// Half the 95 % interval of a difference of two options.
    pub fn half_width(&self) -> f64 {
        if self.freedom == 0 {
            0.0
        } else {
            student_t_975(self.freedom) * self.of_difference()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ratio_less_itself_is_exactly_nothing() {
        let ratio = Ratio::new([(8.0, 10.0), (15.0, 20.0), (7.0, 9.0)].into_iter());
        assert_eq!(ratio.less(&ratio), Some(Measured::exactly(0.0)));
    }

    #[test]
    fn weeks_in_common_make_a_difference_sharp() {
        let base: Vec<(f64, f64)> = (0..50)
            .map(|week| (60.0 + f64::from(week % 7) * 5.0, 100.0))
            .collect();
        let better = Ratio::new(base.iter().map(|&(over, under)| (over + 1.0, under)));
        let base = Ratio::new(base.into_iter());
        let difference = better.less(&base).expect("contacts came");
        assert!((difference.mean - 0.01).abs() < 1e-12);
        assert!(difference.half_width < 1e-9);
        assert!(base.measured().expect("contacts came").half_width > 0.01);
    }

    #[test]
    fn two_searches_far_apart_make_a_difference_doubtful() {
        let mut scatter = Scatter::default();
        scatter.see(&[100.0, 104.0]);
        scatter.see(&[90.0, 90.0]);
        // s² = (2² + 2²) / 2 = 4; t(2) = 4.3027; half = t · √(2·4).
        assert!((scatter.half_width() - 4.302_653 * 8.0f64.sqrt()).abs() < 1e-9);
    }
}
