//! A tagged customer: the probability to be answered in time, given how many are ahead.

use super::chain::poisson;

/// For each number q ahead in the queue, the probability to be answered within a time that is still to come.
#[derive(Clone)]
pub(super) struct Tagged {
    answered: Vec<f64>,
}

impl Tagged {
    /// At the deadline: not answered.
    pub(super) fn at_deadline(queue: usize) -> Tagged {
        Tagged {
            answered: vec![0.0; queue],
        }
    }

    /// With q ahead; certain if nobody has to go first.
    pub(super) fn with_ahead(&self, ahead: usize) -> f64 {
        self.answered.get(ahead).copied().unwrap_or(0.0)
    }

    /// Goes back in time by `seconds` with the same staffing. One ahead leaves (or the tagged customer is answered if nobody is
    /// ahead) at rate `agents mu + q theta`; the tagged customer hangs up at rate `theta`.
    pub(super) fn back(&mut self, seconds: f64, agents: usize, mu: f64, theta: f64) {
        if seconds <= 0.0 {
            return;
        }
        let drain = agents as f64 * mu;
        let clock = drain + self.answered.len() as f64 * theta;
        if clock == 0.0 {
            return;
        }
        let ticks = poisson(clock * seconds);
        let mut now = std::mem::take(&mut self.answered);
        let mut after = vec![0.0; now.len()];
        for k in 0..ticks.first + ticks.weights.len() {
            if k > 0 {
                for q in (0..now.len()).rev() {
                    let forward = (drain + q as f64 * theta) / clock;
                    let ahead = if q == 0 { 1.0 } else { now[q - 1] };
                    now[q] = forward * ahead + (1.0 - forward - theta / clock) * now[q];
                }
            }
            if k >= ticks.first {
                let weight = ticks.weights[k - ticks.first];
                after
                    .iter_mut()
                    .zip(&now)
                    .for_each(|(sum, g)| *sum += weight * g);
            }
        }
        self.answered = after;
    }

    /// Goes back over the moment at which `more` agents come: they take so many from the queue at once.
    pub(super) fn before_joining(&mut self, more: usize) {
        let n = self.answered.len();
        let shift = more.min(n);
        self.answered.copy_within(..n - shift, shift);
        self.answered[..shift].fill(1.0);
    }
}
