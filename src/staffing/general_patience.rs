//! M/M/n+G: patience of any shape, by one quadrature (Zeltyn and Mandelbaum, in a form where all terms are positive).
//!
//! The offered wait V has density proportional to `e^phi(x)`, `phi(x) = lam H(x) - n mu x`, H(x) = mean of min(patience, x).
//! phi is concave whatever the patience, so its mass lies in one stretch that is easily found.

use super::erlang_a::LiveLoad;
use super::erlang_b::erlang_b;
use super::gauss::legendre;
use super::line::Line;
use super::service::Service;
use super::special::lower_gamma;

/// How long customers are ready to wait. Times in seconds, > 0.
#[derive(Debug, Clone, PartialEq)]
pub enum Patience {
    /// Exponential with this mean.
    Exponential {
        /// Mean, s.
        mean_s: f64,
    },
    /// Everybody waits exactly this long.
    Deterministic {
        /// Patience, s.
        wait_s: f64,
    },
    /// `P(patience > x) = e^-((x/scale)^shape)`.
    Weibull {
        /// Scale, s.
        scale_s: f64,
        /// Shape, > 0; below 1: many hang up early.
        shape: f64,
    },
    /// A share hangs up as soon as it hears that it must wait; the others are exponential.
    HangUpOnHold {
        /// Share that hangs up at once, 0..1.
        share: f64,
        /// Mean patience of the others, s.
        mean_s: f64,
    },
    /// `P(patience > x)` as steps (Kaplan-Meier): from each time (ascending, first >= 0) on this share is left; before the first
    /// all are. The last share should be 0; if not, those left wait for ever and
    /// must be fewer than the agents can serve.
    Steps(Vec<(f64, f64)>),
}

impl Patience {
    /// `P(patience > x)`, x > 0.
    pub fn survival(&self, x: f64) -> f64 {
        match self {
            Patience::Exponential { mean_s } => (-x / mean_s).exp(),
            Patience::Deterministic { wait_s } => f64::from(x < *wait_s),
            Patience::Weibull { scale_s, shape } => (-(x / scale_s).powf(*shape)).exp(),
            Patience::HangUpOnHold { share, mean_s } => (1.0 - share) * (-x / mean_s).exp(),
            Patience::Steps(steps) => steps
                .iter()
                .rev()
                .find(|(from, _)| *from <= x)
                .map_or(1.0, |(_, left)| *left),
        }
    }

    /// Mean of min(patience, x), s.
    pub fn mean_until(&self, x: f64) -> f64 {
        match self {
            Patience::Exponential { mean_s } => -mean_s * (-x / mean_s).exp_m1(),
            Patience::Deterministic { wait_s } => x.min(*wait_s),
            Patience::Weibull { scale_s, shape } => {
                scale_s / shape * lower_gamma(1.0 / shape, (x / scale_s).powf(*shape))
            }
            Patience::HangUpOnHold { share, mean_s } => {
                -(1.0 - share) * mean_s * (-x / mean_s).exp_m1()
            }
            Patience::Steps(steps) => {
                let (mut mean, mut at, mut left) = (0.0, 0.0, 1.0);
                for &(from, share) in steps.iter().take_while(|(from, _)| *from < x) {
                    mean += (from - at) * left;
                    (at, left) = (from, share);
                }
                mean + (x - at) * left
            }
        }
    }

    /// Where the survival function bends or jumps, s.
    fn corners(&self) -> Vec<f64> {
        match self {
            Patience::Deterministic { wait_s } => vec![*wait_s],
            Patience::Steps(steps) => steps.iter().map(|s| s.0).collect(),
            Patience::Exponential { mean_s: m } | Patience::HangUpOnHold { mean_s: m, .. } => {
                ladder(*m)
            }
            Patience::Weibull { scale_s, .. } => ladder(*scale_s),
        }
    }
}

fn ladder(scale: f64) -> Vec<f64> {
    (-6..6).map(|k| scale * 2f64.powi(k)).collect()
}

