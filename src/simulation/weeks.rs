//! Single replications, so that two rosters can be compared week by week on the same random contacts.

use rayon::prelude::*;

use super::engine::Engine;
use super::prepared::Prepared;
use super::tally::Cells;

/// What happened to one queue in one replication of the whole horizon.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct WeekCounts {
    pub offered: f64,
    pub answered: f64,
    /// Answered (or completed, as the queue measures) within the threshold.
    pub in_time: f64,
    pub abandoned: f64,
    /// Seconds that the answered waited, summed.
    pub wait_s: f64,
    /// Seconds with at least one contact in hand, over the agents with the skill.
    pub busy_s: f64,
    /// Seconds on shift or finishing a contact, over the agents with the skill.
    pub staffed_s: f64,
}

impl WeekCounts {
    /// Adds what another queue saw in the same replication.
    pub fn add(&mut self, other: &WeekCounts) {
        self.offered += other.offered;
        self.answered += other.answered;
        self.in_time += other.in_time;
        self.abandoned += other.abandoned;
        self.wait_s += other.wait_s;
        self.busy_s += other.busy_s;
        self.staffed_s += other.staffed_s;
    }
}

/// Replications one by one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weeks {
    /// `queues[queue][replication]`, in the order of the input.
    pub queues: Vec<Vec<WeekCounts>>,
    /// Busy and staffed seconds of everybody, per replication.
    pub everybody: Vec<(f64, f64)>,
}

/// Plays so many replications and keeps each of them. The result is the same on any number of threads.
pub fn weeks(prepared: &Prepared, replications: usize, seed: u64) -> Weeks {
    let cells = Cells {
        of_interval: vec![0; prepared.intervals],
        count: 1,
    };
    let played: Vec<(Vec<WeekCounts>, (f64, f64))> = (0..replications)
        .into_par_iter()
        .map_init(
            || Engine::new(prepared, &cells, ()),
            |engine, replication| {
                let tally = engine.play(seed, replication as u64);
                let of_queue = |queue: usize| {
                    let counts = &tally.counts[queue];
                    WeekCounts {
                        offered: f64::from(counts.offered),
                        answered: f64::from(counts.answered),
                        in_time: f64::from(counts.in_time),
                        abandoned: f64::from(counts.abandoned),
                        wait_s: counts.wait_answered,
                        busy_s: tally.busy_s[queue],
                        staffed_s: tally.staffed_s[queue],
                    }
                };
                let count = prepared.queues.len();
                (
                    (0..count).map(of_queue).collect(),
                    (tally.busy_s[count], tally.staffed_s[count]),
                )
            },
        )
        .collect();
    Weeks {
        queues: (0..prepared.queues.len())
            .map(|queue| played.iter().map(|(queues, _)| queues[queue]).collect())
            .collect(),
        everybody: played.into_iter().map(|(_, times)| times).collect(),
    }
}
