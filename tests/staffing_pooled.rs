//! Bounds from pooling.

use followsun::staffing::*;
use proptest::prelude::*;

fn group(queues: &[usize], agents: f64) -> SkillGroup {
    SkillGroup {
        queues: queues.to_vec(),
        agents,
    }
}

#[test]
fn flow_takes_the_way_round() {
    // The first group must give way on queue 0, or queue 1 is short.
    let loads = [2.0, 2.0, 1.0];
    assert!(uncovered_load(&loads, &[group(&[0, 1], 2.0), group(&[0, 2], 3.0)]) < 1e-9);
    let short = uncovered_load(&loads, &[group(&[0], 2.0), group(&[1, 2], 2.5)]);
    assert!((short - 0.5).abs() < 1e-9);
    assert!((uncovered_load(&loads, &[group(&[7], 9.0)]) - 5.0).abs() < 1e-9);
}

#[test]
fn parts_are_rounded_up_on_their_own() {
    assert_eq!(least_agents(&[0.5, 0.5], &[vec![0, 1]]), 1);
    assert_eq!(least_agents(&[0.5, 0.5], &[vec![0], vec![1]]), 2);
    // A centre joins them all, but no one agent can serve two of the outer queues.
    assert_eq!(
        least_agents(&[0.1, 0.1, 0.1, 0.1], &[vec![0, 1], vec![0, 2], vec![0, 3]]),
        3
    );
    // An idle queue joins nothing.
    assert_eq!(least_agents(&[1.2, 0.0, 1.2], &[vec![0, 1], vec![1, 2]]), 4);
    assert_eq!(least_agents(&[], &[]), 0);
}

#[test]
fn one_pool_beats_two_teams() {
    let queue = LiveLoad {
        contacts_per_s: 0.02,
        handle_time_s: 300.0,
        patience_s: Some(120.0),
    };
    let apart = erlang_a(7, &queue, 20.0).answered_in_time;
    assert!(pooled_service(&[queue, queue], 14, 20.0).answered_in_time > apart + 0.05);
}

proptest! {
    /// Max-flow and min-cut: the load left over is the largest excess of a set of queues over the agents who have any of its skills.
    #[test]
    fn flow_equals_the_worst_subset(
        loads in prop::collection::vec(0.0f64..5.0, 5),
        teams in prop::collection::vec((1usize..32, 0u32..5), 4),
    ) {
        let groups: Vec<SkillGroup> = teams
            .iter()
            .map(|(mask, n)| group(&(0..5).filter(|q| mask >> q & 1 == 1).collect::<Vec<_>>(), f64::from(*n)))
            .collect();
        let worst = (0..32usize)
            .map(|set| {
                let load: f64 = (0..5).filter(|q| set >> q & 1 == 1).map(|q| loads[q]).sum();
                let able: f64 = teams.iter().filter(|(mask, _)| mask & set != 0).map(|(_, n)| f64::from(*n)).sum();
                load - able
            })
            .fold(0.0, f64::max);
        prop_assert!((uncovered_load(&loads, &groups) - worst).abs() < 1e-9);
    }
}
