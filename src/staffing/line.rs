//! The waiting line in steady state, whatever stands to the left of it.
//!
//! Phone (Erlang A and C), chat and blending differ only in the states where nobody waits. What those add is one number,
//! `eps` = total probability of these states relative to the last of them. Formulas: Zeltyn and Mandelbaum's M/M/n+M in a
//! form where all terms are positive, so that nothing cancels.

use super::general_patience::{Patience, line_by_quadrature};
use super::service::Service;

/// A waiting line: Poisson arrivals, all slots busy empty at rate `drain`, everyone waiting hangs up at rate `hang_up`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    /// Contacts per second, > 0.
    pub arrivals: f64,
    /// Contacts finished per second while all slots are busy, > 0.
    pub drain: f64,
    /// 1 / mean patience, per second; 0 if nobody hangs up.
    pub hang_up: f64,
}

/// Overload so deep that the series would need more terms than this is integrated instead.
const MOST_TERMS: f64 = 2e5;

impl Line {
    /// No arrivals and nobody to serve them.
    pub(crate) const NONE: Line = Line {
        arrivals: 0.0,
        drain: 0.0,
        hang_up: 0.0,
    };

    /// Steady state, given the weight `eps` (>= 1, may be infinite) of the states without waiting. `occupancy` is the share of
    /// `drain` in use.
    pub(crate) fn service(&self, eps: f64, threshold_s: f64) -> Service {
        let Line {
            arrivals: lam,
            drain,
            hang_up: theta,
        } = *self;
        let all_finite = lam.is_finite() && drain.is_finite() && theta.is_finite();
        let sensible = all_finite && lam > 0.0 && drain > 0.0 && theta >= 0.0;
        if !sensible {
            return Service::UNKNOWN;
        }
        if theta == 0.0 {
            return self.patient(eps, threshold_s);
        }
        if (lam - drain) / theta > MOST_TERMS {
            return line_by_quadrature(
                self,
                eps,
                &Patience::Exponential {
                    mean_s: 1.0 / theta,
                },
                threshold_s,
            );
        }
        let up = upward(lam, drain, theta);
        // Weight of all waiting states over that of the last state without waiting is lam/drain * up.
        let without = eps * drain / lam * (-up.ln_scale).exp();
        let p_wait = up.sum / (up.sum + without);
        let per_up = p_wait / up.sum;
        let p_abandon = per_up * up.abandoned;
        let served_wait = per_up * up.served_wait;
        let late = self.late(&up.total(), &Reach::new(theta, threshold_s));
        let beyond = p_wait * late.beyond;
        let hang_up_later = (-theta * threshold_s).exp() * beyond;
        let answered_in_time = (1.0 - p_wait + p_wait * late.in_time).clamp(0.0, 1.0);
        let mean_wait_s = p_abandon / theta;
        Service {
            p_wait,
            p_abandon,
            answered_in_time,
            abandoned_in_time: (1.0 - answered_in_time - hang_up_later).clamp(0.0, p_abandon),
            virtual_in_time: 1.0 - beyond,
            asa_s: served_wait / (1.0 - p_abandon),
            mean_wait_s,
            mean_queue: lam * mean_wait_s,
            occupancy: lam * (1.0 - p_abandon) / drain,
        }
    }

    /// Of those who meet a full house: which shares are answered within the threshold, and have an offered wait beyond it. `up` is
    /// the total weight of the waiting states.
    pub(crate) fn late(&self, up: &Total, reach: &Reach) -> Late {
        let then = total(self.arrivals * reach.patient, self.drain, self.hang_up);
        let ln_e = reach.ln_growth(self);
        let beyond = (ln_e + then.ln() - up.ln()).exp().min(1.0);
        let rest = ((ln_e - up.ln()).exp() - (-up.ln()).exp()) + (1.0 - beyond);
        Late {
            in_time: (self.drain / self.arrivals * rest).clamp(0.0, 1.0),
            beyond,
        }
    }

    /// Erlang C's line: nobody hangs up.
    fn patient(&self, eps: f64, threshold_s: f64) -> Service {
        let Line {
            arrivals: lam,
            drain,
            ..
        } = *self;
        if lam >= drain {
            return Service {
                p_wait: 1.0,
                p_abandon: 0.0,
                answered_in_time: 0.0,
                abandoned_in_time: 0.0,
                virtual_in_time: 0.0,
                asa_s: f64::INFINITY,
                mean_wait_s: f64::INFINITY,
                mean_queue: f64::INFINITY,
                occupancy: 1.0,
            };
        }
        let p_wait = lam / (lam + eps * (drain - lam));
        let in_time = 1.0 - p_wait * (-(drain - lam) * threshold_s).exp();
        let asa_s = p_wait / (drain - lam);
        Service {
            p_wait,
            p_abandon: 0.0,
            answered_in_time: in_time,
            abandoned_in_time: 0.0,
            virtual_in_time: in_time,
            asa_s,
            mean_wait_s: asa_s,
            mean_queue: lam * asa_s,
            occupancy: lam / drain,
        }
    }
}

