//! A day of one queue, interval by interval.

use super::chain::Chain;
use super::leaving::leave;
use super::tagged::Tagged;
use crate::staffing::error::{StaffingError, above_zero, at_least_zero};
use crate::staffing::gauss::legendre;

/// What agents do with the contact in hand when their shift ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum LeaveDiscipline {
    /// They finish it, in overtime.
    #[default]
    Finish,
    /// They drop it; it waits again, behind all others (and counts as answered when it first was).
    Preempt,
}

/// The load and staffing of a queue; it is empty at the start.
#[derive(Debug, Clone, PartialEq)]
pub struct Day {
    /// Length of an interval, s, > 0.
    pub interval_s: f64,
    /// Mean handle time, s, > 0.
    pub handle_time_s: f64,
    /// Mean patience, s, > 0; `None` if nobody hangs up.
    pub patience_s: Option<f64>,
    /// Answered in time means: a wait of at most this many seconds, >= 0.
    pub threshold_s: f64,
    /// Expected contacts in each interval.
    pub contacts: Vec<f64>,
    /// Agents at work in each interval; the last ones stay until all are served.
    pub agents: Vec<u32>,
    /// What leaving agents do.
    pub discipline: LeaveDiscipline,
}

/// What an interval is like. Means are over time unless said otherwise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct IntervalService {
    /// Share of those who arrive in the interval that is answered in time (whenever that is).
    pub answered_in_time: f64,
    /// Probability that all agents are busy.
    pub p_wait: f64,
    /// Mean number waiting.
    pub mean_queue: f64,
    /// Mean number of busy agents on shift.
    pub busy_on_shift: f64,
    /// Mean number of agents who finish a contact after their shift.
    pub busy_overtime: f64,
    /// Busy share of those at work, on shift or in overtime; 0 if there are none.
    pub occupancy: f64,
    /// Expected number who hang up in the interval.
    pub abandoned: f64,
    /// Mean number waiting at the end.
    pub queue_at_end: f64,
    /// Mean number waiting or served, on shift or in overtime, at the end (before agents go or come).
    pub in_system_at_end: f64,
}

/// Plays the day exactly. Cost: about states x (rate of all events x seconds) operations per interval; a millisecond to a second.
///
/// # Errors
/// If a number is out of its range or the lists differ in length.
pub fn transient_service(day: &Day) -> Result<Vec<IntervalService>, StaffingError> {
    day.checked()?;
    let size = day.states();
    let mut state = vec![0.0; size];
    state[0] = 1.0;
    let mut overtime = 0.0;
    let mut services = Vec::with_capacity(day.contacts.len());
    for interval in 0..day.contacts.len() {
        let agents = day.agents_in(interval);
        let before = if interval == 0 {
            agents
        } else {
            day.agents_in(interval - 1)
        };
        if agents < before && day.discipline == LeaveDiscipline::Finish {
            overtime += leave(&mut state, before, agents);
        }
        let decay = (-day.interval_s / day.handle_time_s).exp();
        let busy_overtime = overtime * (1.0 - decay) * day.handle_time_s / day.interval_s;
        overtime *= decay;
        let played = day.play(interval, &mut state, busy_overtime);
        services.push(IntervalService {
            in_system_at_end: played.in_system_at_end + overtime,
            ..played
        });
    }
    Ok(services)
}

impl Day {
    fn checked(&self) -> Result<(), StaffingError> {
        above_zero("interval length", self.interval_s)?;
        above_zero("handle time", self.handle_time_s)?;
        at_least_zero("threshold", self.threshold_s)?;
        self.patience_s
            .map_or(Ok(0.0), |p| above_zero("patience", p))?;
        self.contacts
            .iter()
            .try_for_each(|&c| at_least_zero("contacts", c).map(drop))?;
        if self.agents.len() != self.contacts.len() {
            return Err(StaffingError::Length {
                what: "agents per interval",
                found: self.agents.len(),
                expected: self.contacts.len(),
            });
        }
        Ok(())
    }

    fn agents_in(&self, interval: usize) -> usize {
        self.agents[interval] as usize
    }

    fn hang_up_rate(&self) -> f64 {
        self.patience_s.map_or(0.0, f64::recip)
    }

    /// So many states that the cut-off is never felt: as far as the steady state of any interval reaches, or, if that is nearer, as
    /// far as the fluid and eight standard deviations of chance can get in the time.
    fn states(&self) -> usize {
        let (mu, theta) = (1.0 / self.handle_time_s, self.hang_up_rate());
        let (mut level, mut events, mut most) = (0.0f64, 0.0, 0.0f64);
        for (&contacts, &agents) in self.contacts.iter().zip(&self.agents) {
            let (arrivals, n) = (contacts / self.interval_s, agents as f64);
            // Without hang-ups, and all agents busy from the start: not below the fluid.
            let start = level.max(n);
            let surplus = (arrivals - n * mu) * self.interval_s;
            level = n.max(start + surplus);
            events += (arrivals + n * mu) * self.interval_s;
            let chance = start.max(level) + 8.0 * f64::sqrt(events) + 30.0;
            most = most.max(chance.min(n + steady_reach(arrivals, n * mu, theta)));
        }
        most.ceil() as usize + 2
    }

