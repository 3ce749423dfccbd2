//! Erlang X: some of those who hang up call again (as fresh Poisson arrivals, hence slightly optimistic).

use super::erlang_a::{LiveLoad, erlang_a};
use super::service::Service;

/// Steady state with retrials. All measures of `service` are per attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RetrialService {
    /// What an attempt sees.
    pub service: Service,
    /// Attempts per fresh contact, >= 1.
    pub attempts_per_contact: f64,
    /// Share of customers who are lost for good.
    pub customers_lost: f64,
}

/// Fixed point of `lam' (1 - r P(abandon; lam')) = lam`, by bisection. `redial` = r, the probability to call again after hanging
/// up, 0..=1. Where there is no fixed point (1, and more contacts than can be served) attempts stop at a million per contact.
pub fn erlang_x(agents: u32, load: &LiveLoad, redial: f64, threshold_s: f64) -> RetrialService {
    let redial = redial.clamp(0.0, 1.0);
    let attempt = |factor: f64| LiveLoad {
        contacts_per_s: load.contacts_per_s * factor,
        ..*load
    };
    let excess = |factor: f64| {
        factor * (1.0 - redial * erlang_a(agents, &attempt(factor), threshold_s).p_abandon) - 1.0
    };
    let mut low = 1.0;
    let mut high = (1.0 / (1.0 - redial)).min(1e6);
    while high - low > 4.0 * f64::EPSILON * low {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            break;
        }
        if excess(middle) < 0.0 {
            low = middle;
        } else {
            high = middle;
        }
    }
    let factor = 0.5 * (low + high);
    let service = erlang_a(agents, &attempt(factor), threshold_s);
    RetrialService {
        service,
        attempts_per_contact: factor,
        customers_lost: factor * service.p_abandon * (1.0 - redial),
    }
}
