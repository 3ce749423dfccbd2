//! Single replications, so that two rosters can be compared week by week on the same random contacts.

use rayon::prelude::*;

use super::engine::Engine;
use super::prepared::Prepared;
use super::tally::{Cells, Counts};

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

/// Contacts of one day in all replications together.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DayCounts {
    pub offered: f64,
    /// Answered (or completed, as the queue measures) within the threshold.
    pub in_time: f64,
}

/// Replications one by one.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Weeks {
    /// `days[queue][day]`, the days of the input's `day_of_interval`.
    pub days: Vec<Vec<DayCounts>>,
    /// `queues[queue][replication]`, in the order of the input.
    pub queues: Vec<Vec<WeekCounts>>,
    /// Busy and staffed seconds of everybody, per replication.
    pub everybody: Vec<(f64, f64)>,
}

/// Plays so many replications and keeps each of them. The result is the same on any number of threads.
pub fn weeks(prepared: &Prepared, replications: usize, seed: u64) -> Weeks {
    let cells = Cells {
        of_interval: prepared.day_of_interval.clone(),
        count: prepared.days,
    };
    let queues = prepared.queues.len();
    let played: Vec<Replication> = (0..replications)
        .into_par_iter()
        .map_init(
            || Engine::new(prepared, &cells, ()),
            |engine, replication| {
                let tally = engine.play(seed, replication as u64);
                let of_queue = |queue: usize| queue * cells.count..(queue + 1) * cells.count;
                let sum = |seconds: &[f64], queue: usize| seconds[of_queue(queue)].iter().sum();
                Replication {
                    days: (0..queues)
                        .map(|queue| tally.counts[of_queue(queue)].to_vec())
                        .collect(),
                    seconds: (0..=queues)
                        .map(|queue| (sum(&tally.busy_s, queue), sum(&tally.staffed_s, queue)))
                        .collect(),
                }
            },
        )
        .collect();
    Weeks {
        days: (0..queues)
            .map(|queue| days(&played, queue, cells.count))
            .collect(),
        queues: (0..queues)
            .map(|queue| played.iter().map(|one| one.week(queue)).collect())
            .collect(),
        everybody: played.iter().map(|one| one.seconds[queues]).collect(),
    }
}

struct Replication {
    /// `[queue][day]`
    days: Vec<Vec<Counts>>,
    /// Busy and staffed seconds of each queue, then of everybody.
    seconds: Vec<(f64, f64)>,
}

impl Replication {
    fn week(&self, queue: usize) -> WeekCounts {
        let mut counts = Counts::default();
        self.days[queue].iter().for_each(|day| counts.add(day));
        let (busy_s, staffed_s) = self.seconds[queue];
        WeekCounts {
            offered: f64::from(counts.offered),
            answered: f64::from(counts.answered),
            in_time: f64::from(counts.in_time),
            abandoned: f64::from(counts.abandoned),
            wait_s: counts.wait_answered,
            busy_s,
            staffed_s,
        }
    }
}

fn days(played: &[Replication], queue: usize, count: usize) -> Vec<DayCounts> {
    let mut days = vec![DayCounts::default(); count];
    for one in played {
        for (day, counts) in days.iter_mut().zip(&one.days[queue]) {
            day.offered += f64::from(counts.offered);
            day.in_time += f64::from(counts.in_time);
        }
    }
    days
}
