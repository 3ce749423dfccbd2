//! The curve of one queue in one interval.

use super::envelope::ConcaveEnvelope;
use super::sweep::Sweep;
use crate::staffing::chat::ChatLoad;
use crate::staffing::error::{StaffingError, above_zero, at_least_zero, check};
use crate::staffing::shrinkage::Shrinkage;
use crate::staffing::uncertainty::Uncertainty;

/// How a live channel is answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LiveChannel {
    /// Mean patience, s, > 0; `None` if nobody hangs up.
    pub patience_s: Option<f64>,
    /// Contacts an agent serves at once: 1 on the phone.
    pub concurrency: u32,
    /// Factor on the handle time for each further contact at once; 1 if they do not slow each other down.
    pub slowdown: f64,
}

impl LiveChannel {
    /// One contact at a time.
    pub fn phone(patience_s: Option<f64>) -> LiveChannel {
        LiveChannel {
            patience_s,
            concurrency: 1,
            slowdown: 1.0,
        }
    }
}

/// What a service curve depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveInput {
    /// Expected contacts in the interval, >= 0.
    pub contacts: f64,
    /// Mean handle time of a contact served alone, s, > 0.
    pub handle_time_s: f64,
    /// Length of the interval, s, > 0.
    pub interval_s: f64,
    /// How the contacts are answered.
    pub channel: LiveChannel,
    /// Answered in time means: a wait of at most this many seconds, >= 0.
    pub threshold_s: f64,
    /// How far the true rate may be from `contacts`.
    pub uncertainty: Uncertainty,
    /// Agents who are rostered but missing, each with this probability on their own.
    pub shrinkage: Shrinkage,
    /// The share answered is that of a queue with this multiple of the load (a correction learnt from simulation), > 0; usually 1.
    pub load_factor: f64,
    /// n agents count as this multiple of n (a correction learnt from simulation), > 0; usually 1.
    pub agents_factor: f64,
}

impl CurveInput {
    /// Everything else as if it were known exactly and everybody came to work.
    pub fn new(
        contacts: f64,
        handle_time_s: f64,
        interval_s: f64,
        channel: LiveChannel,
        threshold_s: f64,
    ) -> CurveInput {
        CurveInput {
            contacts,
            handle_time_s,
            interval_s,
            channel,
            threshold_s,
            uncertainty: Uncertainty::Ignore,
            shrinkage: Shrinkage::NONE,
            load_factor: 1.0,
            agents_factor: 1.0,
        }
    }

    fn checked(&self) -> Result<(), StaffingError> {
        at_least_zero("contacts", self.contacts)?;
        above_zero("handle time", self.handle_time_s)?;
        above_zero("interval length", self.interval_s)?;
        at_least_zero("threshold", self.threshold_s)?;
        above_zero("load factor", self.load_factor)?;
        above_zero("agents factor", self.agents_factor)?;
        above_zero("slowdown", self.channel.slowdown)?;
        check(
            "concurrency",
            self.channel.concurrency as f64,
            self.channel.concurrency > 0,
            "at least 1",
        )?;
        self.channel
            .patience_s
            .map_or(Ok(0.0), |p| above_zero("patience", p))?;
        if let Uncertainty::Gamma { cv } = self.uncertainty {
            check(
                "coefficient of variation",
                cv,
                (0.0..=3.0).contains(&cv),
                "from 0 to 3",
            )?;
        }
        Ok(())
    }
}

/// g(n): contacts expected to be answered in time in the interval with n agents, never falling with n.
#[derive(Debug, Clone, PartialEq)]
pub struct ServiceCurve {
    /// g(n) for n = 0..=n_max, contacts. Beyond it more agents gain less than 0.05 % of the offered contacts.
    pub answered: Vec<f64>,
    /// Contacts expected to be offered in the interval.
    pub offered: f64,
}

/// A curve ends at the first n that reaches this share of the offered contacts.
const ENOUGH: f64 = 0.9995;

