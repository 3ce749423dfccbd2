//! What must hold of an input before it is played.

use super::input::{Kind, SimAgent, SimQueue, SimulationInput};

/// Why an input or a plan cannot be simulated.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SimulationError {
    #[error("the horizon needs an interval length above 0 and at least one interval")]
    Horizon,
    #[error("`{what}` has {found} entries, {expected} are needed")]
    Length {
        what: &'static str,
        found: usize,
        expected: usize,
    },
    #[error("queue {queue}: {problem}")]
    Queue { queue: usize, problem: &'static str },
    #[error("agent {agent}: {problem}")]
    Agent { agent: usize, problem: &'static str },
    #[error("the plan: {0}")]
    Plan(&'static str),
}

/// Checks everything that the engine relies on.
pub(super) fn validate(input: &SimulationInput) -> Result<(), SimulationError> {
    if !(input.interval_s.is_finite() && input.interval_s > 0.0) || input.intervals == 0 {
        return Err(SimulationError::Horizon);
    }
    length(
        "day_of_interval",
        input.day_of_interval.len(),
        input.intervals,
    )?;
    if input
        .day_of_interval
        .iter()
        .any(|&d| d as usize >= input.intervals)
    {
        return Err(SimulationError::Horizon);
    }
    for (queue, q) in input.queues.iter().enumerate() {
        length("arrivals", q.arrivals.len(), input.intervals)?;
        if q.handle_time_s.len() != 1 {
            length("handle_time_s", q.handle_time_s.len(), input.intervals)?;
        }
        if let Some(open) = &q.open {
            length("open", open.len(), input.intervals)?;
        }
        if let Some(problem) = queue_problem(q) {
            return Err(SimulationError::Queue { queue, problem });
        }
    }
    let mut ids: Vec<u64> = input.agents.iter().map(|a| a.id).collect();
    ids.sort_unstable();
    for (agent, a) in input.agents.iter().enumerate() {
        if let Some(problem) = agent_problem(a, input.queues.len()) {
            return Err(SimulationError::Agent { agent, problem });
        }
        let first = ids.partition_point(|&id| id < a.id);
        if ids.get(first + 1) == Some(&a.id) {
            let problem = "its id is not its own";
            return Err(SimulationError::Agent { agent, problem });
        }
    }
    Ok(())
}

fn length(what: &'static str, found: usize, expected: usize) -> Result<(), SimulationError> {
    if found == expected {
        Ok(())
    } else {
        Err(SimulationError::Length {
            what,
            found,
            expected,
        })
    }
}

fn queue_problem(q: &SimQueue) -> Option<&'static str> {
    let share = |x: f64| (0.0..=1.0).contains(&x);
    let amount = |x: f64| x.is_finite() && x >= 0.0;
    if !q.arrivals.iter().all(|&x| amount(x)) {
        return Some("expected contacts must be 0 or more");
    }
    if q.arrivals.iter().sum::<f64>() > 1e9 {
        return Some("more than a thousand million contacts");
    }
    if !q.handle_time_s.iter().all(|&x| amount(x)) {
        return Some("handle times must be 0 or more");
    }
    if !amount(q.threshold_s) {
        return Some("the threshold must be 0 or more");
    }
    if let Some(problem) = q.handle_time_shape.problem() {
        return Some(problem);
    }
    if let Some(p) = q.patience {
        if !share(p.balk) {
            return Some("the share who hang up at once must be 0..1");
        }
        if !amount(p.distribution.mean_s) {
            return Some("patience must be 0 or more");
        }
        if let Some(problem) = p.distribution.shape.problem() {
            return Some(problem);
        }
    }
    if let Some(r) = q.retry {
        if !share(r.probability) {
            return Some("the probability of trying again must be 0..1");
        }
        if !(amount(r.delay.mean_s) && r.delay.mean_s > 0.0) {
            return Some("the delay before trying again must be above 0");
        }
        if let Some(problem) = r.delay.shape.problem() {
            return Some(problem);
        }
    }
    if q.busyness.is_some_and(|b| !(amount(b.cv) && b.cv <= 10.0)) {
        return Some("the busyness of days needs a coefficient of variation of 0..10");
    }
    match &q.kind {
        Kind::Chat { slowdown } if !slowdown.iter().all(|&f| amount(f) && f > 0.0) => {
            Some("slowdown factors must be above 0")
        }
        _ => None,
    }
}

fn agent_problem(a: &SimAgent, queues: usize) -> Option<&'static str> {
    let mut seen = vec![false; queues];
    for skill in &a.skills {
        match seen.get_mut(skill.queue) {
            None => return Some("a skill names a queue that does not exist"),
            Some(true) => return Some("a queue stands twice among the skills"),
            Some(entry) => *entry = true,
        }
        if !(skill.speed.is_finite() && skill.speed > 0.0) {
            return Some("a speed must be above 0");
        }
        if skill.after_s.is_nan() || skill.after_s < 0.0 {
            return Some("`after_s` must be 0 or more");
        }
    }
    if a.chat_capacity == 0 || a.chat_capacity > 1000 {
        return Some("the chat capacity must be 1..1000");
    }
    if a.shrinkage.is_some_and(|s| !(0.0..=1.0).contains(&s)) {
        return Some("the shrinkage must be 0..1");
    }
    let mut last = f64::NEG_INFINITY;
    for &(start, end) in a.shifts.iter().flat_map(|s| &s.work) {
        if !(start.is_finite() && end.is_finite() && start < end) {
            return Some("a span of work must end after it starts");
        }
        if start < last {
            return Some("spans of work must follow each other without overlap");
        }
        last = end;
    }
    None
}
