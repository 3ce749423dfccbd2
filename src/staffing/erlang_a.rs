//! Erlang A (M/M/n+M): customers whose patience is exponential hang up. Without patience it is Erlang C.

use super::line::Line;
use super::service::Service;

/// Live demand of one queue while it lasts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LiveLoad {
    /// Contacts per second, >= 0.
    pub contacts_per_s: f64,
    /// Mean handle time, s, > 0.
    pub handle_time_s: f64,
    /// Mean patience, s, > 0; `None` if nobody hangs up.
    pub patience_s: Option<f64>,
}

impl LiveLoad {
    /// Demand of `contacts` in an interval of `interval_s` seconds.
    pub fn per_interval(
        contacts: f64,
        interval_s: f64,
        handle_time_s: f64,
        patience_s: Option<f64>,
    ) -> LiveLoad {
        LiveLoad {
            contacts_per_s: contacts / interval_s,
            handle_time_s,
            patience_s,
        }
    }

    /// Offered load in Erlangs.
    pub fn erlangs(&self) -> f64 {
        self.contacts_per_s * self.handle_time_s
    }

    pub(crate) fn hang_up_rate(&self) -> f64 {
        self.patience_s.map_or(0.0, f64::recip)
    }

    /// Nobody at work: everybody gives up (or waits for ever).
    pub(crate) fn unstaffed(&self, threshold_s: f64) -> Service {
        let finite = self.patience_s.is_some();
        let wait = self.patience_s.unwrap_or(f64::INFINITY);
        Service {
            p_wait: 1.0,
            p_abandon: if finite { 1.0 } else { 0.0 },
            answered_in_time: 0.0,
            abandoned_in_time: -(-self.hang_up_rate() * threshold_s).exp_m1(),
            virtual_in_time: 0.0,
            asa_s: f64::INFINITY,
            mean_wait_s: wait,
            mean_queue: self.contacts_per_s * wait,
            occupancy: 1.0,
        }
    }
}

/// Steady state of a queue with `agents` at work.
///
/// Exact for exponential handle times and patience, and nearly so for any handle time if customers hang up. Stable from
/// 1e-6 to 1e4 Erlangs and more, at any overload.
pub fn erlang_a(agents: u32, load: &LiveLoad, threshold_s: f64) -> Service {
    if load.contacts_per_s <= 0.0 {
        return Service::IDLE;
    }
    if agents == 0 {
        return load.unstaffed(threshold_s);
    }
    let line = Line {
        arrivals: load.contacts_per_s,
        drain: agents as f64 / load.handle_time_s,
        hang_up: load.hang_up_rate(),
    };
    line.service(states_without_waiting(agents, load.erlangs()), threshold_s)
}

/// `1/B(n-1, a)`: the sum over j < n of p_j / p_(n-1), from the right, as far as it matters.
fn states_without_waiting(agents: u32, load: f64) -> f64 {
    let (mut weight, mut sum) = (1.0, 1.0);
    let per_load = 1.0 / load;
    for j in (1..agents).rev() {
        let ratio = j as f64 * per_load;
        weight *= ratio;
        sum += weight;
        // From here on the weights fall at least as fast as now.
        if ratio < 1.0 && weight < 1e-17 * (1.0 - ratio) * sum || sum == f64::INFINITY {
            break;
        }
    }
    sum
}

/// Erlang A for a real number of agents (>= 0): straight lines between the exact values at whole numbers, so that it is exact
/// there and rises wherever they rise.
pub fn erlang_a_real(agents: f64, load: &LiveLoad, threshold_s: f64) -> Service {
    let below = agents.max(0.0).floor();
    let part = agents.max(0.0) - below;
    let low = erlang_a(below as u32, load, threshold_s);
    if part == 0.0 {
        return low;
    }
    let high = erlang_a(below as u32 + 1, load, threshold_s);
    let mix = |l: f64, h: f64| l * (1.0 - part) + h * part;
    Service {
        p_wait: mix(low.p_wait, high.p_wait),
        p_abandon: mix(low.p_abandon, high.p_abandon),
        answered_in_time: mix(low.answered_in_time, high.answered_in_time),
        abandoned_in_time: mix(low.abandoned_in_time, high.abandoned_in_time),
        virtual_in_time: mix(low.virtual_in_time, high.virtual_in_time),
        asa_s: mix(low.asa_s, high.asa_s),
        mean_wait_s: mix(low.mean_wait_s, high.mean_wait_s),
        mean_queue: mix(low.mean_queue, high.mean_queue),
        occupancy: mix(low.occupancy, high.occupancy),
    }
}
