//! Upper concave envelopes.

/// The least concave, never falling curve above a service curve.
#[derive(Debug, Clone, PartialEq)]
pub struct ConcaveEnvelope {
    /// Value at n = 0..=n_max agents, contacts answered in time.
    pub values: Vec<f64>,
    /// `gains[n]` is what agent number n + 1 adds (contacts); never rising, >= 0, of length n_max.
    pub gains: Vec<f64>,
}

impl ConcaveEnvelope {
    /// Envelope of the values at 0, 1, 2, ... (not empty).
    pub(super) fn of(curve: &[f64]) -> ConcaveEnvelope {
        let slope = |i: usize, j: usize| (curve[j] - curve[i]) / (j - i) as f64;
        let mut corners: Vec<usize> = Vec::new();
        for n in 0..curve.len() {
            while let [.., before, last] = corners[..]
                && slope(before, last) <= slope(last, n)
            {
                corners.pop();
            }
            corners.push(n);
        }
        let mut gains = Vec::with_capacity(curve.len() - 1);
        let mut values = vec![curve[0]];
        for pair in corners.windows(2) {
            let gain = slope(pair[0], pair[1]).max(0.0);
            for n in pair[0] + 1..=pair[1] {
                gains.push(gain);
                let on_line = curve[pair[0]] + gain * (n - pair[0]) as f64;
                values.push(if n == pair[1] { curve[n] } else { on_line });
            }
        }
        ConcaveEnvelope { values, gains }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bridges_what_is_hollow() {
        let e = ConcaveEnvelope::of(&[0.0, 1.0, 4.0, 5.0, 5.5]);
        assert_eq!(e.gains, [2.0, 2.0, 1.0, 0.5]);
        assert_eq!(e.values, [0.0, 2.0, 4.0, 5.0, 5.5]);
        assert_eq!(
            ConcaveEnvelope::of(&[3.0]),
            ConcaveEnvelope {
                values: vec![3.0],
                gains: vec![]
            }
        );
    }
}
