//! Several searches at once under one clock, each on threads of its own.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::planning::Watcher;
use crate::roster::Progress;

use super::exit::Failure;
use super::progress::Terminal;

/// A part of the time of a run, as a watcher for whoever works in it.
pub struct Share<'a> {
    terminal: &'a Terminal,
    /// Seconds since the start of the run; `None`: no clock.
    span: Option<(f64, f64)>,
}

impl<'a> Share<'a> {
    /// From now until the run has lasted `until` seconds (`None`: as long as it takes).
    pub fn until(terminal: &'a Terminal, until: Option<f64>) -> Share<'a> {
        let now = terminal.seconds();
        Share {
            terminal,
            span: until.map(|until| (now, until.max(now + 0.1))),
        }
    }

    /// Whether its time is over or the user has had enough.
    pub fn over(&self) -> bool {
        self.terminal.interrupted() || self.time_used() >= 1.0
    }
}

impl Watcher for Share<'_> {
    fn stop(&self) -> bool {
        self.terminal.interrupted()
    }

    fn time_used(&self) -> f64 {
        self.span.map_or(0.0, |(from, until)| {
            (self.terminal.seconds() - from) / (until - from)
        })
    }

    fn stage(&self, _: &str) {}

    fn roster(&self, _: Progress) {}
}

/// Something to do beside other things.
pub type Task<'a, T> = Box<dyn FnOnce() -> Result<T, Failure> + Send + 'a>;

/// Does all tasks side by side and gives their answers in order. A task that forks finds threads of its own: it never waits for another task.
pub fn side_by_side<T: Send>(
    tasks: Vec<Task<'_, T>>,
    threads: Option<usize>,
    terminal: &Terminal,
    what: &str,
) -> Result<Vec<T>, Failure> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = threads.unwrap_or(cores).max(1);
    let count = tasks.len();
    let each = (threads / count.max(1)).max(1);
    let done = AtomicUsize::new(0);
    let tell = || {
        terminal.stage(&format!(
            "{what}, {} of {count} done",
            done.load(Ordering::Relaxed)
        ))
    };
    tell();
    let answers: Vec<Result<T, Failure>> = std::thread::scope(|scope| {
        let running: Vec<_> = tasks
            .into_iter()
            .map(|task| {
                let (done, tell) = (&done, &tell);
                scope.spawn(move || {
                    let pool = rayon::ThreadPoolBuilder::new()
                        .num_threads(each)
                        .build()
                        .map_err(|error| {
                            Failure::input(format!("cannot start {each} threads: {error}"))
                        })?;
                    let answer = pool.install(task);
                    done.fetch_add(1, Ordering::Relaxed);
                    tell();
                    answer
                })
            })
            .collect();
        running
            .into_iter()
            .map(|task| match task.join() {
                Ok(answer) => answer,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    answers.into_iter().collect()
}
