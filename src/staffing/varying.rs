//! Staffing a day whose load varies, by rules of thumb (start values; [`super::transient`] tells what they are worth).

use super::erlang_a::{LiveLoad, erlang_a};
use super::erlang_b::erlang_b;
use super::error::{StaffingError, above_zero, at_least_zero};
use super::required::{Target, required_agents};

/// Which rate an interval is staffed for, as if it lasted for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateRule {
    /// Its own (stationary, independent, period by period).
    Sipp,
    /// That of one handle time ago, averaged over the interval (Green, Kolesar, Soares).
    LagSipp,
    /// Modified offered load: agents busy if there were always enough, averaged over the interval.
    OfferedLoadMean,
    /// The same at its highest in the interval.
    OfferedLoadMax,
}

/// Contacts per second that each interval is staffed for, from expected contacts per interval; nobody calls before the first.
pub fn staffing_rates(
    contacts: &[f64],
    interval_s: f64,
    handle_time_s: f64,
    rule: RateRule,
) -> Vec<f64> {
    let rates: Vec<f64> = contacts.iter().map(|c| c / interval_s).collect();
    match rule {
        RateRule::Sipp => rates,
        RateRule::LagSipp => (0..rates.len())
            .map(|i| {
                let end = (i + 1) as f64 - handle_time_s / interval_s;
                sum_until(&rates, end) - sum_until(&rates, end - 1.0)
            })
            .collect(),
        RateRule::OfferedLoadMean | RateRule::OfferedLoadMax => {
            let decay = (-interval_s / handle_time_s).exp();
            let mut load = 0.0f64;
            rates
                .iter()
                .map(|rate| {
                    let start = load;
                    let limit = rate * handle_time_s;
                    load = limit + (start - limit) * decay;
                    let busy = if rule == RateRule::OfferedLoadMax {
                        start.max(load)
                    } else {
                        limit + (start - limit) * (1.0 - decay) * handle_time_s / interval_s
                    };
                    busy / handle_time_s
                })
                .collect()
        }
    }
}

/// Integral of a rate per interval from the start to `time`, in intervals.
fn sum_until(rates: &[f64], time: f64) -> f64 {
    let time = time.clamp(0.0, rates.len() as f64);
    let whole = time.floor() as usize;
    let part = rates.get(whole).map_or(0.0, |r| r * (time - whole as f64));
    rates[..whole].iter().sum::<f64>() + part
}

/// Least agents per interval by a rule of thumb.
///
/// # Errors
/// As [`required_agents`].
pub fn staff_day(
    contacts: &[f64],
    interval_s: f64,
    handle_time_s: f64,
    patience_s: Option<f64>,
    target: &Target,
    rule: RateRule,
) -> Result<Vec<u32>, StaffingError> {
    above_zero("interval length", interval_s)?;
    above_zero("handle time", handle_time_s)?;
    contacts
        .iter()
        .try_for_each(|&c| at_least_zero("contacts", c).map(drop))?;
    staffing_rates(contacts, interval_s, handle_time_s, rule)
        .into_iter()
        .map(|contacts_per_s| {
            required_agents(
                &LiveLoad {
                    contacts_per_s,
                    handle_time_s,
                    patience_s,
                },
                target,
            )
        })
        .collect()
}

/// Service level per interval with backlog carried over, nobody hanging up (Stolletz' stationary backlog carry-over): in steps of
/// about one handle time, what a loss system would block arrives again in the next step; the interval is then judged as stationary
/// at its mean carried rate. At least one agent per interval that has contacts.
///
/// # Errors
/// If a number is out of its range or the lists differ in length.
pub fn backlog_service_levels(
    contacts: &[f64],
    agents: &[u32],
    interval_s: f64,
    handle_time_s: f64,
    threshold_s: f64,
) -> Result<Vec<f64>, StaffingError> {
    above_zero("interval length", interval_s)?;
    above_zero("handle time", handle_time_s)?;
    contacts
        .iter()
        .try_for_each(|&c| at_least_zero("contacts", c).map(drop))?;
    if agents.len() != contacts.len() {
        let (found, expected) = (agents.len(), contacts.len());
        return Err(StaffingError::Length {
            what: "agents per interval",
            found,
            expected,
        });
    }
    let steps = (interval_s / handle_time_s).round().max(1.0) as usize;
    let mut backlog = 0.0;
    Ok(contacts
        .iter()
        .zip(agents)
        .map(|(contacts, &n)| {
            let mut carried = 0.0;
            for _ in 0..steps {
                let offered = contacts / interval_s + backlog;
                backlog = offered * erlang_b(n, offered * handle_time_s);
                carried += (offered - backlog) / steps as f64;
            }
            let load = LiveLoad {
                contacts_per_s: carried,
                handle_time_s,
                patience_s: None,
            };
            erlang_a(n, &load, threshold_s).answered_in_time
        })
        .collect())
}
