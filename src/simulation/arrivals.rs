//! When contacts come: a Poisson process per queue, its rate constant inside an interval.
//!
//! Arrivals are a unit-rate process seen through the expected number of contacts up to now (a change of time), so
//! they come in order without sorting and move only a little when the forecast moves a little.

use rand_distr::{Distribution as _, Exp1, Gamma};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::SeedableRng;

use super::prepared::Prepared;
use super::streams::{Purpose, contact_rng, stream_key};
use super::tournament::Tournament;
use super::waiting::Contact;

/// The arrivals of one replication, all queues merged in order of time.
#[derive(Debug, Clone)]
pub(super) struct Arrivals {
    sources: Vec<Source>,
    next: Tournament,
    /// `[queue * days + day]`
    busyness: Vec<f64>,
}

#[derive(Debug, Clone)]
struct Source {
    rng: Xoshiro256PlusPlus,
    interval: usize,
    /// Expected contacts of the present interval, how much of them is past, and seconds per expected contact.
    expected: f64,
    past: f64,
    scale: f64,
    number: u32,
}

impl Arrivals {
    pub(super) fn new(p: &Prepared) -> Self {
        let source = Source {
            rng: Xoshiro256PlusPlus::seed_from_u64(0),
            interval: 0,
            expected: 0.0,
            past: 0.0,
            scale: 0.0,
            number: 0,
        };
        Arrivals {
            sources: vec![source; p.queues.len()],
            next: Tournament::new(p.queues.len()),
            busyness: vec![1.0; p.queues.len() * p.days],
        }
    }

    /// Back to the start of the horizon, in another replication.
    pub(super) fn restart(&mut self, p: &Prepared, seed: u64, replication: u64) {
        self.next.clear();
        for queue in 0..p.queues.len() {
            self.draw_busyness(p, queue, seed, replication);
            let key = stream_key(seed, replication, p.streams[queue], Purpose::Arrivals);
            let source = &mut self.sources[queue];
            source.rng = Xoshiro256PlusPlus::seed_from_u64(key);
            source.number = 0;
            source.enter(p, queue, &self.busyness, 0);
            let first = source.advance(p, queue, &self.busyness);
            self.next.set(queue, first);
        }
    }

    /// The time of the next arrival; infinity: none.
    #[inline]
    pub(super) fn next(&self) -> f64 {
        self.next.earliest().1
    }

    /// Takes the next arrival (there must be one).
    #[inline]
    pub(super) fn pop(&mut self, p: &Prepared) -> Contact {
        let (queue, arrived) = self.next.earliest();
        let source = &mut self.sources[queue];
        let contact = Contact {
            arrived,
            queue: queue as u32,
            number: source.number,
            attempt: 0,
            interval: source.interval as u32,
        };
        source.number += 1;
        let following = source.advance(p, queue, &self.busyness);
        self.next.set(queue, following);
        contact
    }

    /// Gamma factors of mean 1. Queues of a group share one draw per day, stretched to each one's scatter: the
    /// draw has the group's largest cv, so that no factor falls below 0.
    fn draw_busyness(&mut self, p: &Prepared, queue: usize, seed: u64, replication: u64) {
        let Some(own) = p.queues[queue].busyness else {
            return;
        };
        let (owner, purpose, cv) = match own.group {
            None => (p.streams[queue], Purpose::Busyness, own.cv),
            Some(group) => {
                let members = p.queues.iter().filter_map(|q| q.busyness);
                let largest = members
                    .filter(|b| b.group == own.group)
                    .fold(0.0, |m: f64, b| m.max(b.cv));
                (u64::from(group), Purpose::BusynessOfGroup, largest)
            }
        };
        let Ok(law) = Gamma::new(1.0 / (cv * cv), cv * cv) else {
            return;
        };
        let key = stream_key(seed, replication, owner, purpose);
        for day in 0..p.days {
            let draw: f64 = law.sample(&mut contact_rng(key, day as u64, 0));
            self.busyness[queue * p.days + day] = (1.0 + own.cv / cv * (draw - 1.0)).max(0.0);
        }
    }
}

impl Source {
    #[inline]
    fn advance(&mut self, p: &Prepared, queue: usize, busyness: &[f64]) -> f64 {
        let mut gap: f64 = Exp1.sample(&mut self.rng);
        loop {
            let left = self.expected - self.past;
            if gap < left {
                self.past += gap;
                return self.interval as f64 * p.interval_s + self.past * self.scale;
            }
            gap -= left;
            if self.interval + 1 >= p.intervals {
                self.past = self.expected;
                return f64::INFINITY;
            }
            self.enter(p, queue, busyness, self.interval + 1);
        }
    }

    fn enter(&mut self, p: &Prepared, queue: usize, busyness: &[f64], interval: usize) {
        let day = p.day_of_interval[interval] as usize;
        self.interval = interval;
        self.expected = p.queues[queue].arrivals[interval] * busyness[queue * p.days + day];
        self.past = 0.0;
        self.scale = p.interval_s / self.expected;
    }
}
