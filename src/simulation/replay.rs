//! One replication, told contact by contact: to explain a short interval, and to check the rules.

use super::engine::{Engine, Watch};
use super::input::SimulationInput;
use super::prepared::Prepared;
use super::tally::Cells;
use super::validate::SimulationError;
use super::waiting::Contact;

/// What became of one contact (one attempt of it).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ContactRecord {
    pub queue: usize,
    /// The k-th first attempt of its queue.
    pub number: u32,
    /// 0 for the first attempt, 1 for the first retrial, ...
    pub attempt: u32,
    /// Seconds from the start of the horizon.
    pub arrived_s: f64,
    pub outcome: Outcome,
}

/// How a contact ended.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Outcome {
    Answered {
        agent: usize,
        from_s: f64,
        until_s: f64,
    },
    Abandoned {
        at_s: f64,
    },
    Unserved,
}

/// Plays one replication, exactly as a run with the same seed does, and returns every contact in order of queue,
/// number and attempt.
pub fn replay(
    input: &SimulationInput,
    seed: u64,
    replication: u64,
) -> Result<Vec<ContactRecord>, SimulationError> {
    let prepared = Prepared::new(input)?;
    let cells = Cells {
        of_interval: vec![0; prepared.intervals],
        count: 1,
    };
    let mut engine = Engine::new(&prepared, &cells, Diary::default());
    engine.play(seed, replication);
    let mut records = engine.watch.records;
    records.sort_by_key(|r| (r.queue, r.number, r.attempt));
    Ok(records)
}

#[derive(Default)]
struct Diary {
    records: Vec<ContactRecord>,
    /// Index of the record of each contact that is being worked on: (queue, number, attempt).
    running: std::collections::BTreeMap<(u32, u32, u32), usize>,
}

impl Diary {
    fn write(&mut self, contact: &Contact, outcome: Outcome) {
        self.records.push(ContactRecord {
            queue: contact.queue as usize,
            number: contact.number,
            attempt: contact.attempt,
            arrived_s: contact.arrived,
            outcome,
        });
    }
}

impl Watch for Diary {
    fn answered(&mut self, contact: &Contact, agent: usize, at: f64) {
        let key = (contact.queue, contact.number, contact.attempt);
        self.running.insert(key, self.records.len());
        let outcome = Outcome::Answered {
            agent,
            from_s: at,
            until_s: at,
        };
        self.write(contact, outcome);
    }

    fn finished(&mut self, contact: &Contact, at: f64) {
        let key = (contact.queue, contact.number, contact.attempt);
        if let Some(i) = self.running.remove(&key)
            && let Outcome::Answered { until_s, .. } = &mut self.records[i].outcome
        {
            *until_s = at;
        }
    }

    fn abandoned(&mut self, contact: &Contact, at: f64) {
        self.write(contact, Outcome::Abandoned { at_s: at });
    }

    fn unserved(&mut self, contact: &Contact) {
        self.write(contact, Outcome::Unserved);
    }
}
