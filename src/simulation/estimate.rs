//! Numbers with their uncertainty: ratios of sums over independent replications, with delta-method intervals.

use super::tally::Counts;

const SIZE: usize = 9;
const OFFERED: usize = 0;
const ANSWERED: usize = 1;
const IN_TIME: usize = 2;
const ABANDONED: usize = 3;
const ABANDONED_IN_TIME: usize = 4;
const UNSERVED: usize = 5;
const DELAYED: usize = 6;
const WAIT_ANSWERED: usize = 7;
const WAIT_ALL: usize = 8;

/// What a service level is a share of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ServiceLevel {
    /// Answered in time of all offered (the promise of a scenario).
    #[default]
    Offered,
    /// Answered in time of those who did not hang up within the threshold.
    Net,
    /// Answered in time of the answered.
    Answered,
    /// Answered in time, or hung up within the threshold, of all offered.
    InclAbandoned,
}

/// A value and the half width of its 95 % confidence interval (Student t).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub mean: f64,
    /// `None` with fewer than two replications.
    pub half_width: Option<f64>,
}

impl Estimate {
    /// Lower end of the interval (the value itself if there is none).
    pub fn low(&self) -> f64 {
        self.mean - self.half_width.unwrap_or(0.0)
    }

    /// Upper end of the interval (the value itself if there is none).
    pub fn high(&self) -> f64 {
        self.mean + self.half_width.unwrap_or(0.0)
    }

    /// Both ends for a share, which lies between 0 and 1 whatever a symmetric interval says.
    pub fn range_of_share(&self) -> (f64, f64) {
        (self.low().max(0.0), self.high().min(1.0))
    }
}

/// Sums and products of sums over replications of one queue's counts: enough for every ratio and its interval.
#[derive(Debug, Clone, PartialEq)]
pub struct Moments {
    replications: u32,
    sum: [f64; SIZE],
    /// Upper triangle of the sums of products, row by row.
    product: [f64; SIZE * (SIZE + 1) / 2],
}

impl Default for Moments {
    fn default() -> Self {
        Moments {
            replications: 0,
            sum: [0.0; SIZE],
            product: [0.0; SIZE * (SIZE + 1) / 2],
        }
    }
}

impl Moments {
    /// Contacts (attempts) per replication.
    pub fn offered(&self) -> f64 {
        self.per_replication(OFFERED)
    }

    /// Contacts answered per replication.
    pub fn answered(&self) -> f64 {
        self.per_replication(ANSWERED)
    }

    /// Contacts answered (or completed, as the queue measures) within the threshold, per replication.
    pub fn in_time(&self) -> f64 {
        self.per_replication(IN_TIME)
    }

    /// Contacts that hung up, per replication.
    pub fn abandoned(&self) -> f64 {
        self.per_replication(ABANDONED)
    }

    /// Contacts that hung up within the threshold, per replication.
    pub fn abandoned_in_time(&self) -> f64 {
        self.per_replication(ABANDONED_IN_TIME)
    }

    /// Contacts that still waited when nobody was left to work, per replication.
    pub fn unserved(&self) -> f64 {
        self.per_replication(UNSERVED)
    }

    /// Share answered in time; `None` if nothing was offered.
    pub fn service_level(&self, definition: ServiceLevel) -> Option<Estimate> {
        match definition {
            ServiceLevel::Offered => self.ratio(&[(IN_TIME, 1.0)], &[(OFFERED, 1.0)]),
            ServiceLevel::Net => self.ratio(
                &[(IN_TIME, 1.0)],
                &[(OFFERED, 1.0), (ABANDONED_IN_TIME, -1.0)],
            ),
            ServiceLevel::Answered => self.ratio(&[(IN_TIME, 1.0)], &[(ANSWERED, 1.0)]),
            ServiceLevel::InclAbandoned => self.ratio(
                &[(IN_TIME, 1.0), (ABANDONED_IN_TIME, 1.0)],
                &[(OFFERED, 1.0)],
            ),
        }
    }

    /// Share of the offered who hung up.
    pub fn abandoned_share(&self) -> Option<Estimate> {
        self.ratio(&[(ABANDONED, 1.0)], &[(OFFERED, 1.0)])
    }

    /// Share of the offered who were not answered at once.
    pub fn delayed_share(&self) -> Option<Estimate> {
        self.ratio(&[(DELAYED, 1.0), (UNSERVED, 1.0)], &[(OFFERED, 1.0)])
    }

    /// Average speed of answer in seconds: mean wait of the answered.
    pub fn asa_s(&self) -> Option<Estimate> {
        self.ratio(&[(WAIT_ANSWERED, 1.0)], &[(ANSWERED, 1.0)])
    }

    /// Mean wait in seconds of the answered and of those who hung up.
    pub fn mean_wait_s(&self) -> Option<Estimate> {
        self.ratio(&[(WAIT_ALL, 1.0)], &[(OFFERED, 1.0), (UNSERVED, -1.0)])
    }

