//! Short ways to write down a simulation input.

use followsun::simulation::{
    Distribution, Kind, Measure, Patience, Routing, Shape, Shift, SimAgent, SimQueue,
    SimulationInput, Skill,
};

pub fn exponential(mean_s: f64) -> Distribution {
    Distribution {
        mean_s,
        shape: Shape::Exponential,
    }
}

/// A phone queue with exponential handle times.
pub fn phone(
    arrivals: Vec<f64>,
    handle_time_s: f64,
    patience_s: Option<f64>,
    threshold_s: f64,
) -> SimQueue {
    SimQueue {
        arrivals,
        handle_time_s: vec![handle_time_s],
        handle_time_shape: Shape::Exponential,
        patience: patience_s.map(|mean| Patience {
            distribution: exponential(mean),
            balk: 0.0,
        }),
        threshold_s,
        measure: Measure::Answer,
        kind: Kind::Phone,
        priority: 0,
        min_idle: 0,
        retry: None,
        busyness: None,
        open: None,
    }
}

pub fn skill(queue: usize) -> Skill {
    Skill {
        queue,
        priority: 1,
        after_s: 0.0,
        speed: 1.0,
    }
}

/// An agent with these skills and these spans of work, one shift each.
pub fn agent(id: u64, skills: Vec<Skill>, spans: &[(f64, f64)]) -> SimAgent {
    let shifts = spans.iter().enumerate().map(|(number, &span)| Shift {
        number: number as u64,
        work: vec![span],
    });
    SimAgent {
        id,
        skills,
        chat_capacity: 1,
        shifts: shifts.collect(),
        shrinkage: None,
    }
}

/// Hours in the steady-state cases: warm-up, counted, cool-down.
const HOURS: [usize; 3] = [4, 40, 2];

/// The hours of a steady-state case.
pub fn hours() -> usize {
    HOURS.iter().sum()
}

/// Part 1 is what counts.
pub fn steady_parts() -> Vec<u32> {
    (0u32..)
        .zip(HOURS)
        .flat_map(|(part, n)| std::iter::repeat_n(part, n))
        .collect()
}

/// Queues and agents (all day at work) in steady state.
pub fn steady(queues: Vec<SimQueue>, agents: Vec<SimAgent>) -> SimulationInput {
    SimulationInput {
        interval_s: 3600.0,
        intervals: hours(),
        day_of_interval: vec![0; hours()],
        queues,
        agents,
        routing: Routing::default(),
    }
}

/// `count` agents with these skills who stay until everything is done.
pub fn always(count: usize, first_id: u64, skills: &[Skill]) -> Vec<SimAgent> {
    (0..count as u64)
        .map(|i| agent(first_id + i, skills.to_vec(), &[(0.0, 1e9)]))
        .collect()
}
