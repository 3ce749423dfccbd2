//! What the two benchmarks share: arguments, the clock, peak memory.

use std::path::PathBuf;
use std::sync::Mutex;
use std::time::Instant;

use followsun::roster::columns::{Progress, Watch};

/// The arguments after `--`.
#[derive(Debug, Clone)]
pub struct Arguments {
    pub files: Vec<PathBuf>,
    pub seconds: f64,
    pub effort: Option<u64>,
    pub out: Option<PathBuf>,
    pub threads: usize,
    pub seed: u64,
    pub verbose: bool,
}

pub fn arguments() -> Result<Arguments, String> {
    let mut found = Arguments {
        files: Vec::new(),
        seconds: 60.0,
        effort: None,
        out: None,
        threads: 0,
        seed: 1,
        verbose: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut number = || {
            words
                .next()
                .and_then(|text| text.parse::<f64>().ok())
                .ok_or(format!("{word} needs a number"))
        };
        match word.as_str() {
            "--seconds" => found.seconds = number()?,
            "--threads" => found.threads = number()? as usize,
            "--seed" => found.seed = number()? as u64,
            "--effort" => found.effort = Some(number()? as u64),
            "--out" => found.out = Some(words.next().ok_or("--out needs a folder")?.into()),
            "--verbose" => found.verbose = true,
            "--bench" => {}
            file => found.files.push(file.into()),
        }
    }
    Ok(found)
}

/// Keeps the time, and when the cost last fell.
pub struct Clock {
    start: Instant,
    seconds: f64,
    verbose: bool,
    best: Mutex<(f64, f64)>,
    told: Mutex<f64>,
}

impl Clock {
    /// Infinite `seconds`: no limit, and the search is told nothing of time.
    pub fn new(seconds: f64, verbose: bool) -> Clock {
        Clock {
            start: Instant::now(),
            seconds,
            verbose,
            best: Mutex::new((f64::INFINITY, 0.0)),
            told: Mutex::new(0.0),
        }
    }

    pub fn spent(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }

    /// Seconds at which the best cost was reported.
    pub fn to_best(&self) -> f64 {
        self.best.lock().map_or(0.0, |best| best.1)
    }
}

impl Watch for Clock {
    fn stop(&self) -> bool {
        self.spent() >= self.seconds
    }

    fn time_used(&self) -> f64 {
        if self.seconds.is_finite() {
            self.spent() / self.seconds
        } else {
            0.0
        }
    }

    fn seconds_left(&self) -> f64 {
        if self.seconds.is_finite() {
            (self.seconds - self.spent()).max(0.0)
        } else {
            f64::INFINITY
        }
    }

    fn report(&self, progress: Progress) {
        let spent = self.spent();
        if progress.phase != "program"
            && let Ok(mut best) = self.best.lock()
            && progress.cost < best.0
        {
            *best = (progress.cost, spent);
        }
        let quiet = matches!(progress.phase, "program" | "prices")
            && self.told.lock().is_ok_and(|told| spent < *told + 2.0);
        if self.verbose && !quiet {
            if let Ok(mut told) = self.told.lock() {
                *told = spent;
            }
            eprintln!(
                "{spent:8.1} s  {:9} {:12.2}  bound {:12.2}",
                progress.phase, progress.cost, progress.bound
            );
        }
    }
}

/// Most memory that this process has held, in MiB (Linux only).
pub fn peak_memory() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace()
        .nth(1)?
        .parse::<f64>()
        .ok()
        .map(|kib| kib / 1024.0)
}
