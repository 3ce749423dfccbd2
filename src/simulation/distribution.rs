//! The laws of random durations: what a user may choose, and how they are drawn.

use rand_distr::{Distribution as _, Exp1, Gamma, StandardNormal};
use rand_xoshiro::rand_core::Rng;

/// The form of a distribution on positive numbers; its mean is set elsewhere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Shape {
    Exponential,
    /// `cv` = coefficient of variation, 0..20.
    LogNormal {
        cv: f64,
    },
    Gamma {
        cv: f64,
    },
    /// Always the mean.
    Deterministic,
    /// `shape` 0.1..100; 1 is exponential, above 1 less scattered.
    Weibull {
        shape: f64,
    },
    /// Two exponential phases with balanced means, `cv` 1..20.
    HyperExponential {
        cv: f64,
    },
}

/// A random duration.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution {
    /// Seconds, > 0.
    pub mean_s: f64,
    pub shape: Shape,
}

impl Shape {
    /// What is wrong with the parameters, if anything.
    pub(super) fn problem(&self) -> Option<&'static str> {
        match *self {
            Shape::Exponential | Shape::Deterministic => None,
            Shape::LogNormal { cv } | Shape::Gamma { cv } if !(0.0..=20.0).contains(&cv) => {
                Some("the coefficient of variation must be 0..20")
            }
            Shape::LogNormal { .. } | Shape::Gamma { .. } => None,
            Shape::Weibull { shape } if !(0.1..=100.0).contains(&shape) => {
                Some("a Weibull shape must be 0.1..100")
            }
            Shape::Weibull { .. } => None,
            Shape::HyperExponential { cv } if !(1.0..=20.0).contains(&cv) => {
                Some("a hyperexponential coefficient of variation must be 1..20")
            }
            Shape::HyperExponential { .. } => None,
        }
    }
}

/// A shape made ready to draw from; every draw has mean 1.
#[derive(Debug, Clone)]
pub(super) enum Sampler {
    One,
    Exponential,
    LogNormal { mu: f64, sigma: f64 },
    Gamma(Gamma<f64>),
    Weibull { scale: f64, power: f64 },
    HyperExponential { first: f64, means: [f64; 2] },
}

impl Sampler {
    /// A sampler for a shape whose parameters have been checked.
    pub(super) fn new(shape: Shape) -> Self {
        match shape {
            Shape::Exponential => Sampler::Exponential,
            Shape::Deterministic => Sampler::One,
            Shape::LogNormal { cv } if cv > 0.0 => {
                let variance = (cv * cv).ln_1p();
                Sampler::LogNormal {
                    mu: -variance / 2.0,
                    sigma: variance.sqrt(),
                }
            }
            Shape::Gamma { cv } if cv > 0.0 => {
                Gamma::new(1.0 / (cv * cv), cv * cv).map_or(Sampler::One, Sampler::Gamma)
            }
            Shape::LogNormal { .. } | Shape::Gamma { .. } => Sampler::One,
            Shape::Weibull { shape } => Sampler::Weibull {
                scale: 1.0 / gamma_function(1.0 + 1.0 / shape),
                power: 1.0 / shape,
            },
            Shape::HyperExponential { cv } => {
                let square = cv * cv;
                let first = 0.5 * (1.0 + ((square - 1.0) / (square + 1.0)).sqrt());
                Sampler::HyperExponential {
                    first,
                    means: [0.5 / first, 0.5 / (1.0 - first)],
                }
            }
        }
    }

    #[inline]
    pub(super) fn sample(&self, rng: &mut impl Rng) -> f64 {
        match self {
            Sampler::One => 1.0,
            Sampler::Exponential => Exp1.sample(rng),
            Sampler::LogNormal { mu, sigma } => {
                let z: f64 = StandardNormal.sample(rng);
                (mu + sigma * z).exp()
            }
            Sampler::Gamma(gamma) => gamma.sample(rng),
            Sampler::Weibull { scale, power } => {
                let e: f64 = Exp1.sample(rng);
                scale * e.powf(*power)
            }
            Sampler::HyperExponential { first, means } => {
                let phase = usize::from(uniform(rng) >= *first);
                let e: f64 = Exp1.sample(rng);
                means[phase] * e
            }
        }
    }
}

/// A uniform number in [0, 1).
#[inline]
pub(super) fn uniform(rng: &mut impl Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 * (1.0 / (1u64 << 53) as f64)
}

/// Gamma function for x >= 1 by Lanczos (g = 7, 9 terms; relative error below 1e-13).
fn gamma_function(x: f64) -> f64 {
    const C: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    let x = x - 1.0;
    let t = x + 7.5;
    let series = (1..9).fold(C[0], |sum, i| sum + C[i] / (x + i as f64));
    (2.0 * std::f64::consts::PI).sqrt() * t.powf(x + 0.5) * (-t).exp() * series
}

#[cfg(test)]
mod tests {
    use super::super::streams::contact_rng;
    use super::*;

    fn moments(shape: Shape) -> (f64, f64) {
        let sampler = Sampler::new(shape);
        let n = 200_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for k in 0..n {
            // One generator per draw, as in the simulation: it must behave like one long stream.
            let x = sampler.sample(&mut contact_rng(99, k, 0));
            sum += x;
            squares += x * x;
        }
        let mean = sum / n as f64;
        (mean, (squares / n as f64 - mean * mean).sqrt())
    }

    #[test]
    fn every_shape_has_mean_one_and_the_asked_scatter() {
        let weibull_cv = (gamma_function(2.0) / gamma_function(1.5).powi(2) - 1.0).sqrt();
        for (shape, cv) in [
            (Shape::Exponential, 1.0),
            (Shape::LogNormal { cv: 0.7 }, 0.7),
            (Shape::Gamma { cv: 0.5 }, 0.5),
            (Shape::Gamma { cv: 1.4 }, 1.4),
            (Shape::Deterministic, 0.0),
            (Shape::Weibull { shape: 2.0 }, weibull_cv),
            (Shape::HyperExponential { cv: 1.5 }, 1.5),
        ] {
            let (mean, sd) = moments(shape);
            assert!((mean - 1.0).abs() < 0.015, "{shape:?}: mean {mean}");
            assert!((sd - cv).abs() < 0.04 * cv.max(0.01), "{shape:?}: sd {sd}");
        }
    }

    #[test]
    fn gamma_function_is_the_factorial() {
        assert!((gamma_function(5.0) - 24.0).abs() < 1e-11);
        assert!((gamma_function(1.5) - 0.886_226_925_452_758).abs() < 1e-14);
    }
}
