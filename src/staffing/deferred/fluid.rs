//! What becomes of deferred work under a given staffing.

use super::clock::Clock;
use super::{DeferredWork, same_length};
use crate::staffing::error::{StaffingError, at_least_zero};

/// What becomes of each interval's work.
#[derive(Debug, Clone, PartialEq)]
pub struct DeferredService {
    /// Share of the work arriving in each interval that is done in time; 1 if none arrives. What is not done by the end of the last
    /// interval counts as late.
    pub on_time: Vec<f64>,
    /// Work left at the end of each interval, agent-seconds.
    pub backlog_s: Vec<f64>,
    /// Contacts left at the end of each interval (part of a contact is counted as part).
    pub backlog_contacts: Vec<f64>,
}

/// Plays the fluid with `agents` (may be fractions) at work on the queue in each interval; those of closed intervals do nothing.
///
/// # Errors
/// If a number is out of its range or the lists differ in length.
pub fn deferred_service(
    work: &DeferredWork,
    agents: &[f64],
) -> Result<DeferredService, StaffingError> {
    work.checked()?;
    same_length("agents per interval", agents.len(), work.contacts.len())?;
    agents
        .iter()
        .try_for_each(|&n| at_least_zero("agents", n).map(drop))?;
    let arrived = work.arrived();
    let done = Done::by(work, agents, &arrived);
    let clock = Clock::new(work);
    let last = work.contacts.len();
    let backlog_s: Vec<f64> = (1..=last)
        .map(|i| (arrived[i] - done.at(i as f64 * work.interval_s)).max(0.0))
        .collect();
    let backlog_contacts = (1..=last)
        .map(|i| contacts_left(work, &arrived, i, backlog_s[i - 1]))
        .collect();
    let on_time = (0..last)
        .map(|i| on_time(work, &arrived, &done, &clock, i))
        .collect();
    Ok(DeferredService {
        on_time,
        backlog_s,
        backlog_contacts,
    })
}

/// The youngest work is what is left.
fn contacts_left(work: &DeferredWork, arrived: &[f64], end: usize, backlog_s: f64) -> f64 {
    let mut left = backlog_s;
    let mut contacts = 0.0;
    for i in (0..end).rev() {
        let here = (arrived[i + 1] - arrived[i]).min(left);
        contacts += here / work.handle_time_s[i];
        left -= here;
        if left <= 0.0 {
            break;
        }
    }
    contacts
}

/// Share of an interval's arrivals done in time: of those at t, all if done(due(t)) >= arrived(t). Both are straight between cuts.
fn on_time(
    work: &DeferredWork,
    arrived: &[f64],
    done: &Done,
    clock: &Clock,
    interval: usize,
) -> f64 {
    let length = work.interval_s;
    let from = interval as f64 * length;
    let amount = arrived[interval + 1] - arrived[interval];
    if amount <= 0.0 {
        return 1.0;
    }
    let counted = clock.at_edge(interval);
    let runs = clock.runs(interval);
    let mut cuts = vec![0.0, length];
    if runs {
        let within = |x: f64| clock.at(x) - work.response_s - counted;
        cuts.extend(
            done.points
                .iter()
                .map(|p| within(p.0))
                .filter(|&t| t > 0.0 && t < length),
        );
        if work.clock == super::ResponseClock::Elapsed {
            cuts.push((arrived.len() as f64 - 1.0) * length - work.response_s - from);
            cuts.retain(|&t| (0.0..=length).contains(&t));
        }
        cuts.sort_by(f64::total_cmp);
    }
    // Less than this is rounding.
    let nothing = 1e-9 * (1.0 + arrived[arrived.len() - 1]);
    let ahead = |t: f64| {
        let due = clock.first_time(counted + if runs { t } else { 0.0 } + work.response_s);
        done.at(due) - (arrived[interval] + amount * t / length)
    };
    let kept: f64 = cuts
        .windows(2)
        .map(|cut| {
            let (a, b) = (cut[0], cut[1]);
            // Inside, so that a jump of the due time at a cut does no harm; then prolonged to the ends.
            let (low, high) = (ahead(a + 0.25 * (b - a)), ahead(a + 0.75 * (b - a)));
            let (start, end) = (1.5 * low - 0.5 * high, 1.5 * high - 0.5 * low);
            let exact = |v: f64| if v.abs() < nothing { 0.0 } else { v };
            (b - a) * positive_part(exact(start), exact(end))
        })
        .sum();
    (kept / length).clamp(0.0, 1.0)
}

/// Share of a straight line from `start` to `end` that is not below 0.
fn positive_part(start: f64, end: f64) -> f64 {
    match (start >= 0.0, end >= 0.0) {
        (true, true) => 1.0,
        (false, false) => 0.0,
        (true, false) => start / (start - end),
        (false, true) => end / (end - start),
    }
}

/// Cumulative work done: straight lines between points (time, agent-seconds).
struct Done {
    points: Vec<(f64, f64)>,
}

impl Done {
    fn by(work: &DeferredWork, agents: &[f64], arrived: &[f64]) -> Done {
        let length = work.interval_s;
        let mut points = vec![(0.0, 0.0)];
        let mut done = 0.0;
        for i in 0..agents.len() {
            let capacity = if work.open[i] { agents[i] } else { 0.0 };
            let inflow = (arrived[i + 1] - arrived[i]) / length;
            let backlog = arrived[i] - done;
            let start = i as f64 * length;
            let cleared = if capacity > inflow {
                backlog / (capacity - inflow)
            } else {
                f64::INFINITY
            };
            if cleared <= length {
                points.push((start + cleared, done + capacity * cleared));
                done = arrived[i + 1];
            } else {
                done += capacity * length;
            }
            points.push((start + length, done));
        }
        Done { points }
    }

    fn at(&self, time: f64) -> f64 {
        let next = self.points.partition_point(|p| p.0 <= time);
        if next == 0 {
            return 0.0;
        }
        let (t, d) = self.points[next - 1];
        match self.points.get(next) {
            Some(&(t2, d2)) => d + (d2 - d) * (time - t) / (t2 - t),
            None => d,
        }
    }
}
