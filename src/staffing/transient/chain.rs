//! Uniformisation of the number in the system while rates and staffing stay the same.

/// Birth-death chain on 0..=N contacts in the system.
pub(super) struct Chain {
    up: f64,
    /// Rate down from each state, per second.
    down: Vec<f64>,
    /// Rate of the Poisson clock, at least every state's total rate.
    clock: f64,
}

impl Chain {
    /// Arrivals, `agents` each ending `mu` contacts per second, everyone waiting hanging up at rate `theta`.
    pub(super) fn new(size: usize, arrivals: f64, agents: usize, mu: f64, theta: f64) -> Chain {
        let down: Vec<f64> = (0..size)
            .map(|i| i.min(agents) as f64 * mu + i.saturating_sub(agents) as f64 * theta)
            .collect();
        let clock = arrivals + down.iter().copied().fold(0.0, f64::max);
        Chain {
            up: arrivals,
            down,
            clock,
        }
    }

    /// Lets `seconds` pass. Adds the integral over time of the distribution to `integral` if there is one.
    pub(super) fn pass(
        &self,
        state: &mut Vec<f64>,
        seconds: f64,
        mut integral: Option<&mut [f64]>,
    ) {
        if seconds <= 0.0 {
            return;
        }
        let ticks = poisson(self.clock * seconds);
        let mut after = vec![0.0; state.len()];
        let mut next = vec![0.0; state.len()];
        for k in 0..ticks.first + ticks.weights.len() {
            if k > 0 {
                self.tick(state, &mut next);
                std::mem::swap(state, &mut next);
            }
            if let Some(integral) = integral.as_deref_mut() {
                // The expected time with exactly k ticks so far is P(ticks > k) / clock.
                let time = ticks.beyond(k) / self.clock;
                integral
                    .iter_mut()
                    .zip(&*state)
                    .for_each(|(sum, p)| *sum += time * p);
            }
            if k >= ticks.first {
                let weight = ticks.weights[k - ticks.first];
                after
                    .iter_mut()
                    .zip(&*state)
                    .for_each(|(sum, p)| *sum += weight * p);
            }
        }
        *state = after;
    }

    /// One tick of the clock: a step of the chain, or nothing.
    fn tick(&self, state: &[f64], next: &mut [f64]) {
        let last = state.len() - 1;
        let up = self.up / self.clock;
        let scale = 1.0 / self.clock;
        for i in 0..=last {
            let leave = if i == last { 0.0 } else { up };
            let mut p = state[i] * (1.0 - leave - self.down[i] * scale);
            if i > 0 {
                p += state[i - 1] * up;
            }
            if i < last {
                p += state[i + 1] * (self.down[i + 1] * scale);
            }
            next[i] = p;
        }
    }
}

/// Poisson probabilities where they matter.
pub(super) struct Poisson {
    pub first: usize,
    pub weights: Vec<f64>,
    tails: Vec<f64>,
}

impl Poisson {
    /// `P(ticks > k)`.
    fn beyond(&self, k: usize) -> f64 {
        if k < self.first {
            1.0
        } else {
            self.tails.get(k - self.first + 1).copied().unwrap_or(0.0)
        }
    }
}

/// From the mode outwards, so that nothing under- or overflows; cut where less than 1e-15 of the mode is left.
pub(super) fn poisson(mean: f64) -> Poisson {
    const CUT: f64 = 1e-15;
    let mode = mean.floor();
    let mut below = Vec::new();
    let (mut weight, mut k) = (1.0, mode);
    while k > 0.0 {
        weight *= k / mean;
        k -= 1.0;
        if weight < CUT {
            break;
        }
        below.push(weight);
    }
    let first = mode as usize - below.len();
    let mut weights: Vec<f64> = below.into_iter().rev().collect();
    (weight, k) = (1.0, mode);
    while weight > CUT {
        weights.push(weight);
        k += 1.0;
        weight *= mean / k;
    }
    let sum: f64 = weights.iter().sum();
    weights.iter_mut().for_each(|w| *w /= sum);
    let mut tails = weights.clone();
    for i in (0..tails.len() - 1).rev() {
        tails[i] += tails[i + 1];
    }
    Poisson {
        first,
        weights,
        tails,
    }
}
