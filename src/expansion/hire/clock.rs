//! How the time of a search for people is shared, under whatever load the machine is.
//!
//! Shares are of all the time allowed, by the clock on the wall. What must come at the end (the last plays, the files) is measured by the first play and
//! kept free; no try begins that would not end in time; what there is no time for is left out and said.

use std::cell::Cell;

use crate::planning::{Watcher, Window};
use crate::roster::Control;

/// Share by which those who are there have been planned.
pub(super) const BASE: f64 = 0.15;
/// Plays of the length of a trial's that publishing and writing take besides the last play.
const PLAYS_TO_WRITE: f64 = 4.0;
/// The last play counts more than a trial's does.
const FINER: f64 = 1.5;
/// However slow the plays are, so much is left for the search.
const LEAST: f64 = 0.4;

/// A part of the search; what it leaves over, the next ones have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Everybody is planned together for the first time.
    Joint,
    /// ... and again where targets are missed: this must be done, so it may take longer.
    Settled,
    /// Each group was tried with fewer people.
    Trials,
    /// The roster that prices are measured from.
    Polish,
    /// It was proved how much cheaper any other mix could be.
    Proof,
    /// People were found for the other service levels.
    Levels,
    /// ... and fewer tried there.
    FewerAtLevels,
    Relaxed,
    /// The roster that is published.
    Last,
}

pub(super) struct Clock<'a> {
    watcher: &'a dyn Watcher,
    /// Whether other service levels are priced.
    prices: bool,
    /// Share at which the search is over.
    end: f64,
    /// Share that one play of a trial's length takes.
    play: f64,
    /// How long the first plan of everybody and the longest try with fewer people took.
    first: Cell<f64>,
    longest: Cell<f64>,
}

/// A try with fewer people takes at least this share of what the first plan of everybody took.
const TRY_OF_FIRST: f64 = 0.3;

impl<'a> Clock<'a> {
    /// `play`: the share that one play of a trial's length took; `last_play`: how many times as long the last one is.
    pub fn new(watcher: &'a dyn Watcher, prices: bool, play: f64, last_play: f64) -> Clock<'a> {
        let closing = play * (last_play * FINER + PLAYS_TO_WRITE);
        Clock {
            watcher,
            prices,
            end: (1.0 - closing).max(LEAST),
            play,
            first: Cell::new(0.0),
            longest: Cell::new(0.0),
        }
    }

    /// Share by which a part has ended.
    pub fn end(&self, part: Part) -> f64 {
        let (with, without) = match part {
            Part::Joint => (0.30, 0.42),
            Part::Settled => (0.44, 0.6),
            Part::Trials => (0.53, 0.8),
            Part::Polish => (0.56, 0.82),
            Part::Proof => (0.6, 0.88),
            Part::Levels => (0.76, 0.88),
            Part::FewerAtLevels => (0.84, 0.88),
            Part::Relaxed => (0.94, 0.88),
            Part::Last => (1.0, 1.0),
        };
        self.end * if self.prices { with } else { without }
    }

    /// Share by which the last roster must be found, so that each of so many people can still be taken away once.
    pub fn last_but(&self, people: usize) -> f64 {
        self.end - 2.0 * self.play * people as f64
    }

    pub fn now(&self) -> f64 {
        self.watcher.time_used()
    }

    pub fn stage(&self, name: &str) {
        self.watcher.stage(name);
    }

    /// From now on until a share of all time.
    pub fn until(&self, share: f64) -> Window<'a> {
        Window::until(self.watcher, share.min(self.end))
    }

    pub fn over(&self, share: f64) -> bool {
        Control::stop(&self.until(share))
    }

    /// What is left until a share of all time.
    pub fn left(&self, share: f64) -> f64 {
        (share.min(self.end) - self.now()).max(0.0)
    }

    /// Plans everybody together for the first time and remembers how long it took.
    pub fn first<T>(&self, work: impl FnOnce() -> T) -> T {
        let before = self.now();
        let done = work();
        self.first.set(self.now() - before);
        done
    }

    /// Does one try with fewer people and remembers how long it took.
    pub fn timed<T>(&self, work: impl FnOnce() -> T) -> T {
        let before = self.now();
        let done = work();
        self.longest
            .set(self.longest.get().max(self.now() - before));
        done
    }

    /// How long a try with fewer people takes, as far as is known: a share of all time.
    pub fn a_try(&self) -> f64 {
        self.longest.get().max(TRY_OF_FIRST * self.first.get())
    }

    /// How long it took to plan everybody together.
    pub fn a_plan(&self) -> f64 {
        self.first.get().max(self.longest.get())
    }

    /// Whether a try with fewer people may begin: before a share of all time, and if it is expected to end in time.
    pub fn fits_a_try(&self, share: f64) -> bool {
        !self.over(share) && self.left(self.end) >= self.a_try()
    }
}
