//! What must hold of every contact, whatever the centre looks like.

use followsun::simulation::{ContactPicks, Measure, Outcome, RunPlan, replay, simulate};
use proptest::prelude::*;

use crate::centres::{INTERVAL_S, INTERVALS, any_input};
use crate::diary::{covered, is_chat, left, work_of};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn nobody_does_two_things_that_exclude_each_other(input in any_input(), seed in 0u64..1000) {
        let records = replay(&input, seed, 0).expect("a sound case");
        for (a, agent) in input.agents.iter().enumerate() {
            let work = work_of(a, &records);
            for (i, &(queue, from, until)) in work.iter().enumerate() {
                prop_assert!(from <= until);
                prop_assert!(agent.skills.iter().any(|s| s.queue == queue));
                prop_assert!(agent.shifts.iter().flat_map(|s| &s.work).any(|&(s, e)| s <= from && from <= e));
                let side_by_side: Vec<_> = work[..i].iter().filter(|w| w.2 > from + 1e-9).collect();
                let all_chats = is_chat(&input, queue) && side_by_side.iter().all(|w| is_chat(&input, w.0));
                prop_assert!(side_by_side.is_empty() || all_chats);
                prop_assert!(side_by_side.len() < agent.chat_capacity as usize);
            }
        }
    }

    #[test]
    fn nobody_waits_while_somebody_who_may_help_is_idle(input in any_input(), seed in 0u64..1000) {
        let records = replay(&input, seed, 0).expect("a sound case");
        for (a, agent) in input.agents.iter().enumerate() {
            let work = work_of(a, &records);
            for &(start, end) in agent.shifts.iter().flat_map(|s| &s.work) {
                // Idle spans: what is left of the span between pieces of work.
                let (mut idle, mut free_from) = (Vec::new(), start);
                for &(_, from, until) in work.iter().filter(|w| w.2 > start && w.1 < end) {
                    idle.push((free_from, from));
                    free_from = free_from.max(until);
                }
                idle.push((free_from, end));
                for skill in &agent.skills {
                    if input.queues[skill.queue].min_idle > 0 {
                        continue;
                    }
                    for r in records.iter().filter(|r| r.queue == skill.queue) {
                        let may_from = r.arrived_s + skill.after_s;
                        for &(from, until) in &idle {
                            let both = left(r).0.min(until) - may_from.max(from);
                            prop_assert!(both < 1e-6, "{r:?} waits {both} s beside idle agent {a}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_reserve_stays_idle_when_deferred_work_starts(input in any_input(), seed in 0u64..1000) {
        let records = replay(&input, seed, 0).expect("a sound case");
        for r in records.iter().filter(|r| input.queues[r.queue].min_idle > 0) {
            let Outcome::Answered { from_s, .. } = r.outcome else { continue };
            // On shift with nothing in hand just after the start, up to changes at the very instant.
            let idle_after = (0..input.agents.len()).filter(|&a| {
                let agent = &input.agents[a];
                let skilled = agent.skills.iter().any(|s| s.queue == r.queue && s.after_s.is_finite());
                let here = agent.shifts.iter().flat_map(|s| &s.work).any(|&(s, e)| s <= from_s && from_s <= e);
                skilled && here && !work_of(a, &records).iter().any(|w| w.1 < from_s && from_s < w.2)
            });
            // Those idle before the start: more than the reserve.
            prop_assert!(idle_after.count() > input.queues[r.queue].min_idle as usize, "{r:?}");
        }
    }

    #[test]
    fn nobody_overtakes_in_a_line(input in any_input(), seed in 0u64..1000) {
        let records = replay(&input, seed, 0).expect("a sound case");
        for queue in 0..input.queues.len() {
            let mut line: Vec<_> = records.iter().filter(|r| r.queue == queue).collect();
            line.sort_by(|a, b| a.arrived_s.total_cmp(&b.arrived_s));
            let mut last = f64::NEG_INFINITY;
            for (from, _) in line.into_iter().map(left).filter(|l| l.1) {
                prop_assert!(from >= last);
                last = from;
            }
        }
    }

    #[test]
    fn delayed_skills_wait_and_patience_is_kept(input in any_input(), seed in 0u64..1000) {
        let records = replay(&input, seed, 0).expect("a sound case");
        for r in &records {
            match r.outcome {
                Outcome::Answered { agent, from_s, until_s } => {
                    let skill = input.agents[agent].skills.iter().find(|s| s.queue == r.queue).expect("skilled");
                    prop_assert!(from_s - r.arrived_s >= skill.after_s - 1e-6);
                    prop_assert!(until_s >= from_s);
                }
                Outcome::Abandoned { at_s } => {
                    prop_assert!(at_s >= r.arrived_s && input.queues[r.queue].patience.is_some());
                }
                Outcome::Unserved => prop_assert!(input.queues[r.queue].patience.is_none()),
            }
            // An attempt follows only one that hung up, and after it.
            if r.attempt > 0 {
                let before = records.iter().find(|b| (b.queue, b.number, b.attempt) == (r.queue, r.number, r.attempt - 1));
                let hung_up = before.map(left);
                prop_assert!(hung_up.is_some_and(|(at, answered)| !answered && at <= r.arrived_s));
            }
        }
    }

    #[test]
    fn every_contact_is_counted_once(input in any_input(), seed in 0u64..1000) {
        let records = replay(&input, seed, 0).expect("a sound case");
        let result = simulate(&input, &RunPlan::fixed(1, seed)).expect("a sound case");
        for (queue, found) in result.queues.iter().enumerate() {
            for part in found.parts.iter().chain(&found.days).chain([&found.total]) {
                prop_assert_eq!(part.answered() + part.abandoned() + part.unserved(), part.offered());
            }
            let of_queue = || records.iter().filter(|r| r.queue == queue);
            prop_assert_eq!(of_queue().count() as f64, found.total.offered());
            prop_assert_eq!(of_queue().filter(|r| left(r).1).count() as f64, found.total.answered());
            for (i, part) in found.parts.iter().enumerate() {
                let here = of_queue().filter(|r| (r.arrived_s / INTERVAL_S) as usize == i);
                prop_assert_eq!(here.count() as f64, part.offered());
            }
            let in_time = of_queue().filter(|r| match (input.queues[queue].measure, r.outcome) {
                (Measure::Answer, Outcome::Answered { from_s, .. }) => from_s - r.arrived_s <= input.queues[queue].threshold_s + 1e-6,
                (Measure::Completion, Outcome::Answered { until_s, .. }) => until_s - r.arrived_s <= input.queues[queue].threshold_s + 1e-6,
                _ => false,
            });
            prop_assert_eq!(in_time.count() as f64, found.total.in_time());
        }
    }

    #[test]
    fn busy_time_is_the_time_of_the_contacts(input in any_input(), seed in 0u64..1000) {
        let records = replay(&input, seed, 0).expect("a sound case");
        let result = simulate(&input, &RunPlan::fixed(1, seed)).expect("a sound case");
        let horizon = INTERVALS as f64 * INTERVAL_S;
        let (mut busy, mut staffed) = (0.0, 0.0);
        for (a, agent) in input.agents.iter().enumerate() {
            let work: Vec<_> = work_of(a, &records).into_iter().map(|w| (w.1, w.2)).collect();
            busy += covered(work.clone(), horizon);
            let on_shift = agent.shifts.iter().flat_map(|s| s.work.iter().copied());
            staffed += covered(work.into_iter().chain(on_shift).collect(), horizon);
        }
        prop_assert!((result.occupancy.busy_s - busy).abs() < 1e-3);
        prop_assert!((result.occupancy.staffed_s - staffed).abs() < 1e-3);
    }

    /// With the longest-idle rule (fewest skills would count it) a skill that is never used is no skill.
    #[test]
    fn a_skill_after_ever_is_no_skill(mut input in any_input(), seed in 0u64..1000) {
        input.routing.contact_picks = ContactPicks::LongestIdle;
        for agent in &mut input.agents {
            agent.skills[0].after_s = f64::INFINITY;
        }
        // A reserve counts everybody with the skill, also those who never use it.
        input.queues.iter_mut().for_each(|q| q.min_idle = 0);
        let with = replay(&input, seed, 0).expect("a sound case");
        for agent in &mut input.agents {
            agent.skills.remove(0);
        }
        prop_assert_eq!(with, replay(&input, seed, 0).expect("a sound case"));
    }
}
