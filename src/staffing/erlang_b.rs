//! Erlang B: the share of contacts lost when nobody waits.

use super::special::{ln_gamma, lower_gamma, upper_gamma_scaled};

/// Blocking probability of M/M/n/n with `load` Erlangs (> 0) and `agents` servers.
///
/// Inverse recursion `1/B(k) = 1 + k/a * 1/B(k-1)`; it overflows to infinity where B is below 1e-308, which is then 0.
pub fn erlang_b(agents: u32, load: f64) -> f64 {
    if load <= 0.0 {
        return if agents == 0 { 1.0 } else { 0.0 };
    }
    let mut inverse = 1.0;
    for k in 1..=agents {
        inverse = 1.0 + inverse * (k as f64 / load);
        if inverse == f64::INFINITY {
            return 0.0;
        }
    }
    1.0 / inverse
}

/// Erlang B for a real number of agents (>= 0): `1/B(x) = a * integral of e^(-a t) (1+t)^x`, started at the fractional
/// part by the incomplete gamma function, then the same recursion.
pub fn erlang_b_real(agents: f64, load: f64) -> f64 {
    if load <= 0.0 {
        return if agents <= 0.0 { 1.0 } else { 0.0 };
    }
    let whole = agents.max(0.0).floor();
    let fraction = agents.max(0.0) - whole;
    let mut inverse = inverse_at_fraction(fraction, load);
    let mut k = fraction;
    for _ in 0..whole as u64 {
        k += 1.0;
        inverse = 1.0 + inverse * (k / load);
        if inverse == f64::INFINITY {
            return 0.0;
        }
    }
    1.0 / inverse
}

/// `1/B(x, a) = e^a a^-x Gamma(x+1, a)` for 0 <= x < 1.
fn inverse_at_fraction(x: f64, a: f64) -> f64 {
    if x == 0.0 {
        return 1.0;
    }
    let s = x + 1.0;
    if a > s + 1.0 {
        a * upper_gamma_scaled(s, a)
    } else {
        let upper = ln_gamma(s).exp() - lower_gamma(s, a);
        (a - x * a.ln()).exp() * upper
    }
}
