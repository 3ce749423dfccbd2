//! Who takes what, checked choice by choice.

use followsun::simulation::{
    AgentPicks, ContactPicks, ContactRecord, Outcome, SimulationInput, replay,
};
use proptest::prelude::*;

use crate::centres::any_input;
use crate::diary::{is_chat, left, work_of};

/// An agent just before an arrival: running chats, rank for the queue, and since when nothing changed for them;
/// `None` if they cannot take the contact.
fn candidate(
    input: &SimulationInput,
    records: &[ContactRecord],
    agent: usize,
    queue: usize,
    now: f64,
) -> Option<(usize, u32, f64)> {
    let a = &input.agents[agent];
    let skill = a
        .skills
        .iter()
        .find(|s| s.queue == queue && s.after_s == 0.0)?;
    let spans = || a.shifts.iter().flat_map(|s| s.work.iter().copied());
    spans().find(|&(start, end)| start <= now && now < end)?;
    let work = work_of(agent, records);
    let running: Vec<_> = work.iter().filter(|w| w.1 < now && now < w.2).collect();
    let free = if is_chat(input, queue) {
        running.iter().all(|w| is_chat(input, w.0)) && running.len() < a.chat_capacity as usize
    } else {
        running.is_empty()
    };
    let rank = match input.routing.contact_picks {
        ContactPicks::FewestSkills => a.skills.len() as u32,
        ContactPicks::LongestIdle => 0,
        ContactPicks::SkillPriority => skill.priority,
    };
    let moments = work
        .iter()
        .flat_map(|w| [w.1, w.2])
        .chain(spans().map(|s| s.0));
    let since = moments
        .filter(|&t| t < now)
        .fold(f64::NEG_INFINITY, f64::max);
    free.then_some((running.len(), rank, since))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, ..ProptestConfig::default() })]

    #[test]
    fn an_arriving_contact_takes_the_best_agent(input in any_input(), seed in 0u64..1000) {
        let records = replay(&input, seed, 0).expect("a sound case");
        for r in records.iter().filter(|r| input.queues[r.queue].min_idle == 0) {
            let Outcome::Answered { agent, from_s, .. } = r.outcome else { continue };
            if from_s > r.arrived_s {
                continue;
            }
            let of = |a| candidate(&input, &records, a, r.queue, from_s);
            let taken = of(agent);
            prop_assert!(taken.is_some(), "{r:?}");
            for other in (0..input.agents.len()).filter_map(of) {
                prop_assert!(taken.is_some_and(|taken| taken <= other), "{r:?}: {taken:?}, but {other:?}");
            }
        }
    }

    #[test]
    fn a_freed_agent_takes_the_best_contact(input in any_input(), seed in 0u64..1000) {
        let records = replay(&input, seed, 0).expect("a sound case");
        for r in records.iter().filter(|r| input.queues[r.queue].min_idle == 0) {
            let Outcome::Answered { agent, from_s, .. } = r.outcome else { continue };
            if from_s == r.arrived_s {
                continue;
            }
            // Also with what began at the very same instant, or with a second chat that ends at it.
            let work = work_of(agent, &records);
            let in_hand = work.iter().filter(|w| w.1 <= from_s && from_s < w.2).count();
            let ending = work.iter().filter(|w| w.2 == from_s).count();
            let busy = in_hand > 1 || ending > 1;
            let key = |c: &ContactRecord| {
                let skill = input.agents[agent].skills.iter().find(|s| s.queue == c.queue)?;
                let queue = &input.queues[c.queue];
                let may = queue.min_idle == 0
                    && from_s - c.arrived_s > skill.after_s + 1e-5
                    && (!busy || is_chat(&input, c.queue));
                let waited = from_s - c.arrived_s;
                let rule = match input.routing.agent_picks {
                    AgentPicks::Oldest => (queue.priority, c.arrived_s, 0.0),
                    AgentPicks::SkillPriority => (queue.priority, f64::from(skill.priority), c.arrived_s),
                    AgentPicks::ScaledWait => (queue.priority, -waited / queue.threshold_s, c.arrived_s),
                };
                may.then_some(rule)
            };
            let Some(taken) = key(r) else { continue };
            for other in records.iter().filter(|c| c.arrived_s < from_s && left(c).0 > from_s + 1e-6) {
                if let Some(other_key) = key(other) {
                    prop_assert!(taken <= other_key, "{r:?}, but {other:?}");
                }
            }
        }
    }
}
