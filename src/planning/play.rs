//! A roster and a demand as the simulation's question.

use crate::roster::problem::{self as roster, Problem, Tour};
use crate::scenario::domain::{AgentIndex, Channel, QueueIndex, Scenario};
use crate::simulation::{
    Busyness, Distribution, Kind, Measure, Patience, Routing, Shape, Shift, SimAgent, SimQueue,
    SimulationInput, Skill,
};

use super::carried::carried_work;
use super::demand::Demand;

/// How the roster is played.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlayOptions {
    /// Whole shifts missed at random; off: the roster as it is written.
    pub shrinkage: bool,
    /// Factor on all contacts.
    pub contacts: f64,
    /// Days differ from their forecast as they did in the past; off: only chance within the hour.
    pub busyness: bool,
}

impl Default for PlayOptions {
    fn default() -> PlayOptions {
        PlayOptions {
            shrinkage: true,
            contacts: 1.0,
            busyness: true,
        }
    }
}

/// Number of an agent's first shift from before the plan: far from those of the plan's own days.
const FROM_BEFORE: u64 = 1 << 32;

/// The simulation's input: the demand of the plan against everybody's shifts.
pub fn play(
    scenario: &Scenario,
    demand: &Demand,
    problem: &Problem,
    tours: &[Tour],
    options: &PlayOptions,
) -> SimulationInput {
    let grid = scenario.grid();
    let (days, _) = grid.days(&scenario.zone);
    let from_start = |minute: i32| (problem.instant(minute) - grid.start).num_seconds() as f64;
    let from_start = &from_start;
    let agents = tours
        .iter()
        .enumerate()
        .flat_map(|(index, tour)| {
            let agent = &scenario.agents[index];
            // Somebody new is another person every week as far as speed goes; chance goes by the id, which stays.
            let newest = (agent.ramp.len() as u32).clamp(1, scenario.weeks.max(1));
            (0..newest).filter_map(move |week| {
                let weeks = week..if week + 1 == newest {
                    u32::MAX
                } else {
                    week + 1
                };
                let from_before = match weeks.start {
                    0 => carried_work(scenario, index, problem.origin, grid.start),
                    _ => Vec::new(),
                };
                let from_before = (FROM_BEFORE..).zip(from_before);
                let shifts = tour
                    .shifts
                    .iter()
                    .filter(|shift| weeks.contains(&(shift.day as u32 / 7)))
                    .map(|shift| sim_shift(shift, from_start));
                let mut shifts: Vec<Shift> = from_before
                    .map(|(number, work)| Shift { number, work })
                    .chain(shifts)
                    .collect();
                // What somebody left in the middle of a plan under way lies between its shifts.
                let begin = |shift: &Shift| shift.work.first().map_or(0.0, |(from, _)| *from);
                shifts.sort_by(|a, b| begin(a).total_cmp(&begin(b)));
                sim_agent(scenario, index, week, shifts, options)
            })
        })
        .collect();
    SimulationInput {
        interval_s: grid.step_seconds(),
        intervals: grid.len,
        day_of_interval: days.into_iter().map(|day| day as u32).collect(),
        queues: (0..scenario.queues.len())
            .map(|queue| sim_queue(scenario, demand, queue, options))
            .collect(),
        agents,
        routing: Routing::default(),
    }
}

fn sim_shift(shift: &roster::Shift, from_start: &dyn Fn(i32) -> f64) -> Shift {
    let mut work = Vec::with_capacity(shift.breaks.len() + 1);
    let mut at = shift.span.start;
    for (_, rest) in &shift.breaks {
        // Two breaks may follow each other without work between them.
        if at < rest.start {
            work.push((from_start(at), from_start(rest.start)));
        }
        at = rest.end;
    }
    if at < shift.span.end {
        work.push((from_start(at), from_start(shift.span.end)));
    }
    Shift {
        number: shift.day as u64,
        work,
    }
}

/// `None` for somebody who serves no queue.
fn sim_agent(
    scenario: &Scenario,
    index: usize,
    week: u32,
    shifts: Vec<Shift>,
    options: &PlayOptions,
) -> Option<SimAgent> {
    let skills: Vec<Skill> = (0..scenario.queues.len())
        .filter_map(|queue| {
            Some(Skill {
                queue,
                priority: 1,
                after_s: 0.0,
                speed: scenario.speed_in_week(AgentIndex(index), QueueIndex(queue), week)?,
            })
        })
        .collect();
    let chat_capacity = skills
        .iter()
        .map(|skill| scenario.queues[skill.queue].concurrency)
        .max()?;
    Some(SimAgent {
        id: index as u64,
        chat_capacity: chat_capacity.max(1),
        shrinkage: options
            .shrinkage
            .then(|| agent_shrinkage(scenario, index, &skills)),
        skills,
        shifts,
    })
}

/// The site's share where the scenario names one, else the mean over the channels that the agent serves.
fn agent_shrinkage(scenario: &Scenario, index: usize, skills: &[Skill]) -> f64 {
    let site = scenario.agents[index].site;
    if scenario
        .shrinkage
        .by_site
        .iter()
        .any(|(known, _)| *known == site)
    {
        return f64::from(scenario.shrinkage.of_site(site)) / 1e4;
    }
    let of_skill = |skill: &Skill| {
        f64::from(
            scenario
                .shrinkage
                .of_channel(scenario.queues[skill.queue].channel),
        )
    };
    skills.iter().map(of_skill).sum::<f64>() / skills.len().max(1) as f64 / 1e4
}

fn sim_queue(
    scenario: &Scenario,
    demand: &Demand,
    queue: usize,
    options: &PlayOptions,
) -> SimQueue {
    let facts = &scenario.queues[queue];
    let forecast = &demand.queues[queue];
    let deferred = facts.channel.is_deferred();
    let kind = match facts.channel {
        Channel::Phone => Kind::Phone,
        Channel::Chat => Kind::Chat {
            slowdown: (0..facts.concurrency)
                .map(|more| facts.slowdown.powi(more as i32))
                .collect(),
        },
        _ => Kind::Deferred,
    };
    SimQueue {
        arrivals: forecast
            .contacts
            .iter()
            .map(|contacts| contacts * options.contacts)
            .collect(),
        handle_time_s: forecast.handle_time_s.clone(),
        handle_time_shape: if facts.handle_time_cv == 1.0 {
            Shape::Exponential
        } else {
            Shape::LogNormal {
                cv: facts.handle_time_cv,
            }
        },
        patience: facts.patience_seconds.map(|mean_s| Patience {
            distribution: Distribution {
                mean_s,
                shape: Shape::Exponential,
            },
            balk: 0.0,
        }),
        threshold_s: facts.target.within_seconds as f64,
        measure: if deferred {
            Measure::Completion
        } else {
            Measure::Answer
        },
        kind,
        priority: u32::from(deferred),
        min_idle: 0,
        retry: None,
        busyness: (options.busyness && forecast.day_cv > 0.0).then_some(Busyness {
            cv: forecast.day_cv,
            group: None,
        }),
        open: (deferred && !facts.hours.is_always()).then(|| forecast.open.clone()),
    }
}
