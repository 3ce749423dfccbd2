//! What is believed of a variance before it has been seen.

/// A variance, and how many observations the guess is worth.
pub(super) struct Belief {
    pub variance: f64,
    pub worth: f64,
}

impl Belief {
    /// The variance after `n` deviations with this sum of squares.
    pub fn learned(&self, squares: f64, n: f64) -> f64 {
        ((squares + self.worth * self.variance) / (n + self.worth)).max(0.0)
    }

    /// The variance of a normal about as wide as what is known of the next observation, which is Student's t: the variance
    /// itself is an estimate.
    pub fn of_next(&self, squares: f64, n: f64) -> f64 {
        self.learned(squares, n) * (1.0 + 2.0 / (n + self.worth))
    }
}
