//! What is said on a terminal while a plan is made, and how the user or the clock ends it.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use crate::planning::Watcher;
use crate::roster::Progress;

use super::Common;
use super::exit::STOPPED;

/// Of the time allowed so much is for writing the files, whatever the search is told: seconds, and at most this share where seconds are few.
const WRITING_S: f64 = 0.4;
const WRITING_SHARE: f64 = 0.1;

/// Watches a run: time limit, Ctrl-C, and a line on standard error that shows where it stands.
pub struct Terminal {
    started: Instant,
    seconds: Option<f64>,
    interrupted: Arc<AtomicBool>,
    show: bool,
    stage: Mutex<String>,
    last_shown: AtomicU64,
}

impl Terminal {
    /// Starts the clock. Ctrl-C, or another program's request to end, asks for the best so far; a second one ends the program at once.
    pub fn start(seconds: Option<f64>, quiet: bool) -> Terminal {
        let interrupted = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&interrupted);
        let handler = ctrlc::set_handler(move || {
            if flag.swap(true, Ordering::SeqCst) {
                std::process::exit(130);
            }
            eprintln!("\nstopping: writing the best roster so far (press Ctrl-C again to give up)");
        });
        // Without a handler Ctrl-C ends the program as usual, which loses nothing that was written.
        drop(handler);
        Terminal {
            started: Instant::now(),
            seconds,
            interrupted,
            show: !quiet && std::io::stderr().is_terminal(),
            stage: Mutex::new(String::new()),
            last_shown: AtomicU64::new(u64::MAX),
        }
    }

    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    pub fn interrupted(&self) -> bool {
        self.interrupted.load(Ordering::SeqCst)
    }

    fn line(&self, text: &str) {
        if self.show {
            // Progress that cannot be shown is no reason to stop planning.
            let _ = write!(std::io::stderr(), "\r\x1b[K{text}");
            let _ = std::io::stderr().flush();
        }
    }

    /// 0, or 4 if the user ended it early.
    fn exit_code(&self) -> ExitCode {
        if self.interrupted() {
            ExitCode::from(STOPPED)
        } else {
            ExitCode::SUCCESS
        }
    }

    /// Ends the progress line and says what was found on standard output, for programs or for people. Gives the exit status.
    pub fn answer(
        &self,
        common: &Common,
        json: impl FnOnce() -> String,
        words: impl FnOnce() -> String,
    ) -> ExitCode {
        self.line("");
        if common.json {
            print!("{}", json());
        } else if !common.quiet {
            print!("{}", words());
        }
        self.exit_code()
    }
}

impl Watcher for Terminal {
    fn stop(&self) -> bool {
        self.interrupted()
    }

    fn time_used(&self) -> f64 {
        self.seconds.map_or(0.0, |limit| {
            self.seconds() / (limit - (WRITING_SHARE * limit).min(WRITING_S))
        })
    }

    fn stage(&self, name: &str) {
        if let Ok(mut stage) = self.stage.lock() {
            *stage = name.to_owned();
        }
        self.line(&format!("{:5.0} s  {name}", self.seconds()));
    }

    fn roster(&self, progress: Progress) {
        let tenths = (self.seconds() * 5.0) as u64;
        if self.last_shown.swap(tenths, Ordering::Relaxed) == tenths {
            return;
        }
        let left = self.seconds.map_or(String::new(), |limit| {
            format!("  {:.0} s left", (limit - self.seconds()).max(0.0))
        });
        let bound = if progress.bound > f64::NEG_INFINITY {
            format!(
                "{:.0}, no plan can be more than {:.1} % better",
                progress.bound,
                100.0 * (progress.objective - progress.bound) / progress.objective
            )
        } else {
            "-".to_owned()
        };
        let stage = self
            .stage
            .lock()
            .map_or(String::new(), |stage| stage.clone());
        self.line(&format!(
            "{:5.0} s  {stage}: best {:.0}, bound {bound}{left}",
            self.seconds(),
            progress.objective
        ));
    }
}
