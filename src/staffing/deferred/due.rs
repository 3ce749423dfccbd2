//! How much must be done by when: linear in staffing, so it goes straight into a planner's constraints.

use super::clock::Clock;
use super::{DeferredWork, same_length};
use crate::staffing::error::{StaffingError, share};

/// The least cumulative work (agent-seconds) done by the end of each interval so that the given `share` (0..=1) of all work is in
/// time: `sum of capacity up to t >= share x work that is due by t`.
///
/// Necessary; also sufficient for a fluid that starts empty if the response target is a whole number of intervals and capacity is
/// counted only as far as there is work (what idles is lost: see [`shortfall`]). With any other target, what falls due inside an
/// interval is asked for at its end.
///
/// # Errors
/// If a number is out of its range or the lists differ in length.
pub fn due_work(work: &DeferredWork, share_in_time: f64) -> Result<Vec<f64>, StaffingError> {
    work.checked()?;
    share("share in time", share_in_time)?;
    let arrived = work.arrived();
    let clock = Clock::new(work);
    let last = work.contacts.len();
    Ok((1..=last)
        .map(|edge| {
            let latest = clock.last_time(clock.at_edge(edge) - work.response_s);
            share_in_time * latest.map_or(0.0, |time| arrived_by(&arrived, work.interval_s, time))
        })
        .collect())
}

fn arrived_by(arrived: &[f64], interval_s: f64, time: f64) -> f64 {
    let place = time / interval_s;
    let below = (place.floor() as usize).min(arrived.len() - 1);
    let part = place - below as f64;
    arrived.get(below + 1).map_or(arrived[below], |next| {
        arrived[below] + part * (next - arrived[below])
    })
}

/// Work due but not done at the end of each interval (agent-seconds), with `agents` at work in each: what is missing of the due
/// curve. Capacity without work is lost.
///
/// # Errors
/// As [`due_work`].
pub fn shortfall(
    work: &DeferredWork,
    agents: &[f64],
    share_in_time: f64,
) -> Result<Vec<f64>, StaffingError> {
    let due = due_work(work, share_in_time)?;
    same_length("agents per interval", agents.len(), due.len())?;
    let arrived = work.arrived();
    let mut done = 0.0;
    Ok((0..due.len())
        .map(|i| {
            let capacity = if work.open[i] {
                agents[i] * work.interval_s
            } else {
                0.0
            };
            // Exact for even arrivals: the fluid ends the interval with this much done.
            done = arrived[i + 1].min(done + capacity);
            (due[i] - done).max(0.0)
        })
        .collect())
}

/// The least number of agents that, the same in every open interval, meets the due curve; `None` if no number does (work that falls
/// due before the first opening).
///
/// # Errors
/// As [`due_work`].
pub fn least_even_agents(
    work: &DeferredWork,
    share_in_time: f64,
) -> Result<Option<u32>, StaffingError> {
    let arrived = work.arrived();
    let total = arrived[arrived.len() - 1];
    // Enough to do everything within the interval in which it arrives.
    let most = (total / work.interval_s)
        .ceil()
        .min(f64::from(u32::MAX / 2)) as u32;
    let enough = |n: u32| -> Result<bool, StaffingError> {
        let missing = shortfall(work, &vec![f64::from(n); work.open.len()], share_in_time)?;
        Ok(missing.iter().all(|&m| m <= 1e-9 * total))
    };
    if !enough(most)? {
        return Ok(None);
    }
    let (mut low, mut high) = (0, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if enough(middle)? {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    Ok(Some(high))
}
