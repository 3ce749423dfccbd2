//! Reads what a replay tells.

use followsun::simulation::{ContactRecord, Kind, Outcome, SimulationInput};

/// Spans in which an agent works on contacts: (queue, from, until).
pub fn work_of(agent: usize, records: &[ContactRecord]) -> Vec<(usize, f64, f64)> {
    let mut work: Vec<_> = records
        .iter()
        .filter_map(|r| match r.outcome {
            Outcome::Answered {
                agent: a,
                from_s,
                until_s,
            } if a == agent => Some((r.queue, from_s, until_s)),
            _ => None,
        })
        .collect();
    work.sort_by(|a, b| a.1.total_cmp(&b.1));
    work
}

pub fn is_chat(input: &SimulationInput, queue: usize) -> bool {
    matches!(input.queues[queue].kind, Kind::Chat { .. })
}

/// When a contact left the line, and whether it was answered.
pub fn left(record: &ContactRecord) -> (f64, bool) {
    match record.outcome {
        Outcome::Answered { from_s, .. } => (from_s, true),
        Outcome::Abandoned { at_s } => (at_s, false),
        Outcome::Unserved => (f64::INFINITY, false),
    }
}

/// Length of the union of spans inside the horizon.
pub fn covered(mut spans: Vec<(f64, f64)>, horizon: f64) -> f64 {
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut sum, mut up_to) = (0.0, 0.0f64);
    for (from, until) in spans {
        let (from, until) = (from.max(up_to), until.min(horizon));
        sum += (until - from).max(0.0);
        up_to = up_to.max(until);
    }
    sum
}