    fn play(&self, interval: usize, state: &mut Vec<f64>, busy_overtime: f64) -> IntervalService {
        let agents = self.agents_in(interval);
        let (mu, theta) = (1.0 / self.handle_time_s, self.hang_up_rate());
        let arrivals = self.contacts[interval] / self.interval_s;
        let chain = Chain::new(state.len(), arrivals, agents, mu, theta);
        let mut time_in = vec![0.0; state.len()];
        let mut in_time = 0.0;
        for piece in self.pieces(interval) {
            if piece.fixed {
                let mut here = vec![0.0; state.len()];
                chain.pass(state, piece.to - piece.from, Some(&mut here));
                in_time += self.answered(
                    &here,
                    agents,
                    &self.tagged(interval, piece.from, state.len()),
                );
                time_in.iter_mut().zip(&here).for_each(|(sum, t)| *sum += t);
                continue;
            }
            let mut at = piece.from;
            for (u, w) in legendre::<12>() {
                let node = piece.from + u * (piece.to - piece.from);
                chain.pass(state, node - at, Some(&mut time_in));
                at = node;
                let tagged = self.tagged(interval, node, state.len());
                in_time += w * (piece.to - piece.from) * self.answered(state, agents, &tagged);
            }
            chain.pass(state, piece.to - at, Some(&mut time_in));
        }
        let mean = |value: &dyn Fn(usize) -> f64, over: &[f64]| -> f64 {
            over.iter().enumerate().map(|(i, p)| p * value(i)).sum()
        };
        let queue = |i: usize| i.saturating_sub(agents) as f64;
        let mean_queue = mean(&queue, &time_in) / self.interval_s;
        let busy_on_shift = mean(&|i| i.min(agents) as f64, &time_in) / self.interval_s;
        IntervalService {
            answered_in_time: in_time / self.interval_s,
            p_wait: time_in.iter().skip(agents).sum::<f64>() / self.interval_s,
            mean_queue,
            busy_on_shift,
            busy_overtime,
            occupancy: if agents == 0 && busy_overtime == 0.0 {
                0.0
            } else {
                (busy_on_shift + busy_overtime) / (agents as f64 + busy_overtime)
            },
            abandoned: theta * mean_queue * self.interval_s,
            queue_at_end: mean(&queue, state),
            in_system_at_end: mean(&|i| i as f64, state),
        }
    }

    /// Share answered in time of those who meet this distribution (of mass 1, or the time spent in each state).
    fn answered(&self, distribution: &[f64], agents: usize, tagged: &Tagged) -> f64 {
        let at_once: f64 = distribution.iter().take(agents).sum();
        let later: f64 = distribution
            .iter()
            .skip(agents)
            .enumerate()
            .map(|(ahead, p)| p * tagged.with_ahead(ahead))
            .sum();
        at_once + later
    }

    /// The interval cut where the deadline of those who arrive passes a change of staffing.
    fn pieces(&self, interval: usize) -> Vec<Piece> {
        let mut cuts: Vec<f64> = self
            .changes_after(interval)
            .map(|(at, _, _)| at - self.threshold_s)
            .filter(|&t| t > 0.0 && t < self.interval_s)
            .collect();
        cuts.push(self.interval_s);
        let mut from = 0.0;
        cuts.into_iter()
            .map(|to| {
                let fixed = !self
                    .changes_after(interval)
                    .any(|(at, _, _)| at < to + self.threshold_s);
                let piece = Piece { from, to, fixed };
                from = to;
                piece
            })
            .collect()
    }

    /// Changes of staffing after an interval: seconds since its start, agents before and after.
    fn changes_after(&self, interval: usize) -> impl Iterator<Item = (f64, usize, usize)> + '_ {
        (interval + 1..self.agents.len())
            .map(move |i| {
                (
                    (i - interval) as f64 * self.interval_s,
                    self.agents_in(i - 1),
                    self.agents_in(i),
                )
            })
            .filter(|(_, before, after)| before != after)
            .take_while(move |(at, _, _)| *at < self.interval_s + self.threshold_s)
    }

    /// The tagged customer who arrives `at` seconds after the start of an interval.
    fn tagged(&self, interval: usize, at: f64, queue: usize) -> Tagged {
        let (mu, theta) = (1.0 / self.handle_time_s, self.hang_up_rate());
        let mut tagged = Tagged::at_deadline(queue);
        let mut time = at + self.threshold_s;
        let changes: Vec<_> = self
            .changes_after(interval)
            .filter(|(when, _, _)| *when < time)
            .collect();
        for &(when, before, after) in changes.iter().rev() {
            tagged.back(time - when, after, mu, theta);
            time = when;
            if after > before {
                tagged.before_joining(after - before);
            }
            // Leavers change nothing for those who wait: what they finish was ahead, what they drop goes to the end.
        }
        tagged.back(time - at, self.agents_in(interval), mu, theta);
        tagged
    }
}

/// A stretch of arrivals, in seconds since the start of the interval.
struct Piece {
    from: f64,
    to: f64,
    /// No change of staffing before the deadline of anybody who arrives in it.
    fixed: bool,
}

/// Length of queue beyond which the steady state has less than 1e-15 of its highest weight; infinite if there is none.
fn steady_reach(arrivals: f64, drain: f64, hang_up: f64) -> f64 {
    if hang_up == 0.0 {
        let ratio = arrivals / drain;
        return if ratio < 1.0 {
            35.0 / -ratio.ln()
        } else {
            f64::INFINITY
        };
    }
    let (mut weight, mut highest, mut queue) = (1.0f64, 1.0f64, 0.0);
    while weight > 1e-15 * highest {
        queue += 1.0;
        weight *= arrivals / (drain + queue * hang_up);
        highest = highest.max(weight);
        if highest > 1e200 {
            weight /= highest;
            highest = 1.0;
        }
    }
    queue
}
