//! Random small contact centres.

use followsun::simulation::{
    AgentPicks, Busyness, ContactPicks, Distribution, Kind, Measure, Patience, Retry, Routing,
    Shape, SimAgent, SimQueue, SimulationInput, Skill,
};
use proptest::prelude::*;

use crate::case::agent;

pub const INTERVALS: usize = 8;
pub const INTERVAL_S: f64 = 900.0;

fn any_shape() -> impl Strategy<Value = Shape> {
    prop_oneof![
        Just(Shape::Exponential),
        Just(Shape::Deterministic),
        Just(Shape::LogNormal { cv: 1.1 }),
        Just(Shape::Gamma { cv: 0.6 }),
        Just(Shape::Weibull { shape: 1.5 }),
        Just(Shape::HyperExponential { cv: 1.6 }),
    ]
}

fn any_distribution() -> impl Strategy<Value = Distribution> {
    (30.0..300.0, any_shape()).prop_map(|(mean_s, shape)| Distribution { mean_s, shape })
}

fn any_queue() -> impl Strategy<Value = SimQueue> {
    let kind = prop_oneof![
        Just(Kind::Phone),
        Just(Kind::Chat { slowdown: vec![] }),
        Just(Kind::Chat {
            slowdown: vec![1.0, 1.2, 1.6]
        }),
        Just(Kind::Deferred),
    ];
    (
        prop::collection::vec(0.0..25.0, INTERVALS),
        any_distribution(),
        prop::option::of((any_distribution(), prop_oneof![Just(0.0), Just(0.1)])),
        kind,
        (0u32..2, 0u32..3),
        prop::option::of(any_distribution()),
        prop::option::of(0.0..0.5),
        prop_oneof![Just(20.0), Just(60.0)],
    )
        .prop_map(
            |(
                arrivals,
                handle_time,
                patience,
                kind,
                (priority, min_idle),
                retry,
                cv,
                threshold_s,
            )| SimQueue {
                arrivals,
                handle_time_s: vec![handle_time.mean_s],
                handle_time_shape: handle_time.shape,
                patience: patience.map(|(distribution, balk)| Patience { distribution, balk }),
                threshold_s,
                measure: if kind == Kind::Deferred {
                    Measure::Completion
                } else {
                    Measure::Answer
                },
                priority,
                min_idle: if kind == Kind::Deferred { min_idle } else { 0 },
                kind,
                retry: retry.map(|delay| Retry {
                    probability: 0.5,
                    delay,
                }),
                busyness: cv.map(|cv| Busyness { cv, group: Some(1) }),
                open: None,
            },
        )
}

fn any_agent(queues: usize) -> impl Strategy<Value = SimAgent> {
    let after_s = prop_oneof![3 => Just(0.0), 1 => Just(15.0)];
    let skill = (
        0..queues,
        1u32..3,
        after_s,
        prop_oneof![Just(1.0), Just(0.8)],
    );
    let skills = prop::collection::vec(skill, 1..4).prop_map(|skills| {
        let mut skills: Vec<Skill> = skills
            .into_iter()
            .map(|(queue, priority, after_s, speed)| Skill {
                queue,
                priority,
                after_s,
                speed,
            })
            .collect();
        skills.sort_by_key(|s| s.queue);
        skills.dedup_by_key(|s| s.queue);
        skills
    });
    let spans = prop_oneof![
        Just(vec![(0.0, 7200.0)]),
        Just(vec![(-600.0, 1800.0), (1950.0, 5400.0)]),
        Just(vec![(900.0, 3600.0), (3600.0, 6300.0), (6400.0, 9000.0)]),
    ];
    (skills, spans, 1u32..4).prop_map(|(skills, spans, chat_capacity)| SimAgent {
        chat_capacity,
        ..agent(0, skills, &spans)
    })
}

/// Up to four queues of any kind, up to eight agents with any skills, any rules of routing.
pub fn any_input() -> impl Strategy<Value = SimulationInput> {
    let contact_picks = prop_oneof![
        Just(ContactPicks::FewestSkills),
        Just(ContactPicks::LongestIdle),
        Just(ContactPicks::SkillPriority)
    ];
    let agent_picks = prop_oneof![
        Just(AgentPicks::Oldest),
        Just(AgentPicks::SkillPriority),
        Just(AgentPicks::ScaledWait)
    ];
    let queues = prop::collection::vec(any_queue(), 1..5);
    (queues, contact_picks, agent_picks)
        .prop_flat_map(|(queues, contact_picks, agent_picks)| {
            let agents = prop::collection::vec(any_agent(queues.len()), 0..9);
            let routing = Routing {
                contact_picks,
                agent_picks,
            };
            (Just(queues), agents, Just(routing))
        })
        .prop_map(|(queues, mut agents, routing)| {
            (0..).zip(&mut agents).for_each(|(id, a)| a.id = id);
            SimulationInput {
                interval_s: INTERVAL_S,
                intervals: INTERVALS,
                day_of_interval: vec![0; INTERVALS],
                queues,
                agents,
                routing,
            }
        })
}
