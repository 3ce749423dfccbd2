//! A part of the time of a run, for whoever works in it.

use crate::roster::{Control, Progress};

use super::rounds::Watcher;

/// The time of a run between two shares of it: within, time counts from 0 to 1.
pub struct Window<'a> {
    watcher: &'a dyn Watcher,
    from: f64,
    until: f64,
    gap_by_steps: bool,
}

impl<'a> Window<'a> {
    /// From one share of the time allowed to another.
    pub fn between(watcher: &'a dyn Watcher, from: f64, until: f64) -> Window<'a> {
        Window {
            watcher,
            from,
            until,
            gap_by_steps: false,
        }
    }

    /// The same for a search that is to give the same bytes wherever it ends by its gap.
    pub fn by_steps(self, gap_by_steps: bool) -> Window<'a> {
        Window {
            gap_by_steps,
            ..self
        }
    }

    /// From now until a share of the time allowed.
    pub fn until(watcher: &'a dyn Watcher, until: f64) -> Window<'a> {
        Window::between(watcher, watcher.time_used().min(until - 1e-6), until)
    }
}

impl Watcher for Window<'_> {
    fn stop(&self) -> bool {
        self.watcher.stop()
    }

    fn time_used(&self) -> f64 {
        ((self.watcher.time_used() - self.from) / (self.until - self.from)).max(0.0)
    }

    fn stage(&self, name: &str) {
        self.watcher.stage(name);
    }

    fn roster(&self, progress: Progress) {
        self.watcher.roster(progress);
    }
}

impl Control for Window<'_> {
    fn stop(&self) -> bool {
        self.watcher.stop() || self.watcher.time_used() >= self.until
    }

    fn time_used(&self) -> f64 {
        Watcher::time_used(self).min(1.0)
    }

    fn gap_by_steps(&self) -> bool {
        self.gap_by_steps
    }

    fn report(&self, progress: Progress) {
        self.watcher.roster(progress);
    }
}
