//! What the caller tells a search, and what the search tells the caller.

/// How long and how hard to search.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Limits {
    /// Stop when objective and bound are this close, as a share of the objective.
    pub gap: f64,
    /// Steps of the search; `None` = until the clock or the gap ends it. With an effort the clock must not be told (see [`Control`]).
    pub effort: Option<u64>,
    pub seed: u64,
    /// Most steps of dual ascent before rosters are sought by its prices: fewer from a warm start. `None` = as many as the problem's kind and size ask for.
    pub ascent_steps: Option<usize>,
}

/// What the caller is told while the search runs, and how it ends it.
pub trait Control: Sync {
    /// True as soon as the search is to end with what it has.
    fn stop(&self) -> bool;
    /// Share of the time allowed that is used up, 0 to 1; 0 where there is no time limit.
    fn time_used(&self) -> f64;
    /// Infinite where there is no time limit.
    fn seconds_left(&self) -> f64 {
        f64::INFINITY
    }
    /// Whether a search that ends by its gap or effort is to give the same bytes on any machine: the gap then counts only as long as nothing but steps has
    /// led there.
    fn gap_by_steps(&self) -> bool {
        false
    }
    fn report(&self, progress: Progress);
}

/// Part of a search: another's control, which also ends it when so much of the time is used up.
pub struct Before<'c> {
    pub control: &'c dyn Control,
    /// Share of the time allowed.
    pub until: f64,
}

impl Control for Before<'_> {
    fn stop(&self) -> bool {
        self.control.stop() || self.control.time_used() >= self.until
    }
    fn time_used(&self) -> f64 {
        self.control.time_used()
    }
    fn seconds_left(&self) -> f64 {
        self.control.seconds_left()
    }
    fn report(&self, progress: Progress) {
        self.control.report(progress);
    }
}

/// No clock and nobody who listens: only effort and gap end the search.
#[derive(Debug, Clone, Copy)]
pub struct NoClock;

impl Control for NoClock {
    fn stop(&self) -> bool {
        false
    }
    fn time_used(&self) -> f64 {
        0.0
    }
    fn report(&self, _: Progress) {}
}

/// Where a search stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// What it is doing.
    pub phase: &'static str,
    /// Cost of the best roster.
    pub objective: f64,
    pub bound: f64,
}

/// Why a search ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    Gap,
    Effort,
    /// Time limit or the user.
    Stopped,
}