    pub(super) fn add(&mut self, counts: &Counts) {
        self.replications += 1;
        if counts.offered == 0 {
            return;
        }
        let x = [
            f64::from(counts.offered),
            f64::from(counts.answered),
            f64::from(counts.in_time),
            f64::from(counts.abandoned),
            f64::from(counts.abandoned_in_time),
            f64::from(counts.unserved),
            f64::from(counts.delayed),
            counts.wait_answered,
            counts.wait_all,
        ];
        let mut place = 0;
        for i in 0..SIZE {
            self.sum[i] += x[i];
            for j in i..SIZE {
                self.product[place] += x[i] * x[j];
                place += 1;
            }
        }
    }

    fn per_replication(&self, i: usize) -> f64 {
        self.sum[i] / f64::from(self.replications.max(1))
    }

    fn product(&self, i: usize, j: usize) -> f64 {
        let (i, j) = (i.min(j), i.max(j));
        self.product[i * SIZE - i * (i + 1) / 2 + j]
    }

    /// The ratio r of two sums N and D, with s² = Σ(N - rD)² / (R - 1) and half width t s / (√R mean D).
    fn ratio(&self, over: &[(usize, f64)], under: &[(usize, f64)]) -> Option<Estimate> {
        let total = |form: &[(usize, f64)]| form.iter().map(|&(i, c)| c * self.sum[i]).sum::<f64>();
        let (n, d) = (total(over), total(under));
        if d <= 0.0 {
            return None;
        }
        let mean = n / d;
        let residual: Vec<(usize, f64)> = over
            .iter()
            .copied()
            .chain(under.iter().map(|&(i, c)| (i, -mean * c)))
            .collect();
        let squares: f64 = residual
            .iter()
            .flat_map(|&(i, a)| residual.iter().map(move |&(j, b)| (i, j, a * b)))
            .map(|(i, j, c)| c * self.product(i, j))
            .sum();
        let half_width = (self.replications >= 2).then(|| {
            let r = f64::from(self.replications);
            let s = (squares.max(0.0) / (r - 1.0)).sqrt();
            student_t_975(self.replications - 1) * s * r.sqrt() / d
        });
        Some(Estimate { mean, half_width })
    }
}

/// The 97.5 % point of Student's t with `df` degrees of freedom: tables up to 5, beyond them the expansion of Cornish
/// and Fisher in 1/df (Abramowitz and Stegun 26.7.5), off by less than 2e-4.
pub fn student_t_975(df: u32) -> f64 {
    const FEW: [f64; 6] = [
        f64::INFINITY,
        12.706_205,
        4.302_653,
        3.182_446,
        2.776_445,
        2.570_582,
    ];
    if let Some(&t) = FEW.get(df as usize) {
        return t;
    }
    let z: f64 = 1.959_963_984_540_054;
    let n = f64::from(df);
    let g1 = (z.powi(3) + z) / 4.0;
    let g2 = (5.0 * z.powi(5) + 16.0 * z.powi(3) + 3.0 * z) / 96.0;
    let g3 = (3.0 * z.powi(7) + 19.0 * z.powi(5) + 17.0 * z.powi(3) - 15.0 * z) / 384.0;
    let g4 = (79.0 * z.powi(9) + 776.0 * z.powi(7) + 1482.0 * z.powi(5)
        - 1920.0 * z.powi(3)
        - 945.0 * z)
        / 92_160.0;
    z + (g1 + (g2 + (g3 + g4 / n) / n) / n) / n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_t_agrees_with_the_tables() {
        for (df, t) in [
            (3, 3.182_446),
            (6, 2.446_912),
            (7, 2.364_624),
            (10, 2.228_139),
            (30, 2.042_272),
            (1000, 1.962_339),
        ] {
            assert!(
                (student_t_975(df) - t).abs() < 2e-4,
                "{df}: {}",
                student_t_975(df)
            );
        }
    }

    #[test]
    fn ratio_and_interval_are_those_of_the_textbook() {
        let mut moments = Moments::default();
        let days = [(10, 8), (20, 11), (30, 29), (5, 5)];
        for (offered, in_time) in days {
            moments.add(&Counts {
                offered,
                in_time,
                answered: in_time,
                abandoned: offered - in_time,
                ..Counts::default()
            });
        }
        let estimate = moments
            .service_level(ServiceLevel::Offered)
            .expect("contacts were offered");
        let r = 53.0 / 65.0;
        let squares: f64 = days
            .iter()
            .map(|&(d, n)| (f64::from(n) - r * f64::from(d)).powi(2))
            .sum();
        let half = student_t_975(3) * (squares / 3.0).sqrt() / (2.0 * 65.0 / 4.0);
        assert!((estimate.mean - r).abs() < 1e-14);
        assert!((estimate.half_width.expect("four replications") - half).abs() < 1e-12);
        assert_eq!(
            moments.abandoned_share().expect("offered").mean,
            12.0 / 65.0
        );
        assert_eq!(moments.offered(), 16.25);
        assert!(
            Moments::default()
                .service_level(ServiceLevel::Offered)
                .is_none()
        );
    }
}
