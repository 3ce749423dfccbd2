//! A search for people under a clock that this test turns: on a busy machine it ends in time and says what it left out.

mod common;

use std::sync::atomic::{AtomicU64, Ordering};

use common::*;
use followsun::expansion::{Hired, Search, solve_hires};
use followsun::history::{HistoryReader, KnownQueues};
use followsun::planning::{PlanOptions, PlayOptions, Watcher, foresee};
use followsun::roster::Progress;
use followsun::scenario::{Scenario, load};

const GROUP: &str = "\n[[hire]]\nid = \"new\"\ncount = \"solve\"\nsite = \"vilnius\"\ncontract = \"full\"\nlanguages = [\"lt\", \"en\"]\nchannels = [\"phone\"]\n";

/// Time goes on by a share of all that is allowed whenever somebody looks at the clock.
struct Turned {
    looks: AtomicU64,
    a_look: f64,
}

impl Turned {
    fn by(a_look: f64) -> Turned {
        Turned {
            looks: AtomicU64::new(0),
            a_look,
        }
    }

    fn now(&self) -> f64 {
        self.looks.load(Ordering::Relaxed) as f64 * self.a_look
    }
}

impl Watcher for Turned {
    fn stop(&self) -> bool {
        false
    }
    fn time_used(&self) -> f64 {
        self.looks.fetch_add(1, Ordering::Relaxed);
        self.now()
    }
    fn stage(&self, _: &str) {}
    fn roster(&self, _: Progress) {}
}

fn scenario(temp: &Temp) -> Scenario {
    // Four times the contacts that six people are there for.
    let busier = "\n[[change]]\nqueues = [\"lt-phone\"]\ncontacts = 4.0\n";
    Team::small()
        .with("scenario.toml", format!("{SMALL}{busier}{GROUP}"))
        .write(&temp.join("team"));
    load(&temp.join("team")).expect("a scenario").scenario
}

fn hire(scenario: &Scenario, folder: &Temp, watcher: &dyn Watcher, effort: Option<u64>) -> Hired {
    let mut reader = HistoryReader::new(KnownQueues {
        ids: scenario
            .queues
            .iter()
            .map(|queue| queue.id.clone())
            .collect(),
        ..KnownQueues::default()
    });
    let history = std::fs::read(folder.join("team/history.csv")).unwrap();
    reader.read("history.csv", history.as_slice());
    let demand = foresee(scenario, &reader.finish()).expect("enough history");
    let options = PlanOptions {
        gap: 0.001,
        gap_by_steps: false,
        effort,
        seed: 1,
        rounds: 2,
        quick_plays: 20,
        final_plays: 60,
        later_plays: 0,
        play: PlayOptions::default(),
    };
    let search = Search {
        scenario,
        demand: &demand,
        seed: 1,
        watcher,
        effort,
        prices: true,
    };
    solve_hires(&search, &options).expect("a plan")
}

#[test]
fn a_search_ends_in_time_however_slow_the_machine_and_says_what_it_left_out() {
    let temp = Temp::new("clock");
    let scenario = scenario(&temp);
    for looks in [60.0, 250.0, 1000.0] {
        let clock = Turned::by(1.0 / looks);
        let found = hire(&scenario, &temp, &clock, None);
        // What is looked at after the end are single questions whether it is over.
        let late = (clock.now() - 1.0) * looks;
        assert!(late < 60.0, "{late} looks after the end of {looks}");
        assert!(
            !found.left_out.is_empty() && found.needs > 1.0,
            "{looks}: {:?}",
            found.left_out
        );
    }
}

#[test]
fn with_all_the_time_nothing_is_left_out_and_every_level_has_a_price_that_is_no_less_than_the_one_before()
 {
    let temp = Temp::new("no-clock");
    let scenario = scenario(&temp);
    let found = hire(&scenario, &temp, &Turned::by(0.0), Some(2));
    assert_eq!(found.left_out, []);
    assert_eq!(found.levels.len(), 3);
    for level in &found.levels {
        assert!(level.met && level.tried_all, "{level:?}");
    }
    for pair in found.levels.windows(2) {
        assert!(pair[0].cost_week <= pair[1].cost_week + 1e-6, "{pair:?}");
    }
    assert!(found.counts[0] > 0);
}