/// Steady state of a queue with `agents` at work and customers of any patience (the load's own patience is not used).
pub fn general_patience(
    agents: u32,
    load: &LiveLoad,
    patience: &Patience,
    threshold_s: f64,
) -> Service {
    if load.contacts_per_s <= 0.0 {
        return Service::IDLE;
    }
    if agents == 0 {
        let mean = patience.mean_until(1e12);
        let unstaffed = LiveLoad {
            patience_s: Some(mean),
            ..*load
        }
        .unstaffed(threshold_s);
        return Service {
            abandoned_in_time: 1.0 - patience.survival(threshold_s),
            ..unstaffed
        };
    }
    let line = Line {
        arrivals: load.contacts_per_s,
        drain: agents as f64 / load.handle_time_s,
        hang_up: 0.0,
    };
    let eps = 1.0 / erlang_b(agents - 1, load.erlangs());
    line_by_quadrature(&line, eps, patience, threshold_s)
}

/// Densities below e^-45 of the highest do not matter.
const DEPTH: f64 = 45.0;
const PANELS: usize = 8;

pub(crate) fn line_by_quadrature(
    line: &Line,
    eps: f64,
    patience: &Patience,
    threshold_s: f64,
) -> Service {
    let (lam, drain) = (line.arrivals, line.drain);
    let phi = |x: f64| lam * patience.mean_until(x) - drain * x;
    let rises = |x: f64| lam * patience.survival(x) > drain;
    let second = 1.0 / drain;
    let peak = if rises(1e-9 * second) {
        last_true(second, rises)
    } else {
        0.0
    };
    let top = phi(peak);
    let high = peak + last_true(second, |x| phi(peak + x) > top - DEPTH);
    let low = if phi(0.0) > top - DEPTH {
        0.0
    } else {
        peak - last_true(second, |x| x < peak && phi(peak - x) > top - DEPTH)
    };

    let mut edges = patience.corners();
    edges.extend([low.max(0.0), peak, high, threshold_s]);
    edges.retain(|&x| x >= low && x <= high);
    edges.sort_by(f64::total_cmp);
    edges.dedup();

    let nodes = legendre::<20>();
    let (mut all, mut late, mut gone, mut answered, mut waited, mut wait_all) =
        (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
    for edge in edges.windows(2) {
        for panel in 0..PANELS {
            let width = (edge[1] - edge[0]) / PANELS as f64;
            let from = edge[0] + panel as f64 * width;
            for &(u, w) in &nodes {
                // x = w u^4 next to zero, where a Weibull patience has no derivative.
                let (x, w) = if from == 0.0 {
                    (width * u.powi(4), w * width * 4.0 * u.powi(3))
                } else {
                    (from + width * u, w * width)
                };
                let mean = patience.mean_until(x);
                let left = patience.survival(x);
                let mass = w * (lam * mean - drain * x - top).exp();
                all += mass;
                gone += mass * (1.0 - left);
                waited += mass * left * x;
                wait_all += mass * mean;
                if edge[0] < threshold_s {
                    answered += mass * left;
                } else {
                    late += mass;
                }
            }
        }
    }
    let p_wait = lam * all / (lam * all + eps * (-top).exp());
    let per = p_wait / all;
    let p_abandon = per * gone;
    let answered_in_time = (1.0 - p_wait + per * answered).clamp(0.0, 1.0);
    let beyond = per * late;
    let mean_wait_s = per * wait_all;
    let still_waiting = patience.survival(threshold_s) * beyond;
    Service {
        p_wait,
        p_abandon,
        answered_in_time,
        abandoned_in_time: (1.0 - answered_in_time - still_waiting).clamp(0.0, p_abandon),
        virtual_in_time: 1.0 - beyond,
        asa_s: per * waited / (1.0 - p_abandon),
        mean_wait_s,
        mean_queue: lam * mean_wait_s,
        occupancy: lam * (1.0 - p_abandon) / drain,
    }
}

/// The end of the stretch from 0 on which `holds` is true (it must hold near 0 and fail for good later).
fn last_true(first_step: f64, holds: impl Fn(f64) -> bool) -> f64 {
    let mut high = first_step;
    let mut low = 0.0;
    while holds(high) && high < 1e15 {
        low = high;
        high *= 2.0;
    }
    for _ in 0..200 {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if holds(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}