/// Shares of those who meet a full house.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Late {
    /// Answered within the threshold.
    pub in_time: f64,
    /// Offered wait beyond the threshold.
    pub beyond: f64,
}

/// What depends on the threshold and patience alone (shared by all numbers of agents).
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reach {
    /// Share still patient at the threshold.
    pub patient: f64,
    /// Mean of min(patience, threshold), s.
    pub mean_s: f64,
    threshold_s: f64,
}

impl Reach {
    pub(crate) fn new(theta: f64, threshold_s: f64) -> Reach {
        Reach {
            patient: (-theta * threshold_s).exp(),
            mean_s: -(-theta * threshold_s).exp_m1() / theta,
            threshold_s,
        }
    }

    /// `ln E = lam H(T) - drain T`.
    pub(crate) fn ln_growth(&self, line: &Line) -> f64 {
        line.arrivals * self.mean_s - line.drain * self.threshold_s
    }
}

/// A sum of weights that may exceed the range of f64: `sum * e^ln_scale`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Total {
    pub sum: f64,
    pub ln_scale: f64,
}

impl Total {
    pub(crate) fn ln(&self) -> f64 {
        self.sum.ln() + self.ln_scale
    }
}

/// Sums over the states with q = 0, 1, 2 ... waiting, relative to the state with all slots busy and nobody waiting.
struct Upward {
    sum: f64,
    ln_scale: f64,
    /// Weighted probability to hang up of a newcomer to the state.
    abandoned: f64,
    /// Weighted (probability to be served) x (wait if so).
    served_wait: f64,
}

impl Upward {
    fn total(&self) -> Total {
        Total {
            sum: self.sum,
            ln_scale: self.ln_scale,
        }
    }
}

const HUGE: f64 = 1e280;

/// A newcomer who finds q waiting is served with probability drain/(drain + (q+1) theta) (the steps telescope), and then waits
/// the sum over j = 1..=q+1 of 1/(drain + j theta) on average.
fn upward(lam: f64, drain: f64, theta: f64) -> Upward {
    let mut up = Upward {
        sum: 0.0,
        ln_scale: 0.0,
        abandoned: 0.0,
        served_wait: 0.0,
    };
    let (mut weight, mut wait, mut q) = (1.0, 0.0, 0.0);
    loop {
        q += 1.0;
        let step = 1.0 / (drain + q * theta);
        let served = drain * step;
        wait += step;
        up.sum += weight;
        up.abandoned += weight * (q * theta * step);
        up.served_wait += weight * served * wait;
        let ratio = lam * step;
        weight *= ratio;
        if weight < 1e-17 * up.sum && ratio < 1.0 {
            return up;
        }
        if up.sum > HUGE {
            weight /= HUGE;
            up.sum /= HUGE;
            up.abandoned /= HUGE;
            up.served_wait /= HUGE;
            up.ln_scale += HUGE.ln();
        }
    }
}

/// The sum of weights alone, of a line with hang-ups (`theta` > 0).
pub(crate) fn total(lam: f64, drain: f64, theta: f64) -> Total {
    let (mut weight, mut sum, mut q, mut ln_scale) = (1.0, 1.0, 0.0, 0.0);
    loop {
        q += 1.0;
        let ratio = lam / (drain + q * theta);
        weight *= ratio;
        sum += weight;
        if weight < 1e-17 * sum && ratio < 1.0 {
            return Total { sum, ln_scale };
        }
        if sum > HUGE {
            weight /= HUGE;
            sum /= HUGE;
            ln_scale += HUGE.ln();
        }
    }
}

/// [`total`] for several rates of arrival at once (they share the divisions), the highest first. Good to 1e-12; infinite or not a
/// number where it exceeds the range of f64.
pub(crate) fn totals<const LANES: usize>(
    lam: &[f64; LANES],
    drain: f64,
    theta: f64,
) -> [f64; LANES] {
    let mut weight = [1.0; LANES];
    let mut sum = [1.0; LANES];
    let mut rate = drain;
    loop {
        // Lower rates of arrival have lighter tails, so the first lane says when to stop.
        for _ in 0..4 {
            rate += theta;
            let step = 1.0 / rate;
            for lane in 0..LANES {
                weight[lane] *= lam[lane] * step;
                sum[lane] += weight[lane];
            }
        }
        if weight[0] < 1e-14 * sum[0] && lam[0] < rate || sum[0] > HUGE {
            if sum[0] > HUGE {
                sum[0] = f64::INFINITY;
            }
            return sum;
        }
    }
}
