//! Erlang C: nobody hangs up.

use super::erlang_b::{erlang_b, erlang_b_real};

/// Probability that a contact waits in M/M/n; 1 if the load (Erlangs) is not below the number of agents.
pub fn erlang_c(agents: u32, load: f64) -> f64 {
    delay(agents as f64, load, erlang_b(agents, load))
}

/// Erlang C for a real number of agents.
pub fn erlang_c_real(agents: f64, load: f64) -> f64 {
    delay(agents, load, erlang_b_real(agents, load))
}

/// `C = n B / (n - a (1 - B))`.
fn delay(n: f64, a: f64, blocked: f64) -> f64 {
    if a <= 0.0 {
        return if n > 0.0 { 0.0 } else { 1.0 };
    }
    if n <= a {
        return 1.0;
    }
    n * blocked / (n - a * (1.0 - blocked))
}
