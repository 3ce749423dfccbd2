//! The step rule of Adam (Kingma and Ba 2015) for prices: every price goes along the mean of its slopes so far, the less the more they spread.

/// Means of the slopes and of their squares.
#[derive(Debug, Clone)]
pub struct Adam {
    moments: Vec<(f64, f64)>,
    /// Shares of these that are kept from step to step.
    keeps: (f64, f64),
    steps: i32,
}

/// Most steps by which young means are set right; later ones need it no more.
const YOUNG: i32 = 10_000;
/// Least spread of the slopes.
const LEAST_SPREAD: f64 = 1e-3;

impl Adam {
    pub fn new(count: usize, keeps: (f64, f64)) -> Adam {
        Adam {
            moments: vec![(0.0, 0.0); count],
            keeps,
            steps: 0,
        }
    }

    /// Takes in the slopes at the current prices; mean and spread of those so far, price by price. A step goes along mean / spread, about 1 at first.
    pub fn steps<'a>(&'a mut self, slopes: &'a [f64]) -> impl Iterator<Item = (f64, f64)> + 'a {
        self.steps = YOUNG.min(self.steps + 1);
        let (b1, b2) = self.keeps;
        let (c1, c2) = (1.0 - b1.powi(self.steps), 1.0 - b2.powi(self.steps));
        (self.moments.iter_mut().zip(slopes)).map(move |(moment, slope)| {
            moment.0 = b1 * moment.0 + (1.0 - b1) * slope;
            moment.1 = b2 * moment.1 + (1.0 - b2) * slope * slope;
            (moment.0 / c1, (moment.1 / c2).sqrt() + LEAST_SPREAD)
        })
    }
}