/// The curve of a queue in an interval (Erlang A; Erlang C if nobody hangs up; chat if agents serve several at once), averaged
/// over the forecast's uncertainty and over who is missing.
///
/// # Errors
/// If a number is out of its range.
pub fn service_curve(input: &CurveInput) -> Result<ServiceCurve, StaffingError> {
    input.checked()?;
    let offered = input.contacts;
    if offered == 0.0 {
        return Ok(ServiceCurve {
            answered: vec![0.0],
            offered,
        });
    }
    let shrinks = input.shrinkage > Shrinkage::NONE;
    // Averaged over absences, the end comes later and must be known better.
    let until = if shrinks { 0.5 + 0.5 * ENOUGH } else { ENOUGH };
    let mut shares = shares(input, until);
    if input.agents_factor != 1.0 {
        shares = stretched(&shares, input.agents_factor);
    }
    let mut curve = ServiceCurve {
        answered: shares,
        offered,
    };
    if shrinks {
        curve = curve.with_shrinkage(input.shrinkage.share());
    }
    let mut best = 0.0f64;
    for g in &mut curve.answered {
        best = best.max(*g * offered);
        *g = best;
    }
    Ok(curve)
}

/// Share of offered contacts answered in time for n = 0, 1, ... until it exceeds `until`.
fn shares(input: &CurveInput, until: f64) -> Vec<f64> {
    let chats = ChatLoad::with_slowdown(
        input.contacts / input.interval_s * input.load_factor,
        input.handle_time_s,
        input.channel.concurrency,
        input.channel.slowdown,
        input.channel.patience_s,
    );
    let mut sweep = Sweep::new(
        &chats,
        &input.uncertainty.scenarios(steepness(input, &chats)),
        input.threshold_s,
    );
    let mut shares = vec![0.0];
    let mut last = 0.0;
    while last < until {
        last = sweep.next_share();
        shares.push(last);
    }
    shares
}

/// A service level falls over about 1/sqrt(load) of the rate, more slowly if people soon hang up; without hang-ups it has a corner
/// where the load meets the agents.
fn steepness(input: &CurveInput, load: &ChatLoad) -> f64 {
    let patience = input
        .channel
        .patience_s
        .map_or(f64::INFINITY, |p| p / input.handle_time_s);
    (load.erlangs() * input.channel.concurrency as f64 * patience.max(0.25)).sqrt()
}

/// The curve at n x factor, by straight lines.
fn stretched(shares: &[f64], factor: f64) -> Vec<f64> {
    let most = ((shares.len() - 1) as f64 / factor).ceil() as usize;
    (0..=most)
        .map(|n| between(shares, n as f64 * factor))
        .collect()
}

fn between(values: &[f64], at: f64) -> f64 {
    let last = values.len() - 1;
    let below = at.max(0.0).floor();
    if below >= last as f64 {
        return values[last];
    }
    let part = at.max(0.0) - below;
    let below = below as usize;
    values[below] * (1.0 - part) + values[below + 1] * part
}

impl ServiceCurve {
    /// The number of agents at which the curve ends.
    pub fn n_max(&self) -> usize {
        self.answered.len() - 1
    }

    /// g at a real number of agents, by straight lines; constant beyond the end.
    pub fn at(&self, agents: f64) -> f64 {
        between(&self.answered, agents)
    }

    /// Share of offered contacts answered in time with n agents, 0..=1; 1 if there are none.
    pub fn service_level(&self, agents: usize) -> f64 {
        if self.offered == 0.0 {
            1.0
        } else {
            self.at(agents as f64) / self.offered
        }
    }

    /// The least number of agents that answers this share (0..=1) of the offered contacts in time; `None` if the curve ends before.
    pub fn agents_for(&self, service_level: f64) -> Option<usize> {
        (0..self.answered.len()).find(|&n| self.service_level(n) >= service_level)
    }

    /// The curve of n rostered agents of whom each is missing with probability `share` (0..1): E g(Binomial(n, 1 - share)),
    /// exactly. Longer than the curve itself.
    pub fn with_shrinkage(&self, share: f64) -> ServiceCurve {
        let here = 1.0 - share;
        let end = self.answered[self.n_max()];
        let enough = ENOUGH / (0.5 + 0.5 * ENOUGH) * end;
        // After k rounds, entry m is E g(m + Binomial(k, here)): one more agent is a coin between two neighbours. Entries past the
        // end would all be `end`.
        let mut ahead = self.answered.clone();
        let mut answered = vec![ahead[0]];
        while answered[answered.len() - 1] < enough {
            for m in 0..ahead.len() - 1 {
                ahead[m] = share * ahead[m] + here * ahead[m + 1];
            }
            answered.push(ahead[0]);
        }
        ServiceCurve {
            answered,
            offered: self.offered,
        }
    }

    /// The least concave curve above this one: what a planner that mixes over time can treat as worth.
    pub fn concave_envelope(&self) -> ConcaveEnvelope {
        ConcaveEnvelope::of(&self.answered)
    }
}
